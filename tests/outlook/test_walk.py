"""The pooled walk: coverage in simulated worlds, and what must hold whatever the figures are."""

from __future__ import annotations

import numpy as np
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from worlds import WORLDS, coverage

from planlib.errors import InputError
from planlib.outlook.constants import Constants
from planlib.outlook.pool import Uncertainty, pool
from planlib.outlook.scales import Scale
from planlib.outlook.walk import Walk, walk
from planlib.outlook.windows import newest_windows, windows_by_year

YEARS = np.arange(2011, 2016)
# What an 80 % interval may cover in a world of 3,000 series: the sampling error is 0.7 points, the
# rest is what pooling and unknown drift may cost in a world of their own.
TOLERANCE = {0.5: (0.38, 0.60), 0.8: (0.70, 0.88), 0.95: (0.90, 0.99)}


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize(("points", "horizon"), [(3, 2), (4, 1), (4, 2), (6, 3)])
def test_intervals_cover_what_they_claim(world: str, points: int, horizon: int) -> None:
    for level, share in coverage(world, points, horizon, size=3000, seed=7).items():
        low, high = TOLERANCE[level]
        assert low <= share <= high, f"{world}: {level:.0%} interval covers {share:.1%}"


@pytest.mark.parametrize("horizon", [1, 2])
def test_the_plain_random_walk_is_covered_within_six_points(horizon: int) -> None:
    share = coverage("walk", 5, horizon, size=3000, seed=11)[0.8]
    assert abs(share - 0.8) < 0.06


figures = st.lists(
    st.lists(st.integers(1, 9_900).map(lambda n: n / 100), min_size=5, max_size=5),
    min_size=4, max_size=7,
)  # fmt: skip


def made(rows: list[list[float]], kind: Scale, unit: float = 1.0) -> Walk:
    values = np.array(rows) * unit
    size = len(values)
    low = np.full(size, -np.inf if kind is Scale.plain else 0.0)
    high = np.full(size, 100.0 * unit if kind is Scale.logit else np.inf)
    start = pool(values, YEARS, np.full(size, kind), np.zeros(size, int), low=low, high=high)
    return walk(start, 3)[1]


@examples(40)
@given(figures, st.sampled_from(Scale), st.integers(1, 3))
def test_chances_lie_between_0_and_1_and_fall_with_the_target(
    rows: list[list[float]], kind: Scale, horizon: int
) -> None:
    forecast = made(rows, kind)
    ends = [np.full(len(rows), float(target)) for target in (0.5, 10, 40, 90, 99.5)]
    below = np.stack([forecast.below(end, horizon) for end in ends])
    assert (below >= 0).all() and (below <= 1).all()
    assert (np.diff(below, axis=0) >= -1e-12).all()


@examples(40)
@given(figures, st.sampled_from(Scale), st.sampled_from([0.001, 0.1, 7.0, 1000.0]))
def test_another_unit_gives_the_same_chances(
    rows: list[list[float]], kind: Scale, unit: float
) -> None:
    target = np.array([row[-1] for row in rows]) * 1.05
    target = np.minimum(target, 99.9) if kind is Scale.logit else target
    plain, other = made(rows, kind), made(rows, kind, unit)
    np.testing.assert_allclose(plain.below(target, 2), other.below(target * unit, 2), atol=1e-6)


@examples(40)
@given(figures, st.sampled_from(Scale), st.integers(1, 3))
def test_quantiles_ascend_and_stay_inside_the_limits(
    rows: list[list[float]], kind: Scale, horizon: int
) -> None:
    quantiles = made(rows, kind).quantile(np.array([0.001, 0.1, 0.5, 0.9, 0.999]), horizon)
    assert (np.diff(quantiles, axis=1) >= 0).all()
    if kind is not Scale.plain:
        assert (quantiles >= 0).all()
    if kind is Scale.logit:
        assert (quantiles <= 100).all()


@examples(30)
@given(figures)
def test_further_ahead_is_never_surer(rows: list[list[float]]) -> None:
    forecast = made(rows, Scale.log)
    assert (np.diff(forecast.scale, axis=1) >= 0).all()
    assert ((forecast.link >= 0) & (forecast.link < 1)).all()


def widths(values: np.ndarray, **more: np.ndarray) -> np.ndarray:
    size = len(values)
    years = np.arange(2011, 2011 + values.shape[1])
    start = pool(
        values, years, np.full(size, Scale.log), np.zeros(size, int), low=np.zeros(size),
        uncertainty=Uncertainty(**more),
    )  # fmt: skip
    ends = walk(start, 2)[1].quantile(np.array([0.1, 0.9]), 2)
    return np.log(ends[:, 1] / ends[:, 0])


