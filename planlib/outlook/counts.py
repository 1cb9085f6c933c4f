"""Predictive distributions of counts and of yes/no years, with Jeffreys' priors, in closed form.

Counts: events come at an unknown steady rate with the prior Gamma(½, 0); after k in T years the
number in the next h is negative binomial with parameters ½ + k and T / (T + h). Yes/no years: the
chance of a yes has the prior Beta(½, ½); after k of n the number in the next h is beta-binomial.
Both are in Gelman et al., Bayesian Data Analysis, 3rd edition, sections 2.4 to 2.8.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import betaln
from scipy.stats import betabinom, nbinom

from planlib.scoring.verdict import Floats

JEFFREYS = 0.5


def total_at_least(
    count: npt.ArrayLike, years: npt.ArrayLike, ahead: npt.ArrayLike, needed: npt.ArrayLike
) -> Floats:
    """P(at least ``needed`` more events in the next ``ahead`` years), after ``count`` in ``years``.

    Seven in two of five years, fifteen wanted: eight more in three years.

    >>> total_at_least(7, 2, 3, 8).round(4).tolist()
    0.7427
    """
    k, t, h = (np.asarray(x, np.float64) for x in (count, years, ahead))
    least = np.ceil(np.asarray(needed, np.float64) - 1e-9)
    return np.asarray(nbinom.sf(least - 1, JEFFREYS + k, t / (t + h)), np.float64)


def total_at_most(
    count: npt.ArrayLike, years: npt.ArrayLike, ahead: npt.ArrayLike, allowed: npt.ArrayLike
) -> Floats:
    """P(at most ``allowed`` more events in the next ``ahead`` years).

    Three clean years of a target of none, two more to go.

    >>> total_at_most(0, 3, 2, 0).round(4).tolist()
    0.7746
    """
    k, t, h = (np.asarray(x, np.float64) for x in (count, years, ahead))
    most = np.floor(np.asarray(allowed, np.float64) + 1e-9)
    return np.asarray(nbinom.cdf(most, JEFFREYS + k, t / (t + h)), np.float64)


def total_quantile(
    count: npt.ArrayLike, years: npt.ArrayLike, ahead: npt.ArrayLike, share: npt.ArrayLike
) -> Floats:
    """The least number of more events that is not exceeded with probability ``share``."""
    k, t, h = (np.asarray(x, np.float64) for x in (count, years, ahead))
    return np.asarray(nbinom.ppf(share, JEFFREYS + k, t / (t + h)), np.float64)


def all_yes(yes: npt.ArrayLike, years: npt.ArrayLike, ahead: npt.ArrayLike) -> Floats:
    """P(yes in each of the next ``ahead`` years), after ``yes`` of ``years``.

    Met in two of two, needed in five of five: three more.

    >>> all_yes(2, 2, 3).round(4).tolist()
    0.6562
    """
    k, n, h = (np.asarray(x, np.float64) for x in (yes, years, ahead))
    a, b = JEFFREYS + k, JEFFREYS + n - k
    return np.asarray(np.exp(betaln(a + h, b) - betaln(a, b)), np.float64)


def any_yes(yes: npt.ArrayLike, years: npt.ArrayLike, ahead: npt.ArrayLike) -> Floats:
    """P(yes in at least one of the next ``ahead`` years).

    >>> any_yes(0, 3, 1).round(4).tolist()
    0.125
    """
    k, n = np.asarray(yes, np.float64), np.asarray(years, np.float64)
    return np.asarray(1 - all_yes(n - k, n, ahead), np.float64)


def yes_quantile(
    yes: npt.ArrayLike, years: npt.ArrayLike, ahead: npt.ArrayLike, share: npt.ArrayLike
) -> Floats:
    """The least number of yes years that is not exceeded with probability ``share``."""
    k, n = np.asarray(yes, np.float64), np.asarray(years, np.float64)
    made = betabinom.ppf(share, ahead, JEFFREYS + k, JEFFREYS + n - k)
    return np.asarray(made, np.float64)
