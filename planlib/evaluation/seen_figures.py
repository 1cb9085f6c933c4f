"""A plan and its figures as known on a day and seen by an audience, and the same asked otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

from planlib.disclosure.publishing import known_audience
from planlib.errors import InputError, Problem, said
from planlib.evaluation.certainty import LearnedOnce
from planlib.evaluation.checked import (
    AsOf,
    day_of,
    known_area,
    known_goal,
    known_group,
    known_period,
)
from planlib.evaluation.given.figures import GivenFigures
from planlib.evaluation.given.supposed import Supposed, with_supposed
from planlib.evaluation.others import figures_about
from planlib.evaluation.scores import AreaScores
from planlib.figures.observations import Observations, State, newest_day, vintage_text
from planlib.outlook.portfolio import areas_with_figures
from planlib.plan.audience import PUBLIC
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency, frequency_of
from planlib.plan.plan import Plan


@dataclass(frozen=True, init=False, repr=False, eq=False)
class SeenFigures:
    """What ``Evaluation`` says of its figures; see there.

    ``plan`` is the one in force on the as-of day, ``as_of`` a day number or None for every report,
    ``learned`` what its figures teach of revisions.
    """

    plan: Plan
    as_of: int | None
    audience: str
    _given: GivenFigures
    _of_all: bool  # not narrowed to some areas
    _supposed: tuple[Supposed, ...]
    _blocks: list[AreaScores]
    _scores: dict[str, AreaScores]
    _earlier: dict[tuple[str, int], AreaScores]
    _views: dict[Frequency, Self]
    _together: int  # areas scored in one go where one is asked for
    _many_of: Self | None  # whose scores it shares, as one of many
    learned: LearnedOnce

    def __init__(
        self,
        plan: Plan,
        figures: Observations,
        as_of: AsOf = None,
        audience: str = "internal",
        *,
        supposed: Sequence[Supposed] = (),
        given: GivenFigures | None = None,
    ) -> None:
        day = day_of(as_of)
        given = given or GivenFigures(plan, figures, known_audience(audience))
        held: dict[str, Any] = {
            "plan": plan.in_force(day),
            "as_of": day,
            "audience": audience,
            "_given": given,
            "_of_all": True,
            "_supposed": tuple(supposed),
            "_blocks": [],
            "_scores": {},
            "_earlier": {},
            "_views": {},
            "_together": 1,
            "_many_of": None,
            "learned": LearnedOnce(plan.in_force(day), given, day),
        }
        for name, value in held.items():
            object.__setattr__(self, name, value)

    @cached_property
    def _seen(self) -> Observations:
        """The figures the audience may see, without what is supposed."""
        return self._given.release(self.as_of)

    @cached_property
    def figures(self) -> Observations:
        """The figures the audience may see."""
        if not self._supposed:
            return self._seen
        day = newest_day(self._given.figures) if self.as_of is None else self.as_of
        return with_supposed(self._seen, self._supposed, day)

    @cached_property
    def partial(self) -> bool:
        """Whether something is withheld."""
        return self._given.withholds(self.as_of)

    def __getstate__(self) -> dict[str, Any]:
        """What leaves this process is what its audience may see, and nothing that was scored."""
        figures = self.figures
        given = GivenFigures(self.plan, figures, self.audience)
        seen = GivenFigures(self.plan, self._given.release(self.as_of), self.audience)
        return self.__dict__ | {
            "figures": figures, "partial": self.partial, "_seen": figures, "_given": given,
            "_of_all": True, "learned": replace(self.learned, given=seen),
            "_supposed": (), "_blocks": [], "_scores": {}, "_earlier": {}, "_views": {}, "_many_of": None,
        }  # fmt: skip

    def _again(self, **other: Any) -> Self:
        """The same question of the figures as they were given, with something else about it."""
        asked: dict[str, Any] = {
            "as_of": self.as_of, "audience": self.audience, "supposed": self._supposed,
        } | other  # fmt: skip
        if asked["audience"] == self.audience:
            asked["given"] = self._given
        return type(self)(self.plan, self._given.figures, **asked)

    def _seen_too(
        self, *, plan: Plan | None = None, figures: Observations | None = None,
        supposed: Sequence[Supposed] | None = None,
    ) -> Self:  # fmt: skip
        """The same day and audience, so that what it may see need not be found out again."""
        made = type(self)(
            self.plan if plan is None else plan, self._given.figures, self.as_of, self.audience,
            supposed=self._supposed if supposed is None else supposed, given=self._given,
        )  # fmt: skip
        narrowed = figures is not None
        held: dict[str, Any] = {"_seen": figures if narrowed else self._seen}
        held["_of_all"] = self._of_all and not narrowed
        if "partial" in self.__dict__:
            held["partial"] = self.partial
        if plan is None:
            held["learned"] = self.learned
        for name, value in held.items():
            object.__setattr__(made, name, value)
        return made

    def one_of_many(self, together: int) -> Self:
        """The same, to be asked of one area; those that follow are scored with it, for the next ones.

        What is found out about an area beyond its scores goes with the value given here.
        """
        made = self._seen_too()
        for name in ("plan", "_blocks", "_scores"):  # the plan in force, whose goals those are of
            object.__setattr__(made, name, getattr(self, name))
        object.__setattr__(made, "_together", together)
        object.__setattr__(made, "_many_of", self)
        return made

    def about(self, areas: Sequence[str]) -> Self:
        """The same with the figures of some areas, and of those that theirs are held against.

        Every verdict on them is as it was, in far less time where there are thousands of areas.
        Forecasts lean on other areas too: give those (``pooled_areas``). Another day or audience is
        again about all.
        """
        if self._of_all:
            return self._seen_too(figures=self._given.about(self.plan, self.as_of, areas))
        return self._seen_too(figures=figures_about(self.plan, self._seen, areas))

    def seen_by(self, audience: str) -> Self:
        """The same for another audience, ``public`` or ``internal``. Raises InputError."""
        return self if audience == self.audience else self._again(audience=audience)

    def as_known_on(self, as_of: AsOf) -> Self:
        """The same as known on another day; None or "" for every report. Raises InputError."""
        day = day_of(as_of)
        return self if day == self.as_of else self._again(as_of=day)

    def along(self, frequency: Frequency) -> Self:
        """The same along periods of another length: whole years of a plan with quarters, say."""
        if frequency is self.plan.frequency:
            return self
        if frequency not in self._views:
            if self._many_of is not None:  # what is scored along these periods is shared too
                other = self._many_of.along(frequency).one_of_many(self._together)
            else:
                other = self._seen_too(plan=self.plan.along(frequency))
            object.__setattr__(other, "_views", self._views)
            object.__setattr__(other, "learned", self.learned)
            self._views[self.plan.frequency] = self
            self._views[frequency] = other
        return self._views[frequency]

    def at(self, period: int | str) -> tuple[Self, int]:
        """The evaluation along periods as long as one, and that period. Raises InputError."""
        code = known_period(self.plan, period)
        return self.along(frequency_of(code)), code

    def replayed_on(self, day: int) -> Self:
        """Another day by what this audience sees now: what has been withheld since stays withheld."""
        return type(self)(self.plan, self.figures, day, self.audience)

    def what_if(
        self, values: Mapping[str, Mapping[str | int, float]], area: str | None = None,
        group: str = "",
    ) -> Self:  # fmt: skip
        """The same with some figures supposed: goal, year and value in the unit of the goal.

        ``area`` is the first one by default, ``group`` everybody. The supposed figures are marked
        as estimates; nothing that was reported goes, and nothing withheld comes to light. Raises
        InputError.
        """
        place = self.area(area)
        found = list(self._supposed)
        for name, years in values.items():
            goal = self.goal(name)
            if goal.main_target().kind.figure == "members":
                message = said("evaluation.goal-has-members", goal=goal.id)
                raise InputError([Problem(message)])
            of = known_group(self.plan, goal, group)
            for year, value in years.items():
                at = known_period(self.plan, year, with_baseline=True)
                found.append(Supposed(place, goal.id, at, float(value), of))
        return self._seen_too(supposed=found)

    # ---------------------------------------------------------------- what it is about

    @property
    def as_of_text(self) -> str | None:
        """The as-of day as an ISO text; None where every report counts."""
        return vintage_text(self.as_of) if self.as_of else None

    @property
    def public(self) -> bool:
        """Whether the figures have been through disclosure."""
        return self.audience == PUBLIC or self._given.figures.public

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas the plan follows, then the others that have figures."""
        return self._given.known_areas

    @cached_property
    def reported_areas(self) -> list[str]:
        """The areas that have any figure, in the order of the rows."""
        if self._of_all and not self._supposed:
            return self._given.reported_areas(self.as_of)
        return areas_with_figures(self.figures)

    def area(self, name: str | None = None) -> str:
        """The area of that name, the first one by default. Raises InputError."""
        return (
            name
            if name in self._given.area_names
            else known_area(self.plan, self._given.figures, name)
        )

    def goal(self, name: str) -> Goal:
        """The goal of that id, as it is in force. Raises InputError."""
        return self.plan.goal(known_goal(self.plan, name))

    def illustrative(self, area: str) -> bool:
        """Whether any figure of an area is made up."""
        return self.figures.of_area(area).illustrative

    def last_year(self, area: str) -> int:
        """The last year of the term that any figure of an area is known for; the first, if none."""
        frame = self.figures.of_area(area).frame
        if self.as_of is not None:
            frame = frame[frame["vintage"] <= self.as_of]
        known = frame.loc[frame["state"].isin([State.measured, State.estimate]), "year"]
        calendar, along = self.plan.calendar, self.plan.frequency
        ended = {calendar.within(int(year), along) for year in known.unique()}
        return max(ended & {*self.plan.years}, default=self.plan.years[0])
