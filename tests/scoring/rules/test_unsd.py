"""The United Nations' progress chart: growth carried on to the target year."""

from __future__ import annotations

import numpy as np
import pytest
from common_series import NONE, ask, asked

from planlib.scoring.rules import unsd
from planlib.scoring.rules.results import WHY_NOT


@pytest.mark.parametrize(
    ("name", "ratio", "status"),
    [
        ("A", 1.38, "on_track"),
        ("B", 0.58333, "moderate"),
        ("F", 0.84, "moderate"),
        ("L", 0.5228, "moderate"),
        ("C", (92 * 92 / 60 - 60) / 30, "on_track"),
        ("M", 1.38, "on_track"),
    ],
)
def test_the_change_expected_over_the_change_needed(name: str, ratio: float, status: str) -> None:
    row = ask(unsd, name)
    assert row["ratio"] == pytest.approx(ratio, abs=5e-5)
    assert row["status"] == status


def test_after_the_deadline_growth_is_carried_back() -> None:
    rate = np.array([(85 / 60) ** (1 / 6) - 1])
    assert unsd.projected(np.array([85.0]), rate, np.array([-2.0]))[0] == pytest.approx(
        75.68, abs=5e-3
    )


@pytest.mark.parametrize("name", ["G", "H"])
def test_both_ends_must_lie_above_zero(name: str) -> None:
    assert ask(unsd, name)["why_not"] == WHY_NOT["needs_positive"]


def test_a_fall_to_zero_cannot_be_judged() -> None:
    assert asked(unsd, [5, 2, 0], 0, "decrease")["why_not"] == WHY_NOT["needs_positive"]


@pytest.mark.parametrize(
    ("values", "status", "score"),
    [([100, 100, 99], "regression", 0), ([100, 99, 100], "on_track", 5)],
)
def test_a_base_at_its_target_is_decided_by_hand(
    values: list[float], status: str, score: float
) -> None:
    row = asked(unsd, values, 100)
    assert row[["status", "score"]].tolist() == [status, score]
    assert np.isnan(row["ratio"])


def test_a_base_past_its_target_is_decided_the_same_way() -> None:
    assert ask(unsd, "E")["status"] == "regression"
    assert asked(unsd, [96, 95, 95], 95)["status"] == "on_track"


@pytest.mark.parametrize(
    ("rate", "status"),
    [
        (0.021, "on_track"),
        (0.0126, "moderate"),
        (0.0051, "marginal"),
        (0.001, "stagnation"),
        (-0.001, "regression"),
    ],
)
def test_without_a_target_the_yearly_growth_is_judged(rate: float, status: str) -> None:
    assert asked(unsd, [100, NONE, 100 * (1 + rate) ** 2], NONE)["status"] == status
    assert asked(unsd, [100, NONE, 100 * (1 - rate) ** 2], NONE, "decrease")["status"] == status


def test_cuts_belong_to_the_better_status() -> None:
    cuts = np.array([0.95, 0.5, 0.1, 0.0, -1e-9])
    from planlib.scoring.rules.results import graded

    assert graded(cuts, unsd.RATIO_CUTS, unsd.LOWEST).tolist() == [
        "on_track",
        "moderate",
        "marginal",
        "stagnation",
        "regression",
    ]


def test_the_score_runs_through_the_cuts_in_straight_lines() -> None:
    measure = np.array([-2, -0.5, -0.25, 0, 0.1, 0.3, 0.5, 0.95, 1.225, 1.5, 9])
    expected = [0, 0, 0.5, 1, 2, 2.5, 3, 4, 4.5, 5, 5]
    assert unsd.score(measure, aimed=True).tolist() == pytest.approx(expected)
    assert unsd.score(np.array([0.035, -0.025]), aimed=False).tolist() == pytest.approx([4.5, 0.5])
