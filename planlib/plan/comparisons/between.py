"""Inside a range; the target says what lies beyond its better end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from planlib.errors import Said, said
from planlib.plan.comparisons.base import INSIDE, Against, Codes, Comparison

if TYPE_CHECKING:
    from planlib.plan.target import Target


class Between(Comparison):
    """From one number to another: beyond the better end is exceeded, still met, or short again."""

    id = "between"
    order = 50
    keys = ("low", "high", "beyond")

    def defaults(self) -> dict[str, str]:
        """Higher is better, and beyond the range is good."""
        return {"better": "higher", "beyond": "good"}

    def faults(self, target: Target) -> Iterator[Said]:
        """Both ends are needed, the lower one first."""
        if target.low is None or target.high is None:
            yield said("plan.between-needs-low-high")
        elif target.low > target.high:
            yield said("plan.low-exceeds-high", low=target.low, high=target.high)

    def bounds(self, target: Target) -> tuple[float, float]:
        """The worse end and the better one."""
        low, high = target.low, target.high
        assert low is not None and high is not None  # the model refuses targets without them
        return (high, low) if target.better == "lower" else (low, high)

    def closed(self, target: Target) -> bool:
        """Whether too much of a good thing misses the target."""
        return target.beyond == "bad"

    def position(self, at: Against, target: Target) -> Codes:
        """Beyond a range whose far side is neutral a figure is met."""
        position = super().position(at, target)
        return np.minimum(position, np.int8(INSIDE)) if target.beyond == "neutral" else position
