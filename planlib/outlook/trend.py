"""The trend of a short series: Theil-Sen slope, its interval with the true coverage, and a test.

The slope is the median of the slopes between all pairs of points. The interval runs between two of
those slopes; how often it covers the true slope follows from the distribution of Kendall's S over
all orders of n figures, and is told as it is: with three points the widest interval covers 67 %,
and no interval covers 95 %. The Mann-Kendall test is exact: every order of the figures, ties
included, is counted for n ≤ 7; above that scipy's test is used (exact without ties).

Sen, P. K. (1968), Estimates of the regression coefficient based on Kendall's tau, JASA 63;
Mann, H. B. (1945), Nonparametric tests against trend, Econometrica 13.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import permutations
from math import factorial

import numpy as np
import numpy.typing as npt

from planlib.scoring.verdict import Floats

COUNTED = 7  # up to this many points every order is counted
WANTED = 0.95
SIGNIFICANT = 0.05
CONCLUDES = 5  # under five points no order of figures reaches 5 %
Ints = npt.NDArray[np.int64]


class Direction(StrEnum):
    """What can be said of a trend."""

    rising = "rising"
    falling = "falling"
    unclear = "unclear"
    too_few_points = "too_few_points"


@dataclass(frozen=True)
class Trends:
    """Arrays of length N; NaN where there are fewer than two points, or no interval or p.

    ``slope``, ``low`` and ``high`` are in the figure's unit a year. ``coverage`` is the true
    coverage of ``low``-``high``; ``p`` the two-sided probability of a trend this clear or clearer
    among figures without one; ``s`` Kendall's S: pairs that rise minus pairs that fall.
    """

    count: Ints
    slope: Floats
    low: Floats
    high: Floats
    coverage: Floats
    s: Floats
    p: Floats

    def direction(self, row: int = 0) -> Direction:
        """What can be concluded of one series, at the level of 5 %."""
        if self.count[row] < CONCLUDES:
            return Direction.too_few_points
        if not self.p[row] < SIGNIFICANT:
            return Direction.unclear
        return Direction.rising if self.s[row] > 0 else Direction.falling


def after_breaks(figures: Floats, years: Ints, breaks: list[int]) -> Floats:
    """The figures from the last break on; those before it are left out (NaN).

    A break is the first year measured under the new boundary or definition.

    >>> after_breaks(np.array([[1.0, 2.0, 9.0]]), np.array([2011, 2012, 2013]), [2013]).tolist()
    [[nan, nan, 9.0]]
    """
    if not breaks:
        return figures
    return np.where(years >= max(breaks), figures, np.nan)


def trends(figures: Floats, years: Ints) -> Trends:
    """The trends of N series (N × years, NaN where unknown).

    >>> one = trends(np.array([[60.0, 68.0, 66.0, 78.0]]), np.arange(2010, 2014))
    >>> [float(x[0].round(4)) for x in (one.slope, one.low, one.high, one.coverage)]
    [5.5, -2.0, 12.0, 0.9167]
    >>> one.direction().value
    'too_few_points'
    >>> one = trends(np.array([[60.0, 68.0, 68.0, 78.0, 80.0]]), np.arange(2010, 2015))
    >>> float(one.s[0]), float(one.p[0].round(5)), one.direction().value
    (9.0, 0.03333, 'rising')
    """
    figures = np.asarray(figures, np.float64)
    first, second = np.triu_indices(figures.shape[1], 1)
    gaps = (years[second] - years[first]).astype(np.float64)
    rises = figures[:, second] - figures[:, first]
    slopes = np.sort(rises / gaps, axis=1)  # unknown pairs go last
    count = (~np.isnan(figures)).sum(axis=1)
    pairs = count * (count - 1) // 2
    rows = np.arange(len(figures))
    some = pairs > 0
    most = max(slopes.shape[1] - 1, 0)

    def at(spot: Ints) -> Floats:
        if not slopes.shape[1]:
            return np.full(len(figures), np.nan)
        return np.where(some, slopes[rows, np.clip(spot, 0, most)], np.nan)

    slope = (at((pairs - 1) // 2) + at(pairs // 2)) / 2
    cut = np.zeros(len(figures), np.int64)
    coverage = np.full(len(figures), np.nan)
    for n in np.unique(count[count >= 3]):
        cut[count == n], coverage[count == n] = interval(int(n))
    covered = ~np.isnan(coverage)
    s = np.where(some, np.nansum(np.sign(rises), axis=1), np.nan)
    return Trends(
        count=count.astype(np.int64),
        slope=slope,
        low=np.where(covered, at(cut), np.nan),
        high=np.where(covered, at(pairs - 1 - cut), np.nan),
        coverage=coverage,
        s=s,
        p=_p_values(figures, count, s),
    )


@cache
def interval(n: int, wanted: float = WANTED) -> tuple[int, float]:
    """How many pair slopes to leave out at each end, and the interval's true coverage.

    The narrowest interval that covers ``wanted``; the widest one where none does.

    >>> [(n, round(interval(n)[1], 4)) for n in (3, 4, 5, 6, 7)]
    [(3, 0.6667), (4, 0.9167), (5, 0.9833), (6, 0.9833), (7, 0.9698)]
    """
    ways = _inversions(n)
    total = factorial(n)
    pairs = n * (n - 1) // 2
    best = (0, 1 - 2 * ways[0] / total)
    missed = 0
    for cut in range(pairs // 2):
        missed += ways[cut]
        coverage = 1 - 2 * missed / total
        if coverage < wanted:
            break
        best = (cut, coverage)
    return best


@cache
def _inversions(n: int) -> tuple[int, ...]:
    """How many orders of n different figures have 0, 1, 2, … falling pairs (Mahonian numbers)."""
    ways = [1]
    for size in range(2, n + 1):
        wider = [0] * (len(ways) + size - 1)
        for place, many in enumerate(ways):
            for more in range(size):
                wider[place + more] += many
        ways = wider
    return tuple(ways)


def _p_values(figures: Floats, count: npt.NDArray[np.int64], s: Floats) -> Floats:
    p = np.full(len(figures), np.nan)
    for row in np.flatnonzero(count > COUNTED):
        p[row] = _by_scipy(figures[row])
    short = np.flatnonzero((count >= 3) & (count <= COUNTED))
    if not len(short):
        return p
    # The distribution depends on nothing but how many figures are equal to each other.
    ordered = np.sort(figures[short], axis=1)[:, : min(COUNTED, figures.shape[1])]
    with np.errstate(invalid="ignore"):
        same = np.diff(ordered, axis=1) == 0
    code = count[short] * 2**COUNTED + (same * 2 ** np.arange(same.shape[1])).sum(axis=1)
    for pattern in np.unique(code):
        rows = short[code == pattern]
        ranks = np.concatenate([[0], np.cumsum(~same[code == pattern][0])])[: count[rows[0]]]
        table = _chances(tuple(int(rank) for rank in ranks))
        p[rows] = table[np.abs(s[rows]).astype(np.int64)]
    return p


@cache
def _chances(ranks: tuple[int, ...]) -> Floats:
    """P(|S| ≥ s) for s = 0, 1, …, over all orders of these ranks.

    >>> [round(float(_chances(tuple(range(n)))[-1]), 6) for n in (3, 4, 5, 6)]
    [0.333333, 0.083333, 0.016667, 0.002778]
    """
    orders = np.array(list(permutations(ranks)), np.int64)
    first, second = np.triu_indices(len(ranks), 1)
    s = np.abs(np.sign(orders[:, second] - orders[:, first]).sum(axis=1))
    counts = np.bincount(s, minlength=len(first) + 1)
    return np.asarray(np.cumsum(counts[::-1])[::-1] / len(orders), np.float64)


def _by_scipy(figures: Floats) -> float:
    from scipy.stats import kendalltau

    known = figures[~np.isnan(figures)]
    p = float(kendalltau(np.arange(len(known)), known).pvalue)
    return 1.0 if np.isnan(p) else p  # all figures equal: nothing speaks for a trend
