"""Amounts in the rows of a table, by what stands at the head of their column."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from planlib.exchange.text.grammar.amounts import Amount
from planlib.exchange.text.grammar.lexicon import Lexicon
from planlib.exchange.text.grammar.marks import MarkFinder
from planlib.exchange.text.grammar.times import Time
from planlib.exchange.text.grammar.units import AmountUnit
from planlib.exchange.text.passages import Passage
from planlib.exchange.text.spots import Read

PART = "|"


@dataclass(frozen=True)
class ColumnHead:
    """What the head of a column says: when its targets are due, or that it tells where things stand."""

    time: Time | None = None
    start: bool = False
    target: bool = False


class RowReader:
    """Reads the rows of tables, in a language."""

    def __init__(self, words: Lexicon, marks: MarkFinder) -> None:
        self.words, self.marks = words, marks

    def head(self, passage: Passage, amount: Amount, first: int | None) -> ColumnHead:
        """The head of an amount's column; ``first`` is the first year of the plan's term."""
        column = passage.text[: amount.start].count(PART)
        cell = passage.head[column] if column < len(passage.head) else ""
        years = [one.last or one.year for one in self.marks.find(f"{cell} ") if one.year]
        target = bool(self.words.within("targets_heading", cell))
        year = years[-1] if years else None
        early = year is not None and first is not None and year < first
        told = bool(self.words.within("start_heads", cell))
        time = None if year is None or early else Time(0, 0, "due", year, loose=True)
        return ColumnHead(time, (early or told) and not target, target)

    def measured(self, passage: Passage, amount: Amount) -> Amount:
        """An amount with the unit of its row, where it has none of its own."""
        percent = re.search(r"\(\s*%\s*\)|\|\s*%\s*\|", passage.text)
        if amount.unit.kind or not percent:
            return amount
        return replace(amount, unit=AmountUnit("percent", "%"))

    def directed(self, passage: Passage, read: Read) -> None:
        """Turns a bare number of what is worse the more there is of it into a most."""
        name = row_name(passage)
        if "bare" in read.reasons and self.words.within("worse", name):
            if not self.words.within("better", name):
                read.terms["comparison"] = "at_most"
            read.doubt("direction")


def row_name(passage: Passage) -> str:
    """What a row is about: its first cell that holds words."""
    plain = re.sub(r"\(\s*%\s*\)", "", passage.text)
    cells = (cell.strip() for cell in plain.split(PART))
    return next((cell for cell in cells if re.search(r"[^\W\d_]{2}", cell)), passage.text)
