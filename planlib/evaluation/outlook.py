"""The outlook of one area: for every goal what is likely, how sure that is, and what it would take.

Which of the three events speaks for a goal depends on its cadence: a goal with a deadline by
*holding* at it, a total by its sum at the end, a goal to keep by *kept* every year, and a goal of
every year by *holding* in the last year of the term (as the mid-term review judges it by its latest
year), beside which *kept* says whether the whole term can still be clean. Asked for the whole term,
as `score --year term` does, *kept* speaks for it.

A figure whose year is not reported yet stays open: forecasts start from each goal's own last
figure. Where no honest probability exists the reason is told (``Silence``).
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from planlib.evaluation.checked import whole_year
from planlib.evaluation.others import held_against
from planlib.evaluation.resolved import Resolved
from planlib.evaluation.verdicts import GoalVerdict
from planlib.figures.observations import Observations
from planlib.outlook.backtest.record import Record, record_behind
from planlib.outlook.coming import Prospect, prospect, to_keep
from planlib.outlook.kinds import Kind, Silence
from planlib.outlook.met import COMMON_SHOCK, at_least, central, number_met
from planlib.outlook.pace import Required
from planlib.outlook.portfolio import Asked, Portfolio, portfolio, with_figures
from planlib.outlook.trend import Direction
from planlib.outlook.words import Outlook, outlook_word
from planlib.plan.brief import Brief
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency
from planlib.plan.plan import Plan
from planlib.plan.target import EACH_PERIOD, RECURRING, Cadence, Target
from planlib.scoring.verdict import MISSED, REACHED


@dataclass(frozen=True)
class FanYear:
    """One coming year of a fan: the ends of its 80 and 50 % intervals and its middle.

    In the goal's unit: a percentage for shares and changes, the running total for totals.
    """

    year: int
    low_80: float
    low_50: float
    middle: float
    high_50: float
    high_80: float


@dataclass(frozen=True)
class Trend:
    """The trend of the known figures since the last break, in the goal's unit a year.

    ``coverage`` is the true coverage of ``low``-``high``; None with fewer than three points.
    """

    points: int
    slope: float | None
    low: float | None
    high: float | None
    coverage: float | None
    p: float | None
    direction: Direction


@dataclass(frozen=True, repr=False)
class GoalOutlook(Brief):
    """What lies ahead of one goal.

    ``kind`` names the distribution, None where there is none, and then ``silence`` says why.
    ``word`` is None where there is no probability for another reason than too few points.
    ``event`` is the one that ``probability``, ``record`` and ``word`` are about: ``holding``,
    ``reached`` or ``kept``. ``points`` counts the figures the forecast is made from, ``last_year``
    is the year of the newest one. ``pooled`` says whether other goals and areas lent theirs,
    ``untested`` that no forecast of so many years could be held against these figures' own past yet.
    """

    goal: Goal
    target: Target | None
    verdict: GoalVerdict
    kind: Kind | None
    silence: Silence | None
    pooled: bool
    points: int
    last_year: int | None
    fan: tuple[FanYear, ...]
    reached: float | None
    holding: float | None
    kept: float | None
    event: str
    word: Outlook | None
    record: Record | None
    trend: Trend
    required: Required | None
    untested: bool = False

    @property
    def probability(self) -> float | None:
        """The probability of the event that speaks for the goal."""
        return {"holding": self.holding, "reached": self.reached, "kept": self.kept}[self.event]


@dataclass(frozen=True, repr=False)
class PlanOutlook(Brief):
    """One area's outlook, standing at the end of year ``after``.

    ``number`` is the distribution of how many of the goals with a probability will be met (index
    0 … n), with a common shock; parts of other goals are not counted. ``counted`` names them,
    ``silent`` the goals that are left out.
    """

    plan: Plan
    area: str
    after: int
    as_of: str | None
    goals: tuple[GoalOutlook, ...]
    counted: tuple[str, ...]
    silent: tuple[str, ...]
    number: tuple[float, ...]
    common_shock: float

    @property
    def at_least(self) -> tuple[float, ...]:
        """P(at least k goals are met) for k = 0 … n."""
        return tuple(float(one) for one in at_least(np.asarray(self.number)))

    @property
    def expected(self) -> float:
        """The mean number of goals that will be met."""
        return float(sum(k * p for k, p in enumerate(self.number)))

    @property
    def likely(self) -> tuple[int, int]:
        """The numbers of goals between which the outcome lies with 80 % or more."""
        return central(np.asarray(self.number))

    def of(self, goal_id: str) -> GoalOutlook:
        """The outlook of one goal. Raises KeyError."""
        return self._by_id[goal_id]

    @cached_property
    def _by_id(self) -> dict[str, GoalOutlook]:
        return {one.goal.id: one for one in self.goals}


class AreaAhead:
    """What lies ahead of one area, standing at the end of a year, asked goal by goal.

    The variance is pooled once, over the plan's goals and all areas of the figures, or over the
    ``pool``: figures of some areas, and which. Raises InputError for a year outside the term.
    """

    def __init__(
        self, evaluation: Resolved, area: str, after: int | None = None, *,
        pool: tuple[Observations, Sequence[str]] | None = None,
    ) -> None:  # fmt: skip
        asked = evaluation.plan.midterm_after if after is None else after
        self.after, self.area = whole_year(evaluation.plan, asked), area
        self.evaluation = evaluation.along(Frequency.year)
        self._pool = pool

    @cached_property
    def _found(self) -> Portfolio:
        """Every goal's figures: nothing of them is looked at before the first goal is asked for."""
        held = self.evaluation
        figures, areas = self._pool or (held.figures, None)
        return portfolio(held.plan, figures, self.area, self.after, held.as_of, areas=areas)

    @cached_property
    def _asked(self) -> dict[str, Asked]:
        return {one.goal.id: one for one in self._found.asked}

    def supposing(self, evaluation: Resolved, figures: Observations, goal: str) -> AreaAhead:
        """The same where other figures of one goal are supposed; ``figures`` are those of the pool."""
        made, plan = copy(self), self.evaluation.plan
        goals = held_against(plan, [goal])
        found = with_figures(self._found, goals, plan, figures, evaluation.as_of)
        made.evaluation, made._found = evaluation.along(Frequency.year), found
        made._asked = {one.goal.id: one for one in made._found.asked}
        return made

    def of(self, goal: str, *, whole_term: bool = False) -> GoalOutlook:
        """The outlook of one goal. Raises KeyError for an unknown one."""
        asked, plan = self._asked[goal], self.evaluation.plan
        (verdict,) = self.evaluation.term_verdicts(self.area, self.after, [goal])
        seen = prospect(self._found, asked, self.area, plan.years, self.after)
        return _goal_outlook(plan, verdict, asked, seen, self.after, whole_term=whole_term)


