"""Every one of some named members has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from planlib.errors import Said, said
from planlib.plan.comparisons.base import INSIDE, Against, Better, Codes, Comparison

if TYPE_CHECKING:
    from planlib.plan.target import Target


class AllOf(Comparison):
    """As many members as there are; more cannot be."""

    id = "all_of"
    order = 70
    better: Better = "higher"
    keys = ("members",)
    figure = "members"
    adds_up = False

    def faults(self, target: Target) -> Iterator[Said]:
        """Members are named, each once."""
        yield from super().faults(target)
        names = [member.id for member in target.members]
        if not names:
            yield said("plan.all-needs-members")
        if len(set(names)) < len(names):
            yield said("plan.members-all-must-differ")

    def bounds(self, target: Target) -> tuple[float, float]:
        """The number of members."""
        return float(len(target.members)), float(len(target.members))

    def position(self, at: Against, target: Target) -> Codes:
        """All of them is met."""
        return np.minimum(super().position(at, target), np.int8(INSIDE))
