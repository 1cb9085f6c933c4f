"""From a forecast to the chances of a target: year by year, on the good side, and as a fan."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from planlib.outlook.counts import (
    MetHabit,
    all_yes,
    any_yes,
    total_at_least,
    total_at_most,
    total_quantile,
)
from planlib.outlook.events import stays
from planlib.outlook.scales import Scale, Standard
from planlib.outlook.walk import Walk
from planlib.plan.target import Target
from planlib.scoring.verdict import Floats

SHARES = np.array([0.1, 0.25, 0.5, 0.75, 0.9])
_FINE = np.arange(1, 400) / 400  # a sum over years is taken share by share


@dataclass(frozen=True)
class Ahead:
    """What lies ahead of one goal: each coming year's chance of being on the good side.

    ``years`` are the coming years looked at, ``good`` their chances, ``linked`` the chance that
    all of them are good, ``some`` that one of them is; ``fan`` holds the quantiles at 10, 25, 50,
    75 and 90 % (years × 5) in the goal's unit, None where there is nothing to draw.
    """

    years: tuple[int, ...]
    good: tuple[float, ...]
    linked: float
    some: float
    fan: Floats | None


def walk_ahead(
    forecast: Walk, origin: int, years: tuple[int, ...], targets: tuple[Target, ...]
) -> Ahead:
    """The chances of a walk (one row) in some coming years, each held against its target."""
    good = np.empty((1, len(years)))
    for spot, (year, target) in enumerate(zip(years, targets, strict=True)):
        below = partial(_below, forecast, year - origin)
        good[0, spot] = target.kind.chance(below, target)
    link = forecast.link[:, [year - origin - 1 for year in years]]
    fan = np.concatenate([forecast.quantile(SHARES, year - origin) for year in years])
    return Ahead(
        years=years,
        good=tuple(float(one) for one in good[0]),
        linked=float(stays(good, link)[0]),
        some=1 - float(stays(1 - good, link)[0]),
        fan=fan,
    )


def _below(forecast: Walk, horizon: int, figure: float) -> float:
    return float(forecast.below(np.array([figure]), horizon)[0])


def changes(forecast: Walk) -> Walk:
    """The yearly changes of a level's walk, in percent: compounded, each year for itself.

    A level never falls by more than all of it: −100 % is the natural limit.
    """
    before = np.concatenate([forecast.last[:, None], forecast.centre[:, :-1]], axis=1)
    size = len(forecast.centre)
    nothing, all_of_it = np.zeros(size), np.full(size, -100.0)
    made = Standard(
        np.full(size, Scale.compound, np.int8), all_of_it, np.full(size, np.inf),
        np.ones(size), nothing, nothing, np.full(size, np.inf),
    )  # fmt: skip
    return Walk(
        standard=made,
        centre=np.log(100.0) + forecast.centre - before,
        scale=np.repeat(forecast.scale[:, :1], forecast.horizons, axis=1),
        tails=forecast.tails,
        link=np.zeros(forecast.link.shape),
        last=np.full(size, np.nan),
        still=np.zeros(forecast.link.shape),
        reach=forecast.reach,
    )


def sum_ahead(
    forecast: Walk, origin: int, so_far: float, years: tuple[int, ...], target: Target
) -> Ahead:
    """A running total: so far, and what a walk of yearly amounts adds.

    The years are taken to rise and fall together (each at the same share of its distribution),
    the widest a sum can honestly be; amounts never take anything away.
    """
    yearly = [forecast.quantile(_FINE, year - origin)[0] for year in years]
    totals = so_far + np.cumsum(np.stack(yearly), axis=0)
    stretches = target.kind.good(target)
    good = [
        sum(float(np.mean((total >= low - 1e-9) & (total <= high + 1e-9)))
            for low, high in stretches)
        for total in totals
    ]  # fmt: skip
    fan = np.stack([np.interp(SHARES, _FINE, total) for total in totals])
    # A total counts at the end of the term; on the way it can only grow.
    best = good[-1] if np.isfinite(stretches[-1][1]) else max(good)
    return Ahead(years, tuple(good), good[-1], best, fan)


def count_ahead(
    count: float, known: int, so_far: float, years: tuple[int, ...], targets: tuple[Target, ...],
    *, total: bool,
) -> Ahead:  # fmt: skip
    """Counted events at an unknown steady rate, after ``count`` of them in ``known`` years.

    With ``total`` the target holds for the sum, ``so_far`` included, else for every year's count.
    """
    good, fan = [], []
    for spot, target in enumerate(targets):
        ahead = spot + 1 if total else 1
        start = so_far if total else 0.0
        chance = 0.0
        for low, high in target.kind.whole(target):
            least = float(total_at_least(count, known, ahead, max(low - start, 0.0)))
            if np.isfinite(high):
                allowed = high - start
                most = float(total_at_most(count, known, ahead, allowed)) if allowed >= 0 else 0.0
                least = max(most - (1 - least), 0.0)
            chance += least
        good.append(chance)
        fan.append(start + total_quantile(count, known, ahead, SHARES))
    chances = tuple(good)
    if total:
        return Ahead(years, chances, good[-1], max(good), np.stack(fan))
    # Every year under the same unknown rate: zero events in h years is exact, the rest a chain.
    if targets[-1].kind.whole(targets[-1]) == ((-np.inf, 0.0),):
        linked = float(total_at_most(count, known, len(years), 0))
    else:
        linked = float(stays(np.array([chances]), _same_rate(count, known, len(years)))[0])
    some = 1 - float(stays(1 - np.array([chances]), _same_rate(count, known, len(years)))[0])
    return Ahead(years, chances, linked, some, np.stack(fan))


def _same_rate(count: float, known: int, years: int) -> Floats:
    """Two years share the unknown rate: its part of the variance is 1 / (1 + known years)."""
    return np.full((1, years), 1 / (1 + known))


def yes_ahead(yes: int, known: int, years: tuple[int, ...], habit: MetHabit) -> Ahead:
    """Yes or no in each coming year, after ``yes`` of ``known``."""
    one = float(all_yes(yes, known, 1, habit))
    return Ahead(
        years=years,
        good=(one,) * len(years),
        linked=float(all_yes(yes, known, len(years), habit)),
        some=float(any_yes(yes, known, len(years), habit)),
        fan=None,
    )
