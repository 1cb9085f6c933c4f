"""Figures laid out to learn from their revisions: what is the same of them on every day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from planlib.plan.brief import Brief

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
MOST_DECIMALS = 5  # a figure with more was worked out, not printed
WIDTH = MOST_DECIMALS + 2  # numbers of decimals that are told apart


@dataclass(frozen=True, repr=False)
class ReportLayout(Brief):
    """What is the same of figures on every day: what more than one report told, and how exactly.

    ``again`` are the rows of figures with several reports, by figure and day of report; ``cell``
    numbers the figure of each of them. ``printed`` holds goal × ``WIDTH`` + decimals of every row's
    value, and is −1 without one.
    """

    again: Ints
    cell: Ints
    printed: npt.NDArray[np.int32]


def laid_out(frame: pd.DataFrame) -> ReportLayout:
    """Figures, as observations hold them, laid out to learn from their revisions."""
    cell = _cells(frame)
    again = np.flatnonzero(pd.Series(cell).duplicated(keep=False).to_numpy())
    order = np.lexsort((frame["vintage"].to_numpy()[again], cell[again]))
    place, different = pd.factorize(frame["value"].to_numpy())  # −1 where nothing is known
    of = np.append(decimals(different), -1).astype(np.int32)[place]
    printed = np.where(of < 0, of, frame["goal"].cat.codes.to_numpy().astype(np.int32) * WIDTH + of)
    return ReportLayout(again[order], cell[again][order], printed)


def _cells(frame: pd.DataFrame) -> Ints:
    """A number for every area, goal, group, member and period."""
    year = frame["year"].to_numpy().astype(np.int64)
    if not len(year):
        return year
    key = frame["goal"].cat.codes.to_numpy().astype(np.int64)
    for name in ("area", "group", "member"):
        if name in frame:
            column = frame[name].cat
            codes = column.codes.to_numpy().astype(np.int64)
            key = key * (len(column.categories) + 1) + codes + 1
    return np.asarray(key * int(year.max() - year.min() + 1) + (year - year.min()), np.int64)


def decimals(figures: Floats) -> Ints:
    """How many decimals figures were printed with; one more than the most where they were worked out.

    >>> decimals(np.array([40.0, 71.2, 71.25, 1 / 3])).tolist()
    [0, 1, 2, 6]
    """
    found = np.full(figures.shape, MOST_DECIMALS + 1)
    for digits in range(MOST_DECIMALS, -1, -1):
        with np.errstate(over="ignore", invalid="ignore"):
            off = np.abs(np.round(figures, digits) - figures)
        found[off <= 2.0**-50 * np.abs(figures)] = digits
    return found
