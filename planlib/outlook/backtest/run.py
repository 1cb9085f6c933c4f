"""Tests forecasts on the past: at every moment only what was known then, judged by what came.

At every year in which a series of the panel has three known points or more, its last three to six
points (in turn) are forecast, once for every horizon, and the outcome looked up. The pool a
forecast leans on is what all areas of its own half had reported by that year, and so is what every
rival learns from; with ``alone`` it is the area's own indicators and nothing else, as in an office
that has only its own plan. Targets, directions and halves are explained in
``planlib.outlook.backtest.cases``, the rivals in ``planlib.outlook.backtest.rivals``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from planlib.errors import InputError, Problem, did_you_mean, said
from planlib.outlook.backtest import judging
from planlib.outlook.backtest.cases import IMPROVEMENTS, Board, Cases, board, cases_at, rotated
from planlib.outlook.backtest.rivals import DISTRIBUTIONS, RIVALS, Bell, bell
from planlib.outlook.backtest.scores import reliability
from planlib.outlook.backtest.standard_rivals import STANDARD_RIVALS, standard_rival
from planlib.outlook.constants import DEFAULTS, Constants
from planlib.outlook.pool import Pool, pool
from planlib.outlook.scales import Standard
from planlib.outlook.walk import Walk, joined, walk
from planlib.outlook.windows import Ints, Windows, windows_by_year
from planlib.scoring.verdict import Bools, Floats

Learner = Callable[[pd.DataFrame, Bools], Floats]
NO_LEARNERS: Mapping[str, Learner] = MappingProxyType({})
OURS = "planlib"
FEWEST_GOALS = 8  # of an office's plan
METHODS = (OURS, *RIVALS)
HORIZONS = (1, 2, 3, 5, 10, 15)
LONGEST = 50


@dataclass(frozen=True)
class Setting:
    """Which half is judged, every how many years, and whether each area stands alone.

    ``judge_training`` swaps the halves, to choose constants without touching the judging half.
    """

    judge_training: bool = False
    every: int = 1
    alone: bool = False


EVERY_MOMENT = Setting()


@dataclass(frozen=True)
class Moment:
    """The cases of one origin with our forecasts; the windows on their standard scale."""

    cases: Cases
    ours: Walk
    scaled: Windows
    standard: Standard


@dataclass(frozen=True)
class Backtest:
    """What came out.

    ``scores`` has a row a method and indicator (``all`` for the whole): ``cases`` (forecasts of a
    target), ``brier, log_score, crps`` and ``cover_50, cover_80, cover_95``; NaN where a method
    gives no distribution; ``by_horizon`` has the same for every horizon, with ``horizon``.
    ``circumstances`` has our own by horizon, known points and improvement.
    ``reliability`` has the bins of every method; ``record`` those of our own by kind and event, as
    a review prints them. ``areas`` counts those that trained and those that were judged. ``cases``
    has a row a forecast of a target: ``indicator, area, year`` (of the last known figure),
    ``horizon, rate, points, came`` and the probability each method gave.
    """

    scores: pd.DataFrame
    by_horizon: pd.DataFrame
    circumstances: pd.DataFrame
    reliability: pd.DataFrame
    record: pd.DataFrame
    indicators: tuple[str, ...]
    horizons: tuple[int, ...]
    improvements: tuple[float, ...]
    areas: tuple[int, int]
    cases: pd.DataFrame

    def as_record(self) -> dict[str, Any]:
        """Everything as plain lists and numbers for JSON; None where there is no number."""

        def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
            return [
                {str(key): _plain(value) for key, value in row.items()}
                for row in frame.to_dict("records")
            ]

        return {
            "indicators": list(self.indicators),
            "horizons": list(self.horizons),
            "improvements": list(self.improvements),
            "areas": {"training": self.areas[0], "judged": self.areas[1]},
            "scores": rows(self.scores),
            "by_horizon": rows(self.by_horizon),
            "circumstances": rows(self.circumstances),
            "reliability": rows(self.reliability),
            "record": rows(self.record),
        }


def _plain(value: Any) -> Any:
    """A number, text or None; six digits tell all that a score can."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | np.integer):
        return int(value)
    return float(f"{value:.6g}") if np.isfinite(value) else None


