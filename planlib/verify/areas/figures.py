"""The figures of all areas in one goal and period, read again area by area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite, log, log10, nan
from statistics import median

from planlib.plan.areas import Area
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import frequency_of
from planlib.plan.plan import Plan
from planlib.plan.target import Basis, Cadence, Target
from planlib.verify.areas.chance import Believed, CountedCases, believed, limit
from planlib.verify.cells import clean
from planlib.verify.comparisons import RecomputedComparison
from planlib.verify.figures import figure_of
from planlib.verify.periods.rows import number
from planlib.verify.recompute import Recomputed

NEAREST, MOST_OF_GROUP = 5, 20
OWN = frozenset({Basis.level, Basis.share, Basis.count})


@dataclass(frozen=True)
class AreaFigure:
    """One area: its figure, the two numbers it is made of, and why there is none."""

    area: str
    value: float | None
    counted: CountedCases | None
    silence: str
    before: float | None


class ComparedFigures:
    """All areas that may be compared, in the order of the plan, with what follows of their figures."""

    def __init__(self, areas: dict[str, Recomputed], goal_id: str, period: int) -> None:
        made = {area: one.along(frequency_of(period)) for area, one in areas.items()}
        self.plan: Plan = next(iter(made.values())).plan
        self.goal: Goal = self.plan.goal(goal_id)
        self.period = period
        self.target: Target = self.goal.target_for(period) or self.goal.main_target()
        kept = {area: one for area, one in made.items() if self._fair(area, made)}
        self.base = self._base(kept)
        self.areas = [self._area(area, one) for area, one in kept.items()]
        self.scale, self.events = self._distribution()
        if self.scale is None:
            drawn: list[AreaFigure] = []
        else:
            drawn = [one for one in self.areas if one.value is not None and one.counted is not None]
        self.drawn = drawn
        self._place = {one.area: at for at, one in enumerate(drawn)}
        counted = [one.counted for one in drawn if one.counted is not None]
        size = sum(one.size for one in counted)
        self.overall = sum(one.cases for one in counted) / size if size else nan
        self.known: Believed | None = believed(counted, events=self.events) if counted else None

    # ------------------------------------------------------------------ what is compared

    def _fair(self, area: str, made: dict[str, Recomputed]) -> bool:
        registry = self.plan.areas_by_id
        if any(one in registry and registry[one].part_of == area for one in made):
            return False
        place, end = registry.get(area), self.plan.calendar.end
        first, last = end(self.period - 1) + 1, end(self.period)
        if place is None:
            return True
        begins = place.valid_from.toordinal() if place.valid_from else first
        ends = place.valid_to.toordinal() if place.valid_to else last
        return begins <= last and ends >= first

    def _figure(self, one: Recomputed, period: int) -> float | None:
        found = figure_of(one.rows, self.goal, self.target, period, one.first, one.base)
        return clean(found.low) if found.low == found.high and isfinite(found.low) else None

    def _base(self, kept: dict[str, Recomputed]) -> int | None:
        for year in (self.plan.base_period, *self.plan.years):
            if year < self.period and any(
                self._figure(one, year) is not None for one in kept.values()
            ):
                return year
        return None

    def _area(self, area: str, one: Recomputed) -> AreaFigure:
        found = figure_of(one.rows, self.goal, self.target, self.period, one.first, one.base)
        value = self._figure(one, self.period)
        row = one.rows.held(self.goal, self.target, self.period)
        cases, size = number(row, "numerator"), number(row, "denominator")
        whole = value is not None and isfinite(cases) and isfinite(size) and size > 0
        silence = ""
        if value is None:
            silence = "no_data"
            if found.suppressed or found.hidden:
                silence = "suppressed"
            elif found.not_applicable:
                silence = "not_applicable"
            elif found.not_due:
                silence = "not_due"
            elif isfinite(found.low) or isfinite(found.high):
                silence = "interval"
        before = None if self.base is None else self._figure(one, self.base)
        return AreaFigure(
            area, value, CountedCases(cases, size) if whole else None, silence, before
        )

    def _distribution(self) -> tuple[float | None, bool]:
        """What a rate is multiplied by, None where there is no telling chance; whether of events."""
        target, pairs = self.target, [
            (one.value, one.counted) for one in self.areas
            if one.value is not None and one.counted is not None
        ]  # fmt: skip
        moved = target.comparison == RecomputedComparison.maintain
        if (
            moved
            or target.basis not in OWN
            or target.cadence is Cadence.over_term
            or len(pairs) < 2
        ):
            return None, False
        if target.basis is Basis.share:
            cases = all(0 <= one.cases <= one.size * (1 + 1e-6) for _, one in pairs)
            return (100.0 if cases and all(_whole(one.size) for _, one in pairs) else None), False
        ratios = [
            value * one.size / one.cases for value, one in pairs if one.cases > 0 and value > 0
        ]
        if not ratios:
            return (1.0 if all(value == 0 for value, _ in pairs) else None), True
        scale = 10.0 ** round(log10(median(ratios)))
        near = all(
            abs(scale * one.cases / one.size - value)
            <= max(0.02 * abs(scale * one.cases / one.size), _half_unit(value))
            for value, one in pairs
        )
        counts = all(_whole(one.cases) and one.cases >= 0 for _, one in pairs)
        return (scale if near and counts else None), True

    # ------------------------------------------------------------------ what follows

    def limits(self, one: AreaFigure) -> tuple[float, float]:
        """The 99.8 % limits of an area, in the unit of the goal."""
        assert one.counted is not None and self.scale is not None
        low, high = (
            self.scale * limit(one.counted, self.overall, share, events=self.events)
            for share in (0.001, 0.999)
        )
        return low, high

    def side(self, one: AreaFigure) -> str:
        """Whether an area lies above or below its limits, or within."""
        assert one.value is not None and one.counted is not None and self.scale is not None
        low, high = self.limits(one)
        rate = self.scale * one.counted.cases / one.counted.size
        room = 1e-7 * max(abs(rate), abs(high))
        return "high" if rate > high + room else "low" if rate < low - room else "within"

    def best(self, one: AreaFigure) -> float:
        """The best estimate of an area, in the unit of the goal."""
        assert self.scale is not None
        if self.known is None:
            return self.scale * self.overall
        return self.scale * self.known.best(self._place[one.area])

    def place(self, one: AreaFigure) -> int:
        """The place of an area among those with limits."""
        return self._place[one.area]

    @property
    def way(self) -> tuple[str, float, float]:
        """What is better, and the range to be near to, as rates."""
        target = self.target
        if target.comparison == RecomputedComparison.between and target.beyond == "bad":
            ends = sorted(end for end in (target.low, target.high) if end is not None)
            scale = self.scale or 1.0
            return "nearer", ends[0] / scale, ends[-1] / scale
        return "lower" if target.better == "lower" else "higher", nan, nan

    def rank(self, one: AreaFigure) -> int:
        """The place of an area's figure among all; equals share the better one."""
        way, low, high = self.way

        def away(other: AreaFigure) -> float:
            value = other.value or 0.0
            if way == "nearer":
                scale = self.scale or 1.0
                return max(low * scale - value, value - high * scale, 0.0)
            return value if way == "lower" else -value

        mine = away(one)
        return 1 + sum(away(other) < mine - 1e-9 * max(abs(mine), 1e-300) for other in self.drawn)

    def peers(self, one: AreaFigure) -> list[AreaFigure]:
        """The areas of its group, else those nearest in size."""
        registry = self.plan.areas_by_id
        group = _group(registry, one.area)
        others = [
            other for other in self.areas if other is not one and _group(registry, other.area) == group
        ]  # fmt: skip
        size = {other.area: other.counted.size if other.counted else nan for other in self.areas}
        if self.silent_sizes:
            size = dict.fromkeys(size, nan)
        mine = size[one.area]
        if group is None:
            if not isfinite(mine):
                return []
            others = [other for other in others if isfinite(size[other.area])]

        def apart(other: AreaFigure) -> tuple[float, int]:
            its = size[other.area]
            far = abs(log(its) - log(mine)) if isfinite(its) and isfinite(mine) else float("inf")
            return round(far, 12), self.areas.index(other)

        return sorted(others, key=apart)[: NEAREST if group is None else MOST_OF_GROUP]

    @property
    def silent_sizes(self) -> bool:
        """Whether there are no sizes at all: of figures made from others."""
        target = self.target
        moved = target.comparison == RecomputedComparison.maintain
        return moved or target.basis not in OWN or target.cadence is Cadence.over_term

    def together(self, some: list[AreaFigure]) -> float | None:
        """The figure of some areas together."""
        if self.scale is None:
            values = [one.value for one in some if one.value is not None]
            return sum(values) / len(values) if values else None
        counted = [one.counted for one in some if one.area in self._place and one.counted]
        size = sum(one.size for one in counted)
        return self.scale * sum(one.cases for one in counted) / size if size else None


def _group(registry: Mapping[str, Area], area: str) -> str | None:
    place = registry.get(area)
    return None if place is None else place.peer_group


def _whole(amount: float) -> bool:
    return abs(amount - round(amount)) <= 1e-6 * max(amount, 1.0)


def _half_unit(value: float) -> float:
    for digits in range(6):
        if abs(round(value, digits) - value) < 1e-9 * max(1.0, abs(value)):
            return 0.5 * float(10**-digits) * (1 + 1e-6) + 1e-9
    return 0.5e-6 + 1e-9
