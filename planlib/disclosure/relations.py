"""What ties counts to one another: every sum an attacker can do with what is published.

A row of a share ties its three counts. A goal's ``denominator`` is another goal's count in the
same area and year; a whole with ``parts_add_up`` is the sum of its parts; an area is the sum of the
areas that are ``part_of`` it. A sum told on a day adds up what was known on that day, so every
report of the whole is tied to the newest reports of its parts. A part without a figure counts as
nothing, the worst case: the others have to make the sum. On the days between, when a part was
revised and the whole was not, a reader supposes that the whole still holds; such a sum is a tie
where it does hold, and leads him astray where it does not. Ties of one year to the next stand in
``planlib.disclosure.years``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from planlib.plan.counting import counts, is_growth
from planlib.plan.plan import Plan

COUNT, HAVING, ALL, REST = "value", "numerator", "denominator", "rest"
Subject = tuple[str, str, int, str]  # area, goal, year and group
Day = int


@dataclass
class ReportedCount:
    """One count in one report, or a sum that no report tells (``subject`` is then None).

    ``count`` is None where it is not known even here; ``small`` says that it identifies people;
    ``day`` is the one it was first told on, ``goal`` the one whose least count holds for a sum.
    """

    subject: Subject | None
    kind: str
    count: float | None
    small: bool = False
    day: Day = field(default=0, compare=False)
    goal: str = ""


@dataclass(frozen=True)
class Tie:
    """The sum of ``cells``, each times its sign, is always the same."""

    cells: tuple[int, ...]
    signs: tuple[float, ...]


@dataclass
class Reports:
    """The cells of counts: by area, goal, year and group, by kind, the reports in order of day."""

    cells: list[ReportedCount] = field(default_factory=list)
    by_subject: dict[Subject, dict[str, list[tuple[Day, int]]]] = field(default_factory=dict)
    ties: dict[Tie, None] = field(default_factory=dict)

    def add(self, subject: Subject, day: Day, cells: Mapping[str, ReportedCount]) -> bool:
        """Enter one report of a subject, later ones after earlier ones; tells whether it says more.

        A report that says what the one before said adds nothing: an attacker may well suppose so.
        """
        kinds = self.by_subject.setdefault(subject, {})
        before = {kind: self.cells[reported[-1][1]] for kind, reported in kinds.items()}
        if cells and before == dict(cells) and all(c.count is not None for c in cells.values()):
            return False
        for kind, cell in cells.items():
            kinds.setdefault(kind, []).append((day, len(self.cells)))
            self.cells.append(cell)
        if {HAVING, ALL, REST} <= set(cells):
            row = [kinds[kind][-1][1] for kind in (HAVING, REST, ALL)]
            self.tie(row, (1, 1, -1), sure=True)
        return True

    def tie(self, cells: Iterable[int], signs: Iterable[float], *, sure: bool) -> None:
        """Enter a tie; one that is not ``sure`` only where it holds, as far as counts are known."""
        found = Tie(tuple(cells), tuple(signs))
        reported = [self.cells[cell].count for cell in found.cells]
        if not sure and None not in reported:
            total = sum(
                c * sign for c, sign in zip(reported, found.signs, strict=True) if c is not None
            )
            if abs(total) > 1e-6:
                return
        self.ties[found] = None

    def days(self, subject: Subject, kind: str) -> list[Day]:
        """The days on which a subject's count was told."""
        return [day for day, _ in self.by_subject.get(subject, {}).get(kind, ())]

    def at(self, subject: Subject, kind: str, day: Day) -> int | None:
        """The cell known on a day; the first one told later where none was."""
        reported = self.by_subject.get(subject, {}).get(kind)
        if not reported:
            return None
        known = [cell for when, cell in reported if when <= day]
        return known[-1] if known else reported[0][1]


