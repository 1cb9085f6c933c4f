"""Numbers as people type them: ``1.300``, ``15,5``, ``12 triệu``, ``khoảng 4``, ``61-62``.

Every number is read twice, the Vietnamese way (a dot for thousands, a comma for decimals) and the
English way, strictly. Where both ways work and differ the text is in doubt, and doubt is refused
unless what is counted decides:

- whole things (cases, members, numerators): a dot before three digits parts thousands, since there
  is no fraction of a case; a comma before three digits is in doubt, since it then is English;
- a percentage of at most 100: a comma before three digits is a decimal comma, since thousands
  would lie beyond the limit; a dot before three digits is in doubt;
- any other percentage: in doubt both ways;
- amounts: a dot before three digits parts thousands, as offices write, unless that lies more than
  a hundred times beyond what the plan names for the goal; a comma before three digits is in doubt.

A workbook in English swaps the two signs.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from babel.numbers import NumberFormatError, get_decimal_symbol, parse_decimal

from planlib.errors import said
from planlib.figures.typed.money import DONG, bare_amount, may_be_dong
from planlib.figures.typed.powers import LARGEST, of_power
from planlib.figures.typed.sizes import SIZES
from planlib.language.languages import DEFAULT, LANGUAGES
from planlib.language.money import Money
from planlib.language.ratios import ratio_hint
from planlib.language.typed.signs import plain_signs, without_sure_groups
from planlib.language.typed.unreadable import Unreadable
from planlib.language.typed.words import refused_sizes, typed

Kind = Literal["whole", "share", "percent", "amount"]
LONGEST = 200  # characters of a cell that holds a number
FAR = 100  # times the plan's own number: from here thousands are not what was meant

_DIGITS = r"[0-9][0-9.,\u00a0\u202f ]*"
_PART = re.compile(rf"({_DIGITS})(?:\s*({'|'.join(SIZES)})\b)?")
_QUANTITY = re.compile(rf"\s*(-?)\s*{_DIGITS}", re.IGNORECASE)
_ABOUT = typed("number.about", "~", "≈")
_GUESS = typed("number.guess")
_FROM = typed("number.from")
# These leave the number itself out.
_OVER_IT = typed("number.over.beyond", ">")
_UNDER_IT = typed("number.under.beyond", "<")
_BEYOND = (*_OVER_IT, *_UNDER_IT)
_OVER = (*_FROM, *typed("number.over", ">=", "≥"), *_OVER_IT)
_UNDER = (*typed("number.under", "<=", "≤"), *_UNDER_IT)
_PERCENT = frozenset(typed("number.percent"))
_UP, _DOWN = typed("number.up"), typed("number.down")
_BETWEEN = re.compile(
    rf"(?<=[0-9%])\s*(?:{'|'.join(typed('number.between', '-', '–', '—'))})\s*(?=[0-9])"
)
_OF = re.compile(rf"([0-9.,]+)\s*(?:{'|'.join(typed('number.of', '/'))})\s*([0-9.,]+)")


@dataclass(frozen=True)
class NumberStyle:
    """How numbers are to be read: what is counted, in which unit, in whose language.

    ``far`` is the largest number the plan or last year names, None where there is none; ``units``
    are the words that may follow the number, ``money`` what a goal in money is counted in.
    """

    kind: Kind
    lang: str = DEFAULT
    units: tuple[str, ...] = ()
    far: float | None = None
    money: Money | None = None


@dataclass(frozen=True)
class TypedNumber:
    """What a text says: a number, or an interval, or so many of so many; and its words if any.

    ``exclusive`` is "low" or "high" where the one end told is not part of it: "under 5".
    ``scaled`` is whether a word such as "triệu" stood behind the number, ``grouped`` whether one
    dot or comma was taken to part thousands.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    exclusive: str = ""
    of: tuple[float, float] | None = None
    words: str = ""
    estimate: bool = False
    scaled: bool = False
    grouped: bool = False


