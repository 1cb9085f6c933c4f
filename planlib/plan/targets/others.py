"""What a target is held against besides its own number: another goal, area, group or series; a rank."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from planlib.errors import Faults, said
from planlib.language.text import Text
from planlib.plan.base import AnyPeriod, Id, Number, Part, Words

Measure = Literal["difference", "percent"]
ShareOfAreas = Literal["top_half", "first_third", "top_quarter", "top_fifth", "top_tenth"]
ONE_IN: dict[str, int] = {
    "top_half": 2,
    "first_third": 3,
    "top_quarter": 4,
    "top_fifth": 5,
    "top_tenth": 10,
}


class ReferenceFigure(Part):
    """One figure of a series that stands in the plan itself."""

    year: AnyPeriod
    value: Number


class Reference(Part):
    """Whose figure is compared with: of another goal, area or group, or of a series.

    What is not named of ``goal``, ``area`` and ``group`` is that of the target itself. A ``series``
    is told by its ``name`` and has a ``source``.
    """

    goal: Id | None = None
    area: Id | None = None
    group: Words | None = None
    series: tuple[ReferenceFigure, ...] = ()
    name: Text | None = None
    source: Words | None = None

    _called: tuple[Text, ...] = PrivateAttr(default=())

    @model_validator(mode="after")
    def _one(self) -> Self:
        found = []
        placed = {"goal", "area", "group"} & self.model_fields_set
        if bool(placed) == bool(self.series):
            found.append(said("plan.compared-with-one"))
        if self.series and (self.name is None or self.source is None):
            found.append(said("plan.series-needs-name-source"))
        if not self.series and (self.name is not None or self.source is not None):
            found.append(said("plan.name-goes-series"))
        years = [one.year for one in self.series]
        if len(set(years)) < len(years):
            found.append(said("plan.series-years-differ"))
        if found:
            raise Faults(*found)
        return self

    def called(self, language: str) -> str:
        """Whom it names, in words: the goal, the area and the group, or the name of the series."""
        if self.name is not None:
            return self.name.in_language(language)
        if not self._called:  # outside a plan there are ids only
            return ", ".join(filter(None, (self.goal, self.area, self.group)))
        return ", ".join(one.in_language(language) for one in self._called)

    def call(self, names: tuple[Text, ...]) -> None:
        """Tell it what its plan calls whom it names."""
        self._called = names

    def record(self) -> dict[str, Any]:
        """What it names, as plain values for programs."""
        names = {n: getattr(self, n) for n in ("goal", "area", "group", "source")}
        told: dict[str, Any] = {key: value for key, value in names.items() if value is not None}
        if self.series:
            told["series"] = {str(one.year): one.value for one in self.series}
        return told


class Best(Part):
    """So many areas, counted from the best."""

    best: int = Field(ge=1, le=100_000, strict=True)


Among = ShareOfAreas | Best


def places_among(among: Among, areas: int) -> int:
    """How many of some ranked areas are among them.

    >>> places_among("top_quarter", 10), places_among(Best(best=3), 10)
    (2, 3)
    """
    return among.best if isinstance(among, Best) else areas // ONE_IN[among]


def least_ranked(among: Among, at_least: int | None) -> int:
    """The least number of areas that can be ranked: with fewer, all are among them, or none.

    >>> (
    ...     least_ranked("top_quarter", None),
    ...     least_ranked(Best(best=3), None),
    ...     least_ranked("top_half", 9),
    ... )
    (4, 4, 9)
    """
    needed = among.best + 1 if isinstance(among, Best) else ONE_IN[among]
    return max(needed, at_least or 2)
