"""A number without tolerance; the target says which way is better."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planlib.errors import Said, said
from planlib.plan.comparisons.base import Comparison

if TYPE_CHECKING:
    from planlib.plan.target import Target


class About(Comparison):
    """About a number: held against it as it stands."""

    id = "about"
    order = 60

    def faults(self, target: Target) -> Iterator[Said]:
        """Which way is better cannot be told from it."""
        if target.better is None:
            yield said("plan.about-needs-better-higher")
