"""Regulation 366-QĐ/TW: grades for bodies and people of Viet Nam's political system. A lens.

Source: Politburo of the Communist Party of Viet Nam, Regulation 366-QĐ/TW of 30 August 2025, article
11, read through press reports of its text. Confidence B: from published descriptions.

Confirmed: 30 + 70 points, the cuts 90, 70 and 50, every task on time, 30 % beyond requirement, 20 % late
at the most.
Not confirmed: the upper ends of the bands ("70 to under 90"), the share of bodies that may be excellent,
and what counts as beyond requirement; the regulation's own text was not read.

100 points, 30 for general criteria and 70 for results. ``excellent`` (hoàn thành xuất sắc nhiệm vụ):
90 points or more, every task on time, at least 30 % of them beyond what was required. ``good`` (tốt):
70 or more, every task on time. ``completed`` (hoàn thành): 50 or more, every task done, at most 20 %
of them late. Else ``not_completed``.

It grades a body, on points that people give. It is never applied to a body automatically here, and
``assess`` never answers with a grade. It also asks that no unit or member was disciplined, which no
figure shows.

Quirks, reproduced on purpose: the points alone never carry a grade, one late task takes a body with
98 points from excellent to completed; a body with 95 points that went beyond requirement in fewer
than 30 % of its tasks is read as good, although the text puts good at "70 to under 90" (we read it
as a floor, since the body would otherwise have no grade at all).
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
from planlib.scoring.rules.results import Texts, without

METHOD = Method(
    id="vn366",
    source="Quy định số 366-QĐ/TW ngày 30/8/2025 của Bộ Chính trị, điều 11",
    confidence="B",
    statuses=dict.fromkeys(GRADES),
    lens=True,
)

GENERAL_POINTS, RESULT_POINTS = 30.0, 70.0
LEAST_BEYOND = 0.30
MOST_LATE = 0.20


def grade(
    points: npt.ArrayLike, done: npt.ArrayLike, on_time: npt.ArrayLike, beyond: npt.ArrayLike
) -> Texts:
    """The grade of each body; None where one of its inputs is unknown (NaN).

    ``points`` are 0 to 100; ``done``, ``on_time`` and ``beyond`` are shares, 0 to 1, of all tasks.
    Raises InputError for numbers outside.

    >>> grade([95, 95, 75, 60], [1, 1, 1, 1], [1, 1, 1, 0.8], [0.3, 0.29, 0, 0]).tolist()
    ['excellent', 'good', 'good', 'completed']
    >>> grade([98, 60], [1, 0.95], [0.99, 0.95], [0.5, 0]).tolist()
    ['completed', 'not_completed']
    """
    given = lens.points("points", points, GENERAL_POINTS + RESULT_POINTS)
    done, on_time, beyond = lens.shares(done=done, on_time=on_time, beyond=beyond)
    given, done = (np.array(part) for part in np.broadcast_arrays(given, done))
    every = done >= 1 - DUST
    prompt = every & (on_time >= 1 - DUST)
    result = np.select(
        [
            np.isnan(given) | np.isnan(done) | np.isnan(on_time) | np.isnan(beyond),
            (given >= EXCELLENT_POINTS) & prompt & (beyond >= LEAST_BEYOND - DUST),
            (given >= GOOD_POINTS) & prompt,
            (given >= COMPLETED_POINTS) & every & (1 - on_time <= MOST_LATE + DUST),
        ],
        ["", *GRADES[:3]],
        GRADES[3],
    ).astype(object)
    return without(result, result == "")


def needs(met: float, beyond: float = 0.0) -> pd.DataFrame:
    """What each grade would still need, if every goal of a plan were a task: one row a grade.

    ``met`` and ``beyond`` are the shares of goals met and exceeded. ``open`` says whether the grade
    is still possible, ``points``, ``on_time`` and ``beyond`` what it asks for; the points and the
    share on time are in no plan, so an open grade is not a grade.

    >>> needs(met=1.0, beyond=0.2).values.tolist()
    [['excellent', False, 90.0, 1.0, 0.3], ['good', True, 70.0, 1.0, 0.0],
     ['completed', True, 50.0, 0.8, 0.0], ['not_completed', True, 0.0, 0.0, 0.0]]
    """
    met_share, far = (float(part) for part in lens.shares(met=met, beyond=beyond))
    every = met_share >= 1 - DUST
    return pd.DataFrame(
        {
            "grade": GRADES,
            "open": [every and far >= LEAST_BEYOND - DUST, every, every, True],
            "points": [EXCELLENT_POINTS, GOOD_POINTS, COMPLETED_POINTS, 0.0],
            "on_time": [1.0, 1.0, 1 - MOST_LATE, 0.0],
            "beyond": [LEAST_BEYOND, 0.0, 0.0, 0.0],
        }
    )


def assess(
    observations: pd.DataFrame, targets: pd.DataFrame, *, columns: Columns | None = None
) -> pd.DataFrame:
    """Never a grade: one row a series with the reason; see ``frames`` for the two frames.

    ``ratio`` is 1 where the target is met and 0 where it is not, so that its mean is the share of
    goals met, which ``needs`` takes. Raises InputError for bad frames.

    >>> figures = pd.DataFrame({"series": ["A", "B"], "year": 2012, "value": [92, 30]})
    >>> targets = pd.DataFrame(
    ...     {
    ...         "series": ["A", "B"],
    ...         "base_year": 2008,
    ...         "target": [90, 10],
    ...         "target_year": 2012,
    ...         "direction": ["increase", "decrease"],
    ...     }
    ... )
    >>> lensed = assess(figures, targets)
    >>> lensed["ratio"].tolist(), lensed["status"].isna().all()
    ([1.0, 0.0], np.True_)
    """
    return lens.goals_as_tasks(observations, targets, columns)
