"""Counts that hang together, as arrays: what the search for complementary figures starts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Constraints:
    """Counts that hang together. Cells are numbered from 0, and so are the figures they stand in.

    ``count`` is NaN where unknown; ``figure`` is −1 for a sum that no report tells; ``small`` marks
    counts that identify people, ``protect`` those and the unknown ones to protect, ``least`` is
    each one's least count, ``out`` those that an earlier release told. ``ties`` are cells with
    their signs. ``withheld`` says which figures are withheld already, ``cost`` what each is worth
    to a reader.
    """

    count: Floats
    figure: Ints
    small: Bools
    protect: Bools
    least: Floats
    out: Bools
    ties: Sequence[tuple[Sequence[int], Sequence[float]]]
    withheld: Bools
    cost: Floats
