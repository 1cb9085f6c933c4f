"""Opens CSV and Parquet files of figures: columns of raw text, with the line of every row."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from planlib.errors import Problem, did_you_mean, said
from planlib.model.observations import COLUMNS, NUMBER_COLUMNS, OPTIONAL_COLUMNS

REQUIRED = ("area", "goal", "year")
WORDS = ("area", "goal", "member", "unit", "source", "note", *OPTIONAL_COLUMNS)
READ = (*COLUMNS, "unit", *OPTIONAL_COLUMNS)  # the unit is read and converted, not kept
NUMBER = r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?"
THOUSANDS = r"-?[1-9][0-9]{0,2}(\.[0-9]{3})*\.[0-9]{2}0"
MOST_PROBLEMS = 200  # a file wrong in every row is told so once, not a million times
LONG_FILE = 2_000_000  # bytes; from here reading by columns pays


@dataclass
class RawTable:
    """One file on its way to a frame; ``row`` is the line of a CSV file, the row of Parquet."""

    path: Path
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    row: np.ndarray[Any, np.dtype[np.int32]] = field(default_factory=lambda: np.empty(0, np.int32))
    problems: list[Problem] = field(default_factory=list)

    def say(self, message: str, row: int | None = None, **more: Any) -> None:
        self.problems.append(Problem(message, str(self.path), row, **more))

    def say_rows(
        self, wrong: Any, column: str, template: str, hint: str | None = None, **facts: Any
    ) -> None:
        """One problem for each row where ``wrong`` holds, naming what was found."""
        values = self.frame[column]
        for position in np.flatnonzero(np.asarray(wrong, dtype=bool))[:MOST_PROBLEMS]:
            message = said(template, column=column, found=repr(str(values.iloc[position])), **facts)
            self.say(message, int(self.row[position]), hint=hint, column=column)


def read_raw(path: Path, *, by_columns: bool = True) -> RawTable:
    """A file's columns as they stand; what is wrong with its form is in ``problems``.

    A long and faultless CSV file is read ``by_columns``, with numbers already as numbers.
    """
    table = RawTable(path)
    try:
        if path.suffix.lower() == ".parquet":
            _read_parquet(table)
        elif path.suffix.lower() == ".csv":
            if not (by_columns and _read_columns(table)):
                _read_csv(table)
        else:
            table.say(said("figures are read from .csv and .parquet files"))
    except OSError as error:
        reason = error.strerror or "not a file of its kind"
        table.say(said("cannot be read: {reason}", reason=reason))
    if not table.problems:
        check_columns(table)
    return table


def check_columns(table: RawTable) -> None:
    """Refuse unknown columns and ask for the needed ones."""
    known = READ
    for name in table.frame.columns:
        if name not in known:
            hint = did_you_mean(str(name), known) or said(
                "known columns: {known}", known=", ".join(known)
            )
            table.say(said("unknown column '{column}'", column=name), 1, hint=hint)
    for name in REQUIRED:
        if name not in table.frame.columns:
            table.say(said("the column '{column}' is missing", column=name), 1)


def _read_csv(table: RawTable) -> None:
    rows: list[list[str]] = []
    lines: list[int] = []
    try:
        with table.path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = next(reader, None)
            if not header:
                hint = said("its first line is {columns}", columns=",".join(COLUMNS))
                table.say(said("the file is empty"), 1, hint=hint)
                return
            if len(header) == 1 and ";" in header[0]:
                table.say(said("columns are separated by commas, found semicolons"), 1)
                return
            for name in sorted({name for name in header if header.count(name) > 1}):
                table.say(said("the column '{column}' stands twice", column=name), 1)
            start = reader.line_num + 1
            for row in reader:
                if any(row):
                    if len(row) != len(header):
                        must = "must have {must} cells, found {found}"
                        table.say(said(must, must=len(header), found=len(row)), start)
                    rows.append(row)
                    lines.append(start)
                start = reader.line_num + 1
    except UnicodeDecodeError:
        hint = said("save as UTF-8; legacy Vietnamese encodings are not read")
        table.say(said("must be UTF-8 text"), hint=hint)
        return
    except csv.Error as error:
        table.say(said("not valid CSV: {reason}", reason=error), reader.line_num)
        return
    if not table.problems:
        columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in header]
        table.frame = pd.DataFrame(dict(zip(header, columns, strict=True)), dtype=object)
        table.row = np.asarray(lines, dtype=np.int32)


def _read_parquet(table: RawTable) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        names = pq.read_schema(table.path).names
        texts = [name for name in names if name in {*WORDS, "vintage", "state"}]
        table.frame = pq.read_table(table.path, read_dictionary=texts).to_pandas()
    except pa.ArrowException as error:
        reason = str(error).splitlines()[0]
        table.say(said("not a Parquet file: {reason}", reason=reason))
        return
    table.row = np.arange(1, len(table.frame) + 1, dtype=np.int32)


def _read_columns(table: RawTable) -> bool:
    """Read a long CSV file by columns; False where it must be read line by line.

    Only a file without a fault is read this way, since only reading by lines can say in which line
    a fault is.
    """
    if table.path.stat().st_size < LONG_FILE:
        return False
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.csv as pacsv

    text = pa.dictionary(pa.int32(), pa.string())
    types = dict.fromkeys((*WORDS, "vintage", "state"), text) | {"year": pa.int16()}
    types |= dict.fromkeys(NUMBER_COLUMNS, pa.string())
    try:
        with table.path.open("rb") as stream:
            lines, quotes = 0, False
            while chunk := stream.read(1 << 20):
                lines += chunk.count(b"\n")
                quotes = quotes or b'"' in chunk
            stream.seek(-1, 2)
            lines += stream.read(1) != b"\n"
        read = pacsv.read_csv(
            table.path,
            parse_options=pacsv.ParseOptions(newlines_in_values=quotes, ignore_empty_lines=False),
            convert_options=pacsv.ConvertOptions(column_types=types, strings_can_be_null=False),
        )
    except pa.ArrowException:
        return False
    names = read.column_names
    known = set(names) <= set(READ) and set(REQUIRED) <= set(names)
    if not known or len(set(names)) < len(names) or read.num_rows != lines - 1:
        return False
    for name in set(names) & set(NUMBER_COLUMNS):
        column = read[name]
        blank = pc.equal(column, "")
        plain = pc.or_(blank, pc.match_substring_regex(column, f"^({NUMBER})$"))
        doubt = pc.match_substring_regex(column, f"^({THOUSANDS})$")
        if not pc.all(plain).as_py() or pc.any(doubt).as_py():
            return False
        numbers = pc.if_else(blank, pa.scalar(None, pa.string()), column).cast(pa.float64())
        read = read.set_column(names.index(name), name, numbers)
    table.frame = read.to_pandas()
    table.row = np.arange(2, len(table.frame) + 2, dtype=np.int32)
    return True
