"""The unit a goal's figures are read in, by what is compared."""

from __future__ import annotations

from planlib.plan.goal import Goal
from planlib.plan.target import Basis
from planlib.verify.comparisons import RecomputedComparison
from planlib.verify.texts import filled


def told_unit(goal: Goal, year: int, lang: str) -> str:
    """Percent of what was assigned, points of a percentage, percent of a baseline, or its own."""
    target = goal.target_for(year)
    basis = None if target is None else target.basis
    if basis is Basis.quota:
        return filled("unit.quota", lang)
    if target is not None and target.comparison == RecomputedComparison.rank:
        return filled("unit.place", lang)
    if target is not None and target.comparison == RecomputedComparison.relative:
        if target.measure == "percent":
            return "%"
        return filled("unit.points", lang) if goal.unit == "%" else goal.unit_in(lang)
    held = target is not None and target.comparison == RecomputedComparison.maintain
    if (held or basis is Basis.difference_since) and goal.unit == "%":
        return filled("unit.points", lang)
    return "%" if basis is Basis.change_since else goal.unit_in(lang)
