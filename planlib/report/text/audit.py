"""Findings of an audit in words: what was found, why it matters, and what could be done."""

from __future__ import annotations

from planlib.language.language import Language
from planlib.language.sentences import joined
from planlib.language.text import Text
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import Target
from planlib.report.text.numbers import number_text
from planlib.report.text.phrases import target_text, when_text
from planlib.report.text.units import quantity_text, unit_text
from planlib.review.audit.finding import Finding, text_key

WHOLE_NUMBERS = frozenset(
    {"of", "years", "areas", "without", "exceeded", "record_of", "record_met", "record_years"}
)

PACES = frozenset({"pace", "best"})  # of percentages, in percentage points


def found_text(finding: Finding, language: Language) -> str:
    """What was found, in a sentence; it says so where that rests on figures that are made up."""
    goal = finding.goals[0] if finding.goals else None
    facts = {name: _told(name, one, goal, language) for name, one in finding.facts.items()}
    n = facts.pop("n", None)
    text = language(finding.key, n=n if isinstance(n, int) else None, **facts)
    if "record_of" in facts:
        record = language("audit.pace_never_seen.record", n=None, **facts)
        text = f"{text} {record}"
    return language("audit.made_up", text=text) if finding.illustrative else text


def _told(name: str, value: object, goal: Goal | None, language: Language) -> object:
    if isinstance(value, Text):
        return value.in_language(language.code)
    if isinstance(value, tuple):
        assert goal is not None  # targets are those of a goal
        targets = dict.fromkeys(_target(goal, one, language) for one in value)
        return joined(targets, language.parts_mark)
    if isinstance(value, Target):
        assert goal is not None
        return target_text(goal, value, language)
    if name == "n":
        return value  # the language counts it itself
    if name in WHOLE_NUMBERS:
        return language.number(float(str(value)))
    if isinstance(value, float):
        unit = "" if goal is None else unit_text(goal, goal.main_target(), language)
        if unit == "%" and name in PACES:
            unit = language("unit.points")
        return quantity_text(number_text(value, language), unit, language)
    return value


def _target(goal: Goal, target: Target, language: Language) -> str:
    text, when = target_text(goal, target, language), when_text(target, language)
    return language("reading.target", target=text, when=when)


def title_text(kind: str, language: Language) -> str:
    """What findings of a kind are called."""
    return language(f"audit.{text_key(kind)}.title")


def why_text(kind: str, language: Language) -> str:
    """Why findings of a kind matter."""
    return language(f"audit.{text_key(kind)}.why")


def how_text(kind: str, language: Language) -> str:
    """What could be done about findings of a kind."""
    return language(f"audit.{text_key(kind)}.how")


def about_text(plan: Plan, finding: Finding, language: Language) -> str:
    """The goals or measures a finding is about; the whole plan where it is of all of them."""
    if finding.form == "plan":
        return language("audit.whole_plan")
    parts = finding.goals or finding.measures
    return joined((part.name.in_language(language.code) for part in parts), language.parts_mark)


def place_text(finding: Finding) -> str:
    """The file and the line to look at; empty where the plan came from no folder."""
    return f"{finding.file}:{finding.line}" if finding.file else ""
