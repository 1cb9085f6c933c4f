"""Ranks with the band they lie in: a rank alone says more than figures can.

Source: H. Goldstein and D. J. Spiegelhalter (1996), League tables and their limitations, *JRSS A*
159, 385-443: a rank is as uncertain as the figures it is made from, so its distribution is worked
out from theirs. They drew at random; here it is worked out on a grid, so that the same figures give
the same band: for every value an area's rate may have, the number of areas that do better is a sum
of independent yes-or-no chances (Poisson-binomial), exact up to 200 areas and normal beyond, where
the very first and last ranks of a band may be one or two places out.

Bands are not widened once more where areas differ by more than chance. What they differ by beyond it
(τ² of Spiegelhalter's additive model, ``spread.py``) is the variance of their own rates, and these are what
is ranked: it is in the posterior already, as the spread that rates are shrunken within. It would be counted
twice, and areas that do differ would no longer be told apart. Only errors larger than those of counting
(clustered cases, say) would widen them; one period cannot tell the two apart, so the page says that areas
differ by more than chance and leaves it there.

What is better is told by a ``Merit``: more, less, or nearer to a middle value.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy

from planlib.scoring.comparing.limits import Floats
from planlib.scoring.comparing.shrinking import Posterior

Ints = npt.NDArray[np.int64]

BAND = 0.95
EXACT = 200  # areas up to which the number of better ones is worked out exactly
POINTS, MOST_POINTS = 31, 1000
MANY_POINTS, AMONG_MANY = 160, 512  # beyond: cells, and ranks between which is interpolated
TIE = 1e-9


@dataclass(frozen=True)
class Merit:
    """What makes one rate better than another; ``low`` and ``high`` are a range to lie in.

    With a range, nearer to it is better and all inside are alike; of one value, nearer to it.
    """

    more: bool = True
    low: float | None = None
    high: float | None = None

    def distance(self, rates: Floats) -> Floats:
        """How far from best: less is better.

        >>> Merit(low=0.4, high=0.5).distance(np.array([0.3, 0.45, 0.7])).round(6).tolist()
        [0.1, 0.0, 0.2]
        """
        if self.low is not None and self.high is not None:
            return np.maximum(np.maximum(self.low - rates, rates - self.high), 0.0)
        return -rates if self.more else rates

    def within(self, posterior: Posterior, distances: Floats) -> Floats:
        """The chance that each area is at most so far from best: areas × distances."""
        if self.low is not None and self.high is not None:
            inside = posterior.below(self.high + distances)
            return np.where(distances < 0, 0.0, inside - posterior.below(self.low - distances))
        if self.more:
            return 1.0 - posterior.below(-distances)
        return posterior.below(distances)


def ranks(figures: Floats, merit: Merit) -> Floats:
    """1 for the best; equals share the better rank; NaN where there is no figure.

    >>> ranks(np.array([0.9, 0.7, np.nan, 0.9, 0.5]), Merit()).tolist()
    [1.0, 3.0, nan, 1.0, 4.0]
    """
    found = np.full(figures.shape, np.nan)
    known = np.isfinite(figures)
    far = merit.distance(figures[known])
    size = np.maximum(np.abs(far), 1e-300)
    ordered = np.sort(far)
    found[known] = 1 + np.searchsorted(ordered, far - TIE * size, side="left")
    return found


def rank_bands(posterior: Posterior, merit: Merit, share: float = BAND) -> tuple[Ints, Ints]:
    """The first and the last rank of a band that holds each area's rank with such a chance.

    >>> from planlib.scoring.comparing.shrinking import shrunken
    >>> low, high = rank_bands(shrunken([10, 12, 90], [100, 100, 100]), Merit())
    >>> low.tolist(), high.tolist()
    ([2, 2, 1], [3, 3, 1])
    >>> [end.tolist() for end in rank_bands(shrunken([10, 11], [100, 100]), Merit())]
    [[1, 1], [2, 2]]
    """
    number = len(posterior.mean)
    if posterior.alike:
        return np.ones(number, np.int64), np.full(number, number)
    at = _grid(posterior, merit)
    inside = merit.within(posterior, at)
    # Everything lies somewhere: what is left beyond the ends belongs to the first and last cell.
    edges = np.concatenate([np.zeros((number, 1)), inside, np.ones((number, 1))], axis=1)
    weight, better = np.diff(edges, axis=1), (edges[:, 1:] + edges[:, :-1]) / 2.0
    if merit.low is not None:  # all within the range are alike: none is better than another
        better[:, 0] = 0.0
    tail = (1.0 - share) / 2.0
    if number > EXACT:
        return _among_many(tail, weight, better), _among_many(1.0 - tail, weight, better)
    up_to = np.cumsum(_exactly(weight, better), axis=1)
    low, high = ((up_to < end).sum(axis=1) + 1 for end in (tail, 1.0 - tail))
    return low, np.minimum(high, number)


def _grid(posterior: Posterior, merit: Merit) -> Floats:
    """Distances between which everything is told apart: where each area's rate may lie."""
    few = len(posterior.mean) <= EXACT
    points = POINTS if few else 5
    steps = scipy.special.ndtri((np.arange(points) + 0.5) / points)
    places = posterior.mean[:, None] + posterior.deviation[:, None] * steps
    found = np.unique(merit.distance(places))
    if merit.low is not None:
        found = np.unique(np.append(found, 0.0))
    most = MOST_POINTS if few else MANY_POINTS
    if len(found) > most:
        found = found[np.linspace(0, len(found) - 1, most).round().astype(int)]
    return np.asarray(found, np.float64)


