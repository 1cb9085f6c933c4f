"""Cases to test forecasts on: every past moment of a panel, with a target set as offices set them.

**Targets.** An office states an improvement of so many percent a year by a stated year. Here the
improvement is 2, 5 or 10 % a year on the figure at the origin, in the direction that is good. A
share above half is improved by closing that part of what is missing (79 % treated, 5 % a year:
80.05 next year), since more than 100 is no target. Where the panel has a column ``target``, its
value in the year aimed at is the target instead. Where the figure is zero no improvement can be
stated, and there is no case.

**Good direction.** The column ``better`` (``higher`` or ``lower``) where the panel has it; else
lower is better for indicators whose name holds one of the words in ``LOWER``, and higher for the
rest.

**Limits.** Columns ``low`` and ``high`` where the panel has them; else an indicator whose name
says ``percent`` or ``share`` (and neither ``growth`` nor ``change``), and whose figures so far all
lie between 0 and 100, has those limits, and one whose figures so far were never negative starts at
0. At every origin they are read from what was reported by then (``Board.known``).

**Halves.** Areas fall into a training and a judging half by the first byte of the SHA-256 of their
id: even trains, odd judges. The same area is always in the same half, on every machine.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from planlib.outlook.scales import scale_for
from planlib.outlook.windows import LEAST, MOST, Ints, Windows
from planlib.scoring.verdict import Bools, Floats

LOWER = (
    "unemployment", "out_of_school", "out-of-school", "murder", "homicide", "crime", "offence",
    "offense", "malaria", "disease", "cases", "deaths", "mortality", "suicide", "poverty", "poor",
    "accident", "fires", "drug", "inflation", "deficit", "debt", "emission", "pollution",
    "population_growth", "population-growth", "birth_rate", "dropout", "thất nghiệp", "nghèo",
    "phạm pháp", "tai nạn", "tội phạm", "cháy", "lạm phát",
)  # fmt: skip
PERCENT, NO_SHARE = ("percent", "share"), ("growth", "change")
IMPROVEMENTS = (0.02, 0.05, 0.10)


@dataclass(frozen=True)
class CaseLimits:
    """What is known of each series' indicator at one moment; arrays of length N.

    ``low`` and ``high`` are natural limits, infinite where there is none; ``kinds`` are codes of
    ``Scale``.
    """

    low: Floats
    high: Floats
    kinds: Ints


@dataclass(frozen=True)
class Board:
    """A tidy panel as series × years, one series an indicator and area.

    ``groups`` is the indicator of each series, ``rising`` whether more is better, ``training`` the
    half of its area. ``given`` are the targets the panel brings, NaN where it brings none.
    ``smallest`` and ``largest`` (G × years) are the extremes of each indicator's figures so far,
    ``stated`` (G × 2) the limits the panel itself states, NaN where it states none, and ``shares``
    (G) whether the indicator's name says that it is a share.
    """

    indicators: tuple[str, ...]
    areas: tuple[str, ...]
    years: Ints
    values: Floats
    given: Floats
    groups: Ints
    rising: Bools
    training: Bools
    smallest: Floats
    largest: Floats
    stated: Floats
    shares: Bools

    def take(self, rows: Bools) -> Board:
        """Some of the series."""
        areas = tuple(area for area, wanted in zip(self.areas, rows, strict=True) if wanted)
        return replace(
            self, areas=areas, values=self.values[rows], given=self.given[rows],
            groups=self.groups[rows], rising=self.rising[rows], training=self.training[rows],
        )  # fmt: skip

    def known(self, column: int) -> CaseLimits:
        """Limits and scale of every series from the figures of all areas up to one year."""
        smallest, largest = self.smallest[:, column], self.largest[:, column]
        low = np.where(smallest >= 0, 0.0, -np.inf)
        high = np.where(self.shares & (smallest >= 0) & (largest <= 100), 100.0, np.inf)
        low = np.where(np.isnan(self.stated[:, 0]), low, self.stated[:, 0])
        high = np.where(np.isnan(self.stated[:, 1]), high, self.stated[:, 1])
        kinds = [
            scale_for(least, *(float(end) if np.isfinite(end) else None for end in ends))
            for least, *ends in zip(smallest, low, high, strict=True)
        ]
        return CaseLimits(
            low[self.groups], high[self.groups], np.asarray(kinds, np.int64)[self.groups]
        )


def board(panel: pd.DataFrame) -> Board:
    """Lay out a checked panel (see ``planlib.figures.panels``)."""
    names, areas = panel["indicator"].astype("str"), panel["area"].astype("str")
    years = np.arange(int(panel["year"].min()), int(panel["year"].max()) + 1)
    keys = pd.MultiIndex.from_arrays([names, areas])
    row, series = pd.factorize(keys, sort=True)
    column = panel["year"].to_numpy(np.int64) - years[0]
    values = np.full((len(series), len(years)), np.nan)
    given = values.copy()
    values[row, column] = panel["value"].to_numpy(np.float64)
    if "target" in panel:
        given[row, column] = panel["target"].to_numpy(np.float64)
    of_series = [str(one) for one in series.get_level_values(0)]
    groups, indicators = pd.factorize(np.asarray(of_series, dtype=object), sort=True)
    held = [str(one) for one in series.get_level_values(1)]
    parts = {str(name): part for name, part in panel.groupby(names)}
    smallest, largest = np.full((2, len(indicators), len(years)), np.nan)
    for group in range(len(indicators)):
        mine = values[groups == group]
        smallest[group] = np.fmin.accumulate(np.fmin.reduce(mine, axis=0))
        largest[group] = np.fmax.accumulate(np.fmax.reduce(mine, axis=0))
    rising = np.array([_rising(str(name), parts[str(name)]) for name in indicators])
    return Board(
        indicators=tuple(str(name) for name in indicators),
        areas=tuple(held),
        years=years,
        values=values,
        given=given,
        groups=groups.astype(np.int64),
        rising=rising[groups],
        training=np.array([is_training(area) for area in held]),
        smallest=smallest,
        largest=largest,
        stated=np.array([_stated(parts[str(name)]) for name in indicators]),
        shares=np.array([_share(str(name)) for name in indicators]),
    )


def is_training(area: str) -> bool:
    """Whether an area is in the half on which constants are chosen.

    >>> [is_training(area) for area in ("vnm", "tha", "lao")]
    [True, False, True]
    """
    return hashlib.sha256(area.encode()).digest()[0] % 2 == 0


def _share(name: str) -> bool:
    """Whether an indicator's name says that it is a share of a hundred."""
    word = name.lower()
    return any(w in word for w in PERCENT) and not any(w in word for w in NO_SHARE)


