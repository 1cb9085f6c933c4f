"""Figures as one flat table of texts: what every standard is written from and read into.

A row is a figure: where, what, when, of whom and by which report, its numbers, and what is said of
it. The names of columns are those SDMX gives to such things; dimensions of groups have a column
each. Nothing is lost on the way out and back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from planlib.errors import Faults
from planlib.figures.observations import NUMBER_COLUMNS, OPTIONAL_COLUMNS
from planlib.figures.spreadsheet_text import guarded, unguarded
from planlib.figures.tidy_rows import tidy_columns, tidy_texts
from planlib.plan.groups.dimensions import group_of, parts_of
from planlib.plan.periods.calendar import Calendar, Frequency, frequency_of, period
from planlib.plan.periods.text import read_period
from planlib.plan.plan import Plan

KEYS = {"area": "REF_AREA", "goal": "INDICATOR", "period": "TIME_PERIOD", "vintage": "VINTAGE",
        "member": "MEMBER"}  # fmt: skip
MEASURES = {name: name.upper() for name in NUMBER_COLUMNS} | {"value": "OBS_VALUE"}
ATTRIBUTES = {
    "state": "STATE", "source": "SOURCE", "note": "NOTE",
    **{name: name.upper() for name in OPTIONAL_COLUMNS if name != "group"},
}  # fmt: skip
STATUS = "OBS_STATUS"
POWER = "UNIT_MULT"  # the power of ten the numbers stand in
UNIT = "unit"
# Codes of SDMX (CL_OBS_STATUS) for the states of figures; two share one, so the state stands beside.
STATUSES = {"measured": "A", "estimate": "E", "missing": "O", "not_due": "O",
            "not_applicable": "M", "suppressed": "Q"}  # fmt: skip
READ_AS = {"A": "measured", "E": "estimate", "P": "estimate", "F": "estimate", "O": "missing",
           "L": "missing", "M": "not_applicable", "Q": "suppressed"}  # fmt: skip
TOTAL, UNDATED = "_T", "_U"  # of a dimension: everybody or the whole, and a report without a date
NOT_DATA = ("STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "DATAFLOW", STATUS)
_LENGTHS = {"P1Y": Frequency.year, "P12M": Frequency.year, "P6M": Frequency.half,
            "P3M": Frequency.quarter, "P1M": Frequency.month}  # fmt: skip
_SPAN = re.compile(r"(\d{4})-(\d{2})-01/(P\w+)")
_HALF = re.compile(r"(\d{4})-S([12])")


@dataclass(frozen=True)
class FigureTable:
    """Heads and rows of texts; an empty text where there is nothing. ``keys`` are the first columns."""

    heads: tuple[str, ...]
    rows: list[tuple[str, ...]]
    keys: int = 0

    def column(self, head: str) -> list[str]:
        """The texts of a column. Raises ValueError for one that there is not."""
        at = self.heads.index(head)
        return [row[at] for row in self.rows]


def figure_table(frame: pd.DataFrame, plan: Plan) -> FigureTable:
    """Figures in memory as a table: keys, numbers and what is said, in this order."""
    shown = tidy_columns(frame)
    if "year" in shown:
        shown = tuple("period" if name == "year" else name for name in shown)
    dimensions = [one.id for one in plan.header.dimensions]
    groups = [parts_of(str(text)) for text in tidy_texts(frame, "group")]
    used = [one for one in dimensions if any(one in parts for parts in groups)]
    columns: dict[str, list[str]] = {}
    for name, head in KEYS.items():
        texts = [unguarded(str(text)) for text in tidy_texts(frame, name)]
        if name == "period":
            texts = [time_of(text, plan.calendar) for text in texts]
        elif name in {"vintage", "member"}:
            texts = [text or (UNDATED if name == "vintage" else TOTAL) for text in texts]
        columns[head] = texts
    for one in used:
        columns[dimension_head(one)] = [parts.get(one, TOTAL) for parts in groups]
    keys = len(columns)
    for name, head in (MEASURES | ATTRIBUTES).items():
        if name in shown:
            columns[head] = [unguarded(str(text)) for text in tidy_texts(frame, name)]
    columns[STATUS] = [STATUSES[state] for state in columns["STATE"]]
    return FigureTable(tuple(columns), list(zip(*columns.values(), strict=True)), keys)


def tidy_table(table: FigureTable, plan: Plan) -> FigureTable:
    """A table of a standard as the tidy one that is read: columns by planlib's names, times by the plan's.

    What is neither planlib's nor a dimension of the plan keeps its name, and is refused when read:
    to leave it out could make two series one.
    """
    named = {head: name for name, head in (KEYS | MEASURES | ATTRIBUTES).items()}
    groups = {dimension_head(one.id): one.id for one in plan.header.dimensions}
    stated = "STATE" in table.heads
    heads: list[str] = []
    columns: list[list[str]] = []
    for at, head in enumerate(table.heads):
        texts = [row[at] for row in table.rows]
        if head == STATUS and not stated:
            heads.append("state")
            columns.append([READ_AS.get(text, text) for text in texts])
        if head in groups or head in NOT_DATA:
            continue
        if head == POWER and UNIT.upper() not in table.heads:
            if any(sizes := [multiple(text) for text in texts]):
                heads.append(UNIT)
                columns.append(sizes)
            continue
        if head == "TIME_PERIOD":
            texts = [period_of_time(text, plan.calendar) for text in texts]
        elif head in {"VINTAGE", "MEMBER"}:
            texts = ["" if text in {TOTAL, UNDATED} else text for text in texts]
        heads.append(named.get(head, head))
        numbers = named.get(head) in NUMBER_COLUMNS
        columns.append(texts if numbers else [guarded(text) for text in texts])
    if used := [head for head in groups if head in table.heads]:
        heads.append("group")
        columns.append([_group(row, table.heads, used, groups) for row in table.rows])
    return FigureTable(tuple(heads), list(zip(*columns, strict=True)))


def _group(
    row: Sequence[str], heads: tuple[str, ...], used: list[str], groups: dict[str, str]
) -> str:
    parts = {groups[head]: row[heads.index(head)] for head in used}
    told = {name: member for name, member in parts.items() if member not in {"", TOTAL}}
    return group_of(told, groups.values())


def multiple(power: str) -> str:
    """A power of ten as what an import reads as the size of a unit; empty for the unit itself.

    >>> multiple("3"), multiple("0"), multiple("")
    ('1000', '', '')
    """
    if not re.fullmatch(r"[1-9]|1[0-2]", power.strip()):
        return "" if power.strip() in {"", "0"} else f"10^{power.strip()}"  # refused, and shown so
    return str(10 ** int(power))


def dimension_head(name: str) -> str:
    """The column of a dimension of groups.

    >>> dimension_head("age-band")
    'AGE_BAND'
    """
    return name.upper().replace("-", "_")


def time_of(text: str, calendar: Calendar) -> str:
    """A period as SDMX writes it: halves are semesters, parts of split years spans of months.

    >>> (
    ...     time_of("2023-H1", Calendar(Frequency.half)),
    ...     time_of("2023/24-Q3", Calendar(Frequency.quarter, 3)),
    ... )
    ('2023-S1', '2023-10-01/P3M')
    """
    if "/" not in text:
        return text.replace("-H", "-S")
    code = read_period(text, calendar)
    months = 12 // frequency_of(code).in_year
    end = date.fromordinal(calendar.end(code))
    first = end.year * 12 + end.month - months
    length = "P1Y" if months == 12 else f"P{months}M"
    return f"{first // 12:04d}-{first % 12 + 1:02d}-01/{length}"


def period_of_time(text: str, calendar: Calendar) -> str:
    """A time of SDMX as the plan's period; what is none stays as it is, and is refused when read.

    >>> (
    ...     period_of_time("2023-10-01/P3M", Calendar(Frequency.quarter, 3)),
    ...     period_of_time("2023-S2", Calendar()),
    ... )
    ('2023/24-Q3', '2023-H2')
    """
    if found := _HALF.fullmatch(text):
        return f"{found[1]}-H{found[2]}"
    if (span := _SPAN.fullmatch(text)) and span[3] in _LENGTHS:
        frequency = _LENGTHS[span[3]]
        after = int(span[1]) * 12 + int(span[2]) - 1 + 12 // frequency.in_year
        last = date(after // 12, after % 12 + 1, 1).toordinal() - 1
        try:
            code = calendar.containing(last, frequency)
            if time_of(told := str(period(code)), calendar) == text:
                return told
        except (Faults, ValueError):
            return text
    return text
