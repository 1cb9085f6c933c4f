"""Reads the periods people write in words: Quý 2/2024, Q2 2024, July 2013, 2e trimestre 2024.

The words are those of the languages of whoever writes, and English; where none of them knows the
word, those of every language. What is two periods in two languages is refused: ``T2 2024`` is
February in Vietnamese, the second quarter in French.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from planlib.errors import Faults, Said, said
from planlib.language.language import Language
from planlib.language.languages import LANGUAGES
from planlib.language.typed.dates import typed_date
from planlib.language.typed.unreadable import Unreadable
from planlib.language.typed.words import folded, period_words
from planlib.messages import ENGLISH
from planlib.plan.periods.calendar import Calendar, Frequency, Period
from planlib.plan.periods.text import looks_like_period, read_period

_LETTERS = {Frequency.half: "H", Frequency.quarter: "Q"}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NUMBERED = "[0-9]{4}(?:[/-][0-9]{2,4})?"
_DAY = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(?: 00:00:00)?")
_MONTH = re.compile("([0-9]{4})-([0-9]{2})")
_LETTERED = re.compile(r"\bm[ .]?[0-9]")
_ORDINAL = "(?:st|nd|rd|th|er|ere|ère|e|ème)"
_TWO_WAYS = ("plan.year-in-two-ways", "plan.year-or-month")
Reading = tuple[Frequency, str, int]  # how long, of which year, which of its year's


class TypedPeriods:
    """The periods of a calendar as people of some languages write them.

    >>> council = TypedPeriods(Calendar(Frequency.quarter, year_ends=3), ["vi"])
    >>> str(council.read("Quý II/2013-14")), council.read("9 tháng 2013")
    ('2013/14-Q2', None)
    >>> TypedPeriods(Calendar(Frequency.month), ["vi", "fr"]).read("T2 2024")
    Traceback (most recent call last):
    ...
    planlib.errors.Faults: 'T2 2024' can be 2024-02 or 2024-Q2
    """

    def __init__(self, calendar: Calendar, languages: Iterable[str]) -> None:
        self.calendar = calendar
        self.languages = tuple(dict.fromkeys((*languages, ENGLISH)))

    def read(self, text: str) -> int | None:
        """The period a text names; None for what is none. Raises Faults for what can be two."""
        plain = folded(text).rstrip("*").strip().removesuffix(".0")
        found = self._in_words(text, plain)
        if found:
            return self._counted(*found, lettered=_LETTERED.search(plain) is not None)
        if self.calendar.frequency is Frequency.month and (month := _month(plain)):
            return self._counted(*month)
        if day := _DAY.fullmatch(plain):
            return self._of_day(day[1])
        written = " ".join(text.split()).rstrip("*").removesuffix(".0")
        return read_period(written, self.calendar) if looks_like_period(written) else None

    def stated(self, text: str) -> int:
        """The period a plan or a remark states, in words or as planlib writes it; no day is one.

        Raises Faults for what is none, with a hint for what can be two.
        """
        if looks_like_period(text):
            return read_period(text, self.calendar)
        plain = folded(text)
        try:
            found = self._in_words(text, plain) or _month(plain)
            lettered = _LETTERED.search(plain) is not None
            code = self._counted(*found, lettered=lettered) if found else None
        except Faults as error:
            hint = said("plan.write-period-meant") if _in_two_ways(error) else None
            raise Faults(*error.found, hint=hint) from None
        return read_period(text, self.calendar) if code is None else code

    def _in_words(self, text: str, plain: str) -> Reading | None:
        found = _readings(plain, self.languages) or _readings(plain, LANGUAGES)
        if len(found) > 1:
            one, two = sorted(map(_written, found))[:2]
            raise Faults(said("plan.year-in-two-ways", found=repr(text.strip()), one=one, two=two))
        return next(iter(found), None)

    def _counted(
        self, kind: Frequency, year: str, number: int, *, lettered: bool = False
    ) -> int | None:
        """The half, quarter or month of that number in a year, if it has one."""
        if not 1 <= number <= kind.in_year:
            return None
        if kind is Frequency.year:
            return read_period(year, self.calendar)
        if kind is not Frequency.month:
            return read_period(f"{year}-{_LETTERS[kind]}{number}", self.calendar)
        if lettered and self.calendar.split:  # M3: March, or the third month of such a year?
            return read_period(f"{year}-M{number}", self.calendar)
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


def typed_period(text: str, calendar: Calendar, languages: Iterable[str]) -> int:
    """A period as it is typed; raises Faults for what is none, or two.

    >>> str(typed_period("quarter 2 of 2024", Calendar(Frequency.quarter), ["vi"]))
    '2024-Q2'
    """
    found = TypedPeriods(calendar, languages).read(text)
    return read_period(text, calendar) if found is None else found


def stated_period(text: str, calendar: Calendar, languages: Iterable[str]) -> int:
    """The period that a plan of some languages states; raises Faults for what is none, or two.

    >>> str(stated_period("mars 2024", Calendar(Frequency.month), ["fr"]))
    '2024-03'
    >>> str(stated_period("quý II/2023-24", Calendar(Frequency.quarter, year_ends=3), ["en"]))
    '2023/24-Q2'
    >>> stated_period("T2 2024", Calendar(Frequency.month), ["en"])
    Traceback (most recent call last):
    ...
    planlib.errors.Faults: 'T2 2024' can be 2024-02 or 2024-Q2
    """
    return TypedPeriods(calendar, languages).stated(text)


def names_a_period(text: str) -> bool:
    """Whether a text has the form of a period, of whatever calendar and language.

    >>> [names_a_period(text) for text in ("2013", "Quý 2/2024", "T2 2024", "soon")]
    [True, True, True, False]
    """
    plain = folded(text)
    return looks_like_period(text) or bool(_readings(plain, LANGUAGES) or _month(plain))


def _in_two_ways(error: Faults) -> bool:
    return any(isinstance(one, Said) and one.key in _TWO_WAYS for one in error.found)


def _written(reading: Reading) -> str:
    kind, year, number = reading
    return f"{year}-{number:02d}" if kind is Frequency.month else f"{year}-{_LETTERS[kind]}{number}"


def _readings(plain: str, languages: Iterable[str]) -> set[Reading]:
    """What a text is a period in, by the words of some languages."""
    found: set[Reading] = set()
    for lang in languages:
        for kind, fixed, form in _forms(lang):
            if told := form.fullmatch(plain):
                number = fixed or _ROMAN.get(told["n"]) or int(told["n"])
                found.add((kind, _year(told["year"]), number))
    return found


def _year(told: str) -> str:
    """A year as planlib writes it: a financial year named by one number is FY2014."""
    year = re.sub(r"^\D+", "", told)
    return f"FY{year}" if year != told and year.isdecimal() else year


def _month(plain: str) -> Reading | None:
    """The month a text names: July 2013."""
    try:
        month = _MONTH.fullmatch(typed_date(plain)) if any(map(str.isalpha, plain)) else None
    except Unreadable:
        return None
    return (Frequency.month, month[1], int(month[2])) if month else None


@cache
def _forms(lang: str) -> tuple[tuple[Frequency, int, re.Pattern[str]], ...]:
    return tuple(
        (kind, number, re.compile(form)) for kind in Frequency for number, form in _of(kind, lang)
    )


def _of(kind: Frequency, lang: str) -> Iterator[tuple[int, str]]:
    """How periods of a length are written in a language: each form, with its number if it has one."""
    words = "|".join(map(re.escape, period_words(kind, lang)))
    beside = "|".join(map(re.escape, period_words("beside", lang)))
    fiscal = "|".join(("fy", *map(re.escape, period_words("fiscal", lang))))
    year = f"(?P<year>(?:(?:{fiscal}) ?)?{_NUMBERED})"
    if kind is Frequency.year:
        yield 1, rf"(?:{words})[ .:]?(?:(?:{beside}) )?{year}"
        yield 1, rf"(?P<year>(?:{fiscal})[ .:]?{_NUMBERED})"
        return
    number, apart = "(?P<n>[0-9]{1,2}|i{1,3}|iv)", rf"[ ,/.-]*(?:(?:{beside}) )?"
    yield 0, rf"(?:{words})[ .]?{number}{apart}{year}"
    yield 0, rf"{year}[ ,/.-]*(?:{words})[ .]?{number}"
    if kind in _LETTERS:  # of months so many may be meant: 6 tháng
        yield 0, rf"(?P<n>[1-4]){_ORDINAL} ?(?:{words}){apart}{year}"
        yield 0, rf"(?P<n>[1-4]){_LETTERS[kind].lower()}{apart}{year}"
        for at in range(1, kind.in_year + 1):
            name = folded(Language(lang).raw(f"period.{kind}.{at}"))
            yield at, re.escape(name).replace(re.escape("{year}"), year)
