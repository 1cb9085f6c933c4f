"""What of a plan IATI has no place for, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from planlib.language.language import Language
from planlib.plan.plan import Plan


def left_out(plan: Plan, language: Language) -> Iterator[str]:
    """A line for each thing that ``iati_text`` does not write, goals in the order of the plan."""
    for goal in plan.written.goals:
        name = goal.name.in_language(language.code)
        other = len(goal.readings) - 1
        if other > 0:
            yield language("export-plan.readings", n=other, goal=name)
        if goal.revisions:
            yield language("export-plan.revisions", n=len(goal.revisions), goal=name)
    for section in plan.sections:
        if section.note is not None:
            yield language("export-plan.note", name=section.name.in_language(language.code))
    if plan.measures:
        yield language("export-plan.measures", n=len(plan.measures))
    named = (plan.areas_by_id.get(area) for area in plan.header.areas)
    parts = sum(area is not None and area.part_of is not None for area in named)
    if parts:
        yield language("export-plan.parts", n=parts)
