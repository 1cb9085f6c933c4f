"""The errors of one figure that a target is held against, from those of the rows it is made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isnan, nan

from planlib.figures.observations import State
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import span
from planlib.plan.plan import Plan
from planlib.plan.target import Basis, Cadence, Target
from planlib.verify.comparisons import RecomputedComparison
from planlib.verify.periods.rows import ERRORS, Row, Rows, number

SINCE = frozenset({Basis.change_since, Basis.difference_since})
CHANGES = SINCE | {Basis.change}
COUNTED = frozenset({Basis.share, Basis.growth})


@dataclass(frozen=True)
class FigureErrors:
    """Variances of rounding and to each side, revisions, and the counts of a share of a sample."""

    rounding: float = nan
    below: float = nan
    above: float = nan
    quiet: float = nan
    shift: float = nan
    wide: float = nan
    heavy: float = nan
    hits: float = nan
    tried: float = nan
    growth: bool = False


NO_ERROR = FigureErrors(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class ErrorsOf:
    """The errors of the figures of one goal under one target."""

    plan: Plan
    rows: Rows
    goal: Goal
    target: Target
    first: int
    base: int

    def at(self, year: int) -> FigureErrors:
        """Those of the figure compared in a period."""
        goal, target = self.goal, self.target
        now = self.rows.held(goal, target, year)
        if target.basis is Basis.change:
            over_term = target.cadence is Cadence.over_term
            before = self.base if over_term else self.rows.before(target, year)
            if before == year:
                return NO_ERROR
            return self._change(now, self.rows.held(goal, target, before))
        if target.basis in SINCE or target.comparison == RecomputedComparison.maintain:
            if goal.baseline is not None and target.since is None:
                return self._change(now, None)
            then = target.since or self.base
            return NO_ERROR if then == year else self._change(now, self.rows.row(goal, then))
        if target.cadence is Cadence.over_term:
            return self._total([self.rows.row(goal, one) for one in span(self.first, year)])
        return self._single(now)

    def _plain(self, row: Row | None) -> FigureErrors:
        rounding, below, above, quiet, shift, wide, heavy = (number(row, name) for name in ERRORS)
        return FigureErrors(rounding, below, above, quiet, shift, wide, heavy)

    def _single(self, row: Row | None) -> FigureErrors:
        """Of one period: of a share, by its counts where they are a sample."""
        one, basis = self._plain(row), self.target.basis
        if basis is Basis.quota:
            assigned = number(row, "assigned")
            scale = 0.0 if assigned == 0 else (100 / assigned) ** 2
            return replace(
                one, rounding=one.rounding * scale, below=one.below * scale, above=one.above * scale
            )
        hits, tried = number(row, "numerator"), number(row, "denominator")
        if basis not in COUNTED or isnan(hits) or not tried > 0 or isnan(one.quiet):
            return one
        complete = self.goal.complete_counts
        if self.plan.header.complete_counts if complete is None else complete:
            return replace(one, rounding=0.0, below=0.0, above=0.0)
        if hits < 0:
            return FigureErrors()
        growth = basis is Basis.growth
        if growth or hits > tried:
            variance = 1e4 * (hits + 0.5) / tried**2
        else:
            a, b = hits + 0.5, tried - hits + 0.5
            variance = 1e4 * a * b / ((a + b) ** 2 * (a + b + 1))
        return replace(
            one, rounding=0.0, below=variance, above=variance, hits=hits, tried=tried, growth=growth
        )

    def _change(self, now: Row | None, was: Row | None) -> FigureErrors:
        """Of a difference, or of a change in percent; without a row before, of a stated baseline."""
        goal, target = self.goal, self.target
        shares = target.comparison == RecomputedComparison.maintain and target.basis not in SINCE
        errors = self._single if shares and target.basis is not Basis.change else self._plain
        stated = goal.baseline is not None and target.since is None
        one = errors(now)
        other = NO_ERROR if was is None and stated else errors(was)
        by_now = by_then = 1.0
        if target.basis in {Basis.change, Basis.change_since}:
            start = _middle(was)
            if was is None and goal.baseline is not None and stated:
                start = goal.baseline.value
            if isnan(start) or start == 0:
                return FigureErrors()
            by_now, by_then = 100 / abs(start), 100 * _middle(now) / start**2
        apart = by_now**2 * one.rounding + by_then**2 * other.rounding
        alone = one.rounding == 0 or other.rounding == 0
        return FigureErrors(
            rounding=apart if alone else 0.0,
            below=by_now**2 * one.below + by_then**2 * other.above + (0.0 if alone else apart),
            above=by_now**2 * one.above + by_then**2 * other.below + (0.0 if alone else apart),
            quiet=one.quiet + other.quiet,
            shift=by_now * one.shift - by_then * other.shift,
            wide=by_now**2 * one.wide + by_then**2 * other.wide,
            heavy=by_now**2 * one.heavy + by_then**2 * other.heavy,
        )

    def _total(self, rows: Sequence[Row | None]) -> FigureErrors:
        """Of the sum of some periods, or of one sum in percent of another."""
        basis = self.target.basis
        of = {Basis.share: "denominator", Basis.growth: "denominator", Basis.quota: "assigned"}
        known = [row for row in rows if _told(row)]
        weights = [number(row, of[basis]) if basis in of else 1.0 for row in known]
        whole = sum(weights) if basis in of else 1.0
        if basis is Basis.growth:
            whole = number(rows[0], of[basis])
        parts = [
            (self._single(row), weight / whole)
            for row, weight in zip(known, weights, strict=True) if whole > 0
        ]  # fmt: skip

        def added(name: str, power: int) -> float:
            held = ((float(getattr(one, name)), weight) for one, weight in parts)
            return sum(error * float(weight**power) for error, weight in held)

        apart, alone = added("rounding", 2), len(rows) == 1
        gaps = any(not _told(row) and not _does_not_apply(row) for row in rows)
        asked = [number(row, "denominator") != 0 for row in known]
        some = [one.hits for (one, _), any_one in zip(parts, asked, strict=False) if any_one]
        hits = sum(some) if some else nan
        return FigureErrors(
            rounding=nan if gaps else apart if alone else 0.0,
            below=added("below", 2) + (0.0 if alone else apart),
            above=added("above", 2) + (0.0 if alone else apart),
            quiet=added("quiet", 0), shift=added("shift", 1),
            wide=added("wide", 2), heavy=added("heavy", 2),
            hits=hits, tried=nan if isnan(hits) else whole, growth=basis is Basis.growth,
        )  # fmt: skip


def _told(row: Row | None) -> bool:
    counts = number(row, "numerator") + number(row, "denominator")
    return not (isnan(_middle(row)) and isnan(counts))


def _middle(row: Row | None) -> float:
    """The value of a row, or the middle of the interval it is told as."""
    value = number(row, "value")
    return (number(row, "low") + number(row, "high")) / 2 if isnan(value) else value


def _does_not_apply(row: Row | None) -> bool:
    return row is not None and int(row["state"]) == State.not_applicable
