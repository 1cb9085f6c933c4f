"""What a page costs: processor time with a warm worker, and bytes, against another checkout.

The rival is the folder named by ``BENCH_RIVAL``, such as a ``git worktree`` of an earlier commit;
without one only the figures of this checkout are told and held. A worker's warm cost is what one
run of several pages takes more than one of a single page, its processes all counted, so the start
of commands and workers plays no part.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

PLAN = "ward-2010-2015"
HERE = Path(__file__).parents[2]
RIVAL = os.environ.get("BENCH_RIVAL", "")
MORE = ("2012", "2014", "2015")  # pages beside the first, which warms up
RUNS = int(os.environ.get("BENCH_RUNS", "3"))
SECONDS = {"annual": 0.6, "midterm": 1.2}
LARGEST = {"annual": 350_000, "midterm": 450_000}  # bytes of a Vietnamese page
MOST = {"annual": 0.45, "review": 0.60}  # of the rival's seconds


def seconds(checkout: Path, out: Path, *asked: str) -> float:
    """Processor seconds of a review, those of all its processes."""
    env = os.environ | {"PYTHONPATH": str(checkout), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "planlib", "review", *asked, "--jobs", "1", "--out", str(out)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=env, cwd=checkout, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def costs(checkout: Path, folder: Path) -> dict[str, float]:
    """The least seconds of several runs: of a yearly page, a mid-term, and the whole default set."""
    found: dict[str, list[float]] = {"annual": [], "midterm": [], "review": []}
    for run in range(RUNS):
        out = folder / str(run)
        one = ("--lang", "vi", "--years", "2013", "--no-midterm")
        several = ("--lang", "vi", "--years", ",".join(["2013", *MORE]), "--no-midterm")
        single = seconds(checkout, out / "one", PLAN, *one)
        many = seconds(checkout, out / "several", PLAN, *several)
        both = seconds(checkout, out / "both", PLAN, *one[:-1], "--midterm")
        found["annual"].append((many - single) / len(MORE))
        found["midterm"].append(both - single)
        found["review"].append(seconds(checkout, out / "all", "--default"))
    return {kind: min(times) for kind, times in found.items()}


def test_pages_are_small_and_cheap(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = costs(HERE, tmp_path / "mine")
    rival = costs(Path(RIVAL), tmp_path / "rival") if RIVAL else {}
    pages = {kind: size(tmp_path / "mine", kind) for kind in LARGEST}
    with capsys.disabled():
        for kind, told in mine.items():
            beside = f", rival {rival[kind]:.2f} s: {told / rival[kind]:.0%}" if rival else ""
            print(f"\n{kind}: {told:.2f} s{beside}", end="")
        print("".join(f"\n{kind}: {bytes_:,} bytes" for kind, bytes_ in pages.items()))
    assert all(pages[kind] <= most for kind, most in LARGEST.items())
    assert all(mine[kind] <= most * rival[kind] for kind, most in MOST.items() if rival)
    assert all(mine[kind] <= most for kind, most in SECONDS.items())


def size(folder: Path, kind: str) -> int:
    """Bytes of the Vietnamese page of 2013."""
    (page,) = (folder / "0" / "both").glob(f"{PLAN}/*/{kind}-2013.vi.html")
    return page.stat().st_size
