"""The result of an SQL query as figures, through SQLAlchemy (``pip install 'planlib[sql]'``)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pandas as pd

from planlib.errors import InputError, Said, one_line, refused, said, without_secrets
from planlib.figures.raw_table import MOST_ROWS, RawTable
from planlib.figures.sources.frames import FrameSource

if TYPE_CHECKING:  # an extra
    from sqlalchemy import Connection, Engine, Executable

    Query = str | Executable
    Database = str | Engine | Connection

EXTRA = "pip install 'planlib[sql]'"
EXAMPLE = "figures.database-example"
# SQLAlchemy takes a name alone to mean another driver than the extra brings.
POSTGRESQL = {"postgres", "postgresql"}


@dataclass(frozen=True)
class QuerySource:
    """A query and the database it asks, as an address such as ``sqlite:///figures.db``, an engine or
    a connection. It is carried out once; messages name a row by its place in the result, from 1.
    """

    query: Query
    database: Database
    name: str = "figures (SQL)"

    @cached_property
    def _result(self) -> pd.DataFrame:
        with _connected(self.database) as connection:
            return _answer(connection, self.query, str(self.database))

    def raw(self, *, by_columns: bool = True) -> RawTable:
        """The columns of the result; what is wrong with their form is in ``problems``."""
        try:
            return FrameSource(self._result, self.name, first=1).raw(by_columns=by_columns)
        except InputError as error:
            return RawTable(self.name, problems=list(error.problems))


@contextmanager
def _connected(database: Database) -> Iterator[Connection]:
    """A connection, closed again if it was opened here. Raises InputError."""
    try:
        from sqlalchemy import Connection, NullPool, create_engine, make_url
        from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
    except ImportError:
        _refuse(said("figures.database-needs-sqlalchemy"), EXTRA)
    if isinstance(database, Connection):
        yield database
        return
    address = database if isinstance(database, str) else ""
    if isinstance(database, str):
        try:
            url = make_url(database)
            if url.drivername in POSTGRESQL:
                url = url.set(drivername="postgresql+psycopg")
            if url.drivername.startswith("sqlite"):
                _must_exist(url.database)
            database = create_engine(url, poolclass=NullPool)
        except NoSuchModuleError:
            _refuse(said("figures.database-unknown-kind", kind=url.drivername), said(EXAMPLE))
        except ArgumentError:
            _refuse(said("figures.database-not-an-address"), said(EXAMPLE))
        except ImportError as error:
            message = said("storage.needs-library-not-installed", protocol=url.drivername)
            _refuse(message, _words(error, address))
    try:
        connection = database.connect()
    except SQLAlchemyError as error:
        _refuse(said("figures.database-not-reached", reason=_words(error, address)))
    with connection:
        yield connection


def _must_exist(file: str | None) -> None:
    """SQLite makes a database where there is none, which would then lack every table."""
    if file and file != ":memory:" and not file.startswith("file:") and not Path(file).is_file():
        raise refused(said("figures.file-not-found"), file)


def _answer(connection: Connection, query: Query, address: str) -> pd.DataFrame:
    from sqlalchemy.exc import SQLAlchemyError

    try:
        if isinstance(query, str):
            # As it is written: neither % nor : is a place for a parameter.
            plain = {"no_parameters": True, "stream_results": True}
            result = connection.exec_driver_sql(query, execution_options=plain)
        else:
            result = connection.execute(query)
        if not result.returns_rows:
            _refuse(said("figures.query-gives-no-table"), said("figures.query-example"))
        rows = result.fetchmany(MOST_ROWS + 1)
        names = list(result.keys())
        result.close()
    except SQLAlchemyError as error:
        _refuse(said("figures.query-fails", reason=_words(error, address)))
    return pd.DataFrame(list(map(tuple, rows)), columns=names, dtype=object)


def _words(error: Exception, address: str) -> str:
    """What a database says, in its first line."""
    said_so = str(getattr(error, "orig", None) or error).strip()
    return one_line(without_secrets(said_so.split("\n")[0], address))


def _refuse(message: Said, hint: str | None = None) -> NoReturn:
    raise refused(message, QuerySource.name, hint=hint) from None
