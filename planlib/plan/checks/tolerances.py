"""Tolerances that have no effect, or that are told in the wrong measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planlib.errors import Said, said
from planlib.plan.goal import Goal
from planlib.plan.header import RAG, PlanHeader
from planlib.plan.plan_files import Location
from planlib.plan.target import PERCENT_BASES, SINCE, Basis, Cadence, Target
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
    told: set[object] = set()
    for place, target in targets:
        tolerance = target.tolerance or goal.tolerance or rule.tolerance
        if not target.kind.tolerant or tolerance is None:
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
        if fault is None and (start := _start(goal, target)) is not None:
            fault = _covers(target, tolerance, start)
        key = (at if own else (), fault[0]) if fault is not None else None
        if fault is not None and key not in told:
            told.add(key)
            yield at, *fault


def _start(goal: Goal, target: Target) -> float | None:
    """What would be compared if nothing changed from the stated baseline on."""
    if target.basis in SINCE:
        return 0.0
    stands = target.basis in {Basis.level, Basis.share, Basis.count}
    if (
        goal.baseline is None
        or not stands
        or target.moves
        or target.kind.of_others
        or target.cadence is Cadence.over_term
    ):
        return None
    return goal.baseline.value


def _covers(target: Target, tolerance: Tolerance, start: float) -> tuple[Said, Said] | None:
    """A tolerance so wide that standing still is nearly met."""
    near, _ = target.kind.bounds(target)
    sign = -1 if target.better == "lower" else 1
    if sign * (start - near) >= 0 or sign * (start - tolerance.moved(near, -sign)) < 0:
        return None
    return said("plan.tolerance-covers-baseline", start=start), said("plan.narrow-the-tolerance")


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
