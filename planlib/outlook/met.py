"""How many goals will be met: a distribution with a common shock, not a product.

Goals of one place do well or badly together. Each goal is met when a latent normal figure passes
its threshold; the latent figures share a common part (one-factor Gaussian copula: Vasicek, O.
(2002), The distribution of loan portfolio value, Risk). Given the common part the goals are
independent and their number is Poisson-binomial; the common part is integrated out on a
Gauss-Hermite grid.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy

from planlib.errors import InputError, Problem
from planlib.scoring.verdict import Floats

# The correlation of the latent figures of two goals of one place, estimated from the back-test: the
# likeliest value for the eight to thirteen indicators of one country lies between 0 and 0.03,
# depending on how far ahead (``reports/track-record/together.csv``).
COMMON_SHOCK = 0.02
NODES = 41


def number_met(probabilities: npt.ArrayLike, common_shock: float = COMMON_SHOCK) -> Floats:
    """P(exactly 0, 1, …, n goals are met), an array of length n + 1.

    ``probabilities`` are the goals' own; 0 and 1 are facts and stay facts. Raises InputError for
    probabilities outside 0 to 1 and a shock outside 0 to 1 (1 excluded).

    >>> float(at_least(number_met([0.9, 0.7, 0.2, 0.5], common_shock=0.0))[3].round(3))
    0.412
    >>> met = number_met([0.5, 0.5], common_shock=0.5)  # 1/4 + asin(0.5) / (2 pi)
    >>> met.round(4).tolist()
    [0.3333, 0.3333, 0.3333]
    """
    p = np.asarray(probabilities, np.float64)
    if p.ndim != 1 or not bool(((p >= 0) & (p <= 1)).all()):
        raise InputError([Problem(f"probabilities lie between 0 and 1, found {p.tolist()}")])
    if not 0 <= common_shock < 1:
        text = f"the common shock lies from 0 to below 1, found {common_shock:g}"
        raise InputError([Problem(text)])
    spots, weights = np.polynomial.hermite_e.hermegauss(NODES if common_shock > 0 else 1)
    rest = np.sqrt(1 - common_shock)
    given = scipy.special.ndtr(
        (scipy.special.ndtri(p)[None, :] + np.sqrt(common_shock) * spots[:, None]) / rest
    )
    number = np.zeros((len(spots), len(p) + 1))
    number[:, 0] = 1.0
    for goal in range(len(p)):
        one = given[:, [goal]]
        number[:, 1:] = number[:, 1:] * (1 - one) + number[:, :-1] * one
        number[:, 0] *= 1 - given[:, goal]
    mixed = weights @ number / weights.sum()
    return np.asarray(np.clip(mixed, 0.0, 1.0), np.float64)


def at_least(number: Floats) -> Floats:
    """P(at least k goals) for k = 0 … n, from the distribution of their number.

    >>> at_least(np.array([0.25, 0.5, 0.25])).tolist()
    [1.0, 0.75, 0.25]
    """
    return np.asarray(np.clip(np.cumsum(number[::-1])[::-1], 0.0, 1.0), np.float64)


def central(number: Floats, share: float = 0.8) -> tuple[int, int]:
    """The numbers of goals between which the outcome lies with probability ``share`` or more.

    >>> central(np.array([0.05, 0.15, 0.6, 0.15, 0.05]))
    (1, 3)
    """
    below = np.cumsum(number)
    tail = (1 - share) / 2 + 1e-12
    return int(np.searchsorted(below, tail)), int(np.searchsorted(below, 1 - tail))
