"""Which of some periods are over, and which lie before the day a target is due."""

from __future__ import annotations

import numpy as np

from planlib.plan.goal import Goal
from planlib.plan.goal_parts import MakeUp
from planlib.plan.target import Basis, Cadence, Target
from planlib.scoring import pace
from planlib.scoring.figures import within_year
from planlib.scoring.panel import Panel
from planlib.scoring.verdict import Bools


def is_over(panel: Panel, year: int, as_of: int | None) -> bool:
    """Whether a period has ended by a day; None is after everything."""
    return as_of is None or panel.plan.calendar.end(year) <= as_of


class Timing:
    """Some years of a panel, and which of them are over, and past the year a target is due."""

    def __init__(
        self, panel: Panel, goal: Goal, target: Target, years: tuple[int, ...], as_of: int | None
    ) -> None:
        plan = panel.plan
        due = pace.due_year(target, plan.years[-1])
        self.columns = [panel.year_index(year) for year in years]
        self.years = np.asarray(years, np.int64)
        self.over = np.array([is_over(panel, year, as_of) for year in years])
        self.yearly = due is None
        self.last: Bools = self.years >= plan.years[-1]
        self.ahead: Bools = self.years < (due if due is not None else self.years)
        self.total = pace.adds_up(target)
        if within_year(plan, target):  # the year is still to come to its end
            self.ahead = np.array([not plan.calendar.is_last(year) for year in years])
            amounts = target.basis in {Basis.level, Basis.count}
            self.total = amounts and goal.made_up_by is MakeUp.sum and not target.kind.of_others
        self.up: Bools = self.over & ~self.ahead
        over_term = target.cadence is Cadence.over_term
        self.running = self.total or (over_term and target.basis is not Basis.change)
