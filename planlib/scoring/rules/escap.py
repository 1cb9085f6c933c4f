"""UN ESCAP, Asia and the Pacific: how far since the base, and where a straight line leads to.

Source: ESCAP, Asia and the Pacific SDG Progress Report, technical notes (progress assessment
methodology). Confidence B, the cut C: from a published method note; the cut of 10 % is a parameter
because it was not confirmed.

Confirmed: the index from 0 to 10, the gap as a share of the whole road, the three words.
Not confirmed: the cut of 10 %, the weights of recent years, where "reverse" begins, and the values that
ESCAP sets for indicators without a target of their own.

The current status index, 10 · change since the base / |target − base| in the good direction, is
the ``score``: 10 is the whole way. The anticipated progress is a straight line through all figures,
carried to the target year; the gap it leaves, |target − expected| / |target − base|, is the
``ratio``, 0 where the target is reached. A gap up to the cut is ``maintain``, up to the whole road
``accelerate``, and beyond it ``reverse``: the line then ends further from the target than the base
was. (That "reverse" starts at the whole road is our reading of three words and one cut; 60, 59, 57
towards 90, a gap of 1.1944, agrees with it.)

ESCAP counts recent figures for more, with weights that we could not confirm: the line is unweighted
unless ``half_life`` is given.

Known faults, reproduced on purpose: a base equal to its target divides by zero; without a target
there is no answer; a target reached may still be told to accelerate, where the line falls back;
after the deadline nothing is "missed", the line is read at the target year.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from planlib.errors import InputError, Problem, said
from planlib.scoring.rules.checks import Columns
from planlib.scoring.rules.frames import arrange
from planlib.scoring.rules.method import Method, StatusClass
from planlib.scoring.rules.results import Floats, answers, reasons, unknown_as_none

METHOD = Method(
    id="escap",
    source="UN ESCAP, Asia and the Pacific SDG Progress Report, technical notes: progress "
    "assessment methodology",
    confidence="B",
    statuses={
        "maintain": StatusClass.good,
        "accelerate": StatusClass.middling,
        "reverse": StatusClass.bad,
    },
)

CUT = 0.10
WHOLE_ROAD = 1.0
FULL_INDEX = 10.0


def current_status(base: Floats, latest: Floats, target: Floats, sign: Floats) -> Floats:
    """The current status index: 0 at the base, 10 at the target, below 0 when moved away.

    >>> current_status(*(np.array([x]) for x in (40.0, 30.0, 10.0, -1.0))).round(4).tolist()
    [3.3333]
    """
    with np.errstate(all="ignore"):
        return np.asarray(FULL_INDEX * sign * (latest - base) / np.abs(target - base), np.float64)


def expected(
    values: Floats,
    years: npt.NDArray[np.int64],
    at: Floats,
    half_life: float | None = None,
) -> Floats:
    """A straight line through the figures of each series, read at a year; NaN under two figures.

    ``values`` is series × years, NaN where there is no figure. With ``half_life`` a figure that
    many years older than the newest one counts half.

    >>> years = np.array([2008, 2009, 2010])
    >>> expected(np.array([[60.0, 68.0, 78.0]]), years, np.array([2012.0])).round(4).tolist()
    [95.6667]
    """
    known = ~np.isnan(values)
    weights = known.astype(np.float64)
    if half_life is not None and len(years):
        weights = weights * 0.5 ** ((years[-1] - years) / half_life)
    with np.errstate(all="ignore"):
        # Years and figures from their middles, so that large ones do not cancel.
        total = weights.sum(axis=1)
        middle = (weights * years).sum(axis=1) / total
        mean = np.where(known, weights * values, 0.0).sum(axis=1) / total
        apart = np.where(known, years - middle[:, None], 0.0)
        rise = np.where(known, values - mean[:, None], 0.0)
        slope = (weights * apart * rise).sum(axis=1) / (weights * apart**2).sum(axis=1)
        line = mean + slope * (at - middle)
    return np.where(known.sum(axis=1) >= 2, line, np.nan)


def gap(base: Floats, target: Floats, end: Floats, sign: Floats) -> Floats:
    """What is missing at the end as a share of the whole road; 0 where the target is reached.

    >>> gap(*(np.array([x]) for x in (40.0, 10.0, 19 + 1 / 3, -1.0))).round(4).tolist()
    [0.3111]
    """
    with np.errstate(all="ignore"):
        short = np.maximum(sign * (target - end), 0.0) / np.abs(target - base)
    return np.asarray(short, np.float64)


def assess(
    observations: pd.DataFrame,
    targets: pd.DataFrame,
    *,
    columns: Columns | None = None,
    cut: float = CUT,
    half_life: float | None = None,
) -> pd.DataFrame:
    """Their status of every series; see ``frames`` for what the two frames hold.

    ``ratio`` is the gap expected at the target year, ``score`` the current status index. The line
    uses every figure given, those before the base year too, as ESCAP does. Raises InputError for
    bad frames and parameters.

    >>> figures = pd.DataFrame({"series": "B", "year": [2008, 2009, 2010], "value": [40, 33, 30]})
    >>> targets = pd.DataFrame(
    ...     {
    ...         "series": ["B"],
    ...         "base_year": 2008,
    ...         "target": 10,
    ...         "target_year": 2012,
    ...         "direction": "decrease",
    ...     }
    ... )
    >>> assess(figures, targets)[["status", "ratio", "score"]].round(4).values.tolist()
    [['accelerate', 0.3111, 3.3333]]
    """
    problems = []
    if not 0 <= cut <= WHOLE_ROAD:
        problems.append(Problem(said("rules.cut-not-a-share", found=str(cut))))
    if half_life is not None and not half_life > 0:
        problems.append(Problem(said("rules.half-life-not-above-0", found=str(half_life))))
    if problems:
        raise InputError(problems)
    given = arrange(observations, targets, columns)
    end = expected(given.values, given.years, given.target_year, half_life)
    short = gap(given.base, given.target, end, given.sign)
    status = np.where(short <= cut, "maintain", "accelerate").astype(object)
    status[short > WHOLE_ROAD] = "reverse"
    index = current_status(given.base, given.latest, given.target, given.sign)
    why = reasons(
        len(given),
        (given.no_figures, "no_figures"),
        (given.no_target, "no_target"),
        (given.one_figure, "one_figure"),
        (given.no_time, "target_year"),
        (given.base == given.target, "base_is_target"),
    )
    return answers(given.series, unknown_as_none(status, short, index), short, index, why)
