"""Reporting periods: years, halves, quarters and months of a calendar whose year may end in any month.

A calendar year is its number, 2013. Any other period is a ``Period``, a whole number too, so that
periods of a kind are counted on like years: the quarter after 2013/14-Q4 is one more than it, and
is 2014/15-Q1. As a text it is written as plans and figures write it.
"""

from __future__ import annotations

import calendar as days
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from planlib.messages import capital

if TYPE_CHECKING:
    from planlib.language.language import Language

DECEMBER = 12


class Frequency(StrEnum):
    """How long a reporting period is."""

    year = "year"
    half = "half"
    quarter = "quarter"
    month = "month"

    @property
    def in_year(self) -> int:
        """How many of them make a year.

        >>> [frequency.in_year for frequency in Frequency]
        [1, 2, 4, 12]
        """
        return _IN_YEAR[self]


_IN_YEAR = {Frequency.year: 1, Frequency.half: 2, Frequency.quarter: 4, Frequency.month: 12}
_LETTERS = {Frequency.half: "H", Frequency.quarter: "Q"}
_STEP = 1_000_000  # each kind of period has numbers of its own
LAST_CALENDAR_YEAR = _STEP - 1
_KINDS = (
    (Frequency.year, False), (Frequency.year, True), (Frequency.half, False),
    (Frequency.half, True), (Frequency.quarter, False), (Frequency.quarter, True),
    (Frequency.month, False),
)  # fmt: skip


