"""Runs small notebooks through papermill's own engine and the fork engine, and compares.

What is compared is the whole notebook as its file would hold it, and what papermill raised. Before
that, only what no two runs of one kernel share is taken out: see ``UNSTEADY``.
"""

from __future__ import annotations

import contextlib
import difflib
import json
import logging
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from examples import ALL
from nbformat import NotebookNode

from planlib.batch.fork.system import unfit_system

MARKS = [pytest.mark.notebook, pytest.mark.skipif(unfit_system() != "", reason="forks nothing")]
KERNEL = {"name": "python3", "language": "python", "display_name": "Python 3"}
# What differs between two runs of the same kernel: a pattern and what stands for it.
UNSTEADY = (
    (re.compile(r"ipykernel_\d+"), "ipykernel_PID"),
    (re.compile(r"(0x|\bat )[0-9a-fA-F]{5,16}\b"), "0xADDRESS"),
    (re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(\+\d\d:\d\d)?"), "TIME"),
    (re.compile(r"(user|sys:|total:|Wall time:) [\d.]+ ?(ns|[uµμ]s|ms|s)"), r"\1 TIME"),
    (re.compile(r"[\d.]+ ?(ns|[uµμ]s|ms|s) ± [\d.]+ ?(ns|[uµμ]s|ms|s) per loop"), "TIME per loop"),
    (re.compile(r"\bT_[0-9a-f]{5}"), "T_STYLER"),
    (re.compile(r"(kernel-|tmp|planlib-fork-)[\w-]+\.json"), "CONNECTION.json"),
    (re.compile(r"(Thread(?:-\d+)?) ?\((\w+), (?:started|stopped)[\w ]* \d+\)"), r"\1 (\2)"),
)
HEX = re.compile(
    r"(?<![0-9a-f])(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-f])"
)


@dataclass(frozen=True)
class Probe:
    """A notebook that probes one behaviour.

    ``shows`` must be in the reference: a probe that shows nothing proves nothing. ``differs`` is
    the name of a known difference, which must then really be there and be listed.
    """

    cells: tuple[str | NotebookNode, ...]
    shows: str
    differs: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    env: Mapping[str, str] = field(default_factory=dict)


def probe(*cells: str | NotebookNode, shows: str, **more: Any) -> Probe:
    """A probe of these cells."""
    return Probe(cells, shows, **more)


def chosen(probes: Mapping[str, Probe]) -> list[str]:
    """The probes to run: all (``make conformance``), or every thirtieth and one of each kind.

    An environment of its own needs a template of its own: those are left to the whole.
    """
    if ALL:
        return list(probes)
    return [name for name, given in probes.items() if not given.env][::30]


def notebook(cells: tuple[str | NotebookNode, ...]) -> NotebookNode:
    """A notebook of these cells, each with an id of its own."""
    made = [
        nbformat.v4.new_code_cell(cell, id=f"c{n}") if isinstance(cell, str) else cell
        for n, cell in enumerate(cells)
    ]
    return nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": dict(KERNEL)})


# Seconds for a cell. On a busy machine papermill's own client has waited for a message of its kernel
# for ever; a probe that is given up so is run again.
PATIENCE = 150


@contextlib.contextmanager
def surroundings(given: Mapping[str, str], folder: Path) -> Iterator[None]:
    """The environment and folder a notebook runs in."""
    before, here = dict(os.environ), Path.cwd()
    # ipykernel captures no descriptors under pytest; matplotlib dates its pictures
    os.environ.pop("PYTEST_CURRENT_TEST", None)
    os.environ.update({"SOURCE_DATE_EPOCH": "0", **given})
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(before)


def result(given: Probe, engine: str | None, folder: Path) -> str:
    """What came of a probe, as text."""
    folder.mkdir()
    for name, text in given.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    output = folder / "out.ipynb"
    raised = ""
    with surroundings(given.env, folder):
        try:
            papermill.execute_notebook(
                notebook(given.cells),
                str(output),
                parameters=dict(given.parameters),
                engine_name=engine,
                progress_bar=False,
                **({"execution_timeout": PATIENCE} | dict(given.options)),
            )
        except Exception as error:
            raised = f"{type(error).__name__}: {error}"
    done = nbformat.read(output, as_version=nbformat.NO_CONVERT)
    if "CellTimeoutError" in raised:
        # Whether the end of a cell that was stopped is still heard of is a race in either engine.
        for cell in done.cells:
            cell.metadata.get("execution", {}).pop("iopub.status.idle", None)
            if "outputs" in cell:
                cell.outputs = [o for o in cell.outputs if o.get("ename") != "KeyboardInterrupt"]
    left = sorted(p.name for p in folder.iterdir() if p.name not in {"out.ipynb", *given.files})
    texts = {name: (folder / name).read_text() for name in left if (folder / name).is_file()}
    whole = {"notebook": steady(done), "raised": raised, "files": texts}
    text = json.dumps(whole, indent=1, ensure_ascii=False)
    return unnamed(text.replace(str(folder), "FOLDER"))


def steady(done: NotebookNode) -> NotebookNode:
    """A notebook without papermill's times, and with each stream's neighbouring pieces joined."""
    for owner in (done, *done.cells):
        times = owner.metadata.get("papermill", {})
        for key in ("start_time", "end_time", "duration"):
            if times.get(key) is not None:
                times[key] = "TIME"
    for cell in done.cells:
        if not re.fullmatch(r"[cm]\d", cell.get("id", "")):
            cell.pop("id", None)  # papermill draws the ids of the cells it adds
        joined: list[NotebookNode] = []
        for output in cell.get("outputs", []):
            before = joined[-1] if joined else None
            if output.output_type == "stream" and before and before.get("name") == output.name:
                before.text += output.text
            else:
                joined.append(output)
        if "outputs" in cell:
            cell.outputs = joined
    name_widgets(done)
    return done


def name_widgets(done: NotebookNode) -> None:
    """Widgets by what they are instead of by random names; two that are the same share one."""
    saved = done.metadata.get("widgets", {}).get("application/vnd.jupyter.widget-state+json")
    if saved:
        kinds = {name: HEX.sub("ID", json.dumps(model)) for name, model in saved.state.items()}
        saved.state = sorted(kinds.values())
        order = sorted(set(kinds.values()))
        for cell in done.cells:
            for output in cell.get("outputs", []):
                view = output.get("data", {}).get("application/vnd.jupyter.widget-view+json")
                if view:
                    view.model_id = order.index(kinds[view.model_id])


def unnamed(text: str) -> str:
    """A text without what no two runs share; random names are numbered as they appear."""
    for pattern, stand_in in UNSTEADY:
        text = pattern.sub(stand_in, text)
    names: dict[str, str] = {}
    return HEX.sub(lambda found: names.setdefault(found[0], f"ID-{len(names)}"), text)


def both(given: Probe, folder: Path, caplog: pytest.LogCaptureFixture) -> tuple[str, str]:
    """What came of a probe in a kernel and in a fork, which it must really have been."""
    plain = result(given, None, folder / "run")
    (folder / "run").rename(folder / "plain")  # the same path for both
    with caplog.at_level(logging.WARNING, logger="planlib.batch.fork"):
        forked = result(given, "planlib-fork", folder / "run")
    fallen = [r.getMessage() for r in caplog.records if r.name == "planlib.batch.fork"]
    assert not fallen, fallen
    return plain, forked


def check(given: Probe, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The two results are the same, or differ where a known difference says so.

    On a busy machine two runs of one kernel may differ by a race: what differs is run twice more.
    A difference that shows now and then can pass so; one that is always there cannot.
    """
    for attempt in range(1 if given.differs else 3):
        place = folder / f"try-{attempt}"
        place.mkdir()
        plain, forked = both(given, place, caplog)
        if plain == forked and given.shows in plain:
            break
    assert given.shows in plain, plain[:4000]
    if given.differs:
        assert plain != forked, f"no longer a difference: {given.differs}"
    else:
        unlike = difflib.unified_diff(plain.splitlines(), forked.splitlines(), "kernel", "fork")
        assert forked == plain, "\n".join(line[:400] for line in unlike)
