"""Totals over the term: of amounts, and percentages of one total in another.

A total is decided on the total: a year in which nothing was assigned, or nothing was there to take
a share of, adds nothing and hides nothing.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planlib.plan.goal_parts import Limits
from planlib.plan.target import Basis
from planlib.scoring.arithmetic import percent, running, summable
from planlib.scoring.compared import Compared
from planlib.scoring.figure_arrays import Floats, GoalFigures
from planlib.scoring.verdict import Bools, Codes

PARTS = {  # what a percentage is made from
    Basis.share: ("numerator", "denominator"),
    Basis.quota: ("value", "assigned"),
    Basis.growth: ("numerator", "denominator"),
}


def total(year: Compared, limits: Limits, start: int) -> Compared:
    """Running totals from the column of the first year; years before it stay as they are.

    A year that does not apply adds nothing; one that is unknown whatever the limits leave possible.
    """
    unknown, none = np.isnan(year.low), year.not_applicable & np.isnan(year.low)
    unknown &= ~none
    unknown[:, :start] = False
    floor = limits.low if limits.low is not None and limits.low >= 0 else -np.inf
    ceiling = limits.high if limits.high is not None else np.inf
    low = np.where(unknown, floor, np.where(none, 0.0, year.low))
    high = np.where(unknown, ceiling, np.where(none, 0.0, year.high))
    low[:, start:] = running(low[:, start:])
    high[:, start:] = running(high[:, start:])
    # A total with every year unknown says nothing at all.
    heard = ~np.isnan(year.low)
    heard[:, :start] = False
    nothing = np.cumsum(heard, axis=1) == 0
    nothing[:, :start] = np.isnan(year.low[:, :start])
    low = np.where(nothing, np.nan, low)
    gaps = np.cumsum(unknown, axis=1) > 0
    one = year.low is year.high and not bool(gaps.any())
    return replace(
        year, low=low, high=low if one else np.where(nothing, np.nan, high), gaps=gaps,
        hidden=_since(year.withheld, start), not_applicable=year.not_applicable & nothing,
        exclusive=_ever(year.exclusive, start),
    )  # fmt: skip


def ratio_of_totals(
    year: Compared, plain: Compared, figures: GoalFigures, basis: Basis, start: int
) -> Compared:
    """One total in percent of another; additions in percent of the stock of the first year.

    ``year`` are the percentages of the years, ``plain`` the figures they are made from.
    """
    above, of = (figures.number(name) for name in PARTS[basis])
    if basis is Basis.growth:
        of = np.repeat(of[:, start : start + 1], of.shape[1], axis=1)
    ends = [plain.low, plain.high] if basis is Basis.quota else [above, above]
    gaps = _since((np.isnan(ends[0]) | np.isnan(of)) & ~plain.not_applicable, start)
    none = year.not_applicable
    made = []
    for end, stated in zip(ends, (year.low, year.high), strict=True):
        part, whole = summable(end, of)
        whole = whole if basis is Basis.growth else _from(whole, start)
        ratio = np.where(gaps | ~(whole > 0), np.nan, percent(_from(part, start), whole))
        ratio[:, :start] = stated[:, :start]
        none = ~gaps & ~(whole > 0)
        made.append(ratio)
    none[:, :start] = year.not_applicable[:, :start]
    low, hidden = made[0], _since(year.withheld, start)
    withheld = year.withheld | (hidden & np.isnan(low))
    return replace(
        year,
        low=low,
        high=low if ends[0] is ends[1] else made[1],
        missing=np.isnan(low) & ~withheld & ~none,
        withheld=withheld,
        not_applicable=none,
        gaps=gaps,
        hidden=hidden,
        exclusive=_ever(plain.exclusive, start) if basis is Basis.quota else None,
    )


def _from(amounts: Floats, start: int) -> Floats:
    """Running totals from a column on; what is unknown adds nothing, and is told by ``gaps``."""
    inside = np.where(np.isnan(amounts), 0.0, amounts)
    inside[:, :start] = 0.0
    return running(inside)


def _since(marks: Bools, start: int) -> Bools:
    """Whether a mark stands in this year or an earlier one of the term."""
    inside = marks.copy()
    inside[:, :start] = False
    return np.cumsum(inside, axis=1) > 0


def _ever(exclusive: Codes | None, start: int) -> Codes | None:
    """Which ends of a total are not part of it: those of any of its years."""
    if exclusive is None:
        return None
    ever = exclusive.copy()
    ever[:, start:] = np.bitwise_or.accumulate(ever[:, start:], axis=1)
    return ever