def outlook(
    evaluation: Resolved,
    area: str,
    after: int | None = None,
    *,
    common_shock: float = COMMON_SHOCK,
    whole_term: bool = False,
) -> PlanOutlook:
    """What lies ahead of one area after a year (the plan's mid-term year by default).

    It looks ahead in whole years, from the last that was over at the end of a shorter period.

    The variance is pooled over the plan's goals and all areas of the figures. ``whole_term`` asks
    of goals of every year whether all years will be good, not the last. Raises InputError for a
    year outside the term, or a common shock outside 0 to 1.
    """
    of_area = AreaAhead(evaluation, area, after)
    evaluation, plan, at = of_area.evaluation, of_area.evaluation.plan, of_area.after
    goals = tuple(of_area.of(goal, whole_term=whole_term) for goal in plan.goal_ids)
    whole = [one for one in goals if one.goal.part_of is None]
    counted = [one for one in whole if one.probability is not None]
    chances = [one.probability for one in counted if one.probability is not None]
    return PlanOutlook(
        plan=plan,
        area=area,
        after=at,
        as_of=evaluation.as_of_text,
        goals=goals,
        counted=tuple(one.goal.id for one in counted),
        silent=tuple(one.goal.id for one in whole if one.probability is None),
        number=tuple(float(one) for one in number_met(chances, common_shock)),
        common_shock=common_shock,
    )


def _goal_outlook(
    plan: Plan, verdict: GoalVerdict, asked: Asked, seen: Prospect, after: int, *, whole_term: bool
) -> GoalOutlook:
    goal, target = asked.goal, asked.target
    cadence = target.cadence if target is not None else Cadence.every_year
    past_due = cadence is Cadence.by and target is not None and to_keep(target, after)
    yearly = whole_term and cadence in RECURRING
    event = "kept" if cadence is Cadence.keep or past_due or yearly else "holding"
    chances = {"holding": seen.holding, "reached": seen.reached, "kept": seen.kept}
    silence = seen.silence
    logical = _logic(verdict, cadence, plan.years[-1], after)
    if logical is not None:
        sure, events = logical
        chances |= dict.fromkeys(events, sure)
        silence = None if event in events else silence
    chance = chances[event]
    decided = logical is not None and event in logical[1]
    kind = seen.kind
    record = None
    if chance is not None and kind is not None and not decided:
        record = record_behind(kind.record, event, chance, max(seen.ahead, 1))
    word = None
    if chance is not None or silence is Silence.too_few_points:
        word = outlook_word(
            chance, secured=decided and chance == 1, impossible=decided and chance == 0,
            thresholds=plan.header.outlook,
        )  # fmt: skip
    return GoalOutlook(
        goal=goal, target=target, verdict=verdict, kind=kind, silence=silence, pooled=seen.pooled,
        points=seen.points, last_year=seen.last_year,
        fan=tuple(FanYear(year, *(float(q) for q in row)) for year, row in seen.fan),
        reached=chances["reached"], holding=chances["holding"], kept=chances["kept"], event=event,
        word=word, record=record, trend=Trend(*seen.trend), required=seen.required,
        untested=seen.untested,
    )  # fmt: skip


def _logic(
    verdict: GoalVerdict, cadence: Cadence, last: int, after: int
) -> tuple[float, tuple[str, ...]] | None:
    """What is a fact already: its probability (0 or 1), and the events that are decided."""
    every = ("holding", "reached", "kept")
    if verdict.impossible:
        # A missed year ends "kept"; the figure may still be on the good side later.
        return 0.0, ("kept",) if cadence in EACH_PERIOD else every
    if verdict.secured:
        return 1.0, every
    if after >= last and verdict.verdict in {*REACHED, *MISSED}:
        return float(verdict.verdict in REACHED), every
    return None
