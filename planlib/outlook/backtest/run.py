"""Tests forecasts on the past: at every moment only what was known then, judged by what came.

At every year in which a series of the panel has three known points or more, its last three to six
points (in turn) are forecast, once for every horizon, and the outcome looked up. The pool a
forecast leans on is what all areas of its own half had reported by that year. Targets, directions
and halves are explained in ``planlib.outlook.backtest.cases``, the rivals in ``planlib.outlook.backtest.rivals``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from planlib.errors import InputError, Problem, did_you_mean, said
from planlib.outlook.backtest import judging
from planlib.outlook.backtest.cases import IMPROVEMENTS, Board, Cases, board, cases_at, rotated
from planlib.outlook.backtest.rivals import DISTRIBUTIONS, RIVALS, bell
from planlib.outlook.backtest.scores import reliability
from planlib.outlook.constants import DEFAULTS, Constants
from planlib.outlook.pool import Pool, pool
from planlib.outlook.walk import Walk, walk
from planlib.outlook.windows import Windows, windows_by_year
from planlib.scoring.verdict import Bools

OURS = "planlib"
METHODS = (OURS, *RIVALS)
HORIZONS = (1, 2, 3)
LONGEST = 10


@dataclass(frozen=True)
class Backtest:
    """What came out.

    ``scores`` has a row a method and indicator (``all`` for the whole): ``cases`` (forecasts of a
    target), ``brier, log_score, crps`` and ``cover_50, cover_80, cover_95``; NaN where a method
    gives no distribution. ``circumstances`` has our own by horizon, known points and improvement.
    ``reliability`` has the bins of every method; ``record`` those of our own by kind and event, as
    a review prints them. ``areas`` counts those that trained and those that were judged. ``cases``
    has a row a forecast of a target: ``indicator, area, year`` (of the last known figure),
    ``horizon, rate, points, came`` and the probability each method gave.
    """

    scores: pd.DataFrame
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
    judge_training: bool = False,
) -> Backtest:
    """Test methods on a checked panel (see ``planlib.figures.panels.read_panel``).

    ``horizons`` are years ahead (1 to 10), ``improvements`` parts a year (0.05 is 5 %).
    ``judge_training`` swaps the halves, to choose constants without touching the judging half.
    Raises InputError for impossible parameters and for a panel without a single case.
    """
    ahead = _checked(horizons, methods, improvements)
    made = board(panel)
    first = made.training if judge_training else ~made.training
    rates = tuple(improvements)
    judged = list(moments(made.take(first), ahead, rates, constants))
    taught = list(_cases(made.take(~first), ahead, rates))
    use = [judging.used(cases, ahead) for cases, _ in judged]
    if not any(one.any() for one in use):
        text = said("outlook.no-case-judge-no")
        raise InputError([Problem(text, hint=said("outlook.longer-series-more-areas"))])
    return _scored(made, first, judged, taught, ahead, tuple(methods), rates)


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


def _windows(made: Board) -> Iterator[tuple[int, Windows]]:
    known = np.cumsum(~np.isnan(made.values), axis=1)
    for column, windows in windows_by_year(made.values, made.years):
        yield column, rotated(windows, known[windows.series, column])


def _cases(made: Board, ahead: tuple[int, ...], rates: tuple[float, ...]) -> Iterator[Cases]:
    for column, windows in _windows(made):
        yield cases_at(made, windows, column, max(ahead), rates)


def moments(
    made: Board, ahead: tuple[int, ...], rates: tuple[float, ...], constants: Constants
) -> Iterator[tuple[Cases, Walk]]:
    """Each moment's cases with our forecasts from the pool as it stood then."""
    for column, windows in _windows(made):
        cases = cases_at(made, windows, column, max(ahead), rates)
        pooled = pool_at(made, column)
        standard = pooled.standard.take(windows.series)
        scaled = replace(windows, values=standard.to(windows.values))
        yield cases, walk(pooled, max(ahead), constants=constants, windows=scaled)[1]


def pool_at(made: Board, column: int) -> Pool:
    """What the areas of a board had reported by the end of one column's year."""
    years, seen = made.years[: column + 1], made.values[:, : column + 1]
    return pool(seen, years, made.kinds, made.groups, low=made.low, high=made.high)


def _scored(
    made: Board, first: Bools, judged: list[tuple[Cases, Walk]], taught: list[Cases],
    ahead: tuple[int, ...], methods: tuple[str, ...], rates: tuple[float, ...],
) -> Backtest:  # fmt: skip
    cases = [one for one, _ in judged]
    use = [judging.used(one, ahead) for one in cases]
    learned = [judging.used(one, ahead) for one in taught]
    came, facts = judging.gathered(cases, use), judging.facts_of(cases, use)
    rows, bins, circumstances = [], [], pd.DataFrame()
    named = judging.named(made, cases, use).assign(came=came)
    for name in methods:
        spread = None
        if name == OURS or name in DISTRIBUTIONS:
            forecasts = [
                (one, ours if name == OURS else bell(name, one.windows, max(ahead)))
                for one, ours in judged
            ]
            chance = judging.chances(forecasts, use)
            spread = judging.spreads(forecasts, ahead)
            if name == OURS:
                circumstances = judging.by_circumstance(facts, chance, came, spread)
        else:
            chance = judging.taught_chances(name, cases, use, taught, learned)
        rows.append(judging.scored(name, made.indicators, facts, chance, came, spread))
        bins.append(reliability(chance, came).assign(method=name))
        named[name] = chance
    areas = {area for area, one in zip(made.areas, first, strict=True) if one}
    return Backtest(
        scores=pd.concat(rows, ignore_index=True),
        circumstances=circumstances,
        reliability=pd.concat(bins, ignore_index=True),
        record=judging.record_of(judged, ahead),
        indicators=made.indicators,
        horizons=ahead,
        improvements=rates,
        areas=(len(set(made.areas) - areas), len(areas)),
        cases=named,
    )
