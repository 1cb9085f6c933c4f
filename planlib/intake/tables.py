"""Reads observations from CSV and Parquet: every problem with its file and line, all at once."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from planlib.errors import InputError, Problem, did_you_mean, said
from planlib.intake.figure_checks import check_figures
from planlib.model.observations import (
    COLUMNS,
    NUMBER_COLUMNS,
    OPTIONAL_COLUMNS,
    UNDATED,
    Observations,
    State,
    vintage_day,
)
from planlib.model.plan import Plan

REQUIRED = ("area", "goal", "year")
WORDS = ("area", "goal", "member", "source", "note", *OPTIONAL_COLUMNS)
_NUMBER = r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?"
_THOUSANDS = r"-?[1-9][0-9]{0,2}(\.[0-9]{3})*\.[0-9]{2}0"
MOST_PROBLEMS = 200  # a file wrong in every row is told so once, not a million times


@dataclass
class _Table:
    """One file on its way to a frame; ``row`` is the line of a CSV file, the row of Parquet."""

    path: Path
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    row: np.ndarray[Any, np.dtype[np.int32]] = field(default_factory=lambda: np.empty(0, np.int32))
    problems: list[Problem] = field(default_factory=list)

    def say(self, message: str, row: int | None = None, **more: Any) -> None:
        self.problems.append(Problem(message, str(self.path), row, **more))

    def say_rows(
        self, wrong: Any, column: str, template: str, hint: str | None = None, **facts: Any
    ) -> None:
        """One problem for each row where ``wrong`` holds, naming what was found."""
        values = self.frame[column]
        for position in np.flatnonzero(np.asarray(wrong, dtype=bool))[:MOST_PROBLEMS]:
            message = said(template, column=column, found=repr(str(values.iloc[position])), **facts)
            self.say(message, int(self.row[position]), hint=hint, column=column)


def read_observations(paths: Sequence[Path], plan: Plan) -> Observations:
    """The figures of all files, checked against the plan.

    Raises InputError with every problem of every file.
    """
    observations, problems = load_observations(paths, plan)
    if problems:
        raise InputError(problems)
    return observations


def load_observations(paths: Sequence[Path], plan: Plan) -> tuple[Observations, list[Problem]]:
    """The figures of all files, and every problem; the figures are whole only without problems."""
    problems: list[Problem] = []
    frames: list[pd.DataFrame] = []
    for path in paths:
        table = _read(path)
        if not table.problems:
            _convert(table)
        problems += table.problems
        if not table.problems:
            table.frame["file"] = pd.Categorical.from_codes(
                np.zeros(len(table.frame), np.int8), pd.Index([str(path)], dtype="object")
            )
            table.frame["row"] = table.row
            frames.append(table.frame)
    frame = _joined(frames)
    if not problems:
        problems += check_figures(frame, plan)
    return Observations(frame), problems


def _read(path: Path) -> _Table:
    table = _Table(path)
    try:
        if path.suffix.lower() == ".parquet":
            _read_parquet(table)
        elif path.suffix.lower() == ".csv":
            _read_csv(table)
        else:
            table.say(said("figures are read from .csv and .parquet files"))
    except OSError as error:
        reason = error.strerror or "not a file of its kind"
        table.say(said("cannot be read: {reason}", reason=reason))
    if not table.problems:
        known = (*COLUMNS, *OPTIONAL_COLUMNS)
        for name in table.frame.columns:
            if name not in known:
                hint = did_you_mean(str(name), known) or said(
                    "known columns: {known}", known=", ".join(known)
                )
                table.say(said("unknown column '{column}'", column=name), 1, hint=hint)
        for name in REQUIRED:
            if name not in table.frame.columns:
                table.say(said("the column '{column}' is missing", column=name), 1)
    return table


def _read_csv(table: _Table) -> None:
    rows: list[list[str]] = []
    lines: list[int] = []
    try:
        with table.path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = next(reader, None)
            if not header:
                hint = said("its first line is {columns}", columns=",".join(COLUMNS))
                table.say(said("the file is empty"), 1, hint=hint)
                return
            if len(header) == 1 and ";" in header[0]:
                table.say(said("columns are separated by commas, found semicolons"), 1)
                return
            for name in sorted({name for name in header if header.count(name) > 1}):
                table.say(said("the column '{column}' stands twice", column=name), 1)
            start = reader.line_num + 1
            for row in reader:
                if any(row):
                    if len(row) != len(header):
                        must = "must have {must} cells, found {found}"
                        table.say(said(must, must=len(header), found=len(row)), start)
                    rows.append(row)
                    lines.append(start)
                start = reader.line_num + 1
    except UnicodeDecodeError:
        hint = said("save as UTF-8; legacy Vietnamese encodings are not read")
        table.say(said("must be UTF-8 text"), hint=hint)
        return
    except csv.Error as error:
        table.say(said("not valid CSV: {reason}", reason=error), reader.line_num)
        return
    if not table.problems:
        columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in header]
        table.frame = pd.DataFrame(dict(zip(header, columns, strict=True)), dtype=object)
        table.row = np.asarray(lines, dtype=np.int32)


def _read_parquet(table: _Table) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        names = pq.read_schema(table.path).names
        texts = [name for name in names if name in {*WORDS, "vintage", "state"}]
        table.frame = pq.read_table(table.path, read_dictionary=texts).to_pandas()
    except pa.ArrowException as error:
        reason = str(error).splitlines()[0]
        table.say(said("not a Parquet file: {reason}", reason=reason))
        return
    table.row = np.arange(1, len(table.frame) + 1, dtype=np.int32)


def _convert(table: _Table) -> None:
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
        must = "'{column}' must be a date: 2013, 2013-12 or 2013-12-31, found {found}"
        _mapped(table, "vintage", vintage_day, must)
        frame["vintage"] = frame["vintage"].astype(np.int32)
    _state(table)


def _categorical(values: pd.Series[Any]) -> pd.Categorical:
    """Text as categories, an empty text for what is blank."""
    if not isinstance(values.dtype, pd.CategoricalDtype):
        values = values.astype("category")
    if values.isna().any():
        if "" not in values.cat.categories:
            values = values.cat.add_categories([""])
        values = values.fillna("")
    return pd.Categorical(values)


def _mapped(table: _Table, column: str, convert: Any, must: str, **facts: Any) -> None:
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


def _year(table: _Table) -> None:
    values = table.frame["year"]
    if values.dtype == object or isinstance(values.dtype, pd.CategoricalDtype | pd.StringDtype):
        text = values.astype("str").str.strip()
        wrong = ~text.str.fullmatch("[0-9]{4}")
        if wrong.any():
            table.say_rows(wrong, "year", "'{column}' must be a year of four digits, found {found}")
            return
        values = text.astype(np.int16)
    elif values.isna().any() or (values % 1 != 0).any():
        table.say_rows(
            values.isna() | (values % 1 != 0),
            "year",
            "'{column}' must be a whole number, found {found}",
        )
        return
    elif ((values < 0) | (values > 9999)).any():
        table.say_rows(
            (values < 0) | (values > 9999),
            "year",
            "'{column}' must be a year of four digits, found {found}",
        )
        return
    table.frame["year"] = values.astype(np.int16)


def _number(table: _Table, name: str) -> None:
    values = table.frame[name]
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        numbers = values.to_numpy(dtype=np.float64, na_value=np.nan)
    else:
        text = values.astype("str").where(values.notna(), "").str.strip()
        blank = text == ""
        wrong = ~blank & ~text.str.fullmatch(_NUMBER)
        doubtful = ~blank & text.str.fullmatch(_THOUSANDS)
        comma = wrong & text.str.contains(",", regex=False)
        must = "'{column}' must be a number, found {found}"
        table.say_rows(comma, name, must, said("write a decimal point and no separators"))
        table.say_rows(wrong & ~comma, name, must, said("leave the cell empty where missing"))
        doubt = said("thousands or decimals? write 1300 or 1.3")
        table.say_rows(doubtful & ~wrong, name, "'{column}' is in doubt, found {found}", doubt)
        text = text.where(~blank & ~wrong, "nan")
        numbers = text.to_numpy(dtype=np.float64)
    if np.isinf(numbers).any():
        table.say_rows(np.isinf(numbers), name, "'{column}' must be finite, found {found}")
    table.frame[name] = numbers


def _state(table: _Table) -> None:
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
    must = "'{column}' must be one of {known}, found {found}"
    _mapped(table, "state", states.__getitem__, must, known=names)
    codes = frame["state"].to_numpy().astype(np.int8)
    frame["state"] = np.where(codes < 0, default, codes)


def _joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
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