def test_less_data_gives_wider_intervals_for_series_with_nothing_to_lean_on() -> None:
    rng = np.random.default_rng(3)
    whole = 50 * np.exp(np.cumsum(0.1 * rng.standard_normal((400, 6)), axis=1))
    median = [np.median([widths(one[None, -n:])[0] for one in whole]) for n in (6, 5, 4, 3)]
    assert (np.diff(median) > 0).all()


def test_an_estimate_and_an_interval_widen_the_forecast() -> None:
    rng = np.random.default_rng(4)
    values = 50 * np.exp(np.cumsum(0.1 * rng.standard_normal((60, 5)), axis=1))
    plain = widths(values)
    noise = np.zeros(values.shape)
    noise[0, -1] = 0.5
    estimated = widths(values, noise=noise)
    assert estimated[0] > plain[0] * 1.02
    np.testing.assert_allclose(estimated[1:], plain[1:], rtol=0.05)
    least, most = values.copy(), values.copy()
    least[0, -1], most[0, -1] = values[0, -1] * 0.8, values[0, -1] * 1.2
    assert widths(values, least=least, most=most)[0] > plain[0] * 1.05


def test_a_series_under_three_points_has_no_forecast() -> None:
    values = np.array([[1.0, 2, 3], [np.nan, 2, 3], [1, 2, 4], [4, 2, 4]])
    start = pool(values, np.arange(2011, 2014), np.full(4, Scale.log), np.zeros(4, int))
    assert walk(start, 1)[0].series.tolist() == [0, 2, 3]


def test_series_that_never_moved_are_quiet_but_not_certain() -> None:
    values = np.array([[100.0] * 4] * 5 + [[90.0, 91, 90, 92]])
    start = pool(
        values, np.arange(2011, 2015), np.full(6, Scale.logit), np.zeros(6, int),
        low=np.zeros(6), high=np.full(6, 100.0),
    )  # fmt: skip
    below = walk(start, 1)[1].below(np.full(6, 95.0), 1)
    assert (below[:5] > 0).all() and (below[:5] < 0.5).all()


def test_alone_it_has_its_own_drift_and_t() -> None:
    """Last 76, drift 5 a year, yearly errors ±1: scale √(2/2)·√(1 + 1/3), two degrees of freedom."""
    values = np.array([[61.0, 67.0, 71.0, 76.0]])
    start = pool(values, np.arange(2011, 2015), np.array([Scale.plain]), np.zeros(1, int))
    _, forecast = walk(start, 1)
    unit = float(forecast.standard.unit[0])
    assert forecast.centre[0, 0] * unit == pytest.approx(81)
    assert forecast.scale[0, 0] * unit == pytest.approx((2 / 2 * (1 + 1 / 3)) ** 0.5)
    assert forecast.tails[0, 0] == 2


def test_forecasts_do_not_depend_on_the_order_of_series() -> None:
    rng = np.random.default_rng(5)
    values = np.exp(rng.standard_normal((40, 5)))
    groups = rng.integers(0, 3, 40)
    turn = rng.permutation(40)
    kinds = np.full(40, Scale.log)
    first = walk(pool(values, YEARS, kinds, groups), 2)[1]
    second = walk(pool(values[turn], YEARS, kinds, groups[turn]), 2)[1]
    np.testing.assert_allclose(first.centre[turn], second.centre)
    np.testing.assert_allclose(first.scale[turn], second.scale)


def test_a_later_figure_never_changes_an_earlier_forecast() -> None:
    rng = np.random.default_rng(6)
    values = np.exp(np.cumsum(0.1 * rng.standard_normal((30, 6)), axis=1))
    years, kinds, groups = np.arange(2011, 2017), np.full(30, Scale.log), np.zeros(30, int)
    other = values.copy()
    other[:, -1] *= 3
    early = [walk(pool(v[:, :5], years[:5], kinds, groups), 1)[1].centre for v in (values, other)]
    np.testing.assert_array_equal(*early)


def test_windows_are_the_newest_points_in_order() -> None:
    matrix = np.array([[1.0, np.nan, 3, 4, 5], [1, 2, 3, np.nan, np.nan]])
    newest = newest_windows(matrix, YEARS)
    assert newest.values[0, -4:].tolist() == [1, 3, 4, 5]
    assert newest.origin.tolist() == [2015, 2013]
    assert [column for column, _ in windows_by_year(matrix, YEARS)] == [2, 3, 4]


@pytest.mark.parametrize("wrong", [{"spread": 0.0}, {"growth": -11.0}, {"tails": -1.0}])
def test_impossible_constants_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(InputError, match=next(iter(wrong))):
        Constants(**wrong)


def smooth(areas: int = 30, years: int = 11, seed: int = 8) -> np.ndarray:
    """Rates that fall by some 4 % a year, each at its own pace, with little noise."""
    rng = np.random.default_rng(seed)
    pace = -0.04 + 0.015 * rng.standard_normal((areas, 1))
    noise = np.cumsum(0.006 * rng.standard_normal((areas, years)), axis=1)
    return 80 * np.exp(0.5 * rng.standard_normal((areas, 1)) + pace * np.arange(years) + noise)


