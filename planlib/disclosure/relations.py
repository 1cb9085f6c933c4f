"""What ties counts to one another: every sum an attacker can do with what is published.

A row of a share ties its three counts. A goal's ``denominator`` is another goal's count in the
same area and year; a whole with ``parts_add_up`` is the sum of its parts; an area is the sum of the
areas that are ``part_of`` it. A sum told on a day adds up what was known on that day, so every
report of the whole is tied to the newest reports of its parts, and the newest reports to each
other. A part without a figure counts as nothing, the worst case: the others have to make the sum.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planlib.model.counting import counts
from planlib.model.plan import Plan

COUNT, HAVING, ALL, REST = "value", "numerator", "denominator", "rest"
Group = tuple[str, str]  # area and goal; the year is the same for all that are tied
Day = int


@dataclass
class Cell:
    """One count in one report, or a sum that no report tells (``group`` is then None).

    ``count`` is None where it is not known even here; ``small`` says that it identifies people.
    """

    group: Group | None
    kind: str
    count: float | None
    small: bool = False


@dataclass
class Tie:
    """The sum of ``cells``, each times its sign, is always the same."""

    cells: tuple[int, ...]
    signs: tuple[int, ...]


@dataclass
class Reports:
    """The cells of one year: by area and goal, by kind of count, the reports in order of day."""

    cells: list[Cell] = field(default_factory=list)
    by_group: dict[Group, dict[str, list[tuple[Day, int]]]] = field(default_factory=dict)
    ties: list[Tie] = field(default_factory=list)

    def add(self, group: Group, day: Day, cells: Mapping[str, Cell]) -> None:
        """Enter one report of a group, later ones after earlier ones.

        A report that says what the one before said adds nothing: an attacker may well suppose so.
        """
        kinds = self.by_group.setdefault(group, {})
        before = {kind: self.cells[told[-1][1]] for kind, told in kinds.items()}
        if cells and before == dict(cells) and all(c.count is not None for c in cells.values()):
            return
        for kind, cell in cells.items():
            kinds.setdefault(kind, []).append((day, len(self.cells)))
            self.cells.append(cell)
        if {HAVING, ALL, REST} <= set(cells):
            row = [kinds[kind][-1][1] for kind in (HAVING, REST, ALL)]
            self.ties.append(Tie(tuple(row), (1, 1, -1)))

    def days(self, group: Group, kind: str) -> list[Day]:
        """The days on which a group's count was told."""
        return [day for day, _ in self.by_group.get(group, {}).get(kind, ())]

    def at(self, group: Group, kind: str, day: Day) -> int | None:
        """The cell known on a day; the first one told later where none was."""
        told = self.by_group.get(group, {}).get(kind)
        if not told:
            return None
        known = [cell for when, cell in told if when <= day]
        return known[-1] if known else told[0][1]


def tie(plan: Plan, reports: Reports, parts_of: Mapping[str, tuple[str, ...]]) -> None:
    """Enter every tie among the cells; ``parts_of`` names the parts of every area that has some."""
    areas = {area for area, _ in reports.by_group}
    held = {goal for _, goal in reports.by_group}
    for goal in plan.goals:
        if goal.denominator is not None and goal.id in held:
            for area in sorted(areas):
                _same(reports, ((area, goal.id), ALL), ((area, goal.denominator), COUNT))
        if goal.parts_add_up and goal.id in held:
            parts = [one.id for one in plan.goals if one.part_of == goal.id]
            for area in sorted(areas):
                _sum(reports, (area, goal.id), COUNT, [(area, part) for part in parts])
    within = {part for parts in parts_of.values() for part in parts}
    top = sorted(set(parts_of) - within)
    for goal_id in sorted(held):
        for kind in (COUNT,) if counts(plan.goal(goal_id)) else (HAVING, ALL):
            _Areas(reports, goal_id, kind, parts_of).go_down(top)


def _same(reports: Reports, one: tuple[Group, str], other: tuple[Group, str]) -> None:
    """Two counts that are the same number, on every day that either is told."""
    pairs: dict[tuple[int, int], None] = {}
    for day in sorted({*reports.days(*one), *reports.days(*other)}):
        first, second = reports.at(*one, day), reports.at(*other, day)
        if first is not None and second is not None:
            pairs[first, second] = None
    reports.ties += [Tie(pair, (1, -1)) for pair in pairs]


def _sum(reports: Reports, whole: Group, kind: str, parts: list[Group]) -> None:
    """A whole that is the sum of its parts, each time it is told and today."""
    told = reports.days(whole, kind)
    days = {*told, *(day for part in parts for day in reports.days(part, kind)[-1:])}
    sums: dict[tuple[int, ...], None] = {}
    for day in sorted({*told, max(days, default=0)}):
        total = reports.at(whole, kind, day)
        found = [cell for part in parts if (cell := reports.at(part, kind, day)) is not None]
        if total is not None and found:
            sums[total, *found] = None
    reports.ties += [Tie(cells, (-1,) + (1,) * (len(cells) - 1)) for cells in sums]


class _Areas:
    """The sums of one count over the parts of areas, from the top down."""

    def __init__(
        self, reports: Reports, goal: str, kind: str, parts_of: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.reports, self.goal, self.kind, self.parts_of = reports, goal, kind, parts_of
        self.latent: dict[tuple[str, Day], int | None] = {}

    def go_down(self, areas: list[str]) -> None:
        for area in areas:
            group = (area, self.goal)
            told = self.reports.days(group, self.kind)
            if told:
                for day in sorted({*told, self._newest(area)}):
                    total = self.reports.at(group, self.kind, day)
                    if total is not None:
                        self._tie(total, area, day)
            self.go_down([part for part in self.parts_of[area] if part in self.parts_of])

    def _newest(self, area: str) -> Day:
        days = self.reports.days((area, self.goal), self.kind)[-1:]
        days += [self._newest(part) for part in self.parts_of.get(area, ())]
        return max(days, default=0)

    def _tie(self, total: int, area: str, day: Day) -> bool:
        found = [cell for part in self.parts_of[area] if (cell := self._of(part, day)) is not None]
        entry = Tie((total, *found), (-1,) + (1,) * len(found))
        if found and entry not in self.reports.ties:
            self.reports.ties.append(entry)
        return bool(found)

    def _of(self, area: str, day: Day) -> int | None:
        """The count of an area on a day; where no report tells it, the sum of its parts."""
        cell = self.reports.at((area, self.goal), self.kind, day)
        if cell is not None or area not in self.parts_of:
            return cell
        if (area, day) not in self.latent:
            place = len(self.reports.cells)
            self.reports.cells.append(Cell(None, self.kind, None))
            if self._tie(place, area, day):
                self.latent[area, day] = place
            else:
                self.reports.cells.pop()
                self.latent[area, day] = None
        return self.latent[area, day]
