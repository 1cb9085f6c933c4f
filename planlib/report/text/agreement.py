"""What is said of published verdicts beside the computed ones: how many agree, and why not the rest."""

from __future__ import annotations

from planlib.evaluation.agreement import Agreement
from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.language import Language
from planlib.language.sentences import joined
from planlib.plan.periods.calendar import period_name
from planlib.plan.plan import Plan
from planlib.report.text.phrases import figure_text, held_text


def agreement_lines(plan: Plan, agreement: Agreement, language: Language) -> list[str]:
    """How many published verdicts the computed ones agree with, then a line for each other one."""
    if not agreement.published:
        return []
    agreed = language.number(agreement.agreed)
    head = language("terminal.agreement", n=agreement.published, agreed=agreed)
    return [head, *(joined((" ", _why(plan, one, language))) for one in agreement.differing)]


def _why(plan: Plan, verdict: GoalVerdict, language: Language) -> str:
    """Both verdicts of a goal, and the figure and the target the computed one is made from."""
    published = verdict.published_verdict
    assert published is not None  # only such verdicts differ
    return language(
        "terminal.differs",
        goal=verdict.goal.name.in_language(language.code),
        area=plan.area_name(verdict.area).in_language(language.code),
        period=period_name(verdict.year, language),
        published=language.verdict(published),
        computed=language.verdict(verdict.verdict),
        figure=figure_text(verdict, language),
        target=held_text(verdict, language),
    )
