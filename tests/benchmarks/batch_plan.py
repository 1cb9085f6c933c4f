"""A plan folder with many areas, and what planning a batch over all of them takes.

``python batch_plan.py FOLDER AREAS`` prints the measurements as JSON, from a process of its own.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

GOALS, YEARS = 50, range(2011, 2016)
PLAN = """\
id: large-plan
name: {vi: Kế hoạch lớn, en: Large plan}
term: {first: 2011, last: 2015}
baseline_year: 2010
midterm_after: 2013
sections: [society]
areas: [area-0]
figures: [figures.parquet]
rule:
  id: office-table
  dated: "2019-12-31"
  note: {vi: Quy tắc, en: Rule}
  source: text
sources:
  - {id: text, title: {vi: Văn bản, en: Text}}
"""
GOAL = """\
  - id: g{number}
    name: {{vi: Chỉ tiêu {number}, en: Goal {number}}}
    unit: {{vi: điểm, en: points}}
    source: [{{document: text, section: "I", paragraph: 1}}]
    target: {{{target}}}
"""
TARGETS = (
    "comparison: at_least, value: 90, cadence: every_year",
    "comparison: between, low: 120, high: 150, basis: count, cadence: over_term",
    "comparison: at_least, value: 95, cadence: by, due: 2014",
    "comparison: at_most, value: 100, cadence: every_year",
    "comparison: at_least, value: 60, cadence: every_year",
)


def make_plan(folder: Path, areas: int) -> int:
    """Write the folder; returns how many figures it has."""
    folder.mkdir(parents=True)
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    goals = [GOAL.format(number=n, target=TARGETS[n % len(TARGETS)]) for n in range(GOALS)]
    section = "section: society\nname: {vi: Xã hội, en: Society}\ngoals:\n" + "".join(goals)
    (folder / "society.yaml").write_text(section, encoding="utf-8")
    (folder / "areas.yaml").write_text(
        "areas:\n  - {id: area-0, name: {vi: Phường 0, en: Ward 0}}\n", encoding="utf-8"
    )
    years = len(YEARS)
    size = areas * GOALS * years
    year = np.tile(np.asarray(YEARS), areas * GOALS)
    frame = pd.DataFrame(
        {
            "area": pd.Categorical.from_codes(
                np.repeat(np.arange(areas), GOALS * years), [f"area-{i}" for i in range(areas)]
            ),
            "goal": pd.Categorical.from_codes(
                np.tile(np.repeat(np.arange(GOALS), years), areas), [f"g{i}" for i in range(GOALS)]
            ),
            "year": year,
            "vintage": pd.Categorical.from_codes(year - 2011, [f"{y + 1}-02-15" for y in YEARS]),
            "value": np.random.default_rng(7).uniform(20, 120, size).round(1),
            "source": pd.Categorical(["survey"]).repeat(size),
        }
    )
    frame.sample(frac=1, random_state=1).to_parquet(folder / "figures.parquet")
    return size


def measure(folder: Path, areas: int) -> dict[str, float]:
    """Plan, key, save and look again, in this process: seconds, and peak megabytes."""
    from planlib.batch.jobs.jobs import Request
    from planlib.batch.jobs.keys import Keys
    from planlib.batch.jobs.planning import plan_run
    from planlib.batch.runs.linking import PageLinks
    from planlib.batch.runs.manifest import Manifest, ManifestEntry
    from planlib.batch.runs.reuse import check_done
    from planlib.evaluation import evaluate

    def clock() -> float:
        return time.perf_counter()

    found: dict[str, float] = {}
    os.chdir(folder.parent)
    start = clock()
    evaluation = evaluate(folder.name)
    found["read"] = clock() - start
    del evaluation
    start = clock()
    planned = plan_run([Request(folder.name, areas="all")], folder.parent / "reports")
    found["plan"] = clock() - start
    found["jobs"] = len(planned.jobs)
    start = clock()
    keys = Keys(planned.checks)
    keyed = [keys.of(job) for job in planned.jobs]
    found["key"] = clock() - start
    (folder.parent / "reports").mkdir()
    manifest = Manifest(planned.store)
    start = clock()
    for job, key in zip(planned.jobs, keyed, strict=True):
        files = {f"{job.name}.html": "0" * 32, f"{job.name}.ipynb": "0" * 32}
        manifest.add(ManifestEntry(job.name, key, files))
    manifest.close()
    found["journal"] = clock() - start
    start = clock()
    again = Manifest(planned.store)
    todo = list(
        check_done(
            planned.jobs, keyed, again, planned.store, PageLinks(planned.store, planned.jobs)
        )
    )
    found["look"] = clock() - start
    assert len(todo) == areas * 12
    assert all(one.why.endswith("is gone") for one in todo)
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def main() -> None:
    """Measure, and print it."""
    folder, areas = Path(sys.argv[1]).resolve(), int(sys.argv[2])
    told: dict[str, Any] = {"figures": make_plan(folder, areas)}
    print(json.dumps(told | measure(folder, areas)))


if __name__ == "__main__":
    main()
