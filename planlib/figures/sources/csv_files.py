"""CSV files: a long and faultless one is read by columns, every other line by line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from planlib.errors import Said, said
from planlib.figures.csv_text import read_csv_rows
from planlib.figures.observations import COLUMNS, NUMBER_COLUMNS
from planlib.figures.raw_table import NAMES, PERIODS, READ, WORDS, RawTable, say_no_table
from planlib.figures.tables.numbers import NUMBER, THOUSANDS

LONG_FILE = 2_000_000  # bytes; from here reading by columns pays


def read_csv(path: Path, table: RawTable, *, by_columns: bool) -> None:
    """Fill a table from a CSV file."""
    if not (by_columns and _read_columns(path, table)):
        _read_lines(path, table)


def _read_lines(path: Path, table: RawTable) -> None:
    read = read_csv_rows(path, NAMES)
    table.problems += read.problems
    if not read.rows:
        last = table.problems[-1] if table.problems else None
        if last and isinstance(last.message, Said) and last.message.key == "plan.file-empty":
            hint = said("figures.first-line-hint", columns=",".join(COLUMNS))
            table.problems[-1] = replace(last, hint=hint)
        return
    heads = ([*NAMES, name] for name in PERIODS)
    head = next((at for names in heads if (at := read.head(names)) is not None), None)
    if head is None:  # one may be misspelt
        single = (read.head([name]) for name in (*NAMES, *PERIODS))
        head = next((at for at in single if at is not None), None)
    if head is None:
        say_no_table(table, read.lines[0])
        return
    names, rows, lines = read.table(head)
    table.problems += read.problems[len(table.problems) :]
    if not table.problems:
        columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in names]
        table.frame = pd.DataFrame(dict(zip(names, columns, strict=True)), dtype=object)
        table.row = np.asarray(lines, dtype=np.int32)
        table.decimal_comma = read.decimal_comma


def _read_columns(path: Path, table: RawTable) -> bool:
    """Read a long CSV file by columns; False where it must be read line by line.

    Only a file without a fault is read this way, since only reading by lines can say in which line
    a fault is.
    """
    if path.stat().st_size < LONG_FILE:
        return False
    with path.open("rb") as stream:
        head = stream.readline(LONG_FILE)
    found = {name.strip() for name in head.decode("utf-8-sig", "replace").split(",")}
    if not ({*NAMES} <= found and found & {*PERIODS}):
        return False
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.csv as pacsv

    text = pa.dictionary(pa.int32(), pa.string())
    types = dict.fromkeys((*WORDS, "vintage", "state"), text) | {"year": pa.int32(), "period": text}
    types |= dict.fromkeys(NUMBER_COLUMNS, text)  # each different number is looked at once
    try:
        with path.open("rb") as stream:
            lines, quotes = 0, False
            while chunk := stream.read(1 << 20):
                lines += chunk.count(b"\n")
                quotes = quotes or b'"' in chunk
                if b"\0" in chunk:
                    return False
            stream.seek(-1, 2)
            lines += stream.read(1) != b"\n"
        read = pacsv.read_csv(
            path,
            parse_options=pacsv.ParseOptions(newlines_in_values=quotes, ignore_empty_lines=False),
            convert_options=pacsv.ConvertOptions(column_types=types, strings_can_be_null=False),
        )
    except pa.ArrowException:
        return False
    names = read.column_names
    known = set(names) <= set(READ) and set(NAMES) <= set(names)
    if not known or len(set(names)) < len(names) or read.num_rows != lines - 1:
        return False
    for name in set(names) & set(NUMBER_COLUMNS):
        column = read[name].unify_dictionaries().combine_chunks()
        words = column.dictionary
        blank = pc.equal(words, "")
        plain = pc.or_(blank, pc.match_substring_regex(words, f"^({NUMBER})$"))
        ambiguous = pc.match_substring_regex(words, f"^({THOUSANDS})$")
        if not pc.all(plain).as_py() or pc.any(ambiguous).as_py():
            return False
        numbers = pc.if_else(blank, pa.scalar(None, pa.string()), words).cast(pa.float64())
        read = read.set_column(names.index(name), name, numbers.take(column.indices))
    table.frame = read.to_pandas()
    table.row = np.arange(2, len(table.frame) + 2, dtype=np.int32)
    return True
