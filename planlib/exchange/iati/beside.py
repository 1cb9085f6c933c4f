"""What planlib writes beside a number, where IATI has no place for it: taken back, key by key."""

from __future__ import annotations

from planlib.errors import said
from planlib.exchange.iati.told import Told
from planlib.figures.observations import State
from planlib.figures.typed.numbers import Unreadable
from planlib.plan.base import LARGEST
from planlib.plan.comparisons.registry import KINDS
from planlib.plan.target import Basis, Cadence

PARTS = ("value", "numerator", "denominator", "assigned")  # numbers; what else is kept is text
FIGURE = ("vintage", "numerator", "denominator", "assigned", "exclusive", "state", "note",
          "words", "source", "published_verdict", "published_reason")  # fmt: skip
TARGET = ("comparison", "value", "better", "beyond", "basis", "cadence", "source")

_CHOICES: dict[str, frozenset[str]] = {
    "comparison": frozenset(KINDS), "basis": frozenset(Basis), "cadence": frozenset(Cadence),
    "state": frozenset(State.__members__), "better": frozenset({"higher", "lower"}),
    "beyond": frozenset({"good", "neutral", "bad"}),
}  # fmt: skip


def kept_of(told: Told, names: tuple[str, ...]) -> dict[str, str | float | int]:
    """What planlib wrote beside a number; raises Unreadable where somebody else did."""
    kept: dict[str, str | float | int] = {}
    for name in names:
        one = told.more.get(name)
        if isinstance(one, str):
            right = name not in PARTS and one in _CHOICES.get(name, {one})
        else:
            right = isinstance(one, int | float) and name in PARTS and abs(one) <= LARGEST
        if one is not None and not right:
            raise Unreadable(said("exchange.planlib-comment", key=name))
        if isinstance(one, str | int | float):
            kept[name] = one
    return kept
