"""The past windows of a pool as they stood in every earlier year, with what came after them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planlib.outlook.constants import Constants
from planlib.outlook.features import Features, features, stacked
from planlib.outlook.pool import Pool
from planlib.outlook.windows import Ints, windows_by_year
from planlib.scoring.verdict import Floats

MOST_LESSONS = 4000  # an indicator teaches no more after this many windows; newest first
TEACHES = 2  # points: too few for a forecast to be shown, enough to learn from


@dataclass(frozen=True)
class Lessons:
    """Past windows with what came after: ``outcome`` is N × H changes from the last figure.

    ``moment`` is the column each window stood in.
    """

    features: Features
    groups: Ints
    outcome: Floats
    moment: Ints


def lessons_of(pooled: Pool, horizons: int, constants: Constants) -> Lessons | None:
    """Every past window of a pool and its outcomes."""
    matrix, years, groups = pooled.matrix, pooled.years, pooled.groups
    kinds, near_others = pooled.standard.kind.astype(np.int64), pooled.near_others
    parts: list[tuple[Features, Ints, Floats, Ints]] = []
    place = {int(year): column for column, year in enumerate(years)}
    for column, windows in windows_by_year(matrix, years, pooled.noise, least=TEACHES):
        ahead = [place.get(int(years[column]) + h) for h in range(1, horizons + 1)]
        if ahead[0] is None and all(spot is None for spot in ahead):
            continue
        rows = windows.series
        made = features(windows, groups[rows], kinds[rows], near_others[rows], constants)
        outcome = np.full((len(rows), horizons), np.nan)
        for h, spot in enumerate(ahead):
            if spot is not None:
                outcome[:, h] = matrix[rows, spot] - made.last
        outcome[~np.isfinite(outcome)] = np.nan
        use = np.flatnonzero(made.moved & ~np.isnan(outcome).all(axis=1) & np.isfinite(made.last))
        parts.append(
            (_rows(made, use), groups[rows][use], outcome[use], np.full(len(use), column, np.int64))
        )
    if not parts:
        return None
    parts.reverse()  # newest first
    every = stacked([part[0] for part in parts])
    group, outcome, moment = (np.concatenate([part[k] for part in parts]) for k in (1, 2, 3))
    return _thinned(Lessons(every, group, outcome, moment))


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
        _rows(lessons.features, keep), lessons.groups[keep], lessons.outcome[keep],
        lessons.moment[keep],
    )  # fmt: skip
