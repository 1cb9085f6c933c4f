"""What must hold of the two frames: every problem found, each with its row and what was found."""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from planlib.errors import Problem, did_you_mean
from planlib.scoring.rules.results import Bools, Floats

OBSERVED = ("series", "year", "value")
WANTED = ("series", "base_year", "target", "target_year", "direction")
OPTIONAL = ("area", "limit", "worst", "every_year")
DIRECTIONS = {"increase": 1.0, "decrease": -1.0}


def checked_observations(
    frame: pd.DataFrame, problems: list[Problem], key: tuple[str, ...]
) -> dict[str, Any]:
    """The columns of the observations as arrays; problems are added to the list."""
    if not _has_columns(frame, "observations", dict.fromkeys((*key, *OBSERVED)), problems):
        return {}
    found: dict[str, Any] = {name: frame[name].to_numpy(object) for name in key if name != "year"}
    for name in found:
        _named(found[name], "observations", name, problems)
    if problems:
        return {}
    found["year"] = _numbers(frame, "year", "observations", problems)
    found["value"] = _numbers(frame, "value", "observations", problems)
    _whole_years(found["year"], "observations", "year", problems)
    again = frame.duplicated(list(key)).to_numpy()
    for row in np.flatnonzero(again):
        named = ", ".join(f"{name} {frame[name].iloc[row]}" for name in key)
        hint = "keep one area, or use a rule that compares areas" if "area" in frame else None
        problems.append(_problem("observations", int(row), f"a second figure for {named}", hint))
    return found


def checked_targets(
    frame: pd.DataFrame, problems: list[Problem], key: tuple[str, ...] = ("series",)
) -> dict[str, Any]:
    """The columns of the targets as arrays; problems are added to the list."""
    if not _has_columns(frame, "targets", dict.fromkeys((*key, *WANTED)), problems):
        return {}
    found: dict[str, Any] = {name: frame[name].to_numpy(object) for name in key}
    before = len(problems)
    for name in key:
        _named(found[name], "targets", name, problems)
    if len(problems) > before:
        return {}
    again = frame.duplicated(list(key)).to_numpy()
    for row in np.flatnonzero(again):
        named = ", ".join(str(frame[name].iloc[row]) for name in key)
        problems.append(_problem("targets", int(row), f"a second target for {named}"))
    for name in ("base_year", "target", "target_year", "limit", "worst"):
        found[name] = (
            _numbers(frame, name, "targets", problems)
            if name in frame
            else np.full(len(frame), np.nan)
        )
    found["every_year"] = _flags(frame, problems)
    _whole_years(found["base_year"], "targets", "base_year", problems)
    needs = ~np.isnan(found["target"]) & ~found["every_year"]
    years = np.where(~needs & np.isnan(found["target_year"]), 0.0, found["target_year"])
    _whole_years(years, "targets", "target_year", problems)
    words = frame["direction"].to_numpy(object)
    found["sign"] = np.array([_direction(word) for word in words], np.float64)
    for row in np.flatnonzero(np.isnan(found["sign"])):
        hint = did_you_mean(str(words[row]), DIRECTIONS)
        text = f"'direction' must be increase or decrease, found {words[row]!r}"
        problems.append(_problem("targets", int(row), text, hint))
    return found


def _direction(word: Any) -> float:
    return DIRECTIONS.get(word, np.nan) if isinstance(word, str) else np.nan


def _problem(frame: str, row: int, text: str, hint: str | None = None) -> Problem:
    """A problem in a row of a frame, counted from 0 as pandas does."""
    return Problem(text, subject=f"{frame} row {row}", hint=hint)


def _has_columns(frame: Any, title: str, wanted: dict[str, None], problems: list[Problem]) -> bool:
    if not isinstance(frame, pd.DataFrame):
        text = f"must be a pandas DataFrame, found {type(frame).__name__}"
        problems.append(Problem(text, subject=title))
        return False
    given = [str(name) for name in frame.columns]
    twice = sorted({name for name in (*wanted, *OPTIONAL) if given.count(name) > 1})
    problems += [Problem(f"the column '{name}' stands twice", subject=title) for name in twice]
    lacking = [name for name in wanted if name not in given]
    for name in lacking:
        close = did_you_mean(name, given)
        found = close or f"found {', '.join(given) or 'none'}"
        problems.append(Problem(f"needs a column '{name}'", subject=title, hint=found))
    return not twice and not lacking


def _named(names: Any, title: str, column: str, problems: list[Problem]) -> None:
    """Names must be there, and be such that two of them can be told apart."""
    try:
        set(names)
    except TypeError:
        for row, name in enumerate(names):
            if not isinstance(name, Hashable):
                text = f"'{column}' must be a name, found a {type(name).__name__}"
                problems.append(_problem(title, row, text))
    empty = np.flatnonzero(pd.isna(names))
    problems += [_problem(title, int(row), f"'{column}' must not be empty") for row in empty]


def _numbers(frame: pd.DataFrame, name: str, title: str, problems: list[Problem]) -> Floats:
    """A column as floats. Text is refused even where it looks like a number: 1.200 may be either."""
    column = frame[name]
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
                text = f"'{name}' must be a number, found {cell!r}"
                problems.append(_problem(title, row, text))
    for at in np.flatnonzero(np.isinf(numbers)):
        text = f"'{name}' must be finite, found {numbers[at]}"
        problems.append(_problem(title, int(at), text))
    return numbers


def _is_number(cell: Any) -> bool:
    return not isinstance(cell, (bool, np.bool_)) and isinstance(cell, (Real, Decimal))


def _as_float(cell: Any) -> float:
    try:
        return float(cell)
    except OverflowError:  # a whole number of more than 300 digits
        return np.inf


def _flags(frame: pd.DataFrame, problems: list[Problem]) -> Bools:
    """The column ``every_year``; empty is false."""
    flags = np.zeros(len(frame), bool)
    if "every_year" not in frame:
        return flags
    for row, cell in enumerate(frame["every_year"].to_numpy(object)):
        if isinstance(cell, (bool, np.bool_)):
            flags[row] = bool(cell)
        elif not pd.isna(cell):
            text = f"'every_year' must be true or false, found {cell!r}"
            problems.append(_problem("targets", row, text))
    return flags


def _whole_years(years: Floats, title: str, column: str, problems: list[Problem]) -> None:
    with np.errstate(all="ignore"):
        bad = ~(np.isfinite(years) & (years == np.floor(years)) & (np.abs(years) < 1e6))
    for row in np.flatnonzero(bad):
        if not np.isinf(years[row]):  # said already
            found = "nothing" if np.isnan(years[row]) else f"{years[row]:g}"
            text = f"'{column}' must be a whole year, found {found}"
            problems.append(_problem(title, int(row), text))
