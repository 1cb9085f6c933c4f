"""The errors of the figures that targets are held against, made from those of what was reported.

Errors of different figures are taken as independent. A change is as unsure as both figures it is
made from (to first order), a total as all its years; where more than one figure is rounded, the
roundings together are taken as normal.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from planlib.figures.observations import State
from planlib.plan.goal import Goal
from planlib.plan.target import SINCE, Basis, Cadence, Target
from planlib.scoring.arithmetic import Floats
from planlib.scoring.bases.totals import PARTS
from planlib.scoring.certainty.errors import ERRORS
from planlib.scoring.figure_arrays import GoalFigures
from planlib.scoring.figures import figures_for, within_year
from planlib.scoring.panel import Panel


@dataclass(frozen=True)
class Spread:
    """Errors, areas × periods; see ``planlib.scoring.certainty.errors`` for the first seven.

    ``hits`` of ``tried`` are the counts that a share is made from, where it is one of a sample; NaN
    elsewhere, and None where no figure is such a share. ``events`` says that they are events told
    in percent of something else; so are hits that are more than what was tried.
    """

    rounding: Floats
    below: Floats
    above: Floats
    quiet: Floats
    shift: Floats
    wide: Floats
    heavy: Floats
    hits: Floats | None = None
    tried: Floats | None = None
    events: bool = False

    def changed(self, change: Any) -> Spread:
        """The same with a function of each array."""
        held = {name: getattr(self, name) for name in (*ERRORS, "hits", "tried")}
        return replace(self, **{n: change(array) for n, array in held.items() if array is not None})


def spread_of(panel: Panel, goal: Goal, target: Target) -> Spread:
    """The errors of the figures a target is held against, for every area and period of a panel."""
    plan, periods = panel.plan, len(panel.years)
    figures = figures_for(panel, goal, target)
    complete = goal.complete_counts
    counted = not (plan.header.complete_counts if complete is None else complete)
    if target.basis in SINCE | {Basis.change}:
        one = _as_reported(figures)
    else:
        one = _reported(figures, target.basis, sample=counted)
    if target.basis in SINCE or target.kind.against_start:
        if goal.baseline is not None and target.since is None:
            start = np.full(one.quiet.shape, goal.baseline.value)
            return _change(one, None, _middle(figures), start, target.basis)
        column = panel.year_index(target.since or plan.base_period)
        before = np.full(periods, max(column, -1))
    elif target.basis is Basis.change:
        over_term = target.cadence is Cadence.over_term
        apart = plan.frequency.in_year if within_year(plan, target) else 1
        base = np.full(periods, panel.year_index(plan.base_period))
        before = base if over_term else np.maximum(np.arange(periods) - apart, -1)
    elif target.cadence is Cadence.over_term:
        return _total(one, figures, target.basis, panel.year_index(plan.years[0]))
    else:
        return one
    known = before >= 0
    was = one.changed(lambda array: np.where(known, array[:, before], np.nan))
    value = _middle(figures)
    found = _change(one, was, value, np.where(known, value[:, before], np.nan), target.basis)
    itself = before == np.arange(periods)  # from which it does not differ, whatever it is
    return found.changed(lambda array: np.where(itself, 0.0, array)) if itself.any() else found


def _middle(figures: GoalFigures) -> Floats:
    """The value of figures, or the middle of those told as an interval."""
    value = figures.number("value")
    return np.where(np.isnan(value), (figures.number("low") + figures.number("high")) / 2, value)


def _as_reported(figures: GoalFigures) -> Spread:
    rounding, below, above, quiet, shift, wide, heavy = map(figures.number, ERRORS)
    return Spread(rounding, below, above, quiet, shift, wide, heavy)


def _reported(figures: GoalFigures, basis: Basis, *, sample: bool) -> Spread:
    """The errors of single periods: of a share by its counts, where it is one of a sample.

    The variance is that of the share that may stand behind the counts (Jeffreys' prior): of 8 in
    10, 8.5 / 11 · 2.5 / 11 / 12 in squared shares, and 8.5 / 10² for events.
    """
    one = _as_reported(figures)
    if basis is Basis.quota:
        assigned = figures.number("assigned")
        with np.errstate(divide="ignore", invalid="ignore"):
            scale = np.where(assigned == 0, 0.0, (100.0 / assigned) ** 2)  # nothing is added
        return replace(
            one, rounding=one.rounding * scale, below=one.below * scale, above=one.above * scale
        )
    if basis not in PARTS:
        return one
    hits, tried = figures.number("numerator"), figures.number("denominator")
    given = ~np.isnan(hits) & (tried > 0) & ~np.isnan(one.quiet)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (hits + 0.5) / (tried + 1)
        of_share, of_events = share * (1 - share) / (tried + 2), (hits + 0.5) / tried**2
        events = (hits > tried) | (basis is Basis.growth)
    variance = np.where(events, of_events, of_share)
    sampled = np.where(given & (hits >= 0), 1e4 * variance if sample else 0.0, np.nan)
    return replace(
        one,
        rounding=np.where(given, 0.0, one.rounding),
        below=np.where(given, sampled, one.below),
        above=np.where(given, sampled, one.above),
        hits=np.where(given & sample & (hits >= 0), hits, np.nan),
        tried=np.where(given & sample, tried, np.nan),
        events=basis is Basis.growth,
    )


def _change(now: Spread, was: Spread | None, value: Floats, start: Floats, basis: Basis) -> Spread:
    """The errors of a figure less another, or of that in percent of the other.

    From 200 ± 4 to 190 ± 3 is a change of −5 %: its error is 100 / 200 of 3 and 100 · 190 / 200²
    of 4, together √(1.5² + 1.9²) = 2.42 points.
    """
    up, down = np.ones(value.shape), np.ones(value.shape)
    if basis in {Basis.change, Basis.change_since}:
        with np.errstate(divide="ignore", invalid="ignore"):
            up, down = 100.0 / np.abs(start), 100.0 * value / start**2
    if was is None:
        still = np.zeros(value.shape)
        was = Spread(still, still, still, still, still, still, still)
    both = up**2 * now.rounding + down**2 * was.rounding
    alone = (now.rounding == 0) | (was.rounding == 0)  # one uniform error is still uniform
    rounding, apart = np.where(alone, both, 0.0), np.where(alone, 0.0, both)
    return Spread(
        rounding=rounding,
        below=apart + up**2 * now.below + down**2 * was.above,
        above=apart + up**2 * now.above + down**2 * was.below,
        quiet=now.quiet + was.quiet,
        shift=up * now.shift - down * was.shift,
        wide=up**2 * now.wide + down**2 * was.wide,
        heavy=up**2 * now.heavy + down**2 * was.heavy,
    )


def _total(year: Spread, figures: GoalFigures, basis: Basis, start: int) -> Spread:
    """The errors of running totals from a column on: of amounts, or of one total in another.

    A year without a figure adds none; the rounding of a total with one is not known: what may be
    missing is an interval already.
    """
    hits, tried = figures.number("numerator"), figures.number("denominator")
    weight: Floats = np.ones(year.quiet.shape)
    whole = weight
    place = np.arange(weight.shape[-1])
    if basis in PARTS:
        weight = figures.number(PARTS[basis][1])
        whole = _running(weight, start)
        if basis is Basis.growth:
            whole = np.repeat(weight[:, start : start + 1], len(place), axis=1)
    known = ~np.isnan(_middle(figures)) | (~np.isnan(hits) & ~np.isnan(tried))
    silent = ~known & (figures.state != State.not_applicable) & (place >= start)
    gaps = np.cumsum(silent, axis=1) > 0

    def added(errors: Floats, power: int) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            parts = np.where(known, errors * weight**power, 0.0)
            made = _running(parts, start, keep=True) / whole**power
        return np.where(place < start, errors, made)

    apart = added(year.rounding, 2)
    first = place <= start  # one figure alone
    hits_so_far = tried_so_far = None
    if year.hits is not None and year.tried is not None:
        heard = np.where(known & (tried != 0), year.hits, 0.0)  # of nobody nothing is asked
        unsure = np.isnan(_running(heard, start, keep=True))
        hits_so_far = np.where(unsure, np.nan, _running(hits, start))
        tried_so_far = np.where(unsure, np.nan, whole)
        hits_so_far = np.where(place < start, year.hits, hits_so_far)
        tried_so_far = np.where(place < start, year.tried, tried_so_far)
    return Spread(
        rounding=np.where(gaps, np.nan, np.where(first, apart, 0.0)),
        below=added(year.below, 2) + np.where(first, 0.0, apart),
        above=added(year.above, 2) + np.where(first, 0.0, apart),
        quiet=added(year.quiet, 0),
        shift=added(year.shift, 1),
        wide=added(year.wide, 2),
        heavy=added(year.heavy, 2),
        hits=hits_so_far,
        tried=tried_so_far,
        events=year.events,
    )


def _running(amounts: Floats, start: int, *, keep: bool = False) -> Floats:
    """Running totals from a column on; what is unknown adds nothing, or is kept unknown."""
    inside = amounts.copy() if keep else np.where(np.isnan(amounts), 0.0, amounts)
    inside[:, :start] = 0.0
    return np.cumsum(inside, axis=1)
