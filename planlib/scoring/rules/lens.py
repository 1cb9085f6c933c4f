"""What the two Vietnamese gradings share: words, and looking at goals as if they were tasks.

They are lenses, shown on request and never applied to a body: a grade needs points that people
give and a list of tasks with their dates, and a goal of a plan is neither.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from planlib.errors import InputError, Problem
from planlib.scoring.rules.checks import Columns
from planlib.scoring.rules.frames import arrange
from planlib.scoring.rules.results import Floats, answers, nothing, reasons

# Hoàn thành xuất sắc / tốt / hoàn thành / không hoàn thành nhiệm vụ.
GRADES = ("excellent", "good", "completed", "not_completed")
EXCELLENT_POINTS, GOOD_POINTS, COMPLETED_POINTS = 90.0, 70.0, 50.0
DUST = 1e-9  # three thirds are all of them


def shares(**given: npt.ArrayLike) -> list[Floats]:
    """Shares as arrays of one shape; raises InputError for any outside 0 to 1. NaN is unknown."""
    arrays = np.broadcast_arrays(*(np.asarray(value, np.float64) for value in given.values()))
    problems = [
        Problem(f"'{name}' is a share from 0 to 1, found {float(array[bad].flat[0]):g}")
        for name, array in zip(given, arrays, strict=True)
        if (bad := ~np.isnan(array) & ~((array >= 0) & (array <= 1))).any()
    ]
    if problems:
        raise InputError(problems)
    return [np.array(array) for array in arrays]


def points(name: str, given: npt.ArrayLike, most: float) -> Floats:
    """Points as an array; raises InputError for any outside 0 to ``most``."""
    array = np.asarray(given, np.float64)
    bad = ~np.isnan(array) & ~((array >= 0) & (array <= most))
    if bad.any():
        found = float(array[bad].flat[0])
        raise InputError([Problem(f"'{name}' are points from 0 to {most:g}, found {found:g}")])
    return array


def goals_as_tasks(
    observations: pd.DataFrame, targets: pd.DataFrame, columns: Columns | None = None
) -> pd.DataFrame:
    """One row a series without a status: ``ratio`` is 1 where its target is met, 0 where not.

    The mean of ``ratio`` is the share of goals met; what a grade would still need is for the
    ``needs`` of each lens to say.
    """
    given = arrange(observations, targets, columns)
    met = np.where(given.no_figures | given.no_target, np.nan, given.reached)
    everywhere = np.ones(len(given), bool)
    none = np.full(len(given), None, object)
    why = reasons(len(given), (everywhere, "lens"))
    result = answers(given.series, none, nothing(len(given)), nothing(len(given)), why)
    return result.assign(ratio=met)
