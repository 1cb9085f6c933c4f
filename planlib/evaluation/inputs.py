"""The rows of the figures that a verdict was made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from planlib.evaluation.scores import AreaScores, Input, every_year
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency, frequency_of, span
from planlib.plan.plan import Plan
from planlib.plan.target import Basis, Cadence, Target
from planlib.plan.verdicts import SHORT
from planlib.scoring.bases.relative import other_goal
from planlib.scoring.figure_arrays import NO_ROW
from planlib.scoring.figures import within_year
from planlib.scoring.panel import Panel
from planlib.scoring.verdict import Verdict


def inputs_of(
    scores: AreaScores, goal: Goal, area: str, verdict: Verdict, decided: int, *,
    year: int, term: bool,
) -> tuple[Input, ...]:  # fmt: skip
    """The rows a verdict was made from, in the order of their periods.

    ``decided`` is the period that decided it (see ``planlib.scoring.score_term``), ``year`` the one
    it stands at, ``term`` says whether it is on the term so far.
    """
    plan = scores.plan
    panel = scores.panel.along(plan.frequency_of(goal))
    own, version = panel.plan, panel.version(goal)
    standing = plan.calendar.within(year, own.frequency)
    if own.calendar.end(standing) > plan.calendar.end(year):
        standing -= 1
    if frequency_of(decided).in_year < own.frequency.in_year:
        periods = {decided}
    else:

        def speaks(target: Target, one: int) -> int:
            return scores.period_of_figure(panel, version, target, area, one)

        periods = _periods(own, version, verdict, decided, speaks, standing=standing, term=term)
        parted = frequency_of(year).in_year < own.frequency.in_year
        if not term and parted and verdict not in SHORT:
            target = version.target_for(standing)
            each = {Cadence.every_period, Cadence.keep}
            if target is not None and target.cadence in each and not target.cumulative:
                parts = plan.calendar.parts(year, own.frequency)
                periods |= {speaks(target, one) for one in parts}
    place = scores.place(area)
    rows = [row for one in sorted(periods) for row in _rows(scores, panel, goal, place, one)]
    held = version.term_target_for() if term else version.target_for(standing)
    for one in sorted(periods):
        rows += _of_others(scores, panel, version, held or version.target_for(one), place, one)
    return tuple(scores.place_of(row) for row in dict.fromkeys(rows))


def _of_others(
    scores: AreaScores, panel: Panel, goal: Goal, target: Target | None, place: int, code: int
) -> Iterator[int]:
    """The rows of the figure that one is held against; of ranks there are too many to name."""
    to = None if target is None else target.to
    if to is None or to.series:
        return
    other = other_goal(panel, goal, to)
    if to.area is not None:
        panel, place = panel.elsewhere((to.area,)), 0
    panel = panel.along(panel.plan.frequency_of(other))
    yield from _rows(scores, panel, panel.version(other), place, code)


def _rows(scores: AreaScores, panel: Panel, goal: Goal, place: int, code: int) -> Iterator[int]:
    """The rows of a period: its own, or those of the shorter ones that make it up."""
    frequency, own = frequency_of(code), panel.plan.frequency
    along = panel.along(frequency)
    column = along.year_index(code)
    if not 0 <= column < len(along.years):
        return
    found = np.atleast_1d(scores.positions(along, goal)[place][column])
    if frequency is not own and not _reported(scores, found, frequency):
        for part in panel.plan.calendar.parts(code, own):
            yield from _rows(scores, panel, goal, place, part)
        return
    yield from (row for row in found.tolist() if row != NO_ROW)


def _reported(scores: AreaScores, rows: np.ndarray[tuple[int, ...], np.dtype[np.int32]],
              frequency: Frequency) -> bool:  # fmt: skip
    """Whether the figure of a longer period was reported for the whole of it."""
    codes = scores.numbers("year")
    return any(row != NO_ROW and frequency_of(codes[row]) is frequency for row in rows.tolist())


def _periods(
    plan: Plan, goal: Goal, verdict: Verdict, decided: int, speaks: Callable[[Target, int], int], *,
    standing: int, term: bool,
) -> set[int]:  # fmt: skip
    """The periods a verdict was made from: its own, and those its cadence and basis need."""
    target = goal.term_target_for() if term else goal.target_for(standing)
    so_far, base = set(span(plan.years[0], standing)), plan.base_period
    periods = {standing}
    if term and every_year(target):
        periods |= so_far
    elif term and target is not None and target.due:
        periods |= set(span(target.due, standing))
    over_term = target is not None and target.cadence is Cadence.over_term
    if term and not over_term and verdict in SHORT:
        periods = {decided}  # one period is enough
    if target is None:
        return {_of_year(goal, one, speaks) for one in periods}
    periods = {speaks(target, one) for one in periods}
    if over_term:
        return periods | so_far | ({base} if target.basis is Basis.change else set())
    if target.basis is Basis.change:
        apart = plan.frequency.in_year if within_year(plan, target) else 1
        return _with_year(plan, target, periods | {one - apart for one in periods})
    start = {target.since or base} if target.since or goal.baseline is None else set()
    return _with_year(plan, target, periods) | start


def _of_year(goal: Goal, year: int, speaks: Callable[[Target, int], int]) -> int:
    """The period whose figure speaks for one that has a target of its own."""
    target = goal.target_for(year)
    return year if target is None else speaks(target, year)


def _with_year(plan: Plan, target: Target, periods: set[int]) -> set[int]:
    """With each period those of its year before it, where the target is of the year so far."""
    if not (within_year(plan, target) or target.cumulative):
        return periods
    calendar = plan.calendar
    found = set()
    for one in periods:
        year = calendar.within(one, Frequency.year)
        if calendar.is_last(one):
            found.add(year)
        else:
            found |= set(span(calendar.parts(year, plan.frequency)[0], one))
    return found
