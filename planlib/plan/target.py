"""A target is three independent choices: comparison, basis and cadence."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from planlib.errors import Faults, said
from planlib.language.text import Text
from planlib.plan.base import AnyPeriod, Id, Number, Part, Words
from planlib.plan.comparisons.base import Better, Comparison
from planlib.plan.comparisons.registry import KINDS, ComparisonId
from planlib.plan.targets.due import Due
from planlib.plan.targets.others import Among, Measure, Reference
from planlib.plan.targets.tolerance import Tolerance


class Basis(StrEnum):
    """What is compared: the figure itself, or something made from it.

    A ``change`` is in percent of the period before; ``change_since`` in percent of the baseline, the
    goal's stated one or the figure of the plan's baseline year, ``difference_since`` in the goal's
    unit from it.
    """

    level = "level"
    share = "share"
    quota = "quota"
    change = "change"
    change_since = "change_since"
    difference_since = "difference_since"
    growth = "growth"
    count = "count"  # type: ignore[assignment]  # the word hides str.count, which nobody needs here


class Cadence(StrEnum):
    """When the target holds: in each whole year, or in each reporting period, ..."""

    every_year = "every_year"
    every_period = "every_period"
    over_term = "over_term"
    by = "by"
    keep = "keep"


# A period, or a year, is judged by itself.
RECURRING = frozenset({Cadence.every_year, Cadence.every_period})
# A term is judged period by period: each must be reached.
EACH_PERIOD = frozenset({Cadence.every_year, Cadence.every_period, Cadence.keep})
PERCENT_BASES = frozenset(
    {Basis.share, Basis.quota, Basis.change, Basis.growth, Basis.change_since}
)
SINCE = frozenset({Basis.change_since, Basis.difference_since})  # on the baseline
OF_OTHERS = ("to", "measure", "strict", "among", "of", "of_at_least")
CHANGES = SINCE | {Basis.change}


class Member(Part):
    """A named part of an ``all_of`` target: a neighbourhood, a team."""

    id: Id
    name: Text


class Target(Due):
    """One complete target.

    ``value`` and ``low``/``high`` are in the goal's unit; a percentage is 90, not 0.9. A fall of
    5 to 7 % on the year before is ``between`` −7 and −5 on the basis ``change``. ``evidence`` names
    what shows that something is done. ``to`` is whose figure a ``relative`` target is held against, by
    its ``measure``; ``strict`` asks for better than that. ``among`` is the place a ``rank`` asks for,
    ``of`` the areas that are ranked (all that have figures by default), ``of_at_least`` how many must
    have one.

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

    comparison: ComparisonId
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    better: Better | None = Field(default=None, validate_default=True)
    beyond: Literal["good", "neutral", "bad"] | None = None
    members: tuple[Member, ...] = ()
    basis: Basis = Basis.level
    cadence: Cadence
    cumulative: bool = Field(default=False, strict=True)
    since: AnyPeriod | None = None
    to: Reference | None = None
    measure: Measure | None = None
    strict: bool = Field(default=False, strict=True)
    among: Among | None = None
    of: tuple[Id, ...] = ()
    of_at_least: int | None = Field(default=None, ge=2, strict=True)
    tolerance: Tolerance | None = None
    evidence: Text | None = None
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
        kind = KINDS.get(comparison) if isinstance(comparison, str) else None
        for key, value in (kind.defaults() if kind else {}).items():
            data.setdefault(key, value)
        return data

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        problems = list(self._faults())
        if problems:
            raise Faults(*problems)
        return self

    def _faults(self) -> list[str]:
        kind, keys = self.comparison, self.kind.keys
        found: list[str] = []
        if "value" in keys:
            if self.value is None:
                found.append(said("plan.needs-value", kind=kind))
        elif self.value is not None:
            found.append(said("plan.kind-has-no-value", kind=kind))
        if "low" not in keys and (self.low is not None or self.high is not None):
            one = "value" in keys
            found.append(
                said("plan.kind-has-one-value" if one else "plan.kind-has-no-bounds", kind=kind)
            )
        if "beyond" not in keys and self.beyond is not None:
            found.append(said("plan.beyond-goes-between", kind=kind))
        if self.evidence is not None and self.kind.figure != "yes_no":
            found.append(said("plan.evidence-goes-done", kind=kind))
        if "since" not in keys and self.since is not None:
            found.append(said("plan.since-goes-maintain", kind=kind))
        found += [
            said("plan.key-of-another-comparison", key=key, kind=kind)
            for key in OF_OTHERS
            if key not in keys and getattr(self, key)
        ]
        found += self.kind.faults(self)
        if "members" not in keys and self.members:
            found.append(said("plan.members-goes-all", kind=kind))
        if not self.kind.adds_up and self.basis in PERCENT_BASES | SINCE:
            found.append(said("plan.cannot-basis", kind=kind, basis=self.basis))
        if self.due_day is not None and self.due is None:
            found.append(said("plan.due-day-goes-with-due"))
        elif (self.cadence is Cadence.by) != (self.due is not None):
            found.append(said("plan.due-goes-with-by"))
        if self.tolerance is not None and not self.kind.tolerant:
            found.append(said("plan.tolerance-needs-distance", kind=kind))
        if self.cadence is Cadence.over_term and not self.kind.adds_up:
            found.append(said("plan.not-add-up-use", kind=kind))
        return found

    @property
    def kind(self) -> Comparison:
        """How a figure is held against the target."""
        return KINDS[self.comparison]

    @property
    def lasts(self) -> bool:
        """Whether what was reached stays so: what was to be done by a day, and was, is done."""
        return self.kind.figure == "yes_no" and self.cadence is Cadence.by

    @property
    def moves(self) -> bool:
        """Whether what is compared is how far a figure has moved: up or down by so much."""
        return self.basis in CHANGES or self.kind.against_start or self.measure == "difference"

    @property
    def has_ratio(self) -> bool:
        """Whether a figure can be told as a share of it: of a difference from others it says nothing."""
        return self.kind.has_distance() and self.measure != "difference"

    @property
    def natural(self) -> Target:
        """The same figures by themselves, where they are held against those of others."""
        if not self.kind.of_others:
            return self
        return Target(
            comparison="about", value=0.0, better=self.better,
            basis=self.basis, cadence=self.cadence, due=self.due,
        )  # fmt: skip

    @property
    def near(self) -> float | None:
        """The end of the target that must be reached first, in the goal's unit.

        For ``all_of`` the number of members; None for ``done``, which has no distance.
        """
        return self.kind.bounds(self)[0] if self.kind.has_distance() else None

    @property
    def far(self) -> float | None:
        """The other end of a range; ``near`` where the target is one value."""
        return self.kind.bounds(self)[1] if self.kind.has_distance() else None


def of_whole_year(target: Target) -> bool:
    """Whether a year is judged at its end, by what its periods have come to."""
    return target.cumulative or target.cadence is Cadence.every_year
