"""Figures that are late by the plan's reporting calendar, as a DataFrame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
import pandas as pd

from planlib.api.asked import asked_language
from planlib.evaluation.checked import day_of
from planlib.evaluation.evaluation import Evaluation
from planlib.plan.base import period_record
from planlib.review.late import Ints, late_places

LATE = {
    "lead_name": "whom to ask, in the language asked for; missing where the plan names nobody",
    "area_name": "the area's name in the language asked for",
    "goal_name": "the goal's name in the language asked for",
    "period": "the period whose figure is not there",
    "due": "the day it was due: ``reported_within`` days after the end of its period",
    "days_late": "days since then",
    "area": "the area's id",
    "goal": "the goal's id",
}


def late_figures(
    evaluation: Evaluation,
    *,
    as_of: str | date | None = None,
    areas: str | Sequence[str] | None = None,
    lang: str | None = None,
) -> pd.DataFrame:
    """The figures that should be there by a day and are not, as ``planlib due`` lists them.

    A row a goal, area and period, in the order of the plan, of time and of areas; the columns are
    described in ``planlib.api.late.LATE``. A figure is asked for where a verdict needs it: not where
    the target does not apply or is not due yet, where another figure stands in, or where the area
    did not exist. ``as_of`` is today where it is not given; what became known later does not count.
    ``areas`` are ids, all of them where none are given. Raises InputError for a day, an area or a
    language that there is not.

    >>> from planlib import evaluate
    >>> late = late_figures(evaluate("ward-2010-2015"), as_of="2016-12-31", lang="en")
    >>> late[["lead_name", "area", "goal", "due", "days_late"]].head(1).values.tolist()
    [["Ward People's Committee", 'ward-09', 'business-guidance', '2015-12-31', 366]]
    """
    language = asked_language(lang, evaluation)
    day = day_of(as_of) or date.today().toordinal()
    names = [areas] if isinstance(areas, str) else areas
    places = None if names is None else [evaluation.area(name) for name in names]
    plan, code = evaluation.plan, language.code
    found = late_places(evaluation, day, places)
    leads = [plan.lead_of(goal) for goal in found.goals]
    columns = {
        "lead_name": _each(
            found.goal, [None if lead is None else lead.in_language(code) for lead in leads]
        ),
        "area_name": _each(found.area, [plan.area_name(a).in_language(code) for a in found.areas]),
        "goal_name": _each(found.goal, [goal.name.in_language(code) for goal in found.goals]),
        "period": _told(found.period, period_record),
        "due": _told(found.due, lambda due: date.fromordinal(due).isoformat()),
        "days_late": day - found.due,
        "area": _each(found.area, found.areas),
        "goal": _each(found.goal, [goal.id for goal in found.goals]),
    }
    return pd.DataFrame(columns, columns=list(LATE)).astype({"days_late": "Int64"})


def _each(places: Ints, names: Sequence[str | None]) -> list[str | None]:
    return list(map(names.__getitem__, places.tolist()))


def _told(codes: Ints, tell: Callable[[int], object]) -> list[object]:
    """What is told of each number; asked once of those that are the same."""
    different, place = np.unique(codes, return_inverse=True)
    return list(map([tell(int(code)) for code in different].__getitem__, place.tolist()))
