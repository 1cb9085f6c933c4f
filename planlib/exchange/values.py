"""Numbers as other bodies' files hold them, read strictly: a number, an interval, or a reason why not."""

from __future__ import annotations

import re

from planlib.errors import said
from planlib.figures.typed.numbers import NumberStyle, TypedNumber, typed_number
from planlib.language.typed.unreadable import Unreadable
from planlib.plan.base import LARGEST

_PLAIN = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")
_SPAN = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?) to (-?[0-9]+(?:\.[0-9]+)?)")
_RATIO = re.compile(r"[0-9]+\s*:\s*[0-9]+(?:\.[0-9]+)?")
_DATED = re.compile(r"[12][0-9]{3}\s*:\s*(.*)", re.DOTALL)


def number_in(text: str, style: NumberStyle, *, point: bool = False) -> TypedNumber:
    """What a text says; raises Unreadable with the reason and a hint.

    ``point`` says that the format of the file fixes the decimal point: then digits with a point are
    what they seem, and only other spellings are read as people type them.

    >>> number_in("1.300", NumberStyle("amount", "en"), point=True).value
    1.3
    >>> found = number_in("<3%", NumberStyle("percent", "en"))
    >>> found.high, found.exclusive
    (3.0, 'high')
    >>> number_in("1:25", NumberStyle("amount", "en"))
    Traceback (most recent call last):
    ...
    planlib.language.typed.unreadable.Unreadable: is a ratio of two numbers, not one
    """
    text = text.strip()
    if not text:
        raise Unreadable(said("exchange.value-empty"))
    if point and _PLAIN.fullmatch(text):
        return _bounded(TypedNumber(value=float(text)), text)
    if span := _SPAN.fullmatch(text):
        low, high = float(span[1]), float(span[2])
        if low > high:
            raise Unreadable(said("figures.interval-reversed", text=repr(text)),
                             said("figures.write-smaller-number-first"))  # fmt: skip
        return _bounded(TypedNumber(low=low, high=high, words=text), text)
    dated = _DATED.fullmatch(text)
    if dated and not _RATIO.fullmatch(text):
        hint = said("exchange.number-alone")
        raise Unreadable(said("exchange.year-before-number"), hint)
    if _RATIO.fullmatch(text):
        if dated and int(text[:4]) >= 1900:  # 2015:0 has been meant as "in 2015: 0"
            raise Unreadable(said("exchange.year-or-ratio"), said("exchange.number-alone"))
        raise Unreadable(said("exchange.ratio"), said("exchange.ratio-hint"))
    return _bounded(typed_number(text, style), text)


def _bounded(found: TypedNumber, text: str) -> TypedNumber:
    if any(abs(end) > LARGEST for end in (found.value, found.low, found.high) if end is not None):
        raise Unreadable(said("figures.text-number-too-large", text=repr(text[:60])))
    return found


def terms_of(found: TypedNumber, better: str | None) -> dict[str, str | float]:
    """A target's keys, from what its text says and which way is better.

    Raises Unreadable where the two contradict each other, and where neither says which way.

    >>> terms_of(TypedNumber(value=80.0), "lower")
    {'comparison': 'at_most', 'value': 80.0}
    >>> terms_of(TypedNumber(low=80.0), None)
    {'comparison': 'at_least', 'value': 80.0}
    """
    if found.of is not None:
        raise Unreadable(said("exchange.target-of-two"), said("exchange.target-of-two-hint"))
    if found.low is not None and found.high is not None:
        if better is None:
            raise Unreadable(said("exchange.which-way"), said("exchange.which-way-hint"))
        return {"comparison": "between", "low": found.low, "high": found.high, "better": better}
    if found.value is not None:
        if better is None:
            raise Unreadable(said("exchange.which-way"), said("exchange.which-way-hint"))
        if found.words:
            return {"comparison": "about", "value": found.value, "better": better}
        return {"comparison": "at_least" if better == "higher" else "at_most", "value": found.value}
    upward = found.low is not None
    if better is not None and (better == "higher") is not upward:
        raise Unreadable(said("exchange.sign-against-direction", better=better))
    value = found.low if found.low is not None else found.high
    assert value is not None
    strict = bool(found.exclusive)
    names = ("above" if strict else "at_least") if upward else ("below" if strict else "at_most")
    return {"comparison": names, "value": value}


def figure_of(found: TypedNumber, *, percentage: bool) -> dict[str, str | float]:
    """A figure's columns from what its text says. Raises Unreadable for so many of so many."""
    if found.of is not None:
        if not percentage:
            raise Unreadable(said("exchange.figure-of-two"), said("exchange.figure-of-two-hint"))
        return {"numerator": found.of[0], "denominator": found.of[1]}
    columns: dict[str, str | float] = {
        name: end for name in ("value", "low", "high")
        if (end := getattr(found, name)) is not None
    }  # fmt: skip
    if found.exclusive:
        columns["exclusive"] = found.exclusive
    if found.words:
        columns["words"] = found.words
    if found.estimate:
        columns["state"] = "estimate"
    return columns
