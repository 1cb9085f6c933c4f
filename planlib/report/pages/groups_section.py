"""The groups of a goal under the goal: what the table says in words, the table, and a picture of it."""

from __future__ import annotations

from collections.abc import Iterable

from planlib.language.language import Language
from planlib.plan.plan import Plan
from planlib.report.blocks import Heading, items
from planlib.report.display import Blocks
from planlib.report.tables.groups import groups_table
from planlib.report.text.groups import group_sentences
from planlib.review.groups import GoalGroups


def groups_section(
    found: Iterable[GoalGroups], plan: Plan, language: Language, *, illustrative: bool
) -> Blocks:
    """Every goal given with its groups; nothing without any."""
    from planlib.report.charts import group_dots

    blocks = Blocks.of()
    for groups in found:
        goal = groups.whole.goal
        title = language("heading.groups", goal=goal.name.in_language(language.code))
        blocks += Blocks.of(
            Heading(title, f"groups-{goal.id}", level=3),
            items(group_sentences(groups, plan, language)),
            groups_table(groups, plan, language, illustrative=illustrative),
            group_dots(groups, plan, language, illustrative=illustrative),
        )
    return blocks
