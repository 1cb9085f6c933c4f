"""What must hold of the two frames: every problem found, each with its row and what was found.

Problems name columns as the frames do: ``columns`` says what they call those that the rules know.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from planlib.errors import InputError, Problem, Said, did_you_mean, said
from planlib.scoring.rules.results import Bools, Floats

OBSERVED = ("series", "year", "value")
WANTED = ("series", "base_year", "target", "target_year", "direction")
OPTIONAL = ("area", "limit", "worst", "every_year")
DIRECTIONS = {"increase": 1.0, "decrease": -1.0}
KNOWN = tuple(dict.fromkeys((*OBSERVED, *WANTED, *OPTIONAL)))
_FRAME = {"observations": "rules.observations", "targets": "rules.targets"}
_ROW = {"observations": "rules.observations-row", "targets": "rules.targets-row"}

# What the frames call a column that the rules know; the others are called as the rules call them.
Columns = Mapping[str, Hashable]


@dataclass
class _Given:
    """A frame under the names the rules know; ``columns`` are those it came with."""

    title: str
    frame: pd.DataFrame
    columns: Columns
    problems: list[Problem]

    def called(self, name: str) -> str:
        """What the frame itself calls a column."""
        return str(self.columns.get(name, name))

    def say(
        self, row: int | np.integer[Any], key: str, hint: Said | None = None, **facts: Any
    ) -> None:
        """A problem in a row, counted from 0 as pandas does."""
        subject = said(_ROW[self.title], row=int(row))
        self.problems.append(Problem(said(key, **facts), subject=subject, hint=hint))

    def say_cell(
        self,
        row: int | np.integer[Any],
        key: str,
        name: str,
        found: object = None,
        hint: Said | None = None,
    ) -> None:
        """A problem of one cell; ``found`` is what stands there."""
        self.say(row, key, hint, column=self.called(name), found=found)


def checked_observations(
    frame: pd.DataFrame,
    problems: list[Problem],
    key: tuple[str, ...],
    columns: Columns | None = None,
) -> dict[str, Any]:
    """The columns of the observations as arrays; problems are added to the list."""
    given = _given(frame, "observations", dict.fromkeys((*key, *OBSERVED)), problems, columns)
    if given is None:
        return {}
    frame = given.frame
    found: dict[str, Any] = {name: frame[name].to_numpy(object) for name in key if name != "year"}
    for name in found:
        _named(given, name, found[name])
    if problems:
        return {}
    found["year"] = _numbers(given, "year")
    found["value"] = _numbers(given, "value")
    _whole_years(given, "year", found["year"])
    again = frame.duplicated(list(key)).to_numpy()
    for row in np.flatnonzero(again):
        named = ", ".join(f"{given.called(name)} {frame[name].iloc[row]}" for name in key)
        hint = said("rules.keep-one-area") if "area" in frame else None
        given.say(row, "rules.second-figure", hint, named=named)
    return found


def checked_targets(
    frame: pd.DataFrame,
    problems: list[Problem],
    key: tuple[str, ...] = ("series",),
    columns: Columns | None = None,
) -> dict[str, Any]:
    """The columns of the targets as arrays; problems are added to the list."""
    given = _given(frame, "targets", dict.fromkeys((*key, *WANTED)), problems, columns)
    if given is None:
        return {}
    frame = given.frame
    found: dict[str, Any] = {name: frame[name].to_numpy(object) for name in key}
    before = len(problems)
    for name in key:
        _named(given, name, found[name])
    if len(problems) > before:
        return {}
    again = frame.duplicated(list(key)).to_numpy()
    for row in np.flatnonzero(again):
        named = ", ".join(str(frame[name].iloc[row]) for name in key)
        given.say(row, "rules.second-target", named=named)
    for name in ("base_year", "target", "target_year", "limit", "worst"):
        found[name] = _numbers(given, name) if name in frame else np.full(len(frame), np.nan)
    found["every_year"] = _flags(given)
    _whole_years(given, "base_year", found["base_year"])
    needs = ~np.isnan(found["target"]) & ~found["every_year"]
    years = np.where(~needs & np.isnan(found["target_year"]), 0.0, found["target_year"])
    _whole_years(given, "target_year", years)
    words = frame["direction"].to_numpy(object)
    found["sign"] = np.array([_direction(word) for word in words], np.float64)
    for row in np.flatnonzero(np.isnan(found["sign"])):
        hint = did_you_mean(str(words[row]), DIRECTIONS)
        given.say_cell(row, "rules.not-a-direction", "direction", repr(words[row]), hint)
    return found


def _direction(word: Any) -> float:
    return DIRECTIONS.get(word, np.nan) if isinstance(word, str) else np.nan


def checked_columns(columns: Columns | None, *frames: object) -> Columns:
    """What the frames call the columns; raises InputError for one that no rule knows or no frame has.

    >>> checked_columns({"serie": "indicator"})
    Traceback (most recent call last):
    ...
    planlib.errors.InputError: columns: no rule knows a column 'serie' (did you mean 'series'?)
    """
    held = [name for frame in frames if isinstance(frame, pd.DataFrame) for name in frame.columns]
    problems = []
    for name, column in (columns or {}).items():
        if name not in KNOWN:
            message = said("rules.unknown-column", column=name)
            known = said("rules.known-columns", names=", ".join(KNOWN))
            hint = did_you_mean(str(name), KNOWN) or known
            problems.append(Problem(message, subject="columns", hint=hint))
        elif name in OPTIONAL and column not in held:
            message = said("rules.no-frame-has-column", column=str(column))
            close = did_you_mean(str(column), map(str, held))
            problems.append(Problem(message, subject="columns", hint=close))
    if problems:
        raise InputError(problems)
    return columns or {}


def under_known_names(frame: pd.DataFrame, columns: Columns) -> pd.DataFrame:
    """The columns the rules know, under the names they have there.

    >>> own = pd.DataFrame({"indicator": ["a"], "series": ["not this"], "year": [2010]})
    >>> under_known_names(own, {"series": "indicator"}).to_dict("list")
    {'series': ['a'], 'year': [2010]}
    """
    names = {name: columns.get(name, name) for name in KNOWN}
    return pd.DataFrame({name: frame[column] for name, column in names.items() if column in frame})


def _given(
    frame: Any,
    title: str,
    wanted: dict[str, None],
    problems: list[Problem],
    columns: Columns | None,
) -> _Given | None:
    subject = said(_FRAME[title])
    if not isinstance(frame, pd.DataFrame):
        message = said("rules.must-be-dataframe", found=type(frame).__name__)
        problems.append(Problem(message, subject=subject))
        return None
    columns = columns or {}
    heads: list[Hashable] = list(frame.columns)
    known = dict.fromkeys(columns.get(name, name) for name in (*wanted, *OPTIONAL))
    twice = sorted({str(column) for column in known if heads.count(column) > 1})
    problems += [
        Problem(said("figures.column-stands-twice", column=name), subject=subject) for name in twice
    ]
    lacking = [str(column) for name in wanted if (column := columns.get(name, name)) not in heads]
    given = [str(head) for head in heads]
    for name in lacking:
        names = said("rules.columns-found", names=", ".join(given))
        hint = did_you_mean(name, given) or (names if given else said("rules.columns-none"))
        problems.append(
            Problem(said("rules.needs-column", column=name), subject=subject, hint=hint)
        )
    if twice or lacking:
        return None
    return _Given(title, under_known_names(frame, columns), columns, problems)


def _named(given: _Given, column: str, names: Any) -> None:
    """Names must be there, and be such that two of them can be told apart."""
    try:
        set(names)
    except TypeError:
        for row, name in enumerate(names):
            if not isinstance(name, Hashable):
                given.say_cell(row, "rules.not-a-name", column, type(name).__name__)
    for empty in np.flatnonzero(pd.isna(names)):
        given.say_cell(empty, "rules.empty", column)


def _numbers(given: _Given, name: str) -> Floats:
    """A column as floats. Text is refused even where it looks like a number: 1.200 may be either."""
    column = given.frame[name]
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        numbers = column.to_numpy(np.float64, na_value=np.nan)
    else:
        cells = column.to_numpy(object)
        empty = pd.isna(cells)
        numbers = np.full(len(cells), np.nan)
        for row, cell in enumerate(cells):
            if _is_number(cell):
                numbers[row] = _as_float(cell)
            elif not empty[row]:
                given.say_cell(row, "rules.not-a-number", name, repr(cell))
    for at in np.flatnonzero(np.isinf(numbers)):
        given.say_cell(at, "rules.not-finite", name, str(numbers[at]))
    return numbers


def _is_number(cell: Any) -> bool:
    return not isinstance(cell, (bool, np.bool_)) and isinstance(cell, (Real, Decimal))


def _as_float(cell: Any) -> float:
    try:
        return float(cell)
    except OverflowError:  # a whole number of more than 300 digits
        return np.inf


def _flags(given: _Given) -> Bools:
    """The column ``every_year``; empty is false."""
    flags = np.zeros(len(given.frame), bool)
    if "every_year" not in given.frame:
        return flags
    for row, cell in enumerate(given.frame["every_year"].to_numpy(object)):
        if isinstance(cell, (bool, np.bool_)):
            flags[row] = bool(cell)
        elif not pd.isna(cell):
            given.say_cell(row, "rules.not-true-or-false", "every_year", repr(cell))
    return flags


def _whole_years(given: _Given, column: str, years: Floats) -> None:
    with np.errstate(all="ignore"):
        bad = ~(np.isfinite(years) & (years == np.floor(years)) & (np.abs(years) < 1e6))
    for row in np.flatnonzero(bad):
        if np.isnan(years[row]):
            given.say_cell(row, "rules.whole-year-missing", column)
        elif not np.isinf(years[row]):  # said already
            given.say_cell(row, "rules.not-a-whole-year", column, f"{years[row]:g}")
