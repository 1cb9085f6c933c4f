"""Own targets of areas, groups and periods: whole ones, known places, and none said twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pydantic import ValidationError

from planlib.errors import Faults, Said, did_you_mean, said
from planlib.plan.goal import Goal
from planlib.plan.groups.dimensions import GroupFault, read_group
from planlib.plan.header import PlanHeader
from planlib.plan.periods.calendar import Frequency, frequency_of
from planlib.plan.plan_files import Location
from planlib.plan.target import Basis, Cadence, Target
from planlib.plan.targets.faults import target_faults
from planlib.plan.targets.own import OwnTarget
from planlib.plan.targets.revision import GoalRevision

Fault = tuple[Location, Said | str, Said | None]
# What a report holds for each basis; areas of one goal are asked for the same.
ASKED = {
    Basis.share: "ratio",
    Basis.growth: "growth",
    Basis.quota: "quota",
}


def own_targets(version: Goal | GoalRevision, standing: Goal) -> Iterator[tuple[Location, Target]]:
    """The own targets that can be made whole, each with its place in the goal or its revision."""
    for index, one in enumerate(version.targets):
        target = _whole(one, standing)
        if isinstance(target, Target):
            yield ("targets", index), target


def own_target_faults(
    goal: Goal, version: Goal | GoalRevision, header: PlanHeader, areas: Collection[str]
) -> Iterator[Fault]:
    """What is wrong with own targets of a goal, or of a revision of it, beside other files."""
    seen: dict[tuple[str, str, int | None], int] = {}
    mine = version.targets
    steps = {one.period for one in mine if one.period and not one.area and not one.group}
    for index, one in enumerate(mine):
        at: Location = ("targets", index)
        if one.place in seen:
            yield at, said("plan.own-target-said-twice", number=seen[one.place] + 1), None
        seen.setdefault(one.place, index)
        if one.area is not None and one.area not in areas:
            hint = did_you_mean(one.area, areas) or said(
                "plan.add-plan-s-folder", file="areas.yaml"
            )
            yield (*at, "area"), said("plan.area-not-found", name=one.area), hint
        if one.group is not None:
            group = read_group(one.group, header.dimensions, goal.by)
            if isinstance(group, GroupFault):
                yield (*at, "group"), group.message, group.hint
            elif group != one.group:
                yield (*at, "group"), said("plan.group-in-plans-order", group=group), None
        if one.bare and (one.area is None or goal.other_areas == "same_target"):
            yield at, said("plan.own-target-names-nothing"), None
        yield from _times(one, header, at)
        if not one.no_target:
            yield from _whole_faults(one, goal, at)
        if one.area and not one.period and not one.group and not one.no_target:
            missing = sorted(
                year for year in steps if (one.area, "", year) not in {o.place for o in mine}
            )
            if missing:
                message = said("plan.area-or-period", area=one.area, year=missing[0])
                yield at, message, said("plan.say-area-and-period", area=one.area, year=missing[0])
    if goal.other_areas == "no_target" and not any(one.area for one in goal.targets):
        yield ("other_areas",), said("plan.other-areas-without-any"), None


def _times(one: OwnTarget, header: PlanHeader, at: Location) -> Iterator[Fault]:
    first, last = header.term.first, header.term.last
    calendar = header.calendar
    for key in ("period", "due"):
        time = getattr(one, key)
        if time is not None and not first <= calendar.within(time, Frequency.year) <= last:
            yield (
                (*at, key),
                said("plan.year-outside-term", found=key, first=first, last=last, year=time),
                None,
            )
    if one.baseline is not None and one.baseline.year >= first:
        message = said("plan.baseline-lies-before-term", first=first, year=one.baseline.year)
        yield (*at, "baseline", "year"), message, None


def inside_its_year(period: int, target: Target) -> bool:
    """Whether a target that is judged when a year ends is set for a shorter period of it."""
    whole = frequency_of(period) is Frequency.year
    return target.cadence is Cadence.every_year and not whole


def _whole(one: OwnTarget, goal: Goal) -> Target | list[str] | None:
    if one.no_target:
        return None
    try:
        return one.over(goal.target)
    except ValidationError as error:
        found: list[str] = []
        for fault in error.errors():
            reason = fault.get("ctx", {}).get("error")
            if isinstance(reason, Faults):
                found += reason.found
            else:
                found.append(said("plan.own-target-lacks", key=str(fault["loc"][-1])))
        return found


def _whole_faults(one: OwnTarget, goal: Goal, at: Location) -> Iterator[Fault]:
    target = _whole(one, goal)
    if isinstance(target, list):
        for message in target:
            yield at, message, said("plan.own-target-over", id=goal.id) if goal.target else None
    if not isinstance(target, Target):
        return
    for fault in target_faults(goal, target):
        yield at, fault, None
    if one.period is not None and inside_its_year(one.period, target):
        yield (
            (*at, "period"),
            said("plan.period-inside-its-year", period=str(one.period)),
            said("plan.steps-of-a-year"),
        )
    main = goal.main_target()
    if one.period is None and target.cadence is not main.cadence:
        yield (
            (*at, "cadence"),
            said("plan.areas-share-cadence", cadence=main.cadence),
            said("plan.write-another-goal"),
        )
    if target.cumulative is not main.cumulative:
        # A year is judged by its last quarter, or by its worst: not by either in turn.
        yield (
            (*at, "cumulative"),
            said("plan.targets-share-cumulative"),
            said("plan.cumulative-in-target"),
        )
    if (target.kind.figure, ASKED.get(target.basis, "value")) != (
        main.kind.figure,
        ASKED.get(main.basis, "value"),
    ):
        yield at, said("plan.areas-share-figures"), said("plan.write-another-goal")
