"""A table of results for programs, JSON or Parquet, as what it says: its facts, its heads, its rows."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from planlib.verify.documents import LARGEST
from planlib.verify.office.items import (
    CellNumber,
    OfficeFile,
    OfficeLine,
    OfficeTable,
    UnlikeDocument,
)

MOST_CELLS = 4_000_000
ROWS, COLUMNS = "rows", "columns"
KEPT = "ARROW:schema"  # what a writer of Parquet notes of its own


def read_json_table(data: bytes) -> OfficeFile:
    """Read a JSON file of results. Raises UnlikeDocument where it is none."""
    file = OfficeFile()

    def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        told = dict(pairs)
        if len(told) < len(pairs):
            file.holds("a key that stands twice", ", ".join(key for key, _ in pairs)[:80])
        return told

    try:
        told = json.loads(data.decode("utf-8"), object_pairs_hook=object_of, parse_constant=_none)
        heads = [(str(one["key"]), str(one["title"])) for one in told[COLUMNS]]
        rows = [dict(row) for row in told[ROWS]]
    except (UnicodeDecodeError, ValueError, KeyError, TypeError, RecursionError):
        raise UnlikeDocument from None
    file.about = {name: text for name, text in told.items() if isinstance(text, str)}
    for name, part in told.items():
        if name != ROWS:
            file.items += _leaves(part, name)
    keys = [key for key, _ in heads]
    for at, row in enumerate(rows, start=1):
        for strange in sorted(row.keys() - set(keys)):
            file.holds(f"'{strange[:40]}': {str(row[strange])[:80]}", f"row {at}")
    values = [[row.get(key) for key in keys] for row in rows]
    file.items.append(_table([title for _, title in heads], values))
    return file


def read_parquet_table(data: bytes) -> OfficeFile:
    """Read a Parquet file of results. Raises UnlikeDocument where it is none, or is too large."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = OfficeFile()
    try:
        opened = pq.ParquetFile(io.BytesIO(data))
        sizes = opened.metadata
        unpacked = sum(sizes.row_group(at).total_byte_size for at in range(sizes.num_row_groups))
        if sizes.num_rows * sizes.num_columns > MOST_CELLS or unpacked > LARGEST:
            raise UnlikeDocument
        table = opened.read()
        told = _decoded(table.schema.metadata)
        fields = [(one.name, str(one.type), _decoded(one.metadata)) for one in table.schema]
    except (pa.ArrowException, OSError, UnicodeDecodeError, MemoryError):
        raise UnlikeDocument from None
    file.about = told
    file.items += _leaves({name: text for name, text in told.items() if name != KEPT}, "metadata")
    for name, kind, more in fields:
        file.items.append(OfficeLine(f"{name}: {kind} {sorted(more.items())}", "text", "metadata"))
    columns = [column.to_pylist() for column in table.columns]
    file.items.append(_table([name for name, *_ in fields], list(zip(*columns, strict=True))))
    return file


def _decoded(metadata: Mapping[bytes, bytes] | None) -> dict[str, str]:
    return {
        name.decode(): text.decode()
        for name, text in (metadata or {}).items()
        if name.decode() != KEPT and not name.startswith(b"PARQUET:")
    }


def _leaves(part: Any, place: str) -> Iterator[OfficeLine]:
    """What stands in a part of a file, each with its place."""
    if isinstance(part, Mapping):
        for name, inner in part.items():
            yield from _leaves(inner, f"{place}.{name}")
    elif isinstance(part, list):
        for at, inner in enumerate(part, start=1):
            yield from _leaves(inner, f"{place} {at}")
    else:
        yield OfficeLine("" if part is None else str(part), "text", place)


def _table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> OfficeTable:
    first = tuple((head,) for head in heads)
    return OfficeTable((first, *(tuple(map(_cell, row)) for row in rows)), "table 1")


def _cell(value: Any) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (CellNumber(f"{float(value):.15g}"),)
    return (str(value),)


def _none(constant: str) -> None:
    raise ValueError(constant)
