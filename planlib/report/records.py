"""The machine interface: goals and verdicts as plain records, the same keys for every plan.

Other programs read these; a key changes only together with an entry in the changelog.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.money import Money
from planlib.outlook.words import Outlook
from planlib.plan.base import period_record
from planlib.plan.goal import Goal
from planlib.plan.goal_parts import Place
from planlib.plan.groups.dimensions import Dimension
from planlib.plan.periods.calendar import period
from planlib.plan.plan import Plan
from planlib.plan.target import RECURRING, Target
from planlib.plan.targets.others import Best
from planlib.plan.targets.own import OwnTarget

if TYPE_CHECKING:
    from planlib.evaluation.outlook import GoalOutlook


def plan_record(plan: Plan) -> dict[str, Any]:
    """One plan: its id, names, term and number of goals."""
    return {
        "id": plan.id,
        "name": dict(plan.header.name),
        "term": [period_record(plan.header.term.first), period_record(plan.header.term.last)],
        "goals": len(plan.goals),
    }


def target_record(target: Target) -> dict[str, Any]:
    """A complete target; keys that do not apply are null."""
    return {
        "comparison": str(target.comparison),
        "value": target.value,
        "low": target.low,
        "high": target.high,
        "beyond": target.beyond,
        "better": target.better,
        "members": [{"id": m.id, "name": dict(m.name)} for m in target.members],
        "basis": str(target.basis),
        "cadence": str(target.cadence),
        "due": None if target.due is None else period_record(target.due),
    } | _of_some(target)


def _of_some(target: Target) -> dict[str, Any]:
    """The keys that only some comparisons have."""
    told: dict[str, Any] = {} if target.since is None else {"since": target.since}
    if target.due_day is not None:
        told["due_day"] = target.due_day.isoformat()
    if target.to is not None:
        told |= {"to": target.to.record(), "measure": target.measure, "strict": target.strict}
    if target.among is not None:
        among = target.among
        told["among"] = {"best": among.best} if isinstance(among, Best) else among
        told |= {"of": list(target.of), "of_at_least": target.of_at_least}
    return told


def goal_record(plan: Plan, goal: Goal) -> dict[str, Any]:
    """One goal with its main target, its readings and the measures that serve it."""
    target = target_record(goal.main_target())
    return {
        "id": goal.id,
        "section": plan.section_of(goal.id).section,
        "name": dict(goal.name),
        "unit": goal.unit_id,
        **_money_record(goal),
        "basis": target["basis"],
        "cadence": target["cadence"],
        "due": target["due"],
        **{key: target[key] for key in ("due_day",) if key in target},
        "comparison": target["comparison"],
        "value": target["value"],
        "low": target["low"],
        "high": target["high"],
        "beyond": target["beyond"],
        "better": target["better"],
        "members": target["members"],
        "source": [_place_record(plan, place) for place in goal.source],
        "ambiguous": goal.ambiguous,
        "readings": [
            {"id": r.id, "default": r.default, "why": dict(r.why), **target_record(r.target)}
            for r in goal.readings
        ],
        "sensitive": goal.sensitive,
        "by": [_dimension_record(one) for one in plan.header.dimensions if one.id in goal.by],
        "measures": [measure.id for measure in plan.measures_for(goal.id)],
        **({"targets": [_own_record(goal, one) for one in goal.targets]} if goal.targets else {}),
        **({"proposed": goal.proposed.record()} if goal.proposed else {}),
    }


def _money_record(goal: Goal) -> dict[str, Any]:
    unit = goal.figures_in
    if not isinstance(unit, Money):
        return {}
    return {"currency": unit.currency, "scale": unit.scale or None}


def _own_record(goal: Goal, own: OwnTarget) -> dict[str, Any]:
    """The target of an area, a group or a period; all of it, or none."""
    place = {"area": own.area, "group": own.group}
    period = None if own.period is None else str(own.period)
    target = None if own.no_target else target_record(own.over(goal.target))
    return {**place, "period": period, "target": target}


def _dimension_record(dimension: Dimension) -> dict[str, Any]:
    return {
        "id": dimension.id,
        "name": dict(dimension.name),
        "partition": dimension.partition,
        "members": [{"id": m.id, "name": dict(m.name)} for m in dimension.members],
    }


def _place_record(plan: Plan, place: Place) -> dict[str, Any]:
    document = plan.document(place.document)
    return {
        "document": place.document,
        "section": place.section,
        "paragraph": place.paragraph,
        "url": place.url or (document.url if document else None),
    }


def verdict_record(verdict: GoalVerdict, ahead: GoalOutlook | None) -> dict[str, Any]:
    """One verdict with its rule and inputs, and how likely its own target is to be met.

    ``probability`` and ``outlook`` are about the target of this row, as ``secured`` and
    ``impossible`` are: a year's target is decided once its figure is known, one with a deadline, to
    keep or for the term is forecast. ``ahead`` is needed where ``is_forecast`` says so. Null where no
    honest probability exists. ``certainty`` is the chance that the final figure gives the same
    verdict, null where it is not known.
    """
    probability, word = _outlook(verdict, ahead)
    published = verdict.published_verdict
    record = {
        "goal": verdict.goal.id,
        "area": verdict.area,
        "year": "term" if verdict.term else period_record(verdict.year),
        "period": "term" if verdict.term else str(period(verdict.year)),
        "group": verdict.group,
        "vintage": verdict.vintage,
        "value": verdict.value,
        "low": verdict.low if verdict.beside is None else verdict.beside[0],
        "high": verdict.high if verdict.beside is None else verdict.beside[1],
        "target": target_record(verdict.target) if verdict.target else None,
        "verdict": verdict.verdict.name,
        "published_verdict": published.name if published is not None else None,
        "level": verdict.level,
        "road": verdict.road,
        "schedule_index": verdict.schedule_index,
        "required_per_year": verdict.required_per_year,
        "secured": verdict.secured,
        "impossible": verdict.impossible,
        "probability": probability,
        "outlook": None if word is None else str(word),
        "readings": verdict.readings,
        "rule": verdict.rule,
        "inputs": [{"file": i.file, "row": i.row} for i in verdict.inputs],
    } | _beside(verdict)
    return record | {"certainty": verdict.certainty}


def _beside(verdict: GoalVerdict) -> dict[str, Any]:
    """What only some verdicts have: an earlier period's figure, the figure of others, a reason."""
    ranked = verdict.target is not None and verdict.target.among is not None
    told = {
        "figure_of": None if verdict.figure_of is None else str(verdict.figure_of),
        "ranked" if ranked else "compared_with": verdict.against,
        "why_none": verdict.why_none or None,
    }
    return {key: value for key, value in told.items() if value is not None}


def is_forecast(verdict: GoalVerdict) -> bool:
    """Whether its record tells a forecast: not of a group, nor of what is decided.

    The target of a year is decided with the year, or has no probability.
    """
    if verdict.group or verdict.secured or verdict.impossible:
        return False
    of_the_year = verdict.target is None or verdict.target.cadence in RECURRING
    return verdict.term or not of_the_year


def _outlook(
    verdict: GoalVerdict, ahead: GoalOutlook | None
) -> tuple[float | None, Outlook | None]:
    if verdict.secured:
        return 1.0, Outlook.secured
    if verdict.impossible:
        return 0.0, Outlook.impossible
    if ahead is None or not is_forecast(verdict):
        return None, None  # the forecast is of the years to come, not of this one
    return ahead.probability, ahead.word
