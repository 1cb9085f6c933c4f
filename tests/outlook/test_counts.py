"""Counts and yes/no years against the vectors of the notes, and against their definitions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from planlib.outlook.counts import (
    MetHabit,
    all_yes,
    any_yes,
    habits,
    total_at_least,
    total_at_most,
    total_quantile,
)


def test_seven_in_two_of_five_years_needs_fifteen() -> None:
    assert float(total_at_least(7, 2, 3, 15 - 7)) == pytest.approx(0.7427, abs=5e-5)
    assert poisson.sf(7, 3 * 3.5) == pytest.approx(0.8215, abs=5e-5)  # plug-in: over-sure


def test_three_clean_years_and_two_to_go() -> None:
    assert float(total_at_most(0, 3, 2, 0)) == pytest.approx((3 / 5) ** 0.5)


def test_met_two_of_two_and_needed_five_of_five() -> None:
    assert float(all_yes(2, 2, 3)) == pytest.approx(0.65625)  # 2.5·3.5·4.5 / (3·4·5)
    assert float(any_yes(0, 3, 1)) == pytest.approx(0.5 / 4)


def test_nothing_more_is_needed_or_nothing_more_allowed() -> None:
    assert float(total_at_least(3, 2, 2, 0)) == 1
    assert float(total_at_most(3, 2, 2, -1)) == 0


@given(st.integers(0, 40), st.integers(1, 6), st.integers(1, 4), st.integers(0, 40))
def test_chances_are_chances_and_fall_with_the_target(k: int, t: int, h: int, x: int) -> None:
    at, more = float(total_at_least(k, t, h, x)), float(total_at_least(k, t, h, x + 1))
    assert 0 <= more <= at <= 1
    assert float(total_at_most(k, t, h, x)) == pytest.approx(1 - more)
    assert float(total_at_most(k, t, h, total_quantile(k, t, h, 0.8))) >= 0.8 - 1e-12


@given(st.integers(0, 6), st.integers(0, 6), st.integers(1, 4))
def test_longer_is_harder_and_no_record_is_even(yes: int, no: int, h: int) -> None:
    now, later = float(all_yes(yes, yes + no, h)), float(all_yes(yes, yes + no, h + 1))
    assert 0 < later < now < 1
    assert float(any_yes(yes, yes + no, h)) >= now - 1e-12
    assert float(all_yes(no, yes + no, 1)) == pytest.approx(1 - float(all_yes(yes, yes + no, 1)))


def test_arrays_go_through() -> None:
    assert np.shape(all_yes(np.array([1, 2]), np.array([3, 3]), 2)) == (2,)


def test_a_prior_is_learned_from_all_series_of_a_kind() -> None:
    """Nine of ten areas good every year: the tenth's three bad years are not the last word."""
    yes, years = np.array([3] * 9 + [0]), np.full(10, 3)
    found = habits(yes, years, np.zeros(10, np.int64))
    assert float(np.asarray(found.mean)[0]) == pytest.approx((9 + 1.5) / 13)
    assert all_yes(0, 3, 1, MetHabit(0.8, 3.0)) == pytest.approx(0.4)  # (2.4 + 0) / (3 + 3)
    assert all_yes(3, 3, 1, MetHabit(0.8, 3.0)) == pytest.approx(0.9)  # (2.4 + 3) / (3 + 3)


def test_years_that_vary_at_random_say_little_of_one_series() -> None:
    rng = np.random.default_rng(1)
    alike = habits(rng.binomial(5, 0.5, 400), np.full(400, 5), np.zeros(400, np.int64))
    apart = habits(5 * rng.binomial(1, 0.5, 400), np.full(400, 5), np.zeros(400, np.int64))
    assert float(np.asarray(alike.weight)[0]) >= 20 > 1 >= float(np.asarray(apart.weight)[0])
    assert float(all_yes(0, 5, 1, MetHabit(0.5, 20.0))) == pytest.approx(0.4)
