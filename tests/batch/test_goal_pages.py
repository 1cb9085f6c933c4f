"""Pages of goals over many areas: a line an area, made again only where their figures changed, proven."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planlib.batch.jobs.jobs import Request
from planlib.batch.jobs.keys import Keys
from planlib.batch.jobs.planning import plan_run
from planlib.batch.runs.evidence import RequestedPage, write_evidence
from planlib.batch.runs.goals.pages import write_goal_pages
from planlib.batch.runs.manifest import Manifest
from planlib.report.site.area_records import AreaRecords
from planlib.report.site.folder import save_summary
from planlib.report.site.goals.page import FEW
from planlib.report.site.writing import write_index
from planlib.verify.prove import prove

AREAS = [f"ward-{number:02d}" for number in range(FEW + 2)]
GOOD_PLAN = Path(__file__).parent.parent / "plan" / "good-plan"


def figures(plan: Path, changed: int = 0) -> None:
    """Alleys maintained, by area: as many as its number, one of them otherwise."""
    rows = [
        f"{area},{goal},2011,2012-01-15,{number + (changed if (number, goal) == (3, 'alleys') else 0)},measured,report"
        for number, area in enumerate(AREAS)
        for goal in ("alleys", "clean-party")
        if goal == "alleys" or number < 2
    ]
    head = "area,goal,year,vintage,value,state,source"
    (plan / "figures.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")


def site(plan: Path, out: Path) -> None:
    """The reviews without pages, the pages of goals over them, index and proof."""
    planned = plan_run([Request(str(plan), areas=AREAS, years=[], midterm=False)], out)
    for summary in planned.summaries:
        save_summary(out, summary)
    manifest = Manifest(planned.store)
    write_goal_pages(planned, Keys(planned.checks), manifest, AreaRecords(out))
    manifest.close()
    write_index(out)
    asked = {"plan": str(plan), "audience": "public", "as_of": ""}
    write_evidence(out, [
        RequestedPage(f"good-plan/{area}/annual-2011.en", asked | {"area": area}) for area in AREAS
    ])  # fmt: skip


def pages(out: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.name: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in (out / "good-plan").glob("goal-*.html")
    }


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    shutil.copytree(GOOD_PLAN, tmp_path / "good-plan")
    figures(tmp_path / "good-plan")
    return tmp_path / "good-plan"


def test_one_changed_figure_makes_the_pages_of_its_goal_again_and_no_other(
    plan: Path, tmp_path: Path
) -> None:
    site(plan, tmp_path / "out")
    before = pages(tmp_path / "out")
    assert before["goal-alleys.en.html"][0].count(b'data-area="ward-') == len(AREAS)
    told = [str(one) for one in prove(tmp_path / "out", [plan]).problems]
    assert not [one for one in told if "goal-" in one or "index" in one]

    figures(plan, changed=1)
    site(plan, tmp_path / "out")
    after = pages(tmp_path / "out")
    touched = {name for name in after if after[name] != before[name]}
    assert touched == {"goal-alleys.en.html", "goal-alleys.vi.html"}
    site(plan, tmp_path / "whole")
    assert {name: data for name, (data, _) in pages(tmp_path / "whole").items()} == {
        name: data for name, (data, _) in after.items()
    }
