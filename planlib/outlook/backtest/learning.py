"""What a pool of series teaches: the forecasts its own past would have given, held to the outcome.

For every earlier year the windows as they stood then are forecast again, for every number of years
ahead whose outcome is known by the pool's last year, and compared with what came. Two smooth curves
are fitted, so that a horizon without lessons is the continuation of those with: how much of each
input is still to come after so many years (ridge regression over all horizons at once, robust, with
the beliefs in ``Constants``), and how errors grow with the years (a power of them). The fewer years
have taught that size, the wider a forecast is, and all areas of one year are little more than one. The whole pool
is fitted first, and the belief each indicator starts from is moved a part of the way towards it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import scipy

from planlib.outlook.backtest.lessons import Lessons, lessons_of
from planlib.outlook.constants import TAILS, Constants
from planlib.outlook.features import Features
from planlib.outlook.pool import Pool
from planlib.outlook.windows import Ints
from planlib.scoring.verdict import Floats

ROUNDS = 4  # of the fixed-point iteration for the size of errors; converges to 1e-3
SHARP = 4.0  # degrees of freedom of the robust weights
FADES = (
    1.0,
    0.8,
    1.0,
    0.5,
    0.8,
    0.97,
    1.0,
)  # what is left of each input's yearly effect a year later


@dataclass(frozen=True)
class Learned:
    """Arrays by group (G).

    ``slopes`` (G × K) say how much of each input comes, ``spread`` and ``growth`` the size of
    errors after one year and the power of the years it grows with beyond the model's own, ``doubt``
    (G × 3) the variance of the logarithm of the first, minus their covariance and the variance of
    the second, ``tails`` the degrees of freedom, ``reach`` the most years ahead of which there are lessons,
    ``stay`` the chance a year that a figure which never moved stays.
    """

    slopes: Floats
    spread: Floats
    growth: Floats
    doubt: Floats
    tails: Floats
    reach: Ints
    stay: Floats

    @classmethod
    def beliefs(cls, constants: Constants) -> Learned:
        """What is believed of one group before any figure is seen."""
        return cls(
            slopes=np.array([constants.slopes]),
            spread=np.array([constants.spread]),
            growth=np.array([constants.growth]),
            doubt=np.array([[1 / constants.spread_weight, 0.0, 1 / constants.growth_weight]]),
            tails=np.array([constants.tails]),
            reach=np.zeros(1, np.int64),
            stay=np.array([constants.stay]),
        )

    def leaning(self, other: Learned, part: float) -> Learned:
        """These numbers, moved a part of the way towards others (the positive ones as ratios)."""

        def between(near: Floats, far: Floats) -> Floats:
            return np.asarray(near ** (1 - part) * far**part)

        return Learned(
            slopes=(1 - part) * self.slopes + part * other.slopes,
            spread=between(self.spread, other.spread),
            growth=(1 - part) * self.growth + part * other.growth,
            doubt=self.doubt,
            tails=between(self.tails, other.tails),
            reach=other.reach,
            stay=other.stay,
        )

    def of(self, groups: Ints) -> Learned:
        """The rows of some groups."""
        return Learned(
            self.slopes[groups], self.spread[groups], self.growth[groups], self.doubt[groups],
            self.tails[groups], self.reach[groups], self.stay[groups],
        )  # fmt: skip

    def sizes(self, ahead: Ints) -> Floats:
        """G × H: the size of errors so many years ahead, in the model's own."""
        return self.spread[:, None] * ahead ** self.growth[:, None]

    def caution(self, ahead: Ints, constants: Constants) -> Floats:
        """G × H: how much wider a forecast is because the size of its errors is not well known."""
        x, (level, both, power) = np.log(ahead), self.doubt.T[:, :, None]
        return np.asarray(np.exp(constants.unsure * (level - 2 * both * x + power * x**2)))


def learned_from(pooled: Pool, horizons: int, constants: Constants) -> Learned:
    """What its own past teaches each indicator of a pool."""
    groups = int(pooled.groups.max()) + 1 if len(pooled.groups) else 1
    return learn(lessons_of(pooled, horizons, constants), groups, constants)


