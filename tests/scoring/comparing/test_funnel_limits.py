"""Funnel limits: exact ones against sums by hand, printed ones against published examples.

Published numbers: test data of the R package PHEindicatormethods (ukhsa-collaboration).
"""

from __future__ import annotations

from math import comb, exp, factorial

import numpy as np
import pytest

from planlib.scoring.comparing.limits import (
    CONTROL,
    WARNING,
    binomial_limits,
    outside,
    poisson_limits,
)
from planlib.scoring.comparing.practice import event_label, event_limits, wilson_limits
from planlib.scoring.comparing.spread import overdispersion, wider_limits

PROPORTIONS = (
    (2, 25.885383, 100, 0, 100),
    (211, 75.311383, 85.973512, 72.237075, 89.04782),
)
EVENTS = (
    (100, 2, 27.6828582, 825.7315569, 17.81123382, 4405.093268),
    (100, 47, 75.19997383, 136.0983877, 65.02178211, 164.2030594),
    (116.1720835, 55, 89.25071993, 154.2100196, 77.92256078, 183.1070076),
)
LABELS = (
    (8, 6.239860227, 0, 0),
    (151, 106.4429719, 1, 1),
    (124, 183.894409, -1, -1),
    (150, 119.5695496, 1, 0),
    (0, 240.6273499, -1, -1),
    (113, 96.14566494, 0, 0),
)


def mid_p(count: float, chances: list[float]) -> float:
    """The mid-p probability of no more than a count, straight between whole ones."""
    whole = [sum(chances[:k]) + chances[k] / 2 for k in range(len(chances))]
    before = int(np.floor(count))
    low = whole[before] if before >= 0 else 0.0
    return low + (count - before) * (whole[before + 1] - low)


@pytest.mark.parametrize(("size", "share"), [(10, 0.5), (37, 0.2), (60, 0.93)])
def test_exact_limits_of_shares_leave_out_what_the_binomial_sums_say(size, share):
    chances = [comb(size, k) * share**k * (1 - share) ** (size - k) for k in range(size + 1)]
    for tail in (WARNING, CONTROL):
        low, high = binomial_limits(share, [size], tail)
        for end, right in ((low[0], tail), (high[0], 1 - tail)):
            if 0 < end < 1:
                assert mid_p(end * size, chances) == pytest.approx(right, abs=1e-12)


def test_exact_limits_of_rates_leave_out_what_the_poisson_sums_say():
    expected = 0.004 * 3000
    chances = [exp(-expected) * expected**k / factorial(k) for k in range(60)]
    low, high = poisson_limits(0.004, [3000])
    assert mid_p(low[0] * 3000, chances) == pytest.approx(CONTROL, abs=1e-12)
    assert mid_p(high[0] * 3000, chances) == pytest.approx(1 - CONTROL, abs=1e-12)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_where_nothing_or_everything_is_a_case_chance_moves_nobody(share):
    low, high = binomial_limits(share, [5, 0])
    assert low[0] == high[0] == share and np.isnan([low[1], high[1]]).all()
    assert poisson_limits(0.0, [5])[1].tolist() == [0.0]


def test_of_equal_areas_two_in_a_thousand_lie_outside():
    # Not simulated: the chance of every count, summed over areas of a hundred sizes.
    sizes = np.unique(np.exp(np.linspace(np.log(50), np.log(5000), 100)).round())
    for share in (0.1, 0.5, 0.8):
        low, high = binomial_limits(share, sizes)
        out = []
        for size, least, most in zip(sizes.astype(int), low, high, strict=True):
            counts = np.arange(size + 1)
            logs = [np.log(size - k) - np.log(k + 1) for k in range(size)]
            chance = np.exp(
                np.concatenate([[0.0], np.cumsum(logs)])
                + counts * np.log(share)
                + (size - counts) * np.log(1 - share)
            )
            sides = outside(counts / size, (np.full(size + 1, least), np.full(size + 1, most)))
            out.append(chance[sides != 0].sum())
        assert np.mean(out) == pytest.approx(0.002, abs=0.0003)


def test_limits_of_proportions_are_those_public_health_prints():
    for size, low2, high2, low3, high3 in PROPORTIONS:
        for tail, low, high in ((WARNING, low2, high2), (CONTROL, low3, high3)):
            found = wilson_limits(0.80642448, [size], tail)
            assert [100 * end[0] for end in found] == pytest.approx([low, high], abs=1e-6)


def test_limits_of_ratios_and_rates_are_those_public_health_prints():
    for rate, seen, low2, high2, low3, high3 in EVENTS:
        for tail, low, high in ((WARNING, low2, high2), (CONTROL, low3, high3)):
            found = event_limits(rate, [seen], tail)
            assert [end[0] for end in found] == pytest.approx([low, high], rel=1e-4)


def test_labels_of_ratios_are_those_public_health_prints():
    seen, expected, warned, controlled = (np.array(column) for column in zip(*LABELS, strict=True))
    assert event_label(1.0, seen, expected, WARNING).tolist() == warned.tolist()
    assert event_label(1.0, seen, expected, CONTROL).tolist() == controlled.tolist()


def test_variance_between_areas_is_that_of_dersimonian_and_laird():
    # By hand: weights 100, 25, 100 and 25 around .5; Q = 0 + 1 + 4 + 4 = 9 (none pulled in, four
    # areas); tau² = (9 - 3) / (250 - 21250 / 250) = 6 / 165.
    figures, error = np.array([0.5, 0.3, 0.7, 0.9]), np.array([0.1, 0.2, 0.1, 0.2])
    found = overdispersion(figures, 0.5, error)
    assert found is not None
    assert (found.ratio, found.between**2) == pytest.approx((9 / 4, 6 / 165))
    assert found.chance == pytest.approx(0.02929, abs=1e-5) and found.found
    _, high = wider_limits(0.5, error, found.between, WARNING)
    assert high[0] - 0.5 == pytest.approx(1.959964 * (0.01 + 6 / 165) ** 0.5)
    assert overdispersion(figures[:1], 0.5, error[:1]) is None
