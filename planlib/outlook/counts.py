"""Predictive distributions of counts and of yes/no years, in closed form.

Counts: events come at an unknown steady rate with the prior Gamma(½, 0); after k in T years the
number in the next h is negative binomial with parameters ½ + k and T / (T + h). Yes/no years: the
chance of a yes has a Beta prior, learned from all yes/no series of the pool (``habits``), Jeffreys'
Beta(½, ½) for a series alone; after k of n the number in the next h is beta-binomial. Both are in
Gelman et al., Bayesian Data Analysis, 3rd edition, sections 2.4 to 2.8 and 5.3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy

from planlib.outlook.windows import Ints
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
    at_least = scipy.special.betaincc(JEFFREYS + k, np.maximum(least, 1.0), t / (t + h))
    return np.asarray(np.where(least <= 0, 1.0, at_least), np.float64)


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
    return _no_more_than(most, JEFFREYS + k, t / (t + h))


def total_quantile(
    count: npt.ArrayLike, years: npt.ArrayLike, ahead: npt.ArrayLike, share: npt.ArrayLike
) -> Floats:
    """The least number of more events that is not exceeded with probability ``share``."""
    k, t, h = (np.asarray(x, np.float64) for x in (count, years, ahead))
    successes, chance = JEFFREYS + k, t / (t + h)
    found = np.ceil(
        scipy.special.nbdtrik(share, successes, chance)
    )  # a whole number too many at the edges
    fewer = np.maximum(found - 1.0, 0.0)
    enough = _no_more_than(fewer, successes, chance) >= np.asarray(share, np.float64)
    return np.asarray(np.where(enough, fewer, found), np.float64)


def _no_more_than(most: Floats, successes: Floats, chance: Floats) -> Floats:
    """The cumulative negative binomial, as an incomplete beta function (Johnson, Kemp & Kotz 5.1)."""
    below = scipy.special.betainc(successes, np.maximum(most, 0.0) + 1.0, chance)
    return np.asarray(np.where(most < 0, 0.0, below), np.float64)


@dataclass(frozen=True)
class MetHabit:
    """The prior of a yes/no year: Beta with ``mean`` and the worth of ``weight`` years.

    Each is a number or an array, one a series.
    """

    mean: npt.ArrayLike = 0.5
    weight: npt.ArrayLike = 1.0

    def after(self, yes: npt.ArrayLike, years: npt.ArrayLike) -> tuple[Floats, Floats]:
        """The two parameters of the Beta distribution after ``yes`` of ``years``."""
        k, n, mean, weight = (
            np.asarray(x, np.float64) for x in (yes, years, self.mean, self.weight)
        )
        return mean * weight + k, (1 - mean) * weight + n - k


JEFFREYS_HABIT = MetHabit()
USUAL, USUAL_WEIGHT = 0.5, 3.0  # what is believed of series of which nothing is known
BELIEVERS = 3.0  # series that belief in the mean is worth
WEIGHTS = np.array([0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 40.0, 80.0])


def habits(yes: Ints, years: Ints, groups: Ints) -> MetHabit:
    """How often years of each group of series are good, and how alike its series are.

    The mean of a group is that of its series, drawn towards one half by ``BELIEVERS`` series; the
    weight is the likeliest of ``WEIGHTS`` for all series together, with a lognormal belief around
    ``USUAL_WEIGHT``. An answer a series. By hand: (.5 + .5 + .25 + .5 + 1.5) / 7; of the weights,
    5 has a log-likelihood of −12.04 and a log-belief of −.13, 10 of −11.56 and −.72.

    >>> found = habits(np.array([2, 2, 1, 2]), np.array([4, 4, 4, 4]), np.zeros(4, np.int64))
    >>> round(float(np.asarray(found.mean)[0]), 3), float(np.asarray(found.weight)[0])
    (0.464, 5.0)
    """
    known = years > 0
    share = np.where(known, yes / np.maximum(years, 1), 0.0)
    hits, count = np.bincount(groups, share), np.bincount(groups, known.astype(np.float64))
    mean = ((hits + BELIEVERS * USUAL) / (count + BELIEVERS))[groups]
    support = -0.5 * np.log(WEIGHTS / USUAL_WEIGHT) ** 2
    for spot, weight in enumerate(WEIGHTS):
        a, b = mean * weight, (1 - mean) * weight
        chance = rising(a, yes) * rising(b, years - yes) / rising(a + b, years)
        support[spot] += float(np.log(chance).sum())
    return MetHabit(mean, np.full(len(yes), WEIGHTS[int(support.argmax())]))


def all_yes(
    yes: npt.ArrayLike, years: npt.ArrayLike, ahead: npt.ArrayLike, habit: MetHabit = JEFFREYS_HABIT
) -> Floats:
    """P(yes in each of the next ``ahead`` years), after ``yes`` of ``years``.

    Met in two of two, needed in five of five: three more.

    >>> all_yes(2, 2, 3).round(4).tolist()
    0.6562
    """
    a, b = habit.after(yes, years)
    return rising(a, ahead) / rising(a + b, ahead)


def any_yes(
    yes: npt.ArrayLike, years: npt.ArrayLike, ahead: npt.ArrayLike, habit: MetHabit = JEFFREYS_HABIT
) -> Floats:
    """P(yes in at least one of the next ``ahead`` years).

    >>> any_yes(0, 3, 1).round(4).tolist()
    0.125
    """
    a, b = habit.after(yes, years)
    return 1 - rising(b, ahead) / rising(a + b, ahead)


def rising(start: npt.ArrayLike, factors: npt.ArrayLike) -> Floats:
    """``start`` · (start + 1) · …, so many factors: what beta functions of whole years differ by.

    >>> rising(2.5, 3).tolist()  # 2.5 · 3.5 · 4.5
    39.375
    """
    first, count = np.asarray(start, np.float64), np.asarray(factors)
    made = np.ones(np.broadcast_shapes(first.shape, count.shape))
    for one in range(int(count.max(initial=0))):
        made = np.where(one < count, made * (first + one), made)
    return made
