"""Rates of small areas pulled towards those of all, by as much as chance makes of them.

Empirical Bayes by moments: R. J. Marshall (1991), Mapping disease and mortality rates using
empirical Bayes estimators, *Applied Statistics* 40, 283-294 (rates of events); the same with the
variance of a share for cases of so many people (beta-binomial). The variance between areas is what
the figures vary by, less what chance gives in areas of their mean size; where nothing is left, every
area's best estimate is the figure of all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy

from planlib.scoring.comparing.limits import Floats

LEAST = 1e-3  # cases that the figure of all counts for, at least


@dataclass(frozen=True)
class Posterior:
    """What is known of each area's rate once all have been seen: beta, or gamma for events.

    ``first`` and ``second`` are the two numbers of each area's distribution; where ``alike`` nothing
    but chance tells the areas apart and every rate is that of all.
    """

    first: Floats
    second: Floats
    mean: Floats
    deviation: Floats
    events: bool
    alike: bool

    def below(self, rates: Floats) -> Floats:
        """The chance that each area's rate is at most so much: areas × rates."""
        asked = np.asarray(rates, np.float64)[None, :]
        one, two = self.first[:, None], self.second[:, None]
        if self.events:
            return np.asarray(scipy.special.gammainc(one, two * np.maximum(asked, 0.0)), np.float64)
        return np.asarray(scipy.special.betainc(one, two, np.clip(asked, 0.0, 1.0)), np.float64)


def shrunken(cases: npt.ArrayLike, size: npt.ArrayLike, *, events: bool = False) -> Posterior:
    """What is known of each area's rate; all of them need a size above 0.

    ``events`` says that cases are events in so much exposure, and not some of so many people.

    >>> shrunken([5, 5, 20], [50, 50, 50]).mean.round(4).tolist()
    [0.1146, 0.1146, 0.3709]
    >>> shrunken([10, 11], [100, 100]).mean.tolist()
    [0.105, 0.105]
    """
    seen, number = np.asarray(cases, np.float64), np.asarray(size, np.float64)
    overall = float(seen.sum() / number.sum())
    by_chance = overall if events else overall * (1.0 - overall)
    spread = float((number * (seen / number - overall) ** 2).sum() / number.sum())
    between = spread - by_chance / float(number.mean())
    if between <= 0.0 or by_chance <= 0.0 or len(seen) < 2:
        same = np.full(seen.shape, overall)
        return Posterior(same, same, same, np.zeros(seen.shape), events, alike=True)
    weight = max(by_chance / between - (0.0 if events else 1.0), LEAST)
    first = overall * weight + seen
    if events:
        second = weight + number
        mean, deviation = first / second, np.sqrt(first) / second
    else:
        second = (1.0 - overall) * weight + np.maximum(number - seen, 0.0)
        mean = first / (first + second)
        deviation = np.sqrt(mean * (1.0 - mean) / (first + second + 1.0))
    return Posterior(first, second, mean, deviation, events, alike=False)
