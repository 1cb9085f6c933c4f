"""Figures on their way to a frame: columns as they stand, where each row is from, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from planlib.errors import Problem, did_you_mean, said
from planlib.figures.csv_text import MOST_COLUMNS, say_more
from planlib.figures.observations import COLUMNS, OPTIONAL_COLUMNS

NAMES = ("area", "goal")
PERIODS = ("year", "period")  # one of them
REQUIRED = (*NAMES, "year")
WORDS = ("area", "goal", "member", "unit", "source", "note", *OPTIONAL_COLUMNS)
READ = (*COLUMNS, "period", "unit", *OPTIONAL_COLUMNS)  # the unit is read and converted, not kept
MOST_PROBLEMS = 200  # a file wrong in every row is told so once, not a million times
MOST_ROWS = 20_000_000


@dataclass
class RawTable:
    """The columns of one source of figures, of raw values, with what is wrong with them.

    ``name`` is what messages call the source. ``row`` is the line of a CSV file, the row of a
    Parquet file or of a query counted from 1, the position in a DataFrame; ``head`` the row of the
    names of the columns, None where they stand in none.
    """

    name: str
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    row: np.ndarray[Any, np.dtype[np.int32]] = field(default_factory=lambda: np.empty(0, np.int32))
    problems: list[Problem] = field(default_factory=list)
    decimal_comma: bool = False
    wrong: set[int] = field(default_factory=set)  # the rows with a problem of their own
    head: int | None = 1

    def say(self, message: str, row: int | None = None, **more: Any) -> None:
        if row is not None:
            self.wrong.add(row)
        self.problems.append(Problem(message, self.name, row, **more))

    def say_rows(
        self, wrong: Any, column: str, template: str, hint: str | None = None, **facts: Any
    ) -> None:
        """One problem for each row where ``wrong`` holds, naming what was found."""
        values = self.frame[column]
        positions = np.flatnonzero(np.asarray(wrong, dtype=bool))
        self.wrong.update(self.row[positions].tolist())
        for position in positions[:MOST_PROBLEMS]:
            message = said(template, column=column, found=repr(str(values.iloc[position])), **facts)
            self.say(message, int(self.row[position]), hint=hint, column=column)
        say_more(self.problems, len(positions) - MOST_PROBLEMS, self.name)

    def too_large(self, columns: int, rows: int) -> bool:
        """Whether there is more than is read; then it is told."""
        if columns > MOST_COLUMNS:
            self.say(said("figures.too-many-columns", n=MOST_COLUMNS, found=columns))
        elif rows > MOST_ROWS:
            self.say(said("figures.too-many-rows", n=MOST_ROWS, found=rows))
        return bool(self.problems)


def check_columns(table: RawTable) -> None:
    """Refuse unknown columns and ask for the needed ones."""
    known = READ
    if not {*NAMES, *PERIODS} & {*table.frame.columns}:
        say_no_table(table, table.head)
        return
    for name in table.frame.columns:
        if name not in known:
            hint = did_you_mean(str(name), known) or said(
                "figures.known-columns", known=", ".join(known)
            )
            table.say(said("figures.column-unknown", column=name), table.head, hint=hint)
    for name in REQUIRED:
        if name not in table.frame.columns and not (name == "year" and "period" in table.frame):
            table.say(said("figures.column-missing", column=name), table.head)


def say_no_table(table: RawTable, row: int | None) -> None:
    table.say(said("figures.no-head-of-a-table"), row, hint=said("figures.say-columns-hold-map"))
