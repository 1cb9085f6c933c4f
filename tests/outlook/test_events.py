"""Three events: against closed forms, against simulation, and in their logical order."""

from __future__ import annotations

import numpy as np
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from planlib.outlook.events import good_every_year, holding_at, reached_by, stays
from planlib.outlook.pool import pool
from planlib.outlook.scales import Scale
from planlib.outlook.walk import walk

WALK = np.array([[0.0, (1 / 2) ** 0.5, (2 / 3) ** 0.5, (3 / 4) ** 0.5]])


@pytest.mark.parametrize("link", [0.0, 0.3, 0.7, 0.95])
def test_two_years_are_the_orthant_of_a_bivariate_normal(link: float) -> None:
    found = stays(np.array([[0.5, 0.5]]), np.array([[0.0, link]]))[0]
    assert found == pytest.approx(0.25 + np.arcsin(link) / (2 * np.pi), abs=1e-6)


@pytest.mark.parametrize(("years", "chance"), [(2, 3 / 8), (3, 5 / 16), (4, 35 / 128)])
def test_a_walk_that_stays_above_its_start(years: int, chance: float) -> None:
    """Sparre Andersen: a symmetric walk stays above 0 for n steps with C(2n, n) / 4^n."""
    found = stays(np.full((1, years), 0.5), WALK[:, :years])[0]
    assert found == pytest.approx(chance, abs=2e-5)


def test_it_agrees_with_a_simulation() -> None:
    rng = np.random.default_rng(8)
    path = np.cumsum(rng.standard_normal((400_000, 3)), axis=1)
    level = -0.7
    good = [float(np.mean(path[:, h] > level)) for h in range(3)]
    found = stays(np.array([good]), WALK[:, :3])[0]
    assert found == pytest.approx(np.mean((path > level).all(axis=1)), abs=0.003)


@examples(60)
@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=5),
    st.lists(st.floats(0, 0.99), min_size=5, max_size=5),
)
def test_all_years_are_no_likelier_than_the_worst_one(good: list[float], link: list[float]) -> None:
    found = stays(np.array([good]), np.array([link[: len(good)]]))[0]
    assert 0 <= found <= min(good)
    assert found >= max(np.prod(good) - 2e-5, sum(good) - len(good) + 1 - 2e-5)


@examples(30)
@given(st.integers(0, 10_000), st.floats(0.7, 1.3), st.booleans())
def test_kept_is_within_holding_and_holding_within_reached(
    seed: int, part: float, rising: bool
) -> None:
    rng = np.random.default_rng(seed)
    values = 50 * np.exp(np.cumsum(0.1 * rng.standard_normal((6, 5)), axis=1))
    start = pool(values, np.arange(2011, 2016), np.full(6, Scale.log), np.zeros(6, int))
    forecast = walk(start, 3)[1]
    target, up = values[:, -1] * part, np.full(6, rising)
    for horizon in (1, 2, 3):
        kept = good_every_year(forecast, target, up, horizon)
        holding = holding_at(forecast, target, up, horizon)
        reached = reached_by(forecast, target, up, horizon)
        assert (kept <= holding + 1e-12).all() and (holding <= reached + 1e-12).all()
    easier = reached_by(forecast, np.where(up, target * 0.9, target * 1.1), up, 3)
    assert (easier >= reached_by(forecast, target, up, 3) - 1e-9).all()
