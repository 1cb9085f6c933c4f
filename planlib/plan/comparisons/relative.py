"""Held against another goal, area, group or series: a difference from it, or a percentage of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from planlib.errors import Said, said
from planlib.plan.comparisons.base import INSIDE, SHORT, Against, Codes, Comparison

if TYPE_CHECKING:
    from planlib.plan.target import Target


class Relative(Comparison):
    """At least, or at most, so much more than another figure of the same period."""

    id = "relative"
    order = 100
    keys = ("value", "to", "measure", "strict")
    of_others = True

    def defaults(self) -> dict[str, Any]:
        """As much as the other, told as a difference."""
        return {"measure": "difference", "value": 0.0}

    def faults(self, target: Target) -> Iterator[Said]:
        """Which way is better cannot be told from it; it needs somebody to be held against."""
        if target.to is None:
            yield said("plan.relative-needs-to")
        if target.measure == "percent" and (target.value or 0.0) <= 0:
            yield said("plan.relative-percent-of")
        yield from self.of_figures(target)

    def bounds(self, target: Target) -> tuple[float, float]:
        """The difference, or the percentage, that is asked for."""
        value = 0.0 if target.value is None else target.value
        return value, value

    def position(self, at: Against, target: Target) -> Codes:
        """Better than the other is beyond it, or just what is asked for where it must be better."""
        near, _ = at
        if target.strict:
            return np.where(near > 0, INSIDE, SHORT).astype(np.int8)
        return super().position(at, target)