class Period(int):
    """A period that is no calendar year.

    >>> quarter = Period.of(Frequency.quarter, 2013, 3, split=True)
    >>> str(quarter), str(quarter + 2), quarter + 2 - quarter, slug(quarter + 1)
    ('2013/14-Q3', '2014/15-Q1', 2, '2013_14-Q4')
    >>> quarter + 0.5 - int(quarter), quarter - 0.5 - int(quarter)
    (0.5, -0.5)
    """

    @classmethod
    def of(cls, frequency: Frequency, year: int, number: int = 1, *, split: bool = False) -> int:
        """The period of that number in a year; ``split`` years begin in one and end in the next."""
        if frequency is Frequency.month:
            split = False
        return period(
            _STEP * _KINDS.index((frequency, split)) + year * frequency.in_year + number - 1
        )

    @property
    def frequency(self) -> Frequency:
        """How long it is."""
        return _KINDS[int(self) // _STEP][0]

    @property
    def split(self) -> bool:
        """Whether its year begins in one calendar year and ends in the next."""
        return _KINDS[int(self) // _STEP][1]

    @property
    def within_year(self) -> bool:
        """Whether it is shorter than a year; texts tell such periods in words of their own."""
        return within_year(self)

    @property
    def year(self) -> int:
        """The calendar year in which its own year begins."""
        return int(self) % _STEP // self.frequency.in_year

    @property
    def number(self) -> int:
        """Which of its year's periods it is, from 1."""
        return int(self) % self.frequency.in_year + 1

    def named(self, language: Language) -> str:
        """Its name in a language, as its offices write it."""
        year = year_text(self.year, split=self.split)
        if self.frequency is Frequency.year:
            return language("period.year", year=year)
        if self.frequency is Frequency.month:
            return language.date(str(self))
        return language(f"period.{self.frequency}.{self.number}", year=year)

    def short(self, language: Language) -> tuple[str, str]:
        """Its part of the year and the year, where space is short; the first is empty of a whole year."""
        year = year_text(self.year, split=self.split)
        if self.frequency is Frequency.year:
            return "", year
        if self.frequency is Frequency.month:
            return language("period.short.month", month=language.short_month(str(self))), year
        return language(f"period.short.{self.frequency}.{self.number}"), year

    def __str__(self) -> str:
        year = year_text(self.year, split=self.split)
        if self.frequency is Frequency.year:
            return year
        if self.frequency is Frequency.month:
            return f"{year}-{self.number:02d}"
        return f"{year}-{_LETTERS[self.frequency]}{self.number}"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __repr__(self) -> str:
        return f"<Period {self}>"

    def __add__(self, other: int) -> int:
        if not _counts(other):
            return NotImplemented
        return period(int(self) + int(other))

    __radd__ = __add__

    def __sub__(self, other: int) -> int:
        if not _counts(other):
            return NotImplemented
        less = int(self) - int(other)
        return less if isinstance(other, Period) or int(other) > _STEP else period(less)


def _counts(other: object) -> bool:
    """Whether periods are counted on by something; arrays and fractions do so by themselves."""
    return hasattr(other, "__index__") and not getattr(other, "ndim", 0)


def year_text(year: int, *, split: bool) -> str:
    """A year as it is written."""
    return f"{year}/{(year + 1) % 100:02d}" if split else str(year)


def period(code: int) -> int:
    """The period of a number from an array: a calendar year as it is, else a ``Period``.

    >>> period(2013), str(period(5_008_054))
    (2013, '2013/14-Q3')
    """
    return Period(code) if code >= _STEP else int(code)


def period_name(code: int, language: Language) -> str:
    """A period, or a calendar year, as the offices of a language write it."""
    at = period(code)
    return str(at.named(language)) if isinstance(at, Period) else str(at)


def period_title(code: int, language: Language) -> str:
    """The same as it begins a cell, a heading or a sentence."""
    return capital(period_name(code, language))


def short_name(code: int, language: Language) -> str:
    """The same where space is short, as at the head of a narrow column."""
    at = period(code)
    part, year = at.short(language) if isinstance(at, Period) else ("", str(at))
    return language(f"period.narrow.{frequency_of(code)}", part=part, year=year) if part else year


def period_key(code: int) -> str:
    """What a period is called: a year, or by the word for any."""
    return "year" if frequency_of(code) is Frequency.year else "period"


def starting_in(code: int) -> int:
    """The calendar year in which a year begins.

    >>> starting_in(2013), starting_in(Period.of(Frequency.year, 2013, split=True))
    (2013, 2013)
    """
    return code % _STEP


def frequency_of(code: int) -> Frequency:
    """How long a period is."""
    return _KINDS[int(code) // _STEP][0] if code >= _STEP else Frequency.year


def within_year(code: int) -> bool:
    """Whether a period is shorter than a year.

    >>> within_year(2013), within_year(Period.of(Frequency.quarter, 2013, 2))
    (False, True)
    """
    return frequency_of(code) is not Frequency.year


def span(first: int, last: int) -> tuple[int, ...]:
    """The periods from one to another of the same kind, both included.

    >>> span(2011, 2013)
    (2011, 2012, 2013)
    """
    return tuple(period(code) for code in range(int(first), int(last) + 1))


def slug(code: int) -> str:
    """A period's name where a slash cannot stand, as in the name of a file."""
    return str(period(code)).replace("/", "_")


@dataclass(frozen=True)
class Calendar:
    """How a plan's time is divided: its reporting periods, and the month its years end in.

    ``named_by_end`` says what FY2014 means where years are split: the year that ends in 2014 (True)
    or begins in it (False); None leaves it open, and such a name is refused.

    >>> council = Calendar(Frequency.quarter, year_ends=3)
    >>> third = Period.of(Frequency.quarter, 2013, 3, split=True)
    >>> str(third), date.fromordinal(council.end(third)).isoformat()
    ('2013/14-Q3', '2013-12-31')
    """

    frequency: Frequency = Frequency.year
    year_ends: int = DECEMBER
    named_by_end: bool | None = None

    @property
    def split(self) -> bool:
        """Whether a year begins in one calendar year and ends in the next."""
        return self.year_ends != DECEMBER

    def year(self, first: int) -> int:
        """The year that begins in a calendar year."""
        return Period.of(Frequency.year, first, split=self.split)

    def end(self, code: int) -> int:
        """The day number of the last day of a period."""
        at = period(code)
        if not isinstance(at, Period):
            return date(at, DECEMBER, 31).toordinal()
        length = DECEMBER // at.frequency.in_year
        before = self.year_ends % DECEMBER if at.split else 0  # months before the year begins
        month = at.year * DECEMBER + before + at.number * length - 1
        year, month = month // DECEMBER, month % DECEMBER + 1
        return date(year, month, days.monthrange(year, month)[1]).toordinal()

    def containing(self, day: int, frequency: Frequency | None = None) -> int:
        """The period that a day (a day number) lies in."""
        on, frequency = date.fromordinal(day), frequency or self.frequency
        if frequency is Frequency.month:
            return Period.of(frequency, on.year, on.month)
        months = on.year * DECEMBER + on.month - 1 - self.year_ends % DECEMBER
        number = months % DECEMBER // (DECEMBER // frequency.in_year) + 1
        return Period.of(frequency, months // DECEMBER, number, split=self.split)

    def within(self, code: int, frequency: Frequency) -> int:
        """The period of a frequency in which another one ends."""
        return (
            code if frequency_of(code) is frequency else self.containing(self.end(code), frequency)
        )

    def parts(self, code: int, frequency: Frequency) -> tuple[int, ...]:
        """The shorter periods that make up a longer one.

        >>> [str(part) for part in Calendar().parts(2013, Frequency.half)]
        ['2013-H1', '2013-H2']
        """
        last = self.within(code, frequency)
        count = frequency.in_year // frequency_of(code).in_year
        return span(last - max(count, 1) + 1, last)

    def axis(self, first: int, last: int, frequency: Frequency) -> tuple[int, ...]:
        """Every period of a frequency from the year ``first`` to the year ``last``."""
        return span(self.parts(first, frequency)[0], self.within(last, frequency))

    def is_last(self, code: int) -> bool:
        """Whether a year ends with a period."""
        return self.end(code) == self.end(self.within(code, Frequency.year))


CALENDAR_YEARS = Calendar()
