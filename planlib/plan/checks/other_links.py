"""The checks of targets that are held against others: each is there, is no other's mirror, and fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planlib.errors import Problem, Said, did_you_mean, said
from planlib.plan.checks.meaning import targets_of_version
from planlib.plan.goal import Goal
from planlib.plan.groups.dimensions import GroupFault, read_group
from planlib.plan.periods.calendar import Frequency, frequency_of
from planlib.plan.plan_files import FileChecks, Location
from planlib.plan.target import Cadence, Target
from planlib.plan.targets.others import Reference, least_ranked
from planlib.plan.targets.revision import GoalRevision

Fault = tuple[str, Said, Said | None]  # the key it is of, the message, a hint
Edges = dict[str, dict[str, str]]  # from each goal, or area, to those it is held against


class OtherLinks(FileChecks):
    """What targets say of other goals, areas, groups and series."""

    def problems(self) -> list[Problem]:
        """Every problem, in the order they should be read."""
        self.goals = {goal.id: goal for _, section in self.files.sections for goal in section.goals}
        self.areas = {area.id for _, area in self.files.areas}
        of_goals: Edges = {}
        for file, section in self.files.sections:
            for index, goal in enumerate(section.goals):
                of_areas: Edges = {}
                subject = said("plan.goal-subject", name=goal.id)
                for path, target, area in _held(goal):
                    place: Location = ("goals", index, *path)
                    for key, message, hint in self._faults(goal, target, area):
                        self._say(file, (*place, key), message, subject=subject, hint=hint)
                    _add(of_goals, of_areas, goal, target.to, area)
                    for message in _closed(of_areas, area or "", "plan.areas-in-a-circle"):
                        self._say(file, (*place, "to"), message, subject=subject)
                for message in _closed(of_goals, goal.id, "plan.goals-in-a-circle"):
                    self._say(file, ("goals", index, "id"), message, subject=subject)
        return self.found

    def _faults(self, goal: Goal, target: Target, area: str | None) -> Iterator[Fault]:
        if target.to is not None and target.to.series:
            yield from self._series(goal, target, target.to)
        elif target.to is not None:
            yield from self._other(goal, target, target.to, area)
        if target.among is not None and self.files.complete:
            yield from self._rank(target)

    def _other(
        self, goal: Goal, target: Target, to: Reference, area: str | None
    ) -> Iterator[Fault]:
        name = self.header.renamed.get(to.goal or "", to.goal or goal.id)
        if to.area is not None and to.area not in self.areas and self.files.complete:
            hint = did_you_mean(to.area, self.areas)
            yield "to", said("plan.area-not-found", name=to.area), hint
        other = self.goals.get(name)
        if other is None:
            if self.files.complete:
                yield "to", said("plan.goal-not-found", name=name), did_you_mean(name, self.goals)
            return
        if to.group is not None:
            group = read_group(to.group, self.header.dimensions, other.by)
            if isinstance(group, GroupFault):
                yield "to", group.message, group.hint
            elif group != to.group:
                yield "to", said("plan.group-in-plans-order", group=group), None
        elif strange := [one for one in goal.by if one not in other.by]:
            message = said("plan.other-goal-without-groups", name=name, by=", ".join(strange))
            yield "to", message, None
        if name == goal.id and to.group is None and to.area in {None, area}:
            yield "to", said("plan.held-against-itself"), None
        if any(one.kind.figure != "number" for one in other.all_targets()):
            yield "to", said("plan.other-goal-has-no-number", name=name), None
        elif target.measure == "difference" and other.unit != goal.unit:
            message = said("plan.units-differ", unit=goal.unit_id, name=name, other=other.unit_id)
            yield "to", message, said("plan.use-measure-percent")
        own, its = (one.period or self.header.periods for one in (goal, other))
        if its.in_year < own.in_year:
            message = said("plan.other-goal-less-often", name=name, frequency=its, own=own)
            yield "to", message, None

    def _series(self, goal: Goal, target: Target, to: Reference) -> Iterator[Fault]:
        own = goal.period or self.header.periods
        fits = {own, Frequency.year} if target.cadence is Cadence.every_year else {own}
        calendar, term = self.header.calendar, self.header.term
        for one in to.series:
            if frequency_of(one.year) not in fits:
                yield "to", said("plan.series-of-other-periods", year=one.year, own=own), None
                return
        years = {calendar.within(one.year, Frequency.year) for one in to.series}
        if not any(term.first <= year <= term.last for year in years):
            message = said("plan.series-outside-term", first=term.first, last=term.last)
            yield "to", message, None

    def _rank(self, target: Target) -> Iterator[Fault]:
        assert target.among is not None  # the caller sees to it
        for name in target.of:
            if name not in self.areas:
                hint = did_you_mean(name, self.areas)
                yield "of", said("plan.area-not-found", name=name), hint
        least = least_ranked(target.among, target.of_at_least)
        if len(self.areas) < least:
            message = said("plan.rank-of-too-few", least=least, n=len(self.areas))
            yield "among", message, None


def _held(goal: Goal) -> Iterator[tuple[Location, Target, str | None]]:
    """The targets of a goal that need others, each with its place and the area it is of."""
    versions: list[tuple[Location, Goal | GoalRevision, Goal]] = [((), goal, goal)]
    versions += [
        (("revisions", at), one, goal.in_force(one.date)) for at, one in enumerate(goal.revisions)
    ]
    for at, version, standing in versions:
        for path, target in targets_of_version(version, standing):
            if target.kind.of_others:
                own = version.targets[int(path[1])] if path[0] == "targets" else None
                yield (*at, *path), target, own.area if own else None


def _add(
    of_goals: Edges, of_areas: Edges, goal: Goal, to: Reference | None, area: str | None
) -> None:
    """Whom a target names: another goal of the same area, or another area of the same goal."""
    if to is None or to.group is not None:
        return
    if to.goal is not None and to.goal != goal.id and to.area is None:
        of_goals.setdefault(goal.id, {})[to.goal] = to.goal
    elif to.goal in {None, goal.id} and area and to.area and to.area != area:
        of_areas.setdefault(area, {})[to.area] = to.area


def _closed(edges: Mapping[str, Mapping[str, str]], start: str, message: str) -> Iterator[Said]:
    """The circle that leads from a goal, or an area, back to itself."""
    trail, seen = [[start]], {start}
    while trail:
        path = trail.pop()
        for name in edges.get(path[-1], ()):
            if name == start:
                yield said(message, names=" → ".join([*path, start]))
                return
            if name not in seen:
                seen.add(name)
                trail.append([*path, name])
