"""The verdicts of one area again, goal by goal, with the rows each was made from.

Verdict names are plain words here; the answers to awkward cases (deadlines ahead, totals with a
year unknown, years without a target) are those the default rule documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from math import isfinite, nan

from planlib.figures.observations import State
from planlib.plan.goal import Goal
from planlib.plan.goal_parts import MakeUp
from planlib.plan.periods.calendar import period, span
from planlib.plan.plan import Plan
from planlib.plan.target import Basis, Cadence, Target
from planlib.verify.bounds import BEYOND, INSIDE, side
from planlib.verify.comparisons import RecomputedComparison
from planlib.verify.periods.inputs import rows_behind
from planlib.verify.periods.rows import Row, members_of, number
from planlib.verify.periods.timing import of_year, timing
from planlib.verify.targets.area_reports import AreaReports
from planlib.verify.targets.elsewhere import Elsewhere
from planlib.verify.targets.interval import Figure
from planlib.verify.targets.judged import RecomputedVerdict, kept
from planlib.verify.targets.levels import has_ceiling, level_of, lost_for_good
from planlib.verify.targets.others import OTHERS
from planlib.verify.targets.own import StandingTargets
from planlib.verify.targets.tolerance import tolerated

AMOUNTS = frozenset({Basis.level, Basis.count})
YEARLY = frozenset({Cadence.every_year, Cadence.every_period, Cadence.keep})


class Recomputed(AreaReports):
    """The verdicts of one area, as its reports of a day tell them; see ``AreaReports``."""

    def __init__(
        self, plan: Plan, rows: Iterable[Row], as_of: int | None = None, *, area: str = "",
        elsewhere: Elsewhere | None = None,
    ) -> None:  # fmt: skip
        super().__init__(plan, rows, as_of, area=area, elsewhere=elsewhere)
        self._standing: dict[tuple[str, str], StandingTargets] = {}
        self._annual: dict[tuple[str, str, int], RecomputedVerdict] = {}

    def _reported_in(self, goal: Goal) -> Recomputed:
        """The same along the periods a goal is reported in."""
        return self.along(self.plan.frequency_of(goal))

    def annual(self, goal: Goal, year: int) -> RecomputedVerdict:
        """The verdict of a year."""
        asked = (goal.id, goal.group, year)
        if asked not in self._annual:
            goal = self.standing(goal)
            answer = self._in_period(goal, year)
            self._annual[asked] = self._scored(
                goal, year, answer, lambda one: self._in_period(goal, year, one)
            )
        return self._annual[asked]

    def _in_period(self, goal: Goal, year: int, reading: str | None = None) -> RecomputedVerdict:
        """The verdict of a period that may be longer or shorter than those the goal is reported in."""
        other, calendar = self._reported_in(goal), self.plan.calendar
        if other is self:
            return replace(self._in_year(goal, year, reading), target=self.target_of(goal, year))
        own, version = other.plan.frequency, other.standing(goal)
        if own.in_year < self.plan.frequency.in_year:
            whole = calendar.within(year, own)
            if calendar.end(whole) != calendar.end(year):
                return RecomputedVerdict("not_due", target=self.target_of(goal, year), decided=year)
            answer = other._in_year(version, whole, reading)
            return replace(answer, target=other.target_of(version, whole))
        parts = calendar.parts(year, own)
        target = other.target_of(version, parts[-1], reading)
        if target is None:  # a figure of the whole, held against nothing
            held = self.target_of(goal, year)
            return replace(self._in_year(goal, year, reading), target=held, decided=year)
        each = target.cadence in {Cadence.every_period, Cadence.keep}
        if not each or target.cumulative:
            answer = other._in_year(version, parts[-1], reading)
            if target.cumulative or target.cadence is Cadence.every_year:
                return replace(answer, target=self.target_of(goal, year), decided=year)
            return replace(answer, target=other.target_of(version, parts[-1]))
        heard = any(other.rows.newest(version, one) for one in parts)
        stated = self.rows.reported(goal, year)
        if not heard and stated is not None and goal.made_up_by is not MakeUp.sum:
            return replace(self._in_year(goal, year, reading), target=self.target_of(goal, year))
        found = [other._in_year(version, one, reading) for one in parts]
        answer = kept(found, final=self._over(year))
        return replace(answer, target=other.target_of(version, answer.decided))

    def term(self, goal: Goal, through: int) -> RecomputedVerdict:
        """The verdict on the term, standing at the end of a period."""
        other, calendar = self._reported_in(goal), self.plan.calendar
        if other is not self:
            at = calendar.within(through, other.plan.frequency)
            at -= calendar.end(at) > calendar.end(through)
            if at < other.first:
                target = self.of_term(goal)
                return RecomputedVerdict("not_due", on="term", target=target, decided=through)
            return other.term(goal, at)
        goal = self.standing(goal)
        target = self.of_term(goal)
        answer = replace(self._on_term(goal, through), on="term", target=target)
        verdict = self._scored(goal, through, answer, lambda one: self._on_term(goal, through, one))
        # A year's published verdict says nothing about all the years together.
        return (
            replace(verdict, published=None)
            if target is None or target.cadence in YEARLY
            else verdict
        )

    def midterm(self, goal: Goal, after: int) -> RecomputedVerdict:
        """The latest year's verdict for a goal of every year, else that on the term so far."""
        target = self._at_large(goal).term_target_for()  # areas do not differ in when
        if target is None or target.cadence in {Cadence.every_year, Cadence.every_period}:
            return self.annual(goal, after)
        return self.term(goal, after)

    def standing(self, goal: Goal) -> Goal:
        """A goal as it stands on the day, of the same group."""
        return self._at_large(goal).in_area(self.area)

    def _at_large(self, goal: Goal) -> Goal:
        found = self.plan.goal(goal.id)
        return found.in_group(goal.group) if goal.group else found

    def _own(self, goal: Goal) -> StandingTargets | None:
        if not self.plan.goal(goal.id).targets:
            return None
        key = goal.id, goal.group
        if key not in self._standing:
            self._standing[key] = StandingTargets(self.plan.goal(goal.id), self.area, goal.group)
        return self._standing[key]

    def target_of(self, goal: Goal, year: int, reading: str | None = None) -> Target | None:
        own = self._own(goal)
        return goal.target_for(year, reading) if own is None else own.of(year)

    def of_term(self, goal: Goal, reading: str | None = None) -> Target | None:
        own = self._own(goal)
        return goal.term_target_for(reading) if own is None else own.of_term()

    def _scored(
        self,
        goal: Goal,
        year: int,
        answer: RecomputedVerdict,
        under: Callable[[str], RecomputedVerdict],
    ) -> RecomputedVerdict:
        published = str(answer.row.get("published_verdict", "") or "") if answer.row else ""
        return replace(
            answer,
            published=published or None,
            readings={reading.id: under(reading.id).verdict for reading in goal.readings},
            inputs=rows_behind(self._reported_in(goal), goal, answer, year),
        )

    def _in_year(self, goal: Goal, year: int, reading: str | None = None) -> RecomputedVerdict:
        target = self.target_of(goal, year, reading)
        if target is not None:
            return replace(self._judged(goal, target, year), decided=year)
        row = self.rows.newest(goal, year)
        value = nan if members_of(goal) else number(row, "value")
        told = self.rows.all_of(goal, year)
        if any(int(one["state"]) == State.suppressed for one in told):
            return RecomputedVerdict("suppressed", value=_finite(value), row=row, decided=year)
        ahead = not isfinite(value) and year < min((t.year for t in goal.yearly), default=year)
        verdict = "not_due" if ahead else "not_applicable"
        return RecomputedVerdict(verdict, value=_finite(value), row=row, decided=year)

    def _on_term(self, goal: Goal, year: int, reading: str | None = None) -> RecomputedVerdict:
        target = self.of_term(goal, reading)
        ended = year == self.last and self._over(year)
        if target is None or target.cadence in YEARLY:
            judging = target or self.target_of(goal, year)
            whole = judging is not None and (
                judging.cumulative or judging.cadence is Cadence.every_year
            )
            held = [
                one
                for one in span(self.first, year)
                if not whole or one == year or self.plan.calendar.is_last(one)
            ]
            return kept([self._in_year(goal, one, reading) for one in held], final=ended)
        if target.cadence is Cadence.by and target.due is not None and year > target.due:
            since = span(target.due, year)
            after = [replace(self._judged(goal, target, one), decided=one) for one in since]
            return kept(after, final=True)
        return self._judged(goal, target, year)

    def _judged(self, goal: Goal, target: Target, year: int) -> RecomputedVerdict:
        at = self.speaking(goal, target, year)
        held = self.held(goal, target, at)
        figure = held.figure
        limits = goal.limits_of(target)
        # An interval has reached its target when its less favourable end has.
        lies = held.side
        if lies is None:
            lies = min(
                side(figure.low, target, limits, int(figure.over)),
                side(figure.high, target, limits, -int(figure.under)),
            )
        one_number = figure.low == figure.high
        spread = figure.known and not one_number
        if self._may_be_used_up(goal, target, year):
            lies = min(lies, INSIDE)
        lost = self._running(goal, target) and lost_for_good(figure, target, limits)
        nearly = lies < INSIDE and tolerated(self.plan, goal, target, figure.low, figure.high)
        return RecomputedVerdict(
            verdict=self._verdict(figure, target, lies, year, lost=lost, nearly=nearly),
            value=_finite(figure.low) if one_number else None,
            low=_finite(figure.low) if spread else None,
            high=_finite(figure.high) if spread else None,
            level=level_of(figure.low, lies, target) if one_number else None,
            row=self.rows.newest_of(goal, target, at),
            figure_of=None if at == year else period(at),
            against=held.against,
        )

    def _running(self, goal: Goal, target: Target) -> bool:
        """Whether a total of amounts is held against the target."""
        if target.comparison in OTHERS:
            return False
        year = of_year(self.plan, target) and goal.made_up_by is MakeUp.sum
        return (year or target.cadence is Cadence.over_term) and target.basis in AMOUNTS

    def _may_be_used_up(self, goal: Goal, target: Target, year: int) -> bool:
        """Whether a total has room left under its ceiling that later years can take away."""
        over_term = target.cadence is Cadence.over_term and target.basis is not Basis.change
        ceiling = (over_term or self._running(goal, target)) and target.better == "lower"
        last = self.plan.calendar.is_last(year) if of_year(self.plan, target) else year == self.last
        ended = last and self._over(year)
        return ceiling and not ended

    def _verdict(
        self, figure: Figure, target: Target, lies: int, year: int, *, lost: bool, nearly: bool
    ) -> str:
        over_term = target.cadence is Cadence.over_term
        time = timing(self.plan, target, year, self.as_of)
        if figure.suppressed:
            return "suppressed"
        if figure.not_applicable:
            return "not_applicable"
        if figure.not_due:
            return "not_due"
        if lost and not nearly:
            return "not_met"  # no later year takes it back, and none that is unknown
        if figure.hidden and not (figure.known and (lies >= INSIDE or not figure.gap)):
            return "suppressed"  # what a withheld year would have decided is withheld with it
        if not figure.known:
            waiting = not time.over or (time.ahead and not over_term)
            return "not_due" if waiting else "no_data"
        if lies == BEYOND:
            return "exceeded"
        if lies == INSIDE:
            return "met"
        # A total with a year unknown is a lower bound: it may decide, it cannot condemn.
        if over_term and figure.gap and (time.up or figure.missing or has_ceiling(target)):
            return "no_data"
        if target.comparison == RecomputedComparison.done and time.ahead:
            return "not_due"
        if not time.up:
            return "not_yet"
        return "nearly_met" if nearly else "not_met"


def _finite(number: float) -> float | None:
    return number if isfinite(number) else None
