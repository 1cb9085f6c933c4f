"""Reads reporting periods as plans, figures and people write them: 2013/14, 2013-14-Q1, 2013-07.

What can be read in two ways is refused: 2013 where years end in March, FY2014 where the plan does
not say whether it begins or ends in 2014, 2011-12 where it could be a year or a month.
"""

from __future__ import annotations

import re

from planlib.errors import Faults, Said, said
from planlib.language.typed.signs import plain_signs
from planlib.plan.periods.calendar import (
    DECEMBER,
    Calendar,
    Frequency,
    Period,
    frequency_of,
    year_text,
)

EARLIEST, LATEST = 1900, 2200
_WRITTEN = re.compile(
    r"(?:(?P<before>[qh])(?P<m>[1-4]) )?(?P<fy>FY ?)?(?P<year>[0-9]{4})"
    r"(?:(?P<sign>[/-])(?P<more>[0-9]{4}|[0-9]{2}))?(?:[- ]?(?P<part>[qhm])(?P<n>[0-9]{1,2}))?",
    re.IGNORECASE,
)
_DASHES = dict.fromkeys(map(ord, "\N{EN DASH}\N{NON-BREAKING HYPHEN}\N{HYPHEN}\N{MINUS SIGN}"), "-")
_FREQUENCIES = {"H": Frequency.half, "Q": Frequency.quarter, "M": Frequency.month}


def looks_like_period(text: str) -> bool:
    """Whether a text has the form of a period, of whatever calendar.

    >>> [looks_like_period(text) for text in ("2013", "2013/14-Q3", "2013 (p)")]
    [True, True, False]
    """
    return _WRITTEN.fullmatch(_plain(text)) is not None


def read_period(text: object, calendar: Calendar) -> int:
    """A period of a calendar; raises Faults for what is none, or two.

    >>> [str(read_period(t, Calendar(Frequency.month, 3))) for t in ("2013-14", "Q1 2013/14")]
    ['2013/14', '2013/14-Q1']
    >>> read_period("2013", Calendar(Frequency.year, 3))
    Traceback (most recent call last):
    ...
    planlib.errors.Faults: '2013' can be 2012/13 or 2013/14
    """
    return _Reading(str(text).strip(), calendar).period()


def period_of(label: str) -> int:
    """The period that planlib itself wrote so, in a record or in the name of a file.

    >>> str(period_of("2013/14-Q3")), str(period_of("2013_14")), period_of("2013")
    ('2013/14-Q3', '2013/14', 2013)
    """
    found = _LABEL.fullmatch(label)
    if found is None:
        raise Faults(said("plan.period-unknown", found=repr(label), example="2013"))
    year, split = int(found["year"]), found["more"] is not None
    if found["month"]:
        return Period.of(Frequency.month, year, int(found["month"]))
    letter = found["part"]
    if letter is None:
        return Period.of(Frequency.year, year, split=split)
    return Period.of(_FREQUENCIES[letter], year, int(found["n"]), split=split)


LABEL = "[0-9]{4}(?:[/_][0-9]{2})?(?:-[HQ][1-4]|-[0-9]{2})?"
_LABEL = re.compile(
    "(?P<year>[0-9]{4})(?P<more>[/_][0-9]{2})?"
    "(?:-(?P<part>[HQ])(?P<n>[1-4])|-(?P<month>0[1-9]|1[0-2]))?"
)


def _plain(text: str) -> str:
    return " ".join(plain_signs(text).translate(_DASHES).split())


class _Reading:
    def __init__(self, shown: str, calendar: Calendar) -> None:
        self.shown, self.calendar = shown, calendar

    def period(self) -> int:
        found = _WRITTEN.fullmatch(_plain(self.shown))
        if found is None:
            raise Faults(self._no_period())
        year, more = int(found["year"]), found["more"]
        letter = (found["part"] or found["before"] or "").upper()
        number = found["n"] or found["m"] or "1"
        if more is None:
            year = self._single(year, letter, number, fiscal=bool(found["fy"]))
        else:
            plain = found["sign"] == "-" and len(more) == 2 and not (found["fy"] or letter)
            if plain and 1 <= int(more) <= DECEMBER and self._month_is_meant(year, more):
                return self._checked(Period.of(Frequency.month, year, int(more)))
            self._split(year, more)
        frequency = _FREQUENCIES.get(letter, Frequency.year)
        if not 1 <= int(number) <= frequency.in_year:
            raise Faults(self._no_period())
        if frequency is Frequency.month:  # counted from the month a year begins with
            whole = self.calendar.year(year)
            return self._checked(self.calendar.parts(whole, frequency)[int(number) - 1])
        return self._checked(Period.of(frequency, year, int(number), split=self.calendar.split))

    def _single(self, year: int, letter: str, number: str, *, fiscal: bool) -> int:
        """The calendar year in which a year begins that is named by one number."""
        calendar = self.calendar
        if not calendar.split:
            return year
        if fiscal and calendar.named_by_end is not None:
            return year - 1 if calendar.named_by_end else year
        part = f"-{letter}{number}" if letter else ""
        one, two = (year_text(first, split=True) + part for first in (year - 1, year))
        raise Faults(said("plan.year-in-two-ways", found=repr(self.shown), one=one, two=two))

    def _month_is_meant(self, year: int, more: str) -> bool:
        """Whether 2013-12 is a month: it is no year, or years are not written so here."""
        next_year = (year + 1) % 100 == int(more)
        if not (next_year and self.calendar.split):
            return True
        if self.calendar.frequency is Frequency.month:
            one, two = year_text(year, split=True), f"{year}-{more}"
            raise Faults(said("plan.year-or-month", found=repr(self.shown), year=one, month=two))
        return False

    def _split(self, year: int, more: str) -> None:
        """Refuse two numbers that are not one year after the other, or no year of the plan."""
        if (year + 1) % 10 ** len(more) != int(more):
            right = year_text(year, split=True)
            raise Faults(said("plan.year-not-the-next", found=repr(self.shown), right=right))
        if not self.calendar.split:
            message = "plan.years-end-in-december"
            raise Faults(said(message, found=repr(self.shown), first=year, last=year + 1))

    def _checked(self, code: int) -> int:
        year = code.year if isinstance(code, Period) else code
        if not EARLIEST <= year <= LATEST:
            message = "plan.period-far-off"
            raise Faults(said(message, found=repr(self.shown), first=EARLIEST, last=LATEST))
        frequency = self.calendar.frequency
        if frequency_of(code).in_year > frequency.in_year:
            message = "plan.period-too-short"
            raise Faults(said(message, found=repr(self.shown), frequency=frequency))
        return code

    def _no_period(self) -> Said:
        calendar = self.calendar
        number = calendar.frequency.in_year
        example = Period.of(calendar.frequency, 2023, number, split=calendar.split)
        return said("plan.period-unknown", found=repr(self.shown), example=str(example))
