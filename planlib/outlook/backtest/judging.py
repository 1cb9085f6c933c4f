"""Holds forecasts against what came: probabilities, intervals, and the record behind a number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from planlib.outlook.backtest.cases import Board, Cases
from planlib.outlook.backtest.rivals import Bell, frequencies, status_codes
from planlib.outlook.backtest.scores import (
    CRPS_SHARES,
    LEVELS,
    brier,
    crps,
    inside,
    log_score,
    reliability,
)
from planlib.outlook.counts import all_yes, any_yes
from planlib.outlook.events import good_every_year, reached_by
from planlib.outlook.walk import Walk
from planlib.outlook.windows import Ints
from planlib.scoring.verdict import Bools, Floats

COVERS = tuple(f"cover_{100 * level:.0f}" for level in LEVELS)
NOTHING_KNOWN = 0.5
Put = Callable[[str, str, Floats, Any], None]


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
    """What each used case is: indicator, years ahead, improvement, number of points."""
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
    years = [
        cases.windows.origin[np.argwhere(one)[:, 0]] for cases, one in zip(parts, use, strict=True)
    ]
    areas = [
        np.asarray(cases.board.areas, object)[row] for cases, row in zip(parts, rows, strict=True)
    ]
    facts.insert(0, "indicator", np.asarray(made.indicators, object)[facts.pop("group")])
    facts.insert(1, "area", np.concatenate(areas))
    facts.insert(2, "year", np.concatenate(years))
    return facts


def chances(parts: Sequence[tuple[Cases, Walk | Bell]], use: Sequence[Bools]) -> Floats:
    """The probability of meeting the target in the year aimed at, case by case."""
    found = []
    for (cases, forecast), one in zip(parts, use, strict=True):
        rising = cases.board.rising[cases.windows.series]
        chance = np.full(cases.target.shape, np.nan)
        horizons, rates = cases.target.shape[1:]
        for h in range(horizons):
            for r in range(rates):
                below = forecast.below(cases.target[:, h, r], h + 1)
                chance[:, h, r] = np.where(rising, 1 - below, below)
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


def taught_chances(
    method: str, judged: Sequence[Cases], use: Sequence[Bools], taught: Sequence[Cases],
    learned: Sequence[Bools],
) -> Floats:  # fmt: skip
    """Probabilities of a method that says a word: how often that word came true in training.

    The base rate's word is the indicator, a published rule's its status; both are counted for each
    horizon and stated improvement apart.
    """
    now = facts_of(judged, use)
    if not any(one.any() for one in learned):
        return np.full(len(now), NOTHING_KNOWN)
    before, hits = facts_of(taught, learned), gathered(taught, learned).astype(np.float64)
    rates = int(max(now["rate"].max(), before["rate"].max())) + 1
    cells = int(max(now["horizon"].max(), before["horizon"].max())) * rates

    def cell(facts: pd.DataFrame) -> Ints:
        found = (facts["horizon"] - 1) * rates + facts["rate"]
        return np.asarray(found, np.int64)

    if method == "base_rate":
        words = [np.asarray(facts["group"], np.int64) for facts in (before, now)]
    else:
        words = [
            1 + np.concatenate([status_codes(method, c, u) for c, u in zip(*pair, strict=True)])
            for pair in ((taught, learned), (judged, use))
        ]
    many = int(max(word.max() for word in words)) + 1
    every = frequencies(cell(before), hits, np.arange(cells), cells, float(hits.mean()))
    return frequencies(
        cell(before) * many + words[0], hits, cell(now) * many + words[1], cells * many,
        np.repeat(every, many),
    )  # fmt: skip


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
    """Reliability of our own probabilities, kind by kind and event by event.

    ``walk``: ``holding`` in the year aimed at; ``reached`` in some year by then and ``kept`` in
    every year (a floor as much worse than now as the target is better), for two years or more.
    ``beta_binomial``: ``kept`` is "not worse than the year before" in each of the coming years,
    from how often that was so in the window.
    """
    found: dict[tuple[str, str], list[tuple[Floats, Bools]]] = {}

    def put(kind: str, event: str, chance: Floats, hit: Any) -> None:
        found.setdefault((kind, event), []).append((chance, np.asarray(hit, bool)))

    for cases, forecast in parts:
        rising = cases.board.rising[cases.windows.series]
        sign = np.where(rising, 1.0, -1.0)[:, None]
        came = came_true(cases)
        put_yes_no(put, cases, sign, ahead)
        for h in ahead:
            stated = cases.stated[:, h - 1]
            whole = np.flatnonzero(~np.isnan(cases.outcome[:, :h]).any(axis=1) & stated)
            at, mine, up = np.flatnonzero(stated), forecast.take(whole), rising[whole]
            path = sign[whole] * cases.outcome[whole, :h]
            for r in range(cases.target.shape[2]):
                target, floor = cases.target[:, h - 1, r], cases.floor[:, h - 1, r]
                below = forecast.below(target, h)
                hold = np.where(rising, 1 - below, below)
                put("walk", "holding", hold[at], came[at, h - 1, r])
                if h < 2:
                    continue
                near, low = (sign[whole] * one[whole, None] - 1e-12 for one in (target, floor))
                chance = reached_by(mine, target[whole], up, h)
                put("walk", "reached", chance, (path >= near).any(axis=1))
                chance = good_every_year(mine, floor[whole], up, h)
                put("walk", "kept", chance, (path >= low).all(axis=1))
    frames = []
    for (kind, event), pairs in found.items():
        chance, hit = (np.concatenate([pair[k] for pair in pairs]) for k in (0, 1))
        frames.append(reliability(chance, hit.astype(bool)).assign(kind=kind, event=event))
    return pd.concat(frames, ignore_index=True)


def put_yes_no(put: Put, cases: Cases, sign: Floats, ahead: tuple[int, ...]) -> None:
    """The yes/no record of a moment: years not worse than the one before."""
    with np.errstate(invalid="ignore"):
        change = sign * np.diff(cases.windows.values, axis=1)
    yes, known = (change >= 0).sum(axis=1), (~np.isnan(change)).sum(axis=1)
    later = np.concatenate([cases.last[:, None], cases.outcome], axis=1)
    step = sign * np.diff(later, axis=1)
    for h in ahead:
        whole = np.flatnonzero(~np.isnan(step[:, :h]).any(axis=1) & (known >= 3))
        if not len(whole):
            continue
        k, n, good = yes[whole], known[whole], step[whole, :h] >= 0
        put("beta_binomial", "holding", all_yes(k, n, 1), good[:, -1])
        if h > 1:
            put("beta_binomial", "reached", any_yes(k, n, h), good.any(axis=1))
        put("beta_binomial", "kept", all_yes(k, n, h), good.all(axis=1))
