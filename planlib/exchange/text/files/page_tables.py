"""Tables on the pages of a PDF file: words that stand below each other, as the page shows them.

A PDF file has no tables, only words at places. Lines in which several runs of words stand apart are
rows; where a run stands below another they share a column. A table is read only where nothing about it
is open: every run of words lies in one column, the first row has a head for each, and no number of the
page goes missing. Else the page is read as plain text, and its numbers are listed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from planlib.exchange.text.passages import Passage, as_row, from_lines

NEAR = 3  # lines: at most two empty ones between two rows
LEAST_ROWS, LEAST_COLUMNS = 3, 3  # two columns are as often two columns of prose
_CELL = re.compile(r"\S+(?: \S+)*")
_YEAR = re.compile("(?:19|20|21)[0-9]{2}")
_DIGITS = re.compile("[0-9]+")
Cell = tuple[int, int, str]
Line = tuple[int, list[Cell]]
Row = tuple[int, list[str]]


def page_passages(plain: str, shown: str, page: int) -> list[Passage]:
    """The passages of a page from its plain text, and from its text as shown where that has tables.

    >>> shown = "Goal        2020   Target\\nHomes         10       20\\nSchools        1        2"
    >>> [one.cells for one in page_passages(shown, shown, 1)][1]
    ('Homes', '10', '20')
    """
    found = _with_tables(unicodedata.normalize("NFC", shown), page)
    if found is None or _numbers(plain) != _numbers(" ".join(one.text for one in found)):
        return from_lines(plain, page)
    return found


def _numbers(text: str) -> list[str]:
    return sorted(_DIGITS.findall(text))


def _with_tables(text: str, page: int) -> list[Passage] | None:
    """The passages of a page as it is shown; None where it has no table, or words beside others."""
    lines = [
        (number, [(m.start(), m.end(), m[0]) for m in _CELL.finditer(line)])
        for number, line in enumerate(text.splitlines(), 1)
    ]
    found: list[Passage] = []
    prose: list[tuple[int, str]] = []
    tables = 0
    for block in _blocks(lines):
        rows = _rows(block)
        if rows is None:
            if any(len(cells) > 1 for _, cells in block):
                if len(block) >= LEAST_ROWS:
                    return None  # columns of prose, or a table that is not clear
                block = [(number, _as_one(cells)) for number, cells in block]
            prose += [(number, " ".join(cell[2] for cell in cells)) for number, cells in block]
            continue
        found += _prose(prose, page)
        prose = []
        tables += 1
        found += [
            replace(as_row(cells, [False] * len(cells), number, opens=not at), page=page)
            for at, (number, cells) in enumerate(rows)
        ]
    found += _prose(prose, page)
    return found if tables else None


def _as_one(cells: Sequence[Cell]) -> list[Cell]:
    return [(cells[0][0], cells[-1][1], " ".join(cell[2] for cell in cells))]


def _prose(lines: Sequence[tuple[int, str]], page: int) -> list[Passage]:
    """Lines of text; a gap in their numbers is an empty line."""
    if not lines:
        return []
    first = lines[0][0]
    text = [""] * (lines[-1][0] - first + 1)
    for number, line in lines:
        text[number - first] = line
    return from_lines("\n".join(text), page, first)


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that belong together: those of a table, one after another, or a line of text."""
    block: list[Line] = []
    for number, cells in lines:
        if not cells:
            continue
        near = bool(block) and number - block[-1][0] <= NEAR
        if block and not (near and (len(cells) > 1 or _hangs(block, number, cells[0]))):
            yield block
            block = []
        if len(cells) == 1 and not block:
            yield [(number, cells)]
        else:
            block.append((number, cells))
    if block:
        yield block


def _hangs(block: Sequence[Line], number: int, cell: Cell) -> bool:
    """Whether a single run of words stands inside one column of the lines before."""
    spans = _columns(block)
    mine = [(a, b) for a, b in spans if a < cell[1] and cell[0] < b]
    tight = number == block[-1][0] + 1
    return len(mine) == 1 and (tight or mine[0] != spans[0])


def _rows(block: Sequence[Line]) -> list[Row] | None:
    """The rows of a table, cell by cell; None where lines are no table, or no clear one."""
    spans = _columns(block)
    if len(spans) < LEAST_COLUMNS:
        return None
    lines: list[Row] = []
    for number, cells in block:
        row = [""] * len(spans)
        for start, end, text in cells:
            (at,) = [k for k, (a, b) in enumerate(spans) if a < end and start < b]
            if row[at]:
                return None  # two runs of one line in one column
            row[at] = text
        lines.append((number, row))
    groups: list[list[Row]] = []
    for line in lines:
        if groups and line[0] == groups[-1][-1][0] + 1:
            groups[-1].append(line)
        else:
            groups.append([line])
    rows: list[Row] = []
    for group in groups:
        made = _joined(group) if sum(map(_opens, group)) == 1 else _one_by_one(group)
        if made is None:
            return None
        rows += made
    # A row of figures above is no head: a table that goes on from the page before.
    headed = len(rows) >= LEAST_ROWS and all(
        one and (_YEAR.fullmatch(one) or re.search(r"[^\W\d_]", one)) for one in rows[0][1]
    )
    return rows if headed and all(sum(map(bool, row)) > 1 for _, row in rows) else None


def _opens(line: Row) -> bool:
    """Whether a line fills more than half of the columns: the lines of a row that is wrapped do not."""
    return 2 * sum(map(bool, line[1])) > len(line[1])


def _joined(group: Sequence[Row]) -> list[Row]:
    """Lines between two empty ones, of which one is full: one row, however its cells are wrapped."""
    columns = zip(*(cells for _, cells in group), strict=True)
    return [(group[0][0], [" ".join(filter(None, column)) for column in columns])]


def _one_by_one(group: Sequence[Row]) -> list[Row] | None:
    """Lines without space between rows: what goes on in small letters belongs to the row above.

    So does a year alone below the heads of columns.
    """
    rows: list[Row] = []
    for line in group:
        if _opens(line):
            rows.append(line)
            continue
        told = [k for k, one in enumerate(line[1]) if one]
        head = len(rows) == 1 and all(_YEAR.fullmatch(line[1][k]) for k in told)
        if not rows or not (head or any(line[1][k][:1].islower() for k in told)):
            return None
        above = rows[-1][1]
        if any(not above[k] or above[k][:1].islower() for k in told):
            return None  # it may as well belong to the row below
        rows[-1] = (
            rows[-1][0],
            [" ".join(filter(None, pair)) for pair in zip(above, line[1], strict=True)],
        )
    return rows


def _columns(block: Sequence[Line]) -> list[tuple[int, int]]:
    """From where to where each column goes: runs of words that stand below each other."""
    spans: list[tuple[int, int]] = []
    for start, end, _ in sorted(cell for _, cells in block for cell in cells):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans
