"""One goal looked at in one view: its figures, its verdict, what if, the rest of the way, others beside it.

What is supposed of figures changes nothing that was reported: it is another evaluation.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from planlib.errors import refused, said
from planlib.evaluation import Evaluation
from planlib.evaluation.checked import known_group
from planlib.evaluation.outlook import AreaAhead, GoalOutlook
from planlib.evaluation.verdicts import GoalVerdict
from planlib.figures.observations import KEY, NUMBER_COLUMNS, UNDATED, vintage_text
from planlib.plan.brief import Brief
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import CHANGES, RECURRING, Basis, Target
from planlib.review.natural import by_level, natural
from planlib.review.profile import Profile, points, profile
from planlib.scoring.pace import adds_up
from planlib.scoring.verdict import JUDGED, REACHED

TERM = "term"


@dataclass(frozen=True)
class GoalView:
    """What of a goal is looked at.

    ``period`` is one of the plan, or ``term``; without one the latest that could be judged.
    ``figure`` is supposed to be the period's, in the unit the figures are in, ``pace`` what the next
    period adds to it (for a total of amounts: what it brings). ``beside`` are other areas.
    """

    period: int | str | None = None
    group: str = ""
    reading: str = ""
    beside: tuple[str, ...] = ()
    figure: float | None = None
    pace: float | None = None


@dataclass(frozen=True)
class Step:
    """What one of the remaining periods must bring, and the figure at its end."""

    period: int
    change: float
    figure: float


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
    _read: dict[tuple[str, str], Evaluation] = field(default_factory=dict)
    _seen: dict[tuple[str, str, str, str], Profile] = field(default_factory=dict)
    _ahead: dict[tuple[str, str, str, int], AreaAhead] = field(default_factory=dict)

    def look(self, area: str, goal_id: str, view: GoalView) -> Explored:
        """One goal in one view. Raises InputError for what is unknown or cannot be supposed."""
        given, goal = self.evaluation, self.evaluation.goal(goal_id)
        area = given.area(area)
        group = known_group(given.plan, goal, view.group) if view.group else ""
        read = self._read_as(goal.id, view.reading)
        own = read.plan.frequency_of(goal)
        if own.in_year < read.plan.frequency.in_year:
            read = read.along(own)
        seen = self._profile(read, area, goal.id, group, view.reading)
        whole_term = view.period == TERM
        if view.period in {None, ""}:
            judged = [one.year for one in seen.verdicts if one.verdict in JUDGED]
            at = judged[-1] if judged else seen.plan.years[-1]
        else:
            read, at = read.at(seen.plan.years[-1] if whole_term else view.period or "")
            if read.plan.frequency is not seen.plan.frequency:
                seen = profile(read, area, goal.id, group)
        asked = read.plan.goal(goal.id)
        asked = asked.in_group(group) if group else asked
        verdict = read.verdict_of(asked, area, None if whole_term else at)
        figure = _known(read, seen, area, at)
        values = _supposed(read.plan, asked, view, at, figure)
        ahead = None if group else self._of_area(read, goal.id, area, view.reading, at)
        supposed, ahead_supposed, shown = None, None, read
        if values:
            through = max(map(int, values))
            shown = read.what_if({goal.id: values}, area, group)
            seen = profile(shown, area, goal.id, group)
            supposed = shown.verdict_of(asked, area, None if whole_term else through)
            ahead_supposed = None if group else AreaAhead(shown, area, through).of(goal.id)
        standing = supposed or verdict
        others = tuple(read.area(one) for one in view.beside)
        return Explored(
            evaluation=shown, profile=seen, figures=natural(shown, seen), verdict=verdict,
            supposed=supposed, ahead=ahead, ahead_supposed=ahead_supposed, figure=figure,
            effort=effort(read.plan, standing),
            beside=tuple(
                read.verdict_of(asked, one, None if whole_term else at)
                for one in dict.fromkeys(others) if one != area
            ),
        )  # fmt: skip

    def _profile(
        self, read: Evaluation, area: str, goal: str, group: str, reading: str
    ) -> Profile:  # fmt: skip
        key = (area, goal, group, reading)
        if key not in self._seen:
            kept = list(self._seen.items())[-15:]
            self._seen = {**dict(kept), key: profile(read, area, goal, group)}
        return self._seen[key]

    def _read_as(self, goal: str, reading: str) -> Evaluation:
        if not reading:
            return self.evaluation
        if (goal, reading) not in self._read:
            self._read = {(goal, reading): self.evaluation.read_as({goal: reading})}
        return self._read[goal, reading]

    def _of_area(
        self, read: Evaluation, goal: str, area: str, reading: str, at: int
    ) -> GoalOutlook:  # fmt: skip
        key = (goal if reading else "", reading, area, at)
        if key not in self._ahead:
            kept = list(self._ahead.items())[-15:]
            self._ahead = {**dict(kept), key: AreaAhead(read, area, at)}
        return self._ahead[key].of(goal)


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


def effort(plan: Plan, verdict: GoalVerdict) -> tuple[Step, ...]:
    """What is left of the way to a target, spread evenly over the periods that remain.

    A target with a deadline, or over the term, is reached in equal steps; one of every period is
    to be reached in the next and held. Nothing where the target is no number of the figure's own
    (a change, a figure of others, a yes), where there is no figure, or where the time is up.
    """
    target, value = verdict.target, verdict.value
    if verdict.term and target is None:
        target = verdict.goal.target_for(plan.years[-1])
    if target is None or value is None or not _spreads(target):
        return ()
    last = plan.years[-1] if target.due is None else target.due
    left = [one for one in plan.years if verdict.year < one <= last]
    if target.cadence in RECURRING:
        return _each(verdict, left, value)
    if not left or target.near is None:
        return ()
    change = 0.0 if verdict.verdict in REACHED else (target.near - value) / len(left)
    return tuple(
        Step(one, _plain(change), _plain(value + change * step))
        for step, one in enumerate(left, start=1)
    )


def _spreads(target: Target) -> bool:
    kind = target.kind
    return (
        kind.figure == "number" and not kind.of_others and not kind.against_start
        and target.basis not in CHANGES and target.near is not None
    )  # fmt: skip


def _each(verdict: GoalVerdict, left: list[int], value: float) -> tuple[Step, ...]:
    found, before = [], value
    for one in left:
        target = verdict.goal.target_for(one)
        if target is None or target.near is None:
            continue
        short = before < target.near if target.better != "lower" else before > target.near
        after = target.near if short else before
        found.append(Step(one, _plain(after - before), _plain(after)))
        before = after
    return tuple(found)


def _plain(number: float) -> float:
    """A number without binary dust."""
    return float(f"{number:.12g}")
