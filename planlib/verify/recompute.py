"""The verdicts of one area again, goal by goal, with the rows each was made from.

Verdict names are plain words here; the answers to awkward cases (deadlines ahead, totals with a
year unknown, years without a target) are those the default rule documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from math import isfinite

from planlib.figures.observations import State, vintage_text, year_end
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import Basis, Cadence, Target
from planlib.verify.bounds import BEYOND, INSIDE, side
from planlib.verify.comparisons import RecomputedComparison
from planlib.verify.figures import Row, Rows, figure_of, number
from planlib.verify.targets.interval import Figure
from planlib.verify.targets.levels import has_ceiling, level_of, lost_for_good
from planlib.verify.targets.own import StandingTargets
from planlib.verify.targets.tolerance import tolerated

REACHED = ("exceeded", "met")
JUDGED = (*REACHED, "nearly_met", "not_met", "not_yet")
YEARLY = frozenset({Cadence.every_year, Cadence.keep})


@dataclass(frozen=True)
class RecomputedVerdict:
    """One verdict; numbers are None where there is none, ``row`` the year's own row."""

    verdict: str
    on: str = "year"
    value: float | None = None
    low: float | None = None
    high: float | None = None
    level: float | None = None
    target: Target | None = None
    row: Row | None = None
    published: str | None = None
    readings: dict[str, str] = field(default_factory=dict)
    decided: int = 0  # the year that decided, of years that must all be reached
    alone: bool = False  # whether that year decided by itself
    inputs: tuple[tuple[str, int], ...] = ()

    @property
    def vintage(self) -> str | None:
        """The date of the report the year's figure comes from."""
        return vintage_text(int(self.row["vintage"])) if self.row is not None else None

    @property
    def estimate(self) -> bool:
        """Whether the year's figure is an estimate."""
        return self.row is not None and int(self.row["state"]) == State.estimate

    @property
    def words(self) -> str:
        """The figure as its source put it."""
        return str(self.row.get("words", "") or "") if self.row is not None else ""


