"""The record behind a probability: of n forecasts like this one, k came true.

The table is made by the back-test (see ``reports/track-record``) and ships with planlib: for each
kind of forecast and each event, how often forecasts of about the same probability came true. They
are forecasts for countries, not for wards; the record says so in its ``panel``.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("track_record.csv")
SCORES = Path(__file__).with_name("track_scores.csv")
PANEL = "countries, 1990-2022"
FEWEST = 20  # forecasts; a record of fewer says nothing


@dataclass(frozen=True)
class Record:
    """Of ``n`` forecasts with a probability from ``low`` to ``high``, ``k`` came true."""

    kind: str
    event: str
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
        return tuple(
            Score(
                row["method"], row["indicator"], int(row["cases"]), float(row["brier"]),
                float(row["log_score"]), float(row["cover_80"]) if row["cover_80"] else None,
            )
            for row in csv.DictReader(stream)
        )  # fmt: skip


OURS, EVERY = "planlib", "all"


@dataclass(frozen=True)
class RivalComparison:
    """Our scores on one indicator (or all) beside those of the best rival by log score."""

    ours: Score
    rival: Score

    @property
    def better(self) -> bool:
        """Whether ours are better than every rival's, in Brier as well as log score."""
        rivals = [s for s in track_scores() if s.indicator == self.ours.indicator]
        rivals = [s for s in rivals if s.method != OURS]
        return all(
            self.ours.brier < rival.brier and self.ours.log_score < rival.log_score
            for rival in rivals
        )


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
                row["kind"], row["event"], float(row["low"]), float(row["high"]), int(row["n"]),
                int(row["k"]),
            )
            for row in csv.DictReader(stream)
        )  # fmt: skip


def record_behind(kind: str, event: str, probability: float) -> Record | None:
    """The record of forecasts like this one; None where there are fewer than twenty.

    ``kind`` is ``walk`` or ``beta_binomial``, ``event`` ``holding``, ``reached`` or ``kept``.
    """
    for row in track_record():
        inside = row.low <= probability < row.high or probability == row.high == 1.0
        if row.kind == kind and row.event == event and inside:
            return row if row.n >= FEWEST else None
    return None
