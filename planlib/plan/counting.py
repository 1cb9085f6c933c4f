"""Which numbers of a goal count people or cases, and which are ratios or answers."""

from __future__ import annotations

from planlib.plan.goal import Goal
from planlib.plan.target import Basis, Target

RATIOS = frozenset({Basis.share, Basis.growth})  # their ``value`` is a percentage
PERCENT = "%"


def counts(goal: Goal) -> bool:
    """Whether the ``value`` of a goal's figures is a count, not a percentage or a yes.

    A goal on its change from year to year, and one on its quota, records the count itself.

    >>> from planlib.plan.goal import Goal
    >>> text = {"vi": "vụ", "en": "cases"}
    >>> fires = {
    ...     "id": "fires",
    ...     "name": text,
    ...     "unit": text,
    ...     "source": [{"document": "plan-text", "section": "II", "paragraph": 1}],
    ... }
    >>> none = {"comparison": "at_most", "value": 0, "basis": "count", "cadence": "every_year"}
    >>> counts(Goal.model_validate(fires | {"target": none}))
    True
    """
    return all(_counts(goal, target) for target in _ever(goal))


def is_share(goal: Goal) -> bool:
    """Whether the figures of a goal are so many out of so many."""
    return any(target.basis is Basis.share for target in _ever(goal))


def is_growth(goal: Goal) -> bool:
    """Whether the figures of a goal are what came on top of a stock, over that stock."""
    return any(target.basis is Basis.growth for target in _ever(goal))


def _counts(goal: Goal, target: Target) -> bool:
    if target.kind.figure != "number" or target.basis in RATIOS:
        return False
    return goal.unit != PERCENT or target.basis in {Basis.change, Basis.quota}


def _ever(goal: Goal) -> list[Target]:
    """Every target the goal has or had: a figure means what it meant when it was recorded."""
    made = [target for one in goal.revisions for target in goal.in_force(one.date).all_targets()]
    return [*goal.all_targets(), *made]
