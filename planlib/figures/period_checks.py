"""Checks of the periods of figures: within reach of the term, and no shorter than the goal's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from planlib.errors import said
from planlib.figures.limits import Fault, Mask
from planlib.plan.goal import Goal
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
