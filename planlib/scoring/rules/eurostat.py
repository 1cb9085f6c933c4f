"""Eurostat, sustainable development in the European Union: growth seen over growth needed.

Source: the method of Eurostat's yearly monitoring report, "Sustainable development in the European
Union". Confidence C: general knowledge as far as the cuts go; confirm them before citing.

Confirmed: growth seen over growth needed, both compounded; two answers of it worked by hand
(.140175 / .106682 = 1.313957 and -.133975 / -.292893 = .457418).
Not confirmed: the cuts 95 %, 60 % and 0 of R, 1 %, 0 and -1 % a year without a target, and whether a
growth of exactly zero is moderate; check them against the report of the year that is cited.

With a target R = growth seen / growth needed, both compounded from the base. Without one: the
growth in the good direction, against one per cent a year. Eurostat looks at the last fifteen and
the last five years; here the window is whatever lies between the base year and the latest figure.
Its score of a whole goal is not part of this.

Known faults, reproduced on purpose:

- only the first and the last figure count, and figures must lie above zero at the base;
- R has no direction of its own: 96, 95, 94 against "at least 95" falls towards its target and past
  it, and is ``significant``. (Statistics Canada put the direction in for this reason.);
- a base equal to its target divides by zero; after the deadline nothing is "missed".
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
    nothing,
    reasons,
    unknown_as_none,
)

METHOD = Method(
    id="eurostat",
    source="Eurostat, Sustainable development in the European Union: monitoring report on progress "
    "towards the SDGs in an EU context, method of assessing indicator trends",
    confidence="C",
    statuses={
        "significant": StatusClass.good,
        "moderate": StatusClass.middling,
        "insufficient": StatusClass.middling,
        "away": StatusClass.bad,
        # without a target
        "significant_progress": StatusClass.good,
        "moderate_progress": StatusClass.middling,
        "moderate_away": StatusClass.bad,
        "significant_away": StatusClass.bad,
    },
)

RATIO_CUTS = ((0.95, "significant"), (0.60, "moderate"), (0.0, "insufficient"))
GROWTH_CUTS = ((0.01, "significant_progress"), (0.0, "moderate_progress"), (-0.01, "moderate_away"))


def ratio(base: Floats, latest: Floats, target: Floats, elapsed: Floats, allowed: Floats) -> Floats:
    """R, growth seen over growth needed; NaN where one of them is not a number.

    >>> years = np.array([2.0]), np.array([4.0])
    >>> ratio(np.array([40.0]), np.array([30.0]), np.array([10.0]), *years).round(6).tolist()
    [0.457418]
    """
    with np.errstate(all="ignore"):
        found = cagr(base, latest, elapsed) / cagr(base, target, allowed)
    return np.where(np.isfinite(found), found, np.nan)


def assess(
    observations: pd.DataFrame, targets: pd.DataFrame, *, columns: Columns | None = None
) -> pd.DataFrame:
    """Their status of every series; see ``frames`` for what the two frames hold.

    ``ratio`` is R where there is a target, the yearly growth in the good direction where there is
    none; there is no ``score``. Raises InputError for bad frames.

    >>> figures = pd.DataFrame({"series": "A", "year": [2008, 2010], "value": [60, 78]})
    >>> targets = pd.DataFrame(
    ...     {
    ...         "series": ["A"],
    ...         "base_year": 2008,
    ...         "target": 90,
    ...         "target_year": 2012,
    ...         "direction": "increase",
    ...     }
    ... )
    >>> assess(figures, targets)[["status", "ratio"]].round(6).values.tolist()
    [['significant', 1.313957]]
    """
    given = arrange(observations, targets, columns)
    aimed = ~given.no_target
    measure = np.where(
        aimed,
        ratio(given.base, given.latest, given.target, given.elapsed, given.allowed),
        given.sign * cagr(given.base, given.latest, given.elapsed),
    )
    status = np.where(
        aimed,
        graded(measure, RATIO_CUTS, "away"),
        graded(measure, GROWTH_CUTS, "significant_away"),
    )
    with np.errstate(all="ignore"):
        negative = (given.base <= 0) | (given.latest < 0) | (given.target < 0)
    why = reasons(
        len(given),
        (given.no_figures, "no_figures"),
        (given.one_figure, "one_figure"),
        (given.no_time, "target_year"),
        (negative, "needs_positive"),
        (given.base == given.target, "base_is_target"),
    )
    return answers(
        given.series, unknown_as_none(status, measure), measure, nothing(len(given)), why
    )