class Recomputed:
    """The verdicts of one area, as its reports of a day tell them.

    ``rows`` are the observations of that area, ``as_of`` a day number or None.
    """

    def __init__(
        self, plan: Plan, rows: Iterable[Row], as_of: int | None = None, *, area: str = ""
    ) -> None:
        held = list(rows)
        self.plan, self.as_of = plan.in_force(as_of), as_of
        self.area = area or (str(held[0]["area"]) if held else "")
        self.rows = Rows(held, self.plan.goals, as_of)
        self._standing: dict[str, StandingTargets] = {}
        self.first, self.last = plan.years[0], plan.years[-1]
        self.base = plan.figure_years[0]

    def annual(self, goal: Goal, year: int) -> RecomputedVerdict:
        """The verdict of a year."""
        goal = self.standing(goal)
        answer = replace(self._in_year(goal, year), target=self._target(goal, year))
        return self._scored(goal, year, answer, lambda one: self._in_year(goal, year, one))

    def term(self, goal: Goal, through: int) -> RecomputedVerdict:
        """The verdict on the term, standing at the end of a year."""
        goal = self.standing(goal)
        target = self._of_term(goal)
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
        if target is None or target.cadence is Cadence.every_year:
            return self.annual(goal, after)
        return self.term(goal, after)

    def standing(self, goal: Goal) -> Goal:
        """A goal as it stands on the day, of the same group."""
        return self._at_large(goal).in_area(self.area)

    def _at_large(self, goal: Goal) -> Goal:
        found = self.plan.goal(goal.id)
        return found.in_group(goal.group) if goal.group else found

    def _own(self, goal: Goal) -> StandingTargets | None:
        if goal.group or not self.plan.goal(goal.id).targets:
            return None
        if goal.id not in self._standing:
            self._standing[goal.id] = StandingTargets(self.plan.goal(goal.id), self.area)
        return self._standing[goal.id]

    def _target(self, goal: Goal, year: int, reading: str | None = None) -> Target | None:
        own = self._own(goal)
        return goal.target_for(year, reading) if own is None else own.of(year)

    def _of_term(self, goal: Goal, reading: str | None = None) -> Target | None:
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
            inputs=tuple(self._inputs(goal, answer, year)),
        )

    def _over(self, year: int) -> bool:
        return self.as_of is None or year_end(year) <= self.as_of

    def _in_year(self, goal: Goal, year: int, reading: str | None = None) -> RecomputedVerdict:
        target = self._target(goal, year, reading)
        if target is not None:
            return replace(self._judged(goal, target, year), decided=year)
        row = self.rows.newest(goal, year)
        value = number(row, "value")
        if row is not None and int(row["state"]) == State.suppressed:
            return RecomputedVerdict("suppressed", value=_finite(value), row=row, decided=year)
        ahead = not isfinite(value) and year < min((t.year for t in goal.yearly), default=year)
        verdict = "not_due" if ahead else "not_applicable"
        return RecomputedVerdict(verdict, value=_finite(value), row=row, decided=year)

    def _on_term(self, goal: Goal, year: int, reading: str | None = None) -> RecomputedVerdict:
        target = self._of_term(goal, reading)
        ended = year == self.last and self._over(year)
        if target is None or target.cadence in YEARLY:
            span = range(self.first, year + 1)
            return _kept([self._in_year(goal, one, reading) for one in span], final=ended)
        if target.cadence is Cadence.by and target.due is not None and year > target.due:
            span = range(target.due, year + 1)
            after = [replace(self._judged(goal, target, one), decided=one) for one in span]
            return _kept(after, final=True)
        return self._judged(goal, target, year)

    def _judged(self, goal: Goal, target: Target, year: int) -> RecomputedVerdict:
        figure = figure_of(self.rows, goal, target, year, self.first, self.base)
        limits = goal.limits_of(target)
        # An interval has reached its target when its less favourable end has.
        lies = min(
            side(figure.low, target, limits, int(figure.over)),
            side(figure.high, target, limits, -int(figure.under)),
        )
        one_number = figure.low == figure.high
        spread = figure.known and not one_number
        if self._may_be_used_up(target, year):
            lies = min(lies, INSIDE)
        lost = lost_for_good(figure, target, limits)
        nearly = lies < INSIDE and tolerated(self.plan, goal, target, figure.low, figure.high)
        return RecomputedVerdict(
            verdict=self._verdict(figure, target, lies, year, lost=lost, nearly=nearly),
            value=_finite(figure.low) if one_number else None,
            low=_finite(figure.low) if spread else None,
            high=_finite(figure.high) if spread else None,
            level=level_of(figure.low, lies, target) if one_number else None,
            row=self.rows.newest(goal, year),
        )

    def _may_be_used_up(self, target: Target, year: int) -> bool:
        """Whether a total has room left under its ceiling that later years can take away."""
        ceiling = target.cadence is Cadence.over_term and target.better == "lower"
        ended = year == self.last and self._over(year)
        return ceiling and target.basis is not Basis.change and not ended

    def _verdict(
        self, figure: Figure, target: Target, lies: int, year: int, *, lost: bool, nearly: bool
    ) -> str:
        over_term = target.cadence is Cadence.over_term
        due = self.last if over_term else target.due
        time_up = self._over(year) and (due is None or year >= due)
        ahead = due is not None and year < due
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
            waiting = not self._over(year) or (ahead and not over_term)
            return "not_due" if waiting else "no_data"
        if lies == BEYOND:
            return "exceeded"
        if lies == INSIDE:
            return "met"
        # A total with a year unknown is a lower bound: it may decide, it cannot condemn.
        if over_term and figure.gap and (time_up or figure.missing or has_ceiling(target)):
            return "no_data"
        if target.comparison == RecomputedComparison.done and ahead:
            return "not_due"
        if not time_up:
            return "not_yet"
        return "nearly_met" if nearly else "not_met"

    def _inputs(self, goal: Goal, answer: RecomputedVerdict, year: int) -> list[tuple[str, int]]:
        """The rows of this year, and of the earlier years its target looks at."""
        target, term = answer.target, answer.on == "term"
        so_far = set(range(self.first, year + 1))
        years = {year}
        yearly = target is None or target.cadence in YEARLY
        past = target is not None and target.cadence is Cadence.by and target.due
        if term and answer.alone:
            years = {answer.decided}
        elif term and yearly:
            years |= so_far
        elif term and past:
            years |= set(range(past, year + 1))
        if target is not None and target.cadence is Cadence.over_term:
            years |= so_far | ({self.base} if target.basis is Basis.change else set())
        elif target is not None and target.basis is Basis.change:
            years |= {one - 1 for one in years}
        elif target is not None and (target.since or goal.baseline is None):
            years.add(target.since or self.base)
        found = (row for one in sorted(years) for row in self.rows.all_of(goal, one))
        return [(str(row["file"]), int(row["row"])) for row in found]


def _kept(years: list[RecomputedVerdict], *, final: bool) -> RecomputedVerdict:
    """Years that must all be reached as one verdict, with the numbers of the year that decided.

    That is the first year that was missed or has no figure, else the newest that came to the same.
    """
    judged = [one for one in years if one.verdict in JUDGED]
    found = {one.verdict for one in years}
    worst = ("not_met", "suppressed", "no_data", "not_yet", "nearly_met")
    verdict = next((one for one in worst if one in found), "")
    if verdict and verdict != "not_yet":
        first = next(one for one in years if one.verdict == verdict)
        missed = verdict in {"not_met", "nearly_met"}
        if missed and not final:
            verdict = "not_yet"
        return replace(first, verdict=verdict, alone=missed)
    if not verdict and not judged:
        verdict = "not_due" if "not_due" in found else "not_applicable"
    elif not verdict:
        verdict = "exceeded" if all(one.verdict == "exceeded" for one in judged) else "met"
    same = [one for one in years if one.verdict == verdict]
    return replace(same[-1], verdict=verdict, alone=verdict == "not_yet")


def _finite(number: float) -> float | None:
    return number if isfinite(number) else None
