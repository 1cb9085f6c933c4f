"""Not less than a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planlib.plan.comparisons.base import Better, Comparison

if TYPE_CHECKING:
    from planlib.plan.target import Target


class AtLeast(Comparison):
    """Not less than a number."""

    id = "at_least"
    order = 10
    better: Better = "higher"
    mirrored = "at_most"

    def names_limit(self, target: Target, limit: float | None) -> bool:
        """At least 100 % is 100 %."""
        return target.value == limit
