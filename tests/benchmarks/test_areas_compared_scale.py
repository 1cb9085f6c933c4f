"""Eleven thousand areas: how long a comparison takes, and how often equal areas are called different.

make bench
"""

from __future__ import annotations

import time

import numpy as np
import pandas as pd

import planlib
from planlib.scoring.comparing.limits import binomial_limits, outside, poisson_limits

AREAS, BAR = 11_000, 10.0  # seconds
ROUNDS = 20


def sizes(rng: np.random.Generator) -> np.ndarray:
    return np.exp(rng.uniform(np.log(50), np.log(5000), AREAS)).round()


def test_a_comparison_of_eleven_thousand_areas_takes_under_ten_seconds(tmp_path) -> None:
    rng = np.random.default_rng(20)
    size = sizes(rng)
    names = [f"area-{at:05d}" for at in range(AREAS)]
    figures = pd.DataFrame({
        "area": names, "goal": "cultural-families", "year": 2013,
        "numerator": rng.binomial(size.astype(int), 0.9), "denominator": size,
    })  # fmt: skip
    e = planlib.evaluate("ward-2010-2015", figures)
    start = time.process_time()
    frame = planlib.compare_areas(e, goal="cultural-families", period=2013)
    took = time.process_time() - start
    known = frame[frame["value"].notna()]
    alarms = 100 * known["outside"].notna().mean()
    print(f"{len(known)} areas in {took:.1f} s, {alarms:.3f} % outside")
    assert len(known) == AREAS and took < BAR


def test_of_equal_areas_two_in_a_thousand_lie_outside() -> None:
    rng = np.random.default_rng(21)
    for name, draw, limits, rates in (
        ("binomial", rng.binomial, binomial_limits, (0.05, 0.1, 0.5, 0.9)),
        ("Poisson", lambda n, p: rng.poisson(n * p), poisson_limits, (0.05, 0.2)),
    ):
        for rate in rates:
            found = []
            for _ in range(ROUNDS):
                size = sizes(rng)
                cases = draw(size.astype(int), rate)
                overall = cases.sum() / size.sum()
                found.append(100 * (outside(cases / size, limits(overall, size)) != 0).mean())
            mean = float(np.mean(found))
            print(f"{name} {rate}: {mean:.3f} % outside 99.8 % limits")
            assert abs(mean - 0.2) < 0.05
