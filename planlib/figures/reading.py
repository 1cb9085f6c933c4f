"""Reads observations from any source: every problem with its file and line, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from planlib.errors import InputError, Problem, said
from planlib.figures.checks import check_figures
from planlib.figures.csv_text import say_more
from planlib.figures.limits import LARGEST
from planlib.figures.observations import NUMBER_COLUMNS, UNDATED, Observations, State, vintage_day
from planlib.figures.raw_table import MOST_PROBLEMS, WORDS, RawTable, check_columns
from planlib.figures.sources import Given, Source, source_of
from planlib.figures.spreadsheet_text import unguarded
from planlib.figures.table_numbers import NUMBER, THOUSANDS, number_hint, plain_number
from planlib.figures.table_units import to_plan_units
from planlib.figures.typed.dates import NO_DATE, typed_date
from planlib.figures.typed.numbers import Unreadable
from planlib.plan.plan import Plan

NO_VINTAGE = "figures.vintage-not-a-date"


@dataclass(frozen=True, repr=False)
class UncheckedFigures:
    """Figures whose form is sound, not yet held against a plan; a table for each source."""

    tables: tuple[pd.DataFrame, ...]

    def for_plan(self, plan: Plan) -> Observations:
        """The figures, checked against the plan. Raises InputError with every problem."""
        none: list[Problem] = []
        tables = ((table.copy(deep=False), none) for table in self.tables)
        observations, problems = _held_against(tables, plan)
        if problems:
            raise InputError(problems)
        return observations

    def __repr__(self) -> str:
        rows = sum(len(table) for table in self.tables)
        return f"<UncheckedFigures: {rows} rows of {len(self.tables)} sources>"


def read_figures(given: Sequence[Given]) -> UncheckedFigures:
    """The figures of all sources, of whatever plan. Raises InputError with every problem of form."""
    tables = [_sound(source_of(one)) for one in given]
    problems = [problem for _, found in tables for problem in found]
    if problems:
        raise InputError(problems)
    return UncheckedFigures(tuple(frame for frame, _ in tables if frame is not None))


def read_observations(given: Sequence[Given], plan: Plan) -> Observations:
    """The figures of all sources, checked against the plan.

    Raises InputError with every problem of every source.
    """
    observations, problems = load_observations(given, plan)
    if problems:
        raise InputError(problems)
    return observations


def load_observations(given: Sequence[Given], plan: Plan) -> tuple[Observations, list[Problem]]:
    """The figures of all sources, and every problem; the figures are whole only without problems."""
    return _held_against((_sound(source_of(one)) for one in given), plan)


def _held_against(
    tables: Iterable[tuple[pd.DataFrame | None, list[Problem]]], plan: Plan
) -> tuple[Observations, list[Problem]]:
    problems: list[Problem] = []
    frames: list[pd.DataFrame] = []
    for table, found in tables:
        problems += found
        if table is not None:
            units = to_plan_units(table, plan)
            problems += units
            wrong = [problem.place for problem in units]
            frames.append(table[~table["row"].isin(wrong)] if units else table)
    frame = joined(frames)
    problems += check_figures(frame, plan)
    return Observations(frame), problems


def read_table(path: Path) -> tuple[pd.DataFrame, list[Problem]]:
    """The figures of one file and every problem of its form; not checked against a plan."""
    table = _read(source_of(path))
    return table.frame, table.problems


def _sound(source: Source) -> tuple[pd.DataFrame | None, list[Problem]]:
    """The rows of a source that can be read, None where it has no form, and every problem of it."""
    table = _read(source)
    problems = table.problems
    if problems:  # what is wrong with the other rows is told in the same go
        table = _without(source, table.wrong)
    return None if table.problems else table.frame, problems


def _read(source: Source) -> RawTable:
    table = _converted(source.raw())
    if table.problems:  # read again line by line, to say in which line
        table = _converted(source.raw(by_columns=False))
    return table


def _without(source: Source, wrong: set[int]) -> RawTable:
    """The same source without the rows that cannot be read."""
    table = source.raw(by_columns=False)
    if not table.problems:
        sound = ~np.isin(table.row, list(wrong))
        table.frame = table.frame[sound].reset_index(drop=True)
        table.row = table.row[sound]
    return _converted(table)


def _converted(table: RawTable) -> RawTable:
    if not table.problems:
        _convert(table)
    if not table.problems:
        _from_file(table)
    return table


def typed_frame(
    path: Path, columns: Mapping[str, Any], rows: Sequence[int] | None = None
) -> tuple[pd.DataFrame, list[Problem]]:
    """Columns of raw values as ``load_observations`` gives them, and every problem; not checked.

    ``rows`` are the numbers of the rows, counted from 1 without them. Numbers may be numbers
    already, or texts with a decimal point.
    """
    table = RawTable(str(path), pd.DataFrame(dict(columns)))
    numbers = np.arange(1, len(table.frame) + 1) if rows is None else np.asarray(rows)
    table.row = numbers.astype(np.int32)
    check_columns(table)
    _converted(table)
    return table.frame, table.problems


def _from_file(table: RawTable) -> None:
    """Add where each row comes from."""
    table.frame["file"] = pd.Categorical.from_codes(
        np.zeros(len(table.frame), np.int8), pd.Index([table.name], dtype="object")
    )
    table.frame["row"] = table.row


def _convert(table: RawTable) -> None:
    """Give every column its type in memory, in place."""
    frame = table.frame
    _year(table)
    for name in NUMBER_COLUMNS:
        if name in frame:
            _number(table, name)
    for name in WORDS:
        if name in frame:
            frame[name] = _categorical(frame[name])
    if "vintage" not in frame:
        frame["vintage"] = np.full(len(frame), UNDATED, np.int32)
    else:
        _vintage(table)
    _state(table)


def _categorical(values: pd.Series[Any]) -> pd.Categorical:
    """Text as categories, an empty text for what is blank."""
    if not isinstance(values.dtype, pd.CategoricalDtype):
        values = values.astype("category")
    if values.isna().any():
        if "" not in values.cat.categories:
            values = values.cat.add_categories([""])
        values = values.fillna("")
    column = pd.Categorical(values)
    texts = [unguarded(str(text)) for text in column.categories]
    if texts != list(column.categories):
        return pd.Categorical(pd.Series(texts, dtype="object").to_numpy()[column.codes])
    return column


def _mapped(table: RawTable, column: str, convert: Any, must: str, **facts: Any) -> None:
    """Replace texts by numbers, converting each different text once."""
    texts = _categorical(table.frame[column])
    numbers, wrong = [], set()
    for code, text in enumerate(texts.categories):
        try:
            numbers.append(convert(str(text).strip()))
        except (ValueError, KeyError):
            numbers.append(0)
            wrong.add(code)
    if wrong:
        table.say_rows(np.isin(texts.codes, list(wrong)), column, must, **facts)
    table.frame[column] = np.asarray(numbers, dtype=np.int64)[texts.codes]


def _vintage(table: RawTable) -> None:
    """Report dates as day numbers; ``vintage_text`` has them as exact as they were told."""
    told = _categorical(table.frame["vintage"])
    texts: list[str] = []
    for code, text in enumerate(told.categories):
        try:
            texts.append(typed_date(text) if str(text).strip() else "")
        except Unreadable as error:
            texts.append("")
            must, hint = error.fault, error.hint
            if must.key == NO_DATE:
                must, hint = said(NO_VINTAGE, column="vintage", found=repr(str(text))), None
            for position in np.flatnonzero(told.codes == code)[:MOST_PROBLEMS]:
                row = int(table.row[position])
                table.say(must, row, hint=hint, column="vintage")
    days = np.array([vintage_day(text) for text in texts], np.int32)
    table.frame["vintage"] = days[told.codes] if len(texts) else np.empty(0, np.int32)
    names, same = np.unique(np.array(texts, dtype=object), return_inverse=True)
    codes = same[told.codes] if len(texts) else told.codes
    table.frame["vintage_text"] = pd.Categorical.from_codes(codes, pd.Index(list(names)))


def _year(table: RawTable) -> None:
    values = table.frame["year"]
    if values.dtype == object or isinstance(values.dtype, pd.CategoricalDtype | pd.StringDtype):
        text = values.astype("str").str.strip()
        wrong = ~text.str.fullmatch("[0-9]{4}")
        if wrong.any():
            table.say_rows(wrong, "year", "figures.year-not-four-digits")
            return
        values = text.astype(np.int16)
    elif values.isna().any() or (values % 1 != 0).any():
        table.say_rows(values.isna() | (values % 1 != 0), "year", "figures.value-not-whole")
        return
    elif ((values < 0) | (values > 9999)).any():
        table.say_rows((values < 0) | (values > 9999), "year", "figures.year-not-four-digits")
        return
    table.frame["year"] = values.astype(np.int16)


def _number(table: RawTable, name: str) -> None:
    values = table.frame[name]
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        numbers = values.to_numpy(dtype=np.float64, na_value=np.nan)
    else:
        text = values.astype("str").where(values.notna(), "").str.strip()
        blank = text == ""
        wrong = ~blank & ~text.str.fullmatch(NUMBER)
        doubtful = ~blank & text.str.fullmatch(THOUSANDS)
        odd = set(text[wrong])  # each different text once
        plain = {told: plain_number(told, decimal_comma=table.decimal_comma) for told in odd}
        if odd:
            text = text.map(lambda told: plain.get(told) or told)
            wrong &= ~text.str.fullmatch(NUMBER)
        _say_no_numbers(table, name, np.flatnonzero(wrong))
        doubt = said("figures.thousands-decimals-write-1300")
        table.say_rows(doubtful & ~wrong, name, "figures.number-in-doubt", doubt)
        text = text.where(~blank & ~wrong, "nan")
        numbers = text.to_numpy(dtype=np.float64)
    if (np.abs(numbers) > LARGEST).any():
        table.say_rows(np.isinf(numbers), name, "figures.number-not-finite")
        large = np.isfinite(numbers) & (np.abs(numbers) > LARGEST)
        table.say_rows(large, name, "figures.number-too-large")
    table.frame[name] = numbers


def _say_no_numbers(table: RawTable, name: str, positions: Any) -> None:
    for position in positions[:MOST_PROBLEMS]:
        found = str(table.frame[name].iloc[position])
        must = said("figures.value-not-a-number", column=name, found=repr(found))
        table.say(must, int(table.row[position]), hint=number_hint(found), column=name)
    say_more(table.problems, len(positions) - MOST_PROBLEMS, table.name)


def _state(table: RawTable) -> None:
    """State codes; an empty state is measured where there is a number, else missing."""
    frame = table.frame
    numbers = [
        frame[name].to_numpy() for name in NUMBER_COLUMNS if name in frame and name != "assigned"
    ]
    known = np.zeros(len(frame), dtype=bool)
    for column in numbers:
        known |= ~np.isnan(column)
    default = np.where(known, State.measured, State.missing).astype(np.int8)
    if "state" not in frame:
        frame["state"] = default
        return
    states = {state.name: int(state) for state in State} | {"": -1}
    names = ", ".join(state.name for state in State)
    _mapped(table, "state", states.__getitem__, "figures.state-unknown", known=names)
    codes = frame["state"].to_numpy().astype(np.int8)
    frame["state"] = np.where(codes < 0, default, codes)


def joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Frames of figures below each other; their texts have the same categories afterwards."""
    if len(frames) == 1:
        return frames[0]
    if not frames:
        empty: dict[str, Any] = {name: pd.Categorical([]) for name in ("area", "goal", "file")}
        whole: dict[str, Any] = {
            "year": np.empty(0, np.int16), "vintage": np.empty(0, np.int32),
            "state": np.empty(0, np.int8), "row": np.empty(0, np.int32), "value": np.empty(0),
        }  # fmt: skip
        return pd.DataFrame(empty | whole)
    texts = {name for frame in frames for name in frame.columns if frame[name].dtype == "category"}
    for name in texts:
        columns = [frame[name] for frame in frames if name in frame]
        every = pd.Index([""]).append([column.cat.categories for column in columns]).unique()
        for frame in frames:
            if name in frame:
                frame[name] = frame[name].cat.set_categories(every)
            else:
                frame[name] = pd.Categorical([""] * len(frame), categories=every)
    return pd.concat(frames, ignore_index=True)
