"""Where figures come from: a file, an address, a DataFrame, a query. Another kind is a module here.

Whatever the source, what it gives goes through the same checks and is told about in the same words
(``planlib.figures.reading``).
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

import pandas as pd

from planlib.errors import refused, said
from planlib.figures.raw_table import RawTable
from planlib.figures.sources.addresses import AddressSource
from planlib.figures.sources.databases import QuerySource
from planlib.figures.sources.files import FileSource
from planlib.figures.sources.frames import FrameSource

if TYPE_CHECKING:
    from planlib.figures.sources.databases import Database, Query


class Source(Protocol):
    """One place figures come from."""

    @property
    def name(self) -> str:
        """What messages call it."""

    def raw(self, *, by_columns: bool = True) -> RawTable:
        """Its columns, of raw values; asked again, the same ones.

        ``by_columns`` says that a fast way may be taken that cannot tell in which row a fault is.
        """


Given: TypeAlias = str | PathLike[str] | pd.DataFrame | Source


def source_of(given: Given | Query, database: Database | None = None) -> Source:
    """The source of what a user gives; raises InputError for what is none.

    With a ``database`` it is a query. A text with ``://`` is an address, any other one a path.

    >>> source_of("figures.csv"), source_of("s3://office/figures.parquet")
    (FileSource(path=...Path('figures.csv')), AddressSource(address='s3://office/figures.parquet'))
    """
    if database is not None:
        return QuerySource(given, database)  # type: ignore[arg-type]
    if isinstance(given, pd.DataFrame):
        return FrameSource(given)
    if isinstance(given, str) and "://" in given:
        protocol, _, rest = given.partition("://")
        return FileSource(Path(rest)) if protocol in {"file", "local"} else AddressSource(given)
    if isinstance(given, str | PathLike):
        return FileSource(Path(given))
    if hasattr(given, "raw") and hasattr(given, "name"):
        return given
    message = said("figures.not-a-source", found=type(given).__name__)
    raise refused(message, hint=said("figures.sources-known"))
