"""Amounts that go from percent to steps: there and back, where the knee is, and what caps them."""

from __future__ import annotations

import numpy as np
import pytest

from planlib.outlook.pool import NEAR, REACH, REACH_OTHERS, Pool, pool
from planlib.outlook.scales import Scale, Standard, standard


def bent(knee: float) -> Standard:
    nothing, endless = np.zeros(1), np.full(1, np.inf)
    return standard(
        np.array([[1.0, 2.0]]), np.array([Scale.log], np.int8), nothing, endless, np.ones(1),
        np.array([knee]),
    )  # fmt: skip


def pooled(rows: list[list[float]], kind: Scale = Scale.log) -> Pool:
    values = np.array(rows)
    size, years = values.shape
    return pool(
        values, np.arange(2011, 2011 + years), np.full(size, kind), np.zeros(size, int),
        low=np.zeros(size),
    )  # fmt: skip


def test_an_amount_comes_back_from_its_scale() -> None:
    figures = np.array([[1e-12, 0.003, 1.0, 10.0, 400.0, 1e7]])
    one = bent(10.0)
    np.testing.assert_allclose(one.back(one.to(figures)), figures, rtol=1e-9)


def test_small_amounts_grow_by_percent_and_large_ones_by_steps() -> None:
    """The slope is 1 / (k (1 - exp(-x / k))): 1 / x for a small x, 1 / k far above the knee."""
    one = bent(10.0)
    small = one.to(np.array([[0.001, 0.0011]]))[0]
    assert small[1] - small[0] == pytest.approx(np.log(1.1), abs=1e-5)
    large = one.to(np.array([[200.0, 201.0]]))[0]
    assert large[1] - large[0] == pytest.approx(0.1, abs=1e-6)


def test_the_knee_is_near_the_largest_where_there_are_areas_to_see_it() -> None:
    """One area has none; of eleven it is a quarter of the largest, doubled."""
    assert pooled([[1.0, 2, 3]]).standard.knee.tolist() == [np.inf]
    many = pooled([[1.0, 2, 3 + area] for area in range(11)])
    np.testing.assert_allclose(many.standard.knee, NEAR * 13 * (1 + 10 / 10))


def test_what_is_compounded_has_no_knee() -> None:
    many = pooled([[1.0, 2, 3 + area] for area in range(11)], Scale.compound)
    assert np.isinf(many.standard.knee).all()


def test_a_small_area_may_come_as_far_as_the_others() -> None:
    made = pooled([[0.001, 0.002, 0.004], [10.0, 20.0, 30.0]]).standard
    np.testing.assert_allclose(made.high, [REACH_OTHERS * 30, REACH * 30])
