"""No notebook with figures for internal use is committed, whatever way it was made."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from scratch_notebooks import PARAMETERS, notebook
from typer.testing import CliRunner

from planlib.batch.notebooks.exposure import exposure
from planlib.batch.runs.committed import clean_notebooks
from planlib.cli.app import app
from planlib.cli.app import main as planlib
from planlib.errors import InputError
from planlib.evaluation import evaluate
from planlib.report.pages.annual import AnnualPage
from planlib.review import annual

NOTEBOOKS = Path(__file__).parent.parent.parent / "notebooks"
OPEN = "evaluate(plan, as_of=as_of, audience=audience)"
ASKED_INTERNAL = PARAMETERS.replace('audience = "public"', 'audience = "internal"')


def executed(html: str, source: str = OPEN) -> NotebookNode:
    made = notebook(source)
    made.cells[-1].outputs = [nbformat.v4.new_output("display_data", {"text/html": html})]
    return made


def titled(audience: str, lang: str) -> NotebookNode:
    review = annual(evaluate("ward-2010-2015", audience=audience), "ward-01", 2013)
    return executed(AnnualPage(review, lang).title().html)


def injected() -> NotebookNode:
    made = notebook(OPEN)
    tags = {"tags": ["injected-parameters"]}
    made.cells.insert(2, nbformat.v4.new_code_cell("audience = 'internal'", metadata=tags))
    return made


def given_by_papermill() -> NotebookNode:
    made = notebook(OPEN)
    made.metadata.papermill = {"parameters": {"audience": "internal"}}
    return made


INTERNAL: dict[str, NotebookNode | partial[NotebookNode]] = {
    "parameters": notebook(OPEN, parameters=ASKED_INTERNAL),
    "injected": injected(),
    "papermill": given_by_papermill(),
    "in the call": notebook('evaluate(plan, audience="internal")'),
    "by position": notebook('Evaluation(plan, figures, as_of, "internal")'),
    "by default": notebook("from planlib import evaluation\ne = evaluation.evaluate(plan)"),
    "with a magic": notebook('%time e = evaluate(plan, audience="internal")'),
    "outputs in Vietnamese": partial(titled, "internal", "vi"),
    "outputs in English": partial(titled, "internal", "en"),
}
PUBLIC: dict[str, NotebookNode | partial[NotebookNode]] = {
    "parameters": notebook(OPEN),
    "in the call": notebook('evaluate(plan, audience="public")'),
    "by position": notebook("Evaluation(plan, figures, as_of, audience)"),
    "other keywords": notebook("evaluate(plan, **given)"),
    "a remark": notebook("x = 1  # internal, or public"),
    "outputs": partial(titled, "public", "en"),
}


def write_case(made: NotebookNode | partial[NotebookNode], path: Path) -> None:
    """Write a notebook; one whose outputs are of a real review is made only now."""
    nbformat.write(made() if isinstance(made, partial) else made, path)


@pytest.mark.parametrize("name", INTERNAL)
def test_a_notebook_for_internal_use_is_refused_in_one_line_and_left_alone(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "n.ipynb"
    write_case(INTERNAL[name], path)
    before = path.read_bytes()
    monkeypatch.setattr(sys, "argv", ["planlib", "notebooks", "--clean-only", str(path)])
    with pytest.raises(SystemExit) as caught:
        planlib()
    assert caught.value.code == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(str(path)) and "internal use only" in line
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_notebook_is_let_through(tmp_path: Path, name: str) -> None:
    path = tmp_path / "n.ipynb"
    write_case(PUBLIC[name], path)
    assert CliRunner().invoke(app, ["notebooks", "--clean-only", str(path)]).exit_code == 0


def test_the_committed_notebooks_are_public() -> None:
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        assert exposure(nbformat.read(path, as_version=4), path.name) is None


def test_no_notebook_is_written_where_one_is_refused(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.ipynb", tmp_path / "b.ipynb"
    made = notebook(OPEN)
    made.metadata.papermill = {"input_path": "/home/somebody"}
    nbformat.write(made, good)
    nbformat.write(INTERNAL["parameters"], bad)
    before = good.read_bytes()
    with pytest.raises(InputError):
        clean_notebooks([good, bad])
    assert good.read_bytes() == before


def test_the_hook_looks_at_every_notebook_of_a_commit() -> None:
    import yaml

    config = yaml.safe_load((NOTEBOOKS.parent / ".pre-commit-config.yaml").read_text("utf-8"))
    (hook,) = [h for h in config["repos"][0]["hooks"] if h["id"] == "notebooks"]
    assert "files" not in hook and hook.get("pass_filenames", True)
    assert hook["types"] == ["jupyter"]
    assert hook["entry"].endswith("planlib notebooks --clean-only")
    command = [sys.executable, "-c", "from planlib.cli import main; main()", "notebooks"]
    help_ = subprocess.run([*command, "--help"], capture_output=True, text=True, check=True)
    assert "PATHS" in help_.stdout.upper()
