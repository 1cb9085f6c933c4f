"""Recomputed verdicts with how sure they are: the chance that the final figure gives the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from math import erf, exp, isfinite, isnan, pi, sqrt
from typing import Self

from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency
from planlib.plan.plan import Plan
from planlib.plan.target import Target
from planlib.verify.bounds import INSIDE, SAME, ends, side
from planlib.verify.certainty.errors import CHANGES, ErrorsOf, FigureErrors
from planlib.verify.certainty.taught import NEVER_NUMBERS, Taught
from planlib.verify.comparisons import RecomputedComparison
from planlib.verify.figures import figure_of
from planlib.verify.periods.rows import Row
from planlib.verify.recompute import Recomputed
from planlib.verify.targets.elsewhere import Elsewhere
from planlib.verify.targets.judged import JUDGED, RecomputedVerdict
from planlib.verify.targets.levels import lost_for_good
from planlib.verify.targets.tolerance import tolerated, tolerated_ends

NARROW = 1e-4
NEVER_SURE = NEVER_NUMBERS | {RecomputedComparison.rank, RecomputedComparison.relative}


class CertainRecomputed(Recomputed):
    """The verdicts of one area, each with the chances of the final one; ``taught`` is of all areas."""

    def __init__(
        self, plan: Plan, rows: Iterable[Row], as_of: int | None = None, *, area: str = "",
        elsewhere: Elsewhere | None = None, taught: Taught | None = None,
    ) -> None:  # fmt: skip
        held = rows if taught is None else taught.marked(rows)
        super().__init__(plan, held, as_of, area=area, elsewhere=elsewhere)
        self._taught = taught

    def along(self, frequency: Frequency) -> Self:
        """The same along periods of another length."""
        if frequency not in self._views:
            other = type(self)(
                self.plan.along(frequency), self._given, self.as_of,
                area=self.area, elsewhere=self.elsewhere, taught=self._taught,
            )  # fmt: skip
            other._views = self._views
            self._views[frequency] = other
        return super().along(frequency)

    def _judged(self, goal: Goal, target: Target, year: int) -> RecomputedVerdict:
        answer = super()._judged(goal, target, year)
        if answer.verdict not in JUDGED or answer.figure_of is not None:
            return answer
        if target.comparison in NEVER_SURE or self._taught is None:
            return answer
        figure = figure_of(self.rows, goal, target, year, self.first, self.base)
        errors = ErrorsOf(self.plan, self.rows, goal, target, self.first, self.base).at(year)
        limits = goal.limits_of(target)

        def says(number: float) -> str:
            """The verdict if the figure were just this."""
            exact = replace(figure, low=number, high=number, over=False, under=False)
            lies = side(number, target, limits)
            if self._may_be_used_up(goal, target, year):
                lies = min(lies, INSIDE)
            lost = self._running(goal, target) and lost_for_good(exact, target, limits)
            nearly = lies < INSIDE and tolerated(self.plan, goal, target, number, number)
            return self._verdict(exact, target, lies, year, lost=lost, nearly=nearly)

        low, high = figure.low, figure.high
        if not (isfinite(low) and isfinite(high)):
            return answer
        middle = low if low == high else (low + high) / 2
        bounds = sorted({*ends(target), *tolerated_ends(self.plan, goal, target)})
        edges = {limits.low, limits.high} & set(bounds)
        if target.comparison == RecomputedComparison.maintain:
            edges = set()
        elif limits.low is None and target.basis not in CHANGES and 0.0 in bounds:
            edges |= {0.0} if self._running(goal, target) or not errors.below > 0 else set()
        at_edge = any(abs(middle - e) <= SAME * max(abs(e), 1.0) for e in edges if e is not None)
        if low < high and isnan(errors.rounding):
            errors = replace(errors, rounding=(high - low) ** 2 / 12)
        elif low == high and at_edge:
            nan = float("nan")
            errors = replace(errors, rounding=0.0, below=0.0, above=0.0, hits=nan)
        chances = chances_of(middle, errors, bounds, says, answer.verdict)
        if chances and answer.verdict == "met" and len(set(ends(target))) == 1:
            reached = chances.get("met", 0.0) + chances.get("exceeded", 0.0)
            chances |= {"met": reached, "exceeded": 0.0}
        return replace(answer, chances=chances)


def chances_of(
    figure: float, errors: FigureErrors, bounds: list[float], says: Callable[[float], str],
    verdict: str,
) -> dict[str, float] | None:  # fmt: skip
    """The chance of each verdict of the final figure; None where nothing is known of the errors."""
    variance = errors.below + errors.above
    if isnan(errors.rounding + variance + errors.quiet + errors.wide):
        return None
    still = errors.rounding == 0 and variance == 0
    revised = 1.0 - exp(errors.quiet)
    if still and revised == 0:
        return None
    span = [
        bounds[0] - max(abs(bounds[0]), 1.0),
        *((one + other) / 2 for one, other in pairwise(bounds)),
        bounds[-1] + max(abs(bounds[-1]), 1.0),
    ]
    names = [says(number) for number in span]
    rest = [0.0, 1.0]
    for bound, name in zip(bounds, names, strict=False):
        same = name == verdict or (name, verdict) == ("exceeded", "met")
        rest.insert(-1, _below(bound, figure, errors, same=same))
    moved = [0.0, *(_revised_below(bound, figure, errors) for bound in bounds), 1.0]
    found: dict[str, float] = {}
    for name, at_rest, after in zip(names, pairwise(rest), pairwise(moved), strict=True):
        mass = 0.0 if still else (1 - revised) * (at_rest[1] - at_rest[0])
        found[name] = found.get(name, 0.0) + mass + revised * (after[1] - after[0])
    if still:
        found[verdict] = found.get(verdict, 0.0) + 1 - revised
    return {name: min(max(chance, 0.0), 1.0) for name, chance in found.items()}


def _normal(z: float) -> float:
    return (1 + erf(z / sqrt(2))) / 2


def _below(bound: float, figure: float, errors: FigureErrors, *, same: bool) -> float:
    """The chance of less than a bound without a revision; of the bound too where it is the ``same``."""
    if not isnan(errors.hits):
        from scipy.special import betainc, gammainc

        if errors.growth or errors.hits > errors.tried:
            return float(gammainc(errors.hits + 0.5, max(bound, 0.0) / 100 * errors.tried))
        of = errors.hits + 0.5, errors.tried - errors.hits + 0.5
        return float(betainc(*of, min(max(bound / 100, 0.0), 1.0)))
    x = bound - figure
    if x == errors.rounding == 0 and (errors.below == 0) != (errors.above == 0):
        return 0.5 * (same + (errors.above == 0))  # half of it is the figure itself
    half, error = sqrt(3 * errors.rounding), sqrt(errors.below if x < 0 else errors.above)
    if error <= NARROW * half:
        if half == 0:
            return 0.5 * ((x > 0) + (x >= 0))
        return min(max((x / half + 1) / 2, 0.0), 1.0)
    if half < NARROW * error:
        return _normal(x / error)

    def area(z: float) -> float:
        return z * _normal(z) + exp(-z * z / 2) / sqrt(2 * pi)

    both = (area((x + half) / error) - area((x - half) / error)) * error / (2 * half)
    return min(max(both, 0.0), 1.0)


def _revised_below(bound: float, figure: float, errors: FigureErrors) -> float:
    """The same after one."""
    if not errors.quiet < 0:
        return 0.0
    any_of_them = 1.0 - exp(errors.quiet)
    wide = errors.wide / any_of_them  # of what is then to be expected
    x = bound - figure - errors.shift / any_of_them
    variance = errors.rounding + (errors.below if x < 0 else errors.above)
    tails = errors.heavy / errors.wide
    of_t = (1 + x / sqrt(wide + 2 * variance + x * x)) / 2
    return tails * of_t + (1 - tails) * _normal(x / sqrt(pi / 2 * wide + variance))
