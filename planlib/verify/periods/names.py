"""What periods are called on pages: by themselves, as they begin a cell, and where space is short."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from planlib.plan.periods.calendar import period
from planlib.verify.markup import plain
from planlib.verify.texts import filled, texts, told_in


def period_name(code: int, lang: str) -> str:
    """A reporting period in a reader's words.

    >>> period_name(2013, "vi")
    '2013'
    """
    return plain(str(told_in(period(code), lang)))


def period_begun(code: int, lang: str) -> str:
    """The same as it begins a cell.

    >>> from planlib.plan.periods.text import period_of
    >>> period_begun(period_of("2013-Q2"), "vi")
    'Quý II/2013'
    """
    name = period_name(code, lang)
    return name[:1].upper() + name[1:]


def short_period(code: int, lang: str) -> str:
    """A period at the head of a narrow column: its part of the year, and the year.

    >>> from planlib.plan.periods.text import period_of
    >>> short_period(2013, "vi"), short_period(period_of("2013/14-Q3"), "vi")
    ('2013', 'Quý III/2013/14')
    >>> short_period(period_of("2013-07"), "en"), short_period(period_of("2013-H1"), "fr")
    ('Jul 2013', 'S1 2013')
    """
    label = str(code)
    year, _, part = label.partition("-")
    if not part:
        return label
    kind = {"H": "half", "Q": "quarter"}.get(part[0], "month")
    if kind == "month":
        early = ".early" if int(part) < 3 else ""
        pattern = texts(lang)[f"date.pattern.short_month{early}"][0]
        month = format_date(date(int(year), int(part), 1), pattern, locale=lang)
        part = filled("period.short.month", lang, month=month)
    else:
        part = filled(f"period.short.{kind}.{part[1]}", lang)
    return filled(f"period.narrow.{kind}", lang, part=part, year=year)
