"""One changed row among many areas: what a full rebuild would change is written, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from commands import planlib
from examples import ALL
from here import tasks_here
from own_plans import change, small_plan
from small_pages import SmallPages, many_areas

from planlib.batch.jobs.jobs import Request
from planlib.batch.jobs.planning import plan_run
from planlib.batch.runs.evidence import evidence_of
from planlib.batch.runs.log import LOG
from planlib.batch.runs.outcomes import RunReport
from planlib.batch.runs.progress import Watcher
from planlib.batch.runs.run import run
from planlib.batch.runs.settings import MANIFEST, BatchSettings
from planlib.language.language import Language
from planlib.report.site.area_records import AREAS_KEPT

# `make conformance` asks for all, as of the other probes.
AREAS = 200 if ALL else 40
OF_A_RUN = {LOG, MANIFEST, AREAS_KEPT, ".planlib.lock"}  # what a run says of itself


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


def touched(out: Path, written: dict[str, int]) -> set[str]:
    return {name for name, at in times(out).items() if at != written.get(name)}


def test_one_changed_row_writes_what_a_full_rebuild_would_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planlib.batch.runs.settings.WorkerPool", SmallPages)
    asked: list[str] = []  # areas whose verdicts are worked out

    def asking(*given: Any) -> Any:
        asked.append(given[1])
        return evidence_of(*given)

    monkeypatch.setattr("planlib.batch.runs.evidence.evidence_of", asking)
    plan, out, anew = many_areas(tmp_path / "plan", AREAS), tmp_path / "out", tmp_path / "anew"
    batch(plan, out)
    before, written = contents(out), times(out)
    change(plan, "area-7", "clean-party", 2011)
    SmallPages.made.clear()
    asked.clear()
    report = batch(plan, out)
    assert asked == ["area-7"]
    assert SmallPages.made == ["good-plan/area-7/annual-2011.en.html"]
    assert sum(not one.reused for one in report.outcomes) == 1
    after = contents(out)
    batch(plan, anew)
    assert after == contents(anew)
    now = touched(out, written)
    assert now == {name for name in after if after[name] != before.get(name)}
    names = ("annual-2011.en.html", "annual-2011.en.ipynb", "review.json", "verdicts.json")
    mine = {f"good-plan/area-7/{name}" for name in names}
    assert mine <= now
    # Of the rest only the index, the proof, and the pages of the goal and of its areas.
    others = {name for name in now if "/" in name and not name.startswith("good-plan/area-7/")}
    stems = ("goal-clean-party", "areas", "areas-1")
    assert others == {f"good-plan/{stem}.{lang}.html" for stem in stems for lang in ("vi", "en")}

    # Whatever somebody does in the folder is found, and nothing else is written for it.
    page, claims = "good-plan/area-3/annual-2011.en.html", "good-plan/area-4/verdicts.json"
    for name, data in ((page, b"!" * len(after[page])), (claims, b"{}")):
        (out / name).write_bytes(data)
    (out / "good-plan/area-5/index.html").unlink()
    (out / "good-plan/area-6/mine.txt").write_text("", "utf-8")
    written = times(out)
    SmallPages.made.clear()
    asked.clear()
    batch(plan, out)
    assert {"area-3", "area-4"} <= {*asked} <= {"area-3", "area-4", "area-5", "area-6"}
    assert SmallPages.made == [page]
    assert touched(out, written) == {page, claims, "good-plan/area-5/index.html"}
    (out / "good-plan/area-6/mine.txt").unlink()
    assert contents(out) == contents(anew)

    # Without the records everything is looked at, and stands as it did.
    (out / AREAS_KEPT).write_text("{}\n[]\n", "utf-8")
    written = times(out)
    batch(plan, out)
    assert not touched(out, written)


def test_a_folder_in_which_a_run_left_most_alone_is_proven(tmp_path: Path) -> None:
    plan, out = small_plan(tmp_path / "plan"), tmp_path / "out"
    with tasks_here():
        batch(plan, out)
        written = times(out)
        change(plan, "ward-b", "clean-party", 2011)
        batch(plan, out)
    assert "good-plan/ward-b/verdicts.json" in touched(out, written)
    assert not any(name.startswith("good-plan/ward-a/") for name in touched(out, written))
    proven = planlib("verify", str(out), "--plan-dir", str(plan))
    assert proven.returncode == 0, proven.stdout + proven.stderr
