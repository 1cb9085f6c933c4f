"""Holds forecasts against what came: probabilities, intervals, and the record behind a number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from planlib.outlook.backtest.cases import Board, Cases
from planlib.outlook.backtest.rivals import Bell, so_far, status_codes
from planlib.outlook.backtest.scores import (
    CRPS_SHARES,
    LEVELS,
    brier,
    crps,
    inside,
    log_score,
    reliability,
)
from planlib.outlook.counts import MetHabit, all_yes, any_yes, habits
from planlib.outlook.events import good_every_year, reached_by
from planlib.outlook.walk import Walk
from planlib.outlook.windows import MOST
from planlib.scoring.verdict import Bools, Floats

COVERS = tuple(f"cover_{100 * level:.0f}" for level in LEVELS)
NEAR, THINNED = 3, 3  # years; further ahead every third series is enough for the record
Put = Callable[[str, str, int, Floats, Any], None]


def used(cases: Cases, ahead: tuple[int, ...]) -> Bools:
    """N × H × R: the cases of the horizons asked for."""
    asked = np.zeros(cases.stated.shape[1], bool)
    asked[np.asarray(ahead) - 1] = True
    return np.broadcast_to((cases.stated & asked)[:, :, None], cases.target.shape)


def came_true(cases: Cases) -> Bools:
    """N × H × R: whether the target was met in the year aimed at."""
    rising = cases.board.rising[cases.windows.series][:, None, None]
    outcome = cases.outcome[:, :, None]
    slack = 1e-9 * np.abs(cases.target)
    with np.errstate(invalid="ignore"):
        return np.where(rising, outcome >= cases.target - slack, outcome <= cases.target + slack)


def gathered(parts: Sequence[Cases], use: Sequence[Bools]) -> Bools:
    """What came true of all used cases, one after another."""
    hits = [came_true(cases)[one] for cases, one in zip(parts, use, strict=True)]
    return np.concatenate(hits) if hits else np.empty(0, bool)


def facts_of(parts: Sequence[Cases], use: Sequence[Bools]) -> pd.DataFrame:
    """What each used case is: indicator, years ahead, improvement, points, and year it stands in."""
    frames = []
    for cases, one in zip(parts, use, strict=True):
        at = np.argwhere(one)
        frames.append(
            pd.DataFrame(
                {
                    "group": cases.board.groups[cases.windows.series[at[:, 0]]],
                    "horizon": at[:, 1] + 1,
                    "rate": at[:, 2],
                    "points": cases.windows.count[at[:, 0]],
                    "year": cases.windows.origin[at[:, 0]],
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def named(made: Board, parts: Sequence[Cases], use: Sequence[Bools]) -> pd.DataFrame:
    """The used cases with the names of their indicator and area, and the year they stand in."""
    facts = facts_of(parts, use)
    rows = [
        cases.windows.series[np.argwhere(one)[:, 0]] for cases, one in zip(parts, use, strict=True)
    ]
    areas = [
        np.asarray(cases.board.areas, object)[row] for cases, row in zip(parts, rows, strict=True)
    ]
    facts.insert(0, "indicator", np.asarray(made.indicators, object)[facts.pop("group")])
    facts.insert(1, "area", np.concatenate(areas))
    facts.insert(2, "year", facts.pop("year"))
    return facts


def described(parts: Sequence[Cases], use: Sequence[Bools]) -> pd.DataFrame:
    """What a rival that learns from cases may look at: facts of each case, and of its window.

    ``last`` is the newest figure, ``pace`` the window's mean change a year, ``step`` the last
    change a year, ``restless`` the root mean square change, ``place`` the distance from the
    window's mean, all in the good direction and (but for ``last``) in the figure's unit; ``needed``
    is the change a year up to the target.
    """
    frames = []
    for cases, one in zip(parts, use, strict=True):
        at = np.argwhere(one)
        windows = cases.windows.keep(at[:, 0])
        values, years = windows.values, windows.years
        sign = np.where(cases.board.rising[windows.series], 1.0, -1.0)
        change, gap = np.diff(values, axis=1), np.diff(years, axis=1)
        first = (np.arange(len(at)), MOST - windows.count)
        span, last = years[:, -1] - years[first], values[:, -1]
        frames.append(
            pd.DataFrame(
                {
                    "span": span,
                    "last": np.log(np.abs(last) + 1e-9),
                    "pace": sign * (last - values[first]) / span,
                    "step": sign * change[:, -1] / gap[:, -1],
                    "restless": np.sqrt(np.nansum(change**2 / gap, axis=1) / (windows.count - 1)),
                    "place": sign * (last - np.nanmean(values, axis=1)),
                    "needed": sign * (cases.target[one] - last) / (at[:, 1] + 1),
                    "size": np.abs(last),
                    "rising": sign,
                }
            )
        )
    return pd.concat([facts_of(parts, use), pd.concat(frames, ignore_index=True)], axis=1)


def chances(parts: Sequence[tuple[Cases, Walk | Bell]], use: Sequence[Bools]) -> Floats:
    """The probability of meeting the target in the year aimed at, case by case."""
    found = []
    for (cases, forecast), one in zip(parts, use, strict=True):
        rising = cases.board.rising[cases.windows.series]
        chance = np.full(cases.target.shape, np.nan)
        horizons, rates = cases.target.shape[1:]
        for h in range(horizons):
            for r in range(rates):
                chance[:, h, r] = forecast.holds(cases.target[:, h, r], rising, h + 1)
        found.append(chance[one])
    return np.concatenate(found)


def spreads(parts: Sequence[tuple[Cases, Walk | Bell]], ahead: tuple[int, ...]) -> pd.DataFrame:
    """Interval hits and CRPS of every case with a stated target, once for all improvements."""
    ends = [(1 - level) / 2 for level in LEVELS]
    shares = np.array([share for end in ends for share in (end, 1 - end)])
    frames = []
    for cases, forecast in parts:
        size = np.nanmean(np.abs(cases.windows.values), axis=1)
        for h in ahead:
            at = np.flatnonzero(cases.stated[:, h - 1])
            if not len(at):
                continue
            outcome = cases.outcome[at, h - 1]
            edges = forecast.quantile(shares, h)[at]
            frame = pd.DataFrame(
                {
                    "group": cases.board.groups[cases.windows.series[at]],
                    "horizon": np.full(len(at), h),
                    "points": cases.windows.count[at],
                    "crps": crps(forecast.quantile(CRPS_SHARES, h)[at], outcome, size[at]),
                }
            )
            for k, name in enumerate(COVERS):
                frame[name] = inside(edges[:, 2 * k : 2 * k + 2], outcome).astype(np.float64)
            frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def told_chances(
    method: str, cases: Sequence[Cases], use: Sequence[Bools], facts: pd.DataFrame, came: Bools
) -> Floats:
    """Probabilities of a method that says a word: how often that word had come true so far.

    The base rate's word is the indicator, a published rule's its status under the indicator; both
    are counted for each stated improvement apart, and where there is a past for each horizon.
    """
    horizon, rate, group, now = (
        facts[key].to_numpy(np.int64) for key in ("horizon", "rate", "group", "year")
    )
    cell = horizon * (int(rate.max()) + 1) + rate
    many, kinds = int(cell.max()) + 1, int(group.max()) + 1
    if method == "base_rate":
        levels = [rate, rate * kinds + group, cell * kinds + group]
    else:
        word = 1 + np.concatenate(
            [status_codes(method, c, u) for c, u in zip(cases, use, strict=True)]
        )
        both = word * kinds + group
        levels = [rate, word * many + rate, both * many + rate, both * many + cell]
    return so_far(levels, came.astype(np.float64), now + horizon, now)


def scored(
    method: str, indicators: Sequence[str], facts: pd.DataFrame, chance: Floats, came: Bools,
    spread: pd.DataFrame | None,
) -> pd.DataFrame:  # fmt: skip
    """The scores of one method by indicator, and of all cases together."""
    scores = facts[["group"]].assign(brier=brier(chance, came), log_score=log_score(chance, came))
    parts = [("all", scores, spread)]
    for group, indicator in enumerate(indicators):
        mine = None if spread is None else spread[spread["group"] == group]
        parts.append((indicator, scores[scores["group"] == group], mine))
    rows = []
    for label, part, one in parts:
        row = {"method": method, "indicator": label, "cases": len(part)}
        row |= {key: part[key].mean() for key in ("brier", "log_score")}
        for key in ("crps", *COVERS):
            row[key] = np.nan if one is None or not len(one) else one[key].mean()
        rows.append(row)
    return pd.DataFrame(rows)


def by_circumstance(
    facts: pd.DataFrame, chance: Floats, came: Bools, spread: pd.DataFrame
) -> pd.DataFrame:
    """Scores by years ahead, by number of known points, and by the size of the improvement."""
    scores = facts.assign(
        brier=brier(chance, came), log_score=log_score(chance, came), came=came, chance=chance
    )
    frames = []
    for by in ("horizon", "points", "rate"):
        one = scores.groupby(by)[["brier", "log_score", "chance", "came"]].mean()
        one["cases"] = scores.groupby(by).size()
        if by in spread:
            one = one.join(spread.groupby(by)[["crps", *COVERS]].mean())
        frames.append(one.reset_index(names="value").assign(by=by))
    return pd.concat(frames, ignore_index=True)


def record_of(parts: Sequence[tuple[Cases, Walk]], ahead: tuple[int, ...]) -> pd.DataFrame:
    """Reliability of our own probabilities: by kind, event and years ahead.

    ``walk``: ``holding`` in the year aimed at; ``reached`` in some year by then and ``kept`` in
    every year (a floor as much worse than now as the target is better), for two years or more.
    ``beta_binomial``: ``kept`` is "not worse than the year before" in each of the coming years,
    from how often that was so in the window and in those of the other areas.
    """
    found: dict[tuple[str, str, int], list[tuple[Floats, Bools]]] = {}

    def put(kind: str, event: str, years: int, chance: Floats, hit: Any) -> None:
        found.setdefault((kind, event, years), []).append((chance, np.asarray(hit, bool)))

    for cases, forecast in parts:
        put_yes_no(put, cases, ahead)
        for h in ahead:
            put_walk(put, cases, forecast, h)
    frames = []
    for (kind, event, years), pairs in found.items():
        chance, hit = (np.concatenate([pair[k] for pair in pairs]) for k in (0, 1))
        bins = reliability(chance, hit.astype(bool))
        frames.append(bins.assign(kind=kind, event=event, years=years))
    whole = pd.concat(frames, ignore_index=True)
    return whole.sort_values(["kind", "event", "years", "low"], ignore_index=True)


def put_walk(put: Put, cases: Cases, forecast: Walk, h: int) -> None:
    """A moment's record of one horizon; further ahead than three years of every third series."""
    rising = cases.board.rising[cases.windows.series]
    sign = np.where(rising, 1.0, -1.0)[:, None]
    came, stated = came_true(cases), cases.stated[:, h - 1]
    at = np.flatnonzero(stated)
    whole = np.flatnonzero(~np.isnan(cases.outcome[:, :h]).any(axis=1) & stated)
    whole = whole[:: 1 if h <= NEAR else THINNED]
    mine, up = forecast.take(whole), rising[whole]
    path = sign[whole] * cases.outcome[whole, :h]
    for r in range(cases.target.shape[2]):
        target, floor = cases.target[:, h - 1, r], cases.floor[:, h - 1, r]
        put("walk", "holding", h, forecast.holds(target, rising, h)[at], came[at, h - 1, r])
        if h < 2 or not len(whole):
            continue
        near, low = (sign[whole] * one[whole, None] - 1e-12 for one in (target, floor))
        chance = reached_by(mine, target[whole], up, h)
        put("walk", "reached", h, chance, (path >= near).any(axis=1))
        chance = good_every_year(mine, floor[whole], up, h)
        put("walk", "kept", h, chance, (path >= low).all(axis=1))


