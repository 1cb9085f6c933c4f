"""Which of some periods are over, and which lie before the day a target is due."""

from __future__ import annotations

import numpy as np

from planlib.plan.goal import Goal
from planlib.plan.goal_parts import MakeUp
from planlib.plan.target import Basis, Cadence, Target
from planlib.plan.targets.due import end_of_time
from planlib.scoring import pace
from planlib.scoring.figures import within_year
from planlib.scoring.panel import Panel
from planlib.scoring.verdict import Bools


def is_over(panel: Panel, year: int, as_of: int | None, target: Target | None = None) -> bool:
    """Whether the time of a period is up by a day: it has ended, or the day has come that a target
    of it is due on. None is after everything.
    """
    calendar = panel.plan.calendar
    end = calendar.end(year) if target is None else end_of_time(target, year, calendar)
    return as_of is None or end <= as_of


class Timing:
    """Some years of a panel, and which of them are over, and past the year a target is due."""

    def __init__(
        self, panel: Panel, goal: Goal, target: Target, years: tuple[int, ...], as_of: int | None
    ) -> None:
        plan = panel.plan
        due = pace.due_year(target, plan.years[-1])
        self.columns = [panel.year_index(year) for year in years]
        self.years = np.asarray(years, np.int64)
        self.over = np.array([is_over(panel, year, as_of, target) for year in years])
        self.yearly = due is None
        self.last: Bools = self.years >= plan.years[-1]
        self.ahead: Bools = self.years < (due if due is not None else self.years)
        if target.due_day is not None:  # which the figure of its period may be ahead of
            self.ahead |= (self.years == target.due) & ~self.over
        self.total = pace.adds_up(target)
        if within_year(plan, target):  # the year is still to come to its end
            self.ahead = np.array([not plan.calendar.is_last(year) for year in years])
            amounts = target.basis in {Basis.level, Basis.count}
            self.total = amounts and goal.made_up_by is MakeUp.sum and not target.kind.of_others
        self.up: Bools = self.over & ~self.ahead
        over_term = target.cadence is Cadence.over_term
        self.running = self.total or (over_term and target.basis is not Basis.change)
