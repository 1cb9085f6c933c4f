"""Notebooks that only call planlib run in one process, with the outputs and failures a kernel gives."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from own_plans import small_plan
from scratch_notebooks import notebook

from planlib.batch.notebooks.calls import only_calls
from planlib.batch.notebooks.cleaning import clean, text_of
from planlib.batch.workers.execute import execute
from planlib.batch.workers.shared import NotShared, run_shared
from planlib.plan.shipped import NOTEBOOKS

REVIEWS = ("annual-review", "midterm-review", "term-review", "compare-areas")


def review(name: str = "annual-review") -> Any:
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


def asked(place: str, area: str = "ward-a", **more: Any) -> dict[str, Any]:
    return {"plan": place, "area": area, "year": 2012, "lang": "en", **more}


def test_reviews_only_call_planlib() -> None:
    for name in REVIEWS:
        cells = [cell.source for cell in review(name).cells if cell.cell_type == "code"]
        assert only_calls(cells), name


@pytest.mark.parametrize(
    "cell",
    [
        "import os",
        "from os import remove",
        "from planlib.storage.store import open_store",
        "page.plan = 1",
        "page._plan",
        "exec('1')",
        "[page for page in ()]",
        "f'{page}'",
        "page()[0]",
        "page + 1",
        "def other(): ...",
        "display = page",
        "page(**page)",
        "%matplotlib inline",
        "!ls",
        "page;",
        "",
        "page; page ;  # hidden",
        "unknown",
    ],
)
def test_cells_that_do_anything_else_are_no_calls(cell: str) -> None:
    bound = "from planlib.evaluation import evaluate\npage = evaluate"
    assert only_calls([bound])
    assert not only_calls([bound, cell])


@pytest.mark.notebook
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks only there")
@pytest.mark.parametrize("name", ["annual-review", "midterm-review"])
def test_the_files_are_those_of_a_kernel(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_plan(tmp_path / "good-plan")
    monkeypatch.chdir(tmp_path)
    forked: dict[str, str] = {}
    for area in ("ward-a", "ward-b", "ward-a"):
        given = asked("good-plan", area)
        shared = text_of(clean(run_shared(review(name), given, None)))
        if area not in forked:
            done, failure = execute(review(name), given, engine="fork")
            assert failure is None
            forked[area] = text_of(clean(done))
        assert shared == forked[area]


@pytest.mark.notebook
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks only there")
def test_a_failure_is_told_as_a_kernel_tells_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_plan(tmp_path / "good-plan")
    monkeypatch.chdir(tmp_path)
    given = asked("good-plan", "ward-z")
    with pytest.raises(NotShared):
        run_shared(review(), given, None)
    found = [execute(review(), given, engine=engine) for engine in ("auto", "fork")]
    (_, one), (_, other) = found
    assert one is not None
    assert one == other
    assert "ward-z" in one.error


def test_what_is_said_beside_is_left_to_a_kernel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import warnings

    from planlib.report.pages.annual import AnnualPage

    small_plan(tmp_path / "good-plan")
    monkeypatch.chdir(tmp_path)
    cells = "from planlib.evaluation import evaluate\nfrom planlib.report.pages.annual import AnnualPage"
    one = notebook(f"{cells}\nAnnualPage.spoken()")
    assert run_shared(notebook(f"{cells}\none = 1"), {}, None).cells[-1].outputs == []
    for said in (lambda: print("said"), lambda: warnings.warn("twice", stacklevel=1)):
        monkeypatch.setattr(AnnualPage, "spoken", staticmethod(said), raising=False)
        for _ in range(2):  # a warning that was given once is given again
            with pytest.raises(NotShared):
                run_shared(one, {}, None)
