"""Amounts of money as people type them: ``39 tỷ đồng``, ``£39m``, ``1.500 triệu đồng``.

A goal in money names a currency and a scale. An amount that names another scale is refused, since a
table may mix them; where a table says the unit of its figures they are converted. There is no rate
of exchange: another currency is refused.
"""

from __future__ import annotations

import re
from functools import cache

from planlib.errors import Said, said
from planlib.figures.typed.sizes import UNIT_SIZES
from planlib.language.language import Language
from planlib.language.languages import LANGUAGES
from planlib.language.money import SCALES, Money, currency_words, is_currency
from planlib.language.typed.unreadable import Unreadable
from planlib.language.typed.words import folded

_BEHIND_MONEY = {"m": 6, "tr": 6, "bn": 9, "md": 9, "mds": 9, "tn": 12}  # £39m, 39 Md€
_TYPED = {
    "VND": ("đ", "vnđ", "dong", "dongs"),
    "USD": ("đô la", "us dollar", "dollar", "dollars"),
    "EUR": ("euros",),
}
DONG = ("đồng", "vnd")
_COUNT = re.compile(r"[x×]?\s*(1(?:00?)?(?:[., ]000)+|10+)s?")


def bare_amount(text: str, money: Money, shown: str) -> tuple[str, bool]:
    """An amount as the number it is, and whether it names the scale of its unit itself.

    Raises Unreadable where it names another scale.

    >>> bare_amount("£39m", Money("GBP", "million"), "£39m")
    ('39', True)
    >>> bare_amount("1.500 triệu đồng", Money("VND", "billion"), "1.500 triệu đồng")
    Traceback (most recent call last):
    ...
    planlib.language.typed.unreadable.Unreadable: '1.500 triệu đồng' is in another scale than the \
goal, which is in 'VND billion'
    """
    rest, named = _without(text.replace("’", "'"), _currency(money.currency))
    rest, sized = _without(rest, _words_of(money.power))
    if _without(rest, _other_words(money.power))[1] or (named and money.power and not sized):
        raise Unreadable(*_another_scale(shown, money))
    return rest, sized


def may_be_dong(units: tuple[str, ...]) -> bool:
    """Whether amounts may be in đồng: no other unit is named that they are counted in.

    >>> may_be_dong(("tỷ đồng",)), may_be_dong(("% kế hoạch",)), may_be_dong(("usd",))
    (True, True, False)
    """
    named = [unit for unit in units if not unit.startswith("%")]
    return not named or any(word in DONG for unit in named for word in unit.split())


def power_of(text: str, money: Money) -> int:
    """The power of ten of a unit of money; raises Unreadable for what is no unit of its currency.

    >>> [power_of(text, Money("VND", "billion")) for text in ("triệu đồng", "tr.đ", "1000 VND")]
    [6, 6, 3]
    """
    plain = re.sub(r"[()\[\]]|\bof\b|:$", " ", folded(text).replace("’", "'")).replace("tr.", "tr ")
    rest, named = _without(plain, _currency(money.currency))
    rest = re.sub(r"(\bde|\bd')$", "", rest).strip(" .,")
    if count := _COUNT.fullmatch(rest):
        return len(re.sub(r"[^0-9]", "", count[1])) - 1
    powers = [power for power in _powers() if rest in _words_of(power)]
    if powers or (named and not rest):
        return powers[0] if powers else 0
    other = [word for word in re.findall(r"[a-z]{3}", rest) if is_currency(word.upper())]
    if other and not named:
        fault = said(
            "figures.another-currency", text=repr(" ".join(text.split())), code=money.currency
        )
        raise Unreadable(fault, said("figures.no-rate-of-exchange"))
    fault = said("figures.unit-not-that-of-goal",
                 unit=repr(" ".join(text.split())), goal_unit=repr(str(money["en"])))  # fmt: skip
    raise Unreadable(fault, said("figures.convert-figure-say-under"))


def _another_scale(shown: str, money: Money) -> tuple[Said, Said]:
    unit = repr(str(money["en"]))
    return (
        said("figures.another-scale", text=repr(shown), unit=unit),
        said("figures.write-in-scale-or-state-unit", unit=unit),
    )


@cache
def _currency(code: str) -> frozenset[str]:
    return currency_words(code) | set(_TYPED.get(code, ()))


@cache
def _words_of(power: int) -> frozenset[str]:
    """The words for a scale in every language."""
    found = {word for word, size in (UNIT_SIZES | _BEHIND_MONEY).items() if size == power and power}
    for scale, size in SCALES.items():
        if size == power:
            found |= {folded(Language(one).raw(f"money.scale.{scale}")) for one in LANGUAGES}
    return frozenset(found | {f"{word}s" for word in found if word.isascii() and len(word) > 3})


@cache
def _powers() -> tuple[int, ...]:
    return tuple(sorted({*UNIT_SIZES.values(), *_BEHIND_MONEY.values(), *SCALES.values()}))


@cache
def _other_words(power: int) -> frozenset[str]:
    return frozenset(word for one in _powers() if one != power for word in _words_of(one))


def _without(text: str, words: frozenset[str]) -> tuple[str, bool]:
    """A text without some words, and whether any stood there."""
    if not words:
        return text, False
    letter = r"[^\W\d_]"
    any_of = "|".join(
        (rf"(?<!{letter})" if word[0].isalpha() else "") + re.escape(word)
        for word in sorted(words, key=len, reverse=True)
    )
    pattern = rf"(?:{any_of})(?:\s+de\b|\s+d'(?!\w))?(?!{letter})"
    found, times = re.subn(pattern, " ", text)
    return " ".join(found.split()), bool(times)
