"""The record behind a probability: of n forecasts like this one, k came true.

The table is made by the back-test (see ``reports/track-record``) and ships with planlib: for each
kind of forecast, each event and so many years ahead, how often forecasts of about the same
probability came true. They are forecasts for countries, not for wards; the record says so in its
``panel``.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import log
from pathlib import Path

TABLE = Path(__file__).with_name("track_record.csv")
SCORES = Path(__file__).with_name("track_scores.csv")
HORIZONS = Path(__file__).with_name("track_horizons.csv")
TOGETHER = Path(__file__).with_name("track_together.csv")
PANEL = "countries, 1990-2022"
FEWEST = 20  # forecasts; a record of fewer says nothing
FEWEST_CASES = 150  # forecasts of one indicator: the coverage of fewer says nothing


@dataclass(frozen=True)
class Record:
    """Of ``n`` forecasts so many ``years`` ahead with a chance from ``low`` to ``high``, ``k`` came true."""

    kind: str
    event: str
    years: int
    low: float
    high: float
    n: int
    k: int

    @property
    def share(self) -> float:
        """The part that came true; NaN without any forecast."""
        return self.k / self.n if self.n else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % range of that part, for n forecasts (Wilson 1927); they are not independent."""
        from scipy.stats import binomtest

        found = binomtest(self.k, self.n).proportion_ci(0.95, method="wilson")
        return float(found.low), float(found.high)

    @property
    def panel(self) -> str:
        """What the forecasts were of."""
        return PANEL


@dataclass(frozen=True)
class Score:
    """How one method did on all indicators (``all``) or one, on areas no constant was chosen on.

    ``brier`` and ``log_score`` are means over ``cases`` forecasts, less is better; ``cover_80`` is
    the part of outcomes inside the 80 % interval, None for a method without intervals.
    """

    method: str
    indicator: str
    cases: int
    brier: float
    log_score: float
    cover_80: float | None


@cache
def track_scores() -> tuple[Score, ...]:
    """The scores of every method, best first as the back-test listed them."""
    with SCORES.open(encoding="utf-8", newline="") as stream:
        return tuple(_score(row) for row in csv.DictReader(stream))


def _score(row: Mapping[str, str]) -> Score:
    return Score(
        row["method"], row["indicator"], int(row["cases"]), float(row["brier"]),
        float(row["log_score"]), float(row["cover_80"]) if row["cover_80"] else None,
    )  # fmt: skip


OURS, EVERY = "planlib", "all"


class Lent(StrEnum):
    """What a forecast leaned on: all areas of the pool, or an office's own goals alone."""

    pool = "pool"
    office = "office"


@dataclass(frozen=True)
class HorizonStanding:
    """Our scores so many years ahead beside those of the best rival by log score.

    ``worst`` and ``best`` are the least and the most an 80 % interval covered on any indicator.
    """

    lent: Lent
    horizon: int
    ours: Score
    rival: Score
    better: bool
    worst: float
    best: float


@cache
def horizon_standings() -> tuple[HorizonStanding, ...]:
    """For each of ``Lent``, every horizon of the packaged record."""
    with HORIZONS.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    found = []
    for lent in Lent:
        mine = [row for row in rows if row["lent"] == lent]
        for horizon in sorted({int(row["horizon"]) for row in mine}):
            here = [row for row in mine if int(row["horizon"]) == horizon]
            scores = [_score(row) for row in here if row["indicator"] == EVERY]
            ours = next(score for score in scores if score.method == OURS)
            rivals = [score for score in scores if score.method != OURS]
            covers = [
                float(row["cover_80"])
                for row in here
                if row["method"] == OURS and int(row["cases"]) >= FEWEST_CASES
            ]
            found.append(
                HorizonStanding(
                    lent, horizon, ours, min(rivals, key=lambda s: s.log_score),
                    _beats(ours, rivals), min(covers), max(covers),
                )
            )  # fmt: skip
    return tuple(found)


@dataclass(frozen=True)
class TogetherRecord:
    """How the number of goals met did, so many years ahead; see ``Together``."""

    horizon: int
    places: int
    shock: float
    covered: float
    claimed: float


@cache
def together_records() -> tuple[TogetherRecord, ...]:
    """The packaged record of the number of goals met."""
    with TOGETHER.open(encoding="utf-8", newline="") as stream:
        return tuple(
            TogetherRecord(
                int(row["horizon"]), int(row["places"]), float(row["shock"]),
                float(row["covered"]), float(row["claimed"]),
            )
            for row in csv.DictReader(stream)
        )  # fmt: skip


def _beats(ours: Score, rivals: Sequence[Score]) -> bool:
    """Whether ours are better than every rival's, in Brier as well as log score."""
    return all(ours.brier < one.brier and ours.log_score < one.log_score for one in rivals)


@dataclass(frozen=True)
class RivalComparison:
    """Our scores on one indicator (or all) beside those of the best rival by log score."""

    ours: Score
    rival: Score

    @property
    def better(self) -> bool:
        """Whether ours are better than every rival's, in Brier as well as log score."""
        rivals = [s for s in track_scores() if s.indicator == self.ours.indicator]
        return _beats(self.ours, [s for s in rivals if s.method != OURS])


@cache
def standings() -> tuple[RivalComparison, ...]:
    """All indicators together, then each of them."""
    found = []
    for ours in (score for score in track_scores() if score.method == OURS):
        rivals = [s for s in track_scores() if s.indicator == ours.indicator and s.method != OURS]
        found.append(RivalComparison(ours, min(rivals, key=lambda s: s.log_score)))
    return tuple(found)


@cache
def track_record() -> tuple[Record, ...]:
    """Every row of the packaged table."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return tuple(
            Record(
                row["kind"], row["event"], int(row["years"]), float(row["low"]),
                float(row["high"]), int(row["n"]), int(row["k"]),
            )
            for row in csv.DictReader(stream)
        )  # fmt: skip


def record_of_all_years(kind: str) -> tuple[Record, ...]:
    """The records of a kind with all horizons together; their ``years`` is 0."""
    sums: dict[tuple[str, float, float], tuple[int, int]] = {}
    for row in track_record():
        if row.kind == kind:
            key = (row.event, row.low, row.high)
            n, k = sums.get(key, (0, 0))
            sums[key] = (n + row.n, k + row.k)
    return tuple(Record(kind, *key[:1], 0, *key[1:], *both) for key, both in sums.items())


def record_behind(kind: str, event: str, probability: float, years: int) -> Record | None:
    """The record of forecasts like this one; None where there are fewer than twenty.

    ``kind`` is ``walk`` or ``beta_binomial``, ``event`` ``holding``, ``reached`` or ``kept``,
    ``years`` how far ahead. Of the horizons in the table the one nearest as a ratio speaks, and
    says so; none speaks for twice as far, or half as far, as itself.
    """
    rows = [row for row in track_record() if row.kind == kind and row.event == event]
    held = {row.years for row in rows}
    if not held or years < 1:
        return None
    nearest = min(held, key=lambda one: (abs(log(one / years)), one))
    if not 0.5 < nearest / years < 2:
        return None
    for row in rows:
        inside = row.low <= probability < row.high or probability == row.high == 1.0
        if row.years == nearest and inside:
            return row if row.n >= FEWEST else None
    return None
