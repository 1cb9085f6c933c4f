"""The limits of a funnel plot: how far chance alone takes an area of a given size from all of them.

Source: D. J. Spiegelhalter (2005), Funnel plots for comparing institutional performance,
*Statistics in Medicine* 24, 1185-1202: limits at 95 % and 99.8 % around the figure of all areas,
from the exact binomial distribution (cases of so many people) or the exact Poisson distribution
(events in so much exposure), interpolated between whole counts (his appendix A.1.1). A count's own
probability is halved between the two sides of it (mid-p: H. O. Lancaster (1961), Significance tests
in discrete distributions, *JASA* 56, 223-234), so that over areas of many sizes as many lie outside
by chance as the limits say; interpolating without it lets too many out, Clopper and Pearson's
limits too few.

``practice`` holds the limits that public health offices print, which are not the same.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Limits = tuple[Floats, Floats]
Chances = Callable[[Floats], Floats]

WARNING, CONTROL = 0.025, 0.001  # beyond each limit by chance: 95 % and 99.8 % lie within
DUST = 1e-9  # a share of the count: a figure on its limit is not outside it


def binomial_limits(share: float, size: npt.ArrayLike, tail: float = CONTROL) -> Limits:
    """The lowest and the highest share that chance explains in areas of these sizes.

    ``share`` is that of all areas, 0 to 1; ``size`` counts those the shares are of, and is rounded
    to whole ones. An area without any has no limits (NaN).

    >>> low, high = binomial_limits(0.5, [10, 1000, 0])
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.0095, 0.4511, nan], [0.9905, 0.5489, nan])
    """
    from scipy.stats import binom  # a second to import, and few who import this draw limits

    number = np.rint(np.asarray(size, np.float64))
    whole = np.where(number > 0, number, 1.0)
    if share <= 0.0 or share >= 1.0:  # nothing can lie elsewhere by chance
        edge = np.where(number > 0, min(max(share, 0.0), 1.0), np.nan)
        return edge, edge

    def ends(probability: float) -> Floats:
        count = binom.ppf(probability, whole, share)
        return _crossed(
            count, probability, lambda k: binom.cdf(k, whole, share),
            lambda k: binom.pmf(k, whole, share),
        )  # fmt: skip

    low = np.maximum(ends(tail), 0.0) / whole
    high = np.minimum(ends(1.0 - tail), whole) / whole
    return np.where(number > 0, low, np.nan), np.where(number > 0, high, np.nan)


def poisson_limits(rate: float, exposure: npt.ArrayLike, tail: float = CONTROL) -> Limits:
    """The lowest and the highest rate that chance explains in areas of this exposure.

    ``rate`` is that of all areas: events for each unit of exposure (people, years, what was
    expected). An area without exposure has no limits (NaN).

    >>> low, high = poisson_limits(2.0, [5, 500])
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.307, 1.807], [4.245, 2.198])
    """
    from scipy.stats import poisson  # as above

    given = np.asarray(exposure, np.float64)
    some = np.where(given > 0, given, 1.0)
    if rate <= 0.0:
        edge = np.where(given > 0, 0.0, np.nan)
        return edge, edge
    expected = rate * some

    def ends(probability: float) -> Floats:
        count = poisson.ppf(probability, expected)
        return _crossed(
            count, probability, lambda k: poisson.cdf(k, expected),
            lambda k: poisson.pmf(k, expected),
        )  # fmt: skip

    low, high = np.maximum(ends(tail), 0.0) / some, ends(1.0 - tail) / some
    return np.where(given > 0, low, np.nan), np.where(given > 0, high, np.nan)


def _crossed(count: Floats, probability: float, at_most: Chances, exactly: Chances) -> Floats:
    """Where the mid-p probability of no more than so many passes a probability, between counts.

    ``count`` is the first whose whole probability reaches it: the mid-p one does there or one later.
    """

    def middle(k: Floats) -> Floats:
        return np.asarray(at_most(k) - 0.5 * exactly(k), np.float64)

    above = np.where(middle(count) >= probability, count, count + 1.0)
    low, high = middle(above - 1.0), middle(above)
    return above - 1.0 + (probability - low) / (high - low)


def outside(figure: npt.ArrayLike, limits: Limits) -> npt.NDArray[np.int8]:
    """1 above its limits, −1 below, 0 within them or where either is unknown.

    >>> outside([0.2, 0.5, 0.9], (np.array([0.3] * 3), np.array([0.8] * 3))).tolist()
    [-1, 0, 1]
    """
    seen, (low, high) = np.asarray(figure, np.float64), limits
    with np.errstate(invalid="ignore"):
        room = DUST * np.maximum(np.abs(seen), np.abs(high))
        side = (seen > high + room).astype(np.int8) - (seen < low - room).astype(np.int8)
    return np.asarray(side, np.int8)