def learn(lessons: Lessons | None, groups: int, constants: Constants) -> Learned:
    """What each of ``groups`` indicators has learned; the beliefs where there is no past."""
    belief = Learned.beliefs(constants)
    if lessons is None:
        return belief.of(np.zeros(groups, np.int64))
    if len(lessons.groups):
        worth = lessons.worth(constants)
        whole = replace(lessons, groups=np.zeros(len(lessons.groups), np.int64))
        start = belief.leaning(_fit(whole, worth, belief, constants), constants.kinship)
        fitted = _fit(lessons, worth, start.of(np.zeros(groups, np.int64)), constants)
    else:
        fitted = belief.of(np.zeros(groups, np.int64))
    return replace(fitted, stay=_stay(lessons.flat, groups, constants))


def _stay(flat: Floats, groups: int, constants: Constants) -> Floats:
    """The chance a year that a flat figure stays, after so many moves in so many years of each."""
    known = np.zeros((groups, 2))
    known[: len(flat)] = flat
    worth = constants.stay_weight
    moves = known[:, 0] + (1 - constants.stay) * worth
    return np.asarray(1 - moves / (known[:, 1] + worth))


def inputs(made: Features, constants: Constants) -> Floats:
    """What the coming years are expected from, a year's worth in yearly scales (N × K)."""
    pace = made.pace / made.scale
    far = constants.outlier
    clear = pace**2 / (pace**2 + constants.clear * made.doubt)
    return np.stack(
        [
            pace,
            pace,
            made.common / made.scale,
            np.clip(made.turn / made.scale, -far, far),
            np.clip(made.place / made.scale, -far, far),
            np.clip(made.distance / made.scale, -constants.far, constants.far),
            pace * clear,
        ],
        axis=1,
    )


def courses(horizons: int) -> Floats:
    """How much of each input's yearly effect has come after 1 … H years (H × K).

    >>> courses(2)[:, 1].tolist()
    [1.0, 1.8]
    """
    ahead = np.arange(horizons)[:, None]
    return np.asarray(np.cumsum(np.asarray(FADES)[None, :] ** ahead, axis=0))


def widths(made: Features, ahead: Ints, constants: Constants) -> Floats:
    """The model's own size of errors so many years ahead, in yearly scales (N × H).

    A walk's surprises, the doubt about the pace, and a pace that changes by a part of itself.
    """
    doubt = constants.doubt * made.doubt[:, None] * ahead**2
    pace = made.pace / made.scale
    wander = constants.wander * (pace[:, None] * ahead) ** 2
    return np.asarray(np.sqrt(ahead + doubt + wander + made.noise[:, None]))


def _fit(lessons: Lessons, worth: Floats, belief: Learned, constants: Constants) -> Learned:
    """The fit of every group at once; ``belief`` has a row a group, ``worth`` is that of lessons."""
    group, made = lessons.groups, lessons.features
    ahead = lessons.ahead
    size, horizons, longest = len(belief.spread), len(ahead), int(ahead.max())
    x, course = inputs(made, constants), courses(longest)[ahead - 1]
    wide = widths(made, ahead, constants)
    at, spot = np.nonzero(~np.isnan(lessons.outcome))  # one row a lesson and horizon
    y = lessons.outcome[at, spot] / made.scale[at] / wide[at, spot]
    z = x[at] * course[spot] / wide[at, spot][:, None]
    key = group[at]
    trust = constants.evidence / ahead[spot]  # windows of h years overlap h times
    slopes = belief.slopes
    size0 = belief.sizes(ahead)
    for _ in range(2):
        error = y - (z * slopes[key]).sum(axis=1)
        scaled = (error / size0[key, spot]) ** 2
        weight = trust / size0[key, spot] ** 2 * (SHARP + 1) / (SHARP + scaled)
        slopes = _slopes(z, y, key, weight, belief.slopes, constants)
    error = (y - (z * slopes[key]).sum(axis=1)) ** 2
    cell = key * horizons + spot
    counts = worth[at, spot]
    count = np.bincount(cell, counts, size * horizons).reshape(size, horizons) / ahead
    found = []
    for tails in TAILS:
        size2, like = _spread(error, cell, counts / constants.evidence, tails, size0.ravel())
        total = np.bincount(np.arange(size).repeat(horizons),
            constants.evidence * like / np.tile(ahead, size), size)  # fmt: skip
        found.append(
            (size2, total - 0.5 * (np.log(tails / belief.tails) / constants.tails_spread) ** 2)
        )
    support = np.stack([one[1] for one in found])
    share = np.exp(support - support.max(axis=0))
    share /= share.sum(axis=0)
    logs = np.stack([0.5 * np.log(one[0]).reshape(size, horizons) for one in found])
    spread, growth, doubt = _curve(
        (share[:, :, None] * logs).sum(axis=0),
        count,
        ahead,
        belief,
        constants,
    )
    reach = np.zeros(size, np.int64)
    np.maximum.at(reach, key, ahead[spot])
    return Learned(
        slopes=slopes,
        spread=spread,
        growth=growth,
        doubt=doubt,
        stay=belief.stay,
        tails=np.exp((share * np.log(np.array(TAILS))[:, None]).sum(axis=0)),
        reach=reach,
    )


