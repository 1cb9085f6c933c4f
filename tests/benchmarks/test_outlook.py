"""Forecasts of 550,000 short series: time and memory on one core, against loops over series.

make bench
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

SIZES = (137_500, 275_000, 550_000)
GROUPS = 50
SAMPLE = 300  # series the loops forecast; their cost is proportional
YEARS = np.arange(2011, 2016)


def figures(size: int) -> Any:
    rng = np.random.default_rng(7)
    start = rng.normal(3, 0.5, (size, 1))
    return np.exp(start + np.cumsum(rng.normal(0, 0.1, (size, 5)), axis=1))


def measure(size: int) -> dict[str, float]:
    """In this process, on one core: trend, forecast, fan and three events; seconds, megabytes."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    from planlib.outlook.events import good_every_year, holding_at, reached_by
    from planlib.outlook.pool import pool
    from planlib.outlook.trend import trends
    from planlib.outlook.walk import walk

    values = figures(size)
    groups = np.repeat(np.arange(GROUPS), size // GROUPS)
    start = time.perf_counter()
    found = trends(values, YEARS)
    trend = time.perf_counter() - start
    made = pool(values, YEARS, np.ones(size, np.int64), groups, low=np.zeros(size))
    windows, forecast = walk(made, 2)
    fan = forecast.quantile(np.array([0.1, 0.25, 0.5, 0.75, 0.9]), 2)
    up, last = np.ones(size, bool), values[:, -1]
    chance = [
        holding_at(forecast, last * 1.1, up, 2),
        reached_by(forecast, last * 1.1, up, 2),
        good_every_year(forecast, last * 0.9, up, 2),
    ]
    whole = time.perf_counter() - start
    assert len(windows.series) == size == len(found.slope) == len(fan) == len(chance[0])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"size": size, "trend": trend, "whole": whole, "peak": peak}


@pytest.mark.slow
def test_half_a_million_series() -> None:
    print("\n  series   trend s   all s   peak MB   µs a series")
    for size in SIZES:
        done = subprocess.run(
            [sys.executable, __file__, str(size)], capture_output=True, text=True, check=True,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)},
        )  # fmt: skip
        one = json.loads(done.stdout)
        each = 1e6 * one["whole"] / size
        print(f"{size:8,}{one['trend']:10.2f}{one['whole']:8.2f}{one['peak']:10.0f}{each:14.1f}")
    print(f"bars: {one['whole']:.1f} s of 15 s, {one['peak']:.0f} MB of 2,000 MB")
    values = figures(SAMPLE)
    times = SIZES[-1] / SAMPLE

    from scipy.stats import theilslopes

    start = time.perf_counter()
    for row in values:
        theilslopes(row, YEARS)
    loop = (time.perf_counter() - start) * times
    print(f"scipy.stats.theilslopes, a loop: {loop:.0f} s, {loop / one['trend']:.0f} × trends")


@pytest.mark.slow
def test_against_a_loop_of_random_walks_with_drift() -> None:
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    values = np.log(figures(SAMPLE // 10))
    start = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of five points the rival's search often does not converge
        for row in values:
            model = SARIMAX(row, order=(0, 1, 0), trend="c")
            model.fit(disp=False).get_forecast(2).conf_int(alpha=0.2)
    each = (time.perf_counter() - start) / len(values)
    one = measure(SIZES[0])
    ours = one["whole"] / one["size"]
    print(
        f"\nrandom walk with drift, a loop: {1e6 * each:.0f} µs a series, {each / ours:.0f} × ours"
    )


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
