"""Targets of some areas, groups or periods, each overriding what it names of the goal's target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from pydantic import Field, ValidationError, model_validator

from planlib.errors import Faults, said
from planlib.language.text import Text
from planlib.plan.base import AnyPeriod, Id, Number, Words
from planlib.plan.comparisons.base import Better
from planlib.plan.comparisons.registry import KINDS, ComparisonId
from planlib.plan.goal_parts import Baseline, Beyond, YearlyTarget
from planlib.plan.periods.calendar import Frequency, frequency_of
from planlib.plan.target import OF_OTHERS, RECURRING, Basis, Cadence, Member, Target
from planlib.plan.targets.due import Due
from planlib.plan.targets.others import Among, Measure, Reference
from planlib.plan.targets.tolerance import Tolerance

if TYPE_CHECKING:
    from planlib.plan.goal import Goal

ANY = ""  # any area that has no target of its own
PLACES = ("area", "group", "period")
NUMBERS = (
    "value",
    "low",
    "high",
    "beyond",
    "members",
    "since",
    *OF_OTHERS,
)  # what belongs to some comparisons only


class OwnTarget(Due):
    """The target of an area, a group, a period, or of several of them together.

    What it does not name is as in the goal's target; a goal without one needs complete entries.
    ``no_target`` says that none was set there. ``baseline`` is where the area starts from.
    """

    area: Id | None = None
    group: Words | None = None
    period: AnyPeriod | None = None
    no_target: bool = Field(default=False, strict=True)
    comparison: ComparisonId | None = None
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    better: Better | None = None
    beyond: Beyond | None = None
    members: tuple[Member, ...] = ()
    basis: Basis | None = None
    cadence: Cadence | None = None
    cumulative: bool | None = Field(default=None, strict=True)
    since: AnyPeriod | None = None
    to: Reference | None = None
    measure: Measure | None = None
    strict: bool | None = Field(default=None, strict=True)
    among: Among | None = None
    of: tuple[Id, ...] = ()
    of_at_least: int | None = Field(default=None, ge=2, strict=True)
    tolerance: Tolerance | None = None
    baseline: Baseline | None = None
    evidence: Text | None = None
    words: Words | None = None
    source: Words | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _placed(self) -> Self:
        found = []
        named = self.model_fields_set
        if not named & set(PLACES):
            found.append(said("plan.own-target-of-nothing"))
        if self.no_target and (self.period is not None or named & (_TARGET | {"baseline"})):
            found.append(said("plan.no-target-says-all"))
        if self.period is not None and named & {"cadence", "due", "due_day", "baseline"}:
            found.append(said("plan.period-target-is-of-its-period"))
        if found:
            raise Faults(*found)
        return self

    @property
    def bare(self) -> bool:
        """Whether it says no more than that a target holds there."""
        return not self.no_target and not self.model_fields_set & (_TARGET | {"baseline"})

    @property
    def place(self) -> tuple[str, str, int | None]:
        """The area, the group and the period it is of."""
        return self.area or "", self.group or "", self.period

    def over(self, base: Target | None) -> Target:
        """The whole target, with what it does not name taken from another one."""
        data: dict[str, Any] = {}
        if base is not None:
            data = {name: getattr(base, name) for name in base.model_fields_set if name != "year"}
        named = {name: getattr(self, name) for name in self.model_fields_set & _TARGET}
        for name in self._dropped(base):
            data.pop(name, None)
        if "due" in named:
            data.pop("due_day", None)
        data |= named
        if self.period is None:
            return Target.model_validate(data)
        data |= {"cadence": self._cadence(base), "year": self.period}
        data.pop("due", None)
        data.pop("due_day", None)
        return YearlyTarget.model_validate(data)

    def _dropped(self, base: Target | None) -> tuple[str, ...]:
        """What of another target does not go with the comparison that this one names."""
        if self.comparison is None or (base is not None and self.comparison == base.comparison):
            return ()
        kind = KINDS[self.comparison]
        strange = kind.against_start or kind.of_others or (base and base.kind.of_others)
        return tuple(name for name in (*NUMBERS, "better") if name not in kind.keys or strange)

    def told(self, base: Target | None, by: Mapping[str, OwnTarget]) -> dict[str, OwnTarget]:
        """Which own target tells what of this one ``over`` another, given who tells that one's."""
        dropped = self._dropped(base)
        kept = {name: one for name, one in by.items() if name not in dropped}
        return kept | dict.fromkeys(self.model_fields_set, self)

    def whole(self, base: Target | None) -> Target | None:
        """The same, None where it cannot be made whole or where none is set."""
        try:
            return None if self.no_target else self.over(base)
        except ValidationError:
            return None  # which is told when the plan is read

    def _cadence(self, base: Target | None) -> Cadence:
        """How a target of one period is judged: in a plan of quarters, perhaps quarter by quarter."""
        if base is not None and base.cadence in RECURRING:
            return base.cadence
        year = self.period is None or frequency_of(self.period) is Frequency.year
        return Cadence.every_year if year else Cadence.every_period


