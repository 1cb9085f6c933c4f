"""What is to come for one goal in one area: chances, fan, trend and required pace together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planlib.outlook.chances import (
    Ahead,
    changes,
    count_ahead,
    sum_ahead,
    walk_ahead,
    yes_ahead,
)
from planlib.outlook.goal_figures import Figured
from planlib.outlook.kinds import Kind, Silence
from planlib.outlook.pace import Required, required
from planlib.outlook.portfolio import SCALES, Asked, Portfolio, good_side
from planlib.outlook.trend import Direction, trends
from planlib.outlook.walk import Walk
from planlib.outlook.windows import LEAST
from planlib.plan.target import EACH_PERIOD, Cadence, Target
from planlib.scoring.pace import adds_up
from planlib.scoring.verdict import Floats

# Points, slope, its interval, the interval's true coverage, p and direction.
Known = float | None
TrendFacts = tuple[int, Known, Known, Known, Known, Known, Direction]


@dataclass(frozen=True)
class Prospect:
    """See ``planlib.evaluation.outlook.GoalOutlook``; ``fan`` holds (year, five quantiles).

    ``ahead`` is how many years lie between the newest figure and the last year forecast.
    """

    kind: Kind | None
    silence: Silence | None
    pooled: bool
    points: int
    last_year: int | None
    fan: tuple[tuple[int, Floats], ...]
    reached: float | None
    holding: float | None
    kept: float | None
    trend: TrendFacts
    required: Required | None
    ahead: int = 0
    untested: bool = False


NO_TREND: TrendFacts = (0, None, None, None, None, None, Direction.too_few_points)


def prospect(
    found: Portfolio, asked: Asked, area: str, term: tuple[int, ...], after: int
) -> Prospect:
    """Everything that can be said of one goal in one area, standing at the end of a year."""
    figured, target = asked.figured, asked.target
    if figured is None or target is None:
        return _silent(Silence.no_target, NO_TREND, None, 0, None)
    row = found.areas.index(area)
    known = np.flatnonzero(~np.isnan(figured.value[row]))
    points = len(known)
    last_year = int(figured.years[known[-1]]) if points else None
    trend = _trend(figured, row, target)
    pace = _required(figured, row, target, term)
    if isinstance(asked.kind, Silence):
        return _silent(asked.kind, trend, pace, points, last_year)
    years, targets = _coming(asked, term, after)
    if not years:
        return _silent(Silence.over, trend, pace, points, last_year)
    if points < LEAST or last_year is None:
        few = Silence.too_few_points
        if figured.open_end[row].any():
            few = Silence.open_interval
        return _silent(few, trend, pace, points, last_year)
    ahead = _ahead(found, asked, area, row, years, targets, term)
    if isinstance(ahead, Silence):
        return _silent(ahead, trend, pace, points, last_year)
    so_far = _reached_so_far(figured, row, asked, term, after)
    fan = () if ahead.fan is None else tuple(zip(ahead.years, ahead.fan, strict=True))
    missed, reached = so_far
    kept = None if missed is None else 0.0 if missed else ahead.linked
    return Prospect(
        kind=asked.kind,
        silence=None,
        pooled=asked.kind not in {Kind.beta_binomial, Kind.gamma_poisson} and found.pooled,
        points=points,
        last_year=last_year,
        fan=fan,
        reached=1.0 if reached else ahead.some,
        holding=ahead.good[-1],
        kept=kept if to_keep(target, after) else None,
        trend=trend,
        required=pace,
        ahead=years[-1] - last_year,
        untested=_untested(found, asked, area, years[-1]),
    )


def _untested(found: Portfolio, asked: Asked, area: str, last: int) -> bool:
    """Whether the pool's own past cannot yet say how forecasts of so many years do."""
    if asked.kind not in SCALES:  # it does not walk, and need not have the others walk for it
        return False
    walked = found.of(asked.goal.id, area)
    if walked is None or not found.pooled:
        return False
    return last - walked[1] > int(walked[0].reach[0])


def to_keep(target: Target, after: int) -> bool:
    """Whether the coming years must all be good: every year, to keep, or past the deadline."""
    if target.cadence is Cadence.by:
        return target.due is not None and target.due <= after
    return target.cadence in EACH_PERIOD


def _silent(
    why: Silence, trend: TrendFacts, pace: Required | None, points: int, last: int | None
) -> Prospect:
    return Prospect(None, why, False, points, last, (), None, None, None, trend, pace)


def _coming(
    asked: Asked, term: tuple[int, ...], after: int
) -> tuple[tuple[int, ...], tuple[Target, ...]]:
    """The coming years that count, each with the target it is held against."""
    goal, target = asked.goal, asked.target
    assert target is not None
    last = term[-1]
    if target.cadence is Cadence.by and target.due is not None and target.due > after:
        last = target.due  # from the deadline on, every year must keep it
    years, targets = [], []
    each_year = goal.yearly and goal.term_target is None
    for year in range(after + 1, last + 1):
        one = goal.target_for(year) if each_year else target
        if one is not None:
            years.append(year)
            targets.append(one)
    return tuple(years), tuple(targets)


