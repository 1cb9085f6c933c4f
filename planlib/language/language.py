"""A reader's language: texts from the catalogues, numbers and dates as offices write them."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal, localcontext
from enum import Enum
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, get_decimal_symbol

from planlib.errors import PlanlibError, one_of
from planlib.language.direction import isolated
from planlib.language.languages import CATALOGUES, LANGUAGES
from planlib.language.sentences import PrintedNumber, Sentence
from planlib.messages import Catalogue, catalogue_of

Date = date  # the class below has a method of this name
MINUS = "\N{MINUS SIGN}"
# More digits than this are binary dust, not evidence.
MOST_DIGITS = 2
MOST_PRECISE = 800  # digits before and after the mark together, enough for any float


@cache
def _decimal_mark(code: str) -> str:
    return get_decimal_symbol(code)


@cache
def _catalogue(code: str) -> Catalogue:
    """The texts of a language: every ``.po`` file of its folder, one for each part of the house."""
    found = sorted(CATALOGUES.joinpath(code).iterdir(), key=lambda entry: entry.name)
    return catalogue_of(one.read_text("utf-8") for one in found if one.name.endswith(".po"))


@lru_cache(maxsize=10_000)  # pages print few different numbers, each many times
def _printed(code: str, number: float, _written: str, digits: int | None) -> str:
    """A number in a language; ``_written`` tells apart what is equal and prints otherwise: 0 and −0."""
    places = "#" * MOST_DIGITS if digits is None else "0" * digits
    pattern = f"#,##0.{places}" if places else "#,##0"
    with localcontext(prec=MOST_PRECISE):
        text = format_decimal(number, format=pattern, locale=code)
    return MINUS + text[1:] if text.startswith("-") else text


@lru_cache(maxsize=4096)
def _as_one(code: str, number: float, decimals: int) -> bool:
    rule = Locale.parse(code).plural_form
    with localcontext(prec=MOST_PRECISE):
        printed = Decimal(repr(abs(number))).quantize(Decimal(1).scaleb(-decimals))
        return str(rule(printed)) == str(rule(1))


class LanguageName(str):
    """The name of a language; formatted with ``small`` it stands inside a sentence.

    >>> f"({LanguageName('Tiếng Anh'):small})"
    '(tiếng Anh)'
    """

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return f"{self[:1].lower()}{self[1:]}" if spec == "small" else format(str(self), spec)


class ForeignWords(str):
    """Words of another language with the remark that says so; ``lang`` is the code of that language.

    A page marks ``words`` as such, so that a screen reader pronounces them; ``before`` and ``after``
    are of the reader's own language. Put into a sentence they are text like any other.
    """

    lang: str
    words: str
    before: str
    after: str

    @classmethod
    def within(cls, text: str, words: str, lang: str) -> ForeignWords:
        """A text that holds words of a language."""
        made = cls(text)
        made.before, made.words, made.after = text.partition(words)
        made.lang = lang
        return made


class Language:
    """A reader's language by its code, one of ``LANGUAGES``.

    Call it with a message's key and what to fill in; ``n`` chooses the plural form.

    >>> Language("vi").number(1234.5), Language("en").number(1234.5)
    ('1.234,5', '1,234.5')
    >>> Language("vi").date("2013-06-07"), Language("en").date("2013-06-07")
    ('ngày 07 tháng 6 năm 2013', '7 June 2013')
    """

    def __init__(self, code: str) -> None:
        if code not in LANGUAGES:
            raise ValueError(f"the language is {one_of(LANGUAGES)}, found {code!r}")
        self.code = code
        self._catalogue = _catalogue(code)

    def __call__(self, key: str, *, n: int | None = None, **values: object) -> str:
        """The text of a key, a ``Sentence`` with its facts; raises PlanlibError for a key that no catalogue has."""
        if n is None and not values:
            return _plain(self.code, key)
        _known(self._catalogue, self.code, key)
        shown = {name: self._filled(value) for name, value in values.items()}
        if n is not None:
            values, shown = values | {"n": n}, shown | {"n": self.number(n)}
        return Sentence.of(self._catalogue.filled(key, values, shown), key, values)

    def raw(self, key: str) -> str:
        """A text that nothing is filled into, such as a pattern. Raises KeyError."""
        return self._catalogue.text(key)

    def labelled(self, label: str, text: str) -> str:
        """A label and what it says, with the language's space before the colon.

        >>> Language("en").labelled("2013", "90%"), Language("fr").labelled("2013", "90 %")
        ('2013: 90%', '2013\xa0: 90 %')
        """
        return f"{label}{self.raw('language.colon')} {text}"

    def form(self, n: int) -> int:
        """Which of the language's plural forms a whole number takes, from 0."""
        return self._catalogue.form(n)

    def as_one(self, number: str) -> bool:
        """Whether what is counted by a printed number is named as one of it is (CLDR's plural rules).

        >>> vi, en, fr = Language("vi"), Language("en"), Language("fr")
        >>> fr.as_one(fr.number(1.6)), en.as_one(en.number(1.6)), en.as_one(en.number(1, 1))
        (True, False, False)
        >>> fr.as_one(fr.number(0)), en.as_one(en.number(-1)), fr.as_one(fr.number(2))
        (True, True, False)
        """
        if not isinstance(number, PrintedNumber):
            return False
        return _as_one(self.code, number.value, len(number.partition(self.decimal_mark)[2]))

    @property
    def right_to_left(self) -> bool:
        """Whether the language is written from right to left."""
        return Locale.parse(self.code).text_direction == "rtl"

    def name_of(self, code: str) -> LanguageName:
        """What this language calls another one, or itself.

        >>> Language("en").name_of("vi"), Language("vi").name_of("vi")
        ('Vietnamese', 'Tiếng Việt')
        """
        return LanguageName(Locale.parse(code).get_language_name(self.code) or code)

    def written_in(self, code: str, words: str) -> str:
        """Words of another language, which say so.

        >>> Language("en").written_in("vi", "Kinh tế")
        'Kinh tế (in Vietnamese)'
        """
        text = self("written", text=words, language=self.name_of(code))
        return ForeignWords.within(text, isolated(words), code)

    def _filled(self, value: object) -> object:
        """What fills in a text: a reporting period by its name in the language, words as one."""
        if hasattr(value, "named"):
            value = value.named(self)
        plain = type(value) is str or isinstance(value, ForeignWords | PrintedNumber | Sentence)
        return isolated(str(value)) if plain else value

    def verdict(self, verdict: Enum) -> str:
        """The word for a verdict."""
        return self(f"verdict.{verdict.name}")

    def number(self, number: float, digits: int | None = None) -> str:
        """A ``PrintedNumber`` as the language writes it, of two decimals at most, or of ``digits``.

        >>> Language("vi").number(-4.2553), Language("vi").number(5.0), Language("vi").number(2, 1)
        ('−4,26', '5', '2,0')
        """
        if not math.isfinite(number):
            raise ValueError(f"a number to print must be finite, found {number}")
        value = round(number, MOST_DIGITS if digits is None else digits)
        return PrintedNumber.of(_printed(self.code, number, repr(number), digits), value)

    @property
    def decimal_mark(self) -> str:
        """What stands between the whole part of a number and its decimals."""
        return _decimal_mark(self.code)

    @property
    def parts_mark(self) -> str:
        """What stands between the parts of a list that have commas of their own.

        >>> Language("en").parts_mark, Language("fr").parts_mark
        ('; ', '\\u202f; ')
        """
        return str(self("list.parts"))

    def date(self, text: str) -> str:
        """A report date (``2013``, ``2013-06`` or ``2013-06-07``) in words."""
        return _date(self.code, text)

    def _date_of(self, text: str) -> str:
        parts = text.split("-")
        if text:
            date.fromisoformat("-".join([*parts, "01", "01"][:3]))  # refuses what is no date
        if len(parts) == 1:
            return self("date.year", year=parts[0])
        on = date.fromisoformat("-".join([*parts, "01"][:3]))
        day, month = self._day(on), self._month(on, "month")
        if len(parts) == 2:
            return self("date.month", month=month, year=parts[0])
        return self("date.day", day=day, month=month, year=parts[0])

    def short_month(self, text: str) -> str:
        """A month (``2013-06``) short enough for an axis.

        >>> Language("vi").short_month("2013-06"), Language("en").short_month("2013-06")
        ('6', 'Jun')
        """
        return self._month(date.fromisoformat(f"{text}-01"), "short_month")

    def short_date(self, text: str) -> str:
        """A full report date (``2013-06-07``) short enough for a column.

        >>> Language("vi").short_date("2013-06-07"), Language("en").short_date("2013-06-07")
        ('07/6/2013', '7 Jun 2013')
        """
        on = date.fromisoformat(text)
        month = self._month(on, "short_month")
        return self("date.short", day=self._day(on), month=month, year=on.year)

    def _day(self, on: Date) -> str:
        first = ".first" if on.day == 1 else ""
        return format_date(on, self(f"date.pattern.day{first}"), locale=self.code)

    def _month(self, on: Date, name: str) -> str:
        # Some offices write the first two months otherwise than those no digit can be put before.
        early = ".early" if on.month < 3 else ""
        return format_date(on, self(f"date.pattern.{name}{early}"), locale=self.code)


def _known(catalogue: Catalogue, code: str, key: str) -> None:
    if key not in catalogue.texts:
        raise PlanlibError(f"no text for {key!r} in the catalogue '{code}'")


@cache
def _plain(code: str, key: str) -> Sentence:
    """The text of a key that nothing is filled into: most are on every page."""
    catalogue = _catalogue(code)
    _known(catalogue, code, key)
    return Sentence.of(catalogue.filled(key, {}, {}), key, {})


@lru_cache(maxsize=10_000)
def _date(code: str, text: str) -> str:
    """A date in words: the reports of a plan are of a few days."""
    return Language(code)._date_of(text)


def own_name(code: str) -> str:
    """What a language calls itself, as it stands in a list of languages.

    >>> own_name("vi"), own_name("en")
    ('Tiếng Việt', 'English')
    """
    name = Language(code).name_of(code)
    return f"{name[:1].upper()}{name[1:]}"
