"""Questions a plan: what in it cannot be judged, contradicts itself, or cannot be met."""

from __future__ import annotations

from collections.abc import Iterator

from planlib.evaluation.evaluation import Evaluation
from planlib.plan.plan import Plan
from planlib.review.audit.finding import OF_FIGURES, OF_MEASURES, ORDER, Finding, PlanAudit
from planlib.review.audit.likeness import alike_findings
from planlib.review.audit.measures import measure_findings
from planlib.review.audit.met import met_findings
from planlib.review.audit.places import PlanLines
from planlib.review.audit.said import said_findings
from planlib.review.audit.seen import PlanSeen
from planlib.review.audit.sums import clash_of, sum_findings


def plan_audit(evaluation: Evaluation) -> PlanAudit:
    """Everything there is to ask of a plan, heaviest first, by the figures of all its areas.

    A finding is doubt, not a fault: whoever wrote the plan may know better. What can be meant in a
    harmless way is left out.
    """
    seen = PlanSeen(evaluation)
    plan = seen.plan
    found = [
        *said_findings(plan, seen), *sum_findings(plan, seen), *_pairs(plan, seen),
        *met_findings(plan, seen),
    ]  # fmt: skip
    unasked: dict[str, str] = {}
    if not seen.collected:
        unasked |= dict.fromkeys(OF_FIGURES, "no_figures")
    if plan.measures:
        found += measure_findings(plan, seen.today)
    else:
        unasked |= dict.fromkeys(OF_MEASURES, "no_measures")
    place = {goal.id: at for at, goal in enumerate(plan.goals)}

    def order(one: Finding) -> tuple[int, int, int]:
        at = place[one.goals[0].id] if one.goals else len(place)
        return -one.severity, ORDER[one.kind], at

    lines = PlanLines(plan)
    return PlanAudit(
        plan=plan,
        as_of=evaluation.as_of_text,
        public=evaluation.public,
        illustrative=any(one.illustrative for one in found),
        findings=tuple(lines.placed(one) for one in sorted(found, key=order)),
        unasked=unasked,
    )


def _pairs(plan: Plan, seen: PlanSeen) -> Iterator[Finding]:
    """Goals on one indicator: they contradict each other, or one is too many."""
    for finding, one, other in alike_findings(plan, seen):
        yield clash_of(one, other, plan) or finding
