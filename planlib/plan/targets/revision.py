"""What a later decision changed in a goal."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from pydantic import model_validator

from planlib.errors import Faults, said
from planlib.language.text import Text
from planlib.plan.base import Part, Words
from planlib.plan.goal_parts import TARGETS, Baseline, Reading, YearlyTarget
from planlib.plan.target import Target
from planlib.plan.targets.own import OwnTarget


class GoalRevision(Part):
    """What a decision changed in a goal after it was set: since when, why, and to what.

    A new ``target``, ``readings`` or ``yearly`` replaces whichever the goal had, ``targets`` those of
    areas, groups and periods, which stand until then. ``definition``
    says how the figure is counted from that date on: no trend may be read across it.
    """

    date: date
    reason: Text
    source: Words | None = None
    target: Target | None = None
    readings: tuple[Reading, ...] = ()
    yearly: tuple[YearlyTarget, ...] = ()
    term_target: Target | None = None
    targets: tuple[OwnTarget, ...] = ()
    baseline: Baseline | None = None
    definition: Text | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not self.changed and self.definition is None:
            raise Faults(said("plan.changes-nothing-give-target"))
        return self

    @property
    def changed(self) -> dict[str, Any]:
        """The fields of the goal it replaces."""
        names = (*TARGETS, "term_target", "targets", "baseline")
        return {name: value for name in names if (value := getattr(self, name)) not in (None, ())}
