"""United Nations Statistics Division, progress chart: where the growth seen leads to.

Source: The Sustainable Development Goals Report 2026, Technical Note for Progress Assessment, as
implemented by the open package undata (0.4). Confidence A: read in an open implementation and
reproduced; the note itself was not available.

Confirmed: the formula of r, its cuts .95, .50, .10 and 0, and those of the growth without a target,
2 %, 1.25 %, 0.5 % and 0, against that package.
Not confirmed: the wording of the note, which series the Division leaves out of its chart, and how it
weighs regions; a base of zero is judged by hand there and has no answer here.

With a target: the latest figure is carried on at its growth to the target year, and
r = (carried on − base) / (target − base). Without one: the growth itself. The score from 0 to 5
runs through the cuts in straight lines. A base that already met the target is decided by hand in
the note: ``on_track`` while the latest figure still meets it, else ``regression``.

Known faults, reproduced on purpose:

- growth needs both ends above zero, so nothing that starts from or has come down to zero can be
  judged;
- only the first and the last figure count;
- after the target year the growth is carried back: 60 in 2008 and 85 in 2014 against 90 by 2012 is
  ``moderate``, never missed.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from planlib.scoring.rules.checks import Columns
from planlib.scoring.rules.frames import arrange
from planlib.scoring.rules.method import Method, StatusClass
from planlib.scoring.rules.results import (
    Floats,
    answers,
    cagr,
    graded,
    reasons,
    unknown_as_none,
)

METHOD = Method(
    id="unsd",
    source="UN Statistics Division, The Sustainable Development Goals Report 2026: Technical Note "
    "for Progress Assessment",
    confidence="A",
    statuses={
        "on_track": StatusClass.good,
        "moderate": StatusClass.middling,
        "marginal": StatusClass.middling,
        "stagnation": StatusClass.middling,
        "regression": StatusClass.bad,
    },
)

RATIO_CUTS = ((0.95, "on_track"), (0.50, "moderate"), (0.10, "marginal"), (0.0, "stagnation"))
GROWTH_CUTS = ((0.02, "on_track"), (0.0125, "moderate"), (0.005, "marginal"), (0.0, "stagnation"))
LOWEST = "regression"
# Beyond these the score is 0 and 5.
RATIO_ENDS = (-0.5, 1.5)
GROWTH_ENDS = (-0.05, 0.05)


def projected(latest: Floats, rate: Floats, years: Floats) -> Floats:
    """The latest figure carried on at a yearly growth; back where ``years`` is below zero.

    >>> rate = cagr(np.array([60.0]), np.array([85.0]), np.array([6.0]))
    >>> projected(np.array([85.0]), rate, np.array([-2.0])).round(2).tolist()
    [75.68]
    """
    with np.errstate(all="ignore"):
        return np.asarray(latest * (1.0 + rate) ** years, np.float64)


def ratio(base: Floats, latest: Floats, target: Floats, elapsed: Floats, allowed: Floats) -> Floats:
    """r, the change expected by the target year over the change needed; NaN where undefined.

    >>> years = np.array([2.0]), np.array([4.0])
    >>> ratio(np.array([60.0]), np.array([78.0]), np.array([90.0]), *years).round(6).tolist()
    [1.38]
    """
    end = projected(latest, _growth(base, latest, elapsed), allowed - elapsed)
    with np.errstate(all="ignore"):
        found = (end - base) / (target - base)
    return np.where(np.isfinite(found), found, np.nan)


def _growth(base: Floats, latest: Floats, elapsed: Floats) -> Floats:
    with np.errstate(all="ignore"):
        positive = (base > 0) & (latest > 0)
    return np.where(positive, cagr(base, latest, elapsed), np.nan)


def score(measure: Floats, *, aimed: bool) -> Floats:
    """0 to 5, in straight lines through the cuts; of r (``aimed``) or of a growth.

    >>> score(np.array([0.725, 2.0, -0.25]), aimed=True).tolist()
    [3.5, 5.0, 0.5]
    """
    cuts, ends = (RATIO_CUTS, RATIO_ENDS) if aimed else (GROWTH_CUTS, GROWTH_ENDS)
    places = [ends[0], *(cut for cut, _ in reversed(cuts)), ends[1]]
    return np.interp(measure, places, [0.0, 1.0, 2.0, 3.0, 4.0, 5.0])


def assess(
    observations: pd.DataFrame, targets: pd.DataFrame, *, columns: Columns | None = None
) -> pd.DataFrame:
    """Their status and score of every series; see ``frames`` for what the two frames hold.

    ``ratio`` is r where there is a target, the yearly growth in the good direction where there is
    none; empty where the base already met the target. Raises InputError for bad frames.

    >>> figures = pd.DataFrame({"series": "B", "year": [2008, 2010], "value": [40, 30]})
    >>> targets = pd.DataFrame(
    ...     {
    ...         "series": ["B"],
    ...         "base_year": 2008,
    ...         "target": 10,
    ...         "target_year": 2012,
    ...         "direction": "decrease",
    ...     }
    ... )
    >>> assess(figures, targets)[["status", "ratio"]].round(5).values.tolist()
    [['moderate', 0.58333]]
    """
    given = arrange(observations, targets, columns)
    aimed = ~given.no_target
    with np.errstate(all="ignore"):
        met_at_base = aimed & (given.sign * (given.base - given.target) >= 0)
        positive = (given.base > 0) & (given.latest > 0)
    free = given.sign * _growth(given.base, given.latest, given.elapsed)
    r = ratio(given.base, given.latest, given.target, given.elapsed, given.allowed)
    measure = np.where(aimed, r, free)
    status = np.where(aimed, graded(r, RATIO_CUTS, LOWEST), graded(free, GROWTH_CUTS, LOWEST))
    points = np.where(aimed, score(r, aimed=True), score(free, aimed=False))
    at_base = np.where(given.reached, "on_track", LOWEST)
    status = np.where(met_at_base, at_base, unknown_as_none(status, measure))
    points = np.where(met_at_base, np.where(given.reached, 5.0, 0.0), points)
    why = reasons(
        len(given),
        (given.no_figures, "no_figures"),
        (given.one_figure, "one_figure"),
        (given.no_time, "target_year"),
        (~positive & ~met_at_base, "needs_positive"),
    )
    return answers(given.series, status, np.where(met_at_base, np.nan, measure), points, why)