def _exactly(weight: Floats, better: Floats) -> Floats:
    """P(rank = 1, 2, …) of each area: areas × ranks.

    The number of better ones among all is worked out once; each area is then taken out of it again,
    from the end at which that divides by at least a half.
    """
    number, cells = better.shape
    counts = np.zeros((number + 1, cells))
    counts[0] = 1.0
    for chance in better:
        counts[1:] = counts[1:] * (1.0 - chance) + counts[:-1] * chance
        counts[0] *= 1.0 - chance
    found = np.zeros((number, number))
    rarely, often = np.minimum(better, 0.5), np.maximum(better, 0.5)
    first, last = np.where(better <= 0.5, weight, 0.0), np.where(better > 0.5, weight, 0.0)
    up = down = np.zeros((number, cells))
    for at in range(number):
        up = (counts[at] - rarely * up) / (1.0 - rarely)
        found[:, at] += (first * up).sum(axis=1)
        down = (counts[number - at] - (1.0 - often) * down) / often
        found[:, number - 1 - at] += (last * down).sum(axis=1)
    return found


def _among_many(probability: float, weight: Floats, better: Floats) -> Ints:
    """The first rank by which each of many areas has at least that probability."""
    number = len(weight)
    mean = better.sum(axis=0) - 0.5  # an area's own part in it
    spread = np.sqrt(np.maximum((better * (1 - better)).sum(axis=0), 1e-12))
    asked = np.unique(np.linspace(1, number, min(number, AMONG_MANY)).round())
    # A rank is one more than the number of better areas: at most r - 1 of them.
    up_to = weight @ scipy.special.ndtr((asked - 0.5 - mean[:, None]) / spread[:, None])
    at = np.minimum((up_to < probability).sum(axis=1), len(asked) - 1)
    before, lines = np.maximum(at - 1, 0), np.arange(number)
    low, high = up_to[lines, before], up_to[lines, at]
    with np.errstate(invalid="ignore", divide="ignore"):
        part = np.where(high > low, (probability - low) / (high - low), 1.0)
    found = asked[before] + np.clip(part, 0.0, 1.0) * (asked[at] - asked[before])
    return np.asarray(np.ceil(found - 1e-9), np.int64)
