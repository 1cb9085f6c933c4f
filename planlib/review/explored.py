"""One goal looked at in one view: its figures, its verdict, what if, the rest of the way, others beside it.

What is supposed of figures changes nothing that was reported: it is another evaluation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import numpy as np

from planlib.errors import refused, said
from planlib.evaluation import Evaluation
from planlib.evaluation.checked import known_group
from planlib.evaluation.outlook import AreaAhead, GoalOutlook
from planlib.evaluation.verdicts import GoalVerdict
from planlib.figures.observations import KEY, NUMBER_COLUMNS, UNDATED, vintage_text
from planlib.outlook.portfolio import pooled_areas
from planlib.plan.brief import Brief
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import CHANGES, Basis
from planlib.review.effort import Step, effort
from planlib.review.natural import by_level, natural
from planlib.review.profile import Profile, points, profile
from planlib.scoring.pace import adds_up
from planlib.scoring.verdict import JUDGED

TERM = "term"
K = TypeVar("K")
M = TypeVar("M")


@dataclass(frozen=True)
class GoalView:
    """What of a goal is looked at.

    ``period`` is one of the plan, or ``term``; without one the latest that could be judged, else the
    latest that is over.
    ``figure`` is supposed to be the period's, in the unit the figures are in, ``pace`` what the next
    period adds to it (for a total of amounts: what it brings). ``beside`` are other areas.
    """

    period: int | str | None = None
    group: str = ""
    reading: str = ""
    beside: tuple[str, ...] = ()
    figure: float | None = None
    pace: float | None = None


@dataclass(frozen=True, repr=False)
class Explored(Brief):
    """One goal in one view.

    ``profile`` is with what is supposed, ``figures`` are the figures themselves of a goal that is
    stated as a change. ``verdict`` is by what was reported; ``supposed`` by what is supposed, in
    the last period anything is supposed of. ``ahead`` and ``ahead_supposed`` are seen from the
    whole year over by then; None of a group, which is not forecast. ``figure`` is what the figure of
    the period was reported to be, in the unit figures are supposed in. ``effort`` spreads what is
    left of the way evenly.
    """

    evaluation: Evaluation
    profile: Profile
    figures: Profile | None
    verdict: GoalVerdict
    supposed: GoalVerdict | None
    ahead: GoalOutlook | None
    ahead_supposed: GoalOutlook | None
    figure: float | None
    effort: tuple[Step, ...]
    beside: tuple[GoalVerdict, ...]

    @property
    def goal(self) -> Goal:
        """The goal, as it is read and in its group."""
        return self.profile.goal

    @property
    def standing(self) -> GoalVerdict:
        """The verdict the rest of the way starts from: by what is supposed, if anything is."""
        return self.supposed or self.verdict


@dataclass(repr=False)
class Explorer(Brief):
    """An evaluation looked at goal by goal; what several views need is worked out once."""

    evaluation: Evaluation
    _near: dict[tuple[str, ...], Evaluation] = field(default_factory=dict)
    _read: dict[tuple[str, ...], Evaluation] = field(default_factory=dict)
    _seen: dict[tuple[str, ...], Profile] = field(default_factory=dict)
    _ahead: dict[tuple[str, str, str, int], AreaAhead] = field(default_factory=dict)
    _pools: dict[str, tuple[Evaluation, tuple[str, ...]]] = field(default_factory=dict)

    @cached_property
    def _with_figures(self) -> list[str]:
        return self.evaluation.reported_areas

    def near(self, areas: tuple[str, ...]) -> Evaluation:
        """The evaluation of a few areas alone."""
        return _kept(self._near, areas, lambda: self.evaluation.about(areas))

    def look(self, area: str, goal_id: str, view: GoalView) -> Explored:
        """One goal in one view. Raises InputError for what is unknown or cannot be supposed."""
        given, goal = self.evaluation, self.evaluation.goal(goal_id)
        area = given.area(area)
        group = known_group(given.plan, goal, view.group) if view.group else ""
        others = [one for one in dict.fromkeys(map(given.area, view.beside)) if one != area]
        read = self._read_as(goal.id, view.reading, (area, *others))
        own = read.plan.frequency_of(goal)
        if own.in_year < read.plan.frequency.in_year:
            read = read.along(own)
        seen = self._profile(read, area, goal.id, group, view.reading)
        whole_term = view.period == TERM
        if view.period in {None, ""}:
            judged = [one.year for one in seen.verdicts if one.verdict in JUDGED]
            at = judged[-1] if judged else self.latest_over(seen.plan, area)
        else:
            read, at = read.at(seen.plan.years[-1] if whole_term else view.period or "")
            if read.plan.frequency is not seen.plan.frequency:
                seen = profile(read, area, goal.id, group)
        read.score([area, *others])
        asked = read.plan.goal(goal.id)
        asked = asked.in_group(group) if group else asked
        verdict = read.verdict_of(asked, area, None if whole_term else at)
        figure = _known(read, seen, area, at)
        values = _supposed(read.plan, asked, view, at, figure)
        ahead = None
        if not group:
            ahead = self._of_area(read, goal.id, area, view.reading, at).of(goal.id)
        supposed, ahead_supposed, shown = None, None, read
        if values:
            through = max(map(int, values))
            shown = read.what_if({goal.id: values}, area, group)
            seen = profile(shown, area, goal.id, group)
            supposed = shown.verdict_of(asked, area, None if whole_term else through)
            if not group:
                known = self._of_area(read, goal.id, area, view.reading, through)
                figures = self._pool(area)[0].what_if({goal.id: values}, area).figures
                ahead_supposed = known.supposing(shown, figures, goal.id).of(goal.id)
        standing = supposed or verdict
        return Explored(
            evaluation=shown, profile=seen, figures=natural(shown, seen), verdict=verdict,
            supposed=supposed, ahead=ahead, ahead_supposed=ahead_supposed, figure=figure,
            effort=effort(read.plan, standing),
            beside=tuple(
                read.verdict_of(asked, one, None if whole_term else at) for one in others
            ),
        )  # fmt: skip

    def latest_over(self, plan: Plan, area: str) -> int:
        """The latest period that was over on the day, or that anybody has a figure of; else the first.

        It is the one to look at first where nothing could be judged.
        """
        given, calendar = self.evaluation, plan.calendar
        if given.as_of is None:
            told = given.figures.frame["year"].unique()
            ended = {calendar.within(int(code), plan.frequency) for code in told}
        else:
            ended = {year for year in plan.years if calendar.end(year) <= given.as_of}
        return max(ended & {*plan.years}, default=plan.years[0])

    def _profile(
        self, read: Evaluation, area: str, goal: str, group: str, reading: str
    ) -> Profile:  # fmt: skip
        key = (area, goal, group, reading)
        return _kept(self._seen, key, lambda: profile(read, area, goal, group))

    def _read_as(self, goal: str, reading: str, areas: tuple[str, ...]) -> Evaluation:
        near = self.near(areas)
        if not reading:
            return near
        return _kept(self._read, (goal, reading, *areas), lambda: near.read_as({goal: reading}))

    def _of_area(
        self, read: Evaluation, goal: str, area: str, reading: str, at: int
    ) -> AreaAhead:  # fmt: skip
        def made() -> AreaAhead:
            pool, areas = self._pool(area)
            return AreaAhead(read, area, at, pool=(pool.figures, areas))

        return _kept(self._ahead, (goal if reading else "", reading, area, at), made)

    def _pool(self, area: str) -> tuple[Evaluation, tuple[str, ...]]:
        """The evaluation of the areas that a forecast of one leans on, and which they are."""

        def made() -> tuple[Evaluation, tuple[str, ...]]:
            areas = pooled_areas(self._with_figures, area)
            return self.evaluation.about(areas), areas

        return _kept(self._pools, area, made, most=2)


def _kept(held: dict[K, M], key: K, make: Callable[[], M], *, most: int = 16) -> M:
    """What was made for a key, made now if it was not; the oldest of too many goes."""
    if (found := held.get(key)) is None:
        found = held[key] = make()
        for oldest in list(held)[:-most]:
            held.pop(oldest, None)
    return found


def telling_days(evaluation: Evaluation, area: str, goal_id: str) -> tuple[str, ...]:
    """The days of the reports that say something new of a goal in an area, as ISO texts, oldest first.

    After any other report, one that repeats what was known too, the goal looks as before. Of a goal
    that is held against other areas or goals, reports of those count too.
    """
    goal, frame = evaluation.goal(goal_id), evaluation.figures.frame
    others = any(target.kind.of_others for target in goal.all_targets())
    named = {target.to.goal for target in goal.all_targets() if target.to is not None}
    rows = frame["goal"].isin([goal.id, *(one for one in named if one)])
    if not others:
        rows &= frame["area"] == area
    held = frame[rows].sort_values("vintage", kind="stable")
    keys = [name for name in KEY if name in held and name != "vintage"]
    told = held[[*NUMBER_COLUMNS, "state"]].fillna(np.inf)
    before = told.groupby([held[name].astype(str) for name in keys]).shift()
    new = (told != before).any(axis=1)  # the first report of a figure, or another one
    days = sorted({int(day) for day in held.loc[new, "vintage"].unique()})
    return tuple(text for day in days if day > UNDATED and (text := vintage_text(day)))


def can_suppose(goal: Goal) -> bool:
    """Whether a figure of a goal can be supposed: it is a number, not a yes or a list of members."""
    return goal.main_target().kind.figure == "number"


def supposed_in(goal: Goal) -> Goal:
    """The goal by the figures that are supposed: those that a quota or a change is made of."""
    target = goal.main_target()
    if target.basis in CHANGES or target.basis is Basis.quota:
        return by_level(goal, target, None)
    return goal


def _known(evaluation: Evaluation, seen: Profile, area: str, at: int) -> float | None:
    """The figure reported for a period, in the unit figures are supposed in."""
    goal = supposed_in(seen.goal)
    found = seen.points
    if goal is not seen.goal:
        found = points(evaluation, area, [goal], seen.plan.years[-1])[goal.id]
    return next((one.value for one in found if one.newest and one.year == at), None)


def _supposed(
    plan: Plan, goal: Goal, view: GoalView, at: int, figure: float | None
) -> dict[str | int, float]:
    """The figures of a period and of the next that are supposed."""
    if view.figure is None and view.pace is None:
        return {}
    subject = said("figures.goal-subject", goal=goal.id)
    if not can_suppose(goal):
        raise refused(said("evaluation.nothing-to-suppose"), subject=subject)
    found: dict[str | int, float] = {} if view.figure is None else {at: view.figure}
    if view.pace is None:
        return found
    later = [one for one in plan.years if one > at]
    if not later:
        raise refused(said("evaluation.no-period-after", period=at), subject=subject)
    total = adds_up(goal.main_target())
    start = figure if view.figure is None else view.figure
    if start is None and not total:
        raise refused(said("evaluation.no-figure-to-start-from", period=at), subject=subject)
    found[later[0]] = view.pace if total else (start or 0.0) + view.pace
    return found
