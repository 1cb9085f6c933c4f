"""Decree 335/2025/NĐ-CP: points for administrative bodies and officials of Viet Nam. A lens.

Source: Government of Viet Nam, Decree 335/2025/NĐ-CP on assessing the quality of administrative
bodies and civil servants, in force from 1 January 2026, read through press reports of its text.
Confidence B: from published descriptions.

Confirmed: the formula of the points, 30 for the general criteria, 70 for results, the cuts 90, 70 and 50.
Not confirmed: the conversion of different kinds of work, the order of rounding, and the conditions
beside the points; the decree's own text was not read.

Points = (quantity + quality + on time) / 3 · 70 + 30. Quantity, quality and on time are shares of
the work assigned, weighed by the decree's own conversion; the 30 are the most the general criteria
give. 90 points are ``excellent``, 70 ``good``, 50 ``completed``, fewer ``not_completed``. A faulty
or late piece loses a quarter of its points in that share each time, which has to be counted before.

It grades a body or an official, on shares that no plan holds. It is never applied automatically
here, and ``assess`` never answers with a grade.

Quirks, reproduced on purpose: with the general points in full, doing nothing gives 30, two sevenths
of the work in every respect is ``completed`` and four sevenths ``good``; quantity makes up for
lateness, one for one.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from planlib.scoring.rules import lens
from planlib.scoring.rules.checks import Columns
from planlib.scoring.rules.lens import (
    COMPLETED_POINTS,
    DUST,
    EXCELLENT_POINTS,
    GOOD_POINTS,
    GRADES,
)
from planlib.scoring.rules.method import Method
from planlib.scoring.rules.results import Floats, Texts, graded, without

METHOD = Method(
    id="vn335",
    source="Nghị định số 335/2025/NĐ-CP của Chính phủ",
    confidence="B",
    statuses=dict.fromkeys(GRADES),
    lens=True,
)

GENERAL_POINTS, RESULT_POINTS = 30.0, 70.0
PARTS = 3
CUTS = tuple(zip((EXCELLENT_POINTS, GOOD_POINTS, COMPLETED_POINTS), GRADES[:3], strict=True))


def points(
    quantity: npt.ArrayLike,
    quality: npt.ArrayLike,
    on_time: npt.ArrayLike,
    general: npt.ArrayLike = GENERAL_POINTS,
) -> Floats:
    """The points of each body; NaN where a share is unknown.

    Shares are 0 to 1, ``general`` points 0 to 30. Raises InputError for numbers outside.

    >>> float(points(0.9, 0.8, 1.0).round(6))
    93.0
    """
    done, good, prompt = lens.shares(quantity=quantity, quality=quality, on_time=on_time)
    given = lens.points("general", general, GENERAL_POINTS)
    return np.asarray((done + good + prompt) / PARTS * RESULT_POINTS + given, np.float64)


def grade(
    quantity: npt.ArrayLike,
    quality: npt.ArrayLike,
    on_time: npt.ArrayLike,
    general: npt.ArrayLike = GENERAL_POINTS,
) -> Texts:
    """The grade of each body; None where one of its inputs is unknown (NaN).

    >>> grade([1, 4 / 7, 2 / 7, 0], [1, 4 / 7, 2 / 7, 0], [1, 4 / 7, 2 / 7, 0]).tolist()
    ['excellent', 'good', 'completed', 'not_completed']
    """
    made = np.atleast_1d(points(quantity, quality, on_time, general))
    return without(graded(made + DUST, CUTS, GRADES[3]), np.isnan(made))


def needs(quantity: float, general: float = GENERAL_POINTS) -> pd.DataFrame:
    """What each grade would still need of quality and promptness, given the quantity done.

    One row a grade: the ``points`` it asks for, the mean of the shares for quality and on time that
    would reach them (``share``, 0 to 1), and whether that is possible (``open``). General points
    are in no plan; the most there can be are assumed.

    >>> needs(quantity=0.4).round(4).values.tolist()
    [['excellent', False, 90.0, 1.0857], ['good', True, 70.0, 0.6571],
     ['completed', True, 50.0, 0.2286], ['not_completed', True, 0.0, 0.0]]
    """
    (done,) = (float(part) for part in lens.shares(quantity=quantity))
    given = float(lens.points("general", general, GENERAL_POINTS))
    asked = np.array([EXCELLENT_POINTS, GOOD_POINTS, COMPLETED_POINTS, 0.0])
    share = np.maximum(((asked - given) / RESULT_POINTS * PARTS - done) / (PARTS - 1), 0.0)
    return pd.DataFrame(
        {"grade": GRADES, "open": share <= 1 + DUST, "points": asked, "share": share}
    )


def assess(
    observations: pd.DataFrame, targets: pd.DataFrame, *, columns: Columns | None = None
) -> pd.DataFrame:
    """Never a grade: one row a series with the reason; see ``frames`` for the two frames.

    ``ratio`` is 1 where the target is met and 0 where it is not, so that its mean is the share of
    goals met, the nearest a plan has to the ``quantity`` of ``needs``. Raises InputError for bad
    frames.

    >>> figures = pd.DataFrame({"series": ["A"], "year": 2012, "value": [92]})
    >>> targets = pd.DataFrame(
    ...     {
    ...         "series": ["A"],
    ...         "base_year": 2008,
    ...         "target": [90],
    ...         "target_year": 2012,
    ...         "direction": ["increase"],
    ...     }
    ... )
    >>> assess(figures, targets)["why_not"].iloc[0]
    'the rule grades a body from its points and all its tasks, never one goal'
    """
    return lens.goals_as_tasks(observations, targets, columns)
