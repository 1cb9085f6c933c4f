"""The normal distribution, without scipy where there is little to work out.

scipy takes longer to import than a few areas to score.
"""

from __future__ import annotations

from math import erfc, sqrt

import numpy as np

from planlib.scoring.arithmetic import Floats

FEW = 20_000  # numbers worked out one by one in less time than scipy takes to import
_one_by_one = np.vectorize(erfc, otypes=[np.float64])


def normal_below(numbers: Floats) -> Floats:
    """Φ of every number; NaN of NaN.

    >>> normal_below(np.array([[0.0, -1.96], [np.inf, np.nan]])).round(4).tolist()
    [[0.5, 0.025], [1.0, nan]]
    """
    if numbers.size <= FEW:
        return np.asarray(0.5 * _one_by_one(-numbers / sqrt(2.0)), np.float64)
    from scipy.special import ndtr

    return np.asarray(ndtr(numbers), np.float64)
