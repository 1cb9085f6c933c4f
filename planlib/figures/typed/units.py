"""Units as people write them beside figures: ``nghìn người``, ``triệu đồng``, ``1000 USD``, ``‰``.

A unit has a size (thousand, million), a thing, and may be a rate. A figure in another size of its
goal's unit is converted; one in a unit that is not known to be the goal's is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from planlib.errors import said
from planlib.figures.typed.money import power_of
from planlib.figures.typed.sizes import UNIT_SIZES
from planlib.language.money import Money
from planlib.language.typed.unreadable import Unreadable
from planlib.language.typed.words import folded
from planlib.plan.goal import Goal
from planlib.plan.target import Basis

_SAME = {
    "đồng": ("đ", "vnd", "vnđ", "₫", "dong", "đồng việt nam", "dongs"),
    "usd": ("$", "us$", "đô la", "đô la mỹ", "us dollar", "us dollars", "dollar", "dollars"),
    "euro": ("eur", "€", "euros"),
    "người": ("people", "person", "persons", "inhabitant", "inhabitants"),
    "hộ": ("hộ gia đình", "household", "households"),
}  # fmt: skip
_THING = {word: thing for thing, words in _SAME.items() for word in words}
_PERCENT = re.compile(r"(%|phần trăm|percent(age)?|per cent|pct\.?)(?!\w)\s*")
_PERMILLE = re.compile(r"(‰|phần nghìn|per ?mill?e|per thousand|per 1[.,]?000)(?!\w)\s*")
_COUNT = re.compile(r"[x×]?\s*(1(?:00?)?(?:[., ]000)+|10+)s?(?![0-9])")
_NOTHING = {"", "-", "–", "—"}


@dataclass(frozen=True)
class Unit:
    """What a text names: a power of ten, the thing counted, and "%" or "‰" for a rate."""

    power: int = 0
    thing: str = ""
    rate: str = ""

    @property
    def sized(self) -> bool:
        """Whether it says more than the thing: a size or a rate."""
        return bool(self.power or self.rate)


@dataclass(frozen=True)
class Factors:
    """What to multiply the figure by, and the numbers it is made from.

    ``figure`` is None where a figure of the goal cannot be told in the unit.
    """

    figure: float | None = 1.0
    parts: float = 1.0


def read_unit(text: str) -> Unit:
    """A unit as it is written.

    >>> read_unit("nghìn người"), read_unit("USD million"), read_unit("% GDP")
    (Unit(power=3, thing='người', rate=''), Unit(power=6, thing='usd', rate=''), \
Unit(power=0, thing='gdp', rate='%'))
    """
    plain = re.sub(r"[()\[\]]|\bof\b|:$", " ", folded(text).replace("’", "'"))
    plain = re.sub(r"\btr\.?\s?đ(ồng)?\b\.?|\btrđ\b", "triệu đồng", plain).strip(" .,")
    for pattern, rate in ((_PERCENT, "%"), (_PERMILLE, "‰")):
        if found := pattern.match(plain):
            return Unit(0, _thing(plain[found.end() :]), rate)
    power, words = 0, plain.split()
    while True:
        plain = " ".join(words)
        if found := _COUNT.match(plain):
            power += len(re.sub(r"[^0-9]", "", found[1])) - 1
            words = plain[found.end() :].split()
        elif words and _size(words[0]):
            power += _size(words.pop(0))
        elif len(words) > 1 and _size(words[-1]):
            power += _size(words.pop())
        else:
            return Unit(power, _thing(" ".join(words)))


def unit_is_free(goal: Goal) -> bool:
    """Whether it does not matter: the two amounts of a quota are in one unit, whatever it is."""
    target = goal.main_target()
    return target.basis is Basis.quota or target.kind.figure != "number"


def is_no_unit(text: str) -> bool:
    """Whether a cell for a unit holds none."""
    return folded(text) in _NOTHING


def _size(word: str) -> int:
    plain = word.strip(".,")
    return UNIT_SIZES.get(plain) or UNIT_SIZES.get(plain.removesuffix("s")) or 0


def _thing(text: str) -> str:
    plain = text.strip(" .,/-")
    known = _THING.get(plain, plain)
    return known.removesuffix("s") if known.isascii() and len(known) > 3 else known


def factors(text: str, goal: Goal, *, whole_sheet: bool = False) -> Factors:
    """How figures told in a unit become figures of the goal; raises Unreadable where unknown.

    A unit that is told once for a ``whole_sheet`` is that of its amounts; percentages keep theirs.
    """
    plain = folded(text)
    target = goal.main_target()
    names = goal.figure_units if goal.figure_unit is not None else goal.units
    if plain in {*_NOTHING, *map(folded, names)} or unit_is_free(goal):
        return Factors()
    unit = read_unit(text)
    money = goal.figures_in
    if isinstance(money, Money) and not unit.rate:
        factor = 10.0 ** (power_of(text, money) - money.power)
        of_parts = target.basis in {Basis.share, Basis.growth}
        return Factors(None if of_parts and not whole_sheet else factor, factor)
    if target.basis in {Basis.share, Basis.growth}:
        if unit.rate:
            return Factors(1.0 if unit.rate == "%" else 0.1)
        return Factors(1.0 if whole_sheet else None, 10.0**unit.power)
    if target.basis is Basis.change and not unit.rate:
        return Factors(10.0**unit.power, 10.0**unit.power)
    for mine in map(read_unit, names):
        if (
            unit.rate
            and mine.rate
            and (unit.thing == mine.thing or not (unit.thing and mine.thing))
        ):
            rates = {"%": Decimal(100), "‰": Decimal(1000)}
            return Factors(float(rates[mine.rate] / rates[unit.rate]))
        if not unit.rate and not mine.rate and unit.thing in {mine.thing, ""}:
            factor = float(Decimal(10) ** (unit.power - mine.power))
            return Factors(factor, factor)
    if whole_sheet and read_unit(names[0]).rate:
        return Factors()
    fault = said("figures.unit-not-that-of-goal",
                 unit=repr(" ".join(text.split())), goal_unit=repr(goal.unit_id))  # fmt: skip
    raise Unreadable(fault, said("figures.convert-figure-say-under"))


def scaled(number: float, factor: float) -> float:
    """A number times a power of ten, without binary dust.

    >>> scaled(1.2, 1000.0), scaled(5.0, 0.1)
    (1200.0, 0.5)
    """
    return float(f"{number * factor:.15g}")
