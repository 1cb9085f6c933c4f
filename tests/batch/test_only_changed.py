"""One changed row among many areas: what a full rebuild would change is written, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from own_plans import change
from small_pages import SmallPages, many_areas

from planlib.batch.jobs.jobs import Request
from planlib.batch.jobs.planning import plan_run
from planlib.batch.runs.log import LOG
from planlib.batch.runs.manifest import MANIFEST
from planlib.batch.runs.outcomes import RunReport
from planlib.batch.runs.progress import Watcher
from planlib.batch.runs.run import run
from planlib.batch.runs.settings import BatchSettings
from planlib.language.language import Language

AREAS = 40
OF_A_RUN = {LOG, MANIFEST, ".planlib.lock"}  # what a run says of itself


def batch(plan: Path, out: Path) -> RunReport:
    request = Request(str(plan), areas="all", years=[2011], langs=["en"], midterm=False)
    with Watcher(Language("en")) as watcher:
        settings = BatchSettings(record=True, resume=True)
        return run(plan_run([request], out), watcher, settings)


def contents(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and path.name not in OF_A_RUN
    }


def times(out: Path) -> dict[str, int]:
    return {name: (out / name).stat().st_mtime_ns for name in contents(out)}


def test_one_changed_row_writes_what_a_full_rebuild_would_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planlib.batch.runs.run.WorkerPool", SmallPages)
    plan, out, anew = many_areas(tmp_path / "plan", AREAS), tmp_path / "out", tmp_path / "anew"
    batch(plan, out)
    before, written = contents(out), times(out)
    change(plan, "area-7", "clean-party", 2011)
    SmallPages.made.clear()
    report = batch(plan, out)
    assert SmallPages.made == ["good-plan/area-7/annual-2011.en.html"]
    assert sum(not one.reused for one in report.outcomes) == 1
    after = contents(out)
    batch(plan, anew)
    assert after == contents(anew)
    touched = {name for name, at in times(out).items() if at != written.get(name)}
    assert touched == {name for name in after if after[name] != before.get(name)}
    of_areas = {name for name in touched if not name.endswith("verdicts.json")}
    mine = {f"good-plan/area-7/{name}" for name in ("annual-2011.en.html", "annual-2011.en.ipynb")}
    assert mine <= of_areas
    others = {name for name in of_areas if name.startswith("good-plan/")} - mine
    assert all(name.startswith("good-plan/area-7/") for name in others)
