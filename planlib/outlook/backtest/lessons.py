"""The past windows of a pool as they stood in every earlier year, with what came after them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planlib.outlook.constants import Constants
from planlib.outlook.features import Features, features, stacked
from planlib.outlook.pool import Pool
from planlib.outlook.windows import LEAST, Ints, Windows, windows_by_year
from planlib.scoring.verdict import Bools, Floats

MOST_LESSONS = 4000  # an indicator teaches no more after this many windows; newest first
MOST_AT_ONCE = 200  # windows of one moment: of more areas every k-th teaches
TEACHES = 2  # points: too few for a forecast to be shown, enough to learn from
# Years ahead that are looked at: what is learned is a smooth curve of them.
AHEAD = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50)


@dataclass(frozen=True)
class Lessons:
    """Past windows with what came after.

    ``ahead`` (H) are the years ahead looked at, ``outcome`` (N × H) the changes from the last
    figure, NaN where unknown; ``origin`` (N) is the column each window stood in. ``flat`` (G × 2) counts the figures of three points or more that had
    never moved: how many moved next, in how many years.
    """

    features: Features
    groups: Ints
    ahead: Ints
    outcome: Floats
    flat: Floats
    origin: Ints

    def worth(self, constants: Constants) -> Floats:
        """How much each outcome says of the size of errors (N × H): areas of one year move together.

        All windows of an indicator and year count no more than ``constants.origin``.
        """
        known = (~np.isnan(self.outcome)).astype(np.float64)
        years = self.groups * (int(self.origin.max(initial=0)) + 1) + self.origin
        year = np.unique(years, return_inverse=True)[1]
        count = np.stack([np.bincount(year, one) for one in known.T], axis=1)[year]
        return np.minimum(constants.evidence, constants.origin / np.maximum(count, 1.0))


def lessons_of(pooled: Pool, horizons: int, constants: Constants) -> Lessons | None:
    """Every past window of a pool and its outcomes."""
    matrix, years, groups = pooled.matrix, pooled.years, pooled.groups
    kinds, near_others = pooled.standard.kind.astype(np.int64), pooled.near_others
    parts: list[tuple[Features, Ints, Floats, Ints]] = []
    looked = np.array([h for h in AHEAD if h <= horizons], np.int64)
    flat = np.zeros((int(groups.max()) + 1 if len(groups) else 0, 2))
    place = {int(year): column for column, year in enumerate(years)}
    for column, windows in windows_by_year(matrix, years, pooled.noise, least=TEACHES):
        ahead = [place.get(int(years[column]) + int(h)) for h in looked]
        if all(spot is None for spot in ahead):
            continue
        windows = _every_kth(windows, groups)
        rows = windows.series
        made = features(windows, groups[rows], kinds[rows], near_others[rows], constants)
        outcome = np.full((len(rows), len(looked)), np.nan)
        for h, spot in enumerate(ahead):
            if spot is not None:
                outcome[:, h] = matrix[rows, spot] - made.last
        outcome[~np.isfinite(outcome)] = np.nan
        _count_flat(flat, groups[rows], outcome, looked, ~made.moved & (windows.count >= LEAST))
        use = np.flatnonzero(made.moved & ~np.isnan(outcome).all(axis=1) & np.isfinite(made.last))
        stood = np.full(len(use), column)
        parts.append((_rows(made, use), groups[rows][use], outcome[use], stood))
    if not parts:
        return None
    parts.reverse()  # newest first
    every = stacked([part[0] for part in parts])
    group, stood = (np.concatenate([part[k] for part in parts]) for k in (1, 3))
    outcome = np.concatenate([part[2] for part in parts])
    return _thinned(Lessons(every, group, looked, outcome, flat, stood))


def _every_kth(windows: Windows, groups: Ints) -> Windows:
    """At most ``MOST_AT_ONCE`` windows an indicator, evenly spread over its areas."""
    mine = groups[windows.series]
    count = np.bincount(mine)
    if count.max() <= MOST_AT_ONCE:
        return windows
    order = np.argsort(mine, kind="stable")
    rank = np.empty(len(mine), np.int64)
    rank[order] = np.arange(len(mine)) - np.repeat(np.cumsum(count) - count, count)
    return windows.keep(rank % (-(-count // MOST_AT_ONCE))[mine] == 0)


def _count_flat(flat: Floats, groups: Ints, outcome: Floats, ahead: Ints, still: Bools) -> None:
    """Adds what came next of figures that had never moved: moves and years, by group."""
    known = ~np.isnan(outcome)
    rows = np.flatnonzero(still & known.any(axis=1))
    first = known[rows].argmax(axis=1)
    moved = outcome[rows, first] != 0
    size = len(flat)
    flat[:, 0] += np.bincount(groups[rows], moved.astype(np.float64), size)
    flat[:, 1] += np.bincount(groups[rows], ahead[first].astype(np.float64), size)


def _rows(made: Features, rows: Ints) -> Features:
    return Features(**{name: getattr(made, name)[rows] for name in made.__dataclass_fields__})


def _thinned(lessons: Lessons) -> Lessons:
    """At most ``MOST_LESSONS`` a group, the newest ones, which stand first."""
    order = np.argsort(lessons.groups, kind="stable")
    sizes = np.bincount(lessons.groups)
    if not len(sizes) or sizes.max() <= MOST_LESSONS:
        return lessons
    rank = np.arange(len(order)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    keep = np.sort(order[rank < MOST_LESSONS])
    return Lessons(
        _rows(lessons.features, keep), lessons.groups[keep], lessons.ahead, lessons.outcome[keep],
        lessons.flat, lessons.origin[keep],
    )  # fmt: skip
