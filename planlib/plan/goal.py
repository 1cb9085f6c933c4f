"""Goals: what was promised, where the text says so, and the ways it can be read."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from planlib.errors import Faults, said
from planlib.language.text import Text
from planlib.messages import ENGLISH
from planlib.plan.base import Id, IntervalLevel, LeastCount, Part
from planlib.plan.goal_parts import (
    MADE_UP,
    NATURAL,
    TARGETS,
    Baseline,
    Limits,
    MakeUp,
    Place,
    Proposed,
    Reading,
    YearlyTarget,
)
from planlib.plan.periods.calendar import Frequency
from planlib.plan.target import Basis, Target
from planlib.plan.targets.faults import goal_faults
from planlib.plan.targets.own import ANY, OwnTarget, OwnTargets
from planlib.plan.targets.revision import GoalRevision
from planlib.plan.targets.tolerance import Tolerance
from planlib.plan.targets.unit import NamedUnit

MOST_PERIODS_BACK = 120  # ten years of months


class Goal(Part):
    """One goal: an indicator with its target, or its readings, or a target for each year.

    ``figure_unit`` is what the figures are in where a change of them, what was added to them or
    their quota is compared, in percent. ``sensitive`` counts of people under ``least_count`` (the
    plan's own by default) are withheld from the public; ``denominator`` is the goal whose count a
    share is taken of, ``parts_add_up`` says that the goals that are part of this one sum up to it.
    Where it counts a stock (those on a register at the end of the year), it is last year's with the
    ``inflows`` of the year and without its ``outflows``. ``period`` is how often it is reported
    where that is not the plan's own period, ``make_up`` how shorter periods make a longer one,
    ``year_to_date`` says that the figures of a year's periods are running totals of the year.
    ``by`` names the dimensions of the plan that it is followed by besides the whole; see
    ``in_group``. ``targets`` are those of areas, groups and periods of their own (see ``in_area``),
    ``other_areas`` says whether any other area has the goal's. ``latest_within`` is how many
    periods old the figure may be that stands in for a period without one. ``tolerance`` stands in
    for that of the plan's rule. ``interval_level`` and ``complete_counts`` say how sure its figures
    are where that is not as in the plan: see ``PlanHeader``. ``proposed`` stands with a goal that was read from a
    text until it is confirmed. ``revisions`` are what later decisions
    changed, oldest first; see ``in_force``.
    """

    id: Id
    name: Text
    unit: NamedUnit
    figure_unit: NamedUnit | None = None
    source: tuple[Place, ...] = Field(min_length=1)
    lead: Text | None = None
    target: Target | None = None
    readings: tuple[Reading, ...] = ()
    yearly: tuple[YearlyTarget, ...] = ()
    term_target: Target | None = None
    targets: tuple[OwnTarget, ...] = ()
    other_areas: Literal["same_target", "no_target"] = "same_target"
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
    latest_within: int | None = Field(default=None, ge=1, le=MOST_PERIODS_BACK, strict=True)
    tolerance: Tolerance | None = None
    interval_level: IntervalLevel | None = None
    complete_counts: bool | None = Field(default=None, strict=True)
    note: Text | None = None
    proposed: Proposed | None = None
    revisions: tuple[GoalRevision, ...] = ()

    _group: str = PrivateAttr(default="")
    _aimed: bool = PrivateAttr(default=True)
    _area: str | None = PrivateAttr(default=None)
    _stated: Goal | None = PrivateAttr(default=None)
    _seen: dict[tuple[str | None, str], Goal] = PrivateAttr(default_factory=dict)
    _own: OwnTargets | None = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        problems = [*goal_faults(self), *self._revision_faults()]
        if problems:
            raise Faults(*problems)
        return self

    def _revision_faults(self) -> list[str]:
        days = [revision.date for revision in self.revisions]
        if days != sorted(set(days)):
            return ["the dates of 'revisions' must differ and run from the oldest to the newest"]
        found: list[str] = []
        for day in days:
            version = self.in_force(day)
            faults = goal_faults(version)
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
        return self.altered({**changed, "revisions": made})

    def altered(self, changed: dict[str, Any]) -> Goal:
        """The goal with other values of some fields, which are not checked again."""
        copy = self.model_copy(update=changed)
        copy._seen, copy._own = {}, None
        return copy

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

        A count that was promised of the whole is no target of a part of it, unless the group has a
        target of its own.
        """
        return self._placed(self._area, group)

    def in_area(self, area: str) -> Goal:
        """The same goal with the targets it has in an area; itself where no area has its own."""
        return self._placed(area, self._group) if (self._stated or self).targets else self

    def at(self, other: Goal) -> Goal:
        """The goal in the area and group that another version of it is looked at in."""
        placed = other._area is not None or other._group
        return self._placed(other._area, other._group) if placed else self

    @property
    def differs_by_area(self) -> bool:
        """Whether it must still be asked what holds in an area."""
        return self._area is None and bool((self._stated or self).targets)

    @property
    def aimed(self) -> bool:
        """Whether a target was set in the area or group it is looked at in."""
        return self._aimed

    @property
    def untargeted_area(self) -> bool:
        """Whether an area was asked about for which no target is set."""
        return self._area is not None and not self._group and not self._aimed

    @property
    def own_targets(self) -> OwnTargets:
        """The targets of areas, groups and periods of their own."""
        stated = self._stated or self
        stated._own = stated._own or OwnTargets(stated)
        return stated._own

    def _placed(self, area: str | None, group: str) -> Goal:
        stated = self._stated or self
        own = self.own_targets
        at = area if area is None or area in own.areas else ANY
        if (at, group) not in stated._seen:
            changed = own.placed(at, group)
            aimed = bool(changed.pop("aimed"))
            one = stated.altered(changed)
            one._area, one._group, one._aimed, one._stated = at, group, aimed, stated
            stated._seen[at, group] = one
        return stated._seen[at, group]

    def _general(self) -> Goal:
        """What holds wherever nothing else is said."""
        return self._placed(None, self._group) if self.targets else self

    @property
    def breaks(self) -> tuple[GoalRevision, ...]:
        """The revisions that changed what the figure counts."""
        return tuple(one for one in self.revisions if one.definition is not None)

    @property
    def unit_id(self) -> str:
        """The unit as one string for programs: ``%`` or its English name, if it has one."""
        return self.unit_in(ENGLISH)

    @property
    def units(self) -> tuple[str, ...]:
        """What the unit is called, in each language of the plan."""
        return (self.unit,) if isinstance(self.unit, str) else tuple(self.unit.values())

    @property
    def figures_in(self) -> str | Text:
        """The unit of the figures themselves, where a change of them is compared, or a share."""
        return self.unit if self.figure_unit is None else self.figure_unit

    @property
    def figure_units(self) -> tuple[str, ...]:
        """What that is called, in each language of the plan."""
        unit = self.figures_in
        return (unit,) if isinstance(unit, str) else tuple(unit.values())

    @property
    def ambiguous(self) -> bool:
        """Whether the text can be read in more than one way."""
        return bool(self.readings)

    def unit_in(self, language: str) -> str:
        """The unit as a reader of a language sees it; the plan's first where it has none."""
        return self.unit if isinstance(self.unit, str) else self.unit.bare(language)

    def stated_targets(self) -> list[Target]:
        """The targets that hold wherever an area, a group or a period has none of its own."""
        stated = (self.target, *(r.target for r in self.readings), *self.yearly, self.term_target)
        return [target for target in stated if target is not None]

    def all_targets(self) -> list[Target]:
        """Every target the goal holds, whatever its shape, and those of areas, groups and periods."""
        own = (one.whole(self.target) for one in self.targets)
        return [*self.stated_targets(), *(one for one in own if one is not None)]

    def main_target(self, reading: str | None = None) -> Target:
        """The target that speaks for the goal.

        The one of a reading (the default one without a name), else the goal's target, else its
        term target, else its latest yearly one. Raises KeyError for an unknown reading.
        """
        goal = self._general()
        if reading is not None:
            return {r.id: r.target for r in goal.readings}[reading]
        defaults = (one.target for one in goal.readings if one.default)
        main = next(defaults, None) or goal.target or goal.term_target
        return main or max(goal.yearly, key=lambda target: target.year)

    def target_for(self, year: int, reading: str | None = None) -> Target | None:
        """The target that a year's figure is held against, or None where no target was set."""
        goal = self._general()
        if not goal._aimed:
            return None
        if goal.yearly and reading is None:
            return next((t for t in goal.yearly if t.year == year), goal.target)
        return goal.main_target(reading)

    def term_target_for(self, reading: str | None = None) -> Target | None:
        """The target of the whole term; None where the term is judged by its yearly targets."""
        goal = self._general()
        if not goal._aimed:
            return None
        if reading is None and goal.term_target is not None:
            return goal.term_target
        return None if goal.yearly else goal.main_target(reading)

    def limits_of(self, target: Target) -> Limits:
        """The natural limits of the compared figure: the goal's own, else those of the basis."""
        if target.kind.of_others:
            return Limits()
        if self.limits is not None and target.basis in {Basis.level, Basis.share, Basis.count}:
            return self.limits
        return NATURAL.get(target.basis, Limits())


class Section(Part):
    """A section of the plan with its goals, in the order of the text."""

    section: Id
    name: Text
    note: Text | None = None
    goals: tuple[Goal, ...] = ()
