"""The targets of a goal in time: each with the period it is for, the area and the group it is of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from planlib.exchange.iati.beside import target_keys
from planlib.exchange.yaml_out import number_out
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency
from planlib.plan.plan import Plan
from planlib.plan.target import Cadence, Target
from planlib.plan.targets.own import OwnTarget

SIGNS = {"above": ">", "below": "<", "about": "~"}


@dataclass(frozen=True)
class TargetInTime:
    """A target with the period it is for and what it says of its time.

    ``target`` is None where the plan says that none was set there.
    """

    target: Target | None
    period: int
    area: str = ""
    group: str = ""
    cadence: str = ""

    def text(self) -> str:
        """Its number, or both ends of it."""
        target = self.target
        assert target is not None
        ends = [number_out(end) for end in (target.low, target.high) if end is not None]
        value = target.value
        if value is None and not ends:
            value = target.near if target.near is not None else 1.0  # members, or done
        sign = SIGNS.get(target.comparison, "")
        return sign + (" to ".join(ends) if value is None else number_out(value))

    def beside(self, main: Target) -> dict[str, Any]:
        """What IATI has no place for."""
        if self.target is None:
            return {"no_target": True}
        more = target_keys(self.target, main)
        return more | ({"cadence": self.cadence} if self.cadence else {})


def targets_in_time(plan: Plan, goal: Goal) -> Iterator[TargetInTime]:
    """Every target of a goal: of everybody, then of single areas, groups and periods."""
    # Read, a year's target of a plan of quarters is that of its quarters; it is told once.
    frequency, within = plan.frequency_of(goal), plan.calendar.within
    for at, yearly in {within(one.year, frequency): one for one in goal.yearly}.items():
        yield TargetInTime(yearly, at)
    main = goal.main_target()
    stated = [] if goal.yearly or (goal.targets and not goal.target) else [main]
    if goal.term_target is not None and not any(one is goal.term_target for one in stated):
        stated.append(goal.term_target)
    for target in stated:
        yield from _in_time(plan, goal, target)
    for own in goal.targets:
        area, group = own.area or "", own.group or ""
        if own.no_target:
            at = within(plan.header.term.last, frequency)
            yield TargetInTime(None, at, area, group)
            continue
        target = _whole(goal, own)
        alone = own.period is not None
        times = [TargetInTime(target, own.period or 0)] if alone else _in_time(plan, goal, target)
        yield from (replace(one, area=area, group=group) for one in times)


def _whole(goal: Goal, own: OwnTarget) -> Target:
    """An own target with what it does not name itself."""
    if own.group is None:
        return own.over(goal.target)
    there = (goal if own.area is None else goal.in_area(own.area)).in_group(own.group)
    held = there.main_target() if own.period is None else there.target_for(own.period)
    assert held is not None  # the group has a target of its own
    return held


def _in_time(plan: Plan, goal: Goal, target: Target) -> Iterator[TargetInTime]:
    """A target with the periods it is for: that in which it is due, the last, or each."""
    calendar, frequency, term = plan.calendar, plan.frequency_of(goal), plan.header.term
    if target.cadence is Cadence.by and target.due is not None:
        yield TargetInTime(target, target.due, cadence="by")
    elif target.cadence in {Cadence.over_term, Cadence.keep}:
        end = calendar.within(term.last, frequency)
        yield TargetInTime(target, end, cadence=str(target.cadence))
    else:
        each = Frequency.year if target.cadence is Cadence.every_year else frequency
        for code in calendar.axis(term.first, term.last, each):
            yield TargetInTime(target, code, cadence=str(target.cadence))
