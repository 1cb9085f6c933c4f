"""Batches at scale: 1 and 2 workers on the same jobs, planning 132,000 jobs, and a model of the rest.

    make bench

The small notebook shows what a job costs beside its own work (starting a kernel, cleaning, writing,
the manifest); the two reviews show the work. From both a model says what 11,000 areas × 6 reviews ×
2 languages would take on more cores than there are here. It is a model, and says so: it knows
nothing of other machines, and takes every core to be as fast as one of these.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planlib.plan.shipped import NOTEBOOKS

HERE = Path(__file__).parent
AREAS, YEARS, LANGS = 11_000, 5, 2
CORES = (2, 64, 512)
WARDS = ",".join(f"ward-{n:02d}" for n in range(1, 5))


def timed(out: Path, workers: int, notebooks: Path, years: str) -> tuple[float, dict[str, float]]:
    """A batch: its seconds from end to end, and the mean seconds of a job by kind of review."""
    start = time.perf_counter()
    subprocess.run(
        [
            sys.executable, "-m", "planlib.cli", "batch", "ward-2010-2015", "--areas", WARDS,
            "--years", years, "--lang", "vi", "--workers", str(workers), "--notebooks",
            str(notebooks), "--out", str(out),
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    whole = time.perf_counter() - start
    lines = [json.loads(line) for line in (out / "batch-log.jsonl").read_text().splitlines()]
    seconds: dict[str, list[float]] = {}
    for line in lines[1:]:
        kind = re.sub(r"-[0-9].*", "", line["job"].rpartition("/")[2])
        seconds.setdefault(kind, []).append(line["seconds"])
    return whole, {kind: sum(all_) / len(all_) for kind, all_ in seconds.items()}


@pytest.mark.slow
def test_workers_and_a_model(tmp_path: Path) -> None:
    sys.path.insert(0, str(HERE.parent / "batch"))
    from scratch_notebooks import reviews

    tiny = reviews(tmp_path / "tiny", annual="1", midterm="1")
    print(f"\n{os.cpu_count()} cores here; 4 wards")
    print("notebooks    jobs  workers   seconds  worker s a job  × one worker")
    fixed: dict[str, float] = {}
    means: dict[str, dict[str, float]] = {}
    for name, folder, years in (("small", tiny, "2012-2013"), ("reviews", NOTEBOOKS, "2012-2013")):
        jobs = 4 * 3
        alone = 0.0
        for workers in (1, 2):
            whole, kinds = timed(tmp_path / f"{name}-{workers}", workers, folder, years)
            alone = alone or whole
            print(
                f"{name:<9}{jobs:8}{workers:9}{whole:10.1f}{whole * workers / jobs:16.2f}"
                f"{alone / whole:15.2f}"
            )
            if workers == 1:
                means[name] = kinds
                fixed[name] = whole - sum(kinds[kind] * n for kind, n in
                                          (("annual", 8), ("midterm", 4)))  # fmt: skip
    small = sum(means["small"].values()) / 2
    annual, midterm = means["reviews"]["annual"], means["reviews"]["midterm"]
    print(f"start of a run and its end: {fixed['reviews']:.1f} s, once")
    print(f"a job beside its own work: {small:.2f} s (small notebook, one worker)")
    print(f"a yearly review {annual:.2f} s, a mid-term review {midterm:.2f} s, all in")

    planning = planned(tmp_path)
    jobs = AREAS * (YEARS + 1) * LANGS
    work = AREAS * LANGS * (YEARS * annual + midterm)
    serial = sum(planning[name] for name in ("plan", "key", "journal"))
    print(f"\nMODEL, not a measurement: {jobs:,} jobs, {work / 3600:.0f} core hours of notebooks,")
    print(f"{serial:.0f} s in one process for planning, keys and the manifest")
    for cores in CORES:
        hours = (fixed["reviews"] + serial + work / cores) / 3600
        print(f"  on {cores:3} cores: {hours:7.1f} h")


def planned(tmp_path: Path) -> dict[str, float]:
    """Planning 11,000 areas, and growth from a quarter of them; each size in its own process."""
    print("\n  areas     jobs   read s   plan s   keys s   journal s   look s   peak MB   µs a job")
    found: dict[str, float] = {}
    rates = []
    for areas in (AREAS // 4, AREAS):
        folder = tmp_path / f"{areas}" / "large-plan"
        done = subprocess.run(
            [sys.executable, str(HERE / "batch_plan.py"), str(folder), str(areas)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        found = json.loads(done.stdout)
        each = sum(found[name] for name in ("plan", "key", "journal", "look")) / found["jobs"]
        rates.append(each)
        print(
            f"{areas:7,}{found['jobs']:9,}{found['read']:9.1f}{found['plan']:9.1f}"
            f"{found['key']:9.1f}{found['journal']:12.1f}{found['look']:9.1f}"
            f"{found['peak']:10.0f}{each * 1e6:11.0f}"
        )
    assert rates[1] < 2 * rates[0], "the cost of a job must not grow with the jobs"
    return found
