"""A plan and its figures, resolved for one day and one audience, with every verdict remembered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
from planlib.evaluation.scores import AreaScores, of_latest_year
from planlib.evaluation.supposed import Supposed, with_supposed
from planlib.evaluation.verdicts import GoalVerdict, term_verdict, year_verdict
from planlib.figures.observations import Observations, State, vintage_text
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency, frequency_of
from planlib.plan.plan import Plan
from planlib.scoring.verdict import Codes

TOGETHER = 500  # areas scored in one go: enough to be fast, few enough to be small
MOST_CELLS = 2_000_000  # goals × areas × years that are remembered: some 200 MB


@dataclass(frozen=True, init=False, repr=False, eq=False)
class Resolved:
    """What ``Evaluation`` is made of; see there. The parts of this room take it as their one input.

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
    ) -> None:
        day = day_of(as_of)
        seen = published(plan, figures, audience, day)
        known = with_supposed(seen.observations, supposed, day)
        held = {
            "plan": plan.in_force(day),
            "figures": known,
            "as_of": day,
            "audience": audience,
            "partial": bool(seen.withheld),
            "_original": figures,
            "_supposed": tuple(supposed),
            "_blocks": [],
            "_scores": {},
            "_earlier": {},
            "_views": {},
            "learned": LearnedOnce(plan.in_force(day), known, day),
        }
        for name, value in held.items():
            object.__setattr__(self, name, value)

    def __getstate__(self) -> dict[str, Any]:
        """What leaves this process is what its audience may see, and nothing that was scored."""
        return self.__dict__ | {
            "_original": self.figures, "_supposed": (), "_blocks": [], "_scores": {},
            "_earlier": {}, "_views": {},
        }  # fmt: skip

    def _again(self, **other: Any) -> Self:
        """The same question of the figures as they were given, with something else about it."""
        asked: dict[str, Any] = {
            "as_of": self.as_of, "audience": self.audience, "supposed": self._supposed,
        } | other  # fmt: skip
        return type(self)(self.plan, self._original, **asked)

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
            other = type(self)(
                plan, self._original, self.as_of, self.audience, supposed=self._supposed
            )
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
        return self._again(supposed=found)

    # ---------------------------------------------------------------- what it is about

    @property
    def as_of_text(self) -> str | None:
        """The as-of day as an ISO text; None where every report counts."""
        return vintage_text(self.as_of) if self.as_of else None

    @property
    def public(self) -> bool:
        """Whether the figures have been through disclosure."""
        return self.figures.public

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas the plan follows, then the others that have figures."""
        return known_areas(self.plan, self.figures)

    def area(self, name: str | None = None) -> str:
        """The area of that name, the first one by default. Raises InputError."""
        return known_area(self.plan, self.figures, name)

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

    # ---------------------------------------------------------------- verdicts

    def figures_about(self, areas: Sequence[str], *, ranked: bool = True) -> Observations:
        """The figures of some areas, and those of others that theirs are held against."""
        return figures_about(self.plan, self.figures, areas, ranked=ranked)

    def score(self, areas: Sequence[str]) -> None:
        """Score some areas together, those that are not yet: faster than one after another."""
        missing = [area for area in dict.fromkeys(areas) if area not in self._scores]
        for start in range(0, len(missing), TOGETHER):
            some = missing[start : start + TOGETHER]
            mine = self.figures_about(some)
            block = AreaScores(self.plan, mine, some, self.as_of, self.learned)
            self._scores.update(dict.fromkeys(some, block))
            self._blocks.append(block)
            self._forget()

    def _forget(self) -> None:
        """Let go of what was scored first, where it is more than should be remembered."""
        width = len(self.plan.goals) * (len(self.plan.years) + 1)
        while len(self._blocks) > 1 and len(self._scores) * width > MOST_CELLS:
            for area in self._blocks.pop(0).areas:
                del self._scores[area]

    def scores(self, area: str) -> AreaScores:
        """The verdicts of an area as arrays, among others perhaps that were scored with it."""
        if area not in self._scores:
            self.score([area])
        return self._scores[area]

    def scores_known_by(self, area: str, day: int) -> AreaScores:
        """The verdicts of an area by the same plan and on the same day, from what was known earlier."""
        if (area, day) not in self._earlier:
            seen = self.figures_about([area]).frame
            known = Observations(seen[seen["vintage"] <= day].reset_index(drop=True))
            self._earlier[area, day] = AreaScores(self.plan, known, [area], self.as_of)
        return self._earlier[area, day]

    def year_verdicts(
        self, area: str, year: int, goals: Iterable[str] | None = None
    ) -> tuple[GoalVerdict, ...]:
        """The verdicts of an area in a year, of all goals by default. Raises InputError."""
        view, at = self.at(year)
        if view is not self:
            return view.year_verdicts(area, at, goals)
        scores = self.scores(area)
        return tuple(year_verdict(scores, goal, area, at) for goal in self._goals(goals))

    def term_verdicts(
        self, area: str, through: int | None = None, goals: Iterable[str] | None = None
    ) -> tuple[GoalVerdict, ...]:
        """The verdicts of an area on the term so far, up to its end by default. Raises InputError."""
        view, at = self.at(self.plan.years[-1] if through is None else through)
        if view is not self:
            return view.term_verdicts(area, at, goals)
        scores = self.scores(area)
        return tuple(term_verdict(scores, goal, area, at) for goal in self._goals(goals))

    def midterm_verdicts(self, area: str, after: int) -> tuple[GoalVerdict, ...]:
        """What a mid-term review judges by: goals of every year by their latest year."""
        return self._at_midterm(area, after, self.plan.goals)

    def group_verdicts(
        self, area: str, year: int | None, goals: Iterable[str] | None = None
    ) -> tuple[GoalVerdict, ...]:
        """The verdicts of the groups of goals in a year, or on the term without one."""
        if year is not None and (view := self.at(year)[0]) is not self:
            return view.group_verdicts(area, year, goals)
        scores = self.scores(area)
        return tuple(
            self.verdict_of(one, area, year)
            for goal in self._goals(goals)
            for one in scores.groups(goal, area)
        )

    def verdict_of(self, goal: Goal, area: str, year: int | None) -> GoalVerdict:
        """The verdict on a goal, of everybody or of its group, in a year or on the term."""
        view, at = self.at(self.plan.years[-1] if year is None else year)
        if view is not self:
            return view.verdict_of(view.scores(area).panel.version(goal), area, at)
        judge = term_verdict if year is None else year_verdict
        return judge(self.scores(area), goal, area, at)

    def midterm_group_verdicts(self, area: str, after: int) -> tuple[GoalVerdict, ...]:
        """What a mid-term review judges the groups of goals by."""
        scores = self.scores(area)
        return self._at_midterm(
            area, after, [one for goal in self.plan.goals for one in scores.groups(goal, area)]
        )

    def _at_midterm(self, area: str, after: int, goals: Iterable[Goal]) -> tuple[GoalVerdict, ...]:
        scores, at = self.scores(area), known_period(self.plan, after)
        return tuple(
            (year_verdict if of_latest_year(goal) else term_verdict)(scores, goal, area, at)
            for goal in goals
        )

    def codes(self, area: str) -> Codes:
        """Codes of an area's verdicts as goals × (years of the term, then mid-term)."""
        scores = self.scores(area)
        found: Codes = scores.codes(self.plan.midterm_after)[scores.place(area)]
        return found

    def _goals(self, names: Iterable[str] | None) -> tuple[Goal, ...]:
        return self.plan.goals if names is None else tuple(map(self.goal, names))