def _ahead(
    found: Portfolio, asked: Asked, area: str, row: int, years: tuple[int, ...],
    targets: tuple[Target, ...], term: tuple[int, ...],
) -> Ahead | Silence:  # fmt: skip
    figured, target = asked.figured, asked.target
    assert figured is not None and target is not None
    value = figured.value[row]
    in_term = figured.years >= term[0]
    if asked.kind is Kind.done:
        done = bool(good_side(value, target)[~np.isnan(value)][-1])
        return Ahead(years, (1.0,) * len(years), 1.0, 1.0, None) if done else Silence.not_done_yet
    if asked.kind is Kind.beta_binomial:
        good = good_side(value, target)[~np.isnan(value)]
        return yes_ahead(int(good.sum()), len(good), years, found.habit(asked.goal.id, row))
    total = adds_up(target)
    if total and bool(np.isnan(value[in_term]).any()):
        return Silence.gap_in_total
    so_far = float(np.nansum(value[in_term])) if total else 0.0
    if asked.kind is Kind.gamma_poisson:
        known = value[~np.isnan(value)]
        return count_ahead(float(known.sum()), len(known), so_far, years, targets, total=total)
    walked = found.of(asked.goal.id, area)
    if walked is None:
        return Silence.too_few_points
    forecast, origin = walked
    if years[-1] - origin > forecast.horizons:
        return Silence.too_few_points
    if asked.kind is Kind.summed:
        return sum_ahead(forecast, origin, so_far, years, target)
    if asked.kind is Kind.compounding:
        if target.cadence is not Cadence.over_term:
            return walk_ahead(changes(forecast), origin, years, targets)
        return _over_term(forecast, origin, figured, row, years, target, term)
    return walk_ahead(forecast, origin, years, targets)


def _over_term(
    forecast: Walk, origin: int, figured: Figured, row: int, years: tuple[int, ...],
    target: Target, term: tuple[int, ...],
) -> Ahead | Silence:  # fmt: skip
    """A change over the whole term: the level's walk against the level the change asks for."""
    base = figured.value[row, figured.years == term[0] - 1]
    if not len(base) or not base[0] > 0:
        return Silence.too_few_points
    factor = float(base[0]) / 100
    shifted = {
        end: (100 + value) * factor
        for end in ("value", "low", "high")
        if (value := getattr(target, end)) is not None
    }
    level = target.model_copy(update=shifted)
    made = walk_ahead(forecast, origin, years, (level,) * len(years))
    fan = None if made.fan is None else made.fan / factor - 100
    return Ahead(made.years, made.good, made.linked, made.some, fan)


def _reached_so_far(
    figured: Figured, row: int, asked: Asked, term: tuple[int, ...], after: int
) -> tuple[bool | None, bool]:
    """Whether a year of the term was missed (None where one is unknown), whether one was good."""
    missed: bool | None = False
    reached = False
    each_year = asked.goal.yearly and asked.goal.term_target is None
    due = asked.target.due if asked.target is not None else None
    for year in range(due or term[0], after + 1):
        target = asked.goal.target_for(year) if each_year else asked.target
        if target is None or target.cadence is Cadence.over_term:
            continue
        spot = np.flatnonzero(figured.years == year)
        if figured.idle[row, spot].any():
            continue  # a year to which the target does not apply breaks nothing
        figure = figured.compared[row, spot] if len(spot) else np.array([np.nan])
        if np.isnan(figure[0]):
            missed = None if missed is False else missed
        elif bool(good_side(figure, target)[0]):
            reached = True
        else:
            missed = True
    return missed, reached


def _trend(figured: Figured, row: int, target: Target) -> TrendFacts:
    """Slope, interval, true coverage, p and direction of the figures since the last break."""
    if target.kind.figure != "number":
        return NO_TREND
    one = trends(figured.value[[row]], figured.years)

    def number(values: Floats) -> float | None:
        return float(values[0]) if np.isfinite(values[0]) else None

    return (
        int(one.count[0]), number(one.slope), number(one.low), number(one.high),
        number(one.coverage), number(one.p), one.direction(),
    )  # fmt: skip


def _required(figured: Figured, row: int, target: Target, term: tuple[int, ...]) -> Required | None:
    """The pace the rest of the time asks for; None where a target has no road to it."""
    total = adds_up(target)
    near = target.near
    if near is None or target.kind.of_others or target.kind.figure == "members":
        return None
    if total and target.better != "lower":
        inside = figured.years >= term[0]
        years, figures = figured.years[inside], figured.value[row, inside]
        return required(figures, years, near, term[-1], rising=True, total=True)
    if target.cadence is not Cadence.by or target.due is None or target.basis == "change":
        return None
    figures = figured.value[row]
    return required(figures, figured.years, near, target.due, rising=target.better != "lower")
