from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from scratch_notebooks import PARAMETERS, write

from planlib.batch.jobs.checks import Checks
from planlib.batch.jobs.custom_notebooks import NotebookRequest
from planlib.batch.jobs.planning import plan_run
from planlib.batch.notebooks.parameters import read_parameters
from planlib.batch.runs.committed import clean_notebooks, notebooks_in
from planlib.errors import InputError
from planlib.plan.shipped import NOTEBOOKS


@pytest.fixture(scope="module")
def checks() -> Checks:
    return Checks()


def told(checks: Checks, path: Path, **given: Any) -> list[str]:
    return [str(problem) for problem in checks.problems(path, given)]


def refused(path: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_parameters(path)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("name", ["annual-review", "midterm-review"])
def test_the_review_notebooks_take_what_a_job_gives(name: str, checks: Checks) -> None:
    path = NOTEBOOKS / f"{name}.ipynb"
    declared = read_parameters(path)
    named = ["plan", "area", "year", "as_of", "audience", "lang", "remarks"]
    assert [p.name for p in declared] == named
    assert all(p.help for p in declared)
    assert told(checks, path) == []


def test_the_default_and_the_comment_of_a_parameter_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, "n", parameters="year: int = 2013  # which year\nshare = -0.5\n")
    year, share = read_parameters(path)
    assert (year.name, year.default, year.help) == ("year", 2013, "which year")
    assert (share.name, share.default, share.help) == ("share", -0.5, "")


def test_a_parameter_that_is_computed_is_refused_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "n", parameters="import os\nfirst = 2011\nlast = first + 4\n")
    assert refused(path) == [
        f"{path} [cell 2 line 1]: holds assignments of literals only, such as: year = 2013",
        f"{path} [cell 2 line 3]: 'last': must be a text, a number, True, False or None, written out",
    ]


def test_a_notebook_needs_one_parameters_cell(tmp_path: Path) -> None:
    path = tmp_path / "n.ipynb"
    path.write_text('{"cells": []}', encoding="utf-8")
    assert refused(path) == [f"{path}: needs one cell tagged 'parameters', found 0"]


@pytest.mark.parametrize("text", ["no notebook", "[1]", '{"cells": [{}]}'])
def test_a_file_that_is_no_notebook_is_a_problem(tmp_path: Path, text: str) -> None:
    path = tmp_path / "n.ipynb"
    path.write_text(text, encoding="utf-8")
    (line,) = refused(path)
    assert line.startswith(f"{path}: cannot be read as a notebook: ")


def test_a_notebook_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert refused(tmp_path / "n.ipynb") == [f"{tmp_path / 'n.ipynb'}: there is no such notebook"]


def test_a_name_the_notebook_does_not_know_is_refused_with_a_hint(
    tmp_path: Path, checks: Checks
) -> None:
    path = write(tmp_path, "n")
    assert told(checks, path, yaer=2014) == [
        "parameter 'yaer': the notebook 'n.ipynb' has no such parameter (did you mean 'year'?)"
    ]


def test_code_as_a_name_is_refused(tmp_path: Path, checks: Checks) -> None:
    path = write(tmp_path, "n")
    (line,) = told(checks, path, **{"x = 1; import os": 1})
    assert line.startswith("parameter 'x = 1; import os': the notebook 'n.ipynb' has no such")


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("year", "2013", "parameter 'year': must be a whole number, found '2013'"),
        ("year", True, "parameter 'year': must be a whole number, found True"),
        ("year", 2013.0, "parameter 'year': must be a whole number, found 2013.0"),
        ("lang", 1, "parameter 'lang': must be text, found 1"),
        ("plan", ["a"], "parameter 'plan': must be text, found ['a']"),
    ],
)
def test_a_value_of_another_type_is_refused(
    tmp_path: Path, checks: Checks, name: str, value: object, message: str
) -> None:
    assert told(checks, write(tmp_path, "n"), **{name: value}) == [message]


