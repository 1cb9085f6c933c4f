"""What people do, in the figure's own unit, and what a word or an indicator alone would tell.

- ``last_year``: the same as last year, give or take the window's usual yearly change (root mean
  square, grown with the square root of the years, Student t with n − 1 degrees of freedom);
- ``line``: what a spreadsheet does, a straight line through the window (ordinary least squares)
  with its t interval;
- ``plug_in``: random walk with drift, normal, both numbers taken as if they were known;
- ``base_rate``: the part of the cases so far that came true, for the same indicator, years ahead
  and stated improvement; it has no distribution;
- every published rule that gives a status: the part of the cases so far with that status and that
  indicator that came true, for the same years ahead and improvement; no distribution either.

"So far" means that the outcome was known by the year the forecast stands in. Few cases lean on
those of all indicators, and these on all statuses. Rivals on the standard scale are in
``planlib.outlook.backtest.standard_rivals``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import scipy

from planlib.outlook.backtest.cases import Cases
from planlib.outlook.backtest.standard_rivals import STANDARD_RIVALS
from planlib.outlook.windows import MOST, Ints, Windows
from planlib.scoring.rules import METHODS, assess
from planlib.scoring.verdict import Bools, Floats

DISTRIBUTIONS = ("last_year", "line", "plug_in")
RULES = tuple(m.id for m in METHODS if m.judges)
RIVALS = (*DISTRIBUTIONS, *STANDARD_RIVALS, "base_rate", *RULES)
PRIOR = 5.0  # cases worth of "as often as all": a status never seen so far says nothing
NOTHING_KNOWN = 0.5


@dataclass(frozen=True)
class Bell:
    """Normal or t forecasts in the figure's unit; arrays N × H. ``tails`` is infinite for normal."""

    centre: Floats
    scale: Floats
    tails: Floats

    def below(self, figures: Floats, horizon: int) -> Floats:
        """P(figure ≤ value) of each case."""
        h = horizon - 1
        x = (figures - self.centre[:, h]) / self.scale[:, h]
        free = self.tails[:, h]
        normal = np.isinf(free)
        chance = np.where(
            normal, scipy.special.ndtr(x), scipy.special.stdtr(np.where(normal, 1.0, free), x)
        )
        return np.asarray(chance, np.float64)

    def holds(self, figures: Floats, rising: Bools, horizon: int) -> Floats:
        """P(figure on the good side of the value) of each case."""
        below = self.below(figures, horizon)
        return np.where(rising, 1 - below, below)

    def quantile(self, shares: Floats, horizon: int) -> Floats:
        """Quantiles, N × k."""
        h = horizon - 1
        free = self.tails[:, [h]]
        normal = np.isinf(free)
        z = np.where(
            normal,
            scipy.special.ndtri(shares),
            scipy.special.stdtrit(np.where(normal, 1.0, free), shares),
        )
        return np.asarray(self.centre[:, [h]] + self.scale[:, [h]] * z, np.float64)


def bell(method: str, windows: Windows, horizons: int) -> Bell:
    """The forecasts of one of ``DISTRIBUTIONS`` from windows in the figure's unit."""
    values, years = windows.values, windows.years
    count = windows.count.astype(np.float64)
    rows = np.arange(len(count))
    first = MOST - windows.count
    ahead = np.arange(1, horizons + 1, dtype=np.float64)
    change, gap = np.diff(values, axis=1), np.diff(years, axis=1)
    last = values[:, -1]
    span = years[:, -1] - years[rows, first]
    tiny = 1e-9 * np.maximum(np.abs(last), 1e-9)
    if method == "last_year":
        spread = np.sqrt(np.nansum(change**2 / gap, axis=1) / (count - 1))
        return _bell(last[:, None], spread[:, None] * np.sqrt(ahead), count - 1.0, tiny)
    if method == "plug_in":
        drift = (last - values[rows, first]) / span
        squares = np.nansum((change - drift[:, None] * gap) ** 2 / gap, axis=1)
        spread = np.sqrt(squares / np.maximum(count - 2, 1))
        centre = last[:, None] + drift[:, None] * ahead
        return _bell(centre, spread[:, None] * np.sqrt(ahead), np.full(len(last), np.inf), tiny)
    middle, level = np.nanmean(years, axis=1), np.nanmean(values, axis=1)
    away = years - middle[:, None]
    squares = np.nansum(away**2, axis=1)
    slope = np.nansum(away * (values - level[:, None]), axis=1) / squares
    rest = values - level[:, None] - slope[:, None] * away
    spread = np.sqrt(np.nansum(rest**2, axis=1) / (count - 2))
    distance = years[:, [-1]] + ahead - middle[:, None]
    wide = np.sqrt(1 + 1 / count[:, None] + distance**2 / squares[:, None])
    centre = level[:, None] + slope[:, None] * distance
    return _bell(centre, spread[:, None] * wide, count - 2.0, tiny)