def backtest(
    panel: pd.DataFrame,
    *,
    horizons: Sequence[int] = HORIZONS,
    methods: Sequence[str] = METHODS,
    improvements: Sequence[float] = IMPROVEMENTS,
    constants: Constants = DEFAULTS,
    setting: Setting = EVERY_MOMENT,
    learners: Mapping[str, Learner] = NO_LEARNERS,
) -> Backtest:
    """Test methods on a checked panel (see ``planlib.figures.panels.read_panel``).

    ``horizons`` are years ahead (1 to 50), ``improvements`` parts a year (0.05 is 5 %). ``setting``
    says which half is judged, at which moments, and what forecasts lean on. ``learners`` are further
    rivals that learn from the cases themselves: each gets what every case is
    (``judging.described``), whether it came true, and answers with a probability a case; from cases
    whose outcome was not known yet it must not learn. Raises InputError for impossible parameters
    and for a panel without a single case.
    """
    ahead = _checked(horizons, methods, improvements)
    made = board(panel)
    half = made.take(made.training if setting.judge_training else ~made.training)
    rates = tuple(improvements)
    judged = list(moments(half, ahead, rates, constants, setting))
    if not any(judging.used(one.cases, ahead).any() for one in judged):
        text = said("outlook.no-case-judge-no")
        raise InputError([Problem(text, hint=said("outlook.longer-series-more-areas"))])
    counts = len(set(made.areas) - set(half.areas)), len(set(half.areas))
    return _scored(half, judged, ahead, tuple(methods), rates, learners, counts)


def _checked(
    horizons: Sequence[int], methods: Sequence[str], improvements: Sequence[float]
) -> tuple[int, ...]:
    problems = []
    if not horizons or not all(1 <= h <= LONGEST for h in horizons):
        text = said("outlook.horizons-invalid", most=LONGEST, horizons=list(horizons))
        problems.append(Problem(text, subject="horizon"))
    for name in methods:
        if name not in METHODS:
            hint = did_you_mean(name, METHODS) or said(
                "outlook.methods-known", names=", ".join(METHODS)
            )
            problems.append(
                Problem(said("outlook.method-unknown", name=name), subject="methods", hint=hint)
            )
    if not methods:
        problems.append(Problem(said("outlook.no-method-named"), subject="methods"))
    if not improvements or not all(0 < rate < 1 for rate in improvements):
        text = said("outlook.improvements-invalid", improvements=list(improvements))
        problems.append(Problem(text, subject="improvements"))
    if problems:
        raise InputError(problems)
    return tuple(sorted({int(h) for h in horizons}))


def moments(
    made: Board,
    ahead: tuple[int, ...],
    rates: tuple[float, ...],
    constants: Constants,
    setting: Setting = EVERY_MOMENT,
) -> Iterator[Moment]:
    """Each moment's cases with our forecasts from the pool as it stood then."""
    known = np.cumsum(~np.isnan(made.values), axis=1)
    for column, windows in windows_by_year(made.values, made.years):
        if column % setting.every:
            continue
        windows = rotated(windows, known[windows.series, column])
        pooled = pool_at(made, column)
        parts = [np.arange(len(windows.series))]
        if setting.alone:
            parts = _by_area(made, windows)
            if not parts:
                continue
            windows = windows.keep(np.concatenate(parts))
        cases = cases_at(made, windows, column, max(ahead), rates)
        walks, start = [], 0
        for part in parts:
            mine = windows.keep(np.arange(start, start + len(part)))
            start += len(part)
            lent = pooled
            if setting.alone:
                lent = pool_at(made, column, mine.series)
                mine = replace(mine, series=np.arange(len(mine.series)))
            mine = replace(mine, values=lent.standard.take(mine.series).to(mine.values))
            walks.append(walk(lent, max(ahead), constants=constants, windows=mine)[1])
        ours = joined(walks)
        scaled = replace(windows, values=ours.standard.to(windows.values))
        yield Moment(cases, ours, scaled, ours.standard)


