"""Not more than a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planlib.plan.comparisons.base import Better, Comparison

if TYPE_CHECKING:
    from planlib.plan.target import Target


class AtMost(Comparison):
    """Not more than a number."""

    id = "at_most"
    order = 30
    better: Better = "lower"
    mirrored = "at_least"

    def names_limit(self, target: Target, limit: float | None) -> bool:
        """At most 0 cases is 0 cases."""
        return target.value == 0
