"""Reads a table of one's own as series for the published rules: CSV, a workbook or Parquet.

One row is a figure of a series in a year. Its target stands in the same row, in a table of its own
(``OwnTables.targets``), or holds of every row (``OwnTables.every_row``). Rows of a series may leave out
what another of its rows says; two rows that say two things are a problem. A row without a year and
without a value says a target only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from planlib.errors import InputError, Problem, Said, did_you_mean, said, some_of
from planlib.excel.sheets.csv_book import refuse_wide_rows
from planlib.excel.sheets.table import SEARCHED, SheetTable
from planlib.excel.workbook.sheet_cells import SheetCells
from planlib.excel.workbook.sheets import OfficeBook
from planlib.exchange.table.opening import open_any_table
from planlib.exchange.table.row import text_of
from planlib.figures.limits import LARGEST
from planlib.figures.tables.numbers import number_hint, plain_number
from planlib.figures.typed.office_words import answer_of
from planlib.language.typed.words import folded, typed
from planlib.scoring.rules.every import SeriesTable

NAMES = ("area", "indicator", "series", "group")
FIGURES = ("year", "value")
NEEDED = ("base_year", "target", "target_year", "direction")
OPTIONAL = ("limit", "worst", "every_year")
NUMBERS = ("base_year", "target", "target_year", "limit", "worst")
YEARS = ("year", "base_year", "target_year")
KNOWN = (*NAMES, *FIGURES, *NEEDED, *OPTIONAL)
Key = tuple[str, str, str]  # area, indicator, series
Cell = str | float | bool | None


@dataclass(frozen=True)
class OwnTables:
    """A table of figures, that of their targets where it is another, and what they call things.

    ``columns`` are the heads of what is called otherwise than here; ``every_row`` is what holds of
    every row, as typed.
    """

    figures: Path
    targets: Path | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    every_row: Mapping[str, str] = field(default_factory=dict)


def read_series(tables: OwnTables) -> SeriesTable:
    """The series and their targets. Raises InputError with every problem, at its line or cell."""
    reader = _SeriesReader(tables)
    own = (*NAMES, *NEEDED, *OPTIONAL)
    if tables.targets is None:
        reader.take(tables.figures, (*own, *FIGURES), (*FIGURES, *NEEDED))
    else:
        # A series is told apart in both tables, its target in the second alone.
        reader.take(tables.figures, (*NAMES, *FIGURES), FIGURES)
        reader.take(tables.targets, own, NEEDED)
    return reader.table()


class _Place(NamedTuple):
    """Where something stands: the file, and its line or cell."""

    file: str
    at: str | None = None

    def problem(self, message: Said, hint: Said | None = None) -> Problem:
        at = int(self.at) if self.at and self.at.isdecimal() else self.at
        return Problem(message, self.file, at, hint=hint)


@dataclass
class _SeriesReader:
    tables: OwnTables
    problems: list[Problem] = field(default_factory=list)
    figures: dict[tuple[Key, int], tuple[float, _Place]] = field(default_factory=dict)
    told: dict[Key, dict[str, tuple[Cell, _Place]]] = field(default_factory=dict)
    seen: dict[Key, _Place] = field(default_factory=dict)  # the series, where they first stand
    heads: dict[str, str] = field(default_factory=dict)  # what the tables call each column

    def __post_init__(self) -> None:
        columns, every_row = self.tables.columns, self.tables.every_row
        self.heads = {name: columns.get(name, name) for name in KNOWN}
        for option, given, known in (
            ("--columns", columns, KNOWN), ("--every-row", every_row, (*NEEDED, *OPTIONAL)),
        ):  # fmt: skip
            for name in given:
                if name not in known:
                    names = said("rules.known-columns", names=", ".join(known))
                    message = said("exchange.series-unknown", column=name)
                    self._say(_Place(option), message, did_you_mean(name, known) or names)
        place = _Place("--every-row")
        for name in columns.keys() & every_row.keys():
            self._say(place, said("exchange.series-said-twice", column=name))
        if not self.problems:
            self.shared = {name: self._value(name, one, place) for name, one in every_row.items()}
        if self.problems:
            raise InputError(self.problems)

    def _say(self, place: _Place, message: Said, hint: Said | None = None) -> None:
        self.problems.append(place.problem(message, hint))

    def take(self, path: Path, possible: Iterable[str], needed: Iterable[str]) -> None:
        """Take the rows of a file; what it lacks is a problem that tells which heads it has."""
        book, comma = open_any_table(path)
        heads = {self.heads[name]: name for name in possible}
        found = [
            one for sheet in book.sheets if not sheet.hidden if (one := _heads(path, sheet, heads))
        ]
        most = max((len(table.columns) for table in found), default=0)
        best = [table for table in found if len(table.columns) == most]
        if len(best) > 1:
            names = some_of(table.sheet.name for table in best)
            message = said("excel.several-sheets-with-heads", n=len(best), names=names)
            self._say(_Place(str(path)), message, said("exchange.series-one-sheet"))
            return
        table = best[0] if best else None
        if table is None or (lost := self._lost(table, possible, needed)):
            lost = list(needed) if table is None else lost
            sheet, head = (table.sheet, table.head) if table else (book.sheets[0], 0)
            self._lacks(path, lost, [sheet.text(head, at) for at in range(sheet.width(head))])
            return
        for name in self.tables.every_row.keys() & table.columns.keys():
            self._say(_Place(str(path)), said("exchange.series-said-twice", column=name))
        refuse_wide_rows(path, table.sheet, table.head)
        table.book = book
        for row in table.rows():
            self._row(table, row, decimal_comma=comma)
        self.problems += table.problems

    def _lost(self, table: SheetTable, possible: Iterable[str], needed: Iterable[str]) -> list[str]:
        """The columns a table must have and has not: needed ones, named ones, one that names."""
        named = (
            () if self.tables.targets else [one for one in possible if one in self.tables.columns]
        )
        lost = [one for one in (*needed, *named) if one not in {*table.columns, *self.shared}]
        if not {"indicator", "series"} & table.columns.keys():
            lost.insert(0, "series" if "series" in self.tables.columns else "indicator")
        return list(dict.fromkeys(lost))

    def _lacks(self, path: Path, lost: Iterable[str], names: Iterable[str]) -> None:
        listed = some_of(filter(None, names))
        for name in lost:
            message = said("exchange.series-column-lacking", head=repr(self.heads[name]))
            key = "exchange.series-heads-found"
            if name in (*NEEDED, *OPTIONAL):
                key = "exchange.series-heads-found-or-all"
            self._say(_Place(str(path)), message, said(key, names=listed, column=name))

    def _row(self, table: SheetTable, row: int, *, decimal_comma: bool) -> None:
        cells = table.given(row, table.columns)
        places = {name: _Place(str(table.book.path), cell.place) for name, cell in cells.items()}
        indicator, series = text_of(cells, "indicator"), text_of(cells, "series")
        values = {
            name: self._value(name, cell.value, places[name], decimal_comma=decimal_comma)
            for name, cell in cells.items() if name not in NAMES
        }  # fmt: skip
        if not (indicator or series):
            if values:
                self._say(next(iter(places.values())), said("exchange.no-indicator"))
            return
        key = text_of(cells, "area"), indicator or series, series if indicator else ""
        terms = {name: value for name, value in values.items() if name not in FIGURES}
        if "group" in cells:
            terms["group"] = text_of(cells, "group")
        for name, term in terms.items():
            if term is not None:
                self._tell(key, name, term, places[name])
        if "value" in cells and "year" not in cells:
            self._say(places["value"], said("rules.whole-year-missing", column=self.heads["year"]))
        year, value = values.get("year"), values.get("value")
        if isinstance(year, float) and isinstance(value, float):
            self._figure(key, int(year), value, places["value"])

    def _figure(self, key: Key, year: int, value: float, place: _Place) -> None:
        self.seen.setdefault(key, place)
        first = self.figures.setdefault((key, year), (value, place))[1]
        if first is not place:
            message = said("rules.second-figure", named=_named(key, str(year)))
            self._say(place, message, said("exchange.series-also-at", place=str(first.at)))

    def _tell(self, key: Key, name: str, value: Cell, place: _Place) -> None:
        before, first = self.told.setdefault(key, {}).setdefault(name, (value, place))
        if before != value:
            facts = {"found": _shown(value), "before": _shown(before), "place": str(first.at)}
            column = self.heads[name]
            self._say(place, said("exchange.series-differs", column=column, **facts))

    def _value(
        self, name: str, given: object, place: _Place, *, decimal_comma: bool = False
    ) -> Cell:
        """What a cell says; None where it is empty or a problem was told."""
        column, text = self.heads[name], given.strip() if isinstance(given, str) else given
        if text == "":
            return None
        number = _number(text, decimal_comma=decimal_comma)
        if name == "direction":
            if (way := _direction(str(text))) is None:
                self._say(place, said("rules.not-a-direction", column=column, found=repr(text)))
            return way
        if name == "every_year":
            answer = answer_of(str(text) if number is None else f"{number:g}")
            if answer is None:
                self._say(place, said("rules.not-true-or-false", column=column, found=repr(text)))
            return None if answer is None else bool(answer)
        if number is None or not abs(number) <= LARGEST:
            hint = number_hint(str(text)) if number is None and name not in YEARS else None
            self._say(place, said("rules.not-a-number", column=column, found=repr(text)), hint)
            return None
        if name in YEARS and not (number.is_integer() and 1 <= number <= 9999):
            found = f"{number:g}"
            self._say(place, said("rules.not-a-whole-year", column=column, found=found))
            return None
        return number

    def table(self) -> SeriesTable:
        """What was read. Raises InputError with every problem."""
        if not self.seen and not self.problems:
            self._say(_Place(str(self.tables.figures)), said("exchange.series-none"))
        kinds = {key[1:] for key in self.seen}
        for key, terms in self.told.items():  # a target without a figure is answered too
            if key not in self.seen and (key[0] or key[1:] not in kinds):
                self.seen[key] = next(iter(terms.values()))[1]
        rows = [self._target(key, place) for key, place in self.seen.items() if not self.problems]
        if wrong := [problem for row in rows for problem in row.pop("problems")]:
            self.problems += wrong
        if self.problems:
            raise InputError(self.problems)
        targets = pd.DataFrame(rows).astype(dict.fromkeys(NUMBERS, float))
        number = {key: at for at, key in enumerate(self.seen)}
        seen = [(number[key], year, value) for (key, year), (value, _) in self.figures.items()]
        return SeriesTable(pd.DataFrame(seen, columns=["series", "year", "value"]), targets)

    def _target(self, key: Key, place: _Place) -> dict[str, Any]:
        """A series' row of targets, with what is wrong with it; told of its area or of them all."""
        told = self.told.get(("", *key[1:]), {}) | self.told.get(key, {})
        terms = {name: value for name, (value, _) in told.items()} | self.shared
        wanted = ["base_year", "direction"]
        if terms.get("target") is not None and not terms.get("every_year"):
            wanted.append("target_year")
        wrong = [
            place.problem(said("exchange.series-lacks", column=self.heads[name], named=_named(key)))
            for name in wanted if terms.get(name) is None
        ]  # fmt: skip
        if self.tables.targets and not told and wrong:
            wrong = [place.problem(said("exchange.series-without-target", named=_named(key)))]
        area, indicator, name = key
        who = {"area": area, "indicator": indicator, "name": name, "group": ""}
        return who | dict.fromkeys(NUMBERS) | terms | {"problems": wrong}


