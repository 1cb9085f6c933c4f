"""Not worse than it was: in a period that the target names, or at the baseline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from planlib.errors import Said, said
from planlib.plan.comparisons.base import LEVELS, Comparison

if TYPE_CHECKING:
    from planlib.plan.target import Target


class Maintain(Comparison):
    """Not worse than it was; what is compared is the difference from then."""

    id = "maintain"
    order = 90
    keys = ("value", "since")
    against_start = True

    def defaults(self) -> dict[str, Any]:
        """No difference at all."""
        return {"value": 0.0}

    def faults(self, target: Target) -> Iterator[Said]:
        """Which way is worse cannot be told from it; a number would be another target."""
        if target.better is None:
            yield said("plan.maintain-needs-better")
        if target.value:
            yield said("plan.maintain-has-no-value")
        if str(target.basis) not in LEVELS or target.cadence == "over_term":
            yield said("plan.maintain-holds-figures", basis=target.basis, cadence=target.cadence)