def _slopes(
    z: Floats, y: Floats, key: Ints, weight: Floats, belief: Floats, constants: Constants
) -> Floats:
    """Weighted ridge regression in every group, towards its belief."""
    size, many = belief.shape
    ridge = np.asarray(constants.ridge)
    squares = np.zeros((size, many, many))
    products = ridge * belief
    for i in range(many):
        zi = weight * z[:, i]
        products[:, i] += np.bincount(key, zi * y, size)
        squares[:, i, i] += ridge[i]
        for j in range(i + 1):
            cross = np.bincount(key, zi * z[:, j], size)
            squares[:, i, j] += cross
            if i != j:
                squares[:, j, i] += cross
    return np.asarray(np.linalg.solve(squares, products[..., None])[..., 0])


def _spread(
    error: Floats, cell: Ints, worth: Floats, tails: float, belief: Floats
) -> tuple[Floats, Floats]:
    """The squared size of t-distributed errors in every cell, and their log likelihood."""
    size = len(belief)
    count = np.bincount(cell, worth, size)
    result = belief**2
    for _ in range(ROUNDS):
        pull = worth * (tails + 1) * error / (tails + error / result[cell])
        result = (result + np.bincount(cell, pull, size)) / (1 + count)
    each = -0.5 * worth * (tails + 1) * np.log1p(error / result[cell] / tails)
    constant = (
        scipy.special.gammaln((tails + 1) / 2)
        - scipy.special.gammaln(tails / 2)
        - 0.5 * np.log(tails)
    )
    like = np.bincount(cell, each, size) + count * (constant - 0.5 * np.log(result))
    return result, like


def _curve(
    logs: Floats, weight: Floats, ahead: Ints, belief: Learned, constants: Constants
) -> tuple[Floats, Floats, Floats]:
    """Size after one year and its power of the years: a weighted line through the logarithms.

    A horizon counts by its ``weight`` (G × H: the worth of its lessons, fewer of them independent
    the longer it is), the belief by ``spread_weight`` and ``growth_weight``. How sure the line is
    goes by the years that taught it, a year of many areas counting as one.
    """
    x = np.log(ahead)
    y = (
        np.where(weight > 0, logs, 0.0)
        - np.log(belief.spread)[:, None]
        - belief.growth[:, None] * x
    )
    a, b, c = _normal(weight, x, constants)
    p, q = (weight * y).sum(axis=1), (weight * x * y).sum(axis=1)
    det = a * c - b * b
    spread = np.asarray(belief.spread * np.exp((c * p - b * q) / det))
    growth = np.asarray(belief.growth + (a * q - b * p) / det)
    a, b, c = _normal(weight / constants.origin, x, constants)
    return spread, growth, np.stack([c, b, a], axis=1) / (a * c - b * b)[:, None]


def _normal(weight: Floats, x: Floats, constants: Constants) -> tuple[Floats, Floats, Floats]:
    """The normal matrix of a weighted line through the logarithms, with the belief's weights."""
    return (
        constants.spread_weight + weight.sum(axis=1),
        np.asarray((weight * x).sum(axis=1)),
        constants.growth_weight + (weight * x**2).sum(axis=1),
    )
