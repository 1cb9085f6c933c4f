"""The verdicts of an area as claims, which a reader can prove: see ``planlib.verify.evidence``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from planlib.evaluation.resolved import Resolved
from planlib.evaluation.verdicts import GoalVerdict
from planlib.plan.periods.calendar import Frequency
from planlib.verify.evidence import Claim, HashedRow
from planlib.verify.targets.claimed import judged_target

Hashed = Callable[[str, int], HashedRow]  # a row of a file with its hash


def claims(evaluation: Resolved, area: str, hashed: Hashed) -> Iterator[Claim]:
    """The claims of an area: year by year, period by period, then at mid-term; ``hashed`` tells of a row.

    Areas scored together before (``score_claims``) cost little each.
    """
    for view in _views(evaluation):
        for year in view.plan.years:
            groups = view.group_verdicts(area, year)
            for verdict in (*view.year_verdicts(area, year), *groups):
                yield _claim(evaluation, "annual", verdict, hashed)
    evaluation = evaluation.along(Frequency.year)
    after = evaluation.plan.midterm_after
    groups = evaluation.midterm_group_verdicts(area, after)
    for verdict in (*evaluation.midterm_verdicts(area, after), *groups):
        yield _claim(evaluation, "midterm", verdict, hashed)


def score_claims(evaluation: Resolved, areas: Sequence[str]) -> None:
    """Score some areas together along every kind of period that is claimed of."""
    for view in _views(evaluation):
        view.score(areas)


def _views(evaluation: Resolved) -> Iterator[Resolved]:
    """The evaluation along years, and along the periods of its plan."""
    return map(evaluation.along, dict.fromkeys((Frequency.year, evaluation.plan.header.periods)))


def _claim(evaluation: Resolved, kind: str, verdict: GoalVerdict, hashed: Hashed) -> Claim:
    goal, rule, published = verdict.goal, evaluation.plan.header.rule, verdict.published_verdict
    return Claim.model_validate(
        {
            "goal": goal.id,
            "group": goal.group,
            "kind": kind,
            "year": verdict.year,
            "on": "term" if verdict.term else "year",
            "verdict": verdict.verdict.name,
            "published": None if published is None else published.name,
            "value": verdict.value,
            "low": verdict.low,
            "high": verdict.high,
            "level": verdict.level,
            "estimate": verdict.estimate,
            "certainty": verdict.certainty,
            "figure_of": verdict.figure_of,
            "against": verdict.against,
            "target": judged_target(verdict.target),
            "reading": next((one.id for one in goal.readings if one.default), None),
            "readings": verdict.readings,
            "rule": f"{rule.id} {rule.dated}",
            "vintage": verdict.vintage,
            "inputs": tuple(hashed(one.file, one.row) for one in verdict.inputs),
        }
    )
