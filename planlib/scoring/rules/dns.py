"""Germany's sustainability strategy: the weather symbols of the Federal Statistical Office.

Source: "Status of indicators: methodology" of the German Sustainable Development Strategy
(dns-indikatoren.de/en/status, Destatis). Confidence B: from a published method note.

Confirmed: the three kinds of target, five yearly changes, the cuts of 5 % and 20 % of the gap, and the
every-year rule for a target once reached.
Not confirmed: that four figures are enough, years missing between figures, and what a miss of exactly
5 % is (here no longer the sun).

Three rules, by kind of target. All use the average of the last five yearly changes, that is of the
last six figures; with fewer, of as many as there are, but of four figures at least.

- *A value by a year*: the average carried in a straight line to the target year. Reached, or missed
  by under 5 % of the gap between target and current value: ``sun``; by 5 to 20 %: ``sun_cloud``; by
  more: ``cloud``; moving the wrong way or not at all: ``lightning``.
- *A value every year* (column ``every_year``): met and not getting worse ``sun``, met but getting
  worse ``sun_cloud``, not met but improving ``cloud``, else ``lightning``. The office uses this rule
  too for a value by a year that the latest figure has reached, whenever it is due.
- *A direction only* (no target): average and last change right ``sun``, only the average
  ``sun_cloud``, only the last change ``cloud``, neither ``lightning``.

The first two symbols are called "on track" by the office, which is why both count as good here.

Where years are missing between figures, the change is spread over the years it took (the note wants
consecutive figures). A target year that has passed unreached has no symbol, since the strategy then
sets a new target. Known fault, reproduced on purpose: the miss is measured in the gap that is left,
so one and the same miss looks worse the nearer the target is.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from planlib.scoring.rules.checks import Columns
from planlib.scoring.rules.frames import arrange
from planlib.scoring.rules.method import Method, StatusClass
from planlib.scoring.rules.results import (
    Bools,
    Floats,
    Texts,
    answers,
    nothing,
    reasons,
    without,
)

METHOD = Method(
    id="dns",
    source="Federal Statistical Office of Germany, indicators of the German Sustainable Development "
    "Strategy: status of indicators, methodology (dns-indikatoren.de/en/status)",
    confidence="B",
    statuses={
        "sun": StatusClass.good,
        "sun_cloud": StatusClass.good,
        "cloud": StatusClass.middling,
        "lightning": StatusClass.bad,
    },
)

FIGURES = 6  # six figures give five yearly changes
FEWEST_FIGURES = 4
NEAR, FAR = 0.05, 0.20
DIGITS = 12  # a miss of exactly 5 % must not turn on binary dust


def changes(
    values: Floats, years: npt.NDArray[np.int64], most: int = FIGURES
) -> tuple[Floats, Floats, npt.NDArray[np.int64]]:
    """The average yearly change of the last figures, the very last change, and how many there were.

    ``values`` is series × years, NaN where there is no figure; NaN under two figures.

    >>> row = np.array([[50.0, 60.0, 62.0, 64.0, 66.0, 68.0, 69.0]])
    >>> [part.tolist() for part in changes(row, np.arange(2010, 2017))]
    [[1.8], [1.0], [6]]
    """
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    used = np.minimum(count, most)
    if values.shape[1] == 0:
        none = np.full(len(values), np.nan)
        return none, none, used
    # How many figures stand at or after each place; the n-th from the end is where it equals n.
    left = np.cumsum(known[:, ::-1], axis=1)[:, ::-1]
    lines = np.arange(len(values))

    def at(number: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        return np.asarray((known & (left == np.maximum(number, 1)[:, None])).argmax(axis=1))

    last, before, first = at(np.ones_like(used)), at(np.full_like(used, 2)), at(used)
    with np.errstate(all="ignore"):
        average = (values[lines, last] - values[lines, first]) / (years[last] - years[first])
        newest = (values[lines, last] - values[lines, before]) / (years[last] - years[before])
    few = count < 2
    return np.where(few, np.nan, average), np.where(few, np.nan, newest), used


def miss(latest: Floats, target: Floats, average: Floats, years: Floats, sign: Floats) -> Floats:
    """What the straight line misses the target by, as a share of the gap left; 0 where reached.

    >>> ten = np.array([80.0, 80.0]), np.array([90.0, 90.0]), np.array([4.75, 4.0])
    >>> miss(*ten, np.array([2.0, 2.0]), np.array([1.0, 1.0])).round(6).tolist()
    [0.05, 0.2]
    """
    with np.errstate(all="ignore"):
        short = np.maximum(sign * (target - (latest + average * years)), 0.0)
        share = np.where(short == 0, 0.0, short / np.abs(target - latest))
        share = np.where(share < 1, np.round(share, DIGITS), share)
    return np.where(np.isnan(short), np.nan, share)


def by_a_year(share: Floats, average: Floats, sign: Floats) -> Texts:
    """The symbol of a target to reach by a year, from the share it is missed by."""
    status = np.where(share <= FAR, "sun_cloud", "cloud").astype(object)
    with np.errstate(all="ignore"):
        status[share < NEAR] = "sun"
        status[(sign * average <= 0) & (share > 0)] = "lightning"
    return status


def every_year(reached: Bools, average: Floats, sign: Floats) -> Texts:
    """The symbol of a target that must hold every year."""
    with np.errstate(all="ignore"):
        better, worse = sign * average > 0, sign * average < 0
    met = np.where(worse, "sun_cloud", "sun")
    return np.where(reached, met, np.where(better, "cloud", "lightning")).astype(object)


def direction_only(average: Floats, newest: Floats, sign: Floats) -> Texts:
    """The symbol where there is a direction and no target."""
    with np.errstate(all="ignore"):
        right, turned = sign * average > 0, sign * newest > 0
    yes = np.where(turned, "sun", "sun_cloud")
    return np.where(right, yes, np.where(turned, "cloud", "lightning")).astype(object)


def assess(
    observations: pd.DataFrame, targets: pd.DataFrame, *, columns: Columns | None = None
) -> pd.DataFrame:
    """Their symbol of every series; see ``frames`` for what the two frames hold.

    ``ratio`` is the share of the gap that is missed, for targets by a year; there is no ``score``.
    Raises InputError for bad frames.

    >>> figures = pd.DataFrame(
    ...     {"series": "s", "year": range(2005, 2011), "value": [60, 64, 68, 72, 76, 80]}
    ... )
    >>> targets = pd.DataFrame(
    ...     {
    ...         "series": ["s"],
    ...         "base_year": 2005,
    ...         "target": 90,
    ...         "target_year": 2012,
    ...         "direction": "increase",
    ...     }
    ... )
    >>> assess(figures, targets)[["status", "ratio"]].values.tolist()
    [['sun_cloud', 0.2]]

    Reached but falling, against 90 by a year:

    >>> figures["value"] = [96, 95.5, 95, 94.5, 94, 93.5]
    >>> assess(figures, targets)["status"].tolist()
    ['sun_cloud']
    """
    given = arrange(observations, targets, columns)
    average, newest, used = changes(given.values, given.years)
    left = given.target_year - given.latest_year
    share = miss(given.latest, given.target, average, left, given.sign)
    status = by_a_year(share, average, given.sign)
    free = given.no_target
    held = ~free & (given.every_year | given.reached)
    status = np.where(held, every_year(given.reached, average, given.sign), status)
    status = np.where(free, direction_only(average, newest, given.sign), status)
    known = np.isfinite(np.where(held | free, average, share))
    with np.errstate(all="ignore"):
        passed = ~held & ~free & (left < 0)
    why = reasons(
        len(given),
        (given.no_figures, "no_figures"),
        (used < FEWEST_FIGURES, "few_figures"),
        (given.no_time & ~held, "target_year"),
        (passed, "deadline_passed"),
    )
    ratio = np.where(held | free, np.nan, share)
    return answers(given.series, without(status, ~known), ratio, nothing(len(given)), why)
