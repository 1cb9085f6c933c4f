"""Which goals of a plan are furthest behind, and which changed: over all its areas, or in its one.

Counted over all areas at once, so the number of areas does not matter.
Goals that are part of another are left out, as in every count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planlib.language.text import Text
from planlib.report.site.area_results import AreaResults, PlanHead, codes_of
from planlib.scoring.verdict import JUDGED, REACHED, Verdict

SHOWN = 5  # goals of each list; how many more there are is said


@dataclass(frozen=True)
class GoalBehind:
    """A goal that is missed: in how many of the areas judged, or how many years in a row in one."""

    goal: str
    name: Text
    count: int


@dataclass(frozen=True)
class GoalMoved:
    """A goal that is reached where it was not, or no more; ``verdicts`` are those of a single area."""

    goal: str
    name: Text
    worse: int
    better: int
    verdicts: tuple[Verdict, Verdict] | None


class GoalTally:
    """What is counted of each goal in each year, over areas of one plan.

    Areas whose goals are others were made from another version of the plan: their own pages tell.
    """

    def __init__(self, some: Sequence[AreaResults]) -> None:
        head = some[0].head
        mine = [one for one in some if one.head is head or _ids(one.head) == _ids(head)]
        whole = [at for at, goal in enumerate(head.goals) if not goal.part]
        self.goals = [(head.goals[at].id, head.goals[at].name) for at in whole]
        self.years = [at for at, column in enumerate(head.columns) if column.kind == "annual"]
        self.areas = len(mine)
        self._last = codes_of(mine[-1:])[0][:, whole]
        codes = _REACHED[codes_of(mine)[:, :, whole]]
        missed = codes == 0
        self._missed = missed.sum(axis=0)
        self._worse, self._better = np.zeros_like(self._missed), np.zeros_like(self._missed)
        self._in_a_row = np.zeros_like(self._missed)  # of all areas; asked of one
        row = np.zeros(missed[:, 0].shape, np.int64)
        for before, at in zip([None, *self.years], self.years, strict=False):
            row = np.where(missed[:, at], row + 1, 0)
            self._in_a_row[at] = row.sum(axis=0)
            if before is not None:
                both = (codes[:, at] >= 0) & (codes[:, before] >= 0)
                self._worse[at] = (both & (codes[:, at] < codes[:, before])).sum(axis=0)
                self._better[at] = (both & (codes[:, at] > codes[:, before])).sum(axis=0)

    def before(self, at: int) -> int | None:
        """The column of the year before, None for the first."""
        place = self.years.index(at) if at in self.years else 0
        return self.years[place - 1] if place else None

    def behind(self, at: int) -> list[GoalBehind]:
        """The goals missed in a column, those missed in the most areas, or for longest, first."""
        counts = self._missed[at] if self.areas > 1 else self._in_a_row[at]
        order = sorted(range(len(self.goals)), key=lambda one: -counts[one])
        return [GoalBehind(*self.goals[one], int(counts[one])) for one in order if counts[one]]

    def moved(self, at: int) -> list[GoalMoved]:
        """The goals that changed since the year before, those that became worse first."""
        before = self.before(at)
        if before is None:
            return []
        worse, better = self._worse[at], self._better[at]
        order = sorted(range(len(self.goals)), key=lambda one: (-worse[one], -better[one]))
        return [
            GoalMoved(
                *self.goals[one], int(worse[one]), int(better[one]),
                self._verdicts(one, before, at) if self.areas == 1 else None,
            )
            for one in order
            if worse[one] or better[one]
        ]  # fmt: skip

    def _verdicts(self, one: int, before: int, at: int) -> tuple[Verdict, Verdict]:
        return Verdict(int(self._last[before, one])), Verdict(int(self._last[at, one]))


def _ids(head: PlanHead) -> list[tuple[str, bool]]:
    return [(goal.id, goal.part) for goal in head.goals]


# By the code of a verdict: 1 where a goal is reached, 0 where it falls short, -1 where nothing was judged.
_REACHED = np.array([int(v in REACHED) if v in JUDGED else -1 for v in Verdict], np.int8)
