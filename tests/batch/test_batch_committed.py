"""Notebooks refreshed in place, and the commands that run and clean them."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import nbformat
import pytest
from here import Here, lean_templates
from own_plans import SMALL
from scratch_notebooks import TITLE, notebook, reviews, write
from typer.testing import CliRunner, Result

from planlib.batch.jobs.planning import plan_run
from planlib.batch.runs.committed import clean_notebooks, notebooks_in
from planlib.cli import main, reviewing
from planlib.cli.app import app
from planlib.errors import InputError

WARD = "good-plan/ward-a"


def called(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_cleaning_in_place_tells_what_changed(tmp_path: Path) -> None:
    path = write(tmp_path, "n", "1 + 1")
    dirty = nbformat.read(path, as_version=4)
    dirty.metadata.papermill = {"input_path": "/home/somebody"}
    dirty.cells[-1].execution_count = 7
    nbformat.write(dirty, path)
    result = called("notebooks", "--clean-only", path)
    assert result.exit_code == 0 and result.output == f"{path}: written\n"
    assert "papermill" not in path.read_text("utf-8")
    assert nbformat.read(path, as_version=4).cells[-1].execution_count == 7
    assert called("notebooks", "--clean-only", tmp_path).output == f"{path}: unchanged\n"


def test_a_file_that_is_no_notebook_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "n.ipynb"
    for text in ("no notebook", '{"cells": [{"cell_type": "code"}], "nbformat": 4}'):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match="cannot be cleaned") as caught:
            clean_notebooks([path])
        assert len(str(caught.value).splitlines()) == 1
        assert path.read_text("utf-8") == text


def test_a_notebook_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such notebook"):
        notebooks_in([tmp_path / "n.ipynb"])


@pytest.mark.notebook
def test_notebooks_are_run_in_their_folder_and_a_failing_one_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planlib.batch.runs.committed.WorkerPool", Here)
    where = "from pathlib import Path\nprint(Path.cwd().name, year)"
    good = write(tmp_path / "books", "good", where)
    bad = write(tmp_path / "books", "bad", "1 / 0")
    before = bad.read_bytes()
    with lean_templates():
        result = called("notebooks", tmp_path / "books")
    assert result.exit_code == 3
    assert f"{good}: written" in result.output and f"{bad}: FAILED, left as it was" in result.output
    assert "cell 3: ZeroDivisionError: division by zero\n    | 1 / 0" in result.output
    assert bad.read_bytes() == before
    done = nbformat.read(good, as_version=4)
    assert [cell.id for cell in done.cells] == [cell.id for cell in notebook(where).cells]
    assert [cell.execution_count for cell in done.cells[1:]] == [1, 2]
    assert done.cells[-1].outputs[0].text == "books 2013\n"
    assert set(done.metadata) == {"kernelspec", "language_info"}
    with lean_templates():
        again = called("notebooks", good)
    assert again.exit_code == 0 and again.output == f"{good}: unchanged\n"


@pytest.mark.notebook
@pytest.mark.usefixtures("here")
def test_review_ends_with_3_where_a_notebook_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebooks = reviews(tmp_path / "notebooks", annual=f"{TITLE}\nassert year != 2012, 'no 2012'")
    monkeypatch.setattr(reviewing, "plan_run", partial(plan_run, notebooks=notebooks))
    out = tmp_path / "reports"
    result = called(
        "review", SMALL, "--years", "2012,2013", "--lang", "en", "--jobs", "1",
        "--out", out,
    )  # fmt: skip
    assert result.exit_code == 3
    assert f"[2/3] {WARD}" in result.output or f"[3/3] {WARD}" in result.output
    assert f"{WARD}/annual-2012.en.html FAILED, cell 3: AssertionError: no 2012" in result.output
    assert f"2 pages written to {out} in " in result.output
    assert f"Open {out}/index.html (English: {out}/index.en.html)." in result.output
    assert f"1 failed:\n  {WARD}/annual-2012.en.html, kept as" in result.output
    assert (out / WARD / "midterm-2013.en.html").is_file()

    given = [SMALL, "--years", "2013", "--lang", "en", "--jobs", "1", "--out", out]
    assert called("review", *given).exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["ward-2010-2015", "--years", "2013-2011"],
        ["ward-2010-2015", "--years", "all"],
        ["ward-2010-2015", "--lang", "vi,xx"],
        ["ward-2010-2015", "--default"],
        ["--default", "--area", "ward-01"],
        ["--years", "2013"],
        ["ward-2010-2015", "--jobs", "0"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    assert called("review", *arguments).exit_code == 2


def test_help_tells_the_exit_codes() -> None:
    result = called("review", "--help")
    assert result.exit_code == 0 and "3 if one failed" in " ".join(result.output.split())


def test_bad_input_ends_with_1_and_one_line_each(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "reports"
    monkeypatch.setattr(
        sys, "argv",
        ["planlib", "review", "ward-2010-2015", "--area", "ward-1", "--years", "2013,2020",
         "--as-of", "soon", "--out", str(out)],
    )  # fmt: skip
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 1
    assert capsys.readouterr().err.splitlines() == [
        (
            "the as-of date must be 2014, 2014-03 or 2014-03-31, found 'soon'"
            " (write 2014-03-31, 2014-03 or 2014)"
        ),
        "there is no area 'ward-1' (did you mean 'ward-10'?)",
        "plan 'ward-2010-2015': the year must lie in 2011-2015, found 2020",
    ]
    assert not out.exists()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        (None, None),
        ("2013", [2013]),
        ("2011,2013", [2011, 2013]),
        ("2011-2013, 2015", [2011, 2012, 2013, 2015]),
    ],
)
def test_years_as_typed(text: str | None, years: list[int] | None) -> None:
    assert reviewing.years_of(text) == years