def _heads(path: Path, sheet: SheetCells, heads: Mapping[str, str]) -> SheetTable | None:
    """The table under the row that has most of the heads; the first such row."""
    wanted = {folded(head): name for head, name in heads.items()}
    best = SheetTable(OfficeBook(path, []), sheet, 0, {})
    for row in range(min(len(sheet.rows), SEARCHED)):
        columns: dict[str, int] = {}
        twice = []
        for at in range(sheet.width(row)):
            name = wanted.get(folded(sheet.text(row, at)))
            if name in columns:
                message = said("figures.column-stands-twice", column=sheet.text(row, at))
                twice.append(_Place(str(path), sheet.place(row, at)).problem(message))
            elif name is not None:
                columns[name] = at
        if len(columns) > len(best.columns):
            best.head, best.columns = row, columns
            best.problems = twice
    return best if best.columns else None


def _number(given: object, *, decimal_comma: bool) -> float | None:
    if isinstance(given, int | float):
        return float(given)
    plain = plain_number(given, decimal_comma=decimal_comma) if isinstance(given, str) else None
    return None if plain is None else float(plain)


def _direction(text: str) -> str | None:
    """The way that counts as good, in the words of any language."""
    ways = {one: way for way in ("increase", "decrease") for one in typed(f"direction.{way}")}
    return {folded(word): way for word, way in ways.items()}.get(folded(text))


def _named(*parts: str | Key) -> str:
    names = [one for part in parts for one in ((part,) if isinstance(part, str) else part)]
    return ", ".join(filter(None, names))


def _shown(value: Cell) -> str:
    return f"{value:g}" if isinstance(value, float) else repr(value)