_TARGET = frozenset(Target.model_fields) & frozenset(OwnTarget.model_fields)


Told = dict[int, tuple[Target, Mapping[str, OwnTarget]]]


class OwnTargets:
    """The own targets of a goal, by their place."""

    def __init__(self, goal: Goal) -> None:
        self.goal = goal
        self.by_place = {one.place: one for one in goal.targets}
        self.areas = frozenset(one.area for one in goal.targets if one.area)
        self.steps: dict[tuple[str, str], list[OwnTarget]] = {}  # by area and group
        self._of_area: dict[str, list[OwnTarget]] = {}
        for one in goal.targets:
            if one.area is not None:
                self._of_area.setdefault(one.area, []).append(one)
            if one.period is not None:
                self.steps.setdefault((one.area or ANY, one.group or ""), []).append(one)

    def of(self, area: str, group: str) -> tuple[OwnTarget, ...]:
        """Those of an area that bear on a group: its own ones and those of everybody."""
        return tuple(
            one for one in self._of_area.get(area, ()) if one.group is None or one.group == group
        )

    def placed(self, area: str | None, group: str, told: Told | None = None) -> dict[str, Any]:
        """What the goal says in an area and a group: the fields of it that its own targets replace.

        ``aimed`` says whether a target was set there at all. Without an area it is what holds
        wherever nothing else is said. ``told`` is filled with each target that was made and which
        own target tells what of it, by its ``id``.
        """

        def over(one: OwnTarget, base: Target | None) -> Target:
            made = one.over(base)
            if told is not None:
                _, by = told.get(id(base), (None, {}))
                told[id(made)] = made, one.told(base, by)
            return made

        goal, base = self.goal, self.goal.target
        if not goal.targets:
            return _everywhere(goal, group)
        own = self.by_place.get((area, "", None)) if area else None
        steps = self._steps(area, "")
        if own is not None:
            aimed = not own.no_target
            base = base if own.no_target else over(own, base)
        else:
            stays = goal.other_areas == "same_target" and bool(base or self.steps.get((ANY, "")))
            aimed = area is None or stays or bool(area and self.steps.get((area, "")))
        yearly: dict[int, Target] = {}
        for one in steps:
            year = one.period or 0
            yearly[year] = over(one, yearly.get(year) or base)
        baseline = own.baseline if own is not None and own.baseline is not None else goal.baseline
        term = goal.term_target
        if group:
            baseline = None
            whole = base or next(iter(yearly.values()), None) or self.any_target()
            of_group = self.by_place.get((area or ANY, group, None)) or self.by_place.get(
                (ANY, group, None)
            )
            steps, of_whole = self._steps(area, group), yearly
            if of_group is not None:
                aimed, yearly, term = not of_group.no_target, {}, None
                base = base if of_group.no_target else over(of_group, whole)
                whole, of_whole = base or whole, {}
            elif whole.basis is Basis.count:
                aimed, term = False, None
                base, yearly = (None, {}) if steps else (base, yearly)
            for one in steps:
                year = one.period or 0
                yearly = yearly | {year: over(one, yearly.get(year) or of_whole.get(year) or whole)}
                aimed, term = True, None
        main = base or next(iter(yearly.values()), None) or self.any_target()
        yearly = yearly if aimed else {}
        return {
            "target": base if yearly else main,
            "yearly": tuple(yearly[year] for year in sorted(yearly)),
            "term_target": _of_term(term, base, yearly) if aimed else None,
            "baseline": baseline,
            "targets": (),
            "aimed": aimed,
        }

    def _steps(self, area: str | None, group: str) -> list[OwnTarget]:
        """The targets of single periods, those of any area before those of this one."""
        own = self.steps.get((area, group), []) if area else []
        return [*self.steps.get((ANY, group), []), *own]

    def any_target(self) -> Target:
        """A target of the goal, to tell what its figures are."""
        made = (one.whole(self.goal.target) for one in self.goal.targets)
        return next(one for one in made if one is not None)  # the model refuses a goal without


def _everywhere(goal: Goal, group: str) -> dict[str, Any]:
    """A goal that says the same of every area and group."""
    main = goal.main_target()
    if group and main.basis is Basis.count:
        plain = {"target": main, "readings": (), "yearly": (), "term_target": None}
        return {**plain, "baseline": None, "aimed": False}
    return {"baseline": None if group else goal.baseline, "aimed": True}


def _of_term(term: Target | None, base: Target | None, yearly: dict[int, Target]) -> Target | None:
    """A goal with steps on the way is still held against its target at the end."""
    if term is None and yearly and base is not None:
        return None if base.cadence in RECURRING else base
    return term
