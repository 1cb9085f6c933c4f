"""Fills templates as an office would, for tests: by goal and column, with openpyxl."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from planlib.excel.template.identity import IDENTITY_SHEET, read_key
from planlib.excel.template.workbook import template_workbook
from planlib.figures.reading import load_observations
from planlib.figures.typed.office_words import head_of
from planlib.plan.plan import Plan


def write_template(
    path: Path,
    plan: Plan,
    area: str,
    year: int,
    lang: str = "vi",
    figures: list[Path] | None = None,
) -> Path:
    """A template on disk; without figures the column of last year stays empty."""
    known, problems = load_observations(figures or [], plan)
    assert not problems
    path.write_bytes(template_workbook(plan, known.frame, area, year, lang))
    return path


def cells_of(path: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """Sheet and address of every cell by the row's goal (``goal``, ``goal/member``, ``goal[group]``) and column."""
    return _cells_in(load_workbook(path))


def _cells_in(book: Workbook) -> dict[tuple[str, str], tuple[str, str]]:
    found = {}
    for sheet in book.worksheets:
        if sheet.title == IDENTITY_SHEET:
            continue
        heads: dict[int, str] = {}
        for row in sheet.iter_rows():
            texts = {cell.column: head_of(str(cell.value)) for cell in row if cell.value}
            if {"name", "key"} <= set(texts.values()):
                heads = {column: head for column, head in texts.items() if head}
                continue
            key_at = next((column for column, head in heads.items() if head == "key"), 0)
            key = read_key(str(sheet.cell(row[0].row, key_at).value)) if key_at else None
            if key:
                of = f"/{key.member}" if key.member else f"[{key.group}]" if key.group else ""
                name = key.goal + of
                for column, head in heads.items():
                    cell = sheet.cell(row[0].row, column)
                    found[name, head] = (sheet.title, cell.coordinate)
    return found


def fill(
    path: Path, values: dict[tuple[str, str], Any], *, date: Any = "2014-03-31",
    source: str = "Báo cáo 2013", change: Callable[[Any], None] | None = None,
) -> Path:  # fmt: skip
    """Type values into a template's cells, and the report's date; ``change`` may do anything."""
    book = load_workbook(path)
    where = _cells_in(book)
    guide = book.worksheets[0]
    guide["B4"], guide["B5"] = date, source
    for key, value in values.items():
        sheet, cell = where[key]
        at = book[sheet][cell]
        at.value = value
        if isinstance(value, str) and not value.startswith("=SUM"):
            at.data_type = "s"
    if change is not None:
        change(book)
    book.save(path)
    return path
