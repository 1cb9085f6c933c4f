"""What a page of a batch costs where there are thousands: 2,000 areas, ten goals, two workers.

    BENCH_RIVAL=../earlier pytest tests/benchmarks/test_many_pages.py -s -n 0

The bar is 2,000 pages from nothing in a minute on two cores: 60 ms of processor time a page, all
processes counted. A page's cost is what a batch of many areas takes more than one of a few, which pays
for the start; ``BENCH_AREAS`` is how many (60). The rival is another checkout, in the same run.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import subprocess
import sys
from pathlib import Path

import batch_plan
import pytest

HERE, RIVAL = Path(__file__).parents[2], os.environ.get("BENCH_RIVAL", "")
AREAS, FEW, MANY = 2_000, 4, int(os.environ.get("BENCH_AREAS", "60"))
BECOME_REAPER = 36  # of prctl: what workers leave behind is waited for here, and so counted


def seconds(checkout: Path, plan: Path, out: Path, areas: int) -> float:
    """Processor seconds of a batch, those of all its processes."""
    ctypes.CDLL(None).prctl(BECOME_REAPER, 1, 0, 0, 0)
    named = ",".join(f"area-{number}" for number in range(areas))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [
            sys.executable, "-m", "planlib", "batch", plan.name, "--areas", named, "--years", "2013",
            "--lang", "en", "--no-midterm", "--workers", "2", "--out", str(out),
        ],
        env=os.environ | {"PYTHONPATH": str(checkout)}, cwd=plan.parent, check=True,
        capture_output=True,
    )  # fmt: skip
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counts processes as Linux does")
def test_pages_by_the_thousand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(batch_plan, "GOALS", 10)
    batch_plan.make_plan(tmp_path / "large-plan", AREAS)
    found: dict[str, float] = {}
    for name, checkout in (("here", HERE), *([("rival", Path(RIVAL))] if RIVAL else [])):
        few, many = (
            seconds(checkout, tmp_path / "large-plan", tmp_path / f"{name}-{n}", n)
            for n in (FEW, MANY)
        )
        found[name] = (many - few) / (MANY - FEW)
    assert len([*(tmp_path / f"here-{FEW}").glob("*/*/annual-2013.en.html")]) == FEW
    with capsys.disabled():
        told = ", ".join(f"{name} {each * 1000:.0f} ms" for name, each in found.items())
        print(f"\nprocessor time of a page of {AREAS:,} areas: {told}")
        if RIVAL:
            print(f"{found['here'] / found['rival']:.0%} of the rival")
            assert found["here"] < found["rival"]
