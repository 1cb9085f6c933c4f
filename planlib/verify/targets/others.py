"""A figure held against that of another goal, area, group or series, or given its place among areas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf, isnan, nan
from typing import TYPE_CHECKING

from planlib.plan.goal import Goal
from planlib.plan.target import Basis, Target
from planlib.verify.bounds import INSIDE, SHORT, percent
from planlib.verify.comparisons import RecomputedComparison
from planlib.verify.targets.changes import difference
from planlib.verify.targets.elsewhere import bounds, without_wholes
from planlib.verify.targets.interval import Figure

if TYPE_CHECKING:
    from planlib.verify.targets.area_reports import AreaReports

PLAIN = frozenset({Basis.level, Basis.count, Basis.share, Basis.growth, Basis.quota})
OTHERS = frozenset({RecomputedComparison.relative, RecomputedComparison.rank})
SHARES = {"top_half": 2, "first_third": 3, "top_quarter": 4, "top_fifth": 5, "top_tenth": 10}


@dataclass(frozen=True)
class HeldAgainst:
    """What is judged, the figure of others or the number ranked, and the side of a rank."""

    figure: Figure
    against: float | None = None
    side: int | None = None


def held_against(
    made: AreaReports, goal: Goal, target: Target, year: int, own: Figure
) -> HeldAgainst:
    """The figure of a period as its target asks for it, where that needs others."""
    if target.comparison == RecomputedComparison.relative:
        return _relative(made, goal, target, year, own)
    if target.comparison == RecomputedComparison.rank:
        return _ranked(made, goal, target, year, own)
    return HeldAgainst(own)


def other_of(made: AreaReports, goal: Goal, target: Target) -> tuple[AreaReports, Goal] | None:
    """Where the other figure is reported, and of which goal; None for a series."""
    to = target.to
    if to is None or to.series:
        return None
    where = made if to.area is None else made.in_area(to.area)
    other = made.plan.goal(to.goal or goal.id)
    group = goal.group if to.group is None else to.group
    return where, other.in_group(group) if group else other


def _relative(made: AreaReports, goal: Goal, target: Target, year: int, own: Figure) -> HeldAgainst:
    found = other_of(made, goal, target)
    itself = False
    if found is None:
        other = _of_series(made, target, year)
    else:
        where, whose = found
        itself = (where.area, whose.id, whose.group) == (made.area, goal.id, goal.group)
        basis = target.basis
        if whose.id != goal.id:
            stated = whose.main_target().basis
            basis = stated if stated in PLAIN else Basis.level
        other = where.plain(whose, target.model_copy(update={"basis": basis}), year)
    against = other.low if other.known and other.low == other.high else None
    if itself:
        none = replace(own, low=nan, high=nan, missing=False, not_applicable=True)
        return HeldAgainst(none, against)
    return HeldAgainst(_apart(own, other, target), against)


def _of_series(made: AreaReports, target: Target, year: int) -> Figure:
    calendar = made.plan.calendar
    assert target.to is not None
    for one in target.to.series:
        if calendar.end(one.year) == calendar.end(year):
            return Figure(low=one.value, high=one.value, missing=False)
    return Figure()


def _apart(own: Figure, other: Figure, target: Target) -> Figure:
    suppressed = own.suppressed or (own.known and other.suppressed)
    none = own.not_applicable or (own.known and other.not_applicable)
    not_due = own.not_due or (own.known and other.not_due)
    if target.measure == "percent":
        if own.known and other.known:
            none = none or other.high <= 0 or other.low < 0 or own.low < 0
        low, high = _of(own.low, other.high), _of(own.high, other.low)
    else:
        told = difference(own, other, target)
        low, high = told.low, told.high
    if suppressed or none or not_due or isnan(low):
        low = high = nan
    return replace(
        own,
        low=low,
        high=high,
        suppressed=suppressed,
        not_applicable=none,
        not_due=not_due,
        missing=isnan(low) and not (suppressed or none or not_due),
        over=own.over or other.under,
        under=own.under or other.over,
    )


def _of(part: float, whole: float) -> float:
    if isnan(part) or isnan(whole):
        return nan
    return inf if whole == 0 else percent(part, whole)


def _ranked(made: AreaReports, goal: Goal, target: Target, year: int, own: Figure) -> HeldAgainst:
    sign = -1 if target.better == "lower" else 1
    everybody = made.plan.goal(goal.id)
    everybody = everybody.in_group(goal.group) if goal.group else everybody

    def figures() -> dict[str, Figure]:
        names = target.of or made.elsewhere.names
        found = {name: made.in_area(name).plain(everybody, target, year) for name in names}
        return found if target.of else without_wholes(found, made.plan)

    key = (goal.id, goal.group, str(target.basis), str(target.cadence), target.cumulative,
           sign, target.of, made.plan.frequency, int(year))  # fmt: skip
    ranking = made.elsewhere.ranking(key, figures, sign)
    among = target.among
    needed = among.best + 1 if among is not None and not isinstance(among, str) else 0
    places = needed - 1
    if isinstance(among, str):
        needed = SHARES[among]
        places = ranking.count // needed
    count = float(ranking.count)
    if made.area not in ranking.areas and (target.of or made.area in made.elsewhere.names):
        out = replace(own, low=nan, high=nan, missing=False, not_applicable=True)
        return HeldAgainst(out, count, SHORT)
    if not own.known or own.suppressed:
        return HeldAgainst(replace(own, low=nan, high=nan), count, SHORT)
    if ranking.count < max(needed, target.of_at_least or 2):
        return HeldAgainst(replace(own, low=nan, high=nan, missing=True), count, SHORT)
    first, surely = ranking.place(*bounds(own, sign))
    last = surely + ranking.hidden
    if surely <= places < last:
        secret = replace(own, low=nan, high=nan, missing=False, suppressed=True)
        return HeldAgainst(secret, count, SHORT)
    told = replace(own, low=float(first), high=float(last), over=False, under=False)
    return HeldAgainst(told, count, INSIDE if last <= places else SHORT)


def rows_of_others(
    made: AreaReports, goal: Goal, target: Target | None
) -> Iterator[tuple[AreaReports, Goal]]:
    """Where the rows of a figure lie that one is held against; ranks name none."""
    found = None if target is None else other_of(made, goal, target)
    if found is not None:
        where, other = found
        yield where.along(made.plan.frequency_of(other)), other
