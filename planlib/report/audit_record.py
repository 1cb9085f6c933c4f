"""An audit as plain values for programs."""

from __future__ import annotations

from planlib.language.language import Language
from planlib.plan.base import period_record
from planlib.plan.targets.due import Day
from planlib.report.text.audit import found_text, how_text, why_text
from planlib.review.audit.finding import Finding, PlanAudit, Severity

PERIODS = frozenset({"year", "due"})
WEIGHTS = sorted(Severity, reverse=True)


def audit_record(found: PlanAudit, language: Language) -> dict[str, object]:
    """An audit for programs, its texts in a language."""
    return {
        "plan": found.plan.id,
        "as_of": found.as_of,
        "language": language.code,
        "summary": {
            **{weight.name: found.count(weight) for weight in WEIGHTS}, "kinds": found.by_kind,
        },
        "findings": [finding_record(one, language) for one in found.findings],
        "not_asked": dict(found.unasked),
    }  # fmt: skip


def finding_record(one: Finding, language: Language) -> dict[str, object]:
    """One finding for programs."""
    return {
        "id": one.kind,
        "severity": one.severity.name,
        "file": one.file or None,
        "line": one.line,
        "goals": [goal.id for goal in one.goals],
        "measures": [measure.id for measure in one.measures],
        "areas": list(one.areas),
        "found": found_text(one, language),
        "why": why_text(one.kind, language),
        "how": how_text(one.kind, language),
        "yaml": one.yaml or None,
        "illustrative": one.illustrative,
        "numbers": {name: _number(name, value) for name, value in one.facts.items()
                    if isinstance(value, int | float | Day)},
    }  # fmt: skip


def _number(name: str, value: float | Day) -> object:
    """A number of a finding; a period or a day as it is written."""
    if isinstance(value, Day):
        return value.isoformat()
    return period_record(int(value)) if name in PERIODS else value
