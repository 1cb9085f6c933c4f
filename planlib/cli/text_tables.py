"""Readable tables for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.table import Table

from planlib.cli.terminal import plain
from planlib.evaluation.agreement import agreement
from planlib.evaluation.verdicts import GoalVerdict
from planlib.figures.observations import ILLUSTRATIVE
from planlib.language.language import Language
from planlib.plan.plan import Plan
from planlib.report.tables.annual import level_text
from planlib.report.text.agreement import agreement_lines
from planlib.report.text.phrases import due_text, figure_text, held_text, target_text, when_text
from planlib.report.text.sentences import headline
from planlib.report.vocabulary import LOOKS
from planlib.review.sections import rolled

RIGHT = {"actual", "level"}


def _table(title: str, keys: Sequence[str], language: Language) -> Table:
    """A table without lines; what closes it stands under it, at the left."""
    table = Table(
        title=plain(title), box=None, pad_edge=False, title_justify="left", caption_justify="left"
    )
    for key in keys:
        table.add_column(
            plain(language(f"column.{key}")), justify="right" if key in RIGHT else "left"
        )
    return table


def plans_table(records: Sequence[dict[str, Any]]) -> Table:
    """The shipped plans."""
    table = Table(box=None, pad_edge=False)
    languages = [*dict.fromkeys(lang for record in records for lang in record["name"])]
    for name in ("id", *languages, "term", "goals"):
        table.add_column(name, justify="right" if name == "goals" else "left")
    for record in records:
        term = f"{record['term'][0]}-{record['term'][1]}"
        name = record["name"]
        cells = (
            record["id"],
            *(name.get(lang, "") for lang in languages),
            term,
            str(record["goals"]),
        )
        table.add_row(*map(plain, cells))
    return table


def goals_table(plan: Plan, lang: str) -> Table:
    """The goals of a plan with their targets and the place in the text."""
    language = Language(lang)
    keys = ("section", "goal", "indicator", "target", "cadence", "place")
    table = _table(plan.header.name.in_language(lang), keys, language)
    for goal in plan.goals:
        target = goal.main_target()
        places = language.parts_mark.join(
            f"{plan.section_label(p, lang)} ¶{p.paragraph}" for p in goal.source
        )
        cells = (
            plan.section_of(goal.id).section,
            goal.id + (" *" if goal.ambiguous else ""),
            ("  " if plan.below_whole(goal) else "") + goal.name.in_language(lang),
            target_text(goal, target, language),
            when_text(target, language),
            places,
        )
        table.add_row(*map(plain, cells))
    table.caption = language("terminal.goals", n=len(plan.goals))
    return table


def verdicts_table(plan: Plan, area: str, verdicts: Sequence[GoalVerdict], lang: str) -> Table:
    """The verdicts of one area with figure, target and, where it differs, the published one.

    The counts close the table; figures that were made up are called so above and below it.
    """
    language = Language(lang)
    where = plan.area_name(area).in_language(lang)
    title = f"{plan.header.name.in_language(lang)} · {where}"
    made_up = any(v.source.startswith(ILLUSTRATIVE) for v in verdicts)
    if made_up:
        title += f" · {language('illustrative.short')}"
    keys = ("goal", "indicator", "target", "actual", "level", "verdict", "published")
    table = _table(title, keys, language)
    for verdict in verdicts:
        goal = verdict.goal
        look = LOOKS[verdict.verdict]
        published = verdict.published_verdict
        due = due_text(verdict.target, language)
        target = held_text(verdict, language)
        cells = (
            goal.id,
            _indicator(plan, verdict, lang),
            f"{target} ({due})" if due else target,
            figure_text(verdict, language),
            level_text(verdict, language),
            f"{look.glyph} {language.verdict(verdict.verdict)}",
            "" if published is None else language.verdict(published),
        )
        table.add_row(*map(plain, cells))
    closing = [_closing(plan, verdicts, language)] if verdicts else []
    closing += agreement_lines(plan, agreement(verdicts), language)
    if made_up:
        closing.append(language("terminal.illustrative"))
    table.caption = plain("\n".join(closing))
    return table


def _indicator(plan: Plan, verdict: GoalVerdict, lang: str) -> str:
    """A goal's name, set in below what it is a part of; of a group that of the group."""
    if verdict.group:
        return "    " + plan.group_name(verdict.group).in_language(lang)
    return ("  " if plan.below_whole(verdict.goal) else "") + verdict.goal.name.in_language(lang)


def _closing(plan: Plan, verdicts: Sequence[GoalVerdict], language: Language) -> str:
    newest, whole = verdicts[0], [verdict for verdict in verdicts if not verdict.group]
    return headline(rolled(plan, whole), language, year=newest.year, term=newest.term)
