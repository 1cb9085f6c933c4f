"""What an evaluation answers, as pandas frames: readable names first, every column documented.

``VERDICTS``, ``OUTLOOK``, ``METHODS`` and ``CHANGES`` say what each column holds, in its order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from planlib.evaluation.changes import PlanChanges
from planlib.evaluation.methods import MethodRow
from planlib.evaluation.outlook import PlanOutlook
from planlib.evaluation.verdicts import GoalVerdict
from planlib.plan.periods.calendar import period
from planlib.plan.plan import Plan
from planlib.scoring.goal_arrays import NUMBERS

Rows = list[dict[str, Any]]

VERDICTS = {
    "area_name": "the area's name in the language asked for",
    "section": "the name of the section of the plan",
    "goal_name": "the goal's name in the language asked for",
    "group_name": "the group's name in the language asked for; empty for everybody",
    "lead_name": "the body that leads the goal; missing where the plan names none",
    "period": "the year, or term",
    "verdict": "exceeded, met, nearly_met, not_met, not_yet, not_due, no_data, not_applicable or "
    "suppressed",
    "value": "the figure compared, in the unit of the target; missing where it is an interval",
    "low": "the lower end of an interval",
    "high": "the upper end of an interval",
    "target": "the near end of the target",
    "unit": "the goal's unit",
    "published_verdict": "the verdict a source published, beside planlib's own",
    "attainment": "how much of the target is attained, 0 to 1",
    "level": "the figure as a share of the target",
    "road": "the part of the way from the baseline to the target that is covered",
    "time_share": "the part of the time gone, where there is a road to hold against it",
    "schedule_index": "road over time: 1 is on schedule, less is behind",
    "required_per_year": "what each coming year must bring",
    "seen_per_year": "what the years so far have brought",
    "secured": "whether it cannot be lost any more",
    "impossible": "whether it cannot be reached any more",
    "estimate": "whether the figure is an estimate",
    "figure_of": "the earlier period whose figure stands in; missing where the period has its own",
    "certainty": "the chance that the final figure gives the same verdict",
    "certainty_from": "the errors that takes into account (rounding, sampling, revision), or why there "
    "is none: not_judged, not_a_number, of_others, stands_in, supposed, open, unknown",
    "readings": "the verdict under every reading of the text, by the reading's id",
    "reading_matters": "whether another reading gives another verdict",
    "vintage": "the date of the report the figure comes from",
    "source": "where the figure comes from",
    "rule": "the rule, the target and the figure in one line",
    "inputs": "the rows the verdict was made from, as file:row",
    "part_of": "the goal it is a part of; parts are not counted",
    "area": "the area's id",
    "goal": "the goal's id",
    "group": "the group, such as sex=women; empty for everybody. Groups are not counted",
}
OUTLOOK = {
    "goal_name": "the goal's name in the language asked for",
    "outlook": "the outlook in one word; missing where there is no honest probability",
    "probability": "of the event that speaks for the goal",
    "event": "holding (at the end), reached or kept (in every year)",
    "silence": "why there is no probability",
    "points": "how many figures the forecast is made from",
    "last_year": "the year of the newest of them",
    "trend_per_year": "the slope of the known figures, in the goal's unit a year",
    "trend_low": "the lower end of the slope's interval",
    "trend_high": "the upper end of the slope's interval",
    "final_low": "the lower end of the 80% interval in the last year of the term",
    "final_middle": "the middle of the forecast in the last year of the term",
    "final_high": "the upper end of the 80% interval in the last year of the term",
    "area": "the area's id",
    "goal": "the goal's id",
}
METHODS = {
    "goal_name": "the goal's name in the language asked for",
    "method": "the published rule",
    "status": "what the rule calls the goal; missing where it cannot say",
    "score": "the rule's own number",
    "ratio": "the pace seen over the pace needed, where the rule has one",
    "disagreement": "whether the rules disagree on the goal",
    "why_not": "why the rule says nothing",
    "area": "the area's id",
    "goal": "the goal's id",
}
CHANGES = {
    "goal_name": "the goal's name in the language asked for",
    "group_name": "the group's name in the language asked for; empty for everybody",
    "period": "the year, or term",
    "kind": "a figure is new, revised or withdrawn; plan where only the goal changed",
    "flipped": "whether a verdict that stood says something else now",
    "before": "the verdict on the earlier day",
    "after": "the verdict on the later day",
    "value_before": "the figure on the earlier day",
    "value_after": "the figure on the later day",
    "vintage_before": "the date of its report",
    "vintage_after": "the date of its report",
    "source_before": "where it came from",
    "source_after": "where it comes from",
    "area": "the area's id",
    "goal": "the goal's id",
    "group": "the group, such as sex=women; empty for everybody",
}


def _lead_name(plan: Plan, verdict: GoalVerdict, lang: str) -> str | None:
    lead = plan.lead_of(verdict.goal)
    return None if lead is None else lead.in_language(lang)


def verdict_frame(plan: Plan, verdicts: Sequence[GoalVerdict], lang: str) -> pd.DataFrame:
    """A row a verdict; the columns are those of ``VERDICTS``."""
    rows: Rows = [
        {
            "area_name": plan.area_name(v.area).in_language(lang),
            "section": plan.section_of(v.goal.id).name.in_language(lang),
            "goal_name": v.goal.name.in_language(lang),
            "group_name": _group_name(plan, v, lang),
            "lead_name": _lead_name(plan, v, lang),
            "period": _period(v),
            "verdict": v.verdict.name,
            "value": v.value,
            "low": v.low if v.beside is None else v.beside[0],
            "high": v.high if v.beside is None else v.beside[1],
            "target": None if v.target is None else v.target.near,
            "unit": v.goal.unit_in(lang),
            "published_verdict": v.published_verdict.name
            if v.published_verdict is not None
            else None,
            "attainment": v.attainment,
            "level": v.level,
            "road": v.road,
            "time_share": v.time_share,
            "schedule_index": v.schedule_index,
            "required_per_year": v.required_per_year,
            "seen_per_year": v.seen_per_year,
            "secured": v.secured,
            "impossible": v.impossible,
            "estimate": v.estimate,
            "figure_of": v.figure_of,
            "certainty": v.certainty,
            "certainty_from": ", ".join(v.certain.sources) or v.certain.why_not,
            "readings": v.readings,
            "reading_matters": v.reading_matters,
            "vintage": v.vintage,
            "source": v.source,
            "rule": v.rule,
            "inputs": "; ".join(f"{one.file}:{one.row}" for one in v.inputs),
            "part_of": v.goal.part_of,
            "area": v.area,
            "goal": v.goal.id,
            "group": v.group,
        }
        for v in verdicts
    ]
    return _frame(rows, VERDICTS, ("target", "certainty", *NUMBERS))


def outlook_frame(found: PlanOutlook, lang: str) -> pd.DataFrame:
    """A row a goal; the columns are those of ``OUTLOOK``."""
    rows: Rows = []
    for one in found.goals:
        final = one.fan[-1] if one.fan else None
        rows.append(
            {
                "goal_name": one.goal.name.in_language(lang),
                "outlook": None if one.word is None else str(one.word),
                "probability": one.probability,
                "event": one.event,
                "silence": None if one.silence is None else str(one.silence),
                "points": one.points,
                "last_year": one.last_year,
                "trend_per_year": one.trend.slope,
                "trend_low": one.trend.low,
                "trend_high": one.trend.high,
                "final_low": final and final.low_80,
                "final_middle": final and final.middle,
                "final_high": final and final.high_80,
                "area": found.area,
                "goal": one.goal.id,
            }
        )
    numbers = (
        "probability", "trend_per_year", "trend_low", "trend_high", "final_low", "final_middle",
        "final_high",
    )  # fmt: skip
    return _frame(rows, OUTLOOK, numbers).astype({"last_year": "Int64"})


def methods_frame(plan: Plan, area: str, found: Sequence[MethodRow], lang: str) -> pd.DataFrame:
    """A row a goal and published rule; the columns are those of ``METHODS``."""
    rows: Rows = [
        {
            "goal_name": plan.goal(one.goal).name.in_language(lang),
            "method": one.method,
            "status": one.status,
            "score": one.score,
            "ratio": one.ratio,
            "disagreement": one.disagreement,
            "why_not": one.why_not,
            "area": area,
            "goal": one.goal,
        }
        for one in found
    ]
    return _frame(rows, METHODS, ("score", "ratio"))


def changes_frame(found: PlanChanges, lang: str) -> pd.DataFrame:
    """A row a change; the columns are those of ``CHANGES``."""
    rows: Rows = [
        {
            "goal_name": one.after.goal.name.in_language(lang),
            "group_name": _group_name(found.plan, one.after, lang),
            "period": _period(one.after),
            "kind": one.kind,
            "flipped": one.flipped,
            "before": one.before.verdict.name,
            "after": one.after.verdict.name,
            "value_before": one.before.value,
            "value_after": one.after.value,
            "vintage_before": one.before.vintage,
            "vintage_after": one.after.vintage,
            "source_before": one.before.source,
            "source_after": one.after.source,
            "area": found.area,
            "goal": one.after.goal.id,
            "group": one.after.group,
        }
        for one in (*found.changes, *found.of_groups)
    ]
    return _frame(rows, CHANGES, ("value_before", "value_after"))


def _group_name(plan: Plan, verdict: GoalVerdict, lang: str) -> str:
    return plan.group_name(verdict.group).in_language(lang) if verdict.group else ""


def _period(verdict: GoalVerdict) -> str:
    return "term" if verdict.term else str(period(verdict.year))


def _frame(rows: Rows, columns: dict[str, str], numbers: Sequence[str]) -> pd.DataFrame:
    """Rows as a frame, with the numbers as floats also where none is known."""
    frame = pd.DataFrame(rows, columns=list(columns))
    return frame.astype(dict.fromkeys(numbers, float))
