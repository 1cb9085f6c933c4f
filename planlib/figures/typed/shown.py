"""Numbers that a spreadsheet shows with words around them: ``€ 1,500``, ``1.500 ₫``, ``12 ha``.

The cell holds the number alone; what its format writes around it is read as if it had been typed.
"""

from __future__ import annotations

from dataclasses import replace

from planlib.errors import said
from planlib.figures.typed.numbers import NumberStyle, TypedNumber, typed_number
from planlib.figures.typed.units import read_unit
from planlib.language.money import Money, local_symbols, means_another
from planlib.language.typed.unreadable import Unreadable

ANY = 7.0  # what stands for the number while the words around it are read


def in_format(
    number: float, around: tuple[str, str], style: NumberStyle, *, told: bool
) -> TypedNumber:
    """A number as its format shows it; raises Unreadable where that is not in the goal's unit.

    ``told`` says that the sheet tells the size of the amounts, so that a currency need not.

    >>> euros = NumberStyle("amount", money=Money("EUR"))
    >>> in_format(1500.0, ("€", ""), euros, told=False).value
    1500.0
    >>> in_format(1500.0, ("$", ""), euros, told=False)
    Traceback (most recent call last):
    ...
    planlib.language.typed.unreadable.Unreadable: the cell is shown as '$ …', and figures of the goal \
are in '€'
    """
    before, after = around
    for one, text in _readings(before, after, style, told=told):
        try:
            found = typed_number(text, one)
        except Unreadable:
            continue
        if found.value == ANY:
            return replace(found, value=number, words="", grouped=False)
    words = f"{before} {after}".strip()
    named = read_unit(words)
    known = {read_unit(unit).thing for unit in style.units} if style.money is None else set()
    if named.thing and not named.sized and named.thing in known:
        return TypedNumber(number)
    shown = repr(shown_around(before, after))
    unit = str(style.money["en"]) if style.money is not None else next(iter(style.units), "")
    if style.kind in {"share", "percent"}:
        unit = "%"
    fault = said("figures.shown-in-another-unit", shown=shown, unit=repr(unit))
    raise Unreadable(fault, said("figures.give-plain-format-in-unit"))


def shown_around(before: str, after: str) -> str:
    """What stands around a number, for a message.

    >>> shown_around("", "₫")
    '… ₫'
    """
    return " ".join(f"{before} … {after}".split())[:60]


def _readings(
    before: str, after: str, style: NumberStyle, *, told: bool
) -> list[tuple[NumberStyle, str]]:
    """The words as typed, and those of a currency by its code."""
    text = f"{before} {ANY:g} {after}".strip()
    if style.money is None:
        return [(style, text)]
    code = style.money.currency
    styles = [style, replace(style, money=Money(code))] if told else [style]
    found = [(one, text) for one in styles]
    symbol = before or after
    alone = not (before and after) and symbol in local_symbols(code)
    if alone and (told or not means_another(symbol, code)):
        found += [(one, f"{code} {ANY:g}") for one in styles]
    return found
