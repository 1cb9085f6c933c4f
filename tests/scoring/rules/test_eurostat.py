"""Eurostat: growth seen over growth needed, without a direction of its own."""

from __future__ import annotations

import pytest
from common_series import NONE, ask, asked

from planlib.scoring.rules import eurostat
from planlib.scoring.rules.results import WHY_NOT


@pytest.mark.parametrize(
    ("name", "ratio", "status"),
    [
        ("A", 0.140175 / 0.106682, "significant"),
        ("B", -0.133975 / -0.292893, "insufficient"),
        ("F", (0.4**0.5 - 1) / -1, "insufficient"),
        ("L", ((85 / 60) ** (1 / 6) - 1) / (1.5**0.25 - 1), "insufficient"),
        ("M", 1.313957, "significant"),
    ],
)
def test_growth_seen_over_growth_needed(name: str, ratio: float, status: str) -> None:
    row = ask(eurostat, name)
    assert row["ratio"] == pytest.approx(ratio, rel=1e-5)
    assert row["status"] == status


def test_moving_away_has_a_ratio_below_zero() -> None:
    assert asked(eurostat, [60, 59, 57], 90)["status"] == "away"
    assert asked(eurostat, [60, 63, 68], 80)["status"] == "moderate"  # .06458 over .07457


def test_falling_past_the_target_is_praised() -> None:
    row = ask(eurostat, "E")
    assert row["ratio"] == pytest.approx(4.005, abs=1e-3)
    assert row["status"] == "significant"


def test_what_has_no_growth_rate_has_no_status() -> None:
    assert ask(eurostat, "D")["why_not"] == WHY_NOT["base_is_target"]
    assert ask(eurostat, "G")["why_not"] == WHY_NOT["needs_positive"]
    assert ask(eurostat, "H")["why_not"] == WHY_NOT["needs_positive"]


@pytest.mark.parametrize(
    ("rate", "status"),
    [
        (0.0101, "significant_progress"),
        (0.0, "moderate_progress"),
        (-0.0099, "moderate_away"),
        (-0.0101, "significant_away"),
    ],
)
def test_without_a_target_one_per_cent_a_year_is_the_cut(rate: float, status: str) -> None:
    assert asked(eurostat, [100, NONE, 100 * (1 + rate) ** 2], NONE)["status"] == status
    assert asked(eurostat, [100, NONE, 100 * (1 - rate) ** 2], NONE, "decrease")["status"] == status
