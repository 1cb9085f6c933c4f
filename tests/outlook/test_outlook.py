"""Forecasts: vectors worked by hand, and what must hold of every probability."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlib.errors import InputError
from planlib.evaluation import evaluate
from planlib.evaluation.outlook import PlanOutlook, outlook
from planlib.outlook.counts import all_yes, total_at_least, total_at_most
from planlib.outlook.met import at_least, number_met
from planlib.outlook.trend import trends

YEARS = np.arange(2010, 2017)


@cache
def ward() -> PlanOutlook:
    evaluation = evaluate("ward-2010-2015")
    return outlook(evaluation, "ward-01")


@pytest.mark.parametrize(("n", "p"), [(3, 1 / 3), (4, 1 / 12), (5, 2 / 120), (6, 2 / 720)])
def test_the_smallest_exact_p_of_a_rising_series_is_two_over_n_factorial(n: int, p: float) -> None:
    one = trends(np.arange(float(n))[None, :], YEARS[:n])
    assert one.p[0] == pytest.approx(p, abs=1e-12)


def test_ties_are_counted_by_enumeration() -> None:
    one = trends(np.array([[60.0, 68, 68, 78, 80]]), YEARS[:5])
    assert one.s[0] == 9 and one.p[0] == pytest.approx(1 / 30)


def test_four_points_give_slope_and_range_and_too_few_points() -> None:
    one = trends(np.array([[60.0, 68, 66, 78]]), YEARS[:4])
    assert (one.slope[0], one.low[0], one.high[0]) == (5.5, -2, 12)
    assert one.direction() == "too_few_points"


def test_counts_and_yes_no_follow_their_closed_forms() -> None:
    assert total_at_least(7, 2, 3, 8) == pytest.approx(0.7427, abs=5e-5)
    # Gamma(.5) after three clean years: (3 / 5) ** .5.
    assert total_at_most(0, 3, 2, 0) == pytest.approx((3 / 5) ** 0.5)
    # Beta(2.5, .5): 2.5/3 · 3.5/4 · 4.5/5.
    assert all_yes(2, 2, 3) == pytest.approx(2.5 / 3 * 3.5 / 4 * 4.5 / 5)


def test_the_number_met_without_a_shock_is_poisson_binomial() -> None:
    # Worked out: three of four .286 + .063 + ... sums to .412 with all four.
    assert at_least(number_met([0.9, 0.7, 0.2, 0.5], 0.0))[3] == pytest.approx(0.412)


@given(st.lists(st.floats(0, 1), max_size=12), st.floats(0, 0.9))
def test_a_distribution_sums_to_one_and_keeps_its_mean(chances: list[float], shock: float) -> None:
    number = number_met(chances, shock)
    assert number.sum() == pytest.approx(1, abs=1e-6)
    assert (np.arange(len(number)) * number).sum() == pytest.approx(sum(chances), abs=2e-2)


@given(st.integers(0, 30), st.integers(1, 5), st.integers(1, 5), st.integers(0, 40))
def test_a_higher_target_is_never_more_likely(
    count: int, years: int, ahead: int, need: int
) -> None:
    easy, hard = total_at_least(count, years, ahead, [need, need + 1])
    assert 0 <= hard <= easy <= 1


def test_probabilities_outside_zero_and_one_are_refused() -> None:
    with pytest.raises(InputError, match="between 0 and 1"):
        number_met([1.2])


def test_logic_comes_before_the_forecast() -> None:
    for one in ward().goals:
        if one.probability is None:
            continue
        assert 0 <= one.probability <= 1
        if one.verdict.term and one.verdict.secured:
            assert one.probability == 1
        if one.verdict.impossible:  # a year was missed, or the deadline: never kept throughout
            assert one.kept in {0, None}


def test_the_number_of_goals_met_counts_no_part_and_names_who_is_left_out() -> None:
    found = ward()
    assert sum(found.number) == pytest.approx(1)
    assert found.at_least[0] == pytest.approx(1)
    assert len(found.counted) + len(found.silent) == 76
    low, high = found.likely
    assert low <= found.expected <= high


def test_no_probability_is_given_under_three_points() -> None:
    evaluation = evaluate("viet-nam-2011-2015")
    found = outlook(evaluation, "viet-nam")
    assert found.silent and "public-debt-to-gdp" in found.silent
