"""Figures, targets and findings in words."""

from __future__ import annotations

from planlib.model.goal import Goal
from planlib.model.target import Comparison, Target
from planlib.review.verdicts import GoalVerdict
from planlib.show.language import Language


def target_text(goal: Goal, target: Target | None, language: Language) -> str:
    """A target as a plan cell reads: ``6,6–6,8 %``, ``dưới 4 %``, ``khoảng 10 %``."""
    if target is None:
        return language("target.none")
    kind = target.comparison
    if kind is Comparison.done:
        return language("target.done")
    if kind is Comparison.all_of:
        return language("target.all_of", count=len(target.members))
    ends = {"value": target.value, "low": target.low, "high": target.high}
    shown: dict[str, object] = {
        k: language.number(end) for k, end in ends.items() if end is not None
    }
    return language(f"target.{kind}", n=None, unit=goal.unit_in(language.code), **shown)


def figure_text(verdict: GoalVerdict, language: Language) -> str:
    """A figure in its own unit; an interval or words where that is what was reported."""
    if verdict.words:
        return verdict.words
    if verdict.value is not None:
        return language.number(verdict.value)
    return ""
