"""11,000 areas with a target each, and with steps on the way, against the same areas held against one.

    make bench

Both are scored in this process, twice each: the first time also asks what holds in every area.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from helpers import TEXT, goal, plan

from planlib.figures.reading import read_observations
from planlib.scoring.score import score

AREAS, YEARS = 11_000, range(2010, 2017)
TARGET = {"comparison": "at_least", "value": 90, "cadence": "by", "due": 2014}


def seconds(made: Any, figures: Any) -> tuple[float, float]:
    taken = []
    for _ in range(2):
        start = time.perf_counter()
        rows = len(score(made, figures))
        taken.append(time.perf_counter() - start)
        assert rows == AREAS * len(made.years)
    return taken[0], taken[1]


@pytest.mark.slow
def test_eleven_thousand_targets(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    areas = [f"area-{at}" for at in range(AREAS)]
    size = AREAS * len(YEARS)
    pd.DataFrame(
        {
            "area": np.repeat(areas, len(YEARS)), "goal": "g", "year": [*YEARS] * AREAS,
            "vintage": "2017-01-01", "value": rng.uniform(20, 120, size).round(1), "source": "s",
        }
    ).to_parquet(tmp_path / "figures.parquet")  # fmt: skip
    own = [
        {"area": area, "value": value}
        for area, value in zip(areas, rng.uniform(20, 120, AREAS).round(1).tolist(), strict=True)
    ]
    steps = [
        {"area": one["area"], "period": year, "value": one["value"] + year - 2014}
        for one in own for year in (2011, 2012, 2013)
    ]  # fmt: skip
    common = plan(goal(unit=TEXT, target=TARGET), first=2011, last=2016)
    each = plan(goal(unit=TEXT, target=TARGET, targets=own), first=2011, last=2016)
    several = plan(goal(unit=TEXT, target=TARGET, targets=own + steps), first=2011, last=2016)
    figures = read_observations([tmp_path / "figures.parquet"], common)
    seconds(common, figures)  # whatever is imported on the way
    once, again = seconds(common, figures)
    own_once, own_again = seconds(each, figures)
    steps_once, steps_again = seconds(several, figures)
    print(
        f"\none target {once:.2f} s, again {again:.2f} s; a target each {own_once:.2f} s, again "
        f"{own_again:.2f} s: {own_again / again:.1f} ×; bar: 0.5 s\n"
        f"and three steps each {steps_once:.2f} s, again {steps_again:.2f} s: "
        f"{steps_once / once:.1f} × the first time"
    )
    assert own_again < 3 * again
    assert steps_once < 15 * once  # sixty times while each area's goal was made by itself
