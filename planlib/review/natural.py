"""The figures themselves of a goal that is stated as a change: a poverty rate, not its fall.

A change on one period, the baseline mostly, has a level to reach, which is worked out from the figure
it starts from; one on the period before has another each period, and none is drawn. Growth is what
came on top of a stock: the figure itself is the stock that it is taken of, where the plan names it by
its ``figure_unit``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planlib.evaluation import Evaluation
from planlib.plan.brief import Brief
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import CHANGES, Basis, Cadence, Target
from planlib.review.profile import Point, Profile, points

if TYPE_CHECKING:  # it would import scipy, which a table of verdicts does not need
    from planlib.evaluation.outlook import FanYear, GoalOutlook


@dataclass(frozen=True, repr=False)
class FiguresAlone(Brief):
    """A goal by its figures themselves, in their own unit, with the level to reach in each period.

    ``stated`` is the target of the change, ``start`` the figure all changes start from; None where
    there is none, or another one each period.
    """

    goal: Goal
    points: tuple[Point, ...]
    targets: tuple[tuple[int, Target], ...]
    stated: Target
    start: float | None

    def ahead(self, forecast: GoalOutlook) -> GoalOutlook:
        """The forecast of the change as one of the figures; without a fan where they have none."""
        fan = tuple(one for year in forecast.fan for one in [self._year(year)] if one is not None)
        held = self.targets[-1][1] if self.targets else self.goal.main_target()
        return replace(forecast, goal=self.goal, target=held, fan=fan)

    def _year(self, year: FanYear) -> FanYear | None:
        if self.start is None:
            return None
        ends = (year.low_80, year.low_50, year.middle, year.high_50, year.high_80)
        levels = [_level(self.stated, self.start, end) for end in ends]
        return (
            type(year)(year.year, *(one for one in levels if one is not None))
            if None not in levels
            else None
        )


def figures_alone(
    evaluation: Evaluation, area: str, goals: Sequence[Goal], last: int
) -> dict[str, FiguresAlone]:
    """Those of some goals that are stated as a change by their figures up to a period.

    The goals are all of everybody, or all of one group.
    """
    at_large = {goal.id: by_level(goal, goal.main_target(), None) for goal in goals if _moves(goal)}
    grown = [one.id for one in goals if one.main_target().basis is Basis.growth]
    levels = [one for one in at_large.values() if one.id not in grown]
    stocks = [one for one in at_large.values() if one.id in grown]
    found = points(evaluation, area, levels, last) if levels else {}
    found |= points(evaluation, area, stocks, last, "denominator") if stocks else {}
    return {
        goal.id: _alone(evaluation.plan, goal, at_large[goal.id], found[goal.id])
        for goal in goals
        if goal.id in at_large and (found[goal.id] or goal.id not in grown)
    }


def natural(evaluation: Evaluation, seen: Profile) -> Profile | None:
    """The same goal by its figures, in their own unit; None where they are what is compared.

    The verdicts are those of the change.
    """
    found = figures_alone(evaluation, seen.area, [seen.goal], seen.plan.years[-1])
    alone = found.get(seen.goal.id)
    if alone is None:
        return None
    return replace(seen, goal=alone.goal, points=alone.points, targets=alone.targets)


def natural_ahead(ahead: GoalOutlook, seen: Profile, figures: Profile) -> GoalOutlook:
    """The forecast of the change of a goal as one of its ``figures``, those ``natural`` gave."""
    return _alone(seen.plan, seen.goal, figures.goal, figures.points).ahead(ahead)


def by_level(goal: Goal, target: Target, level: float | None) -> Goal:
    """The goal held to a level of its figures themselves, in their own unit."""
    unit = goal.figures_in
    if target.basis is Basis.change and goal.figure_unit is None:
        unit = ""  # percent is the unit of the change
    lower = target.better == "lower"
    bound = "at_most" if lower else "at_least"
    made = goal.altered({
        "unit": unit, "target": _plain(target, bound, value=level or 0.0), "readings": (), "yearly": (),
        "term_target": None, "targets": (), "baseline": None,
        "make_up": None if target.basis is Basis.growth else goal.make_up,
    })  # fmt: skip
    made._stated, made._area, made._group = None, None, goal.group
    return made


def _moves(goal: Goal) -> bool:
    target = goal.main_target()
    if target.basis is Basis.growth:
        return goal.figure_unit is not None
    return target.basis in CHANGES or target.kind.against_start


def _alone(plan: Plan, goal: Goal, at_large: Goal, found: tuple[Point, ...]) -> FiguresAlone:
    target = goal.main_target()
    start = _start(plan, goal, target, found)
    held = ((year, goal.target_for(year)) for year in plan.years)
    targets = tuple(
        (year, reached)
        for year, one in held
        if one is not None and start is not None and one.basis is target.basis
        for reached in [_reached(one, start)]
        if reached is not None
    )
    if targets:
        at_large = at_large.altered({"target": targets[-1][1]})
    return FiguresAlone(at_large, found, targets, target, start)


def _start(plan: Plan, goal: Goal, target: Target, found: tuple[Point, ...]) -> float | None:
    """The figure that the changes of all periods start from."""
    if target.basis is Basis.growth or (
        target.basis is Basis.change and target.cadence is not Cadence.over_term
    ):
        return None
    if goal.baseline is not None and target.since is None and target.basis is not Basis.change:
        return goal.baseline.value
    at = target.since or plan.base_period
    return next((one.value for one in found if one.newest and one.year == at), None)


def _reached(target: Target, start: float) -> Target | None:
    """The target of the figures themselves that says the same as one of their change."""
    if target.kind.against_start:
        bound = "at_most" if target.better == "lower" else "at_least"
        return _plain(target, bound, value=start)
    ends = {"value": target.value, "low": target.low, "high": target.high}
    levels = {name: _level(target, start, end) for name, end in ends.items() if end is not None}
    if None in levels.values():
        return None
    return _plain(target, target.comparison, beyond=target.beyond, **levels)


def _plain(target: Target, comparison: str, **ends: object) -> Target:
    """A target of the figures themselves, in the same periods as a given one."""
    cadence = Cadence.by if target.due is not None else Cadence.every_period
    if target.cadence is Cadence.every_year:
        cadence = Cadence.every_year  # which takes the figures of a year so far
    return Target.model_validate({
        "comparison": comparison, "better": target.better, "cadence": cadence, "due": target.due, **ends,
    })  # fmt: skip


def _level(target: Target, start: float, moved: float) -> float | None:
    """The figure that has moved so far; None where there is no percentage of it.

    >>> fall = Target(comparison="at_most", value=-20, basis="difference_since", cadence="keep")
    >>> _level(fall, 117.8, -20)
    97.8
    """
    in_percent = target.basis in {Basis.change, Basis.change_since}
    if in_percent and start <= 0:
        return None
    return float(f"{start * (1 + moved / 100) if in_percent else start + moved:.12g}")
