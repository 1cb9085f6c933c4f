"""The table of a data package, or of CSV on the Web, read as its description says it is written.

A description may say what parts the cells, what columns are called, which words stand for no figure
and how numbers are written. Who does not listen takes 1.300 for 1.3, where it says that the point
parts thousands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from planlib.errors import InputError, Problem, refused, said
from planlib.exchange.standards.json_stat import read_json
from planlib.exchange.standards.packages import FIGURES
from planlib.figures.csv_text import MOST_SAID, CsvForm, CsvRows, read_csv_rows, say_more
from planlib.figures.tidy_rows import number_text

TABLES = (".csv", ".tsv", ".txt", ".tab")
TIDY = {"area", "goal"}  # the heads that tell planlib's own table among several
_NUMBERS = {"number", "integer", "decimal", "double", "float", "int", "long", "short",
            "nonNegativeInteger", "positiveInteger", "percentage"}  # fmt: skip
Record = Mapping[str, Any]


@dataclass(frozen=True)
class DescribedColumn:
    """A column as it is described: its name, its words for no figure, and how its numbers stand."""

    name: str = ""
    empty: frozenset[str] = frozenset()
    number: bool = False
    decimal: str = "."
    group: str = ""

    @property
    def special(self) -> bool:
        """Whether its numbers are written in a way of their own."""
        return self.number and (self.decimal, self.group) != (".", "")

    def plain(self, cell: str) -> str | None:
        """A cell as planlib writes it; None for what the description says can be no number.

        >>> euro = DescribedColumn("value", number=True, decimal=",", group=".")
        >>> euro.plain("1.300,5"), euro.plain("1.300"), euro.plain("1.30"), euro.plain("")
        ('1300.5', '1300', None, '')
        """
        if cell in self.empty:
            return ""
        if not self.special or not cell.strip():
            return cell
        groups = rf"|\d{{1,3}}(?:{re.escape(self.group)}\d{{3}})+" if self.group else ""
        form = rf"[+-]?(?:\d+{groups})(?:{re.escape(self.decimal)}\d+)?(?:[eE][+-]?\d+)?"
        if not re.fullmatch(form, cell.strip()):
            return None
        whole = cell.strip().replace(self.group, "") if self.group else cell.strip()
        return whole.replace(self.decimal, ".")


@dataclass(frozen=True)
class DescribedTable:
    """A table: where its rows are, and what is said of them."""

    parts: tuple[Path, ...]
    given: tuple[Any, ...]
    columns: tuple[DescribedColumn, ...]
    form: CsvForm
    headed: bool = True


def read_described(record: Record, described: Path, *, mapped: bool) -> CsvRows:
    """The rows of the one table of figures that a description names, below their heads.

    ``mapped`` leaves the heads as the file has them. Raises InputError where it names none, several
    or one elsewhere, and with every number that is not written as it says.
    """
    table = _table(_chosen(record, described), record, described)
    read, places = _rows(table, described)
    if read.problems or not read.rows:
        raise InputError(read.problems or [Problem(said("plan.file-empty"), read.file)])
    names = [column.name for column in table.columns]
    if not table.headed:
        read.rows[:0], read.lines = [names], [1, *(line + 1 for line in read.lines)]
        places[:0] = [(read.file, 1)]
    at = read.head(name for name in names if name) or 0
    heads = [cell.strip() for cell in read.rows[at]]
    columns = _in_order(table.columns, heads)
    strange = [column for column in table.columns if column.special and column not in columns]
    if strange:  # else its numbers would be read as if nothing were said of them
        message = said("excel.no-column-headed", head=repr(strange[0].name))
        raise refused(message, *places[at])
    if not mapped and not {*names} & {*heads} and len(names) == len(heads) and {*names} >= TIDY:
        read.rows[at] = names
    problems: list[Problem] = []
    for place, row in zip(places[at + 1 :], read.rows[at + 1 :], strict=True):
        for index, (column, cell) in enumerate(zip(columns, row, strict=False)):
            plain = column.plain(cell)
            if plain is None:
                told = said("figures.value-not-a-number", column=heads[index], found=repr(cell))
                hint = said("exchange.number-as-described",
                            decimal=column.decimal, group=column.group)  # fmt: skip
                problems.append(Problem(told, *place, hint=hint))
            else:
                row[index] = plain
    if problems:
        shown = problems[:MOST_SAID]
        say_more(shown, len(problems) - MOST_SAID, read.file)
        raise InputError(shown)
    return read


def _in_order(columns: Sequence[DescribedColumn], heads: Sequence[str]) -> list[DescribedColumn]:
    """What is said of the column below each head: by its name, else by its place."""
    known = {column.name: column for column in columns if column.name}
    by_place = columns if len(columns) == len(heads) else [DescribedColumn()] * len(heads)
    return [known.get(head, one) for head, one in zip(heads, by_place, strict=True)]


def _chosen(record: Record, described: Path) -> Record:
    """The one description of a table of figures."""
    named = _listed(record, "resources", "tables") if "url" not in record else [record]
    tables = [one for one in named if isinstance(one, dict) and _is_table(one)]
    if len(tables) > 1:
        tables = [one for one in tables if _places(one) == [FIGURES]] or tables
    if len(tables) > 1:
        tables = [one for one in tables if _names(one, record, described) >= TIDY] or tables
    if len(tables) != 1:
        hint = said("exchange.package-name-table")
        raise refused(said("exchange.package-tables", found=len(tables)), described, hint=hint)
    return tables[0]


def _names(one: Record, record: Record, described: Path) -> set[str]:
    """What the columns of a table are called: as it is described, else as its file says."""
    told = {column.name for column in _columns(one, record, described)}
    if told or not _places(one):
        return told
    try:
        rows = read_csv_rows(_beside(_places(one)[0], described)).rows
    except InputError:  # told when it is the one that is read
        return told
    return {cell.strip() for cell in rows[0]} if rows else told


def _is_table(one: Record) -> bool:
    places = _places(one)
    plain = bool(places) and all(place.lower().endswith(TABLES) for place in places)
    return plain or (isinstance(one.get("data"), list) and bool(one["data"]))


def _places(one: Record) -> list[str]:
    found = one.get("path", one.get("url"))
    places = found if isinstance(found, list) else [found]
    return [place for place in places if isinstance(place, str)]


def _table(one: Record, record: Record, described: Path) -> DescribedTable:
    columns = tuple(_columns(one, record, described))
    dialect = _told(record, "dialect") | _told(one, "dialect")
    more = _told(dialect, "csv") | dialect  # where Frictionless has them since its version 5
    encoding = one.get("encoding") or more.get("encoding")
    form = CsvForm(_sign(more.get("delimiter")), encoding if isinstance(encoding, str) else None,
                   _sign(more.get("commentChar") or more.get("commentPrefix")))  # fmt: skip
    headed = more.get("header") is not False and more.get("headerRowCount") != 0
    parts = tuple(_beside(place, described) for place in _places(one))
    given = () if parts else tuple(one["data"])
    return DescribedTable(
        parts, given, columns, form, headed or isinstance([*given, None][0], dict)
    )


def _listed(record: Record, *keys: str) -> list[Any]:
    """What stands under the first of the keys that holds a list."""
    return next((record[key] for key in keys if isinstance(record.get(key), list)), [])


def _told(record: Record, key: str) -> dict[str, Any]:
    found = record.get(key)
    return found if isinstance(found, dict) else {}


def _sign(found: object) -> str | None:
    if not isinstance(found, str) or len(found) != 1:
        return None
    return None if found.isalnum() or found in '"\r\n' else found


def _beside(place: str, described: Path) -> Path:
    path = PurePosixPath(place)
    if path.is_absolute() or ".." in path.parts or "://" in place:
        raise refused(said("exchange.package-elsewhere", found=place[:100]), described)
    return described.parent / path


def _columns(one: Record, record: Record, described: Path) -> Iterator[DescribedColumn]:
    """What a resource of a package, or a table of CSV on the Web, says of its columns."""
    schema = one.get("schema", one.get("tableSchema", record.get("tableSchema")))
    if isinstance(schema, str):  # it stands in a file of its own
        schema = read_json(_beside(schema, described))
    if not isinstance(schema, dict):
        return
    for told in _listed(schema, "fields", "columns"):
        if isinstance(told, dict):
            yield _column([told, schema, one, record])


def _column(around: Sequence[Record]) -> DescribedColumn:
    """A column from what is said of it and, where it is silent, of what it stands in."""
    told: dict[str, Any] = {**around[0]}
    kind = told.get("type", told.get("datatype"))
    base = kind.get("base", "") if isinstance(kind, dict) else kind
    form = kind.get("format") if isinstance(kind, dict) else None
    signs = told | (form if isinstance(form, dict) else {})
    words_for = [one[key] for one in around for key in ("missingValues", "null") if key in one]
    empty: Any = words_for[0] if words_for else []
    words = empty if isinstance(empty, list) else [empty]
    return DescribedColumn(
        name=str(told.get("name", "")),
        empty=frozenset(str(one.get("value", "") if isinstance(one, dict) else one) for one in words),
        number=isinstance(base, str) and base in _NUMBERS,
        decimal=_sign(signs.get("decimalChar")) or ".",
        group=_sign(signs.get("groupChar")) or "",
    )  # fmt: skip


def _rows(table: DescribedTable, described: Path) -> tuple[CsvRows, list[tuple[str, int]]]:
    """The rows of all parts of a table, without the heads of further parts, and where each is from."""
    names = [column.name for column in table.columns if column.name]
    parts = [read_csv_rows(part, names, table.form) for part in table.parts]
    first, *rest = parts or [_given_rows(table, described)]
    places = [(first.file, line) for line in first.lines]
    for read in rest:
        again = int(table.headed and read.rows[:1] == first.rows[:1])
        last = first.lines[-1] if first.lines else 0
        first.rows += read.rows[again:]
        first.lines += [last + line - again for line in read.lines[again:]]
        first.problems += read.problems
        places += [(read.file, line) for line in read.lines[again:]]
    return first, places


def _given_rows(table: DescribedTable, described: Path) -> CsvRows:
    """Rows that stand in the description itself, as lists or as mappings."""
    read = CsvRows(str(described))
    heads = [column.name for column in table.columns]
    for one in table.given:
        if isinstance(one, dict):
            heads = heads or [*one]
            read.rows += [] if read.rows else [[*heads]]
            read.rows.append([_cell(one.get(head)) for head in heads])
        elif isinstance(one, list):
            read.rows.append([_cell(cell) for cell in one])
    read.lines = [*range(1, len(read.rows) + 1)]
    return read


def _cell(found: object) -> str:
    if found is None:
        return ""
    if isinstance(found, int | float) and not isinstance(found, bool):
        return number_text(float(found))
    return str(found)
