"""Ranks, their bands, shrinkage, peers and inequality of areas."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from planlib.scoring.comparing.peers import MOST, NEAREST, peers
from planlib.scoring.comparing.ranks import Merit, rank_bands, ranks
from planlib.scoring.comparing.shrinking import shrunken
from planlib.scoring.comparing.unequal import inequality

MERITS = (Merit(), Merit(more=False), Merit(low=0.3, high=0.3), Merit(low=0.25, high=0.35))


def drawn(number: int, seed: int = 5) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    size = rng.integers(40, 600, number)
    return rng.binomial(size, rng.beta(15, 35, number)), size


@pytest.mark.parametrize("number", [2, 3, 10, 24, 25, 60])
@pytest.mark.parametrize("merit", MERITS)
def test_bands_are_those_that_draws_of_every_rate_give(number, merit):
    cases, size = drawn(number)
    posterior = shrunken(cases, size)
    low, high = rank_bands(posterior, merit)
    if posterior.alike:
        assert (low.tolist(), high.tolist()) == ([1] * number, [number] * number)
        return
    rng = np.random.default_rng(1)
    rates = rng.beta(posterior.first, posterior.second, (3000, number))
    away = merit.distance(rates)
    drawn_ranks = 1 + (away[:, :, None] > away[:, None, :]).sum(axis=2)
    for end, share in ((low, 0.025), (high, 0.975)):
        assert ((drawn_ranks < end).mean(axis=0) <= share + 0.012).all()
        assert ((drawn_ranks <= end).mean(axis=0) >= share - 0.012).all()


def test_bands_of_many_areas_hold_their_true_ranks():
    rng = np.random.default_rng(3)
    size, rate = rng.integers(50, 800, 1500), rng.gamma(40, 1 / 400, 1500)
    for cases, events in ((rng.binomial(size, rate), False), (rng.poisson(size * rate), True)):
        low, high = rank_bands(shrunken(cases, size, events=events), Merit(more=False))
        true = ranks(rate, Merit(more=False))
        assert ((true >= low) & (true <= high)).mean() == pytest.approx(0.95, abs=0.025)


def test_areas_that_differ_by_chance_alone_cannot_be_told_apart():
    posterior = shrunken([48, 52, 50], [100, 100, 100])
    assert posterior.alike and posterior.mean.tolist() == [0.5] * 3
    low, high = rank_bands(posterior, Merit())
    assert (low.tolist(), high.tolist()) == ([1, 1, 1], [3, 3, 3])


def test_a_small_area_is_pulled_further_than_a_large_one():
    # Both stand at 40 % against some 20 % of all.
    found = shrunken([4, 400, 1800, 200], [10, 1000, 9000, 2000]).mean
    assert 0.2 < found[0] < 0.3 and found[1] == pytest.approx(0.4, abs=0.01)


def test_rates_of_events_are_pulled_as_gamma_rates():
    # By hand: 9 events in 30, mean .3; variance (100·.01·…) of three areas of 10.
    found = shrunken([1, 3, 5], [10, 10, 10], events=True)
    # spread = (.04 + 0 + .04) / 3 = .026667 less .03 by chance: nothing is left.
    assert found.alike
    found = shrunken([0, 30, 60], [100, 100, 100], events=True)
    # spread .06, by chance .003: between .057, weight .3 / .057.
    weight = 0.3 / 0.057
    assert found.mean.tolist() == pytest.approx(
        [(0.3 * weight + y) / (weight + 100) for y in (0, 30, 60)]
    )


@pytest.mark.parametrize("cases", [[0, 0, 0], [9, 9, 9]])
def test_all_zero_and_all_full_are_alike(cases):
    assert shrunken(cases, [9, 9, 9]).alike


def test_one_area_has_one_rank():
    posterior = shrunken([3], [10])
    assert [end.tolist() for end in rank_bands(posterior, Merit())] == [[1], [1]]


def test_a_middle_value_ranks_by_the_distance_from_it():
    found = ranks(np.array([0.2, 0.5, 0.9, 0.6]), Merit(low=0.5, high=0.5))
    assert found.tolist() == [3, 1, 4, 2]


def test_figures_equal_but_for_binary_dust_share_a_rank():
    assert ranks(np.array([0.3, 0.1 + 0.2, 0.2]), Merit()).tolist() == [1, 1, 3]


def test_the_slope_index_and_the_gap_of_fifths():
    # Ten areas in order, each 2 higher than the one before: ends of the line lie 20 apart.
    figures = np.arange(10.0) * 2
    found = inequality(figures[::-1], np.arange(10.0)[::-1], np.ones(10))
    assert found is not None
    assert (found.first, found.last, found.gap, found.each) == (1.0, 17.0, 16.0, 2)
    assert found.slope == pytest.approx(20.0)
    assert inequality(figures[:4], figures[:4], np.ones(4)) is None
    assert inequality(figures, np.ones(10), np.ones(10)) is None


def test_large_areas_weigh_more_in_fifths_and_slope():
    found = inequality(
        np.array([10.0, 10, 10, 10, 50]), np.arange(5.0), np.array([1.0, 1, 1, 1, 4])
    )
    # By hand: shares ⅛ each and ½, places 1/16, 3/16, 5/16, 7/16 and 3/4; slope 20 / (67.5 / 256 …).
    share = np.array([0.125] * 4 + [0.5])
    at = np.array([1, 3, 5, 7, 12]) / 16
    middle = (share * at).sum()
    slope = (share * (at - middle) * np.array([10, 10, 10, 10, 50])).sum() / (
        share * (at - middle) ** 2
    ).sum()
    assert found is not None and found.gap == 40.0 and found.slope == pytest.approx(slope)


def test_peers_are_those_of_the_group_else_those_nearest_in_size():
    size = np.array([100.0, 90, 5000, 110, np.nan, 4000])
    assert peers(size, [None] * 6)[0] == [3, 1, 5, 2]
    assert peers(size, [None] * 6)[4] == []
    given = ["a", "b", "a", "b", "a", None]
    assert peers(size, given)[4] == [0, 2] and peers(size, given)[5] == []


def nearest(size: list[float], groups: list[str | None], at: int) -> list[int]:
    """The peers of an area, sought among all: nearest in size by ratio, then first in order."""
    others = [
        one
        for one in range(len(size))
        if one != at and groups[one] == groups[at] and (groups[at] is not None or size[one] > 0)
    ]
    if groups[at] is None and not size[at] > 0:
        return []

    def apart(one: int) -> float:
        known = size[at] > 0 and size[one] > 0
        return round(abs(math.log(size[one]) - math.log(size[at])), 12) if known else math.inf

    return sorted(others, key=lambda one: (apart(one), one))[
        : NEAREST if groups[at] is None else MOST
    ]


@pytest.mark.parametrize("seed", range(8))
def test_of_areas_equally_near_in_size_the_first_are_peers(seed: int) -> None:
    """Many areas of one size, of none that is known, in groups larger than a list of peers."""
    drawn = random.Random(seed)
    kinds = [math.nan, 0.0, *(drawn.choice([10.0, 20.0, 40.0, 800.0]) for _ in range(6))]
    size = [drawn.choice(kinds) for _ in range(90)]
    groups = [drawn.choice([None, "a"]) for _ in range(90)]
    assert peers(np.array(size), groups) == [nearest(size, groups, at) for at in range(90)]