def put_yes_no(put: Put, cases: Cases, ahead: tuple[int, ...]) -> None:
    """The yes/no record of a moment: years not worse than the one before."""
    rows = cases.windows.series
    sign = np.where(cases.board.rising[rows], 1.0, -1.0)[:, None]
    with np.errstate(invalid="ignore"):
        change = sign * np.diff(cases.windows.values, axis=1)
    yes, known = (change >= 0).sum(axis=1), (~np.isnan(change)).sum(axis=1)
    learned = habits(yes, known, cases.board.groups[rows])
    later = np.concatenate([cases.last[:, None], cases.outcome], axis=1)
    step = sign * np.diff(later, axis=1)
    for h in ahead:
        whole = np.flatnonzero(~np.isnan(step[:, :h]).any(axis=1) & (known >= 3))
        if not len(whole):
            continue
        k, n, good = yes[whole], known[whole], step[whole, :h] >= 0
        habit = MetHabit(np.asarray(learned.mean)[whole], np.asarray(learned.weight)[whole])
        put("beta_binomial", "holding", h, all_yes(k, n, 1, habit), good[:, -1])
        if h > 1:
            put("beta_binomial", "reached", h, any_yes(k, n, h, habit), good.any(axis=1))
        put("beta_binomial", "kept", h, all_yes(k, n, h, habit), good.all(axis=1))