def tie(plan: Plan, reports: Reports, parts_of: Mapping[str, tuple[str, ...]]) -> None:
    """Enter every tie within a year; ``parts_of`` names the parts of every area that has some."""
    places = sorted({(area, year, group) for area, _, year, group in reports.by_subject})
    held = {goal for _, goal, _, _ in reports.by_subject}
    for goal in plan.goals:
        if goal.denominator is not None and goal.id in held:
            for area, year, group in places:
                one = (area, goal.id, year, group)
                _taken_of(reports, one, goal.denominator, growth=is_growth(goal))
        if goal.parts_add_up and goal.id in held:
            parts = [one.id for one in plan.goals if one.part_of == goal.id]
            for area, year, group in places:
                several = [(area, part, year, group) for part in parts]
                _sum(reports, (area, goal.id, year, group), several)
    within = {part for parts in parts_of.values() for part in parts}
    top = sorted(set(parts_of) - within)
    for goal_id in sorted(held):
        for kind in (COUNT,) if counts(plan.goal(goal_id)) else (HAVING, ALL):
            for year, group in sorted({(year, group) for _, year, group in places}):
                _Areas(reports, (goal_id, year, group), kind, parts_of).go_down(top)


def _taken_of(reports: Reports, one: Subject, whole: str, *, growth: bool) -> None:
    """What a share is taken of is another goal's count; growth may start from last year's."""
    area, _, year, group = one
    same, before = (area, whole, year, group), (area, whole, year - 1, group)
    reported = reports.days(one, ALL)
    days = {*reported, *reports.days(same, COUNT)}
    if growth:
        days |= {*reports.days(before, COUNT)}
    for day in sorted(days):
        cell, now = reports.at(one, ALL, day), reports.at(same, COUNT, day)
        was = reports.at(before, COUNT, day) if growth else None
        if cell is None:
            return
        if was is not None:
            reports.tie((cell, was), (1, -1), sure=False)
            if Tie((cell, was), (1, -1)) in reports.ties:
                continue
        if now is not None:
            reports.tie((cell, now), (1, -1), sure=day in reported)


def _sum(reports: Reports, whole: Subject, parts: list[Subject]) -> None:
    """A whole that is the sum of its parts."""
    reported = reports.days(whole, COUNT)
    for day in sorted({*reported, *(day for part in parts for day in reports.days(part, COUNT))}):
        total = reports.at(whole, COUNT, day)
        found = [cell for part in parts if (cell := reports.at(part, COUNT, day)) is not None]
        if total is not None and found:
            reports.tie((total, *found), (-1, *[1] * len(found)), sure=day in reported)


class _Areas:
    """The sums of one count of a year over the parts of areas, from the top down."""

    def __init__(
        self, reports: Reports, of: tuple[str, int, str], kind: str,
        parts_of: Mapping[str, tuple[str, ...]],
    ) -> None:  # fmt: skip
        self.reports, self.of, self.kind = reports, of, kind
        self.parts_of = parts_of
        self.latent: dict[tuple[int, ...], int] = {}

    def go_down(self, areas: Iterable[str]) -> None:
        for area in areas:
            reported = self.reports.days((area, *self.of), self.kind)
            for day in sorted(self._days(area)) if reported else ():
                total = self.reports.at((area, *self.of), self.kind, day)
                found = self._parts(area, day)
                if total is not None and found:
                    signs = (-1, *[1] * len(found))
                    self.reports.tie((total, *found), signs, sure=day in reported)
            self.go_down(part for part in self.parts_of[area] if part in self.parts_of)

    def _days(self, area: str) -> set[Day]:
        days = {*self.reports.days((area, *self.of), self.kind)}
        return days.union(*(self._days(part) for part in self.parts_of.get(area, ())))

    def _parts(self, area: str, day: Day) -> tuple[int, ...]:
        parts = (self._of(part, day) for part in self.parts_of[area])
        return tuple(cell for cell in parts if cell is not None)

    def _of(self, area: str, day: Day) -> int | None:
        """The count of an area on a day; where no report tells it, the sum of its parts."""
        cell = self.reports.at((area, *self.of), self.kind, day)
        if cell is not None or area not in self.parts_of:
            return cell
        found = self._parts(area, day)
        if not found:
            return None
        if found not in self.latent:
            reported = [self.reports.cells[cell].count for cell in found]
            known = (
                None if None in reported else float(sum(one for one in reported if one is not None))
            )
            self.latent[found] = len(self.reports.cells)
            self.reports.cells.append(ReportedCount(None, self.kind, known))
            signs = (-1, *[1] * len(found))
            self.reports.tie((self.latent[found], *found), signs, sure=True)
        return self.latent[found]
