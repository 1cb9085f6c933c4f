"""SDSN: slope seen over slope needed, and a score between the worst and the best value."""

from __future__ import annotations

import numpy as np
import pytest
from common_series import ask, asked

from planlib.scoring.published import sdsn
from planlib.scoring.published.results import WHY_NOT


@pytest.mark.parametrize(
    ("name", "ratio", "status"),
    [
        ("A", 9 / 7.5, "on_track"),
        ("B", 0.6667, "moderately_improving"),
        ("F", 1.2, "on_track"),
        ("G", 1.0, "on_track"),
        ("H", 4 / 3.75, "on_track"),
        ("L", 25 / 6 / 7.5, "moderately_improving"),
    ],
)
def test_the_slope_seen_over_the_slope_needed(name: str, ratio: float, status: str) -> None:
    row = ask(sdsn, name)
    assert row["ratio"] == pytest.approx(ratio, abs=5e-5)
    assert row["status"] == status


def test_standing_still_stagnates_and_turning_back_decreases() -> None:
    assert asked(sdsn, [60, 61, 60], 90)["status"] == "stagnating"
    assert asked(sdsn, [60, 59, 57], 90)["status"] == "decreasing"


def test_no_pace_is_needed_from_a_base_at_or_past_the_target() -> None:
    assert ask(sdsn, "D")["why_not"] == WHY_NOT["base_is_target"]
    assert ask(sdsn, "E")["why_not"] == WHY_NOT["base_past_target"]
    assert ask(sdsn, "N")["why_not"] == WHY_NOT["no_target"]


def test_the_score_needs_the_worst_value() -> None:
    assert np.isnan(ask(sdsn, "A")["score"])
    assert ask(sdsn, "A", worst=50)["score"] == pytest.approx(70)
    assert ask(sdsn, "B", worst=50)["score"] == pytest.approx(50)
    assert ask(sdsn, "C", worst=50)["score"] == 100


def test_an_overall_score_is_withheld_when_more_than_a_fifth_is_missing() -> None:
    five = np.array([70, 90, 80, 60, np.nan])
    assert sdsn.overall(five) == 75
    assert np.isnan(sdsn.overall(five[1:]))
    assert np.isnan(sdsn.overall(np.full(3, np.nan)))
