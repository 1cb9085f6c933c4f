"""What an audit finds: a frozen answer, each finding with its place and what to write instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeAlias

from planlib.plan.brief import Brief
from planlib.plan.goal import Goal
from planlib.plan.goal_parts import Measure
from planlib.plan.plan import Plan

Path: TypeAlias = tuple[str | int, ...]


class Severity(IntEnum):
    """How much hangs on a finding: a judgement, doubt about one, or good order."""

    low = 1
    medium = 2
    high = 3


# Every kind of finding, heaviest first. Where a finding says nothing else it weighs as its kind.
KINDS = {
    "goals-clash": Severity.high,
    "shares-over-100": Severity.high,
    "parts-beyond-whole": Severity.high,
    "areas-do-not-add-up": Severity.high,
    "steps-do-not-add-up": Severity.high,
    "beyond-limit": Severity.high,
    "already-met": Severity.high,
    "pace-never-seen": Severity.high,
    "never-collected": Severity.high,
    "no-baseline": Severity.medium,
    "unclear-unit": Severity.medium,
    "ambiguous-period": Severity.medium,
    "no-one-meets": Severity.medium,
    "duplicate-goals": Severity.medium,
    "same-figures": Severity.medium,
    "no-lead": Severity.medium,
    "measure-late": Severity.medium,
    "measure-after-goal": Severity.medium,
    "ambiguous-target": Severity.low,
    "distant-deadline": Severity.low,
    "everyone-meets": Severity.low,
    "goal-unserved": Severity.low,
    "measure-idle": Severity.low,
    "measure-unled": Severity.low,
    "measure-undated": Severity.low,
    "measure-unproven": Severity.low,
}
ORDER = {kind: place for place, kind in enumerate(KINDS)}
# What can only be found where there are figures, or measures.
OF_FIGURES = ("pace-never-seen", "never-collected", "no-one-meets", "everyone-meets",
              "same-figures")  # fmt: skip
OF_MEASURES = ("goal-unserved", *(kind for kind in KINDS if kind.startswith("measure-")))


@dataclass(frozen=True, repr=False)
class Finding(Brief):
    """One thing to ask of a plan.

    ``kind`` is one of ``KINDS``; ``form`` tells apart what is said of it (the whole plan, or one
    goal). ``facts`` fill in the texts: numbers in the unit of the first goal, periods, names,
    targets. ``at`` is the key in the file of the first goal or measure, ``file`` and ``line`` where
    that stands: no line where the plan was not read from a folder. ``yaml`` is what could be written
    there; an ellipsis is for its author to fill in. ``illustrative`` says that it rests on figures
    that are made up.
    """

    kind: str
    goals: tuple[Goal, ...] = ()
    measures: tuple[Measure, ...] = ()
    areas: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    form: str = ""
    at: Path = ()
    yaml: str = ""
    weight: Severity | None = None
    illustrative: bool = False
    file: str = ""
    line: int | None = None

    @property
    def severity(self) -> Severity:
        """How much hangs on it."""
        return KINDS[self.kind] if self.weight is None else self.weight

    @property
    def key(self) -> str:
        """What its texts are called in the catalogues."""
        kind = text_key(self.kind)
        return f"audit.{kind}.{self.form}" if self.form else f"audit.{kind}"


def text_key(kind: str) -> str:
    """What a kind is called in the catalogues.

    >>> text_key("no-lead")
    'no_lead'
    """
    return kind.replace("-", "_")


@dataclass(frozen=True, repr=False)
class PlanAudit(Brief):
    """All findings of a plan, heaviest first, as known on a day.

    ``unasked`` names the kinds that nothing could be said of, with the reason: ``no_figures`` or
    ``no_measures``.
    """

    plan: Plan
    as_of: str | None
    public: bool
    illustrative: bool
    findings: tuple[Finding, ...]
    unasked: Mapping[str, str]

    @property
    def by_kind(self) -> dict[str, int]:
        """How many findings there are of each kind that was found, heaviest first."""
        found = Counter(one.kind for one in self.findings)
        return {kind: found[kind] for kind in KINDS if found[kind]}

    def count(self, severity: Severity) -> int:
        """How many findings weigh so much."""
        return sum(one.severity is severity for one in self.findings)
