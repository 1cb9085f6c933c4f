"""Late figures in words, by whom to ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from planlib.language.language import Language
from planlib.language.sentences import joined
from planlib.plan.base import period_record
from planlib.plan.plan import Plan
from planlib.report.blocks import Heading, Paragraph, items
from planlib.report.display import Blocks
from planlib.review.late import LateFigure

NAMED = 5  # areas that are named; of more the first of them are, and the rest counted


def late_blocks(plan: Plan, late: Sequence[LateFigure], day: int, language: Language) -> Blocks:
    """What is late on a day: whom to ask for what, a line a goal and period."""
    told = language.date(date.fromordinal(day).isoformat())
    if not late:
        return Blocks.of(language("late.none", day=told))
    asked: dict[str, dict[tuple[str, int], list[LateFigure]]] = defaultdict(dict)
    for one in late:
        who = one.lead.in_language(language.code) if one.lead else language("late.nobody")
        asked[who].setdefault((one.goal.id, one.period), []).append(one)
    parts = [Blocks.of(Paragraph(language("late.some", n=len(late), day=told), lead=True))]
    for number, (who, goals) in enumerate(asked.items(), start=1):
        n = sum(map(len, goals.values()))
        heading = language("late.ask", who=who, count=language.number(n))
        lines = [_line(plan, some, language) for some in goals.values()]
        parts.append(Blocks.of(Heading(heading, f"ask-{number}"), items(lines)))
    return Blocks.of(*parts)


def _line(plan: Plan, some: list[LateFigure], language: Language) -> str:
    first = some[0]
    names = [plan.area_name(one.area).in_language(language.code) for one in some]
    shown = joined(names[:NAMED], ", ")
    if len(names) > NAMED:
        shown = language("late.more", areas=shown, n=len(names) - NAMED)
    return language(
        "late.line", goal=first.goal.name.in_language(language.code), year=first.period,
        areas=shown, day=language.date(date.fromordinal(first.due).isoformat()),
    )  # fmt: skip


def late_record(one: LateFigure, day: int) -> dict[str, object]:
    """A late figure for programs; ``days_late`` counts from the day it was due."""
    return {
        "lead": dict(one.lead) if one.lead else None,
        "area": one.area,
        "goal": one.goal.id,
        "period": period_record(one.period),
        "due": date.fromordinal(one.due).isoformat(),
        "days_late": day - one.due,
    }