def typed_number(text: str, style: NumberStyle) -> TypedNumber:
    """What a text says; raises Unreadable where it says nothing, or two things.

    >>> (
    ...     typed_number("1.300", NumberStyle("whole")).value,
    ...     typed_number("15.5%", NumberStyle("share")).value,
    ... )
    (1300.0, 15.5)
    >>> typed_number("61-62", NumberStyle("share"))
    TypedNumber(value=None, low=61.0, high=62.0, exclusive='', of=None, words='61-62', estimate=False, ...)
    >>> typed_number("1.300", NumberStyle("percent"))
    Traceback (most recent call last):
    ...
    planlib.language.typed.unreadable.Unreadable: '1.300' can be read as 1300 and as 1.3
    """
    shown = " ".join(unicodedata.normalize("NFC", plain_signs(text)).split())
    if len(shown) > LONGEST:
        raise Unreadable(said("figures.number-too-long", n=LONGEST))
    signed = shown.replace("\N{MINUS SIGN}", "-")
    if (power := of_power(signed)) is not None:
        return TypedNumber(power)
    plain = without_sure_groups(signed.lower())
    plain = re.sub(r"^\+\s*(?=[0-9])", "", plain)
    try:
        return _in_money(plain, shown, style)
    except Unreadable:
        if hint := ratio_hint(shown):
            raise Unreadable(said("figures.ratio", text=repr(shown)), hint) from None
        raise


def _in_money(plain: str, shown: str, style: NumberStyle) -> TypedNumber:
    if style.money is None:
        return _read(plain, shown, style)
    plain, says_its_scale = bare_amount(plain, style.money, shown)
    found = _read(plain, shown, style)
    return replace(found, scaled=found.scaled or says_its_scale)


def _read(plain: str, shown: str, style: NumberStyle) -> TypedNumber:
    start, plain = _prefix(plain, _GUESS)
    estimate = bool(start)
    about, plain = _prefix(plain, _ABOUT)
    if parts := _OF.fullmatch(plain.removesuffix("%").strip()):
        whole = NumberStyle("whole", style.lang)
        return TypedNumber(
            of=(_one(parts[1], whole)[0], _one(parts[2], whole)[0]), estimate=estimate
        )
    over, plain = _prefix(plain, _OVER)
    under, plain = _prefix(plain, _UNDER)
    up, plain = _suffix(plain, _UP)
    down, plain = _suffix(plain, _DOWN)
    both = bool({over, under} & set(_BEYOND)) and bool(up or down)  # "over 5 or more"
    if both or ((over or up) and (under or down)):
        raise Unreadable(said("figures.not-a-number", text=repr(shown)))
    ends = _BETWEEN.split(plain, maxsplit=1) if not (under or up or down) else [plain]
    words = shown if about or over or under or up or down or len(ends) == 2 else ""
    if len(ends) == 2 and over in {"", *_FROM}:
        return _interval(ends, style, words, estimate=estimate)
    value, scaled, grouped = _quantity(plain, style, shown)
    typed = TypedNumber(words=words, estimate=estimate, scaled=scaled, grouped=grouped)
    if over or up:
        return replace(typed, low=value, exclusive="low" if over in _BEYOND else "")
    if under or down:
        return replace(typed, high=value, exclusive="high" if under in _BEYOND else "")
    return replace(typed, value=value)


def _prefix(text: str, known: tuple[str, ...]) -> tuple[str, str]:
    for word in known:
        if text.startswith(word) and not text[len(word) : len(word) + 1].isalpha():
            return word, text[len(word) :].strip()
    return "", text


def _suffix(text: str, known: tuple[str, ...]) -> tuple[str, str]:
    for word in known:
        if text.endswith(" " + word):
            return word, text.removesuffix(word).strip()
    return "", text


def _interval(ends: list[str], style: NumberStyle, words: str, *, estimate: bool) -> TypedNumber:
    first, last = ends
    # "5-5,2%", "61-62 triệu": what follows the second number goes for both.
    tail = _tail_of(last)
    if tail and not _tail_of(first):
        first += tail
    low, scaled, one = _quantity(first, style, words)
    high, _, two = _quantity(last, style, words)
    if low > high:
        raise Unreadable(said("figures.interval-reversed", text=repr(words)),
                         said("figures.write-smaller-number-first"))  # fmt: skip
    return TypedNumber(
        None, low, high, words=words, estimate=estimate, scaled=scaled, grouped=one or two
    )


def _tail_of(text: str) -> str:
    return re.sub(rf"^\s*-?\s*{_DIGITS}", "", text)


