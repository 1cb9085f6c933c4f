"""SDSN: slope seen over slope needed, and a score between the worst and the best value."""

from __future__ import annotations

import numpy as np
import pytest
from common_series import ask, asked

from planlib.scoring.rules import sdsn
from planlib.scoring.rules.results import WHY_NOT


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


@pytest.mark.parametrize(
    "values", [[95, 96], [90, 90, 90], [60, 70, 90], [60, 95, 92], [96, 95], [95], [0, 95]]
)
def test_an_achieved_target_is_on_track_or_maintained(values: list[float]) -> None:
    row = asked(sdsn, values, 90)
    assert row["status"] == "on_track" and np.isnan(row["ratio"])
    assert asked(sdsn, [100 - value for value in values], 10, "decrease")["status"] == "on_track"


def test_what_met_its_target_at_the_base_and_does_not_now_decreases() -> None:
    assert ask(sdsn, "D")["status"] == ask(sdsn, "E")["status"] == "decreasing"
    assert np.isnan(ask(sdsn, "E")["ratio"])


def test_no_arrow_without_a_target_or_with_one_figure_short_of_it() -> None:
    assert ask(sdsn, "N")["why_not"] == WHY_NOT["no_target"]
    assert asked(sdsn, [60], 90)["why_not"] == WHY_NOT["one_figure"]


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
