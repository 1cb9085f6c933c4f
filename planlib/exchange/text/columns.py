"""What the columns of a table hold, by the words at their heads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from planlib.exchange.text.grammar.lexicon import Lexicon
from planlib.exchange.text.grammar.marks import MarkFinder
from planlib.exchange.text.grammar.times import Time
from planlib.exchange.text.spots import Context

Kind = Literal["number", "name", "unit", "due", "base", "start", "target", "other"]
_PERCENT_HEAD = re.compile(r"\(\s*%\s*\)")


@dataclass(frozen=True)
class HeadedColumn:
    """What a column holds, by its head; the year that its head names."""

    kind: Kind
    year: Time | None = None
    percent: bool = False
    exact: bool = False  # its head says so in words, not only by a year


class ColumnReader:
    """Reads heads of columns, in a language."""

    def __init__(self, words: Lexicon, marks: MarkFinder) -> None:
        self.words, self.marks = words, marks

    def of(self, head: Sequence[str], context: Context) -> list[HeadedColumn]:
        """The column below each head."""
        found: list[HeadedColumn] = []
        for cell in head:
            kind = self._kind(cell, found, context)
            years = [one for one in self.marks.find(f"{cell} ") if one.year]
            year = years[-1] if years else None
            time = None
            if year is not None:
                time = Time(0, 0, "due", year.last or year.year, fiscal=year.role == "fiscal")
            exact = bool(self.words.within("heads.target", cell))
            found.append(HeadedColumn(kind, time, bool(_PERCENT_HEAD.search(cell)), exact))
        return found

    def _kind(self, cell: str, before: Sequence[HeadedColumn], context: Context) -> Kind:
        plain = " ".join(re.sub(r"\([^()]*\)", " ", cell).split())
        years = [one.last or one.year for one in self.marks.find(f"{cell} ") if one.year]
        year = years[-1] if years else None
        had = {one.kind for one in before}
        aim = bool(self.words.within("heads.target", cell))
        kinds: tuple[Kind, ...] = ("number", "name", "unit", "due")
        for kind in kinds:
            entry = self.words.starts(f"heads.{kind}", plain)
            again = kind in had and (kind != "name" or aim)
            if year is None and not again and entry and entry.end() == len(plain):
                return kind
        if year is None and self.words.starts("heads.year", plain) and len(plain.split()) == 1:
            return "due" if "target" in had else "base" if "start" in had else "other"
        if self.words.within("doubts", cell):
            return "other"  # a forecast
        if self.words.within("start_heads", cell) and not aim:
            return "start"
        if year is None:
            return "target" if aim and "name" in had else "other"
        early = context.first is not None and year < context.first
        if early and not aim:
            return "start"
        return "target" if aim or context.first is not None else "other"

    def year_in(
        self, columns: Sequence[HeadedColumn], cells: Sequence[str], kind: Kind
    ) -> Time | None:
        """The year that a column of deadlines holds, or of what things were at the start."""
        for column, cell in zip(columns, cells, strict=True):
            years = [one for one in self.marks.find(f" {cell} ") if one.year]
            if column.kind == kind and len(years) == 1:
                one = years[0]
                return Time(0, 0, "due", one.last or one.year, part=one.part.rstrip("/"))
        return None


def roles_of(columns: Sequence[HeadedColumn], cells: Sequence[str]) -> dict[int, str]:
    """What the numbers of cells are that hold no target."""
    names: dict[Kind, str] = {
        "number": "list",
        "start": "start",
        "due": "time-due",
        "base": "time-named",
    }
    roles, at = dict[int, str](), 0
    for column, cell in zip(columns, cells, strict=True):
        if column.kind in names:
            roles |= dict.fromkeys(range(at, at + len(cell)), names[column.kind])
        at += len(cell) + 1
    return roles
