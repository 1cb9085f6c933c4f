"""Trends of short series: slopes, intervals with their true coverage, exact tests."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlib.outlook.trend import Direction, after_breaks, interval, trends

YEARS = np.arange(2010, 2030)


def one(*figures: float):
    return trends(np.array([figures], float), YEARS[: len(figures)])


@pytest.mark.parametrize(
    ("n", "smallest"), [(3, 0.3333), (4, 0.0833), (5, 0.016667), (6, 0.002778)]
)
def test_the_smallest_p_of_a_short_series_is_that_of_the_notes(n: int, smallest: float) -> None:
    assert one(*range(n)).p[0] == pytest.approx(smallest, abs=5e-5)


def test_ties_are_counted_as_they_are() -> None:
    found = one(60, 68, 68, 78, 80)
    assert found.s[0] == 9
    assert found.p[0] == pytest.approx(4 / 120)  # orders of 5 figures, two of them equal: |S| = 9
    assert found.direction() is Direction.rising


def test_four_points_cannot_conclude_anything() -> None:
    found = one(60, 68, 66, 78)
    assert (found.slope[0], found.low[0], found.high[0]) == (5.5, -2.0, 12.0)
    assert found.coverage[0] == pytest.approx(1 - 2 / 24)
    assert found.direction() is Direction.too_few_points


def test_three_points_cover_two_thirds_and_two_have_no_interval() -> None:
    assert one(1, 2, 4).coverage[0] == pytest.approx(2 / 3)
    assert np.isnan(one(1, 2).coverage[0]) and np.isnan(one(1, 2).p[0])
    assert one(1, 2).slope[0] == 1
    assert np.isnan(one(1).slope[0])


@pytest.mark.parametrize("n", [3, 4, 5, 6])
def test_the_told_coverage_is_that_of_all_orders(n: int) -> None:
    """Around no trend the interval holds 0 in exactly that part of the orders of the errors."""
    errors = np.array([0.0, 1.0, 2.5, 4.7, 7.1, 11.0])[:n]
    orders = np.array(list(permutations(errors)))
    found = trends(orders, YEARS[:n])
    holds = (found.low <= 0) & (found.high >= 0)
    assert holds.mean() == pytest.approx(interval(n)[1])


def test_more_than_seven_points_go_to_scipy() -> None:
    assert one(*range(8)).p[0] == pytest.approx(2 / 40320)
    assert one(*[5.0] * 8).p[0] == 1


def test_equal_figures_have_no_trend() -> None:
    found = one(5, 5, 5, 5, 5)
    assert found.slope[0] == 0 and found.p[0] == 1
    assert found.direction() is Direction.unclear


def test_a_gap_counts_as_the_years_it_is() -> None:
    found = trends(np.array([[10.0, np.nan, 14.0, 16.0]]), YEARS[:4])
    assert found.slope[0] == 2 and found.count[0] == 3


def test_the_last_break_cuts_a_series() -> None:
    figures = np.array([[1.0, 2.0, 50.0, 51.0, 52.0]])
    cut = after_breaks(figures, YEARS[:5], [2011, 2012])
    assert np.isnan(cut[0, :2]).all()
    assert trends(cut, YEARS[:5]).slope[0] == 1


@given(
    st.lists(st.integers(-50, 50), min_size=3, max_size=6), st.integers(1, 9), st.integers(-99, 99)
)
def test_units_and_origins_change_nothing_but_the_unit(
    figures: list[int], unit: int, shift: int
) -> None:
    plain, moved = one(*figures), one(*[unit * f + shift for f in figures])
    assert moved.slope[0] == pytest.approx(unit * plain.slope[0])
    assert moved.p[0] == plain.p[0]
    turned = one(*[-f for f in figures])
    assert turned.slope[0] == -plain.slope[0] and turned.s[0] == -plain.s[0]