def test_all_that_is_wrong_with_the_meanings_is_told_at_once(
    tmp_path: Path, checks: Checks
) -> None:
    path = write(tmp_path, "n")
    assert told(checks, path, area="ward-1", year=2016, as_of="soon", lang="xx") == [
        "the language is vi, en or fr, found 'xx'",
        (
            "the as-of date must be 2014, 2014-03 or 2014-03-31, found 'soon'"
            " (write 2014-03-31, 2014-03 or 2014)"
        ),
        "there is no area 'ward-1' (did you mean 'ward-10'?)",
        "plan 'ward-2010-2015': the year must lie in 2011-2015, found 2016",
    ]


def test_an_unknown_plan_is_told_with_what_else_is_wrong(tmp_path: Path, checks: Checks) -> None:
    path = write(tmp_path, "n")
    assert told(checks, path, plan="ward-2010-2051", lang="xx") == [
        "there is no plan 'ward-2010-2051' (did you mean 'ward-2010-2015'?)",
        "the language is vi, en or fr, found 'xx'",
    ]


def test_an_area_is_an_id_and_no_path(tmp_path: Path, checks: Checks) -> None:
    (line,) = told(checks, write(tmp_path, "n"), area="../../etc")
    assert line.startswith("area '../../etc': an id is small ASCII letters")


def test_defaults_are_checked_too(tmp_path: Path, checks: Checks) -> None:
    path = write(tmp_path, "n", parameters=PARAMETERS.replace("2013", "1999"))
    assert told(checks, path) == [
        "plan 'ward-2010-2015': the year must lie in 2011-2015, found 1999"
    ]


def hostile(folder: Path, what: str) -> Path:
    """Something given as a notebook that is none."""
    path = folder / "n.ipynb"
    if what == "pipe":
        os.mkfifo(path)
    elif what == "endless":
        path.symlink_to("/dev/zero")
    elif what == "large":
        with path.open("wb") as handle:
            handle.truncate(200_000_000)
    elif what == "loop":
        path.symlink_to(path.name)
    elif what == "long name":
        return folder / f"{'n' * 5000}.ipynb"
    elif what == "NUL":
        return folder / "n\0.ipynb"
    elif what == "folder":
        path.mkdir()
    else:
        path.write_text("[" * 100_000 + "]" * 100_000)
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with names")
@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("pipe", "cannot be read as a notebook: a pipe or a device, not a file"),
        ("endless", "cannot be read as a notebook: a pipe or a device, not a file"),
        ("large", "cannot be read as a notebook: ValueError: more than 100 MB"),
        ("loop", "cannot be read as a notebook: Too many levels of symbolic links"),
        ("long name", "cannot be read as a notebook: File name too long"),
        ("NUL", "cannot be read as a notebook: ValueError: embedded null byte"),
        ("folder", "cannot be read as a notebook: Is a directory"),
        ("brackets", "cannot be read as a notebook: it is nested too deeply"),
    ],
)
def test_what_is_no_notebook_is_one_line_at_once(tmp_path: Path, what: str, said: str) -> None:
    path = hostile(tmp_path, what)
    (line,) = refused(path)
    assert line.endswith(f": {said}") and len(line) < 600
    if what != "folder":  # of notebooks, then
        with pytest.raises(InputError):
            clean_notebooks(notebooks_in([path]))
    with pytest.raises(InputError) as told:
        plan_run([NotebookRequest(path, "mine/x", reads=(path,))], tmp_path / "out")
    assert all("\n" not in str(problem) for problem in told.value.problems)
    assert what != "long name" or all(len(str(one)) < 600 for one in told.value.problems)


@pytest.mark.parametrize(
    "source",
    [
        "n = " + "(" * 100_000 + ")" * 100_000,
        "n = " + "[" * 10_000 + "]" * 10_000,
        "n = " + "-" * 100_000 + "1",
        "n = " + "1+" * 100_000 + "1j",
        "n = 1\0",
        "n = " + "9" * 100_000,
        "n = '",
        "n = {[]}",
        "x" * 1_000_000,
    ],
)
def test_a_parameters_cell_of_any_depth_is_refused_in_lines(tmp_path: Path, source: str) -> None:
    for line in refused(write(tmp_path, "n", parameters=source)):
        assert "[cell 2" in line and len(line) < 600, line[:700]
