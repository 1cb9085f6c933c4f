"""One goal in all areas: its yearly verdicts, and its verdict on the term.

The answers to awkward cases are decided here, in one place:

- deadline ahead, figure short: ``not_yet``; without a figure, or a yes/no goal not done: ``not_due``;
- reached before the deadline: ``met`` or ``exceeded`` already, and ``not_yet`` again if lost;
- after the deadline each year must keep it; reached only later is ``met`` for that year, while the
  term stays missed;
- a goal with yearly targets in a year without one: ``not_due`` before its first one when there is
  no figure, else ``not_applicable``;
- a total whose years are not all known: decided as soon as the known part decides it, else
  ``no_data`` at the end, or ``suppressed`` where one of the years is withheld;
- a total with a ceiling is ``met`` so far while it stays under it, ``exceeded`` only at the end, and
  ``not_met`` as soon as it is passed for good;
- a figure short by no more than the rule tolerates is ``nearly_met`` once its time is up, ``not_yet``
  before; a total that has passed its ceiling by no more than that waits for the end;
- a change on a withheld year is ``suppressed``, like one of a withheld year.

``secured`` and ``impossible`` tell the same story in every year: a target with a deadline that was
missed then, or one to keep that was missed once, is out of reach whatever later years bring.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planlib.plan.goal import Goal
from planlib.plan.goal_parts import Limits
from planlib.plan.periods.calendar import span
from planlib.plan.target import EACH_PERIOD, Cadence, Target, of_whole_year
from planlib.plan.targets.tolerance import Tolerance
from planlib.scoring import attainment, pace
from planlib.scoring.certainty.scored import certainty_of
from planlib.scoring.compared import Compared
from planlib.scoring.every_year import all_years
from planlib.scoring.figure_arrays import GoalFigures
from planlib.scoring.figures import compared, figures_for, newest
from planlib.scoring.goal_arrays import GoalScores, Rows
from planlib.scoring.own_targets import Places, in_parts, without_target
from planlib.scoring.panel import Panel
from planlib.scoring.roads import put_road
from planlib.scoring.time.timing import Timing, is_over
from planlib.scoring.verdict import (
    INSIDE,
    MISSED,
    REACHED,
    Bools,
    Codes,
    Verdict,
    among,
    cautious_position,
    judge,
    within,
)


def score_reported(
    panel: Panel, goal: Goal, years: tuple[int, ...], as_of: int | None, reading: str | None = None
) -> GoalScores:
    """The verdicts of one goal in some of the periods it is reported in, in every area."""
    return in_parts(
        panel, goal, lambda some, here, _: _in_periods(some, here, years, as_of, reading)
    )


def _in_periods(
    panel: Panel, goal: Goal, years: tuple[int, ...], as_of: int | None, reading: str | None
) -> GoalScores:
    if reading is None and (goal.yearly or goal.target_for(years[0]) is None):
        figures = panel.figures(goal)
        result = GoalScores.empty(len(panel.areas), len(years), certainty=panel.with_certainty)
        result.vintage, result.row = _newest_in(panel, figures, years)
        result.decided[:] = years
        for column, year in enumerate(years):
            target = goal.target_for(year)
            if target is None:
                without_target(result, column, panel, figures, goal, year)
            else:
                result.put(column, _scored(panel, goal, target, (year,), as_of), 0)
        return result
    return _scored(panel, goal, goal.main_target(reading), years, as_of)


def score_reported_term(
    panel: Panel, goal: Goal, year: int, as_of: int | None, reading: str | None = None,
    yearly: GoalScores | None = None,
) -> GoalScores:  # fmt: skip
    """The verdict on the term of one goal, standing at the end of a period, in every area.

    ``yearly`` are its verdicts of every year of the term, where they are known already: a goal of
    every year is then not scored again.
    """

    def score(some: Panel, here: Goal, places: Places | None) -> GoalScores:
        known = yearly if yearly is None or places is None else yearly.of(places)
        return _on_term(some, here, year, as_of, reading, known)

    return in_parts(panel, goal, score)


def _on_term(
    panel: Panel, goal: Goal, year: int, as_of: int | None, reading: str | None,
    yearly: GoalScores | None,
) -> GoalScores:  # fmt: skip
    plan = panel.plan
    target = goal.term_target_for(reading)
    first = plan.years[0]
    ended = year == plan.years[-1] and is_over(panel, year, as_of)
    if target is None or target.cadence in EACH_PERIOD:
        periods = span(first, year)
        if yearly is None:
            yearly = _in_periods(panel, goal, periods, as_of, reading)
        judging = target or goal.target_for(year)
        whole = judging is not None and of_whole_year(judging)
        columns = [
            column
            for column, one in enumerate(periods)
            if not whole or one == year or plan.calendar.is_last(one)
        ]
        return all_years(yearly.columns(columns), time_up=ended, ended=ended)
    if target.cadence is Cadence.by and target.due is not None and year > target.due:
        since = span(target.due, year)
        after = _scored(panel, goal, target, since, as_of)
        return all_years(after, time_up=True, ended=ended)
    return _scored(panel, goal, target, (year,), as_of)


def _newest_in(
    panel: Panel, figures: GoalFigures, years: tuple[int, ...], made: Compared | None = None
) -> tuple[Rows, Rows]:
    columns = [panel.year_index(year) for year in years]
    vintage, row = newest(figures)
    if made is not None and made.columns is not None:
        vintage, row = (np.take_along_axis(one, made.columns, axis=1) for one in (vintage, row))
    return vintage[:, columns], row[:, columns]


def _scored(
    panel: Panel, goal: Goal, target: Target, years: tuple[int, ...], as_of: int | None
) -> GoalScores:
    """Score one target in some years."""
    plan = panel.plan
    limits = goal.limits_of(target)
    made = compared(panel, goal, target)
    columns = [panel.year_index(year) for year in years]
    at = np.asarray(years, np.int64)
    result = GoalScores.empty(len(panel.areas), len(years), certainty=panel.with_certainty)
    result.decided[:] = at
    figures = figures_for(panel, goal, target)
    result.vintage, result.row = _newest_in(panel, figures, years, made)

    low = made.low[:, columns]
    high = low if made.low is made.high else made.high[:, columns]
    known = ~np.isnan(low)
    point = low if low is high else np.where(low == high, low, np.nan)
    # A rise from zero is infinite: judged, but no number to print.
    result.value = np.where(np.isfinite(point), point, np.nan)
    if low is not high:
        spread = known & (low != high)
        result.low = np.where(spread & np.isfinite(low), low, np.nan)
        result.high = np.where(spread & np.isfinite(high), high, np.nan)
        if made.exclusive is not None:
            result.exclusive = np.where(spread, made.exclusive[:, columns], 0).astype(np.int8)

    due = pace.due_year(target, plan.years[-1])
    time = Timing(panel, goal, target, years, as_of)
    tolerance = plan.tolerance_of(goal, target)
    judged = _judged(made, target, limits, time, tolerance)
    positions, result.verdict = judged.positions, judged.verdict
    _decide(result, judged, time)
    if panel.with_certainty and target.kind.figure == "number" and not target.kind.of_others:
        errors = certainty_of(panel, goal, target, (low, high), judged.verdict, time)
        result.chances, result.sources = errors
    stood = made.stood_in(columns)
    if stood is not None:
        result.stood_in = stood
        result.chances[stood] = np.nan  # of a figure that is not known nothing is
        result.secured, result.impossible = result.secured & ~stood, result.impossible & ~stood
    if target.cadence in {Cadence.by, Cadence.keep}:
        start = plan.years[0] if due is None else due
        since_due = span(start, max(start, *years))
        since = result.verdict[:, -len(since_due) :]
        stood = made.stood_in([panel.year_index(year) for year in since_due])
        if years[-len(since_due) :] != since_due:  # they were not all asked for
            at_due = Timing(panel, goal, target, since_due, as_of)
            since = _judged(made, target, limits, at_due, tolerance).verdict
        if stood is not None:  # what stands in decides nothing for good
            since = np.where(stood, Verdict.no_data, since)
        _keep_to_the_end(result, since, start, time)

    result.level = attainment.level(point, positions, target)
    result.attainment = attainment.attained(point, positions, target)
    if low is not high and target.has_ratio:
        # An interval that reaches the target at its less favourable end has reached it.
        result.attainment = np.where(known & (positions >= INSIDE), 1.0, result.attainment)
    put_road(result, panel, goal, target, made, positions, at)
    return result


@dataclass(frozen=True)
class _Judged:
    """Sides and verdicts of some years; totals that are sure of their target, or have lost it."""

    positions: Codes
    verdict: Codes
    sure: Bools
    lost: Bools


def _judged(
    made: Compared, target: Target, limits: Limits, time: Timing, tolerance: Tolerance | None
) -> _Judged:  # fmt: skip
    columns = time.columns
    low = made.low[:, columns]
    high = low if made.low is made.high else made.high[:, columns]
    exclusive = None
    if made.exclusive is not None and low is not high:
        exclusive = np.where(low == high, 0, made.exclusive[:, columns]).astype(np.int8)
    known, up = ~np.isnan(low), np.broadcast_to(time.up, low.shape)
    if made.sides is None:
        positions = cautious_position(low, high, target, limits, exclusive)
    else:
        positions = made.sides[:, columns]
    sure = lost = np.zeros(low.shape, bool)
    over_term = target.cadence is Cadence.over_term
    if time.running and target.better == "lower":
        # Until the end a ceiling can only be kept so far: what is left of it may still be used up.
        positions = np.where(up, positions, np.minimum(positions, INSIDE))
    if time.total:
        tie = None if exclusive is None else exclusive & 1
        sure, lost = pace.total_is_decided(low, target, limits, tie)
        sure, lost = sure & known, lost & known
    tolerated: bool | Bools = False
    gone = lost  # whatever is still to come
    if tolerance is not None:
        tolerated = (positions < INSIDE) & within(low, high, target, tolerance)
        gone = lost & ~tolerated
    verdict = judge(positions, up | gone, tolerated)
    if target.kind.figure == "yes_no":
        verdict = np.where((positions < INSIDE) & time.ahead, Verdict.not_due, verdict)
    if over_term:
        # A total with a year unknown is a lower bound: it may decide, it cannot condemn.
        open_end = made.gaps[:, columns] & (positions < INSIDE) & ~gone
        unsaid = up | made.missing[:, columns] | pace.has_ceiling(target)
        verdict = np.where(open_end & unsaid, Verdict.no_data, verdict)
        # What a withheld year would have decided is withheld with it.
        verdict = np.where(open_end & made.hidden[:, columns], Verdict.suppressed, verdict)
    unknown = np.where(time.ahead & (not over_term), Verdict.not_due, Verdict.no_data)
    unknown = np.where(~time.over, Verdict.not_due, unknown)  # the year itself is not over yet
    unknown = np.where(made.hidden[:, columns], Verdict.suppressed, unknown)
    verdict = np.where(known, verdict, unknown)
    for mask, answer in (
        (made.not_due, Verdict.not_due),
        (made.not_applicable, Verdict.not_applicable),
        (made.withheld, Verdict.suppressed),
    ):
        verdict = np.where(mask[:, columns], answer, verdict)
    return _Judged(positions, verdict.astype(np.int8), sure, lost)


def _decide(result: GoalScores, judged: _Judged, time: Timing) -> None:
    """What cannot change any more."""
    reached = among(result.verdict, REACHED)
    # Reached on time can still be lost until the term ends.
    result.secured = (reached & time.up & (time.yearly | time.last)) | judged.sure
    result.impossible = among(result.verdict, MISSED) | judged.lost


def _keep_to_the_end(result: GoalScores, since: Codes, start: int, time: Timing) -> None:
    """What was due must be kept from then on; ``since`` are the verdicts since the year ``start``."""
    missed = np.cumsum(among(since, MISSED), axis=1) > 0
    open_ = np.cumsum(~among(since, (*REACHED, Verdict.not_applicable)), axis=1) > 0
    for column, year in enumerate(time.years):
        at = year - start
        if at >= 0:
            result.impossible[:, column] |= missed[:, at]
            result.secured[:, column] &= ~open_[:, at] & bool(time.last[column])
