"""How much a year, and how much too little: amounts beside a target, in its unit."""

from __future__ import annotations

from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.language import Language
from planlib.plan.goal import Goal
from planlib.plan.target import Target
from planlib.report.text.numbers import exact_text, pace_number
from planlib.report.text.units import quantity_text, unit_text


def pace_unit(goal: Goal, target: Target | None, language: Language) -> str:
    """The unit of a yearly step: percentages move by points."""
    unit = unit_text(goal, target, language)
    return language("unit.points") if unit.startswith("%") else unit


def pace_text(verdict: GoalVerdict, pace: float, language: Language) -> str:
    """A pace with its unit, without its sign: ``2,7 đảng viên``."""
    unit = pace_unit(verdict.goal, verdict.target, language)
    return quantity_text(pace_number(pace, language), unit, language)


def tolerance_text(verdict: GoalVerdict, language: Language) -> str:
    """How far short of its target a verdict tolerates; empty where it tolerates nothing."""
    tolerance = verdict.tolerance
    if tolerance is None:
        return ""
    size = exact_text(tolerance.size, language)
    if tolerance.measure == "percent":
        return language("tolerance.percent", size=size)
    points = tolerance.measure == "points"
    own = unit_text(verdict.goal, verdict.target, language)
    return quantity_text(size, language("unit.points") if points else own, language)
