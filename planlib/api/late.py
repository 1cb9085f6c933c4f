"""Figures that are late by the plan's reporting calendar, as a DataFrame."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from planlib.api.asked import asked_language
from planlib.evaluation.checked import day_of
from planlib.evaluation.evaluation import Evaluation
from planlib.plan.base import period_record
from planlib.review.late import late_figures as late_by_day

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
    rows = [
        {
            "lead_name": None if one.lead is None else one.lead.in_language(code),
            "area_name": plan.area_name(one.area).in_language(code),
            "goal_name": one.goal.name.in_language(code),
            "period": period_record(one.period),
            "due": date.fromordinal(one.due).isoformat(),
            "days_late": day - one.due,
            "area": one.area,
            "goal": one.goal.id,
        }
        for one in late_by_day(evaluation, day, places)
    ]
    return pd.DataFrame(rows, columns=list(LATE)).astype({"days_late": "Int64"})
