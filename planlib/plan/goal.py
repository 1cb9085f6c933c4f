"""Goals: what was promised, where the text says so, and the ways it can be read."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PrivateAttr, Tag, model_validator

from planlib.errors import Faults, said
from planlib.language.text import Text
from planlib.plan.base import Id, LeastCount, Part
from planlib.plan.goal_parts import (
    MADE_UP,
    NATURAL,
    TARGETS,
    Baseline,
    GoalRevision,
    Limits,
    MakeUp,
    Place,
    Reading,
    YearlyTarget,
)
from planlib.plan.periods.calendar import Frequency
from planlib.plan.target import PERCENT_BASES, RECURRING, Basis, Target
from planlib.plan.targets.tolerance import Tolerance

YES_NO = Text(vi="có/không", en="yes/no")


class Goal(Part):
    """One goal: an indicator with its target, or its readings, or a target for each year.

    ``sensitive`` counts of people under ``least_count`` (the plan's own by default) are withheld
    from the public; ``denominator`` is the goal whose count a share is taken of, ``parts_add_up``
    says that the goals that are part of this one sum up to it. Where it counts a stock (those on a
    register at the end of the year), it is last year's with the ``inflows`` of the year and without
    its ``outflows``. ``period`` is how often it is reported where that is not the plan's own period,
    ``make_up`` how shorter periods make a longer one, ``year_to_date`` says that the figures of a
    year's periods are running totals of the year. ``by`` names the dimensions of the plan that it
    is followed by besides the whole; see ``in_group``. ``tolerance`` stands in for that of the plan's rule. ``revisions`` are what later decisions changed, oldest first; see ``in_force``.
    """

    id: Id
    name: Text
    unit: Annotated[Text, Tag("Text")] | Literal["%"]
    source: tuple[Place, ...] = Field(min_length=1)
    lead: Text | None = None
    target: Target | None = None
    readings: tuple[Reading, ...] = ()
    yearly: tuple[YearlyTarget, ...] = ()
    term_target: Target | None = None
    part_of: Id | None = None
    parts_add_up: bool = Field(default=False, strict=True)
    denominator: Id | None = None
    inflows: tuple[Id, ...] = ()
    outflows: tuple[Id, ...] = ()
    sensitive: bool = Field(default=False, strict=True)
    least_count: LeastCount | None = None
    limits: Limits | None = None
    baseline: Baseline | None = None
    period: Frequency | None = None
    make_up: MakeUp | None = None
    year_to_date: bool = Field(default=False, strict=True)
    by: tuple[Id, ...] = ()
    tolerance: Tolerance | None = None
    note: Text | None = None
    revisions: tuple[GoalRevision, ...] = ()

    _group: str = PrivateAttr(default="")
    _aimed: bool = PrivateAttr(default=True)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        problems = [*self._shape_faults(), *self._unit_faults(), *self._revision_faults()]
        if problems:
            raise Faults(*problems)
        return self

    def _shape_faults(self) -> list[str]:
        found: list[str] = []
        given = [name for name in TARGETS if getattr(self, name) not in (None, ())]
        if len(given) > 1:
            found.append(said("plan.give-target-readings-yearly", names=" and ".join(given)))
        if not given and self.term_target is None:
            found.append(said("plan.needs-target-readings-yearly"))
        if self.readings:
            if len(self.readings) < 2:
                found.append(said("plan.readings-holds-two-more"))
            if sum(reading.default for reading in self.readings) != 1:
                found.append(said("plan.exactly-reading-default-true"))
            names = [reading.id for reading in self.readings]
            if len(set(names)) < len(names):
                found.append(said("plan.ids-readings-must-differ"))
        years = [target.year for target in self.yearly]
        if len(set(years)) < len(years):
            found.append(said("plan.target-year-yearly"))
        if any(target.cadence not in RECURRING for target in self.yearly):
            found.append(said("plan.cadence-yearly-every-year"))
        if len({target.basis for target in self.yearly}) > 1:
            found.append(said("plan.targets-yearly-share-basis"))
        if self.term_target is not None and self.term_target.cadence in RECURRING:
            found.append(said("plan.cadence-term-target-over"))
        if len({target.kind.figure == "members" for target in self.all_targets()}) > 1:
            # Such a goal has one figure a member; with another comparison one for the whole.
            found.append(said("plan.all-cannot-stand-beside"))
        if self.part_of == self.id:
            found.append(said("plan.goal-cannot-part-itself"))
        if self.least_count is not None and not self.sensitive:
            found.append(said("plan.least-count-goes-sensitive"))
        if self.denominator is not None:
            if self.denominator == self.id:
                found.append(said("plan.goal-cannot-own-denominator"))
            elif not any(target.basis is Basis.share for target in self.all_targets()):
                found.append(said("plan.denominator-goes-basis-share"))
        return found

    def _unit_faults(self) -> list[str]:
        found: list[str] = []
        for target in self.all_targets():
            if target.basis in PERCENT_BASES and self.unit != "%":
                found.append(
                    said("plan.basis-unit-percent", basis=target.basis, found=self.unit_id)
                )
            if target.kind.figure == "yes_no" and self.unit != YES_NO:
                found.append(said("plan.done-unit-yes-no", found=self.unit_id))
            limits = self.limits_of(target)
            for end in (target.value, target.low, target.high):
                if end is None:
                    continue
                if limits.low is not None and end < limits.low:
                    found.append(said("plan.target-lies-below-natural", end=end, low=limits.low))
                if limits.high is not None and end > limits.high:
                    found.append(said("plan.target-lies-above-natural", end=end, high=limits.high))
        return list(dict.fromkeys(found))

    def _revision_faults(self) -> list[str]:
        days = [revision.date for revision in self.revisions]
        if days != sorted(set(days)):
            return ["the dates of 'revisions' must differ and run from the oldest to the newest"]
        found: list[str] = []
        for day in days:
            version = self.in_force(day)
            faults = [*version._shape_faults(), *version._unit_faults()]
            found += [
                said("plan.fault-in-revision", day=day.isoformat(), fault=fault) for fault in faults
            ]
        return found

    def in_force(self, day: date | None) -> Goal:
        """The goal as it stood on a day, all its revisions by then made; None for today.

        The goal it returns keeps the revisions that were made and knows nothing of later ones.
        """
        if not self.revisions:
            return self
        made = tuple(one for one in self.revisions if day is None or one.date <= day)
        changed: dict[str, Any] = {}
        for revision in made:
            if any(name in revision.changed for name in TARGETS):
                changed |= {"target": None, "readings": (), "yearly": ()}
            changed |= revision.changed
        return self.model_copy(update={**changed, "revisions": made})

    @property
    def made_up_by(self) -> MakeUp | None:
        """How shorter periods make a longer one; None where the plan must say so."""
        target = self.main_target()
        if self.make_up is not None or target.kind.figure == "number":
            return self.make_up or MADE_UP.get(target.basis)
        return MakeUp.last

    @property
    def group(self) -> str:
        """The group it is looked at in, such as ``sex=women``; empty for the whole."""
        return self._group

    def in_group(self, group: str) -> Goal:
        """The same goal of one group: what was promised of everybody holds there too.

        A count that was promised of the whole is no target of a part of it.
        """
        target, changed = self.main_target(), dict[str, Any]()
        if target.basis is Basis.count:
            changed = {"target": target, "readings": (), "yearly": (), "term_target": None}
        seen = self.model_copy(update={**changed, "baseline": None})
        seen._group, seen._aimed = group, not changed
        return seen

    @property
    def breaks(self) -> tuple[GoalRevision, ...]:
        """The revisions that changed what the figure counts."""
        return tuple(one for one in self.revisions if one.definition is not None)

    @property
    def unit_id(self) -> str:
        """The unit as one string for programs: ``%`` or its English name."""
        return self.unit if isinstance(self.unit, str) else self.unit.in_language("en")

    @property
    def ambiguous(self) -> bool:
        """Whether the text can be read in more than one way."""
        return bool(self.readings)

    def unit_in(self, language: str) -> str:
        """The unit as a reader of ``vi`` or ``en`` sees it."""
        return self.unit if isinstance(self.unit, str) else self.unit.in_language(language)

    def all_targets(self) -> list[Target]:
        """Every target the goal holds, whatever its shape."""
        stated = (self.target, *(r.target for r in self.readings), *self.yearly, self.term_target)
        return [target for target in stated if target is not None]

    def main_target(self, reading: str | None = None) -> Target:
        """The target that speaks for the goal.

        The one of a reading (the default one without a name), else the goal's target, else its
        term target, else its latest yearly one. Raises KeyError for an unknown reading.
        """
        if reading is not None:
            return {r.id: r.target for r in self.readings}[reading]
        defaults = (one.target for one in self.readings if one.default)
        main = next(defaults, None) or self.target or self.term_target
        return main or max(self.yearly, key=lambda target: target.year)

    def target_for(self, year: int, reading: str | None = None) -> Target | None:
        """The target that a year's figure is held against, or None where no target was set."""
        if not self._aimed:
            return None
        if self.yearly and reading is None:
            return next((t for t in self.yearly if t.year == year), None)
        return self.main_target(reading)

    def term_target_for(self, reading: str | None = None) -> Target | None:
        """The target of the whole term; None where the term is judged by its yearly targets."""
        if not self._aimed:
            return None
        if reading is None and self.term_target is not None:
            return self.term_target
        return None if self.yearly else self.main_target(reading)

    def limits_of(self, target: Target) -> Limits:
        """The natural limits of the compared figure: the goal's own, else those of the basis."""
        if self.limits is not None and target.basis in {Basis.level, Basis.share, Basis.count}:
            return self.limits
        return NATURAL.get(target.basis, Limits())


class Section(Part):
    """A section of the plan with its goals, in the order of the text."""

    section: Id
    name: Text
    note: Text | None = None
    goals: tuple[Goal, ...] = ()


class Measure(Part):
    """What the plan says will be done, linked to the goals it serves."""

    id: Id
    name: Text
    source: Place
    goals: tuple[Id, ...] = ()
