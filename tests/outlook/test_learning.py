"""How far what was learned is believed: by the years that taught it, not by the areas."""

from __future__ import annotations

import numpy as np
import pytest

from planlib.outlook.backtest.learning import Learned, learned_from
from planlib.outlook.backtest.lessons import Lessons, lessons_of
from planlib.outlook.constants import Constants
from planlib.outlook.pool import Pool, pool
from planlib.outlook.scales import Scale

DEFAULT = Constants()
AHEAD = np.array([1, 5, 15])


def past(areas: int, years: int) -> Pool:
    rng = np.random.default_rng(12)
    values = 50 * np.exp(np.cumsum(0.1 * rng.standard_normal((areas, years)), axis=1))
    kinds = np.full(areas, Scale.log)
    return pool(values, np.arange(2000, 2000 + years), kinds, np.zeros(areas, int))


def lessons(areas: int, years: int) -> Lessons:
    found = lessons_of(past(areas, years), 2, DEFAULT)
    assert found is not None
    return found


def test_all_areas_of_a_year_count_no_more_than_a_few() -> None:
    """Three years: one moment (the second) whose next year is known, in each of 150 areas."""
    one = lessons(150, 3)
    assert one.worth(DEFAULT)[:, 0].sum() == pytest.approx(DEFAULT.origin)
    few = lessons(4, 3)
    assert few.worth(DEFAULT)[:, 0] == pytest.approx(np.full(4, DEFAULT.evidence))


def test_without_lessons_a_forecast_is_as_wide_as_the_belief_is_unsure() -> None:
    """The variance of log size is 1 / weight at one year, and grows with the square of log years."""
    found = Learned.beliefs(DEFAULT).caution(AHEAD, DEFAULT)[0]
    variance = 1 / DEFAULT.spread_weight + np.log(AHEAD) ** 2 / DEFAULT.growth_weight
    assert found == pytest.approx(np.exp(DEFAULT.unsure * variance))


def test_more_years_make_surer_and_more_areas_hardly() -> None:
    def caution(areas: int, years: int) -> float:
        return float(learned_from(past(areas, years), 15, DEFAULT).caution(AHEAD, DEFAULT)[0, -1])

    assert caution(100, 20) < caution(100, 8) < caution(100, 3)
    assert caution(200, 3) == pytest.approx(caution(100, 3), abs=1e-12)
