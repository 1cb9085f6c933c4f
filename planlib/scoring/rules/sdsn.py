"""SDSN, SDG Index and Dashboards: the slope seen over the slope needed, and a score of 0 to 100.

Source: Sustainable Development Report, methods summary (Sustainable Development Solutions Network).
Confidence C: general knowledge; confirm before citing it as the current rule.

Confirmed: slope seen over slope needed, the score from 0 to 100, a fifth of the indicators missing at
the most.
Not confirmed: the cuts 1, .5 and 0 of the arrow, the years it looks at, the worst values, and that the
overall score is a plain mean of what is there.

The arrow is the yearly change seen since the base over the yearly change needed from the base to
the target. A target that the latest figure has reached is ``on_track``, which SDSN calls "on track or
maintaining SDG achievement": the pace is at least the one needed, or performance has already passed
the threshold. A figure that met its target at the base and does not any more is ``decreasing``: its
score has fallen from 100. The score is 100 · (x − worst) / (best − worst), clipped; the target is the best value,
the worst one has to be given (SDSN takes it from the countries at the bottom). An overall score is
withheld when more than 20 % of the indicators are missing.

SDSN looks at the last years for the arrow; here it is what lies between the base year and the latest
figure, since a plan seldom has more. Where the base met the target already, or the latest figure
does, there is no pace to measure and so no ``ratio``.

Known faults, reproduced on purpose: only the first and the last figure count; a target reached stays
on track however fast the figure falls; without a target there is no answer; after the deadline
nothing is "missed".
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from planlib.scoring.rules.checks import Columns
from planlib.scoring.rules.frames import arrange
from planlib.scoring.rules.method import Method, StatusClass
from planlib.scoring.rules.results import Floats, answers, graded, reasons, unknown_as_none

METHOD = Method(
    id="sdsn",
    source="Sustainable Development Solutions Network, Sustainable Development Report: methods "
    "summary of the SDG Index and Dashboards",
    confidence="C",
    statuses={
        "on_track": StatusClass.good,
        "moderately_improving": StatusClass.middling,
        "stagnating": StatusClass.middling,
        "decreasing": StatusClass.bad,
    },
)

RATIO_CUTS = ((1.0, "on_track"), (0.5, "moderately_improving"), (0.0, "stagnating"))
MOST_MISSING = 0.20


def ratio(base: Floats, latest: Floats, target: Floats, elapsed: Floats, allowed: Floats) -> Floats:
    """The yearly change seen over the yearly change needed; NaN where undefined.

    >>> years = np.array([2.0]), np.array([4.0])
    >>> ratio(np.array([60.0]), np.array([78.0]), np.array([90.0]), *years).tolist()
    [1.2]
    """
    with np.errstate(all="ignore"):
        # One division, so that a pace exactly on the cut stays there.
        found = ((latest - base) * allowed) / ((target - base) * elapsed)
    return np.where(np.isfinite(found), found, np.nan)


def score(values: Floats, worst: Floats, best: Floats) -> Floats:
    """0 to 100 between the worst and the best value, clipped; the best may be the smaller one.

    >>> score(np.array([78.0, 95.0, 2.0]), np.array([50.0, 50.0, 5.0]), np.array([90.0, 90.0, 0.0]))
    array([ 70., 100.,  60.])
    """
    with np.errstate(all="ignore"):
        return np.asarray(np.clip(100.0 * (values - worst) / (best - worst), 0.0, 100.0))


def overall(scores: Floats, most_missing: float = MOST_MISSING) -> float:
    """The mean of the scores, NaN when more than a fifth of them are missing.

    >>> overall(np.array([70.0, 90.0, 80.0, 60.0, np.nan]))
    75.0
    >>> overall(np.array([70.0, 90.0, np.nan]))
    nan
    """
    known = ~np.isnan(scores)
    if not known.any() or (~known).mean() > most_missing:
        return np.nan
    return float(scores[known].mean())


def assess(
    observations: pd.DataFrame, targets: pd.DataFrame, *, columns: Columns | None = None
) -> pd.DataFrame:
    """Their arrow of every series; see ``frames`` for what the two frames hold.

    ``ratio`` is the slope seen over the slope needed, empty where none is; ``score`` is given where ``targets`` has a
    column ``worst``. Raises InputError for bad frames.

    >>> figures = pd.DataFrame({"series": "B", "year": [2008, 2010], "value": [40, 30]})
    >>> targets = pd.DataFrame(
    ...     {
    ...         "series": ["B"],
    ...         "base_year": 2008,
    ...         "target": 10,
    ...         "target_year": 2012,
    ...         "direction": "decrease",
    ...         "worst": 50,
    ...     }
    ... )
    >>> assess(figures, targets)[["status", "ratio", "score"]].round(4).values.tolist()
    [['moderately_improving', 0.6667, 50.0]]
    """
    given = arrange(observations, targets, columns)
    arrow = ratio(given.base, given.latest, given.target, given.elapsed, given.allowed)
    with np.errstate(all="ignore"):
        met_at_base = given.sign * (given.base - given.target) >= 0
    decided = given.reached | met_at_base
    why = reasons(
        len(given),
        (given.no_figures, "no_figures"),
        (given.no_target, "no_target"),
        (given.one_figure & ~given.reached, "one_figure"),
        (given.no_time & ~decided, "target_year"),
    )
    status = unknown_as_none(graded(arrow, RATIO_CUTS, "decreasing"), arrow)
    status = np.where(decided, np.where(given.reached, "on_track", "decreasing"), status)
    arrow = np.where(decided, np.nan, arrow)
    points = score(given.latest, given.worst, given.target)
    return answers(given.series, status, arrow, points, why)
