"""The number of goals that will be met, outlook words, required pace and the record."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlib.errors import InputError
from planlib.outlook.backtest.record import FEWEST, record_behind, track_record
from planlib.outlook.met import at_least, central, number_met
from planlib.outlook.pace import required
from planlib.outlook.words import Outlook, outlook_word
from planlib.plan.header import Thresholds

chances = st.lists(st.floats(0, 1), min_size=0, max_size=12)


def test_without_a_common_shock_it_is_poisson_binomial() -> None:
    met = at_least(number_met([0.9, 0.7, 0.2, 0.5], common_shock=0))
    assert met[3] == pytest.approx(0.412)
    assert met[4] == pytest.approx(0.063)


@given(chances, st.floats(0, 0.9))
def test_it_is_a_distribution_with_the_right_mean(p: list[float], shock: float) -> None:
    met = number_met(p, shock)
    assert len(met) == len(p) + 1
    assert met.sum() == pytest.approx(1) and (met >= 0).all()
    assert met @ np.arange(len(met)) == pytest.approx(sum(p), abs=0.02)


@given(st.lists(st.floats(0.05, 0.95), min_size=2, max_size=10))
def test_a_common_shock_widens_it(p: list[float]) -> None:
    def variance(shock: float) -> float:
        met = number_met(p, shock)
        k = np.arange(len(met))
        return float(met @ k**2 - (met @ k) ** 2)

    assert variance(0.0) < variance(0.2) < variance(0.5)


def test_facts_stay_facts() -> None:
    assert number_met([1.0, 0.0, 1.0], 0.3).tolist() == pytest.approx([0, 0, 1, 0])
    assert number_met([]).tolist() == pytest.approx([1.0])
    assert central(number_met([1.0, 0.0, 1.0], 0.3)) == (2, 2)


@pytest.mark.parametrize(("p", "shock"), [([1.2], 0.1), ([0.5], 1.0), ([float("nan")], 0.1)])
def test_impossible_parameters_are_refused(p: list[float], shock: float) -> None:
    with pytest.raises(InputError):
        number_met(p, shock)


def test_words_follow_the_thresholds_of_the_plan() -> None:
    strict = Thresholds(on_track=0.9, at_risk=0.6)
    assert outlook_word(0.8, thresholds=strict) is Outlook.at_risk
    assert outlook_word(0.8) is Outlook.on_track
    assert outlook_word(0.0) is Outlook.off_track
    assert outlook_word(0.2, secured=True) is Outlook.secured
    assert outlook_word(None) is Outlook.too_few_points
    with pytest.raises(ValueError, match="'at_risk' must be less"):
        Thresholds(on_track=0.3, at_risk=0.3)


YEARS = np.array([2008, 2009, 2010])


@pytest.mark.parametrize(
    ("figures", "target", "rising", "needs", "best", "late"),
    [
        ((60.0, 68, 78), 90.0, True, 6.0, 10.0, 2011),  # 12 in two years; 12 in one never seen
        ((40.0, 33, 30), 10.0, False, -10.0, -7.0, 2010),
        ((60.0, 20, 92), 90.0, True, 0.0, 72.0, None),  # reached
        ((60.0, 59, 57), 90.0, True, 16.5, -1.0, 2010),  # never rose
    ],
)
def test_the_required_pace(
    figures: tuple[float, ...], target: float, rising: bool, needs: float, best: float,
    late: int | None,
) -> None:  # fmt: skip
    found = required(np.array(figures), YEARS, target, 2012, rising=rising)
    assert found.per_year == pytest.approx(needs) and found.best_seen == best
    assert found.infeasible_from == late


def test_the_pace_of_a_total_is_an_amount_a_year() -> None:
    found = required(
        np.array([3.0, 4.0]), np.array([2011, 2012]), 15, 2015, rising=True, total=True
    )
    assert found.per_year == pytest.approx(8 / 3)
    assert (found.best_seen, found.best_year, found.infeasible_from) == (4.0, 2012, 2014)
    assert found.times_best == pytest.approx(2 / 3)


def test_no_time_and_no_figures() -> None:
    assert required(np.array([60.0]), np.array([2012]), 90, 2012, rising=True).per_year is None
    nothing = required(np.array([np.nan]), np.array([2012]), 90, 2015, rising=True)
    assert nothing.best_seen is None and nothing.per_year is None


def test_every_probability_of_a_walk_in_common_use_has_a_record() -> None:
    for event in ("holding", "reached", "kept"):
        for chance in (0.3, 0.5, 0.7):
            found = record_behind("walk", event, chance, 3)
            assert found is not None and found.low <= chance < found.high
            assert FEWEST <= found.k <= found.n
    assert record_behind("gamma_poisson", "holding", 0.5, 3) is None
    assert record_behind("beta_binomial", "kept", 1.0, 15) is None


def test_the_record_is_honest_over_the_whole_range() -> None:
    """What was forecast came true about as often, bin by bin, where there are many forecasts."""
    for row in track_record():
        if row.kind == "walk" and row.n >= 5000:
            assert row.low - 0.03 <= row.k / row.n <= row.high + 0.03
