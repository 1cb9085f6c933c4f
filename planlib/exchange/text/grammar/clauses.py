"""The clause that each amount of a sentence stands in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from planlib.exchange.text.grammar.amounts import Amount

_STRONG = re.compile(r"[;|]|\s[–—-]\s|:\s")
_COMMA = re.compile(r",(?![0-9])(?:\s+(?:and|và|et|or|but|mais|ou)(?=\s))?")
PARTS = re.compile(
    r"\s(?:trong đó|of which|of whom|including|dont|riêng|y compris)(?=\s)"
    r"|\s(?=pour atteindre\s|puis\s|then\s|before reaching\s|tiến tới\s)"
    r"|\sto\s(?=(?:reduce|increase|cut|raise|lower|bring|ensure|support|help)\s)"
    r"|\s(?:afin de|pour)\s(?=[^\W\d]+(?:er|re|ir)\s)|\sđể\s(?=giảm|tăng|nâng)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s(?:and|và|et|while|whilst|tandis que|còn|but)(?=\s)")


@dataclass(frozen=True)
class Clause:
    """Where the clause of an amount begins and ends; ``outer`` where what it stands behind begins.

    ``inside`` says that the amount stands in parentheses, ``crowded`` that nothing parts it from the
    amount before it.
    """

    start: int
    end: int
    inside: bool = False
    outer: int = 0
    crowded: bool = False


def clauses(
    text: str, span: tuple[int, int], amounts: Sequence[Amount], bare: Callable[[str], bool]
) -> list[Clause]:
    """The clause of each amount of a sentence. ``bare`` says that words only lead to a number."""
    start, end = span
    found: list[Clause] = []
    outside: list[int] = []  # places of the amounts that stand in no parentheses
    for number, amount in enumerate(amounts):
        opened = text.rfind("(", start, amount.start)
        closed = text.find(")", amount.end, end)
        if opened >= 0 and ")" not in text[opened : amount.start] and closed >= 0:
            before = max((m.end() for m in _COMMA.finditer(text, start, opened)), default=start)
            before = max([before, *(m.end() for m in _STRONG.finditer(text, start, opened))])
            others = [one.end for one in amounts if one.end <= opened]
            found.append(Clause(opened + 1, closed, True, max([before, *others])))
            continue
        outside.append(number)
        begin = max(text.rfind(";", start, amount.start) + 1, start)
        stop = text.find(";", amount.end, end)
        found.append(Clause(begin, end if stop < 0 else stop))
    for left, right in zip([None, *outside], [*outside, None], strict=True):
        if left is None or right is None:
            continue
        first, second = amounts[left], amounts[right]
        cut = _cut(text, first.end, second.start, bare)
        crowded = cut is None
        at = (
            cut
            if cut is not None
            else next(
                here
                for here in range(first.end, second.start + 1)
                if here == second.start
                or (text[here - 1 : here].isspace() and bare(text[here : second.start]))
            )
        )
        found[left] = Clause(found[left].start, at, crowded=found[left].crowded)
        found[right] = Clause(first.end if crowded else at, end, crowded=crowded)
    for place, clause in enumerate(found):  # several in one pair of parentheses
        if clause.inside:
            same = [
                i
                for i, one in enumerate(found)
                if one.inside and one.start <= amounts[place].start < one.end
            ]
            position = same.index(place)
            begin = (
                clause.start
                if not position
                else (
                    _cut(text, amounts[same[position - 1]].end, amounts[place].start, bare)
                    or amounts[place].start
                )
            )
            stop = (
                clause.end
                if position == len(same) - 1
                else (
                    _cut(text, amounts[place].end, amounts[same[position + 1]].start, bare)
                    or amounts[place].end
                )
            )
            found[place] = Clause(begin, stop, True, clause.outer)
    return found


def _cut(text: str, start: int, end: int, bare: Callable[[str], bool]) -> int | None:
    """Where a clause ends between two amounts; None where nothing parts them."""
    for pattern in (_STRONG, _COMMA, PARTS, _AND):
        places = [
            m for m in pattern.finditer(text, start, end) if not _nested(text, start, m.start())
        ]
        if places:
            last = places[-1]
            return (last if bare(text[last.end() : end]) else places[0]).end()
    return None


def _nested(text: str, start: int, at: int) -> bool:
    piece = text[start:at]
    return piece.count("(") > piece.count(")")
