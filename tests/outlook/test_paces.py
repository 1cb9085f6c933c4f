"""How often targets were met that asked for so many times the best pace, worked by hand."""

from __future__ import annotations

from math import inf

import numpy as np
import pandas as pd
import pytest

from planlib.outlook.backtest.cases import board
from planlib.outlook.backtest.paces import best_paces, pace_records, pace_table, record_of_pace

FAST = [10.0, 12.0, 13.0, 20.0, 21.0, 40.0]
SLOW = [10.0, 10.1, 10.2, 10.3, 10.4, 12.0]


def panel(**areas: list[float]) -> pd.DataFrame:
    rows = [
        {"indicator": "roads", "area": area, "year": 2000 + at, "value": value, "better": "higher"}
        for area, values in areas.items()
        for at, value in enumerate(values)
    ]
    return pd.DataFrame(rows)


def counted(table: pd.DataFrame, years: int) -> dict[tuple[float, float], tuple[int, int]]:
    here = table[(table["years"] == years) & (table["n"] > 0)]
    return {(row.low, row.high): (row.n, row.k) for row in here.itertuples()}


def test_targets_are_counted_by_what_they_ask_of_the_best_pace() -> None:
    """From 20 in 2003, best pace 7: targets of 20.4, 21 and 22 next year, where 21 came."""
    found = pace_table(panel(x=FAST))
    assert counted(found, 1) == {(0.0, 0.5): (3, 2)}
    assert counted(found, 2) == {(0.0, 0.5): (3, 3)}  # 40 came


def test_a_slow_series_is_asked_for_more_than_it_ever_did() -> None:
    """From 10.3, best pace 0.1: 10.506 is 2.06 of it; of 10.72, 11.36 and 12.46 in two years 12 meets two."""
    found = pace_table(panel(y=SLOW))
    assert counted(found, 1) == {(2.0, inf): (3, 0)}
    assert counted(found, 2) == {(2.0, inf): (3, 2)}


def test_the_best_pace_is_that_of_figures_so_far_and_a_gap_counts_by_its_mean() -> None:
    made = board(panel(x=[10.0, 9.0, 13.0, 12.0]).drop(index=1))
    assert best_paces(made)[0].tolist()[2:] == [1.5, 1.5]
    assert np.isnan(best_paces(made)[0][:2]).all()


def test_the_packaged_record_says_that_more_is_met_less_often() -> None:
    for years in {row.years for row in pace_records()}:
        shares = [row.k / row.n for row in pace_records() if row.years == years and row.high <= 1.5]
        assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize(
    ("times", "years", "found"),
    [(1.2, 2, (2, 1.0, 1.5)), (inf, 2, (2, 2.0, inf)), (1.5, 4, (5, 1.0, 1.5)), (1.2, 40, None),
     (1.2, 0, None), (-1.0, 2, None)],
)  # fmt: skip
def test_the_nearest_horizon_speaks_and_none_for_twice_as_far(
    times: float, years: int, found: tuple[int, float, float] | None
) -> None:
    row = record_of_pace(times, years)
    assert (row and (row.years, row.low, row.high)) == found
