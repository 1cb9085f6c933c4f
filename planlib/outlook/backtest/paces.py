"""How often targets were met that asked for so many times the best pace ever seen.

Every third year of a panel, each series with three figures or more is given targets as offices set
them (see ``cases``), so many years ahead; what a target asks for a year is divided by the most the
series had ever moved that way in a year, by its figures up to then. The figures are countries', and
nobody there was held to these targets: the record says how often a pace like that was seen to come,
not what effort brings.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from math import inf, log
from pathlib import Path

import numpy as np
import pandas as pd

from planlib.outlook.backtest.cases import IMPROVEMENTS, Board, board, cases_at
from planlib.outlook.backtest.record import FEWEST
from planlib.outlook.windows import windows_by_year
from planlib.scoring.verdict import SAME, Floats

TABLE = Path(__file__).with_name("track_paces.csv")
EDGES = (0.0, 0.5, 1.0, 1.5, 2.0, inf)  # a series that never moved that way stands above them all
AHEAD = (1, 2, 3, 5, 10, 15)
EVERY = 3  # years between origins: those between them say nearly the same


@dataclass(frozen=True)
class PaceRecord:
    """Of ``n`` targets due in ``years`` that asked for ``low`` to ``high`` times the best pace, ``k`` were met."""

    years: int
    low: float
    high: float
    n: int
    k: int


def pace_table(panel: pd.DataFrame) -> pd.DataFrame:
    """The record of a checked panel: columns ``years, low, high, n, k``."""
    made = board(panel)
    best = best_paces(made)
    counts = {(h, band): [0, 0] for h in AHEAD for band in range(len(EDGES) - 1)}
    for column, windows in windows_by_year(made.values, made.years):
        if column % EVERY:
            continue
        cases = cases_at(made, windows, column, max(AHEAD), IMPROVEMENTS)
        sign = np.where(made.rising[windows.series], 1.0, -1.0)[:, None]
        most = best[windows.series, column][:, None]
        for ahead in AHEAD:
            target, outcome = cases.target[:, ahead - 1], cases.outcome[:, ahead - 1][:, None]
            needed = sign * (target - cases.last[:, None]) / ahead
            with np.errstate(divide="ignore", invalid="ignore"):
                ratio = np.where(most > 0, needed / most, inf)
                met = sign * (outcome - target) >= -SAME * np.abs(target)
            asked = cases.stated[:, ahead - 1][:, None] & (needed > 0) & ~np.isnan(most)
            for band in range(len(EDGES) - 1):
                low, high = EDGES[band], EDGES[band + 1]
                here = asked & (ratio > low) & ((ratio <= high) | (high == inf))
                counts[ahead, band][0] += int(here.sum())
                counts[ahead, band][1] += int((here & met).sum())
    rows = [(h, EDGES[band], EDGES[band + 1], *nk) for (h, band), nk in counts.items()]
    return pd.DataFrame(rows, columns=["years", "low", "high", "n", "k"])


def best_paces(made: Board) -> Floats:
    """The most each series had moved the good way in a year, by its figures up to each year.

    Series × years; NaN before a second figure. A gap of years counts by its mean.
    """
    sign = np.where(made.rising, 1.0, -1.0)
    result = np.full(made.values.shape, np.nan)
    last, when = np.full(len(sign), np.nan), np.full(len(sign), np.nan)
    most = np.full(len(sign), np.nan)
    for column, year in enumerate(made.years.tolist()):
        value = made.values[:, column]
        known = ~np.isnan(value)
        pace = sign * (value - last) / (year - when)
        most = np.fmax(most, pace)
        result[:, column] = most
        last, when = np.where(known, value, last), np.where(known, float(year), when)
    return result


@cache
def pace_records() -> tuple[PaceRecord, ...]:
    """Every row of the packaged table."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return tuple(
            PaceRecord(
                int(row["years"]), float(row["low"]), float(row["high"]), int(row["n"]),
                int(row["k"]),
            )
            for row in csv.DictReader(stream)
        )  # fmt: skip


def record_of_pace(times_best: float, years: int) -> PaceRecord | None:
    """The record of targets like this one; None where there are fewer than twenty.

    Of the horizons in the table the one nearest as a ratio speaks; none does for twice as far, or
    half as far, as itself.
    """
    if years < 1 or not times_best > 0:
        return None
    nearest = min({row.years for row in pace_records()}, key=lambda one: abs(log(one / years)))
    if not 0.5 < nearest / years < 2:
        return None
    for row in pace_records():
        if row.years == nearest and row.low < times_best <= row.high:
            return row if row.n >= FEWEST else None
    return None
