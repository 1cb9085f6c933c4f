"""More than a number."""

from __future__ import annotations

from planlib.plan.comparisons.base import Better, Comparison


class Above(Comparison):
    """More than a number."""

    id = "above"
    order = 20
    better: Better = "higher"
    strict = True
    mirrored = "below"
