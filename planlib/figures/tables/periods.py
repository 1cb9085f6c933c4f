"""The periods figures are of: from a column ``year`` or ``period`` to numbers of the plan's calendar."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from planlib.errors import Faults, Problem, said
from planlib.figures.csv_text import say_more
from planlib.figures.raw_table import MOST_PROBLEMS, RawTable
from planlib.plan.periods.text import looks_like_period
from planlib.plan.periods.typed import typed_period
from planlib.plan.plan import Plan

YEAR, PERIOD = "year", "period"


def keep_periods(table: RawTable) -> bool:
    """Whether the periods are texts that only a plan's calendar can read; they are kept as they are.

    They stand in a column ``period``; in one called ``year`` too, where some are more than a year.
    """
    frame = table.frame
    if PERIOD in frame and YEAR in frame:
        table.say(said("figures.period-and-year"), table.head, column=PERIOD)
        return True
    if PERIOD not in frame:
        cells = frame[YEAR]
        if pd.api.types.is_numeric_dtype(cells):
            return False
        seen = cells.astype("str").str.strip().unique()
        plain = [text for text in seen if len(text) == 4 and text.isascii() and text.isdecimal()]
        if len(plain) == len(seen) or not all(map(looks_like_period, seen)):
            return False
        frame = table.frame = frame.rename(columns={YEAR: PERIOD})
    codes, texts = pd.factorize(frame[PERIOD], use_na_sentinel=False)
    frame[PERIOD] = pd.Categorical(np.array([_text(cell) for cell in texts], object)[codes])
    return True


def _text(cell: Any) -> str:
    """A cell's text; nothing for an empty one, and a year that came as a number is 2013, not 2013.0."""
    if pd.isna(cell):
        return ""
    return str(cell).strip() if isinstance(cell, str) else f"{cell:.12g}"


def place_periods(frame: pd.DataFrame, plan: Plan) -> tuple[pd.DataFrame, list[Problem]]:
    """The figures with the numbers of their periods in ``year``, and a problem for each that is none."""
    if PERIOD in frame:
        column = frame[PERIOD].cat
        texts, codes = [str(text) for text in column.categories], column.codes.to_numpy()
    elif plan.calendar.split:
        years, codes = np.unique(frame[YEAR].to_numpy(), return_inverse=True)
        texts = [str(year) for year in years]
    else:
        return frame, []
    numbers, faults = np.zeros(len(texts), np.int32), dict[int, str]()
    for at in np.unique(codes):
        try:
            numbers[at] = typed_period(texts[at], plan.calendar, plan.languages)
        except Faults as error:
            faults[at] = error.found[0]
    problems: list[Problem] = []
    sound = ~np.isin(codes, list(faults))
    wrong = frame.loc[~sound, ["file", "row"]].assign(fault=codes[~sound])
    for file, rows in wrong.groupby("file", sort=False, observed=True):
        for row, at in rows[["row", "fault"]].head(MOST_PROBLEMS).itertuples(index=False):
            problems.append(Problem(faults[at], str(file), int(row), column=PERIOD))
        say_more(problems, len(rows) - MOST_PROBLEMS, str(file))
    placed: dict[str, Any] = {YEAR: numbers[codes]}
    whole = frame.drop(columns=PERIOD, errors="ignore").assign(**placed)
    return (whole if sound.all() else whole[sound].reset_index(drop=True)), problems
