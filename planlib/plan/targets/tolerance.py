"""How far short of a target still counts as nearly met."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from planlib.errors import Faults, said
from planlib.plan.base import LARGEST, Number, Part

Amount = Annotated[Number, Field(ge=0, le=LARGEST)]


class Tolerance(Part):
    """One of: percent of the target, percentage points, or an amount in the goal's unit.

    0 tolerates nothing, and so does a percentage of a target of zero.
    """

    percent: Annotated[Number, Field(ge=0, le=100)] | None = None
    points: Amount | None = None
    value: Amount | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self.model_dump(exclude_none=True)) != 1:
            raise Faults(said("plan.tolerance-needs-one"))
        return self

    @property
    def measure(self) -> Literal["percent", "points", "value"]:
        """Which of the three it is told in."""
        if self.percent is not None:
            return "percent"
        return "points" if self.points is not None else "value"

    @property
    def size(self) -> float:
        """The number it is told by."""
        size: float = getattr(self, self.measure)
        return size

    def moved(self, bound: float, sign: int) -> float:
        """A bound of a target, moved by the tolerance to the side of ``sign``, in its decimals.

        >>> Tolerance(percent=5).moved(90, -1), Tolerance(value=0.1).moved(0.3, -1)
        (85.5, 0.2)
        """
        size = Decimal(repr(self.size))
        if self.percent is not None:
            size *= abs(Decimal(repr(bound))) / 100
        return float(Decimal(repr(bound)) + sign * size)
