"""Reads observations from any source: every problem with its file and line, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from planlib.errors import InputError, Problem
from planlib.figures.checks import check_figures
from planlib.figures.columns import convert_columns
from planlib.figures.groups import name_groups
from planlib.figures.observations import Observations
from planlib.figures.raw_table import RawTable, check_columns
from planlib.figures.sources import Given, Source, source_of
from planlib.figures.tables.periods import place_periods
from planlib.figures.tables.units import to_plan_units
from planlib.plan.plan import Plan


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
            name_groups(table, plan)
            table, misplaced = place_periods(table, plan)
            problems += misplaced
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
        convert_columns(table)
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


def joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Frames of figures below each other; their texts have the same categories afterwards."""
    if len(frames) == 1:
        return frames[0]
    if not frames:
        empty: dict[str, Any] = {name: pd.Categorical([]) for name in ("area", "goal", "file")}
        whole: dict[str, Any] = {
            "year": np.empty(0, np.int32), "vintage": np.empty(0, np.int32),
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