def _by_area(made: Board, windows: Windows) -> list[Ints]:
    """The windows of each area that has as many indicators as a plan has goals."""
    areas = pd.factorize(np.asarray(made.areas, object)[windows.series])[0]
    order = np.argsort(areas, kind="stable")
    parts = np.split(order, np.cumsum(np.bincount(areas))[:-1])
    return [part for part in parts if len(part) >= FEWEST_GOALS]


def pool_at(made: Board, column: int, rows: Ints | None = None) -> Pool:
    """What the areas of a board, or some of its series, had reported by the end of one year."""
    rows = np.arange(len(made.values)) if rows is None else rows
    years, seen = made.years[: column + 1], made.values[rows, : column + 1]
    limits = made.known(column)
    low, high = limits.low[rows], limits.high[rows]
    groups = np.unique(made.groups[rows], return_inverse=True)[1]
    return pool(seen, years, limits.kinds[rows], groups, low=low, high=high)


def _scored(
    made: Board, judged: list[Moment], ahead: tuple[int, ...], methods: tuple[str, ...],
    rates: tuple[float, ...], learners: Mapping[str, Learner], areas: tuple[int, int],
) -> Backtest:  # fmt: skip
    cases = [one.cases for one in judged]
    use = [judging.used(one, ahead) for one in cases]
    came, facts = judging.gathered(cases, use), judging.facts_of(cases, use)
    scores, horizons, bins, circumstances = [], [], [], pd.DataFrame()
    named = judging.named(made, cases, use).assign(came=came)
    told = judging.described(cases, use) if learners else pd.DataFrame()
    for name in (*methods, *learners):
        spread = None
        if name in learners:
            chance = learners[name](told, came)
        elif name == OURS or name in DISTRIBUTIONS or name in STANDARD_RIVALS:
            forecasts = [(one.cases, _forecast(name, one, max(ahead))) for one in judged]
            chance = judging.chances(forecasts, use)
            spread = judging.spreads(forecasts, ahead)
            if name == OURS:
                circumstances = judging.by_circumstance(facts, chance, came, spread)
        else:
            chance = judging.told_chances(name, cases, use, facts, came)
        scores.append(judging.scored(name, made.indicators, facts, chance, came, spread))
        for h in ahead:
            at = np.asarray(facts["horizon"] == h)
            mine = None if spread is None else spread[spread["horizon"] == h]
            part = judging.scored(name, made.indicators, facts[at], chance[at], came[at], mine)
            horizons.append(part[part["cases"] > 0].assign(horizon=h))
        bins.append(reliability(chance, came).assign(method=name))
        named[name] = chance
    return Backtest(
        scores=pd.concat(scores, ignore_index=True),
        by_horizon=pd.concat(horizons, ignore_index=True),
        circumstances=circumstances,
        reliability=pd.concat(bins, ignore_index=True),
        record=judging.record_of([(one.cases, one.ours) for one in judged], ahead),
        indicators=made.indicators,
        horizons=ahead,
        improvements=rates,
        areas=areas,
        cases=named,
    )


def _forecast(name: str, one: Moment, horizons: int) -> Walk | Bell:
    """Ours or a rival's forecasts of one moment."""
    if name == OURS:
        return one.ours
    if name in DISTRIBUTIONS:
        return bell(name, one.cases.windows, horizons)
    groups = one.cases.board.groups[one.scaled.series]
    return standard_rival(name, one.scaled, one.standard, groups, horizons)
