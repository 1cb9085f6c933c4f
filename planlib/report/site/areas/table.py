"""One plan on the index of several reviews: its columns, its areas, and what is counted of its goals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np

from planlib.language.text import Text
from planlib.plan.periods.calendar import slug
from planlib.report.site.area_results import ZERO, AreaResults, HeadGoal, PlanHead
from planlib.report.site.areas.groups import LineGroup, groups_of
from planlib.report.site.areas.lines import NOTHING, Line, lines_of
from planlib.report.site.folder import PeriodColumn
from planlib.report.site.goals.names import GoalLinks
from planlib.report.site.standing import GoalTally
from planlib.scoring.counts import VerdictCounts
from planlib.scoring.verdict import Verdict

FEW = 24  # areas that may stand on the index, a bar each
FURTHEST = 10  # areas named as furthest behind
SEVERAL = 10  # plans each of which has its lists on the index, whatever room they take
MOST_AREAS, MOST_CELLS = 100, 2_500  # on one page of areas


class Room(IntEnum):
    """What of a plan the index has room for; the rest stands on pages beside those of its goals."""

    grid = 0  # its areas, and each of them by all goals
    spread = 1  # instead of that its goals, each with the verdicts in all areas
    apart = 2  # its areas alone
    counts = 3  # neither: what is counted of all, and what is furthest behind


@dataclass(frozen=True)
class GoalSpread:
    """A goal in all areas: how many have which verdict."""

    of: HeadGoal
    counts: VerdictCounts


@dataclass(frozen=True)
class SpreadOfGoals:
    """The goals in some areas by section, and the verdicts that any of them has there, as an office reads them out."""

    sections: list[tuple[Text, list[GoalSpread]]]

    @cached_property
    def present(self) -> tuple[Verdict, ...]:
        every = [one.counts for _, goals in self.sections for one in goals]
        return tuple(v for v in Verdict if any(counts[v] for counts in every))


@dataclass(frozen=True)
class PlanTable:
    """One plan: its columns, a line for each area, and what is counted of its goals."""

    plan: str
    name: Text
    term: tuple[int, int]
    as_of: str
    columns: tuple[PeriodColumn, ...]
    results: Sequence[AreaResults]
    lines: list[Line]
    tally: GoalTally
    goals: GoalLinks

    @classmethod
    def of(cls, some: list[AreaResults], goals: GoalLinks) -> PlanTable:
        """The plan that some results are of, which are put in its order."""
        some.sort(key=lambda one: (one.order, one.folder))
        head = some[0].head
        return cls(
            head.plan, head.name, head.term, head.as_of, head.columns, some, lines_of(some),
            GoalTally(some), goals,
        )  # fmt: skip

    @property
    def pages(self) -> int:
        """How many pages the area has that has most."""
        return max(len(one.pages) for one in self.results)

    @cached_property
    def newest(self) -> int:
        """The column of the last year in which anything was judged; the last year's without one."""
        years = [at for at, column in enumerate(self.columns) if column.kind == "annual"]
        judged = [at for at in years if self._counts(at).judged]
        return (judged or years or [0])[-1]

    def _counts(self, at: int) -> VerdictCounts:
        """What is counted of all areas in a column."""
        counts = np.array([line.columns[at][0] for line in self.lines]).sum(axis=0).tolist()
        return VerdictCounts(dict(zip(Verdict, counts, strict=True)))

    @property
    def anchor(self) -> str:
        """Where it stands on the page; a plan may stand there twice, as known on two days."""
        return ".".join([self.plan, *([self.as_of] if self.as_of else [])])

    @property
    def stem(self) -> str:
        """What the names of its pages of areas begin with."""
        return "-".join(["areas", *([self.as_of] if self.as_of else [])])

    @property
    def to_goals(self) -> str:
        """Where the goals of the newest column stand on an area's page."""
        column = self.columns[self.newest]
        return f"{column.kind}-{slug(column.year)}."

    @cached_property
    def illustrative(self) -> bool:
        """Whether figures of any of its areas are made up."""
        return any(line.illustrative for line in self.lines)

    @cached_property
    def total(self) -> VerdictCounts:
        """What is counted of all areas in the newest column."""
        return self._counts(self.newest)

    @cached_property
    def _named(self) -> PlanHead:
        """The head of the first area that has any goals: as it names them, they are shown."""
        heads = [one.head for one in self.results]
        return next((head for head in heads if head.goals), heads[0])

    @property
    def shown(self) -> tuple[HeadGoal, ...]:
        """The goals."""
        return self._named.goals

    @cached_property
    def begins(self) -> dict[str, Text]:
        """The section that begins with a goal; nothing where there is one section."""
        found, at = {}, 0
        for name, count in self._named.sections:
            if count:
                found[self.shown[at].id] = name
            at += count
        return found if len(found) > 1 else {}

    @cached_property
    def verdicts(self) -> list[str]:
        """Of each area a letter a goal: its verdict in the newest column.

        An area whose goals are others was made from another version of the plan.
        """
        right, at = [goal.id for goal in self.shown], self.newest
        alike: dict[int, bool] = {}
        found = []
        for one in self.results:
            mine, count = one.head.goals, len(one.head.goals)
            letters = one.codes[at * count : (at + 1) * count]
            if id(one.head) not in alike:
                alike[id(one.head)] = [goal.id for goal in mine] == right
            if not alike[id(one.head)]:
                known = {goal.id: letter for goal, letter in zip(mine, letters, strict=True)}
                letters = "".join(known.get(goal, NOTHING) for goal in right)
            found.append(letters)
        return found

    @cached_property
    def spread(self) -> SpreadOfGoals:
        """Each goal with how many areas have which verdict in the newest column."""
        return self.spread_in(range(len(self.results)))

    def spread_in(self, places: Sequence[int]) -> SpreadOfGoals:
        """The same of some of the areas."""
        letters = "".join(self.verdicts[at] for at in places).encode("ascii")
        codes = np.frombuffer(letters, np.uint8).reshape(len(places), len(self.shown))
        counts = {v: (codes == ZERO + v).sum(axis=0).tolist() for v in Verdict}
        found: list[tuple[Text, list[GoalSpread]]] = []
        for at, goal in enumerate(self.shown):
            if not found or goal.id in self.begins:
                found.append((self.begins.get(goal.id, Text({})), []))
            mine = VerdictCounts({v: counts[v][at] for v in Verdict})
            found[-1][1].append(GoalSpread(goal, mine))
        return SpreadOfGoals(found)

    @cached_property
    def groups(self) -> tuple[LineGroup, ...]:
        """The groups of its areas."""
        return groups_of(self.results, self.lines)

    def has_groups(self, room: Room) -> bool:
        """Whether its groups stand on the index, where its areas do not."""
        return 0 < len(self.groups) <= FEW and room in {Room.spread, Room.apart}

    @cached_property
    def furthest(self) -> list[Line]:
        """The areas that reached the smallest share of what was judged, and not all of it."""
        shares = [(*line.share(self.newest), line) for line in self.lines]
        short = [
            (reached / judged, -judged, line)
            for reached, judged, line in shares
            if reached < judged
        ]
        short.sort(key=lambda one: one[:2])
        return [line for _, _, line in short[:FURTHEST]]

    def has_lines(self, room: Room) -> bool:
        """Whether its areas stand on the index."""
        return len(self.lines) <= FEW and room < Room.counts

    @property
    def on_a_page(self) -> int:
        """How many areas stand on one page: as many as a browser shows well with their goals."""
        return max(1, min(MOST_AREAS, MOST_CELLS // max(len(self.shown), 1)))

    @property
    def in_pages(self) -> list[range]:
        """The places of the areas on each page of areas."""
        count, size = len(self.lines), self.on_a_page
        return [range(start, min(start + size, count)) for start in range(0, count, size)]
