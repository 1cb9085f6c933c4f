"""Years as columns, the commonest layout of statistical offices: one column of figures a year."""

from __future__ import annotations

import re
from dataclasses import replace

from planlib.errors import InputError, Problem, said
from planlib.excel.sheets.mapping import SheetMapping
from planlib.excel.sheets.table import SheetTable
from planlib.figures.checks import HISTORY
from planlib.figures.typed.office_words import folded
from planlib.plan.plan import Plan

_HEAD = re.compile(r"(?:năm |year )?([12][0-9]{3})(?:\.0)?(?: năm)?[*]?")


def year_tables(
    table: SheetTable, mapping: SheetMapping, plan: Plan
) -> list[tuple[int, SheetTable]]:
    """The table once for each year, its figures in that year's column.

    Raises InputError where a year the mapping names has no column, or has two.
    """
    wanted = mapping.years
    first, last = plan.years[0] - HISTORY, plan.years[-1]
    named: dict[str, int] = {}
    if isinstance(wanted, dict):
        named = {folded(head): year for year, head in wanted.items()}
    found: dict[int, list[int]] = {}
    for index in range(len(table.sheet.rows[table.head])):
        text = folded(table.sheet.text(table.head, index))
        plain = _HEAD.fullmatch(text)
        year = named.get(text) or (named.get(plain[1]) if plain else None)
        if wanted == "all" and plain and first <= int(plain[1]) <= last:
            year = int(plain[1])
        if year is not None:
            found.setdefault(year, []).append(index)
    problems = []
    for year, columns in found.items():
        if len(columns) > 1:
            message = said("excel.two-columns-same-head", head=str(year))
            place = table.sheet.place(table.head, columns[1])
            problems.append(Problem(message, str(table.book.path), place))
    for text, year in named.items():
        if year not in found:
            message = said("excel.no-column-headed", head=repr(text))
            problems.append(Problem(message, str(table.book.path), table.sheet.name))
    if not found and not problems:
        message = said("excel.no-column-headed-year", first=first, last=last)
        place = table.sheet.place(table.head, 0)
        problems.append(Problem(message, str(table.book.path), place))
    if problems:
        raise InputError(problems)
    return [
        (year, replace(table, columns={**table.columns, "value": columns[0]}))
        for year, columns in sorted(found.items())
    ]
