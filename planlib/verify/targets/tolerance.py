"""Whether a figure short of its target is so by no more than the plan's rule tolerates."""

from __future__ import annotations

from fractions import Fraction
from math import isfinite

from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import Target
from planlib.plan.targets.tolerance import Tolerance
from planlib.verify.bounds import SAME, ends, exact
from planlib.verify.comparisons import RecomputedComparison

NEVER = frozenset(
    {RecomputedComparison.done, RecomputedComparison.all_of, RecomputedComparison.rank}
)


def tolerated(plan: Plan, goal: Goal, target: Target, low: float, high: float) -> bool:
    """Whether both ends of a figure lie within the tolerance around the target.

    The target's own tolerance goes before the goal's, the goal's before the rule's; a rule without
    one tolerates nothing.
    """
    rule = plan.header.rule
    if rule.tolerance is None or target.comparison in NEVER:
        return False
    one = target.tolerance or goal.tolerance or rule.tolerance
    near, far = ends(target)

    def slack(end: float) -> Fraction:
        return _slack(one, end)

    least, most = exact(near) - slack(near), exact(near) + slack(near)
    if target.better == "lower":
        return _at_most(high, most) and (
            not _closed(target) or _at_least(low, exact(far) - slack(far))
        )
    return _at_least(low, least) and (
        not _closed(target) or _at_most(high, exact(far) + slack(far))
    )


def tolerated_ends(plan: Plan, goal: Goal, target: Target) -> list[float]:
    """Where on both sides of the ends of a target the tolerance ends."""
    rule = plan.header.rule
    if rule.tolerance is None or target.comparison in NEVER:
        return []
    one = target.tolerance or goal.tolerance or rule.tolerance
    return [float(exact(end) + sign * _slack(one, end)) for end in ends(target) for sign in (-1, 1)]


def _slack(one: Tolerance, end: float) -> Fraction:
    if one.percent is not None:
        return abs(exact(end)) * exact(one.percent) / 100
    return exact(one.points if one.points is not None else one.value or 0.0)


def _closed(target: Target) -> bool:
    return target.comparison == RecomputedComparison.between and target.beyond == "bad"


def _at_least(figure: float, end: Fraction) -> bool:
    if not isfinite(figure):
        return figure > 0
    return exact(figure) >= end - exact(SAME) * max(abs(exact(figure)), abs(end))


def _at_most(figure: float, end: Fraction) -> bool:
    if not isfinite(figure):
        return figure < 0
    return exact(figure) <= end + exact(SAME) * max(abs(exact(figure)), abs(end))
