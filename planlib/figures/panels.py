"""Reads a tidy panel (indicator, area, year, value) to test forecasts on; all problems at once."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from planlib.errors import InputError, Problem, did_you_mean, said
from planlib.figures.csv_text import read_csv_rows, say_more
from planlib.figures.limits import LARGEST
from planlib.figures.tables.numbers import NUMBER as PLAIN
from planlib.figures.tables.numbers import plain_number

REQUIRED = ("indicator", "area", "year", "value")
OPTIONAL = ("target", "better", "low", "high")
LEAST_POINTS = 4  # three known points and one to forecast
SAID = 20  # problems of one kind that are told one by one
HEADER = ",".join(REQUIRED)
NUMBER = re.compile(PLAIN)


def read_panel(path: Path) -> pd.DataFrame:
    """The panel as a frame; its index is the line in the file.

    Columns ``indicator, area`` (text), ``year`` (whole), ``value`` (a number, or empty: such rows
    are left out), and where the file has them ``target``, ``low`` and ``high`` (numbers or empty)
    and ``better`` (higher, lower or empty). Other columns are left alone. Raises InputError with
    every problem found: file and line, what must hold, what was found.
    """
    problems: list[Problem] = []
    frame, decimal_comma = _text(path, problems)
    if not problems:
        lacking = [name for name in REQUIRED if name not in frame]
        for name in lacking:
            hint = did_you_mean(name, [str(c) for c in frame.columns]) or said(
                "figures.needs-column", head=HEADER
            )
            message = said("figures.column-missing", column=name)
            problems.append(Problem(message, str(path), 1, hint=hint))
    if not problems:
        _convert(frame, str(path), problems, decimal_comma=decimal_comma)
    if not problems:
        frame = frame[frame["value"].notna()]
        _whole(frame, str(path), problems)
    if problems:
        raise InputError(problems)
    return frame


def _text(path: Path, problems: list[Problem]) -> tuple[pd.DataFrame, bool]:
    """The cells as text by the line their row begins on, and whether a comma may be a decimal one."""
    if not os.path.lexists(path):
        problems.append(Problem(said("figures.file-not-found"), str(path)))
        return pd.DataFrame(), False
    try:
        read = read_csv_rows(path, REQUIRED)
    except InputError as error:
        problems += error.problems
        return pd.DataFrame(), False
    if not read.rows:
        needs = said("figures.needs-column", head=HEADER)
        problems += [replace(problem, hint=needs) for problem in read.problems]
        return pd.DataFrame(), False
    names, rows, lines = read.table(read.head(REQUIRED) or 0)
    problems += read.problems
    if problems:
        return pd.DataFrame(), False
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in names]
    frame = pd.DataFrame(dict(zip(names, columns, strict=True)), dtype="str")
    frame.index = pd.Index(lines, dtype="int64")
    return frame, read.decimal_comma


def _convert(
    frame: pd.DataFrame, file: str, problems: list[Problem], *, decimal_comma: bool
) -> None:
    for name in ("indicator", "area"):
        frame[name] = frame[name].str.strip()
        _say(frame, frame[name] == "", name, "figures.column-empty", file, problems)
    text = frame["year"].str.strip()
    wrong = ~text.str.fullmatch("[0-9]{4}")
    _say(frame, wrong, "year", "figures.year-not-four-digits", file, problems)
    far = ~wrong & ~text.str.fullmatch("(1[89]|2[01])[0-9]{2}")
    _say(frame, far, "year", "figures.panel-year-out-of-range", file, problems)
    if not wrong.any():
        frame["year"] = text.astype(np.int64)
    for name in ("value", "target", "low", "high"):
        if name not in frame:
            continue
        text = frame[name].str.strip()
        plain = {
            cell: cell
            if NUMBER.fullmatch(cell)
            else plain_number(cell, decimal_comma=decimal_comma)
            for cell in set(text)
        }
        numbers = text.map(lambda cell, plain=plain: float(plain[cell] or "nan")).astype(float)
        wrong = (text != "") & ~(numbers.abs() <= LARGEST)
        _say(frame, wrong, name, "figures.panel-value-not-a-number", file, problems)
        frame[name] = numbers.astype(np.float64)
    if "better" in frame:
        text = frame["better"].str.strip()
        wrong = ~text.isin(["", "higher", "lower"])
        _say(frame, wrong, "better", "figures.better-unknown", file, problems)
        frame["better"] = text.where(text != "")


def _whole(frame: pd.DataFrame, file: str, problems: list[Problem]) -> None:
    """What can only be told of the panel as a whole."""
    twice = frame.duplicated(["indicator", "area", "year"])
    for line in frame.index[twice][:SAID]:
        row = frame.loc[line]
        same = (frame["indicator"] == row["indicator"]) & (frame["area"] == row["area"])
        first = frame.index[same & (frame["year"] == row["year"])][0]
        facts = {name: str(row[name]) for name in ("indicator", "area", "year")}
        message = said("figures.stands-twice-first-line", line=int(first), **facts)
        problems.append(Problem(message, file, int(line)))
    say_more(problems, int(twice.sum()) - SAID, file)
    if problems:
        return
    for column in ("low", "high", "better"):
        if column in frame:
            kinds = frame.groupby("indicator")[column].nunique()
            for name in kinds.index[kinds > 1]:
                text = said("figures.differs-within-indicator", column=column)
                subject = said("figures.indicator-subject", indicator=str(name))
                problems.append(Problem(text, file, subject=subject))
    if {"low", "high"} <= set(frame.columns):
        lines = frame.index[frame["low"] >= frame["high"]][:SAID]
        less = said("figures.low-not-less-than-high")
        problems += [Problem(less, file, int(line)) for line in lines]
    if "low" in frame:
        _say(frame, frame["value"] < frame["low"], "value", "figures.outside-low", file, problems)
    if "high" in frame:
        _say(frame, frame["value"] > frame["high"], "value", "figures.outside-high", file, problems)
    points = frame.groupby(["indicator", "area"]).size()
    if not len(points) or points.max() < LEAST_POINTS:
        found = int(points.max()) if len(points) else 0
        message = said("figures.no-series-long-enough", n=LEAST_POINTS, found=found)
        problems.append(Problem(message, file))
    elif frame["area"].nunique() < 2:
        message = said("figures.too-few-areas", found=int(frame["area"].nunique()))
        problems.append(Problem(message, file))


def _say(
    frame: pd.DataFrame,
    wrong: pd.Series[bool],
    column: str,
    must: str,
    file: str,
    problems: list[Problem],
) -> None:
    lines = frame.index[np.asarray(wrong, dtype=bool)]
    for line in lines[:SAID]:
        found = repr(str(frame.loc[line, column]))
        problems.append(Problem(said(must, column=column, found=found), file, int(line)))
    say_more(problems, len(lines) - SAID, file)
