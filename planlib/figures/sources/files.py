"""A file of figures, of the kind its ending says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from planlib.errors import InputError, said, system_reason
from planlib.figures.raw_table import RawTable, check_columns
from planlib.figures.sources.csv_files import read_csv
from planlib.figures.sources.parquet_files import read_parquet
from planlib.storage.whole_files import LARGEST_TABLE, open_file

READERS: dict[str, Callable[..., None]] = {".csv": read_csv, ".parquet": read_parquet}
WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}


@dataclass(frozen=True)
class FileSource:
    """A CSV or Parquet file."""

    path: Path

    @property
    def name(self) -> str:
        """The path."""
        return str(self.path)

    def raw(self, *, by_columns: bool = True) -> RawTable:
        """The file's columns as they stand; what is wrong with its form is in ``problems``."""
        table = RawTable(self.name)
        kind = self.path.suffix.lower()
        if kind not in READERS:
            hint = said("figures.import-a-workbook") if kind in WORKBOOKS else None
            table.say(said("figures.figures-read-csv-parquet"), hint=hint)
            return table
        try:
            open_file(self.path, LARGEST_TABLE).close()
            READERS[kind](self.path, table, by_columns=by_columns)
        except InputError as error:
            table.problems += error.problems
        except OSError as error:
            reason = system_reason(error) or said("figures.not-of-its-kind")
            table.say(said("storage.cannot-read", reason=reason))
        if not table.problems:
            check_columns(table)
        return table
