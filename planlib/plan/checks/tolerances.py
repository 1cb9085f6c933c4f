"""Tolerances that have no effect, or that are told in the wrong measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planlib.errors import Said, said
from planlib.plan.goal import Goal
from planlib.plan.header import RAG, PlanHeader
from planlib.plan.plan_files import Location
from planlib.plan.target import PERCENT_BASES, Target
from planlib.plan.targets.tolerance import Tolerance

Fault = tuple[Location, Said, Said]


def unclear_tolerances(
    goal: Goal, targets: Iterable[tuple[Location, Target]], header: PlanHeader
) -> Iterator[Fault]:
    """What is wrong with the tolerances of a goal and of its targets, each with its place."""
    rule = header.rule
    if rule.id != RAG:
        named: list[tuple[Location, Tolerance | None]] = [(("tolerance",), goal.tolerance)]
        named += [((*place, "tolerance"), target.tolerance) for place, target in targets]
        for place, tolerance in named:
            if tolerance is not None:
                yield (
                    place,
                    said("plan.tolerance-not-of-rule", rule=rule.id),
                    said("plan.use-rule-rag"),
                )
        return
    told: set[Said] = set()
    for place, target in targets:
        tolerance = target.tolerance or goal.tolerance or rule.tolerance
        if target.kind.figure != "number" or tolerance is None:
            continue
        at: Location = place
        if tolerance is target.tolerance:
            at = (*place, "tolerance")
        elif tolerance is goal.tolerance:
            at = ("tolerance",)
        fault = _measure(goal, target, tolerance)
        own = tolerance is not rule.tolerance
        if fault is None and own and tolerance.percent and target.near == 0:
            fault = said("plan.tolerance-percent-of-zero"), _hint(goal, target)
        if fault is not None and (own or fault[0] not in told):
            told.add(fault[0])
            yield at, *fault


def in_percent(goal: Goal, target: Target) -> bool:
    """Whether the figure that is compared is a percentage."""
    return target.basis in PERCENT_BASES or goal.unit == "%"


def _measure(goal: Goal, target: Target, tolerance: Tolerance) -> tuple[Said, Said] | None:
    if tolerance.size == 0:
        return None
    percent = in_percent(goal, target)
    if tolerance.measure == "points" and not percent:
        fault = said("plan.tolerance-points-need-percent", unit=goal.unit_id)
    elif tolerance.measure == "value" and percent:
        fault = said("plan.tolerance-value-in-percent")
    else:
        return None
    return fault, _hint(goal, target)


def _hint(goal: Goal, target: Target) -> Said:
    points = in_percent(goal, target)
    return said("plan.write-tolerance-points" if points else "plan.write-tolerance-value")
