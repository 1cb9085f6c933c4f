"""Units of goals, and numbers with their unit."""

from __future__ import annotations

import re

from planlib.language.language import Language
from planlib.language.money import MoneyName
from planlib.language.sentences import reworded
from planlib.plan.goal import Goal
from planlib.plan.target import SINCE, Basis, Target


def unit_text(goal: Goal, target: Target | None, language: Language) -> str:
    """The unit a figure of the goal is read in; for a quota, percent of what was assigned."""
    if target is not None and target.among is not None:
        return language("unit.place")
    if target is not None and target.measure == "percent":
        return "%"
    if target is not None and target.basis is Basis.quota:
        return language("unit.quota")
    if target is not None and target.basis is Basis.change_since:
        return "%"
    apart = target is not None and target.moves and target.basis is not Basis.change
    if apart and goal.unit == "%":
        return language("unit.points")
    return goal.unit_in(language.code)


def typed_unit_text(goal: Goal, language: Language) -> str:
    """The unit an office types the figures themselves in, where a change of them is compared too.

    A fall of a rate by 30% is typed as the rate; so is a change of a count that has a unit of its own.
    """
    target = goal.main_target().natural
    if target.basis is Basis.change and goal.figure_unit is not None:
        unit = goal.figure_unit
        return unit if isinstance(unit, str) else unit.bare(language.code)
    if target.basis in SINCE or (target.moves and target.basis is not Basis.change):
        return goal.unit_in(language.code)
    return unit_text(goal, target, language)


def quantity_text(number: str, unit: str, language: Language) -> str:
    """A number with its unit, the bare number without one."""
    if not unit:
        return number
    if isinstance(unit, MoneyName):
        return unit.amount(number, language)
    # Plans name their units in the plural.
    if language.as_one(number) and unit == language.raw("unit.points"):
        unit = reworded(unit, lambda _: language.raw("unit.point"))
    elif language.as_one(number) and unit.isalpha():
        unit = re.sub(language.raw("unit.plural_ending"), "", unit)
    key = "quantity.percent" if unit.startswith("%") else "quantity"
    return language(key, number=number, unit=unit)
