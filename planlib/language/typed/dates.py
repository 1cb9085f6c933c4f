"""Dates as people type them: ``31/3/2014``, ``07/6/2013``, ``tháng 3 năm 2014``, ``2014``.

A report's date comes out as ``2014``, ``2014-03`` or ``2014-03-31``. Offices put the day first; but
a sheet may have passed through an American machine, so ``3/4/2014`` is in doubt and refused, unless
its zeros show the office's way (``03/4/2014``: days under ten have two digits, months from March on
one).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from babel.dates import get_month_names

from planlib.errors import said
from planlib.language.languages import LANGUAGES
from planlib.language.typed.unreadable import Unreadable

NO_DATE = "figures.not-a-date"
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_DAY = re.compile(r"(?:ngày )?([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_WORDS = re.compile(r"(?:ngày ([0-9]{1,2}) )?(?:tháng )?([0-9]{1,2})(?: năm |/|-)([0-9]{4})")
_TIME = re.compile(
    r"(?<=[0-9])[ t](?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?"
    r"(?: ?(?:z|utc|gmt|[+-][0-9]{2}:?(?:[0-9]{2})?))?$"
)
_YEAR = re.compile(r"năm ([0-9]{4})")
_NAMED = re.compile(r"(?:([0-9]{1,2})(?:er|st|nd|rd|th)? )?([^\W\d_]{3,12})\.? ([0-9]{4})")


@dataclass(frozen=True)
class _Month:
    """A month in a message, which is told in the language of the message."""

    number: int

    def in_language(self, code: str) -> str:
        return str(get_month_names("wide", locale=code)[self.number])


@cache
def _months() -> dict[str, int]:
    """The months by their names and short names in every language; without those of two months."""
    found: dict[str, set[int]] = {}
    for lang in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=lang).items():
                found.setdefault(str(name).lower().rstrip("."), set()).add(int(number))
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}


def typed_date(cell: object) -> str:
    """A cell's date as the figures carry it; raises Unreadable where it is none, or two.

    >>> typed_date("31/3/2014"), typed_date("tháng 3 năm 2014"), typed_date("03/4/2014")
    ('2014-03-31', '2014-03', '2014-04-03')
    >>> typed_date("3/4/2014")
    Traceback (most recent call last):
    ...
    planlib.language.typed.unreadable.Unreadable: '3/4/2014' can be 3 April or 4 March 2014
    """
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d") if cell.year >= 1900 else _refused(str(cell))
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        if cell == int(cell) and 1900 <= cell <= 2200:
            return str(int(cell))
        return _refused(f"{cell:.12g}")
    shown = " ".join(unicodedata.normalize("NFC", str(cell)).split())
    text = _TIME.sub("", shown.lower())  # a day as machines write it, with the time of that day
    if found := _ISO.fullmatch(text):
        return _made(shown, found[1], found[2], found[3])
    if found := _YEAR.fullmatch(text):
        return _made(shown, found[1])
    if found := _DAY.fullmatch(text):
        return _day_first(shown, *found.groups())
    if found := _WORDS.fullmatch(text):
        return _made(shown, found[3], found[2], found[1])
    if found := _NAMED.fullmatch(text):
        month = _months().get(found[2])
        if month is not None:
            return _made(shown, found[3], str(month), found[1])
    return _refused(shown)


def _day_first(shown: str, day: str, month: str, year: str) -> str:
    first, second = int(day), int(month)
    office = len(day) == 2 and day[0] == "0" and len(month) == 1
    if first != second and first <= 12 and second <= 12 and not office:
        one, two = _Month(second), _Month(first)
        fault = said(
            "figures.date-ambiguous",
            text=repr(shown), first=first, one=one, second=second, two=two, year=year)  # fmt: skip
        hint = said("figures.write-month-words", iso=f"{year}-{second:02d}-{first:02d}")
        raise Unreadable(fault, hint, in_doubt=True)
    if second > 12 >= first:  # an American date that cannot be anything else
        day, month = month, day
    return _made(shown, year, month, day)


def _made(shown: str, year: str, month: str | None = None, day: str | None = None) -> str:
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return _refused(shown)
    if not 1900 <= int(year) <= 2200:
        return _refused(shown)
    return "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part is not None)])


def _refused(shown: str) -> str:
    raise Unreadable(said(NO_DATE, text=repr(shown)), said("figures.write-iso-date"))
