"""Blocks as plain text: what a terminal prints, and what tests compare."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from planlib.report.blocks import (
    Block,
    Chart,
    Counts,
    Download,
    Heading,
    Items,
    Paragraph,
    Placeholder,
    Remarks,
    Title,
)
from planlib.report.layout import Align, Cell, Column, Table

_INDENT = "  "
_PARTS = " · "  # the same in every language, which blocks do not know


def text(blocks: Sequence[Block]) -> str:
    """The blocks in order, a blank line between them but after a heading and inside prose."""
    shown = ""
    last: Block | None = None
    for block in blocks:
        if isinstance(block, Download):
            continue  # there is nothing to read in it that the page does not say
        close = isinstance(block, Paragraph | Items) and isinstance(last, Heading | Paragraph)
        shown += ("" if last is None else "\n" if close else "\n\n") + _block(block)
        last = block
    return shown


def _block(block: Block) -> str:
    match block:
        case Title():
            banner = [f"{block.banner_word} {block.banner}"] if block.banner else []
            facts = [f"{fact.label}{block.colon} {fact.text}" for fact in block.facts]
            return "\n".join([block.question, *banner, *facts])
        case Heading() | Paragraph():
            return block.text
        case Items():
            return "\n".join(f"- {line.text}" for line in block.lines)
        case Counts():
            return "  ".join(f"{one.look.glyph} {one.word} {one.text}" for one in block.counts)
        case Table():
            return table_text(block)
        case Chart():
            return block.alt
        case Remarks():
            return "\n".join(f"{one.label} {one.text}" for one in block.said)
        case Download():
            return ""
        case Placeholder():
            if not block.answers:
                return f"[{block.text}]"
            return "\n".join(f"{one.label} {one.text}".lstrip() for one in block.answers)


def cell_text(cell: Cell) -> str:
    """A cell in words, on one line; folded facts are left out."""
    look = cell.look
    shown = [look.glyph] if look else []
    if cell.text and not (look and cell.glyph_only):
        shown.append(_INDENT * cell.level + cell.text + cell.mark)
    shown += [f"({text})" for text in (cell.under, cell.sure) if text]
    shown += [_PARTS.join(cell.items)] if cell.items else []
    return " ".join(shown)


def table_text(table: Table) -> str:
    """The table with its columns padded to their widest cell, folded facts left out."""
    rows = [[cell_text(cell) for cell in row] for group in table.groups for row in group.rows]
    titles = [column.title for column in table.columns]
    widths = [max(_width(row[at]) for row in [titles, *rows]) for at in range(len(titles))]
    lines = [table.caption, *_lines([titles], widths, table.columns)]
    lines.append("─" * max(_width(lines[-1]), sum(widths) + 2 * (len(widths) - 1)))
    for group in table.groups:
        if group.title:
            lines.append(_PARTS.join(filter(None, (group.title, group.count))))
        for row in group.rows:
            lines += _lines([[cell_text(cell) for cell in row]], widths, table.columns)
            said = (one for cell in row for one in cell.remarks)
            lines += [f"{_INDENT}{one.label} {one.text}" for one in said]
    return "\n".join([*lines, *table.notes])


def _lines(
    rows: Iterable[Sequence[str]], widths: Sequence[int], columns: Sequence[Column]
) -> list[str]:
    return [
        "  ".join(
            _padded(shown, width, column.align)
            for shown, width, column in zip(row, widths, columns, strict=True)
        ).rstrip()
        for row in rows
    ]


def _width(shown: str) -> int:
    return sum(not unicodedata.combining(letter) for letter in shown)


def _padded(shown: str, width: int, align: Align) -> str:
    room = " " * (width - _width(shown))
    return room + shown if align == "right" else shown + room
