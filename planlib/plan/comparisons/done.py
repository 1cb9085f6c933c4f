"""A yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planlib.plan.comparisons.base import INSIDE, Against, Better, Codes, Comparison

if TYPE_CHECKING:
    from planlib.plan.target import Target


class Done(Comparison):
    """It has been done, or it has not."""

    id = "done"
    order = 80
    better: Better = "higher"
    keys = ()
    figure = "yes_no"
    adds_up = False

    def bounds(self, target: Target) -> tuple[float, float]:
        """A yes is reported as 1."""
        return 1.0, 1.0

    def position(self, at: Against, target: Target) -> Codes:
        """A yes is met."""
        return np.minimum(super().position(at, target), np.int8(INSIDE))
