"""The German weather symbols: a value by a year, a value every year, a direction only."""

from __future__ import annotations

import numpy as np
import pytest
from common_series import NONE, ask, asked

from planlib.scoring.rules import dns
from planlib.scoring.rules.results import WHY_NOT


@pytest.mark.parametrize(
    ("yearly", "miss", "status"),
    [
        # six figures ending at 80 in 2013, 10 short of 90 with two years to go
        (5.0, 0.0, "sun"),
        (4.76, 0.048, "sun"),
        (4.75, 0.05, "sun_cloud"),
        (4.0, 0.20, "sun_cloud"),
        (3.99, 0.202, "cloud"),
        (0.1, 0.98, "cloud"),
        (0.0, 1.0, "lightning"),
        (-1.0, 1.2, "lightning"),
    ],
)
def test_a_target_by_a_year_is_held_against_a_straight_line(
    yearly: float, miss: float, status: str
) -> None:
    values = [80 - 5 * yearly, 70, 75, 71, 60, 80]
    row = asked(dns, values, 90, target_year=2015)
    assert row["ratio"] == pytest.approx(miss, abs=1e-9)
    assert row["status"] == status
    down = asked(dns, [100 - value for value in values], 10, "decrease", target_year=2015)
    assert down["status"] == status


def test_only_the_last_six_figures_count() -> None:
    values = [0, 0, 60, 64, 68, 72, 76, 80]
    row = asked(dns, values, 90, target_year=2017)
    assert row["ratio"] == pytest.approx(0.20)  # 4 a year for two years


def test_four_figures_are_enough_and_three_are_not() -> None:
    assert asked(dns, [60, 68, 74, 78], 90)["status"] == "cloud"  # 6 of 12 in the last year
    assert ask(dns, "A")["why_not"] == WHY_NOT["few_figures"]


def test_years_without_a_figure_stretch_the_change() -> None:
    # 60 to 84 over six years
    row = asked(dns, [60, NONE, 66, 70, NONE, 80, 84], 90, target_year=2015)
    assert row["ratio"] == pytest.approx(2 / 6)


def test_a_passed_target_year_has_no_symbol() -> None:
    assert asked(dns, [60, 65, 70, 75, 80, 85], 90)["why_not"] == WHY_NOT["deadline_passed"]


@pytest.mark.parametrize("target_year", [2010, 2012, 2020])
@pytest.mark.parametrize(
    ("values", "status"),
    [
        ([80, 85, 90, 95], "sun"),  # reached and rising
        ([92, 92, 92, 92], "sun"),  # reached and held
        ([90, 90, 90, 90], "sun"),  # the base is the target
        ([96, 95.5, 95, 94.5, 94, 93.5], "sun_cloud"),  # reached and falling, however long it lasts
        ([95, 94, 93, 92, 91, 90], "sun_cloud"),  # at the target, with no gap left to measure in
    ],
)
def test_a_target_reached_is_judged_as_one_of_every_year_whenever_it_is_due(
    values: list[float], status: str, target_year: int
) -> None:
    row = asked(dns, values, 90, target_year=target_year)
    assert row["status"] == status and np.isnan(row["ratio"])
    down = asked(dns, [100 - value for value in values], 10, "decrease", target_year=target_year)
    assert down["status"] == status


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ([90, 92, 94, 96], "sun"),
        ([96, 96, 96, 96], "sun"),
        ([99, 98, 97, 96], "sun_cloud"),
        ([90, 91, 92, 94], "cloud"),
        ([94, 94, 94, 94], "lightning"),
        ([97, 96, 95, 94], "lightning"),
    ],
)
def test_a_target_of_every_year_is_judged_by_level_and_trend(
    values: list[float], status: str
) -> None:
    row = asked(dns, values, 95, every_year=True, target_year=NONE)
    assert row["status"] == status
    assert np.isnan(row["ratio"])


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ([10, 12, 14, 16], "sun"),
        ([10, 12, 16, 15], "sun_cloud"),
        ([10, 12, 16, 16], "sun_cloud"),
        ([16, 14, 10, 12], "cloud"),
        ([10, 12, 9, 10], "cloud"),
        ([16, 14, 12, 10], "lightning"),
        ([10, 10, 10, 10], "lightning"),
    ],
)
def test_without_a_target_average_and_last_change_are_looked_at(
    values: list[float], status: str
) -> None:
    assert asked(dns, values, NONE)["status"] == status
    assert asked(dns, [-value for value in values], NONE, "decrease")["status"] == status
