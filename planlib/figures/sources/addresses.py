"""A file of figures at an address that fsspec knows, such as ``s3://…`` or ``https://…``."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from planlib.errors import InputError, Problem, refused, said, system_reason, without_secrets
from planlib.figures.raw_table import RawTable
from planlib.figures.sources.files import FileSource
from planlib.storage.store import open_store
from planlib.storage.whole_files import LARGEST_TABLE


@dataclass(frozen=True)
class AddressSource:
    """A CSV or Parquet file somewhere else; it is fetched once, whole, and read like any other."""

    address: str

    @property
    def name(self) -> str:
        """The address, without what logs in."""
        return without_secrets(self.address)

    @cached_property
    def _data(self) -> bytes:
        """The bytes of the file; raises InputError and OSError."""
        path, mark, rest = self.address.partition("?")
        folder, _, file = path.rpartition("/")
        data = open_store(folder).read(file + mark + rest)
        if len(data) > LARGEST_TABLE:
            size = LARGEST_TABLE // 2**20
            raise refused(said("storage.file-too-large", size=size), self.name)
        return data

    def raw(self, *, by_columns: bool = True) -> RawTable:
        """The file's columns as they stand; what is wrong with its form is in ``problems``."""
        try:
            data = self._data
        except FileNotFoundError:
            return RawTable(
                self.name, problems=[Problem(said("figures.file-not-found"), self.name)]
            )
        except InputError as error:
            return RawTable(self.name, problems=list(error.problems))
        except OSError as error:
            message = said("storage.cannot-read", reason=system_reason(error))
            return RawTable(self.name, problems=[Problem(message, self.name)])
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"figures{Path(urlsplit(self.address).path).suffix}"
            path.write_bytes(data)
            table = FileSource(path).raw(by_columns=by_columns)
        table.name = self.name
        table.problems = [replace(problem, file=self.name) for problem in table.problems]
        return table
