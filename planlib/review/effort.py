"""What is left of the way to a target, spread over the periods that remain."""

from __future__ import annotations

from dataclasses import dataclass

from planlib.evaluation.verdicts import GoalVerdict
from planlib.plan.plan import Plan
from planlib.plan.target import CHANGES, RECURRING, Target
from planlib.scoring.verdict import REACHED


@dataclass(frozen=True)
class Step:
    """What one of the remaining periods must bring, and the figure at its end."""

    period: int
    change: float
    figure: float


def effort(plan: Plan, verdict: GoalVerdict) -> tuple[Step, ...]:
    """What is left of the way to a target, spread evenly over the periods that remain.

    A target with a deadline, or over the term, is reached in equal steps; one of every period is
    to be reached in the next and held. Nothing where the target is no number of the figure's own
    (a change, a figure of others, a yes), where there is no figure, or where the time is up.
    """
    target, value = verdict.target, verdict.value
    if verdict.term and target is None:
        target = verdict.goal.target_for(plan.years[-1])
    if target is None or value is None or not _spreads(target):
        return ()
    last = plan.years[-1] if target.due is None else target.due
    left = [one for one in plan.years if verdict.year < one <= last]
    if target.cadence in RECURRING:
        return _each(verdict, left, value)
    if not left or target.near is None:
        return ()
    change = 0.0 if verdict.verdict in REACHED else (target.near - value) / len(left)
    return tuple(
        Step(one, _plain(change), _plain(value + change * step))
        for step, one in enumerate(left, start=1)
    )


def _spreads(target: Target) -> bool:
    kind = target.kind
    return (
        kind.figure == "number" and not kind.of_others and not kind.against_start
        and target.basis not in CHANGES and target.near is not None
    )  # fmt: skip


def _each(verdict: GoalVerdict, left: list[int], value: float) -> tuple[Step, ...]:
    found, before = [], value
    for one in left:
        target = verdict.goal.target_for(one)
        if target is None or target.near is None:
            continue
        short = before < target.near if target.better != "lower" else before > target.near
        after = target.near if short else before
        found.append(Step(one, _plain(after - before), _plain(after)))
        before = after
    return tuple(found)


def _plain(number: float) -> float:
    """A number without binary dust."""
    return float(f"{number:.12g}")
