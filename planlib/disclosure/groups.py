"""What ties the counts of groups to those of the whole: women and men are everybody.

Where the members of a dimension cover everybody, each once, their counts come to that of the whole,
of everybody or of a group that another dimension makes (women under 25 and over 25 are all women).
Where some are not told, what is left to the whole is a count of its own: whoever knows the others
knows it, so it is protected like one that was reported. Of a dimension that is no partition each
told group leaves a rest of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from planlib.disclosure.relations import ALL, COUNT, HAVING, REST, Day, ReportedCount, Reports
from planlib.disclosure.small_counts import least_count
from planlib.plan.counting import counts, is_share
from planlib.plan.goal import Goal
from planlib.plan.groups.dimensions import Dimension, group_of, parts_of
from planlib.plan.plan import Plan


def tie_groups(plan: Plan, reports: Reports) -> None:
    """Enter every tie between groups and the wholes they are part of."""
    seen: dict[tuple[str, str, int], list[str]] = {}
    for area, goal, year, group in sorted(reports.by_subject):
        seen.setdefault((area, goal, year), []).append(group)
    for (area, goal_id, year), groups in seen.items():
        if groups != [""]:
            _Lattice(plan, plan.goal(goal_id), reports, area, year, groups).tie()


@dataclass
class _Lattice:
    """The groups of one goal in one area and year, each with the wholes it is part of."""

    plan: Plan
    goal: Goal
    reports: Reports
    area: str
    year: int
    told: Sequence[str]
    made: dict[tuple[int, ...], int] = field(default_factory=dict)

    def tie(self) -> None:
        kinds = (COUNT, HAVING, ALL) if counts(self.goal) else (HAVING, ALL)
        wholes = list(self._wholes())
        days = {day for group in self.told for kind in kinds for day in self._days(group, kind)}
        for day in sorted(days):
            found = {kind: self._cells(kind, day) for kind in kinds}
            known = 0
            # What follows from the told ones may complete another whole, or leave another rest.
            while known < (known := sum(map(len, found.values()))):
                for whole, dimension in wholes:
                    rests = {
                        kind: self._split(whole, dimension, kind, cells, day)
                        for kind, cells in found.items()
                    }
                    self._rest_of_share(rests)

    def _days(self, group: str, kind: str) -> list[Day]:
        return self.reports.days((self.area, self.goal.id, self.year, group), kind)

    def _cells(self, kind: str, day: Day) -> dict[str, int]:
        """The cell of each told group on a day."""
        found = {
            group: self.reports.at((self.area, self.goal.id, self.year, group), kind, day)
            for group in self.told
        }
        return {group: cell for group, cell in found.items() if cell is not None}

    def _wholes(self) -> Iterator[tuple[str, Dimension]]:
        """Everything that told groups are part of, the narrowest first, and what may split it."""
        found: set[str] = set()
        waiting = list(self.told)
        while waiting:
            parts = parts_of(waiting.pop())
            for name in parts:
                whole = self._group({one: parts[one] for one in parts if one != name})
                if whole not in found:
                    found.add(whole)
                    waiting.append(whole)
        for whole in sorted(found, key=lambda group: (-len(parts_of(group)), group)):
            for dimension in self.plan.header.dimensions:
                if dimension.id in self.goal.by and dimension.id not in parts_of(whole):
                    yield whole, dimension

    def _group(self, parts: Mapping[str, str]) -> str:
        return group_of(parts, [one.id for one in self.plan.header.dimensions])

    def _split(
        self, whole: str, dimension: Dimension, kind: str, cells: dict[str, int], day: Day
    ) -> list[int]:
        """Tie a whole to its parts along a dimension; returns the rests that nobody told.

        A whole that is not told is known all the same once all of its parts are.
        """
        names = [
            self._group(parts_of(whole) | {dimension.id: member.id}) for member in dimension.members
        ]
        parts = [cells[name] for name in names if name in cells]
        complete = dimension.partition and len(parts) == len(names)
        if not parts or (whole not in cells and not complete):
            return []
        sure = day in self._days(whole, kind)
        if whole not in cells:
            cells[whole] = self._sum(kind, parts)
        elif complete:
            self.reports.tie((cells[whole], *parts), (-1, *[1] * len(parts)), sure=sure)
        else:
            several = [parts] if dimension.partition else [[part] for part in parts]
            rests = [self._rest(kind, cells[whole], some) for some in several]
            untold = [name for name in names if name not in cells]
            if dimension.partition and len(untold) == 1 and rests[0] is not None:
                cells[untold[0]] = rests[0]
            return [rest for rest in rests if rest is not None]
        return []

    def _count(self, cells: Sequence[int], signs: Sequence[int]) -> float | None:
        reported = [self.reports.cells[cell].count for cell in cells]
        total = 0.0
        for one, sign in zip(reported, signs, strict=True):
            if one is None:
                return None
            total += sign * one
        return total

    def _new(self, kind: str, count: float | None, cells: Sequence[int]) -> int:
        least = least_count(self.plan, self.goal)
        small = self.goal.sensitive and count is not None and 0 < count < least
        day = max(self.reports.cells[cell].day for cell in cells)
        made = ReportedCount(None, kind, count, small, day, self.goal.id)
        self.reports.cells.append(made)
        return len(self.reports.cells) - 1

    def _sum(self, kind: str, parts: Sequence[int]) -> int:
        """A whole that no report tells: the sum of its parts."""
        key = (-1, *parts)
        if key not in self.made:
            self.made[key] = cell = self._new(kind, self._count(parts, [1] * len(parts)), parts)
            self.reports.tie((cell, *parts), (-1, *[1] * len(parts)), sure=True)
        return self.made[key]

    def _rest(self, kind: str, whole: int, parts: Sequence[int]) -> int | None:
        """What the told parts leave to the whole; None where they contradict it."""
        key = (whole, *parts)
        if key not in self.made:
            count = self._count(key, [1, *[-1] * len(parts)])
            if count is not None and count < 0:
                return None
            self.made[key] = cell = self._new(kind, count, key)
            self.reports.tie((cell, *key), (1, -1, *[1] * len(parts)), sure=True)
        return self.made[key]

    def _rest_of_share(self, rests: Mapping[str, list[int]]) -> None:
        """Of those who are left, how many do not have it."""
        if not is_share(self.goal):
            return
        for having, every in zip(rests[HAVING], rests[ALL], strict=False):
            key = (-2, having, every)
            if key not in self.made:
                count = self._count((every, having), (1, -1))
                self.made[key] = cell = self._new(REST, count, (every, having))
                self.reports.tie((having, cell, every), (1, 1, -1), sure=True)
