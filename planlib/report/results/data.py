"""Results as data: CSV for spreadsheets, JSON and Parquet for programs. Numbers are written in full."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from planlib.figures.spreadsheet_text import guarded
from planlib.figures.tidy_rows import number_text
from planlib.language.language import Language
from planlib.report.results.about import ResultsAbout
from planlib.report.results.table import ResultsCell, ResultsTable

if TYPE_CHECKING:
    import pyarrow as pa

Kind = Literal["text", "number"]
Value = str | float | None
VERSION = 1


def data_columns(table: ResultsTable, language: Language) -> list[tuple[str, str, Kind]]:
    """The columns for programs as key, head and kind; a figure is one of words and one of numbers."""
    found: list[tuple[str, str, Kind]] = []
    for one in table.columns:
        if one.kind != "number":
            found.append((one.key, one.title, "text"))
        if one.kind == "figure":
            title = language("results.in_numbers", column=one.title)
            found.append((f"{one.key}_number", title, "number"))
        elif one.kind == "number":
            found.append((one.key, one.title, "number"))
        if one.key == "verdict":
            found.append(("verdict_code", language("results.verdict_code"), "text"))
    return found


def data_rows(table: ResultsTable) -> Iterator[list[Value]]:
    """The rows for programs, a value a column of ``data_columns``; None where there is no number."""
    for row, verdict in zip(table.rows, table.verdicts, strict=True):
        values = list[Value]()
        for cell, column in zip(row, table.columns, strict=True):
            values += _values(cell, column.kind)
            if column.key == "verdict":
                values.append(verdict.verdict.name)
        yield values


def _values(cell: ResultsCell, kind: str) -> list[Value]:
    if kind == "text":
        return [cell.text]
    return [cell.value] if kind == "number" else [cell.text, cell.value]


def results_csv(table: ResultsTable, language: Language) -> bytes:
    """The results as CSV: UTF-8 with a byte order mark, harmless when a spreadsheet opens it."""
    return f"\ufeff{csv_of(table, language)}".encode()


def csv_of(table: ResultsTable, language: Language) -> str:
    """The results as the text of a CSV file, as spreadsheets in the language read it."""
    heads: list[Value] = [title for _, title, _ in data_columns(table, language)]
    return csv_lines([heads, *data_rows(table)], language)


def csv_lines(lines: Iterable[Sequence[Value]], language: Language) -> str:
    """Lines of a CSV file.

    Where decimals follow a comma, cells are parted by semicolons: with a point and commas, such a
    spreadsheet would take 1.234 for a thousand.

    >>> print(csv_lines([["a;b", 1.5], ["=1", None]], Language("vi")), end="")
    "a;b";1,5
    '=1;
    """
    mark = language.decimal_mark
    parted = ";" if mark == "," else ","

    def told(value: Value) -> str:
        if value is None or isinstance(value, float):
            return "" if value is None else number_text(value).replace(".", mark)
        text = guarded(value)
        if any(sign in text for sign in (parted, '"', "\n", "\r")):
            return '"' + text.replace('"', '""') + '"'
        return text

    return "".join(parted.join(map(told, line)) + "\n" for line in lines)


def results_json(table: ResultsTable, about: ResultsAbout, language: Language) -> bytes:
    """The results as JSON: what they are about, the columns with their heads, and the rows by key."""
    columns = data_columns(table, language)
    record = {
        "schema_version": VERSION,
        **about.codes,
        "title": about.title,
        "warnings": about.warnings,
        "notes": about.notes,
        "sources": [{"text": one.text, "address": one.link or None} for one in about.sources],
        "columns": [{"key": key, "title": title, "type": kind} for key, title, kind in columns],
        "rows": [
            {key: value for (key, *_), value in zip(columns, row, strict=True)}
            for row in data_rows(table)
        ],
    }
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def results_parquet(table: ResultsTable, about: ResultsAbout, language: Language) -> bytes:
    """The results as Parquet; the key of a column stands in its metadata, what it is about in the file's."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = data_columns(table, language)
    fields = [pa.field(title, _type(kind), metadata={"key": key}) for key, title, kind in columns]
    told = {**about.codes, "title": about.title, "warnings": "\n".join(about.warnings)}
    schema = pa.schema(fields, metadata=told)
    values = list(zip(*data_rows(table), strict=True)) or [()] * len(columns)
    held = io.BytesIO()
    made = pa.table([pa.array(one, field.type) for one, field in zip(values, fields, strict=True)],
                    schema=schema)  # fmt: skip
    pq.write_table(made, held)
    return held.getvalue()


def _type(kind: Kind) -> pa.DataType:
    import pyarrow as pa

    return pa.float64() if kind == "number" else pa.string()
