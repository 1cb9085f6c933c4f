"""The groups of one goal in a year, dimension by dimension, furthest short first."""

from __future__ import annotations

from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.language import Language
from planlib.plan.plan import Plan
from planlib.report.layout import Cell, Group, Table, number_cell, verdict_cell
from planlib.report.tables.annual import (
    captioned,
    columns,
    figure_cell,
    level_text,
    target_cell,
)
from planlib.report.tables.attainment import by_shortfall
from planlib.report.tables.strips import attainment_strip
from planlib.report.text.certainty import sure_text
from planlib.report.text.groups import group_words, split_words
from planlib.report.text.units import unit_text
from planlib.review.groups import GoalGroups


def groups_table(
    groups: GoalGroups, plan: Plan, language: Language, *, illustrative: bool
) -> Table:
    """Each group's figure against its target, drawn and told; without targets the figures alone."""
    aimed = groups.aimed

    def row(verdict: GoalVerdict) -> tuple[Cell, ...]:
        name = group_words(plan, verdict.group, language)
        told = (
            Cell(name, goal=verdict.goal.id, group=verdict.group),
            figure_cell(verdict, language),
        )
        if not aimed:
            return (*told, Cell(unit_text(verdict.goal, None, language)))
        level = number_cell(
            level_text(verdict, language), language, strip=attainment_strip(verdict)
        )
        return (
            *told,
            target_cell(verdict, language, unit=True),
            level,
            verdict_cell(verdict.verdict, language, sure=sure_text(verdict, language)),
        )

    splits: dict[str, list[GoalVerdict]] = {}
    for one in groups.groups:
        splits.setdefault(split_words(plan, one.group, language), []).append(one)
    keys = (
        ("group", "actual", "target", "level", "verdict") if aimed else ("group", "actual", "unit")
    )
    caption = language(
        "caption.groups", goal=groups.whole.goal.name.in_language(language.code),
        year=groups.whole.year,
    )  # fmt: skip
    return Table(
        columns(keys, language),
        tuple(
            Group(tuple(row(one) for one in by_shortfall(held)), title)
            for title, held in splits.items()
        ),
        captioned(caption, language, illustrative=illustrative),
        look="simple",
    )
