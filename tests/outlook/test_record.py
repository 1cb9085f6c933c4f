"""The packaged track record is the published one, and is read correctly."""

from __future__ import annotations

from pathlib import Path

import pytest

from planlib.outlook.backtest.record import (
    EVERY,
    OURS,
    SCORES,
    Record,
    record_behind,
    standings,
    track_scores,
)

REPORTS = Path(__file__).parent.parent.parent / "reports" / "track-record"


def test_the_scores_in_the_package_are_those_of_the_report() -> None:
    assert SCORES.read_bytes() == (REPORTS / "scores.csv").read_bytes()


def test_a_standing_compares_with_the_best_rival_by_log_score() -> None:
    for one in standings():
        rivals = [s for s in track_scores() if s.indicator == one.ours.indicator]
        rivals = [s for s in rivals if s.method != OURS]
        assert one.rival.log_score == min(s.log_score for s in rivals)
        beaten = all(one.ours.brier < s.brier and one.ours.log_score < s.log_score for s in rivals)
        assert one.better == beaten
    assert standings()[0].ours.indicator == EVERY


def test_a_share_that_came_true_has_a_wilson_range() -> None:
    # 45 of 50: 0.7864 to 0.9565, as in the literature.
    low, high = Record("walk", "holding", 1, 0.85, 0.95, 50, 45).interval
    assert (low, high) == pytest.approx((0.7864, 0.9565), abs=5e-5)


def test_yes_no_forecasts_have_a_record_for_each_event() -> None:
    for event in ("holding", "reached", "kept"):
        found = record_behind("beta_binomial", event, 0.6, 3)
        assert found is not None and found.n > 300


def test_a_record_is_of_forecasts_as_far_ahead() -> None:
    for years, behind in ((1, 1), (3, 3), (9, 10), (14, 15), (25, 15)):
        found = record_behind("walk", "holding", 0.5, years)
        assert found is not None and found.years == behind
    assert record_behind("walk", "holding", 0.5, 40) is None
