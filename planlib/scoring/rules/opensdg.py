"""Open SDG, the rule of Statistics Canada: growth seen over growth needed.

Source: the progress methodology of Open SDG (docs/progress-methodology.md of open-sdg/open-sdg)
and its code (sdg/ProgressMeasure.py of open-sdg/sdg-build). Confidence A: read in source code and
reproduced.

Confirmed: growth from the two ends, the first later year where the base year has no figure, the cuts
.95, .60 and 0 of R and 1.5 %, 0.5 % and 0 of the growth, the factor of a limit with its power 4.44,
every line of the score, 0.001 in the place of a zero, and the roll-up: the mean of the scores, cuts
2.5, 0 and -2.5, achieved where every series is. Its words for direction are positive and negative.
Not confirmed: how a group weighs is read in its documentation of progress_calculation_options alone;
the code that was read takes the plain mean. A site may set cuts of its own, which are no part of this,
and the code's defaults (2015, 2030, falling is good) have to be given here.

With a target: ``achieved`` where the latest figure is on its good side, else
R = direction · growth seen / |growth needed|, both compounded from the base. Without one: the
growth seen, against cuts that shrink near a natural limit. Scores run from −5 to 5.

Known faults, reproduced on purpose:

- only the first and the last figure count: 60, 20, 78 is judged like 60, 68, 78;
- a target or a base of zero is replaced by 0.001, and the answer moves with that number: 5, 4, 2
  incidents towards 0 are 60 % of the way in half the time and yet ``limited``;
- figures and target of different signs have a complex root (but over a single year), a base equal to
  its target divides by zero: both come out without a status. (Where all are below zero the growth
  is turned round, as their code does.);
- after the deadline nothing is "missed": the growth is compared as before;
- next to a limit the needed growth is tiny: 99.1 to 98.6 against 100 scores the worst possible;
- "down to zero" is achieved from 0.001 down, and "up to zero" not before 0.001.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planlib.scoring.rules.checks import Columns
from planlib.scoring.rules.frames import Arranged, arrange
from planlib.scoring.rules.method import Method, StatusClass
from planlib.scoring.rules.results import (
    Bools,
    Floats,
    Texts,
    answers,
    cagr,
    graded,
    reasons,
    unknown_as_none,
)

METHOD = Method(
    id="opensdg",
    source="Open SDG, progress measurement methodology (Statistics Canada); sdg-build, "
    "ProgressMeasure",
    confidence="A",
    statuses={
        "achieved": StatusClass.good,
        "substantial": StatusClass.good,
        "moderate": StatusClass.middling,
        "limited": StatusClass.middling,
        "deterioration": StatusClass.bad,
    },
)

EPSILON = 0.001  # stands for a target or a base of zero
RATIO_CUTS = ((0.95, "substantial"), (0.60, "moderate"), (0.0, "limited"))
HIGH, MEDIUM = 0.015, 0.005  # yearly growth without a target
LIMIT_POWER = 4.44
BEST, WORST = 5.0, -5.0
SCORE_CUTS = ((2.5, "substantial"), (0.0, "moderate"), (-2.5, "limited"))


def ratio(
    base: Floats, latest: Floats, target: Floats, elapsed: Floats, allowed: Floats, sign: Floats
) -> Floats:
    """R, growth seen over growth needed; NaN where a root is complex or nothing is needed.

    ``elapsed`` and ``allowed`` are years from the base to the latest figure and to the deadline.

    >>> one = np.array([60.0]), np.array([78.0]), np.array([90.0])
    >>> ratio(*one, np.array([2.0]), np.array([4.0]), np.array([1.0])).round(6).tolist()
    [1.313957]
    """
    start, goal = _not_zero(base), _not_zero(target)
    seen = cagr(start, latest, elapsed)
    with np.errstate(all="ignore"):
        found = _turned(start) * sign * seen / np.abs(cagr(start, goal, allowed))
    return np.where(np.isfinite(found), found, np.nan)


def growth(base: Floats, latest: Floats, elapsed: Floats, sign: Floats) -> Floats:
    """The yearly growth seen in the good direction, which is judged where there is no target."""
    start = _not_zero(base)
    return _turned(start) * sign * cagr(start, latest, elapsed)


def reduction(base: Floats, limit: Floats) -> Floats:
    """C, by which the cuts shrink near a natural limit; 1 without a limit or far from it.

    >>> reduction(np.array([50.0, 100.0, 150.0]), np.array([100.0, 100.0, np.nan])).round(
    ...     6
    ... ).tolist()
    [0.953929, 0.0, 1.0]
    """
    start, end = np.abs(base), np.abs(limit)
    with np.errstate(all="ignore"):
        below = 1.0 - (start / end) ** LIMIT_POWER
        above = 1.0 - ((2.0 * end - start) / end) ** LIMIT_POWER
        far = np.isnan(limit) | (start >= 2.0 * end)
    return np.where(far, 1.0, np.where(start <= end, below, above))


def score_of_ratio(measure: Floats) -> Floats:
    """The score of R, −5 to 5.

    >>> score_of_ratio(np.array([1.313957, 0.457418])).round(6).tolist()
    [5.0, -0.594076]
    """
    with np.errstate(all="ignore"):
        upper = np.minimum(7.1429 * measure - 4.2857, BEST)
        lower = np.maximum(4.1667 * measure - 2.5, WORST)
    return np.where(measure >= RATIO_CUTS[1][0], upper, lower)


def score_of_growth(measure: Floats, shrunk: Floats) -> Floats:
    """The score of a growth without a target, −5 to 5; ``shrunk`` is C.

    >>> score_of_growth(np.array([1.03**0.5 - 1]), np.array([1.0])).round(6).tolist()
    [2.472289]
    """
    with np.errstate(all="ignore"):
        part = measure / shrunk
        lower = np.maximum(125.0 * measure - 2.5, WORST)
        limited, moderate = 500.0 * part - 2.5, 250.0 * part - 1.25
        high = np.minimum(500.0 * part - 5.0, BEST)
    found = np.where(measure >= MEDIUM * shrunk, moderate, limited)
    found = np.where(measure >= HIGH * shrunk, high, found)
    found = np.where(shrunk == 0, BEST, found)  # at the limit, and not away from it
    return np.where(measure < 0, lower, found)


def roll_up(
    scores: Floats, achieved: Bools, groups: Sequence[str | None] | None = None
) -> tuple[float, str | None]:
    """The score and status of an indicator's series together: the mean of their scores.

    ``groups`` names the group of each series, None for one that stands alone. As their
    documentation of ``progress_calculation_options`` has it, a group counts as much as a series
    that stands alone, and the series within it count alike. Series without a score are left out;
    ``achieved`` only where all that are left are. Raises ValueError for another number of groups.

    >>> roll_up(np.array([5.0, 0.0, np.nan]), np.array([True, False, False]))
    (2.5, 'substantial')
    >>> roll_up(np.array([5.0, 5.0]), np.array([True, True]))
    (5.0, 'achieved')
    >>> roll_up(np.array([4.0, -5.0, -3.0]), np.zeros(3, bool), [None, "fatal", "fatal"])
    (0.0, 'moderate')
    """
    known = ~np.isnan(scores)
    if not known.any():
        return np.nan, None
    names = groups if groups is not None else [None] * len(scores)
    entries: dict[object, list[float]] = {}
    for at, (score, group) in enumerate(zip(scores.tolist(), names, strict=True)):
        if known[at]:
            entries.setdefault(at if group is None else group, []).append(score)
    mean = float(np.mean([np.mean(entry) for entry in entries.values()]))
    if achieved[known].all():
        return mean, "achieved"
    return mean, str(graded(np.array([mean]), SCORE_CUTS, "deterioration")[0])


def assess(
    observations: pd.DataFrame, targets: pd.DataFrame, *, columns: Columns | None = None
) -> pd.DataFrame:
    """Their status and score of every series; see ``frames`` for what the two frames hold.

    ``ratio`` is R where there is a target, the yearly growth in the good direction where there is
    none. Raises InputError for frames that cannot be read.

    >>> figures = pd.DataFrame(
    ...     {
    ...         "series": ["A", "A", "A", "B", "B", "B"],
    ...         "year": [2008, 2009, 2010] * 2,
    ...         "value": [60, 68, 78, 40, 33, 30],
    ...     }
    ... )
    >>> targets = pd.DataFrame(
    ...     {
    ...         "series": ["A", "B"],
    ...         "base_year": 2008,
    ...         "target": [90, 10],
    ...         "target_year": 2012,
    ...         "direction": ["increase", "decrease"],
    ...     }
    ... )
    >>> assess(figures, targets)[["series", "status", "ratio", "score"]].round(6)
      series       status     ratio     score
    0      A  substantial  1.313957  5.000000
    1      B      limited  0.457418 -0.594077
    """
    given = arrange(observations, targets, columns)
    aimed, goal = ~given.no_target, _not_zero(given.target)
    with np.errstate(all="ignore"):
        achieved = aimed & (given.sign * (given.latest - goal) >= 0)
    growth_ratio = ratio(
        given.base, given.latest, given.target, given.elapsed, given.allowed, given.sign
    )
    free = growth(given.base, given.latest, given.elapsed, given.sign)
    shrunk = reduction(given.base, given.limit)
    measure = np.where(aimed, growth_ratio, free)
    status = np.where(aimed, graded(measure, RATIO_CUTS, "deterioration"), _free(free, shrunk))
    score = np.where(aimed, score_of_ratio(measure), score_of_growth(free, shrunk))
    status = np.where(achieved, "achieved", unknown_as_none(status, measure))
    why = _why(given, goal, achieved)
    return answers(given.series, status, measure, np.where(achieved, BEST, score), why)


def _free(measure: Floats, shrunk: Floats) -> Texts:
    """The status of a growth without a target, against the shrunk cuts."""
    status = np.where(measure >= MEDIUM * shrunk, "moderate", "limited").astype(object)
    status[measure >= HIGH * shrunk] = "substantial"
    status[measure < 0] = "deterioration"
    return status


def _why(given: Arranged, goal: Floats, achieved: Bools) -> Texts:
    start = _not_zero(given.base)
    side = np.sign(start)
    seen = (side * np.sign(given.latest) < 0) & (given.elapsed != 1)
    needed = ~given.no_target & (side * np.sign(goal) < 0) & (given.allowed != 1)
    return reasons(
        len(given),
        (given.no_figures, "no_figures"),
        (given.one_figure & ~achieved, "one_figure"),
        (given.no_time & ~achieved, "target_year"),
        ((seen | needed) & ~achieved, "complex_root"),
        ((start == goal) & ~achieved, "base_is_target"),
    )


def _not_zero(values: Floats) -> Floats:
    return np.where(values == 0, EPSILON, values)


def _turned(base: Floats) -> Floats:
    """Below zero growth runs the other way."""
    return np.where(base < 0, -1.0, 1.0)
