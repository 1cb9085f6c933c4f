"""What a file of somebody else's says, before it is written as a plan: goals, targets, figures.

Whatever could not be read stands in ``unread``, with its line, what it says and why: nothing is
dropped, nothing guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planlib.errors import Problem, Said, shown
from planlib.exchange.yaml_out import Value
from planlib.plan.periods.calendar import Calendar, Frequency

WHOLE = "whole"  # the area of what is told of no place
Names = Mapping[str, str]  # a language to words


@dataclass(frozen=True)
class Unread:
    """One thing that could not be read: where it stands, of what it is, what it says, and why."""

    place: int | str
    subject: str
    what: str
    found: str
    why: Said
    hint: Said | None = None

    def problem(self, file: str) -> Problem:
        """It as a line of the list that is printed."""
        quoted = shown(self.found) if self.found and shown(self.found) not in self.why else ""
        what = " ".join(part for part in (self.what, quoted) if part)
        subject = ": ".join(part for part in (self.subject, what) if part)
        return Problem(self.why, file, self.place, subject, self.hint)


@dataclass(frozen=True)
class TargetDraft:
    """A target of one period, of one area or (empty) of all of them, of one group or everybody.

    ``terms`` are its keys in a plan: comparison, value or low and high, better, basis. Its cadence
    is among them where it does not just hold in its period; one that recurs stands once.
    """

    period: int
    terms: Mapping[str, Value]
    area: str = ""
    group: str = ""
    source: str = ""
    words: str = ""


@dataclass(frozen=True)
class BaselineDraft:
    """Where a goal starts from."""

    period: int
    value: float
    source: str
    line: int | str = 1


@dataclass
class GoalDraft:
    """An indicator with its targets; ``terms`` are further keys of the goal."""

    id: str
    section: str
    names: Names
    unit: str | Names
    place: Mapping[str, str | int | Names]
    targets: list[TargetDraft] = field(default_factory=list)
    baselines: dict[str, BaselineDraft] = field(default_factory=dict)  # by area, empty for all
    frequency: Frequency = Frequency.year
    terms: dict[str, Value] = field(default_factory=dict)


@dataclass
class PlanDraft:
    """A whole plan as it was read."""

    id: str
    names: Names
    calendar: Calendar
    source: str
    sections: dict[str, Names] = field(default_factory=dict)
    areas: dict[str, Names] = field(default_factory=dict)
    dimensions: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    documents: list[Mapping[str, str | Names]] = field(default_factory=list)
    goals: list[GoalDraft] = field(default_factory=list)
    figures: list[dict[str, str | float | int]] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    doubtful: list[Unread] = field(default_factory=list)  # read, and worth a look
    tolerance: dict[str, float] = field(default_factory=dict)
    stated: Mapping[str, Value] = field(default_factory=dict)  # keys of the plan, told by planlib
