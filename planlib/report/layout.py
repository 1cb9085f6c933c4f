"""Tables as columns, groups and cells, rendered twice from the same cells: HTML and plain text.

Because both come from one place, what tests and terminals compare in words cannot drift from what
a reader sees.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from planlib.language.language import Language
from planlib.outlook.words import Outlook
from planlib.report.display import Shown
from planlib.report.html import render
from planlib.report.strips import Mark
from planlib.report.text.numbers import split_at_mark
from planlib.report.vocabulary import LOOKS, OUTLOOKS, Look, outlook_style, verdict_style
from planlib.scoring.verdict import Verdict

Align = Literal["left", "right", "centre"]
INDENT = "  "
SHORT_WORD = 5  # letters; longer words than these would not fit under a number


@dataclass(frozen=True)
class Column:
    """A column; ``key`` becomes a class name, ``link`` an address its title leads to."""

    key: str
    title: str
    align: Align = "left"
    link: str = ""


@dataclass(frozen=True)
class Fact:
    """One line folded under a cell: what it is, what it says, and where it links."""

    label: str
    text: str
    link: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell. ``number`` is its text split at the decimal mark; ``items`` stand one a line.

    ``strip`` draws that number on a scale, and says nothing that the row does not say in words.

    ``goal`` and ``reading`` name what the cell's row is about, for programs that read the page.
    """

    text: str = ""
    verdict: Verdict | None = None
    outlook: Outlook | None = None
    glyph_only: bool = False
    number: tuple[str, str] | None = None
    quiet: bool = False
    mark: str = ""
    under: str = ""
    items: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    level: int = 0
    goal: str = ""
    reading: str = ""
    strip: tuple[Mark, ...] = ()

    @property
    def look(self) -> Look | None:
        """Glyph and colours of the verdict or the outlook."""
        if self.outlook is not None:
            return OUTLOOKS[self.outlook]
        return None if self.verdict is None else LOOKS[self.verdict]

    @property
    def style(self) -> str:
        """The class that carries those colours; empty without a look."""
        if self.outlook is not None:
            return outlook_style(self.outlook)
        return "" if self.verdict is None else verdict_style(self.verdict)

    @property
    def plain(self) -> str:
        """The cell in words."""
        look = self.look
        told = [look.glyph] if look else []
        if self.text and not (look and self.glyph_only):
            told.append(INDENT * self.level + self.text + self.mark)
        if self.under:
            told.append(f"({self.under})")
        told += ["; ".join(self.items)] if self.items else []
        return " ".join(told)


@dataclass(frozen=True)
class Group:
    """Rows under a heading of their own; the first group may have none."""

    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    count: str = ""


@dataclass(frozen=True)
class Table:
    """A table with its caption and the notes under it; ``look`` is a class name."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    caption: str
    notes: tuple[str, ...] = ()
    look: str = "office"

    def shown(self) -> Shown:
        """The table as HTML and as aligned text."""
        return Shown(html=render("table", table=self), text=self.plain())

    def plain(self) -> str:
        """The table as text: columns padded to their widest cell, folded facts left out."""
        rows = [[cell.plain for cell in row] for group in self.groups for row in group.rows]
        titles = [column.title for column in self.columns]
        widths = [max(_width(row[at]) for row in [titles, *rows]) for at in range(len(titles))]
        lines = [self.caption, *self._lines([titles], widths)]
        lines.append("─" * max(_width(lines[-1]), sum(widths) + 2 * (len(widths) - 1)))
        for group in self.groups:
            if group.title:
                lines.append(f"{group.title}: {group.count}" if group.count else group.title)
            lines += self._lines([[cell.plain for cell in row] for row in group.rows], widths)
        return "\n".join([*lines, *self.notes])

    def _lines(self, rows: Iterable[Sequence[str]], widths: Sequence[int]) -> list[str]:
        return [
            "  ".join(
                _padded(text, width, column.align)
                for text, width, column in zip(row, widths, self.columns, strict=True)
            ).rstrip()
            for row in rows
        ]


def _width(text: str) -> int:
    return sum(not unicodedata.combining(letter) for letter in text)


def _padded(text: str, width: int, align: Align) -> str:
    room = " " * (width - _width(text))
    return room + text if align == "right" else text + room


def verdict_cell(verdict: Verdict, language: Language, *, mark: str = "", under: str = "") -> Cell:
    """A verdict's glyph and word."""
    return Cell(language.verdict(verdict), verdict=verdict, mark=mark, under=under)


def glyph_cell(verdict: Verdict | None, language: Language) -> Cell:
    """A verdict as its glyph alone, for a grid; the word stays in the title."""
    if verdict is None:
        return Cell()
    return Cell(language.verdict(verdict), verdict=verdict, glyph_only=True)


def outlook_cell(outlook: Outlook, language: Language, *, under: str = "") -> Cell:
    """An outlook's glyph and word."""
    return Cell(language(f"outlook.{outlook}"), outlook=outlook, under=under)


def number_cell(
    text: str, language: Language, *, quiet: bool = False, under: str = "",
    strip: tuple[Mark, ...] = (),
) -> Cell:  # fmt: skip
    """A printed number, lined up on its decimal mark, and with it a dash or a bare yes or no."""
    number = None if quiet else split_at_mark(text, language)
    if number is None and len(text) <= SHORT_WORD:
        number = (text, "")
    return Cell(text, number=number, quiet=quiet, under=under, strip=strip)
