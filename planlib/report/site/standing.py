"""Which goals of a plan are furthest behind, and which changed: over all its areas, or in its one.

Counted while the verdicts of one area after another go by, so the numbers of areas do not matter.
Goals that are part of another are left out, as in every count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planlib.language.text import Text
from planlib.report.site.folder import AreaSummary, Row
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
    """What is counted of each goal in each year, over the areas of a plan."""

    def __init__(self, first: AreaSummary) -> None:
        self.rows = [row for row in first.rows if not row.part]
        self.years = [at for at, column in enumerate(first.columns) if column.kind == "annual"]
        self.areas = 0
        shape = (len(first.columns), len(self.rows))
        self._missed, self._worse, self._better, self._in_a_row = (
            np.zeros(shape, np.int64) for _ in range(4)
        )
        self._last: list[Row] = []

    def add(self, summary: AreaSummary) -> None:
        """Count one more area of the plan."""
        self._last = [row for row in summary.rows if not row.part]
        if [row.goal for row in self._last] != [row.goal for row in self.rows]:
            return  # made from another version of the plan: its own page tells
        self.areas += 1
        codes = np.array([[_reached(name) for name in row.verdicts] for row in self._last]).T
        for before, at in zip([None, *self.years], self.years, strict=False):
            missed = codes[at] == 0
            self._missed[at] += missed
            self._in_a_row[at] = np.where(
                missed, 1 + (self._in_a_row[before] if before is not None else 0), 0
            )
            if before is not None:
                both = (codes[at] >= 0) & (codes[before] >= 0)
                self._worse[at] += both & (codes[at] < codes[before])
                self._better[at] += both & (codes[at] > codes[before])

    def before(self, at: int) -> int | None:
        """The column of the year before, None for the first."""
        place = self.years.index(at) if at in self.years else 0
        return self.years[place - 1] if place else None

    def behind(self, at: int) -> list[GoalBehind]:
        """The goals missed in a column, those missed in the most areas, or for longest, first."""
        counts = self._missed[at] if self.areas > 1 else self._in_a_row[at]
        order = sorted(range(len(self.rows)), key=lambda one: -counts[one])
        return [
            GoalBehind(self.rows[one].goal, self.rows[one].name, int(counts[one]))
            for one in order
            if counts[one]
        ]

    def moved(self, at: int) -> list[GoalMoved]:
        """The goals that changed since the year before, those that became worse first."""
        before = self.before(at)
        if before is None:
            return []
        worse, better = self._worse[at], self._better[at]
        order = sorted(range(len(self.rows)), key=lambda one: (-worse[one], -better[one]))
        return [
            GoalMoved(
                self.rows[one].goal, self.rows[one].name, int(worse[one]), int(better[one]),
                self._verdicts(one, before, at) if self.areas == 1 else None,
            )
            for one in order
            if worse[one] or better[one]
        ]  # fmt: skip

    def _verdicts(self, one: int, before: int, at: int) -> tuple[Verdict, Verdict]:
        names: Sequence[str] = self._last[one].verdicts
        return Verdict[names[before]], Verdict[names[at]]


def _reached(name: str) -> int:
    """1 for a goal that is reached, 0 for one that falls short, -1 where nothing was judged."""
    verdict = Verdict[name]
    return int(verdict in REACHED) if verdict in JUDGED else -1
