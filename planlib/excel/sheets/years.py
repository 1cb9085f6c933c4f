"""Years or other periods as columns, as statistical offices lay tables out: a column of figures each."""

from __future__ import annotations

import re
from dataclasses import replace

from planlib.errors import Faults, InputError, Problem, Said, said
from planlib.excel.sheets.flags import names_year, parted_head
from planlib.excel.sheets.heads import folded_head, heads_in
from planlib.excel.sheets.mapping import BELOW, SheetMapping
from planlib.excel.sheets.table import SheetTable
from planlib.figures.checks import HISTORY
from planlib.language.typed.words import folded
from planlib.plan.periods.calendar import CALENDAR_YEARS, Frequency, period
from planlib.plan.periods.typed import TypedPeriods
from planlib.plan.plan import Plan

# X2013 is what R makes of a head that is a number, 2013 [YR2013] the World Bank's.
_HEAD = re.compile(r"(?:năm |year |[xy])?([12][0-9]{3})(?:\.0)?(?: năm| \[yr[0-9]{4}\])?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?: 00:00:00)?")


def year_tables(
    table: SheetTable, mapping: SheetMapping, plan: Plan, periods: TypedPeriods
) -> list[tuple[int, SheetTable]]:
    """The table once for each period, its figures in that period's column.

    Raises InputError where a period the mapping names has no column, or has two.
    """
    wanted = mapping.heads
    first, last = plan.header.term.first - HISTORY, plan.header.term.last
    named: dict[str, int] = {}
    if isinstance(wanted, dict):
        named = {folded_head(head): year for year, head in wanted.items()}
    found: dict[int, list[int]] = {}
    skipped = {folded(name) for name in mapping.skip}
    problems: list[Problem] = []

    def say(message: str, index: int, hint: Said | None = None) -> None:
        place = table.sheet.place(table.head, index)
        problems.append(Problem(message, str(table.book.path), place, hint=hint))

    flags: dict[int, str] = {}
    others = {*table.columns.values()}
    for index in range(len(table.sheet.rows[table.head])):
        written = table.sheet.text(table.head, index)
        text = folded(written)
        bare, flags[index] = parted_head(written)
        try:
            told = None if text in named else _told(folded(bare), plan, periods)
        except Faults as fault:
            if wanted == "all":
                say(fault.found[0], index)
            continue
        year = named.get(text) or (named.get(folded(str(period(told)))) if told else None)
        if wanted == "all" and told and first <= plan.calendar.within(told, Frequency.year) <= last:
            year = told
        if year is not None:
            found.setdefault(year, []).append(index)
        elif (
            wanted == "all"
            and told is None
            and index not in others
            and text not in skipped
            and names_year(bare, first, last)
            and table.holds_digits(index)
        ):
            hint = said("excel.name-head-under-years")
            say(said("excel.head-with-year-unread", head=repr(written)), index, hint)
    below = heads_in(table.sheet, table.head)
    for text, year in named.items():
        if BELOW in text and text in below:
            found.setdefault(year, []).extend(below[text])
    for year, columns in found.items():
        if len(columns) > 1:
            say(said("excel.two-columns-same-head", head=str(period(year))), columns[1])
    for text, year in named.items():
        if year not in found:
            message = said("excel.no-column-headed", head=repr(text.replace(BELOW, " ")))
            problems.append(Problem(message, str(table.book.path), table.sheet.name))
    if not found and not problems:
        say(said("excel.no-column-headed-year", first=first, last=last), 0)
    if problems:
        raise InputError(problems)
    return [
        (
            year,
            replace(table, columns={**table.columns, "value": columns[0]}, flags=flags[columns[0]]),
        )
        for year, columns in sorted(found.items())
    ]


def _told(text: str, plan: Plan, periods: TypedPeriods) -> int | None:
    """The period a head names; None for one that names none."""
    if plan.calendar != CALENDAR_YEARS:
        return periods.read(text)
    if _DAY.fullmatch(text):  # a head that is a date: of the year that it begins or ends
        return periods.read(text)
    found = _HEAD.fullmatch(text)
    return int(found[1]) if found else None
