"""Finds the table a mapping speaks of: its sheet, the row of its heads, and each column.

A head may stand in one row or in two: ``[Thực hiện, Năm 2013]`` is the column headed "Năm 2013" below
"Thực hiện", which may lie across several columns.
"""

from __future__ import annotations

from typing import Protocol

from planlib.errors import InputError, Problem, did_you_mean, refused, said, some_of
from planlib.excel.sheets.csv_book import refuse_wide_rows
from planlib.excel.sheets.mapping import BELOW
from planlib.excel.sheets.table import SEARCHED, SheetTable
from planlib.excel.workbook.guards import legacy_fault
from planlib.excel.workbook.refusals import hidden_sheet
from planlib.excel.workbook.sheet_cells import SheetCells
from planlib.excel.workbook.sheets import OfficeBook
from planlib.language.typed.words import folded


class _Heads(Protocol):
    def heads(self) -> dict[str, str]: ...


class NamedHeads(Protocol):
    """A mapping of a table: the heads of its columns, and its sheet where one is named."""

    @property
    def columns(self) -> _Heads: ...

    @property
    def sheet(self) -> str | None: ...


Places = dict[str, list[int]]  # the columns that have a head


def find_mapped(book: OfficeBook, mapping: NamedHeads) -> SheetTable:
    """The mapped table; raises InputError where it is not there, or not only once."""
    heads = {name: folded_head(head) for name, head in mapping.columns.heads().items()}
    found: list[SheetTable] = []
    best: tuple[int, SheetCells | None, int, Places] = (0, None, 0, {})
    for sheet in _sheets(book, mapping):
        for row in range(min(len(sheet.rows), SEARCHED)):
            places = heads_in(sheet, row)
            columns = {name: places[head] for name, head in heads.items() if head in places}
            if len(columns) == len(heads):
                two = any(BELOW in head for head in heads.values())
                found.append(_table(book, sheet, row, columns, mapping.columns.heads()))
                found[-1].top = row - 1 if two else None
                break
            if len(columns) > best[0]:
                best = (len(columns), sheet, row, places)
    if len(found) > 1:
        names = some_of(table.sheet.name for table in found)
        message = said("excel.several-sheets-with-heads", n=len(found), names=names)
        raise refused(message, book.path, hint=said("excel.name-them-under-sheet"))
    if found:
        refuse_wide_rows(book.path, found[0].sheet, found[0].head)
        return found[0]
    for sheet in book.sheets if mapping.sheet is None else ():
        rows = range(min(len(sheet.rows), SEARCHED)) if sheet.hidden else ()
        if any(set(heads.values()) <= heads_in(sheet, row).keys() for row in rows):
            raise hidden_sheet(book.path, sheet.name)
    _, near, row, places = best
    problems = [
        Problem(said("excel.no-column-headed", head=repr(head)), str(book.path),
                near.name if near else None, hint=did_you_mean(folded_head(head), places))
        for head in mapping.columns.heads().values() if folded_head(head) not in places
    ]  # fmt: skip
    raise InputError([*problems, *_legacy_heads(book, near, row)])


def folded_head(head: str) -> str:
    """A head as it is compared; of two rows both."""
    return BELOW.join(folded(part) for part in head.split(BELOW))


def _sheets(book: OfficeBook, mapping: NamedHeads) -> list[SheetCells]:
    if mapping.sheet is None:
        return [sheet for sheet in book.sheets if not sheet.hidden]
    sheet = book.sheet(mapping.sheet)
    if sheet is None:
        names = [sheet.name for sheet in book.sheets]
        message = said("excel.sheet-not-found", sheet=mapping.sheet)
        hint = did_you_mean(mapping.sheet, names) or said(
            "excel.sheets-known", names=some_of(names)
        )
        raise refused(message, book.path, hint=hint)
    if sheet.hidden:
        raise hidden_sheet(book.path, sheet.name)
    return [sheet]


def heads_in(sheet: SheetCells, row: int) -> Places:
    """The heads that stand in a row, alone and below those of the row before."""
    places: Places = {}
    across = ""
    for column in range(max(sheet.width(row), sheet.width(row - 1) if row else 0)):
        head = folded(sheet.text(row, column))
        area = sheet.merge(row, column)
        above = ""
        if row and (area is None or area.top == row):
            above = folded(sheet.text(row - 1, column))
        across = above or across  # a head across columns may stand in the first of them only
        if head:
            places.setdefault(head, []).append(column)
            if across:
                places.setdefault(f"{across}{BELOW}{head}", []).append(column)
        elif above:
            places.setdefault(above, []).append(column)
    return places


def _table(
    book: OfficeBook, sheet: SheetCells, row: int, columns: Places, named: dict[str, str]
) -> SheetTable:
    last = row
    for at in columns.values():
        if area := sheet.merge(row, at[0]):
            last = max(last, area.bottom)
    table = SheetTable(book, sheet, last, {})
    for name, at in columns.items():
        used = _used(sheet, last, at) if len(at) > 1 else at
        head = named[name].rpartition(BELOW)[2].strip()
        exact = [column for column in used if sheet.text(row, column).strip() == head]
        used = exact if len(exact) == 1 else used  # MEASURE is the code, Measure its name
        table.columns[name] = used[0]
        if len(used) > 1:
            message = said("excel.two-columns-same-head", head=sheet.text(row, used[1]))
            hint = said("excel.delete-one-or-name-two-heads")
            place = sheet.place(row, used[1])
            table.problems.append(Problem(message, str(book.path), place, hint=hint))
    return table


def _used(sheet: SheetCells, head: int, columns: list[int]) -> list[int]:
    """Of the columns below one merged head those that hold anything; all of other columns."""
    areas = {sheet.merge(head, column) for column in columns}
    if len(areas) > 1 or None in areas:
        return columns
    rows = sheet.rows[head + 1 :]
    used = [at for at in columns if any(len(row) > at and row[at] != "" for row in rows)]
    return used or columns[:1]


def _legacy_heads(book: OfficeBook, sheet: SheetCells | None, row: int) -> list[Problem]:
    """Heads in an old font encoding are not found by what they read as."""
    if sheet is None:
        return []
    cells = [(at, column) for at in (row - 1, row) if at >= 0 for column in range(sheet.width(at))]
    faults = [(cell, legacy_fault(sheet, cell)) for cell in cells]
    return [
        Problem(fault[0], str(book.path), sheet.place(*cell), hint=fault[1])
        for cell, fault in faults if fault is not None
    ]  # fmt: skip
