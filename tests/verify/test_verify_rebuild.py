"""A rebuild makes the reports again and compares every byte, whatever was changed and hidden."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import matplotlib as mpl
import pytest
from commands import PROCESS
from examples import ALL
from small_review import Silent, Small, changed, verified

from planlib.batch.runs.rebuild import REPORTS, Inputs, Rebuilt, compare, make_again
from planlib.verify.evidence import PROOF, VERDICTS, Proof

pytestmark = pytest.mark.notebook


def compared(small: Small, again: Path) -> Rebuilt:
    return compare(small.out, again, Inputs([small.plan]))


def test_what_was_not_changed_is_the_same_to_the_byte(made: Small, again: Path) -> None:
    found = compared(made, again)
    assert not found.problems and not found.left and not found.reasons
    # 4 pages with their notebooks, verdicts.json and review.json, the index and the pages of 6 goals
    # in two languages.
    assert found.same == 24


def test_the_folder_of_one_review_is_compared_by_itself(made: Small, again: Path) -> None:
    found = compare(made.folder, again, Inputs([made.plan]))
    assert not found.problems and found.same == 10


REBUILD = ("--rebuild", "--workers", "1")


@pytest.mark.slow
@pytest.mark.usefixtures("here")
def test_the_command_makes_everything_again_from_figures_given(
    small: Small, tmp_path: Path
) -> None:
    """Which stand in for the plan's: those are not there any more."""
    given = tmp_path / "kept" / "figures.csv"
    given.parent.mkdir()
    (small.plan / "figures.csv").rename(given)
    (small.plan / "figures.csv").write_text("area,goal,year,vintage\n", "utf-8")
    done = verified(small, *REBUILD, "--observations", str(given))
    assert done.returncode == 0, done.stdout
    assert "24 files made again, the same to the byte" in done.stdout
    assert "Not read" not in done.stdout


@pytest.mark.slow
@pytest.mark.usefixtures("here")
def test_the_command_tells_what_was_not_made_like_that(small: Small) -> None:
    for path in (small.folder / "annual-2012.en.html", small.folder / "annual-2012.en.ipynb"):
        changed(path, lambda text: text.replace("Sources", "Origins"))
    small.reseal()
    done = verified(small, *REBUILD)
    assert done.returncode == 1
    assert "annual-2012.en.html:" in done.stdout and "'<h2" not in done.stdout.splitlines()[-1]


@pytest.mark.slow
def test_bytes_depend_on_nothing_but_the_inputs(made: Small, again: Path, tmp_path: Path) -> None:
    """A process and worker of their own, another zone, locale, seed of hashes, folder, way to name it.

    And another engine in ``make conformance``: see the engines' own tests for their bytes.
    """
    plan = tmp_path / "a place" / "good-plan"
    shutil.copytree(made.plan, plan)
    more = {
        "TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "7",
        "COLUMNS": "40", "HOME": str(tmp_path),
        "MPLCONFIGDIR": mpl.get_cachedir(),  # where its list of fonts is, made in seconds
    }  # fmt: skip
    subprocess.run(
        [*PROCESS, "batch", "a place/good-plan", "--years", "2012", "--midterm",
         "--engine", "papermill" if ALL else "auto", "--workers", "1", "--out", "other reports"],
        check=True, capture_output=True, timeout=600, cwd=tmp_path, env=os.environ | more,
    )  # fmt: skip
    found = compare(tmp_path / "other reports", again, Inputs([plan]))
    assert not found.problems and found.same == 24
    both = [(at / PROOF).read_bytes() for at in (tmp_path / "other reports", again)]
    assert both[0] == both[1]


def test_another_version_is_told_as_the_likely_reason(small: Small, again: Path) -> None:
    proof = Proof.model_validate_json((small.out / PROOF).read_text("utf-8"))
    assert {"planlib", "python", "matplotlib"} <= proof.made_with.keys()
    older = proof.model_copy(update={"made_with": {**proof.made_with, "matplotlib": "1.0"}})
    (small.out / PROOF).write_text(older.sealed().text(), "utf-8")
    found = compared(small, again)
    assert found.reasons == {"matplotlib": ("1.0", proof.made_with["matplotlib"])}


def test_a_page_that_planlib_does_not_make_is_told(small: Small, again: Path) -> None:
    told = json.loads((small.folder / VERDICTS).read_text("utf-8"))
    for ending in ("html", "ipynb"):
        shutil.copy(
            small.folder / f"midterm-2013.vi.{ending}", small.folder / f"midterm-2014.vi.{ending}"
        )
        told["pages"].append({"name": f"midterm-2014.vi.{ending}", "sha256": "0" * 64, "as_of": ""})
    told["asked"].append("midterm-2014.vi")
    (small.folder / VERDICTS).write_text(json.dumps(told), "utf-8")
    small.reseal()
    lines = [str(problem) for problem in compared(small, again).problems]
    assert any("midterm-2014.vi.html: planlib makes no such page" in line for line in lines)


@pytest.mark.usefixtures("here")
def test_code_of_the_folder_under_proof_is_never_run(one: Small, tmp_path: Path) -> None:
    sign = tmp_path / "ran"
    for path in one.folder.glob("*.ipynb"):
        book = json.loads(path.read_text("utf-8"))
        for cell in book["cells"]:
            if cell["cell_type"] == "code":
                cell["source"] = [f"open({str(sign)!r}, 'w')"]
        path.write_text(json.dumps(book), "utf-8")
    one.reseal()
    home = tmp_path / "home"
    home.mkdir()
    assert not make_again(one.out, Inputs([one.plan]), home, Silent(), workers=1)
    assert compared(one, home / REPORTS).problems and not sign.exists()
