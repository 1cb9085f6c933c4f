"""The notes below the office's table of targets."""

from __future__ import annotations

from collections.abc import Iterable

from planlib.language.language import Language
from planlib.plan.plan import Plan
from planlib.report.text.certainty import sure_notes
from planlib.review import GoalVerdict


def target_notes(plan: Plan, verdicts: Iterable[GoalVerdict], language: Language) -> list[str]:
    """What is to be known to read the table of all targets, as far as a verdict in it needs it."""
    held = list(verdicts)
    notes = [language("note.level")]
    if any(_of_a_fall(v) for v in held):
        notes.append(language("note.level.fall"))
    if any(v.reading_matters for v in held):
        notes.append(language("note.reading"))
    if any(plan.below_whole(v.goal) for v in held):
        notes.append(language("note.parts"))
    return [*notes, *sure_notes(held, language)]


def _of_a_fall(verdict: GoalVerdict) -> bool:
    """Whether a figure is printed as a share of a target below zero, of which more is better."""
    near = None if verdict.target is None else verdict.target.near
    return near is not None and near < 0 <= (-1 if verdict.level is None else verdict.level)
