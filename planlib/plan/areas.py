"""Areas: the places a plan is followed in, with what happened to their boundaries."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from planlib.errors import Faults, said
from planlib.language.text import Text
from planlib.plan.base import CalendarYear, Id, Part, Words


class Population(Part):
    """People living in an area in one year, with the source of the number."""

    year: CalendarYear
    value: int = Field(ge=0, strict=True)
    source: Words


class Change(Part):
    """A change of boundary or of definition: no trend may be read across it without a flag."""

    date: date
    note: Text


class Area(Part):
    """One area of the registry; dates are the first and the last day it existed.

    The counts of an area are the sum of the counts of the areas that are ``part_of`` it. Areas of one
    ``peer_group`` are held against each other where areas are compared.

    >>> Area(id="ward-01", name={"vi": "Phường 01", "en": "Ward 01"}).covers(2013)
    True
    """

    id: Id
    name: Text
    part_of: Id | None = None
    peer_group: Id | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    predecessors: tuple[Id, ...] = ()
    successors: tuple[Id, ...] = ()
    population: tuple[Population, ...] = ()
    changes: tuple[Change, ...] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise Faults(said("plan.valid-from-after-valid-to"))
        if self.part_of == self.id:
            raise Faults(said("plan.area-cannot-part-itself"))
        return self

    def covers(self, year: int) -> bool:
        """Whether the area existed on any day of the year."""
        first = self.valid_from.year if self.valid_from else year
        last = self.valid_to.year if self.valid_to else year
        return first <= year <= last
