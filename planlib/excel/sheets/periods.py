"""Reads the periods that offices write into heads and cells: Q1 2013/14, quý I năm 2013, July 2013."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from planlib.errors import Faults, said
from planlib.figures.checks import HISTORY
from planlib.figures.typed.office_words import folded, period_words
from planlib.language.language import Language
from planlib.messages import ENGLISH
from planlib.plan.periods.calendar import Frequency, Period, period
from planlib.plan.periods.text import looks_like_period, read_period
from planlib.plan.plan import Plan

_LETTERS = {Frequency.half: "H", Frequency.quarter: "Q", Frequency.month: "M"}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = "(?P<year>(?:fy ?)?[0-9]{4}(?:[/-][0-9]{2,4})?)"
_DAY = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(?: 00:00:00)?")


class SheetPeriods:
    """The periods of a plan as its offices name them, in a sheet of one language."""

    def __init__(self, plan: Plan, lang: str) -> None:
        self.plan, self.calendar = plan, plan.calendar
        self._names: dict[str, int] = {}
        for code in _periods(plan):
            for one in dict.fromkeys((lang, ENGLISH)):  # "T1" is a quarter in French, else a month
                if isinstance(code, Period):
                    self._names.setdefault(folded(code.named(Language(one))), code)
        self._forms = [
            (kind, re.compile(form))
            for kind in _LETTERS
            for form in _forms("|".join(map(re.escape, period_words(kind, lang))), lang)
        ]

    def read(self, text: str) -> int | None:
        """The period a text names; None for what is none. Raises Faults for what can be two."""
        plain = folded(text).rstrip("*").strip().removesuffix(".0")
        if plain in self._names:
            return self._names[plain]
        for kind, form in self._forms:
            if found := form.fullmatch(plain):
                number = _ROMAN.get(found["n"]) or int(found["n"])
                return self._counted(kind, found["year"], number)
        if found := _DAY.fullmatch(plain):
            return self._of_day(found[1])
        written = " ".join(text.split()).rstrip("*").removesuffix(".0")
        return read_period(written, self.calendar) if looks_like_period(written) else None

    def _counted(self, kind: Frequency, year: str, number: int) -> int | None:
        """The half, quarter or month of that number in a year, if it has one."""
        if not 1 <= number <= kind.in_year:
            return None
        if kind is not Frequency.month:
            return read_period(f"{year}-{_LETTERS[kind]}{number}", self.calendar)
        if not year.isdecimal():  # the seventh month of 2013/14, or July?
            return None
        month = Period.of(kind, int(year), number)
        if self.calendar.frequency is not kind:
            frequency = self.calendar.frequency
            raise Faults(said("plan.period-too-short", found=repr(str(month)), frequency=frequency))
        return month

    def _of_day(self, day: str) -> int | None:
        """The reporting period that begins or ends on a day, as a head that is a date says it."""
        try:
            on = date.fromisoformat(day).toordinal()
        except ValueError:
            return None
        code = self.calendar.containing(on)
        return code if on in {self.calendar.end(code), self.calendar.end(code - 1) + 1} else None


def _forms(words: str, lang: str) -> Iterator[str]:
    """How a half, quarter or month is written: its word and number before the year, or behind it."""
    beside = "|".join(map(re.escape, period_words("beside", lang)))
    number = "(?P<n>[0-9]{1,2}|i{1,3}|iv)"
    yield rf"(?:{words})[ .]?{number}[ ,/.-]*(?:(?:{beside}) )?{_YEAR}"
    yield rf"{_YEAR}[ ,/.-]*(?:{words})[ .]?{number}"


def _periods(plan: Plan) -> Iterator[int]:
    """Every period figures of the plan may be of, the longest first."""
    first, last = plan.header.term.first - HISTORY, plan.header.term.last
    for frequency in Frequency:
        if frequency.in_year <= plan.header.periods.in_year:
            yield from map(period, plan.calendar.axis(first, last, frequency))
