"""The verdicts of an area as claims, which a reader can prove: see ``planlib.verify.evidence``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planlib.evaluation.resolved import Resolved
from planlib.evaluation.verdicts import GoalVerdict
from planlib.plan.periods.calendar import Frequency
from planlib.verify.evidence import Claim, HashedRow
from planlib.verify.targets.claimed import judged_target

Hashed = Callable[[str, int], HashedRow]  # a row of a file with its hash


def claims(evaluation: Resolved, area: str, hashed: Hashed) -> Iterator[Claim]:
    """The claims of an area: year by year, period by period, then at mid-term; ``hashed`` tells of a row.

    Areas scored together before (``Resolved.score``) cost little each.
    """
    for frequency in dict.fromkeys((Frequency.year, evaluation.plan.header.periods)):
        view = evaluation.along(frequency)
        for year in view.plan.years:
            groups = view.group_verdicts(area, year)
            for verdict in (*view.year_verdicts(area, year), *groups):
                yield _claim(evaluation, "annual", verdict, hashed)
    evaluation = evaluation.along(Frequency.year)
    after = evaluation.plan.midterm_after
    groups = evaluation.midterm_group_verdicts(area, after)
    for verdict in (*evaluation.midterm_verdicts(area, after), *groups):
        yield _claim(evaluation, "midterm", verdict, hashed)


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
