"""The same notebook by every engine, in one table: as multiples of the time its cells alone take.

Two notebooks: one of 16 cells, three tables and four figures, and the yearly review that ships.
The floor is their cells run one after another in a warm IPython shell (``cells_alone.py``).
Figures are drawn once; a tight bounding box would draw them twice, whoever runs them.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import papermill
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from nbformat import NotebookNode

RUNS = int(os.environ.get("BENCH_RUNS", "5"))
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
SETUP = """\
import numpy as np, pandas as pd
import matplotlib.pyplot as plt
from planlib.evaluation import evaluate
%config InlineBackend.print_figure_kwargs = {'bbox_inches': None}"""
TABLE = """\
figures = pd.DataFrame(np.random.default_rng({n}).random((200, 8)), columns=list('abcdefgh'))
figures.groupby(figures.a.round(1)).agg(['mean', 'std'])"""
FIGURE = """\
fig, ax = plt.subplots()
ax.plot(figures.a.cumsum(), label='one')
ax.plot(figures.b.cumsum(), label='two')
ax.legend()
ax.set_title('Figure {n}');"""
REVIEW = Path(__file__).parents[2] / "notebooks" / "annual-review.ipynb"


def notebook() -> NotebookNode:
    """Sixteen cells, three tables, four figures."""
    sources = ["year = 2013", SETUP]
    sources += [TABLE.format(n=n) for n in range(3)]
    sources += [FIGURE.format(n=n) for n in range(4)]
    sources += [f"print('Sentence {n} of', year)" for n in range(7)]
    cells = [nbformat.v4.new_code_cell(text, id=f"c{n}") for n, text in enumerate(sources)]
    cells[0].metadata["tags"] = ["parameters"]
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def medians(ways: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The median seconds of each way; in rounds, so that a slow minute of the machine hits all."""
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for number in range(RUNS + 1):
        for way, act in ways.items():
            began = time.perf_counter()
            act()
            if number:  # the first warms up
                seconds[way].append(time.perf_counter() - began)
    return {way: statistics.median(found) for way, found in seconds.items()}


