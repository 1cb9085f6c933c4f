"""Opens CSV and Parquet files of figures: columns of raw text, with the line of every row."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from planlib.errors import InputError, Problem, did_you_mean, said
from planlib.figures.csv_text import MOST_COLUMNS, read_csv_rows, say_more
from planlib.figures.observations import COLUMNS, NUMBER_COLUMNS, OPTIONAL_COLUMNS
from planlib.figures.table_numbers import NUMBER, THOUSANDS
from planlib.storage.whole_files import LARGEST_TABLE, open_file

REQUIRED = ("area", "goal", "year")
WORDS = ("area", "goal", "member", "unit", "source", "note", *OPTIONAL_COLUMNS)
READ = (*COLUMNS, "unit", *OPTIONAL_COLUMNS)  # the unit is read and converted, not kept
MOST_PROBLEMS = 200  # a file wrong in every row is told so once, not a million times
MOST_ROWS = 20_000_000
LONG_FILE = 2_000_000  # bytes; from here reading by columns pays


@dataclass
class RawTable:
    """One file on its way to a frame; ``row`` is the line of a CSV file, the row of Parquet."""

    path: Path
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    row: np.ndarray[Any, np.dtype[np.int32]] = field(default_factory=lambda: np.empty(0, np.int32))
    problems: list[Problem] = field(default_factory=list)
    decimal_comma: bool = False
    wrong: set[int] = field(default_factory=set)  # the rows with a problem of their own

    def say(self, message: str, row: int | None = None, **more: Any) -> None:
        if row is not None:
            self.wrong.add(row)
        self.problems.append(Problem(message, str(self.path), row, **more))

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
        say_more(self.problems, len(positions) - MOST_PROBLEMS, str(self.path))


def read_raw(path: Path, *, by_columns: bool = True) -> RawTable:
    """A file's columns as they stand; what is wrong with its form is in ``problems``.

    A long and faultless CSV file is read ``by_columns``, with numbers already as numbers.
    """
    table = RawTable(path)
    try:
        if path.suffix.lower() not in {".csv", ".parquet"}:
            table.say(said("figures.figures-read-csv-parquet"))
            return table
        open_file(path, LARGEST_TABLE).close()
        if path.suffix.lower() == ".parquet":
            _read_parquet(table)
        elif not (by_columns and _read_columns(table)):
            _read_csv(table)
    except InputError as error:
        table.problems += error.problems
    except OSError as error:
        reason = error.strerror or "not a file of its kind"
        table.say(said("storage.cannot-read", reason=reason))
    if not table.problems:
        check_columns(table)
    return table


def check_columns(table: RawTable) -> None:
    """Refuse unknown columns and ask for the needed ones."""
    known = READ
    if not {*REQUIRED} & {*table.frame.columns}:
        _say_no_table(table, 1)
        return
    for name in table.frame.columns:
        if name not in known:
            hint = did_you_mean(str(name), known) or said(
                "figures.known-columns", known=", ".join(known)
            )
            table.say(said("figures.column-unknown", column=name), 1, hint=hint)
    for name in REQUIRED:
        if name not in table.frame.columns:
            table.say(said("figures.column-missing", column=name), 1)


def _say_no_table(table: RawTable, row: int) -> None:
    table.say(said("figures.no-head-of-a-table"), row, hint=said("figures.say-columns-hold-map"))


def _read_csv(table: RawTable) -> None:
    read = read_csv_rows(table.path, REQUIRED)
    table.problems += read.problems
    if not read.rows:
        if table.problems and table.problems[-1].message == said("plan.file-empty"):
            hint = said("figures.first-line-hint", columns=",".join(COLUMNS))
            table.problems[-1] = replace(table.problems[-1], hint=hint)
        return
    head = read.head(REQUIRED)
    if head is None:  # one may be misspelt
        head = next((at for name in REQUIRED if (at := read.head([name])) is not None), None)
    if head is None:
        _say_no_table(table, read.lines[0])
        return
    names, rows, lines = read.table(head)
    table.problems += read.problems[len(table.problems) :]
    if not table.problems:
        columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in names]
        table.frame = pd.DataFrame(dict(zip(names, columns, strict=True)), dtype=object)
        table.row = np.asarray(lines, dtype=np.int32)
        table.decimal_comma = read.decimal_comma


def _read_parquet(table: RawTable) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with open_file(table.path, LARGEST_TABLE) as stream:
            file = pq.ParquetFile(stream, read_dictionary=[])
            if _too_much(table, file.metadata) or not _readable(table, file.schema_arrow):
                return
            stream.seek(0)
            texts = [n for n in file.schema_arrow.names if n in {*WORDS, "vintage", "state"}]
            table.frame = pq.read_table(stream, read_dictionary=texts).to_pandas()
    except (pa.ArrowException, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0]
        table.say(said("figures.not-parquet-file", reason=reason))
        return
    table.row = np.arange(1, len(table.frame) + 1, dtype=np.int32)


def _too_much(table: RawTable, metadata: Any) -> bool:
    """Whether a file of few bytes unfolds to more than is read, by what it says of itself."""
    if metadata.num_columns > MOST_COLUMNS:
        table.say(said("figures.too-many-columns", most=MOST_COLUMNS, found=metadata.num_columns))
    elif metadata.num_rows > MOST_ROWS:
        table.say(said("figures.too-many-rows", most=MOST_ROWS, found=metadata.num_rows))
    return bool(table.problems)


def _readable(table: RawTable, schema: Any) -> bool:
    """Whether each known column holds what can be read as its texts or numbers."""
    import pyarrow.types as kinds

    for field_ in schema:
        kind = field_.type.value_type if kinds.is_dictionary(field_.type) else field_.type
        number = (
            kinds.is_integer(kind) or kinds.is_floating(kind) or kinds.is_decimal(kind)
            or kinds.is_null(kind)
        )  # fmt: skip
        text = kinds.is_string(kind) or kinds.is_large_string(kind)
        day = kinds.is_date(kind) or kinds.is_timestamp(kind)
        if not (number or text or (day and field_.name == "vintage")):
            table.say(said("figures.column-of-wrong-kind", column=field_.name, kind=str(kind)))
    return not table.problems


def _read_columns(table: RawTable) -> bool:
    """Read a long CSV file by columns; False where it must be read line by line.

    Only a file without a fault is read this way, since only reading by lines can say in which line
    a fault is.
    """
    if table.path.stat().st_size < LONG_FILE:
        return False
    with table.path.open("rb") as stream:
        head = stream.readline(LONG_FILE)
    if not {*REQUIRED} <= {name.strip() for name in head.decode("utf-8-sig", "replace").split(",")}:
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
                if b"\0" in chunk:
                    return False
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