def _bell(centre: Floats, scale: Floats, tails: Floats, tiny: Floats) -> Bell:
    shape = scale.shape
    return Bell(
        np.broadcast_to(centre, shape), np.maximum(scale, tiny[:, None]),
        np.broadcast_to(tails[:, None], shape),
    )  # fmt: skip


def so_far(levels: Sequence[Ints], came: Floats, due: Ints, now: Ints) -> Floats:
    """How often it came true among the cases whose outcome was known by then.

    ``levels`` are the keys of each case, the widest first; a narrower key leans on the wider one
    with ``PRIOR`` cases. ``due`` and ``now`` are the years of the outcome and of the forecast.

    >>> one = np.zeros(3, np.int64)
    >>> so_far([one], np.array([1.0, 1, 0]), np.array([1, 2, 3]), np.array([0, 1, 2])).round(
    ...     3
    ... ).tolist()
    [0.5, 0.583, 0.643]
    """
    start = int(min(now.min(), due.min()))
    years = int(max(now.max(), due.max())) - start + 1
    rate = np.full(len(came), NOTHING_KNOWN)
    for key in levels:
        at, size = key * years, (int(key.max()) + 1) * years
        known = [
            np.cumsum(np.bincount(at + due - start, part, size).reshape(-1, years), axis=1)
            for part in (came, None)
        ]
        hits, count = (one.ravel()[at + now - start] for one in known)
        rate = (hits + PRIOR * rate) / (count + PRIOR)
    return rate


def status_codes(method: str, cases: Cases, use: Bools) -> Ints:
    """The status a published rule gives each used case and stated improvement, as a number.

    ``use`` is N × H × R; the answer lists the used ones in that order. The rule sees the window,
    the target and its year, nothing else; −1 where it gives no status.
    """
    where = np.argwhere(use)
    windows = cases.windows
    number = np.arange(len(where))
    known = ~np.isnan(windows.values[where[:, 0]])
    series = np.repeat(number, known.sum(axis=1))
    observations = pd.DataFrame(
        {
            "series": series,
            "year": windows.years[where[:, 0]][known].astype(np.int64),
            "value": windows.values[where[:, 0]][known],
        }
    )
    rows = windows.series[where[:, 0]]
    first = windows.years[where[:, 0], MOST - windows.count[where[:, 0]]]
    targets: dict[str, Any] = {
        "series": number,
        "base_year": first.astype(np.int64),
        "target": cases.target[use],
        "target_year": windows.origin[where[:, 0]] + where[:, 1] + 1,
        "direction": np.where(cases.board.rising[rows], "increase", "decrease"),
    }
    high = cases.limits.high[rows]
    if np.isfinite(high).any():
        targets["limit"] = np.where(np.isfinite(high) & cases.board.rising[rows], high, np.nan)
    answer = assess(method, observations, pd.DataFrame(targets))
    statuses = {s: i for i, s in enumerate(next(m for m in METHODS if m.id == method).statuses)}
    return np.array([statuses.get(s, -1) for s in answer["status"]], np.int64)
