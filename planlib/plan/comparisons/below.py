"""Less than a number."""

from __future__ import annotations

from planlib.plan.comparisons.base import Better, Comparison


class Below(Comparison):
    """Less than a number."""

    id = "below"
    order = 40
    better: Better = "lower"
    strict = True
    mirrored = "above"
