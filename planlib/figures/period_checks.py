"""Checks of the periods of figures: within reach of the term, and no shorter than the goal's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from planlib.errors import said
from planlib.figures.limits import Fault, Mask
from planlib.plan.goal import Goal
from planlib.plan.goal_parts import MakeUp
from planlib.plan.periods.calendar import CALENDAR_YEARS, Frequency, frequency_of, period
from planlib.plan.plan import Plan

Codes = npt.NDArray[Any]  # whole numbers


def outside_term(plan: Plan, codes: Codes, before: int) -> tuple[int, int, Mask]:
    """The first and the last year figures may be of, and which of them are of others."""
    calendar, term = plan.calendar, plan.header.term
    first, last = term.first - before, term.last
    if calendar == CALENDAR_YEARS:
        return first, last, (codes < first) | (codes > last)
    known, at = np.unique(codes, return_inverse=True)
    years = [calendar.within(int(code), Frequency.year) for code in known]
    return first, last, np.array([not first <= year <= last for year in years], bool)[at]


def period_faults(goal: Goal, own: Frequency, codes: Codes) -> Iterator[Fault]:
    """Figures of shorter periods than the goal is reported in."""
    shorter = [code for code in np.unique(codes) if frequency_of(code).in_year > own.in_year]
    if shorter:
        message = "figures.period-not-of-goal"
        yield (
            np.isin(codes, shorter),
            lambda row: said(
                message, goal=goal.id, frequency=own, found=str(period(int(row["year"])))
            ),
            None,
            "period",
        )


def not_made_up(newest: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """The figures of whole years that their parts do not make, by more than rounding explains.

    ``newest`` holds one row a figure; added are the ``column``, what is ``stated`` and ``made``, and
    ``how``.
    """
    calendar, found = plan.calendar, list[dict[Any, Any]]()
    for goal in plan.goals:
        own, how = plan.frequency_of(goal), goal.made_up_by
        if own is Frequency.year or how is None or goal.year_to_date:
            continue
        mine = newest[newest["goal"] == goal.id]
        by_period = {
            key: row
            for row in mine.to_dict("records")
            for key in [(row["area"], row["group"], row["member"], int(row["year"]))]
        }
        for key, row in by_period.items():
            if frequency_of(key[3]) is not Frequency.year:
                continue
            parts = [by_period.get((*key[:3], part)) for part in calendar.parts(key[3], own)]
            for column in ("numerator", "denominator") if how is MakeUp.ratio else ("value",):
                numbers = [np.nan if part is None else part[column] for part in parts]
                made, stated = _made(numbers, how), row[column]
                if abs(made - stated) > _rounding(numbers, stated, how):  # never of what is unknown
                    found.append(
                        row | {"column": column, "stated": stated, "made": made, "how": str(how)}
                    )
    return pd.DataFrame(found)


def _made(numbers: Sequence[float], how: MakeUp) -> float:
    if how is MakeUp.last:
        return numbers[-1]
    total = float(np.sum(numbers))
    return total / len(numbers) if how is MakeUp.mean else total


def _rounding(numbers: Sequence[float], stated: float, how: MakeUp) -> float:
    """How far apart rounding may bring them; whole numbers that are added up are exact."""
    if how in {MakeUp.sum, MakeUp.ratio} and all(n % 1 == 0 for n in (*numbers, stated)):
        return 0.0
    parts = len(numbers) if how is MakeUp.sum else 1
    return _half_digit(stated) + parts * max(map(_half_digit, numbers))


def _half_digit(number: float) -> float:
    """Half of the last decimal a number was told with."""
    text = f"{number:.12g}"
    return 0.5 * 10.0 ** -len(text.partition(".")[2]) if "e" not in text else 0.0