def _stated(part: pd.DataFrame) -> tuple[float, float]:
    """The limits a panel states for an indicator, NaN where it states none."""
    ends = [
        part[key].dropna() if key in part else pd.Series(dtype=float) for key in ("low", "high")
    ]
    low, high = (float(end.iloc[0]) if len(end) else np.nan for end in ends)
    return low, high


def _rising(name: str, part: pd.DataFrame) -> bool:
    """Whether more is better, as the panel says or else the indicator's name."""
    better = part["better"].dropna() if "better" in part else pd.Series(dtype=object)
    if len(better):
        return str(better.iloc[0]) == "higher"
    return not any(w in name.lower() for w in LOWER)


@dataclass(frozen=True)
class Cases:
    """Windows of one board at one origin, with outcomes and targets.

    ``outcome`` is N × H (NaN where unknown), ``target`` and ``floor`` are N × H × R: what to reach
    by then, and what must be kept every year (the same part worse than now). ``stated`` is N × H:
    where a target can be set and its outcome is known. ``limits`` are those of the board's series
    as they were known at the origin.
    """

    board: Board
    limits: CaseLimits
    windows: Windows
    outcome: Floats
    target: Floats
    floor: Floats
    stated: Bools

    @property
    def last(self) -> Floats:
        """The newest known figure of each case."""
        return np.asarray(self.windows.values[:, -1])


def rotated(windows: Windows, known: Ints) -> Windows:
    """Windows of 3, 4, 5, 6, 3, … points in turn, as each series grows; never more than it has."""
    size = np.minimum(LEAST + (known - LEAST) % (MOST - LEAST + 1), known)
    absent = np.arange(MOST) < (MOST - size)[:, None]
    blank = np.where(absent, np.nan, windows.values), np.where(absent, np.nan, windows.years)
    return Windows(windows.series, *blank, np.where(absent, 0.0, windows.noise))


def cases_at(
    made: Board, windows: Windows, column: int, horizons: int, improvements: tuple[float, ...]
) -> Cases:
    """The cases of all windows that stand in one column of the board; ``windows`` in its unit."""
    rows = windows.series
    outcome = np.full((len(rows), horizons), np.nan)
    given = outcome.copy()
    width = min(horizons, len(made.years) - 1 - column)
    outcome[:, :width] = made.values[rows, column + 1 : column + 1 + width]
    given[:, :width] = made.given[rows, column + 1 : column + 1 + width]
    ahead = np.arange(1, horizons + 1)
    rates = np.asarray(improvements, np.float64)
    grown = (1 + rates) ** ahead[:, None] - 1
    shrunk = 1 - (1 - rates) ** ahead[:, None]
    last = windows.values[:, -1][:, None, None]
    rising = made.rising[rows][:, None, None]
    limits = made.known(column)
    high = limits.high[rows]
    limit = np.where(np.isfinite(high), high, np.nan)[:, None, None]
    size = np.abs(last)
    up = np.fmin(grown * size, shrunk * (limit - last))  # fmin: no limit, no gap to close
    target = np.where(rising, last + up, last - shrunk * size)
    worse = np.where(rising, last - shrunk * size, last + np.fmin(grown * size, limit - last))
    target = np.where(np.isnan(given)[:, :, None], target, given[:, :, None])
    with np.errstate(invalid="ignore"):
        possible = (size[:, :, 0] > 0) & ~(rising[:, :, 0] & (limit[:, :, 0] - last[:, :, 0] <= 0))
    stated = ~np.isnan(outcome) & (possible | ~np.isnan(given))
    return Cases(made, limits, windows, outcome, target, worse, stated)
