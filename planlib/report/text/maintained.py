"""A target to keep what there was, in words."""

from __future__ import annotations

from planlib.language.language import Language
from planlib.plan.goal import Goal
from planlib.plan.target import Target


def maintained(goal: Goal, target: Target, language: Language) -> str:
    """Not worse than it was, and when that was."""
    year = target.since or (goal.baseline.year if goal.baseline else None)
    key = f"{target.kind.key()}.{target.better}.{'base' if year is None else 'since'}"
    return language(key, year=year or "")
