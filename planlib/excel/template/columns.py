"""The columns of a template: their heads, widths, and for which goals something is typed in them."""

from __future__ import annotations

from dataclasses import dataclass

from planlib.figures.observations import FIGURE_COLUMNS, PART_COLUMNS
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import Basis, Member


@dataclass(frozen=True)
class TemplateColumn:
    """One column: its key (as ``planlib.figures.typed.office_words`` knows it) and its width."""

    key: str
    width: float


COLUMNS = (
    TemplateColumn("order", 4.5), TemplateColumn("name", 36), TemplateColumn("unit", 10),
    TemplateColumn("plan", 15), TemplateColumn("before", 11), TemplateColumn("assigned", 10),
    TemplateColumn("value", 11), TemplateColumn("low", 7), TemplateColumn("high", 7),
    TemplateColumn("numerator", 9), TemplateColumn("denominator", 9),
    TemplateColumn("percent", 8), TemplateColumn("state", 13),
    TemplateColumn("published_verdict", 10), TemplateColumn("vintage", 11),
    TemplateColumn("source", 14), TemplateColumn("note", 18), TemplateColumn("key", 12),
)  # fmt: skip
NUMBERS = (*FIGURE_COLUMNS, *PART_COLUMNS, "percent")
# Left out of a sheet where no goal needs them.
RARE = ("assigned", "numerator", "denominator", "percent", "low", "high")


def typed_columns(goal: Goal, member: Member | None = None) -> frozenset[str]:
    """The columns something may be typed in for a goal's row, or for one of its members.

    >>> from planlib.plan.shipped import open_plan
    >>> plan = open_plan("ward-2010-2015")
    >>> sorted(typed_columns(plan.goal("tax-revenue")) & set(NUMBERS))
    ['assigned', 'high', 'low', 'percent', 'value']
    """
    if member is not None:
        return frozenset({"value", "note"})
    target = goal.main_target()
    always = {"value", "state", "published_verdict", "vintage", "source", "note"}
    if target.kind.figure != "number":
        return frozenset(always)
    found = always | {"low", "high"}
    if target.basis in {Basis.share, Basis.growth}:
        found |= {"numerator", "denominator"}
    elif target.basis is Basis.quota:
        found |= {"assigned", "percent"}
    return frozenset(found)


def rows_below(plan: Plan, goal: Goal, lang: str) -> list[tuple[str, Goal, Member | None]]:
    """The rows under a goal's own: one a member, or one a group of one dimension; each with its name."""
    members = goal.main_target().members
    if members:
        return [(one.name.in_language(lang), goal, one) for one in members]
    return [
        (plan.group_name(group).in_language(lang), goal.in_group(group), None)
        for group in plan.groups_of(goal)
    ]


def columns_for(goals: tuple[Goal, ...]) -> tuple[TemplateColumn, ...]:
    """The columns a section's sheet has."""
    needed = frozenset[str]().union(*(typed_columns(goal) for goal in goals))
    return tuple(column for column in COLUMNS if column.key not in RARE or column.key in needed)
