"""Three events, three probabilities: reached by the deadline, holding at it, kept every year.

A path is a chain of yearly figures. Each year's figure has the forecast's own distribution; the
years hang together by a Gaussian copula that is a first-order chain, with the forecast's own
correlation of one year with the next (for a plain random walk √((h − 1)/h), exactly its own). A
monitored minimum or maximum is then a recursion over the years: the density of the paths that have
not left yet, on a fixed Gauss-Legendre grid over the part of the line that still counts. The first
year enters in closed form, and so does the last; in between errors are below 1e-5.

Logic comes first where a caller knows it: what is secured is 1, what is impossible 0.
"""

from __future__ import annotations

import numpy as np
import scipy

from planlib.outlook.walk import Walk
from planlib.scoring.verdict import Bools, Floats

NODES = 24
EDGE = 6.5  # beyond this many standard deviations nothing is left
_X, _W = np.polynomial.legendre.leggauss(NODES)
CHUNK = 20_000  # series at a time: the recursion needs NODES² numbers for each


def holding_at(forecast: Walk, target: Floats, rising: Bools, horizon: int) -> Floats:
    """P(figure on the good side of the target in that year); ``target`` in the figure's unit."""
    return forecast.holds(target, rising, horizon)


def good_every_year(forecast: Walk, target: Floats, rising: Bools, horizon: int) -> Floats:
    """P(on the good side in every year up to the horizon)."""
    return stays(_good(forecast, target, rising, horizon), forecast.link[:, :horizon])


def reached_by(forecast: Walk, target: Floats, rising: Bools, horizon: int) -> Floats:
    """P(on the good side in some year up to the horizon)."""
    bad = 1 - _good(forecast, target, rising, horizon)
    return 1 - stays(bad, forecast.link[:, :horizon])


def _good(forecast: Walk, target: Floats, rising: Bools, horizon: int) -> Floats:
    parts = [holding_at(forecast, target, rising, h) for h in range(1, horizon + 1)]
    return np.stack(parts, axis=1)


def stays(good: Floats, link: Floats) -> Floats:
    """P(every year good), from each year's own probability and its link to the year before.

    ``good`` and ``link`` are N × H; the first link is not used.

    >>> free = stays(np.array([[0.5, 0.5]]), np.array([[0.0, 0.0]]))
    >>> walk = stays(np.array([[0.5, 0.5]]), np.array([[0.0, np.sqrt(0.5)]]))  # 1/4 + asin(r)/2pi
    >>> free.round(4).tolist(), walk.round(4).tolist()
    ([0.25], [0.375])
    """
    if good.shape[1] == 1:
        return np.asarray(good[:, 0])
    parts = [
        _stays(good[start : start + CHUNK], link[start : start + CHUNK])
        for start in range(0, len(good), CHUNK)
    ]
    answer = np.concatenate(parts) if parts else np.empty(0)
    # No number of years can be likelier than the least likely of them.
    return np.clip(answer, 0.0, good.min(axis=1))


def _stays(good: Floats, link: Floats) -> Floats:
    """Latent figures above their yearly thresholds, year after year."""
    edge = np.clip(-scipy.special.ndtri(np.clip(good, 0.0, 1.0)), -EDGE, EDGE)
    spots, weights = _grid(edge[:, 0])
    mass = weights * np.exp(-0.5 * spots**2) / np.sqrt(2 * np.pi)
    last = good.shape[1] - 1
    for h in range(1, last):
        rest = np.sqrt(1 - link[:, h] ** 2)[:, None, None]
        ahead, weights = _grid(edge[:, h])
        gap = (ahead[:, :, None] - link[:, h, None, None] * spots[:, None, :]) / rest
        density = np.exp(-0.5 * gap**2) / (rest * np.sqrt(2 * np.pi))
        mass = weights * np.einsum("nij,nj->ni", density, mass)
        spots = ahead
    rest = np.sqrt(1 - link[:, last] ** 2)[:, None]
    final = scipy.special.ndtr((link[:, [last]] * spots - edge[:, [last]]) / rest)
    return np.asarray((mass * final).sum(axis=1))


def _grid(edge: Floats) -> tuple[Floats, Floats]:
    """Nodes and weights between each threshold and the far edge, at most 7 wide."""
    low = edge[:, None]
    high = np.minimum(np.maximum(EDGE, low), np.maximum(low, -EDGE) + 2 * EDGE)
    half = (high - low) / 2
    return low + half * (_X + 1), half * _W
