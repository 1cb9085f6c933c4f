"""Readable tables for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.markup import escape
from rich.table import Table

from planlib.model.plan import Plan
from planlib.review.verdicts import GoalVerdict
from planlib.show.language import Language
from planlib.show.sentences import figure_text, target_text
from planlib.show.vocabulary import LOOKS


def plans_table(records: Sequence[dict[str, Any]]) -> Table:
    """The shipped plans."""
    table = Table(box=None, pad_edge=False)
    for name in ("id", "vi", "en", "term", "goals"):
        table.add_column(name, justify="right" if name == "goals" else "left")
    for record in records:
        term = f"{record['term'][0]}-{record['term'][1]}"
        name = record["name"]
        table.add_row(record["id"], name["vi"], name["en"], term, str(record["goals"]))
    return table


def goals_table(plan: Plan, lang: str) -> Table:
    """The goals of a plan with their targets and the place in the text."""
    language = Language(lang)
    table = Table(title=escape(plan.header.name.in_language(lang)), box=None, pad_edge=False)
    for key in ("section", "goal", "indicator", "target", "cadence", "place"):
        table.add_column(language(f"column.{key}"))
    for goal in plan.goals:
        target = goal.main_target()
        places = "; ".join(f"{p.section} ¶{p.paragraph}" for p in goal.source)
        table.add_row(
            plan.section_of(goal.id).section,
            goal.id + (" *" if goal.ambiguous else ""),
            escape(("  " if goal.part_of else "") + goal.name.in_language(lang)),
            escape(target_text(goal, target, language)),
            language(f"cadence.{target.cadence}", due=target.due or ""),
            places,
        )
    return table


def verdicts_table(plan: Plan, area: str, verdicts: Sequence[GoalVerdict], lang: str) -> Table:
    """The verdicts of one area with figure, target and, where it differs, the published one."""
    language = Language(lang)
    where = plan.area_name(area).in_language(lang)
    title = f"{plan.header.name.in_language(lang)} · {where}"
    if any(v.source.startswith("illustrative") for v in verdicts):
        title += f" · {language('illustrative.short')}"
    table = Table(title=escape(title), box=None, pad_edge=False)
    for key in ("goal", "indicator", "target", "actual", "verdict", "published"):
        table.add_column(language(f"column.{key}"), justify="right" if key == "actual" else "left")
    for verdict in verdicts:
        goal = verdict.goal
        look = LOOKS[verdict.verdict]
        published = verdict.published_verdict
        table.add_row(
            goal.id,
            escape(("  " if goal.part_of else "") + goal.name.in_language(lang)),
            escape(target_text(goal, verdict.target, language)),
            escape(figure_text(verdict, language)),
            f"{look.glyph} {language.verdict(verdict.verdict)}",
            "" if published is None else language.verdict(published),
        )
    return table
