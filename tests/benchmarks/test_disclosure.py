"""Disclosure control: ten wards, and eleven thousand of them in 1,100 districts with totals.

    make bench

The rival at scale is the same plan with every year's complements left out: what the primary rule
alone costs, so that the ratio says what protecting the totals costs.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from helpers import plan

from planlib.disclosure import published
from planlib.figures.observations import Observations, vintage_day
from planlib.figures.reading import read_observations
from planlib.plan.shipped import figure_files, open_plan

sys.path.insert(0, str(Path(__file__).parents[1] / "disclosure"))

from tables import area, counted, with_areas

DISTRICTS, WARDS, YEARS = 1_100, 10, range(2011, 2016)
GOALS = tuple(f"goal-{number}" for number in range(5))


def timed(run: Any) -> tuple[float, Any]:
    start = time.perf_counter()
    result = run()
    return time.perf_counter() - start, result


def test_ten_wards_and_five_years_take_well_under_a_second() -> None:
    one = open_plan("ward-2010-2015")
    figures = read_observations(figure_files(one), one)
    published(one, figures)
    seconds, result = timed(lambda: published(one, figures))
    print(
        f"\nten wards, all goals: {seconds * 1000:.0f} ms, {len(result.withheld)} figures withheld"
    )
    assert seconds < 0.5


def nation() -> Observations:
    """Wards and district totals; few small counts, as in real wards of ten thousand people."""
    rng = np.random.default_rng(3)
    shape = (len(GOALS), DISTRICTS, WARDS, len(YEARS))
    wards = rng.poisson(14, shape)
    whole = wards.sum(axis=2, keepdims=True)
    counts = np.concatenate([whole, wards], axis=2)
    goal, district, place, year = (axis.ravel() for axis in np.indices(counts.shape))
    names = [
        f"d{d}" if w == 0 else f"d{d}-w{w}" for d in range(DISTRICTS) for w in range(WARDS + 1)
    ]
    size = counts.size
    frame = pd.DataFrame(
        {
            "goal": pd.Categorical.from_codes(goal, pd.Index(GOALS)),
            "area": pd.Categorical.from_codes(district * (WARDS + 1) + place, pd.Index(names)),
            "year": (year + YEARS[0]).astype(np.int16),
            "vintage": np.full(size, vintage_day("2016-03-31"), np.int32),
            "value": counts.ravel().astype(float),
            "state": np.zeros(size, np.int8),
            "row": np.arange(2, size + 2, dtype=np.int32),
            "file": pd.Categorical.from_codes(np.zeros(size, np.int8), pd.Index(["made.csv"])),
        }
    )
    return Observations(frame)


@pytest.mark.slow
def test_eleven_thousand_wards_with_district_totals() -> None:
    figures = nation()
    goals = [counted(name) for name in GOALS]
    registry = [
        place
        for d in range(DISTRICTS)
        for place in (area(f"d{d}"), *(area(f"d{d}-w{w}", f"d{d}") for w in range(1, WARDS + 1)))
    ]
    tied, loose = with_areas(plan(*goals), *registry), plan(*goals)
    simple, alone = timed(lambda: published(loose, figures))
    seconds, result = timed(lambda: published(tied, figures))
    complementary = sum(w.why == "complementary" for w in result.withheld)
    print(
        f"\n{len(figures.frame):,} rows: primary {simple:.1f} s ({len(alone.withheld):,} figures), "
        f"with totals {seconds:.1f} s ({complementary:,} more), ratio {seconds / simple:.0f}"
    )
    assert complementary > 0
    assert seconds < 300
