"""Amounts of money: a currency of ISO 4217 and a scale, as offices of each language write them.

In Vietnamese ``1.500 tỷ đồng``, in English ``VND 1,500 billion`` and ``£39 million``, in French
``39 millions d’euros``. What an office calls a currency stands in its language's catalogue; any
other is called as Babel does, or by its code.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from locale import windows_locale
from typing import Any

from babel import localedata
from babel.core import get_global
from babel.languages import get_official_languages
from babel.numbers import (
    get_currency_name,
    get_currency_symbol,
    get_territory_currencies,
    list_currencies,
)

from planlib.language.language import MINUS, Language
from planlib.language.languages import LANGUAGES
from planlib.language.text import Text

SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}


class MoneyName(str):
    """What a unit of money is called in a language, which knows how an amount of it is written."""

    currency: str
    scale: str

    @classmethod
    def of(cls, unit: Money, language: Language) -> MoneyName:
        """The name of a unit.

        >>> [MoneyName.of(Money("VND", "billion"), Language(one)) for one in ("vi", "en")]
        ['tỷ đồng', 'VND billion']
        """
        currency = currency_name(unit.currency, language)
        scale = language.raw(f"money.scale.{unit.scale}") if unit.scale else ""
        key = "money.unit.vowel" if _begins_with_vowel(currency) else "money.unit"
        made = cls(language(key, scale=scale, currency=currency) if scale else currency)
        made.currency, made.scale = currency, scale
        return made

    def amount(self, number: str, language: Language) -> str:
        """So much of it.

        >>> en = Language("en")
        >>> MoneyName.of(Money("GBP", "million"), en).amount("39", en)
        '£39\\xa0million'
        >>> MoneyName.of(Money("VND"), en).amount("−5", en)
        '−VND\\xa05'
        """
        kind = "" if self.currency[-1:].isalnum() else ".sign"
        if not kind and self.scale and _begins_with_vowel(self.currency):
            kind = ".vowel"
        key = "amount" if self.scale else "plain"

        def told(amount: str) -> str:
            text = f"money.{key}{kind}"
            if not self.scale:
                return language(text, number=amount, currency=self.currency)
            return language(text, number=amount, currency=self.currency, scale=self.scale)

        signed = number.startswith((MINUS, "+")) and MINUS not in number[1:]
        before = signed and not told(number).startswith(number)
        return number[0] + told(number[1:]) if before else told(number)


class Money(Text):
    """A unit of money, which every language has words for.

    >>> unit = Money("GBP", "million")
    >>> unit["en"], unit.power, unit == Money("GBP", "million"), unit == Money("EUR", "million")
    ('£ million', 6, True, False)
    """

    __slots__ = ("currency", "scale")

    def __init__(self, currency: str, scale: str = "") -> None:
        super().__init__()
        self.currency, self.scale = currency, scale

    @property
    def power(self) -> int:
        """The power of ten of its scale."""
        return SCALES.get(self.scale, 0)

    def __getitem__(self, language: str) -> str:
        if language not in LANGUAGES:
            raise KeyError(language)
        return _name(self, language)

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Money) and (self.currency, self.scale) == (
            other.currency, other.scale,
        )  # fmt: skip

    def __hash__(self) -> int:
        return hash((self.currency, self.scale))

    def __repr__(self) -> str:
        return f"Money({self.currency!r}, {self.scale!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Money, (self.currency, self.scale)

    def in_language(self, language: str) -> str:
        """Its name in a language."""
        return self[language]

    def bare(self, language: str) -> str:
        """Its name in a language, for programs."""
        return self[language]


@cache
def _name(unit: Money, language: str) -> MoneyName:
    return MoneyName.of(unit, Language(language))


def is_currency(code: str) -> bool:
    """Whether ISO 4217 knows a code.

    >>> is_currency("VND"), is_currency("vnd"), is_currency("DONG")
    (True, False, False)
    """
    return code in list_currencies()


def currency_name(code: str, language: Language) -> str:
    """What a language's offices call a currency behind an amount."""
    known = dict(pair.split("=") for pair in language.raw("money.known").split())
    if code in known:
        return known[code]
    if language.raw("money.others") == "code":
        return code
    return get_currency_name(code, count=2, locale=language.code)


@cache
def currency_words(code: str) -> frozenset[str]:
    """Everything a currency may be called in any language, in small letters."""
    found = {code}
    for one in LANGUAGES:
        found |= {currency_name(code, Language(one)), get_currency_symbol(code, one)}
        found |= {get_currency_name(code, count=count, locale=one) for count in (1, 2)}
    return frozenset(unicodedata.normalize("NFC", word).casefold() for word in found)


def currency_of(symbol: str, machine: str) -> str | None:
    """The code of a currency by its symbol and the number of a locale, as Excel's formats name it.

    >>> currency_of("kr", "41D"), currency_of("$", "C09"), currency_of("€", "x-euro2")
    ('SEK', 'AUD', None)
    """
    try:
        name = windows_locale.get(int(machine, 16) & 0xFFFF, "")
    except ValueError:
        return None
    territory = name.rpartition("_")[2]
    for code in get_territory_currencies(territory) if len(territory) == 2 else ():
        if symbol in {code, *_symbols_in(code, territory)}:
            return str(code)
    return None


@cache
def local_symbols(code: str) -> frozenset[str]:
    """What a currency is marked by in the places that pay with it, in their own languages.

    >>> sorted(local_symbols("SEK")), "$" in local_symbols("CAD")
    (['kr'], True)
    """
    territories = get_global("territory_currencies")
    paying = (one for one in territories if code in get_territory_currencies(one))
    return frozenset(symbol for one in paying for symbol in _symbols_in(code, one))


@cache
def means_another(symbol: str, code: str) -> bool:
    """Whether a symbol alone means another currency in a language: ``$`` is of the United States.

    >>> means_another("$", "CAD"), means_another("kr", "SEK")
    (True, False)
    """
    others = list_currencies() - {code}
    return any(get_currency_symbol(one, lang) == symbol for one in others for lang in LANGUAGES)


def _symbols_in(code: str, territory: str) -> set[str]:
    spoken = get_official_languages(territory, regional=True, de_facto=True)
    known = (f"{lang}_{territory}" for lang in spoken)
    return {get_currency_symbol(code, one) for one in known if localedata.exists(one)}


def _begins_with_vowel(word: str) -> bool:
    return unicodedata.normalize("NFD", word)[:1].casefold() in {*"aeiouœæ"}