def ahead(values: np.ndarray, horizons: int, kind: Scale = Scale.log) -> Walk:
    size, years = values.shape
    low = np.full(size, -np.inf if kind is Scale.plain else 0.0)
    start = pool(
        values, np.arange(1990, 1990 + years), np.full(size, kind), np.zeros(size, int), low=low
    )
    return walk(start, horizons)[1]


def test_a_clear_pace_goes_on_beyond_the_pools_own_past() -> None:
    """Eleven years are known and fifteen asked: no way back up, no jump in the spread."""
    values = smooth()
    forecast = ahead(values, 15)
    middle = np.stack([forecast.quantile(np.array([0.5]), h)[:, 0] for h in range(1, 16)], axis=1)
    assert (np.diff(np.concatenate([values[:, -1:], middle], axis=1), axis=1) < 0).all()
    assert np.median(middle[:, -1] / values[:, -1]) < 0.8  # at its full pace it would be 0.55
    growth = forecast.scale[:, 1:] / forecast.scale[:, :-1]
    assert (growth >= 1).all() and (growth[:, 1:] < 1.5).all()
    assert (forecast.reach < 15).all() and (forecast.reach > 5).all()


@examples(30)
@given(figures, st.sampled_from(Scale))
def test_a_median_never_turns_round(rows: list[list[float]], kind: Scale) -> None:
    values = np.array(rows)
    forecast = ahead(values, 15, kind if kind is not Scale.logit else Scale.log)
    steps = np.diff(np.concatenate([forecast.last[:, None], forecast.centre], axis=1), axis=1)
    assert ((steps >= -1e-9).all(axis=1) | (steps <= 1e-9).all(axis=1)).all()


def test_five_yearly_figures_are_forecast_five_years_ahead() -> None:
    yearly = smooth(years=16)
    values = np.full((30, 11), np.nan)
    values[:, ::5] = yearly[:, :11:5]
    forecast = ahead(values, 5)
    ends = forecast.quantile(np.array([0.1, 0.9]), 5)
    inside = (yearly[:, 15] >= ends[:, 0]) & (yearly[:, 15] <= ends[:, 1])
    assert inside.mean() >= 0.6
    assert (ends[:, 1] / ends[:, 0] < 3).all()


def test_a_figure_that_never_moved_may_stay_where_it_is() -> None:
    """Flat at 80: on the good side of 80 it stays more likely than a coin, and stays inside."""
    values = np.array([[80.0] * 5] + [[70.0, 72, 71, 73, 72], [60, 61, 63, 62, 64]] * 3)
    forecast = ahead(values, 3)
    target = values[:, -1]
    up = forecast.holds(target, np.ones(7, bool), 1)[0]
    down = forecast.holds(target, np.zeros(7, bool), 1)[0]
    still = forecast.still[0]
    stay = 1 - 0.3 * 6 / (6 + 2)  # a belief worth six years, and two years that it stayed
    assert still[0] == pytest.approx(stay) and still[2] == pytest.approx(stay**3)
    assert up + down == pytest.approx(1 + still[0])  # what stays is good either way
    assert up > 0.7 and down > 0.7
    low, middle, high = forecast.quantile(np.array([0.1, 0.5, 0.9]), 1)[0]
    assert low <= 80 <= high and middle == pytest.approx(80)


def test_how_often_flat_figures_stay_is_learned() -> None:
    """Of twenty flat series nineteen stay: 5.5 years' worth of belief in 0.7, then 19 of 20."""
    values = np.full((40, 4), 80.0)
    values[0, 3] = 81.0
    values[20:] = np.exp(np.random.default_rng(9).standard_normal((20, 4)))
    worth = Constants().stay_weight
    stay = 1 - ((1 - Constants().stay) * worth + 1) / (worth + 20)
    assert ahead(values, 1).still[1, 0] == pytest.approx(stay)


def test_a_few_wild_leaps_give_heavy_tails() -> None:
    """Prices that rise by 5 % a year, and now and then by 100: such years are not ruled out."""
    rng = np.random.default_rng(10)
    calm = 5 + rng.standard_normal((60, 20))
    wild = np.where(rng.random((60, 20)) < 0.04, 100 * rng.random((60, 20)), 0.0)
    steady, leaping = ahead(calm, 1, Scale.plain), ahead(calm + wild, 1, Scale.plain)
    assert leaping.tails[0, 0] < steady.tails[0, 0]
    chance = [1 - one.below(np.full(60, 30.0), 1) for one in (steady, leaping)]
    assert np.median(chance[1]) > 10 * np.median(chance[0])
