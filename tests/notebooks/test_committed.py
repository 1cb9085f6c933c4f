"""The committed notebooks: executed, clean and thin, and nbval really compares what they show."""

from __future__ import annotations

import ast
import contextlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from examples import LONG
from forked import Forked, nbval
from here import lean_templates
from nbclient import NotebookClient

from planlib.batch.fork.private_interfaces import KernelProvisionerFactory
from planlib.batch.fork.templates import templates
from planlib.batch.kernels import warm
from planlib.batch.notebooks.parsing import parsed
from planlib.batch.runs.committed import clean_notebooks

NOTEBOOKS = Path(__file__).parent.parent.parent / "notebooks"
COMMITTED = sorted(NOTEBOOKS.glob("*.ipynb"))
# The one with controls takes as long as fifty tests.
SAVED = [one for one in COMMITTED if LONG or one.stem == "plan-from-text"]


def cells_of(path: Path) -> list[dict[str, Any]]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def test_the_notebooks_are_these() -> None:
    assert [path.stem for path in COMMITTED] == [
        "annual-review",
        "compare-areas",
        "data-quality",
        "explore",
        "goal-profile",
        "methods",
        "midterm-review",
        "plan-audit",
        "plan-from-text",
        "start-here",
        "term-review",
    ]


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_a_committed_notebook_is_executed_and_shows_something(path: Path) -> None:
    cells = cells_of(path)
    assert all(cell["execution_count"] for cell in cells)
    shown = [cell for cell in cells if cell["outputs"]]
    assert len(shown) == len(cells) - 1  # all but the parameters
    assert not [out for cell in cells for out in cell["outputs"] if out["output_type"] == "error"]
    for cell in shown:
        for out in cell["outputs"]:
            assert "text/plain" in out["data"], "nbval and screen readers need the words"


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_a_notebook_opens_with_who_it_is_for_and_ends_with_what_it_cannot_tell(path: Path) -> None:
    first, *_, last = json.loads(path.read_text(encoding="utf-8"))["cells"]
    head = source(first)
    assert re.search("Dành cho|cho người", head) and re.search("[Ff]or (an? |people|who)", head)
    said = [source(last), *("".join(out["data"]["text/plain"]) for out in last.get("outputs", []))]
    assert re.search("không cho biết|không thể biết", "\n".join(said))


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_a_committed_notebook_is_thin(path: Path) -> None:
    for cell in cells_of(path):
        tree = parsed(source(cell))
        kinds = {type(node) for node in ast.walk(tree)}
        assert not kinds & {ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.BinOp, ast.For, ast.If}
        if "parameters" not in cell["metadata"].get("tags", []):
            assert len(source(cell).splitlines()) <= 6
        assert not re.search(r"['\"][./~][^'\"]*/", source(cell)), "no paths in notebooks"


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_a_committed_notebook_carries_no_trace_of_a_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    notebook = json.loads(text)
    assert set(notebook["metadata"]) == {"kernelspec", "language_info"}
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert not re.search(r"/(home|root|tmp|work)/|papermill|iopub", text)
    for cell in notebook["cells"]:
        assert set(cell["metadata"]) <= {"tags"}


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_parameters_are_literals_each_with_its_help(path: Path) -> None:
    (cell,) = [c for c in cells_of(path) if "parameters" in c["metadata"].get("tags", [])]
    for line in source(cell).splitlines():
        assert re.fullmatch(r'\w+ = ("[^"]*"|\d+)  # .+', line)


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_a_notebook_opens_with_one_question(path: Path) -> None:
    first = json.loads(path.read_text(encoding="utf-8"))["cells"][0]
    lines = "".join(first["source"]).splitlines()
    assert first["cell_type"] == "markdown"
    assert lines[0].startswith("# ") and lines[0].endswith("?")


def test_the_illustrative_mark_stands_in_every_committed_notebook() -> None:
    for path in COMMITTED:
        assert "minh họa" in json.dumps(
            [cell["outputs"] for cell in cells_of(path)], ensure_ascii=False
        )


@pytest.mark.notebook
@pytest.mark.slow
def test_nbval_sees_a_changed_number_and_two_parts_swapped(tmp_path: Path) -> None:
    notebook = json.loads((NOTEBOOKS / "annual-review.ipynb").read_text(encoding="utf-8"))
    by_id = {cell["id"]: cell for cell in notebook["cells"]}
    counts = by_id["counts"]["outputs"][0]["data"]
    lines = "".join(counts["text/plain"])
    counts["text/plain"] = re.sub(r"\d+", lambda m: str(int(m[0]) + 1), lines, count=1)
    assert counts["text/plain"] != lines
    sections = by_id["sections"]["outputs"][0]["data"]
    parts = "".join(sections["text/plain"]).split("\n\n")
    parts[1], parts[-1] = parts[-1], parts[1]
    sections["text/plain"] = "\n\n".join(parts)
    changed = tmp_path / "changed.ipynb"
    changed.write_text(json.dumps(notebook), encoding="utf-8")
    told = tmp_path / "said.txt"
    with contextlib.chdir(tmp_path):
        done = Forked(nbval(str(changed), "-c", "/dev/null", "--rootdir", str(tmp_path)), told)
    ended, said = done.wait(300), told.read_text("utf-8")
    assert ended == 1, said[-3000:]
    code = [cell["id"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    failed = {code[int(n)] for n in re.findall(r"FAILED .*::Cell (\d+)", said)}
    assert failed == {"counts", "sections"}, said[-3000:]


@pytest.fixture(scope="module")
def _session() -> Iterator[None]:
    """Kernels as of a JupyterLab session, forked of one template where the system can fork."""
    factory = KernelProvisionerFactory.instance()
    before = factory.default_provisioner_name
    with lean_templates(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("JPY_SESSION_NAME", "session.ipynb")
        warm.use_warm_kernels()
        yield
        templates.stop()
    factory.default_provisioner_name = before


@pytest.mark.notebook
@pytest.mark.slow
@pytest.mark.usefixtures("_session")
@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.stem)
def test_a_notebook_run_in_a_session_and_saved_is_cleaned_into_the_committed_one(
    path: Path, tmp_path: Path
) -> None:
    """With live controls and their state, as JupyterLab saves them; so nbval passes what is kept.

    nbval holds every notebook against what it shows.
    """
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    saved = tmp_path / path.name
    nbformat.write(notebook, saved)
    text = saved.read_text(encoding="utf-8")
    assert ("widget-view+json" in text) == ("widget-state+json" in text) == (path.stem == "explore")
    clean_notebooks([saved])
    assert saved.read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


@pytest.mark.notebook
@pytest.mark.usefixtures("_session")
def test_controls_that_a_session_saved_are_cleaned_away_and_their_words_stay(
    tmp_path: Path,
) -> None:
    """As of the notebook to explore, whose controls are saved and cleaned with LONG."""
    cell = nbformat.v4.new_code_cell(
        "import ipywidgets\nipywidgets.IntSlider(description='Year')", id="shown"
    )
    saved = tmp_path / "controls.ipynb"
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": kernel})
    NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    nbformat.write(notebook, saved)
    text = saved.read_text(encoding="utf-8")
    assert "widget-view+json" in text and "widget-state+json" in text
    clean_notebooks([saved])
    kept = nbformat.read(saved, as_version=4)
    assert set(kept.metadata) == {"kernelspec", "language_info"}
    (output,) = kept.cells[0].outputs
    assert set(output["data"]) == {"text/plain"}
    assert "IntSlider" in output["data"]["text/plain"]
