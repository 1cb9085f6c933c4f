"""Whether the time of a target is up, as the plan's calendar and the day of asking tell it."""

from __future__ import annotations

from dataclasses import dataclass

from planlib.plan.periods.calendar import Frequency
from planlib.plan.plan import Plan
from planlib.plan.target import Cadence, Target


@dataclass(frozen=True)
class RecomputedTiming:
    """``over``: the period has ended, or the day has come it was due on; ``ahead``: before that."""

    over: bool
    ahead: bool

    @property
    def up(self) -> bool:
        """Whether what is short now stays short."""
        return self.over and not self.ahead


def of_year(plan: Plan, target: Target) -> bool:
    """Whether periods are looked at that are parts of the year a target holds in."""
    return target.cadence is Cadence.every_year and plan.frequency is not Frequency.year


def is_over(plan: Plan, year: int, as_of: int | None) -> bool:
    """Whether a period has ended."""
    return as_of is None or plan.calendar.end(year) <= as_of


def timing(plan: Plan, target: Target, year: int, as_of: int | None) -> RecomputedTiming:
    """How a target stands in time at a period."""
    if target.due_day is not None and target.due == year:
        come = as_of is None or target.due_day.toordinal() <= as_of
        return RecomputedTiming(over=come, ahead=not come)
    due = plan.years[-1] if target.cadence is Cadence.over_term else target.due
    if of_year(plan, target) and not plan.calendar.is_last(year):
        due = year + 1  # the year is still to come to its end
    return RecomputedTiming(is_over(plan, year, as_of), ahead=due is not None and year < due)
