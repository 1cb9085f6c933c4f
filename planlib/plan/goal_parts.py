"""What stands beside a goal's targets: places, readings, limits, baselines, the measures for it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from planlib.errors import Faults, said
from planlib.language.text import Text
from planlib.plan.base import AnyPeriod, Id, Number, Part, Words
from planlib.plan.target import Basis, Target
from planlib.plan.targets.due import Due


class Place(Part):
    """Where a document says it: section and paragraph, never its sentence."""

    document: Id
    section: Words
    paragraph: int = Field(ge=1, strict=True)
    url: Words | None = None
    note: Text | None = None


class Reading(Part):
    """One way of reading an ambiguous text: a complete target and why it can be meant."""

    id: Id
    default: bool = Field(default=False, strict=True)
    why: Text
    target: Target


class YearlyTarget(Target):
    """A target that holds in one year only."""

    year: AnyPeriod


class Limits(Part):
    """Natural limits of the figure, in the goal's unit; an open end is left out."""

    low: Number | None = None
    high: Number | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise Faults(said("plan.low-not-less-than-high", low=self.low, high=self.high))
        return self


NATURAL = {
    Basis.share: Limits(low=0, high=100),
    **dict.fromkeys((Basis.change, Basis.change_since), Limits(low=-100)),
    **dict.fromkeys((Basis.count, Basis.quota, Basis.growth), Limits(low=0)),
}


Beyond = Literal["good", "neutral", "bad"]  # what lies past the better end of a range


class Baseline(Part):
    """A starting figure that a document states, in the goal's unit."""

    year: AnyPeriod
    value: Number
    source: Words


class Proposed(Part):
    """How sure a goal is that was read from a text, where it stands there, and what is unsure.

    ``words`` is the sentence. A goal that a person has confirmed has none of this.
    """

    confidence: Literal["sure", "likely", "doubtful"]
    file: Words
    line: int | None = Field(default=None, ge=1, strict=True)
    page: int | None = Field(default=None, ge=1, strict=True)
    words: Words
    unsure: tuple[Words, ...] = ()

    def record(self) -> dict[str, Any]:
        """It for programs."""
        return self.model_dump(mode="json")


class MakeUp(StrEnum):
    """How the figures of shorter periods make that of a longer one."""

    sum = "sum"
    mean = "mean"
    last = "last"
    ratio = "ratio"  # of the sums of what it is made from


MADE_UP = {
    Basis.count: MakeUp.sum,
    **dict.fromkeys((Basis.share, Basis.quota, Basis.growth), MakeUp.ratio),
}

TARGETS = ("target", "readings", "yearly")  # a goal has one of these


class MeasureState(StrEnum):
    """How far a measure has come."""

    planned = "planned"
    under_way = "under_way"
    done = "done"
    dropped = "dropped"


class Measure(Due):
    """What the plan says will be done, linked to the goals it serves.

    ``lead`` is who does it where that is not who leads its goals, ``due`` by when (a period or a
    day), ``state`` how far it has come, ``evidence`` what shows that it is done.
    """

    id: Id
    name: Text
    source: Place
    goals: tuple[Id, ...] = ()
    lead: Text | None = None
    state: MeasureState | None = None
    evidence: Text | None = None

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if self.due_day is not None and self.due is None:
            raise Faults(said("plan.due-day-goes-with-due"))
        return self

    @property
    def open(self) -> bool:
        """Whether it is still to be done, as far as the plan says."""
        return self.state not in {MeasureState.done, MeasureState.dropped}
