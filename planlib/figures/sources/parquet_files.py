"""Parquet files, which say themselves what their columns hold and how long they are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from planlib.errors import said
from planlib.figures.raw_table import WORDS, RawTable
from planlib.storage.whole_files import LARGEST_TABLE, open_file

UNNAMED = "__index_level_"  # pandas names so what numbers the rows of a frame


def read_parquet(path: Path, table: RawTable, *, by_columns: bool = True) -> None:
    """Fill a table from a Parquet file, which is read by columns always."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with open_file(path, LARGEST_TABLE) as stream:
            file = pq.ParquetFile(stream, read_dictionary=[])
            size = file.metadata.num_columns, file.metadata.num_rows
            if table.too_large(*size) or not _readable(table, file.schema_arrow):
                return
            names = Counter(file.schema_arrow.names)
            twice = [name for name, count in names.items() if count > 1]
            for name in twice:
                table.say(said("figures.column-stands-twice", column=name))
            if twice:
                return
            stream.seek(0)
            texts = [n for n in file.schema_arrow.names if n in {*WORDS, "vintage", "state"}]
            # What pandas calls the index of a frame are columns like the others.
            frame = pq.read_table(stream, read_dictionary=texts).to_pandas(ignore_metadata=True)
            unnamed = [name for name in frame if str(name).startswith(UNNAMED)]
            table.frame = frame.drop(columns=unnamed)
    except (pa.ArrowException, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0]
        table.say(said("figures.not-parquet-file", reason=reason))
        return
    table.row = np.arange(1, len(table.frame) + 1, dtype=np.int32)


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
