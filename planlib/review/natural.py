"""The figures themselves of a goal that is stated as a change: a poverty rate, not its fall.

A change on the baseline has a level to reach, which is worked out from the figure it starts from; one
on the period before has another each period, and none is drawn.
"""

from __future__ import annotations

from dataclasses import replace

from planlib.evaluation import Evaluation
from planlib.plan.goal import Goal
from planlib.plan.target import CHANGES, Basis, Cadence, Target
from planlib.review.profile import Point, Profile, points


def natural(evaluation: Evaluation, seen: Profile) -> Profile | None:
    """The same goal by its figures, in their own unit; None where they are what is compared.

    The verdicts are those of the change.
    """
    goal, target = seen.goal, seen.goal.main_target()
    if target.basis not in CHANGES:
        return None
    at_large = by_level(goal, target, None)
    found = points(evaluation, seen.area, [at_large], seen.plan.years[-1])[goal.id]
    base = _start(seen, found)
    level = None if base is None else _level(target, base)
    if level is None:
        return replace(seen, goal=at_large, points=found, targets=())
    here = by_level(goal, target, level)
    held = tuple((year, here.main_target()) for year in seen.plan.years)
    return replace(seen, goal=here, points=found, targets=held)


def by_level(goal: Goal, target: Target, level: float | None) -> Goal:
    """The goal held to a level of its figures themselves, in their own unit."""
    unit = goal.figures_in
    if target.basis is Basis.change and goal.figure_unit is None:
        unit = ""  # percent is the unit of the change
    lower = target.better == "lower"
    plain = Target(
        comparison="at_most" if lower else "at_least",
        value=level or 0.0,
        cadence=Cadence.by if target.due is not None else Cadence.every_year,
        due=target.due,
    )
    made = goal.altered({
        "unit": unit, "target": plain, "readings": (), "yearly": (), "term_target": None,
        "targets": (), "baseline": None,
    })  # fmt: skip
    made._stated, made._area, made._group = None, None, goal.group
    return made


def _start(seen: Profile, found: tuple[Point, ...]) -> float | None:
    """The figure a change on the baseline starts from."""
    if seen.goal.baseline is not None:
        return seen.goal.baseline.value
    known = [one.value for one in found if one.newest and one.year == seen.plan.base_period]
    return known[-1] if known else None


def _level(target: Target, base: float) -> float | None:
    """The figure that reaches the nearer end of a target.

    >>> fall = Target(comparison="at_most", value=-20, basis="difference_since", cadence="keep")
    >>> _level(fall, 117.8)
    97.8
    """
    near = target.near
    if near is None or target.basis is Basis.change:
        return None
    reached = base * (1 + near / 100) if target.basis is Basis.change_since else base + near
    return float(f"{reached:.12g}")
