"""A place among the areas: in the top quarter, among the best three."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planlib.errors import Said, said
from planlib.plan.comparisons.base import Comparison
from planlib.plan.targets.others import Best, least_ranked

if TYPE_CHECKING:
    from planlib.plan.target import Target


class Rank(Comparison):
    """One of the first of the areas that have a figure, the best being first."""

    id = "rank"
    order = 110
    keys = ("among", "of", "of_at_least")
    of_others = True

    def faults(self, target: Target) -> Iterator[Said]:
        """Which way is better cannot be told from it; there must be enough areas to be ranked."""
        if target.among is None:
            yield said("plan.rank-needs-among")
        yield from self.of_figures(target)
        if len(set(target.of)) < len(target.of):
            yield said("plan.areas-of-must-differ")
        if target.among is None or not target.of:
            return
        least = least_ranked(target.among, target.of_at_least)
        if len(target.of) < least:
            yield said("plan.rank-of-too-few", least=least, n=len(target.of))

    def has_distance(self) -> bool:
        """How far a rank is from another says nothing of how far their figures are apart."""
        return False

    def bounds(self, target: Target) -> tuple[float, float]:
        """The last place that is among the best; of a share it hangs on how many are ranked."""
        last = float(target.among.best) if isinstance(target.among, Best) else float("nan")
        return last, last
