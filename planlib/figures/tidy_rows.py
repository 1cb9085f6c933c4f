"""Figures in memory as the rows of a tidy table again, text by text, losing nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from planlib.figures.observations import (
    COLUMNS,
    NUMBER_COLUMNS,
    OPTIONAL_COLUMNS,
    State,
    vintage_text,
)
from planlib.figures.spreadsheet_text import guarded
from planlib.plan.periods.calendar import LAST_CALENDAR_YEAR, period

Texts = npt.NDArray[np.object_]


def tidy_columns(frame: pd.DataFrame) -> tuple[str, ...]:
    """The columns a table of these figures has: the fixed ones, and optional ones that are used."""
    used = [
        name
        for name in OPTIONAL_COLUMNS
        if name in frame and any(str(text) for text in frame[name].unique())
    ]
    years = frame["year"].to_numpy()
    if len(years) and years.max() > LAST_CALENDAR_YEAR:  # periods of other lengths, or split years
        return (*("period" if name == "year" else name for name in COLUMNS), *used)
    return (*COLUMNS, *used)


def tidy_texts(frame: pd.DataFrame, name: str, finish: Callable[[str], str] = str) -> Texts:
    """A column as texts of a CSV file, made harmless for spreadsheets; numbers are left alone.

    ``finish`` is called once for each different text.
    """
    if name == "period":
        name = "year"
    if name not in frame:
        return np.full(len(frame), "", dtype=object)
    if name in NUMBER_COLUMNS:
        numbers, codes = np.unique(frame[name].to_numpy(), return_inverse=True)
        texts = ["" if np.isnan(number) else number_text(float(number)) for number in numbers]
        return _taken(texts, codes)
    if name == "vintage":
        if "vintage_text" in frame:
            return _worded(frame["vintage_text"], finish)
        days, codes = np.unique(frame["vintage"].to_numpy(), return_inverse=True)
        return _taken([vintage_text(int(day)) or "" for day in days], codes)
    if name == "state":
        return _taken([state.name for state in State], frame["state"].to_numpy())
    if name == "year":
        years, codes = np.unique(frame["year"].to_numpy(), return_inverse=True)
        return _taken([str(period(int(code))) for code in years], codes)
    return _worded(frame[name], finish)


def number_text(number: float) -> str:
    """A number as short as it can be read back exactly.

    >>> number_text(95.0), number_text(0.1), number_text(-5.25)
    ('95', '0.1', '-5.25')
    """
    return repr(number).removesuffix(".0")


def _worded(column: pd.Series[Any], finish: Callable[[str], str]) -> Texts:
    words = column.astype("category").cat
    return _taken([finish(guarded(str(text))) for text in words.categories], words.codes.to_numpy())


def _taken(texts: list[str], codes: npt.NDArray[np.integer]) -> Texts:
    taken: Texts = np.asarray([*texts, ""], dtype=object)[codes]
    return taken


def csv_lines(frame: pd.DataFrame, columns: tuple[str, ...], newline: str = "\n") -> str:
    """The rows as lines of a CSV file, without the head."""
    if not len(frame):
        return ""
    quoted = [tidy_texts(frame, name, _quoted).tolist() for name in columns]
    return newline.join(map(",".join, zip(*quoted, strict=True))) + newline


def _quoted(text: str) -> str:
    if any(sign in text for sign in ',"\n\r'):
        return '"' + text.replace('"', '""') + '"'
    return text
