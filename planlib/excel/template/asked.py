"""What a template of a period asks of each goal: the figure of which period, and what stood before."""

from __future__ import annotations

import pandas as pd

from planlib.language.language import Language
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import frequency_of
from planlib.plan.plan import Plan


def period_asked(plan: Plan, goal: Goal, code: int) -> int | None:
    """The period whose figure a template of a period asks of a goal.

    That is the period itself. A goal reported by longer periods, as by the year in a plan of
    quarters, is asked for its own where that ends with the template's; else for nothing, None.

    >>> from planlib.plan.shipped import open_plan
    >>> plan = open_plan("ward-2010-2015")
    >>> period_asked(plan, plan.goal("tax-revenue"), 2013)
    2013
    """
    own = plan.frequency_of(goal)
    if own.in_year >= frequency_of(code).in_year:
        return code
    longer = plan.calendar.within(code, own)
    return longer if plan.calendar.end(longer) == plan.calendar.end(code) else None


def goals_asked(plan: Plan, code: int) -> dict[str, int]:
    """The goals a template of a period asks for, in the plan's order, each with its period."""
    asked = {goal.id: period_asked(plan, goal, code) for goal in plan.goals}
    return {goal: period for goal, period in asked.items() if period is not None}


def figures_before(plan: Plan, figures: pd.DataFrame, area: str, code: int) -> pd.DataFrame:
    """The rows of an area of the period before the one that each goal is asked for."""
    rows = figures[figures["area"] == area]
    before = {goal: int(period) - 1 for goal, period in goals_asked(plan, code).items()}
    return rows[rows["year"] == rows["goal"].astype(object).map(before)]


def row_name(goal: Goal, asked: int, code: int, language: Language) -> str:
    """A goal's name in a template of a period; it says the period it is asked for where that is another."""
    name = goal.name.in_language(language.code)
    return name if asked == code else language("template.name.of", name=name, year=asked)