def _quantity(text: str, style: NumberStyle, shown: str) -> tuple[float, bool, bool]:
    """A number with what may follow it: a size in words, a percent sign, the goal's unit."""
    nothing = said("figures.not-a-number", text=repr(shown))
    if not _QUANTITY.match(text):
        raise Unreadable(nothing, said("figures.type-number-choose-state"))
    negative = text.startswith("-")
    rest = text.lstrip("- ")
    total, power, scaled, grouped = 0.0, 99, False, False
    unit_size = _unit_size(style.units)
    while part := _PART.match(rest):
        size = part[2]
        if size in refused_sizes(style.lang):
            raise Unreadable(nothing)
        if size and power < 99 and SIZES[size] >= power:
            raise Unreadable(nothing)
        if not size and power < 99:
            raise Unreadable(nothing)
        # "1,2 triệu" is a whole number of people though 1,2 is not one.
        number, parted = _one(part[1].strip(), replace(style, kind="amount") if size else style)
        rest = rest[part.end() :].strip()
        total += number * 10.0 ** (SIZES[size] - unit_size) if size else number
        scaled, grouped = scaled or bool(size), grouped or parted
        if not size:
            break
        power = SIZES[size]
    _check_tail(rest, style, shown)
    if scaled and style.kind in {"share", "percent"}:
        raise Unreadable(nothing, said("figures.figure-percentage"))
    total = float(f"{total:.12g}")  # 1.2 · 10⁶ is not quite 1,200,000 in binary
    return -total if negative else total, scaled, grouped


def _unit_size(units: tuple[str, ...]) -> int:
    """The size the goal's unit itself names: 6 for "triệu lao động"."""
    sizes = [SIZES[word] for unit in units for word in unit.split() if word in SIZES]
    return sizes[0] if sizes else 0


def _check_tail(rest: str, style: NumberStyle, shown: str) -> None:
    rest = rest.strip(" .")
    if not rest or rest in style.units:
        return
    if rest == "%" or rest in _PERCENT:
        if style.kind in {"share", "percent"}:
            return
        raise Unreadable(said("figures.number-wanted-not-percentage", text=repr(shown)))
    without = [" ".join(w for w in unit.split() if w not in SIZES) for unit in style.units]
    usual = {"người", "năm", "people"} if style.money is None else set()
    if style.money is None and style.kind not in {"share", "percent"}:
        usual |= {*DONG} if may_be_dong(style.units) else set()
    if rest in without or rest in usual:
        return
    if rest == "% năm" or (rest.startswith("%") and rest in {"%/năm", "% gdp", "% a year"}):
        return
    fault = said("figures.text-not-unit-of-goal", text=repr(shown), rest=rest)
    raise Unreadable(fault, said("figures.type-number-alone-words"))


def _one(text: str, style: NumberStyle) -> tuple[float, bool]:
    """A bare number, and whether a single sign in it was taken to part thousands."""
    text = text.rstrip(".,")
    spaced = re.sub(r"(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3}(?![0-9]))", "", text)
    text = re.sub(r"^0+(?=[0-9])", "", spaced)
    readings: dict[str, Decimal] = {}
    for lang in LANGUAGES:
        try:
            readings[lang] = parse_decimal(text, locale=lang, strict=True)
        except NumberFormatError:
            continue
    if not readings or not all(number.is_finite() for number in readings.values()):
        raise Unreadable(said("figures.not-a-number", text=repr(text)))
    if any(abs(number) > LARGEST for number in readings.values()):
        raise Unreadable(said("figures.text-number-too-large", text=repr(text)))
    found = set(readings.values())
    if len(found) == 1:
        number = found.pop()
        return float(number), False
    return _decided(text, readings, style)


def _decided(text: str, readings: dict[str, Decimal], style: NumberStyle) -> tuple[float, bool]:
    """One of two readings, where what is counted decides between them."""
    thousands, decimals = max(readings.values()), min(readings.values())
    local = readings.get(style.lang) == thousands
    near = style.far is None or float(thousands) <= FAR * max(abs(style.far), 1.0)
    if local and (style.kind == "whole" or (style.kind == "amount" and near)):
        return float(thousands), True
    if not local and style.kind == "share":
        return float(decimals), False
    fault = said(
        "figures.number-ambiguous",
        text=repr(text),
        thousands=float(thousands),
        decimals=float(decimals),
    )
    comma = f"{decimals.normalize():f}"
    if len(comma.partition(".")[2]) == 3:
        comma += "0"  # three digits would be in doubt again
    hint = said("figures.write-thousands-or-decimals", thousands=float(thousands),
                decimals=comma.replace(".", get_decimal_symbol(style.lang)))  # fmt: skip
    raise Unreadable(fault, hint)
