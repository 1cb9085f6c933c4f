"""Targets that mean nothing, or two things: told when the plan is read, before they are scored."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlib.errors import Said, said
from planlib.language.money import Money
from planlib.plan.checks.own_targets import own_targets
from planlib.plan.checks.tolerances import unclear_tolerances
from planlib.plan.goal import Goal
from planlib.plan.header import PlanHeader
from planlib.plan.periods.calendar import Frequency
from planlib.plan.target import SINCE, Basis, Cadence, Target
from planlib.plan.targets.due import Due, due_faults
from planlib.plan.targets.revision import GoalRevision
from planlib.plan.yes_no import is_yes_no

Location = tuple[str | int, ...]
Fault = tuple[Location, Said, Said | None]

# What a unit says of figures that cannot be added up: they are so many of, or to, so many.
_TIME = re.compile(
    r"(\b(per|a|an|each|every)\s+|/\s*|\b(mỗi|một|hằng|hàng)\s+)"
    r"(year|annum|quarter|month|week|năm|quý|tháng|tuần)\b"
)
_OF = (
    r"\d|người|dân|hộ|ha\b|héc|km|m2|m²|m3|m³|h\b|giờ|ngày|lớp|trẻ|phụ nữ|học sinh|giáo viên|giường"
    r"|capita|person|people|head|household|inhabitant|resident|wom[ae]n|child|pupil|student"
    r"|teacher|class|bed|birth|day|hour|gdp|usd|unit"
)
_RATES = re.compile(
    rf"%|‰|°|\bper\b|/\s*({_OF})|\btrên\s+(mỗi\s+)?\d|percent|permill"
    r"|\b(rates?|ratios?|averages?|means?|medians?|ind(ex|ices)|scores?|ranks?|ranking|coefficients?"
    r"|degrees?|age)\b"
    r"|phần (trăm|nghìn|ngàn|vạn)|\bt[ỷỉ] (lệ|suất|số|trọng)\b|hệ số|chỉ số|bình quân|trung bình"
    r"|trung vị|\b(xếp|thứ) hạng\b|\btuổi\b"
)


def adds_up(goal: Goal) -> bool:
    """Whether the unit of a goal is one of amounts, whose years can be added up.

    >>> from planlib.plan.goal import Text
    >>> amounts = Goal.model_construct(unit=Text(vi="vụ/năm", en="cases a year"))
    >>> rates = Goal.model_construct(unit=Text(vi="vụ/1.000 dân", en="cases per 1,000 people"))
    >>> adds_up(amounts), adds_up(rates), adds_up(Goal.model_construct(unit="%"))
    (True, False, False)
    """
    if isinstance(goal.unit, Money):
        return True
    if isinstance(goal.unit, str) or is_yes_no(goal.unit):
        return False
    units = (_TIME.sub("", unit.lower()).strip() for unit in goal.unit.values())
    return not any(_RATES.search(unit) for unit in units)


def unclear_targets(goal: Goal, header: PlanHeader) -> Iterator[Fault]:
    """Where a goal's targets cannot be scored as they stand, each with the reason and a hint."""
    versions: list[tuple[Location, Goal | GoalRevision, Goal]] = [((), goal, goal)]
    versions += [
        (("revisions", index), one, goal.in_force(one.date))
        for index, one in enumerate(goal.revisions)
    ]
    for at, version, standing in versions:
        yield from (
            ((*at, *fault[0]), *fault[1:])
            for fault in unclear_tolerances(
                standing, [*targets_of_version(version, standing)], header
            )
        )
        for path, target in targets_of_version(version, standing):
            own = version.targets[int(path[1])] if path[0] == "targets" else target
            yield from _due_day(own, target, standing, header, (*at, *path))
            if target.basis in SINCE or target.kind.against_start:
                fault = _since(target, standing, header, path)
            elif target.basis is Basis.change:
                fault = _change(target, standing, header)
            else:
                fault = _total(target, standing)
            if fault is not None:
                yield ((*at, *path, fault[0]), *fault[1:])


def _due_day(
    stated: Due, target: Target, goal: Goal, header: PlanHeader, at: Location
) -> Iterator[Fault]:
    """Whether it is clear which period's figure counts on the day a target is due."""
    term = header.term.first, header.term.last
    own = goal.period or header.periods
    for key, message, hint in due_faults(stated, target, header.calendar, own, term):
        yield (*at, key), message, hint


def targets_of_version(
    version: Goal | GoalRevision, standing: Goal
) -> Iterator[tuple[Location, Target]]:
    """Every target of a goal, or of a revision of it, with its place."""
    for name in ("target", "term_target"):
        if (target := getattr(version, name)) is not None:
            yield (name,), target
    for index, reading in enumerate(version.readings):
        yield ("readings", index, "target"), reading.target
    for index, yearly in enumerate(version.yearly):
        yield ("yearly", index), yearly
    for place, target in own_targets(version, standing):
        yield place, target


def _change(target: Target, goal: Goal, header: PlanHeader) -> tuple[str, Said, Said] | None:
    """A change is on the year before; over the term, on the plan's baseline year."""
    if target.cadence is Cadence.by:
        return (
            "cadence",
            said("plan.change-year-before-since", due=target.due),
            said("plan.change-year-before-cadence"))  # fmt: skip
    if goal.baseline is not None:
        return (
            "basis",
            said("plan.change-year-before-stated",
                 year=goal.baseline.year),
            said("plan.change-not-taken-stated"))  # fmt: skip
    if target.cadence is Cadence.over_term and header.baseline_year is None:
        return (
            "cadence",
            said("plan.change-over-term-needs"),
            said("plan.give-baseline-year-plan"),
        )
    return None


def _since(
    target: Target, goal: Goal, header: PlanHeader, path: Location
) -> tuple[str, Said, Said] | None:
    """A change on the baseline needs one, and is the figure of a time, not of a whole term."""
    if target.since is not None:
        first = header.term.first
        if header.calendar.within(target.since, Frequency.year) >= first:
            message = said("plan.since-lies-before-term", first=first, year=target.since)
            return "since", message, said("plan.give-period-before")
        return None
    if target.cadence is Cadence.over_term:
        return "cadence", said("plan.since-not-over-term", basis=target.basis), said("plan.use-by")
    own = goal.targets[int(path[1])].baseline if path[0] == "targets" else None
    if own is None and goal.baseline is None and header.baseline_year is None:
        return (
            "basis",
            said(
                "plan.since-needs-baseline",
                basis=target.comparison if target.kind.against_start else target.basis,
            ),
            said("plan.give-baseline"),
        )
    return None


def _total(target: Target, goal: Goal) -> tuple[str, Said, Said] | None:
    """Only amounts add up over the term; a share of all cases together is worked out of counts."""
    if target.cadence is not Cadence.over_term or target.basis not in {Basis.level, Basis.count}:
        return None
    bounded = (
        target.basis is Basis.level and goal.limits is not None and goal.limits.high is not None
    )
    if adds_up(goal) and not bounded:
        return None
    hint = said("plan.use-every-year-keep")  # fmt: skip
    if adds_up(goal):
        return "cadence", said("plan.figure-natural-limit-above"), hint
    return "cadence", said("plan.figures-not-add-up", unit=goal.unit), hint