@contextmanager
def alone(source: Path, pictures: int) -> Iterator[Callable[[], None]]:
    """The cells in a warm shell of a process of its own, which draw as many pictures as elsewhere."""
    floor = Path(__file__).with_name("cells_alone.py")
    with subprocess.Popen(
        [sys.executable, str(floor), str(source)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin and process.stdout
        asked, answers = process.stdin, process.stdout

        def act() -> None:
            asked.write("run\n")
            asked.flush()
            assert int(answers.readline()) == pictures, "it must draw what a kernel draws"

        yield act
        asked.close()


def pictures_in(ran: NotebookNode) -> int:
    """How many pictures a notebook drew."""
    every = [out.get("data", {}) for cell in ran.cells for out in cell.get("outputs", [])]
    return sum(bool({"image/png", "image/svg+xml"} & set(data)) for data in every)


def in_process(engine: str | None, made: NotebookNode) -> Callable[[], NotebookNode]:
    """Papermill in this process."""
    return lambda: papermill.execute_notebook(
        made, None, parameters={"year": 2012}, engine_name=engine, progress_bar=False
    )


def nbclient_run(made: NotebookNode) -> Callable[[], object]:
    return lambda: NotebookClient(nbformat.from_dict(made), kernel_name="python3").execute()


def rows_of(made: NotebookNode, folder: Path) -> dict[str, float]:
    """Seconds by way of running one notebook."""
    from planlib.batch.fork.templates import templates

    folder.mkdir()
    source, output = folder / "in.ipynb", folder / "out.ipynb"
    nbformat.write(made, source)
    env = os.environ | {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    env.pop("PYTEST_CURRENT_TEST", None)
    papermill_command = [sys.executable, "-c", ALONE, "--no-progress-bar", str(source)]
    papermill_command += [str(output), "-p", "year", "2012"]
    html_command = [sys.executable, "-m", "nbconvert", "--to", "html", "--log-level", "ERROR"]

    def command() -> None:
        subprocess.run(papermill_command, env=env, check=True, capture_output=True)

    def commands_html() -> None:
        command()
        subprocess.run([*html_command, str(output)], env=env, check=True, capture_output=True)

    exporter = HTMLExporter()
    fork = in_process("planlib-fork", made)
    with alone(source, pictures_in(fork())) as floor:
        rows = medians(
            {
                FLOOR: floor,
                FORKED: fork,
                PAPERMILL: in_process(None, made),
                COMMAND: command,
                "nbclient, one process": nbclient_run(made),
                "ploomber-engine (embedded)": in_process("embedded", made),
                FORKED_HTML: lambda: exporter.from_notebook_node(fork()),
                COMMANDS_HTML: commands_html,
            }
        )
    templates.stop()
    rows["kernels forked from a warm template (papermill)"] = warm_kernels(source)
    return rows


@pytest.mark.benchmark
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", ["sixteen cells", "yearly review"])
def test_the_fork_engine_beside_its_rivals(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = notebook() if name == "sixteen cells" else nbformat.read(REVIEW, as_version=4)
    rows = rows_of(made, tmp_path / "run")
    base, forked = rows[FLOOR], rows[FORKED]
    html = rows[COMMANDS_HTML] / rows[FORKED_HTML]
    with capsys.disabled():
        print(f"\n{name:48} {'s':>7} {'× floor':>8} {'fork is':>8}")
        for way, seconds in sorted(rows.items(), key=lambda row: row[1]):
            print(f"{way:48} {seconds:7.2f} {seconds / base:8.1f} {seconds / forked:7.1f}×")
        print(f"with HTML, fork is {html:.1f}× as fast as the two commands")
    assert forked <= 1.4 * base
    if name == "sixteen cells":  # the review's own drawing takes the same time everywhere
        assert rows[COMMAND] >= 6 * forked
        assert rows[PAPERMILL] >= 3.5 * forked
        assert html >= 7


# Papermill imports every engine that is installed; that rivals are here must not slow it down.
ALONE = """\
import entrypoints, runpy
every = entrypoints.get_group_all
entrypoints.get_group_all = lambda group: [e for e in every(group) if "ploomber" not in e.module_name]
runpy.run_module("papermill", run_name="__main__", alter_sys=True)
"""
FLOOR = "cells alone, in a warm shell"
PAPERMILL = "papermill.execute_notebook, one process"
COMMAND = "the papermill command, a process each"
FORKED_HTML = "fork and HTML by one exporter"
COMMANDS_HTML = "papermill and jupyter nbconvert commands"
FORKED = "papermill --engine planlib-fork, one process"
WARM = """\
import json, sys, time, nbformat, papermill
from planlib.batch.kernels import warm
warm.use_warm_kernels()
made = nbformat.read(sys.argv[1], as_version=4)
seconds = []
for _ in range(4):
    began = time.perf_counter()
    papermill.execute_notebook(made, None, parameters={'year': 2012}, progress_bar=False)
    seconds.append(time.perf_counter() - began)
warm.templates.stop()
print(json.dumps(sorted(seconds[1:])[1]))
"""


def warm_kernels(source: Path) -> float:
    """The median of papermill over real kernels forked from the warm template."""
    ran = subprocess.run(
        [sys.executable, "-c", WARM, str(source)], check=True, capture_output=True, text=True
    )
    return float(json.loads(ran.stdout.splitlines()[-1]))


@pytest.mark.benchmark
def test_which_probes_the_rivals_get_equal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the probes of streams, displays, figures and isolation: how many end as in a kernel."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "batch" / "conformance"))
    from display_probes import PROBES as DISPLAYS
    from figure_probes import PROBES as FIGURES
    from isolation_probes import PROBES as FOUND
    from probing import result
    from stream_probes import PROBES as STREAMS

    probes = {**STREAMS, **DISPLAYS, **FIGURES, **FOUND}
    chosen = {n: p for n, p in list(probes.items())[::4] if "os._exit" not in str(p.cells)}
    engines = ("planlib-fork", "nbclient", "embedded")
    same_file, same_outputs = dict.fromkeys(engines, 0), dict.fromkeys(engines, 0)
    for number, given in enumerate(chosen.values()):
        plain = result(given, None, tmp_path / "run")
        (tmp_path / "run").rename(tmp_path / f"{number}-plain")
        for engine in engines:
            try:
                found = result(given, engine, tmp_path / "run")
            except Exception:
                found = "{}"
            (tmp_path / "run").rename(tmp_path / f"{number}-{engine}")
            same_file[engine] += found == plain
            same_outputs[engine] += shown(found) == shown(plain)
    asyncio.set_event_loop(None)
    with capsys.disabled():
        print(f"\nof {len(chosen)} probes, as with papermill's kernel: outputs {same_outputs}, "
              f"the whole file {same_file}")  # fmt: skip
    assert same_file["planlib-fork"] >= len(chosen) - 5
    assert same_outputs["planlib-fork"] >= same_outputs["embedded"]


def shown(text: str) -> object:
    """What a probe's cells show, whatever stands in the metadata."""
    whole = json.loads(text)
    return whole and [
        [cell.get("outputs") for cell in whole["notebook"]["cells"]], whole["raised"]
    ]  # fmt: skip
