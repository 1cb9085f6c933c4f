"""Scoring 3.3 million rows: cost against reading the file, against a row-by-row loop, and growth.

    make bench

Every size runs in a process of its own, on one core. The floor is reading the same Parquet file
into memory and nothing else; the rival is the verifier, which scores a sample with the same rules one row at a time.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

AREAS, GOALS, YEARS = 11_000, 50, range(2011, 2017)
SAMPLE = 200  # areas the row-by-row loop scores; its cost is proportional

TARGETS: list[dict[str, Any]] = [
    {"comparison": "at_least", "value": 90, "cadence": "every_year"},
    {"comparison": "between", "low": 120, "high": 150, "basis": "count", "cadence": "over_term"},
    {"comparison": "at_least", "value": 95, "cadence": "by", "due": 2014},
    {
        "comparison": "between", "low": -7, "high": -5, "better": "lower", "basis": "change",
        "cadence": "every_year",
    },
    {"comparison": "at_least", "value": 100, "basis": "quota", "cadence": "every_year"},
]  # fmt: skip


def make_plan() -> Any:
    from helpers import TEXT, goal, plan

    goals = [
        goal(
            f"g{i}",
            "%" if TARGETS[i % 5].get("basis") in {"change", "quota"} else TEXT,
            target=TARGETS[i % 5],
        )
        for i in range(GOALS)
    ]
    return plan(*goals, first=2011, last=2016)


def write_panel(path: Path, areas: int) -> int:
    years = len(YEARS)
    size = areas * GOALS * years
    rng = np.random.default_rng(7)
    year = np.tile(np.asarray(YEARS), areas * GOALS)
    goal = np.tile(np.repeat(np.arange(GOALS), years), areas)
    frame = pd.DataFrame(
        {
            "area": pd.Categorical.from_codes(
                np.repeat(np.arange(areas), GOALS * years), [f"area-{i}" for i in range(areas)]
            ),
            "goal": pd.Categorical.from_codes(goal, [f"g{i}" for i in range(GOALS)]),
            "year": year,
            "vintage": pd.Categorical.from_codes(year - 2011, [f"{y + 1}-02-15" for y in YEARS]),
            "value": rng.uniform(20, 120, size).round(1),
            "assigned": np.where(goal % 5 == 4, 75.0, np.nan),
            "state": pd.Categorical(["measured"]).repeat(size),
        }
    )
    frame.sample(frac=1, random_state=1).to_parquet(path)
    return size


def measure(path: Path) -> dict[str, float]:
    """In this process: read alone, then read, check and score; seconds and peak megabytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from planlib.figures.reading import read_observations
    from planlib.scoring.score import score

    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    pa.set_cpu_count(1)
    plan = make_plan()
    start = time.perf_counter()
    pq.read_table(path).to_pandas()
    floor = time.perf_counter() - start
    start = time.perf_counter()
    observations = read_observations([path], plan)
    read = time.perf_counter() - start
    start = time.perf_counter()
    rows = len(score(plan, observations))
    scored = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": rows, "floor": floor, "read": read, "score": scored, "peak": peak}


def row_by_row(path: Path, areas: int) -> float:
    """Seconds the verifier, which scores one figure after another, takes for the sample's areas."""
    from planlib.figures.reading import read_observations
    from planlib.verify.recompute import Recomputed

    plan = make_plan()
    figures = read_observations([path], plan)
    sample = [figures.of_area(f"area-{i}").frame for i in range(areas)]
    start = time.perf_counter()
    for frame in sample:
        made = Recomputed(plan, frame.to_dict("records"))
        for goal in plan.goals:
            for year in YEARS:
                made.annual(goal, year)
    return time.perf_counter() - start


@pytest.mark.slow
def test_three_million_rows(tmp_path: Path) -> None:
    print("\n     rows   floor s   read+check s   score s   total/floor   peak MB   µs a row")
    results = []
    for areas in (AREAS // 4, AREAS // 2, AREAS):
        path = tmp_path / f"{areas}.parquet"
        write_panel(path, areas)
        done = subprocess.run(
            [sys.executable, __file__, str(path)], capture_output=True, text=True, check=True,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)},
        )  # fmt: skip
        one = json.loads(done.stdout)
        results.append(one)
        total = one["read"] + one["score"]
        print(
            f"{one['rows']:9,}{one['floor']:10.2f}{one['read']:15.2f}{one['score']:10.2f}"
            f"{total / one['floor']:14.1f}{one['peak']:10.0f}{1e6 * total / one['rows']:11.2f}"
        )
    whole = results[-1]
    loop = row_by_row(tmp_path / f"{AREAS}.parquet", SAMPLE) * AREAS / SAMPLE
    total = whole["read"] + whole["score"]
    print(
        f"row by row (from {SAMPLE} areas): {loop:.1f} s, {loop / whole['score']:.0f} × scoring on arrays"
    )
    print(f"bars: {total:.2f} s of 3 s, {whole['peak']:.0f} MB of 1,500 MB")
    assert whole["rows"] == AREAS * GOALS * len(YEARS)


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
