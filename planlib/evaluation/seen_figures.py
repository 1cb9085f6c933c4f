"""A plan and its figures as known on a day and seen by an audience, and the same asked otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from planlib.disclosure import published
from planlib.errors import InputError, Problem, said
from planlib.evaluation.certainty import LearnedOnce
from planlib.evaluation.checked import (
    AsOf,
    day_of,
    known_area,
    known_areas,
    known_goal,
    known_group,
    known_period,
)
from planlib.evaluation.others import figures_about
from planlib.evaluation.scores import AreaScores
from planlib.evaluation.supposed import Supposed, with_supposed
from planlib.figures.observations import Observations, State, newest_day, vintage_text
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency, frequency_of
from planlib.plan.plan import Plan


@dataclass(frozen=True, init=False, repr=False, eq=False)
class SeenFigures:
    """What ``Evaluation`` says of its figures; see there.

    ``plan`` is the one in force on the as-of day, ``figures`` those the audience may see, ``as_of``
    a day number or None for every report, ``learned`` what its figures teach of revisions.
    ``partial`` says that something is withheld.
    """

    plan: Plan
    figures: Observations
    as_of: int | None
    audience: str
    partial: bool
    _original: Observations
    _seen: Observations
    _whole: Observations
    _supposed: tuple[Supposed, ...]
    _blocks: list[AreaScores]
    _scores: dict[str, AreaScores]
    _earlier: dict[tuple[str, int], AreaScores]
    _views: dict[Frequency, Self]
    learned: LearnedOnce

    def __init__(
        self,
        plan: Plan,
        figures: Observations,
        as_of: AsOf = None,
        audience: str = "internal",
        *,
        supposed: Sequence[Supposed] = (),
        whole: Observations | None = None,
    ) -> None:
        day = day_of(as_of)
        seen = published(plan, figures, audience, day)
        reported = seen.observations if whole is None else whole
        known = seen.observations
        if supposed:
            known = with_supposed(known, supposed, newest_day(reported) if day is None else day)
        held = {
            "plan": plan.in_force(day),
            "figures": known,
            "as_of": day,
            "audience": audience,
            "partial": bool(seen.withheld),
            "_original": figures,
            "_seen": seen.observations,
            "_whole": reported,
            "_supposed": tuple(supposed),
            "_blocks": [],
            "_scores": {},
            "_earlier": {},
            "_views": {},
            "learned": LearnedOnce(plan.in_force(day), reported, day),
        }
        for name, value in held.items():
            object.__setattr__(self, name, value)

    def __getstate__(self) -> dict[str, Any]:
        """What leaves this process is what its audience may see, and nothing that was scored."""
        return self.__dict__ | {
            "_original": self.figures, "_seen": self.figures, "_whole": self.figures,
            "_supposed": (), "_blocks": [], "_scores": {}, "_earlier": {}, "_views": {},
        }  # fmt: skip

    def _again(self, **other: Any) -> Self:
        """The same question of the figures as they were given, with something else about it."""
        asked: dict[str, Any] = {
            "as_of": self.as_of, "audience": self.audience, "supposed": self._supposed,
        } | other  # fmt: skip
        return type(self)(self.plan, self._original, **asked)

    def _seen_too(
        self, *, plan: Plan | None = None, figures: Observations | None = None,
        supposed: Sequence[Supposed] | None = None,
    ) -> Self:  # fmt: skip
        """The same day and audience, so that what it may see need not be found out again."""
        made = type(self)(
            self.plan if plan is None else plan, self._seen if figures is None else figures,
            self.as_of, self.audience,
            supposed=self._supposed if supposed is None else supposed, whole=self._whole,
        )  # fmt: skip
        held: dict[str, Any] = {"partial": self.partial, "_original": self._original}
        if plan is None:
            held["learned"] = self.learned
        for name, value in held.items():
            object.__setattr__(made, name, value)
        return made

    def about(self, areas: Sequence[str]) -> Self:
        """The same with the figures of some areas, and of those that theirs are held against.

        Every verdict on them is as it was, in far less time where there are thousands of areas.
        Forecasts lean on other areas too: give those (``pooled_areas``). Another day or audience is
        again about all.
        """
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
            plan = self.plan.along(frequency)
            other = self._seen_too(plan=plan)
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
        return self.figures.public

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The areas the plan follows, then the others that have figures."""
        return known_areas(self.plan, self.figures)

    @cached_property
    def _known_areas(self) -> frozenset[str]:
        return frozenset(self.areas)

    def area(self, name: str | None = None) -> str:
        """The area of that name, the first one by default. Raises InputError."""
        return name if name in self._known_areas else known_area(self.plan, self.figures, name)

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
