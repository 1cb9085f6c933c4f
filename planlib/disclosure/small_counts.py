"""The counts behind every row of the figures, and which of them are so small that they identify.

A share is three counts: those who have it, all of them, and the rest. A percentage stands for
counts only where the number it is taken of is known too.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from planlib.disclosure.constraints import Bools, Floats, Ints
from planlib.figures.observations import FIGURE_COLUMNS, State
from planlib.plan.counting import counts, is_share
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan

if TYPE_CHECKING:
    import pandas as pd

NEVER = np.iinfo(np.int64).max  # a day that does not come


@dataclass(frozen=True)
class RowCounts:
    """One entry a row of the figures; NaN where there is no such count.

    ``value`` (``low``-``high`` where it was reported as an interval) is the count itself;
    ``numerator``, ``denominator`` and ``rest`` are those of a share. ``since`` is the day from
    which they are known: that of the report, or later where a percentage waited for its
    denominator. ``small_since`` is the day from which some count of a sensitive goal is known to be
    at least 1 and less than the goal's ``least`` count; NEVER where none is.
    """

    value: Floats
    low: Floats
    high: Floats
    numerator: Floats
    denominator: Floats
    rest: Floats
    least: Floats
    since: Ints
    small_since: Ints


def row_counts(plan: Plan, frame: pd.DataFrame) -> RowCounts:
    """The counts of every row; cost grows in proportion to the rows."""
    names = [str(name) for name in frame["goal"].cat.categories]
    goals = [plan.goal(name) if name in plan.goal_ids else None for name in names]
    code = frame["goal"].cat.codes.to_numpy()

    def by_row(answers: list[Any], kind: Any) -> Any:
        return np.array(answers, kind)[code] if len(answers) else np.empty(0, kind)

    counted = by_row([goal is not None and counts(goal) for goal in goals], bool)
    shares = by_row([goal is not None and is_share(goal) for goal in goals], bool)
    sensitive = by_row([goal is not None and goal.sensitive for goal in goals], bool)
    least = by_row([float(least_count(plan, goal)) for goal in goals], float)
    value, low, high = (np.where(counted, column(frame, name), np.nan) for name in FIGURE_COLUMNS)
    if "exclusive" in frame:  # under 5 things are 4 at most
        ends = frame["exclusive"].astype(object).to_numpy()
        low = np.where(np.isin(ends, ["low", "both"]), np.floor(low) + 1, low)
        high = np.where(np.isin(ends, ["high", "both"]), np.ceil(high) - 1, high)
    above, below = column(frame, "numerator").copy(), column(frame, "denominator").copy()
    since = frame["vintage"].to_numpy().astype(np.int64)
    later = _from_percentages(plan, frame, value, above, below, since)
    rest = np.where(shares, below - above, np.nan)
    small = _any_small((value, low, high, above, below, rest), least) & sensitive
    small_since = np.where(small, since, NEVER)
    for row, day, one, whole in later:
        left = whole - one if shares[row] else np.nan
        if sensitive[row] and any(0 < count < least[row] for count in (one, whole, left)):
            small_since[row] = min(small_since[row], day)
    return RowCounts(value, low, high, above, below, rest, least, since, small_since)


def _any_small(counts: tuple[Floats, ...], least: Floats) -> Bools:
    small = np.zeros(len(least), bool)
    for count in counts:
        with np.errstate(invalid="ignore"):
            small |= (count > 0) & (count < least)
    return small


def least_count(plan: Plan, goal: Goal | None) -> int:
    """The smallest count of a goal that may be told, except none at all."""
    given = goal.least_count if goal is not None else None
    return plan.header.least_count if given is None else given


def column(frame: pd.DataFrame, name: str) -> Floats:
    """A column of numbers; unknown everywhere where no file has it."""
    if name not in frame:
        return np.full(len(frame), np.nan)
    return frame[name].to_numpy(dtype=np.float64)


def _from_percentages(
    plan: Plan, frame: pd.DataFrame, value: Floats, above: Floats, below: Floats, since: Ints
) -> list[tuple[int, int, float, float]]:
    """A bare percentage of a number that another goal tells gives the count away: fill it in.

    It is taken of the number known on its own day, or of the first one told afterwards (``since``
    then says when). A reader may also take it of every later one: returned are the row, the day,
    the count and the number of each such reckoning.
    """
    later: list[tuple[int, int, float, float]] = []
    code = frame["goal"].cat.codes.to_numpy()
    place = {str(name): at for at, name in enumerate(frame["goal"].cat.categories)}
    percent, day = column(frame, "value"), since.copy()
    for goal in plan.goals:
        if goal.denominator is None or not {goal.id, goal.denominator} <= set(place):
            continue
        bare = np.flatnonzero((code == place[goal.id]) & ~np.isnan(percent) & np.isnan(below))
        reported = np.flatnonzero((code == place[goal.denominator]) & ~np.isnan(value))
        if not len(bare) or not len(reported):
            continue
        reported = reported[np.argsort(day[reported], kind="stable")]
        reports: dict[tuple[int, int, str], list[tuple[int, float]]] = {}
        for key, when, whole in zip(
            _place(frame, reported),
            day[reported].tolist(),
            value[reported].tolist(),
            strict=True,
        ):
            reports.setdefault(key, []).append((when, whole))
        for row, key in zip(bare.tolist(), _place(frame, bare), strict=True):
            known = reports.get(key, [])
            first = max(bisect_right([when for when, _ in known], int(day[row])) - 1, 0)
            for at, (when, whole) in enumerate(known[first:]):
                one = float(np.round(percent[row] * whole / 100))
                if at:
                    later.append((row, max(when, int(day[row])), one, whole))
                else:
                    above[row], below[row] = one, whole
                    since[row] = max(when, int(day[row]))
    return later


def _place(frame: pd.DataFrame, rows: Ints) -> list[tuple[int, int, str]]:
    """The area, year and group of rows."""
    area = frame["area"].cat.codes.to_numpy()[rows]
    year = frame["year"].to_numpy()[rows]
    return list(zip(area.tolist(), year.tolist(), group_texts(frame)[rows].tolist(), strict=True))


def group_texts(frame: pd.DataFrame) -> npt.NDArray[np.object_]:
    """The group of every row, empty for everybody."""
    if "group" not in frame:
        return np.full(len(frame), "", dtype=object)
    return frame["group"].astype(object).to_numpy()


def held_back(frame: pd.DataFrame) -> Bools:
    """The rows the office itself did not publish."""
    return np.asarray(frame["state"].to_numpy() == State.suppressed)
