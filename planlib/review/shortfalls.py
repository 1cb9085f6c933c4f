"""Missed goals with who answers for them and what is to be done next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.text import Text
from planlib.plan.brief import Brief
from planlib.plan.goal_parts import Measure
from planlib.plan.plan import Plan
from planlib.scoring.verdict import MISSED


@dataclass(frozen=True, repr=False)
class Shortfall(Brief):
    """One missed goal; ``step`` is the open measure with the nearest day, None where there is none.

    ``served`` says whether any measure serves it, done or not.
    """

    verdict: GoalVerdict
    lead: Text | None
    step: Measure | None
    served: bool


def shortfalls(plan: Plan, verdicts: Iterable[GoalVerdict]) -> tuple[Shortfall, ...]:
    """The goals that were missed once the time was up, in the order given."""
    return tuple(
        Shortfall(
            one, plan.lead_of(one.goal), plan.next_step(one.goal),
            bool(plan.measures_for(one.goal.id)),
        )
        for one in verdicts
        if one.verdict in MISSED and not one.group
    )  # fmt: skip
