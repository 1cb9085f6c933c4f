"""What moved between two days, for people and for programs."""

from __future__ import annotations

from typing import Any

from planlib.evaluation.changes import PlanChanges, VerdictChange
from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.language import Language
from planlib.language.sentences import joined
from planlib.plan.periods.calendar import period_title
from planlib.plan.plan import Plan
from planlib.report.blocks import Heading, items
from planlib.report.display import Blocks
from planlib.report.layout import Cell, Group, Table
from planlib.report.records import target_record
from planlib.report.tables.annual import captioned, columns, sources_cell
from planlib.report.text.phrases import figure_text, known_ends
from planlib.report.vocabulary import LOOKS


def change_record(change: VerdictChange) -> dict[str, Any]:
    """One change as other programs read it; the keys change only with a changelog entry.

    ``group`` is empty for everybody.
    """
    return {
        "goal": change.after.goal.id,
        "group": change.after.group,
        "area": change.after.area,
        "year": "term" if change.after.term else change.after.year,
        "kind": change.kind,
        "flipped": change.flipped,
        "verdict_changed": change.before.verdict != change.after.verdict,
        "before": _side(change.before),
        "after": _side(change.after),
        "plan_revisions": [
            {"date": one.date.isoformat(), "reason": dict(one.reason), "source": one.source}
            for one in change.revisions
        ],
    }


def _side(verdict: GoalVerdict) -> dict[str, Any]:
    published = verdict.published_verdict
    return {
        "vintage": verdict.vintage,
        "value": verdict.value,
        "low": verdict.low,
        "high": verdict.high,
        "words": verdict.words,
        "target": target_record(verdict.target) if verdict.target else None,
        "verdict": verdict.verdict.name,
        "published_verdict": None if published is None else published.name,
        "source": verdict.source,
        "inputs": [{"file": one.file, "row": one.row} for one in verdict.inputs],
    }


def changes_shown(result: PlanChanges, language: Language) -> Blocks:
    """What moved, year by year, with both sources; what was revised in the plan comes first."""
    days: dict[str, Any] = {"start": language.date(result.start), "end": language.date(result.end)}
    heading = language("changes.between", **days)
    if not (result.changes or result.of_groups or result.revisions):
        return Blocks.of(Heading(heading, "changes"), language("changes.nothing", **days))
    plans = [
        language(
            "changes.plan", goal=goal.name.in_language(language.code),
            day=language.date(one.date.isoformat()), reason=one.reason.in_language(language.code),
        )
        for goal, one in result.revisions
    ]  # fmt: skip
    table = _table(result, language) if result.changes or result.of_groups else None
    counted = _counted(result, language)
    return Blocks.of(Heading(heading, "changes"), counted, items(plans), table)


def _counted(result: PlanChanges, language: Language) -> str:
    """How many figures changed, how many verdicts the plan alone moved, and how many flipped."""
    plan_alone = len(result.changes) - len(result.figures)
    parts = [language("changes.figures", n=len(result.figures))]
    if plan_alone:
        parts.append(language("changes.plan_alone", n=plan_alone))
    parts.append(language("changes.flips", n=len(result.flipped)))
    if result.of_groups:  # groups are no goals of their own: no count above holds them
        parts.append(language("changes.of_groups", n=len(result.of_groups)))
    return joined((joined(parts, language.parts_mark), "."), "")


def _table(result: PlanChanges, language: Language) -> Table:
    groups = []
    everything = (*result.changes, *result.of_groups)
    years = sorted({(c.after.term, c.after.year) for c in everything})
    for term, year in years:
        mine = [c for c in everything if (c.after.term, c.after.year) == (term, year)]
        title = language("column.term") if term else period_title(year, language)
        rows = tuple(_row(result.plan, change, language) for change in _in_order(mine))
        groups.append(Group(rows, title))
    keys = ("indicator", "old", "new", "before", "after", "sources")
    caption = captioned(language("caption.changes"), language, illustrative=result.illustrative)
    return Table(columns(keys, language), tuple(groups), caption, look="simple")


def _in_order(found: list[VerdictChange]) -> list[VerdictChange]:
    """Each goal of everybody, then its groups; goals in the order they first stand in."""
    goals = list(dict.fromkeys(change.after.goal.id for change in found))
    return sorted(found, key=lambda one: (goals.index(one.after.goal.id), bool(one.after.group)))


def _row(plan: Plan, change: VerdictChange, language: Language) -> tuple[Cell, ...]:
    before, after = change.before, change.after
    mark = language("changes.flipped") if change.flipped else ""
    name, level = after.goal.name.in_language(language.code), 0
    if after.group:
        group = plan.group_name(after.group).in_language(language.code)
        name, level = language("changes.group", goal=name, group=group), 1
    return (
        Cell(name, under=mark, level=level),
        Cell(
            figure_text(before, language, beside=known_ends(after)),
            under=_day(before, language),
        ),
        Cell(
            figure_text(after, language, beside=known_ends(before)),
            under=_day(after, language),
        ),
        Cell(_verdict(before, language)),
        Cell(_verdict(after, language)),
        sources_cell((before.source, after.source), language),
    )


def _day(verdict: GoalVerdict, language: Language) -> str:
    return language.short_date(verdict.vintage) if verdict.vintage else ""


def _verdict(verdict: GoalVerdict, language: Language) -> str:
    """The computed verdict, and the published one where it says something else."""
    word = f"{LOOKS[verdict.verdict].glyph} {language.verdict(verdict.verdict)}"
    published = verdict.published_verdict
    if published is None or published == verdict.verdict:
        return word
    return f"{word} ({language('changes.published', verdict=language.verdict(published))})"
