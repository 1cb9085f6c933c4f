"""A target is three independent choices: comparison, basis and cadence."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from planlib.errors import Faults, said
from planlib.language.text import Text
from planlib.plan.base import Id, Number, Part, Words, Year

Better = Literal["higher", "lower"]


class Comparison(StrEnum):
    """How a figure is held against the target."""

    at_least = "at_least"
    above = "above"
    at_most = "at_most"
    below = "below"
    between = "between"
    about = "about"
    all_of = "all_of"
    done = "done"


class Basis(StrEnum):
    """What is compared: the figure itself, or something made from it."""

    level = "level"
    share = "share"
    quota = "quota"
    change = "change"
    growth = "growth"
    count = "count"  # type: ignore[assignment]  # the word hides str.count, which nobody needs here


class Cadence(StrEnum):
    """When the target holds."""

    every_year = "every_year"
    over_term = "over_term"
    by = "by"
    keep = "keep"


PERCENT_BASES = frozenset({Basis.share, Basis.quota, Basis.change, Basis.growth})
ONE_VALUE = frozenset(
    {Comparison.at_least, Comparison.above, Comparison.at_most, Comparison.below, Comparison.about}
)
_BETTER: dict[Comparison, Better] = {
    Comparison.at_least: "higher",
    Comparison.above: "higher",
    Comparison.at_most: "lower",
    Comparison.below: "lower",
    Comparison.all_of: "higher",
    Comparison.done: "higher",
}


class Member(Part):
    """A named part of an ``all_of`` target: a neighbourhood, a team."""

    id: Id
    name: Text


class Target(Part):
    """One complete target.

    ``value`` and ``low``/``high`` are in the goal's unit; a percentage is 90, not 0.9. A fall of
    5 to 7 % on the year before is ``between`` −7 and −5 on the basis ``change``.

    >>> t = Target(comparison="between", low=12, high=15, beyond="good", cadence="every_year")
    >>> t.better, t.near, t.far
    ('higher', 12.0, 15.0)
    >>> Target(
    ...     comparison="between",
    ...     low=-7,
    ...     high=-5,
    ...     better="lower",
    ...     basis="change",
    ...     cadence="every_year",
    ... ).near
    -5.0
    """

    comparison: Comparison
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    better: Better | None = Field(default=None, validate_default=True)
    beyond: Literal["good", "neutral", "bad"] | None = None
    members: tuple[Member, ...] = ()
    basis: Basis = Basis.level
    cadence: Cadence
    due: Year | None = None
    words: Words | None = None
    source: Words | None = None
    note: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        data = dict(data)
        comparison = data.get("comparison")
        if comparison in set(_BETTER):
            data.setdefault("better", _BETTER[Comparison(comparison)])
        if comparison == Comparison.between:
            data.setdefault("better", "higher")
            data.setdefault("beyond", "good")
        return data

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        problems = list(self._faults())
        if problems:
            raise Faults(*problems)
        return self

    def _faults(self) -> list[str]:
        found: list[str] = []
        kind = self.comparison
        if kind in ONE_VALUE:
            if self.value is None:
                found.append(said("plan.needs-value", kind=kind))
            if self.low is not None or self.high is not None:
                found.append(said("plan.kind-has-one-value", kind=kind))
        elif self.value is not None:
            found.append(said("plan.kind-has-no-value", kind=kind))
        if kind is Comparison.between:
            if self.low is None or self.high is None:
                found.append(said("plan.between-needs-low-high"))
            elif self.low > self.high:
                found.append(said("plan.low-exceeds-high", low=self.low, high=self.high))
        elif kind not in ONE_VALUE and (self.low is not None or self.high is not None):
            found.append(said("plan.kind-has-no-bounds", kind=kind))
        if self.beyond is not None and kind is not Comparison.between:
            found.append(said("plan.beyond-goes-between", kind=kind))
        if kind is Comparison.about and self.better is None:
            found.append(said("plan.about-needs-better-higher"))
        if kind in _BETTER and self.better != _BETTER[kind]:
            found.append(
                said(
                    "plan.better-contradicts-kind",
                    kind=kind,
                    better=_BETTER[kind],
                    found=self.better,
                )
            )
        if kind is Comparison.all_of:
            names = [member.id for member in self.members]
            if not names:
                found.append(said("plan.all-needs-members"))
            if len(set(names)) < len(names):
                found.append(said("plan.members-all-must-differ"))
        elif self.members:
            found.append(said("plan.members-goes-all", kind=kind))
        if kind in {Comparison.all_of, Comparison.done} and self.basis in PERCENT_BASES:
            found.append(said("plan.cannot-basis", kind=kind, basis=self.basis))
        if (self.cadence is Cadence.by) != (self.due is not None):
            found.append(said("plan.due-goes-with-by"))
        if self.cadence is Cadence.over_term and kind in {Comparison.all_of, Comparison.done}:
            found.append(said("plan.not-add-up-use", kind=kind))
        return found

    @property
    def near(self) -> float | None:
        """The end of the target that must be reached first, in the goal's unit.

        For ``all_of`` the number of members; None for ``done``.
        """
        if self.comparison is Comparison.between:
            return self.high if self.better == "lower" else self.low
        if self.comparison is Comparison.all_of:
            return float(len(self.members))
        return self.value

    @property
    def far(self) -> float | None:
        """The other end of a range; ``near`` where the target is one value."""
        if self.comparison is Comparison.between:
            return self.low if self.better == "lower" else self.high
        return self.near
