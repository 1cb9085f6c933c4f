"""Whatever changes in a plan or its figures: a run leaves the folder as one that makes all again would.

And it writes only the files that are others than they were.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from examples import ALL
from own_plans import change
from small_pages import SmallPages, many_areas
from test_only_changed import contents, times, touched

from planlib.batch.jobs.jobs import Request
from planlib.batch.jobs.planning import plan_run
from planlib.batch.runs.progress import Watcher
from planlib.batch.runs.run import run
from planlib.batch.runs.settings import MANIFEST, BatchSettings
from planlib.language.language import Language
from planlib.report.site.area_records import AREAS_KEPT

# `make conformance` asks for all, as of the other probes.
AREAS = 40 if ALL else 3
FIGURES = 6 if ALL else 3  # of each area


def batch(plan: Path, out: Path, years: tuple[int, ...], *, resume: bool = True) -> None:
    request = Request(str(plan), areas="all", years=years, langs=["en"], midterm=False)
    with Watcher(Language("en")) as watcher:
        run(plan_run([request], out), watcher, BatchSettings(record=True, resume=resume))


def rewritten(path: Path, edit: Callable[[list[str]], list[str]]) -> None:
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(edit(lines)), "utf-8")


def figure_changed(plan: Path) -> None:
    change(plan, "area-1", "clean-party", 2011)


def row_added(plan: Path) -> None:
    new = "area-2,alleys,2012,2013-01-15,,14,,,,,,measured,report,\n"
    rewritten(plan / "figures.csv", lambda lines: [*lines, new])


def row_put_in_between(plan: Path) -> None:
    """The rows of the areas behind it move by one, and pages say where a figure stands."""
    new = "area-2,alleys,2013,2014-01-15,,14,,,,,,measured,report,\n"
    at = 1 + FIGURES * (AREAS - 2)
    rewritten(plan / "figures.csv", lambda lines: [*lines[:at], new, *lines[at:]])


def row_removed(plan: Path) -> None:
    rewritten(plan / "figures.csv", lambda lines: lines[:-1])


def area_added(plan: Path) -> None:
    new = "area-new,alleys,2011,2012-01-15,,14,,,,,,measured,report,\n"
    rewritten(plan / "figures.csv", lambda lines: [*lines, new])


def area_removed(plan: Path) -> None:
    """Its folder stays, as of areas that a run does not ask for."""
    rewritten(
        plan / "figures.csv",
        lambda lines: [line for line in lines if not line.startswith("area-new,")],
    )


def area_emptied(plan: Path) -> None:
    rewritten(
        plan / "figures.csv",
        lambda lines: [line for line in lines if not line.startswith("area-1,")],
    )


def plan_worded_otherwise(plan: Path) -> None:
    rewritten(
        plan / "plan.yaml",
        lambda lines: [line.replace("en: Sample plan", "en: Another plan") for line in lines],
    )


def area_named_otherwise(plan: Path) -> None:
    rewritten(
        plan / "areas.yaml",
        lambda lines: [line.replace("en: area-2}", "en: Fourth area}") for line in lines],
    )


def figures_in_parquet(plan: Path) -> None:
    pd.read_csv(plan / "figures.csv", dtype={"member": str}).to_parquet(plan / "figures.parquet")
    (plan / "figures.csv").unlink()
    rewritten(
        plan / "plan.yaml",
        lambda lines: [line.replace("figures.csv", "figures.parquet") for line in lines],
    )


def nothing(_: Path) -> None:
    pass


STEPS: tuple[tuple[Callable[[Path], None], tuple[int, ...]], ...] = (
    (figure_changed, (2011,)),
    (row_added, (2011,)),
    (row_put_in_between, (2011,)),
    (row_removed, (2011,)),
    (area_added, (2011,)),
    (area_removed, (2011,)),
    (area_emptied, (2011,)),
    (plan_worded_otherwise, (2011,)),
    (area_named_otherwise, (2011,)),
    (nothing, (2011, 2012)),  # a period more is asked for
    (figures_in_parquet, (2011, 2012)),
    (nothing, (2011, 2012)),
)


def test_after_any_change_the_folder_is_what_a_full_rebuild_makes_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planlib.batch.runs.settings.WorkerPool", SmallPages)
    plan, out = many_areas(tmp_path / "plan", AREAS), tmp_path / "out"
    batch(plan, out, (2011,))
    for step, years in STEPS if ALL else STEPS[1::5]:
        before, written, anew = contents(out), times(out), tmp_path / f"anew-{step.__name__}"
        shutil.copytree(out, anew)
        for kept in (AREAS_KEPT, MANIFEST):
            (anew / kept).unlink()
        step(plan)
        batch(plan, anew, years, resume=False)
        batch(plan, out, years)
        after = contents(out)
        assert after == contents(anew), step.__name__
        now = touched(out, written)
        assert now == {name for name in after if after[name] != before.get(name)}, step.__name__
        shutil.rmtree(anew)


@pytest.mark.parametrize("damage", ["cut", "gone", "other", "of_another_run"][: None if ALL else 1])
def test_damaged_records_are_made_again(
    damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planlib.batch.runs.settings.WorkerPool", SmallPages)
    plan, out = many_areas(tmp_path / "plan", AREAS), tmp_path / "out"
    batch(plan, out, (2011,))
    older = (out / AREAS_KEPT).read_bytes()
    figure_changed(plan)
    batch(plan, out, (2011,))
    right, path = contents(out), out / AREAS_KEPT
    whole = path.read_bytes()
    match damage:
        case "cut":
            path.write_bytes(whole[: len(whole) // 2])
        case "gone":
            path.unlink()
        case "other":
            path.write_bytes(b"\xff\x00" + whole[2:])
        case "of_another_run":
            path.write_bytes(older)
    batch(plan, out, (2011,))
    assert contents(out) == right
    row_added(plan)
    batch(plan, out, (2011,))
    batch(plan, tmp_path / "anew", (2011,))
    assert contents(out) == contents(tmp_path / "anew")
