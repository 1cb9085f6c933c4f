"""The time of a plan, from the periods that somebody else's figures are of."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from datetime import date

from planlib.plan.periods.calendar import Calendar, Frequency

DECEMBER = 12


def year_end_of(spans: Iterable[tuple[int, int]]) -> int:
    """The month in which years end: that of the periods of a whole year, where they agree.

    December where no period is a year of whole months, or where two end in different months.

    >>> april, march = date(2014, 4, 1).toordinal(), date(2015, 3, 31).toordinal()
    >>> year_end_of([(april, march)]), year_end_of([])
    (3, 12)
    """
    months = set()
    for first, last in spans:
        begin, end = date.fromordinal(first), date.fromordinal(last)
        whole = begin.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]
        length = (end.year - begin.year) * DECEMBER + end.month - begin.month + 1
        if whole and length == DECEMBER:
            months.add(end.month)
    return months.pop() if len(months) == 1 else DECEMBER


def frequency_for(ends: Sequence[int], year_ends: int) -> Frequency:
    """The longest reporting period in which no two of these days (day numbers) lie together.

    The month where even months hold two of them.

    >>> days = [date(2014, month, 28).toordinal() for month in (3, 6, 9)]
    >>> frequency_for(days[:1], 12), frequency_for(days, 12)
    (<Frequency.year: 'year'>, <Frequency.quarter: 'quarter'>)
    """
    days = set(ends)
    for frequency in (Frequency.year, Frequency.half, Frequency.quarter):
        plan = Calendar(frequency, year_ends)
        if len({plan.containing(day) for day in days}) == len(days):
            return frequency
    return Frequency.month
