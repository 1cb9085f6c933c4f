"""What is said of the groups of a goal: who is furthest behind, and how the gaps move."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planlib.language.language import Language
from planlib.language.sentences import joined
from planlib.plan.groups.dimensions import parts_of
from planlib.plan.plan import Plan
from planlib.plan.target import PERCENT_BASES
from planlib.report.text.numbers import number_text
from planlib.report.text.phrases import figure_text, held_text
from planlib.report.text.units import quantity_text, unit_text
from planlib.review.groups import DIGITS, PERCENT_DIGITS, Gap, GoalGroups
from planlib.scoring.verdict import JUDGED, Verdict


def group_words(plan: Plan, group: str, language: Language) -> str:
    """What readers call a group."""
    return plan.group_name(group).in_language(language.code)


def split_words(plan: Plan, group: str, language: Language) -> str:
    """What a group is a part by: ``Sex``, or ``Sex × District``."""
    names = {one.id: one.name.in_language(language.code) for one in plan.header.dimensions}
    return joined((names[name] for name in parts_of(group)), " × ")


def group_sentences(groups: GoalGroups, plan: Plan, language: Language) -> Iterator[str]:
    """Who is furthest behind, what the gaps are and how they move, and who has no figure."""
    told = [one for one in groups.groups if one.verdict in JUDGED]
    furthest = groups.furthest
    if furthest is not None:
        yield language(
            "groups.furthest",
            group=group_words(plan, furthest.group, language),
            figure=figure_text(furthest, language, unit=True),
            target=held_text(furthest, language, unit=True),
        )
    elif told:
        yield language("groups.all_reached", n=len(told))
    elif not groups.aimed and any(one.value is not None for one in groups.groups):
        yield language("groups.no_target")
    for gap in groups.gaps:
        yield _gap_sentence(gap, plan, language)
    silent = [one for one in groups.groups if one.verdict is Verdict.no_data]
    if silent:
        yield language("groups.silent", n=len(silent))


def _gap_sentence(gap: Gap, plan: Plan, language: Language) -> str:
    goal, target = gap.best.goal, gap.best.goal.main_target()
    percent = target.basis in PERCENT_BASES or goal.unit == "%"
    digits = PERCENT_DIGITS if percent else DIGITS

    def size(number: float) -> str:
        told = number_text(number, language, digits=digits)
        unit = language("unit.points") if percent else unit_text(goal, target, language)
        return quantity_text(told, unit, language)

    facts: dict[str, Any] = {
        "dimension": gap.dimension.name.in_language(language.code),
        "best": group_words(plan, gap.best.group, language),
        "best_figure": figure_text(gap.best, language, unit=True),
        "worst": group_words(plan, gap.worst.group, language),
        "worst_figure": figure_text(gap.worst, language, unit=True),
        "size": size(gap.size),
    }
    told = language("groups.gap", **facts)
    if gap.then is None:
        return joined((told, language("groups.gap.too_few", year=gap.best.year)))
    then, before = gap.then
    return joined((told, language(f"groups.gap.{gap.way}", year=then, before=size(before))))
