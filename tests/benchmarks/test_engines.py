"""The same notebook by every engine, in one table: as multiples of the time its cells alone take.

The notebook is a review as offices run it: 16 cells, three tables, four figures. The floor is its
cells run one after another in a warm IPython shell, figures drawn, nothing recorded.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import papermill
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

RUNS = int(os.environ.get("BENCH_RUNS", "5"))
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
SETUP = """\
import numpy as np, pandas as pd
import matplotlib.pyplot as plt
from planlib.review.desk import open_desk"""
TABLE = """\
figures = pd.DataFrame(np.random.default_rng({n}).random((200, 8)), columns=list('abcdefgh'))
figures.groupby(figures.a.round(1)).agg(['mean', 'std'])"""
FIGURE = """\
fig, axes = plt.subplots(1, 2, figsize=(9, 3.5))
axes[0].plot(figures.a.cumsum(), label='one')
axes[0].plot(figures.b.cumsum(), label='two')
axes[0].legend()
axes[1].bar(range(20), figures.c[:20])
fig.suptitle('Figure {n}');"""


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


def took(act: Callable[[], object], runs: int = RUNS) -> float:
    """The median seconds of some runs, after one that warms up."""
    act()
    seconds = []
    for _ in range(runs):
        began = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def floor_seconds() -> float:
    """The cells in a warm shell of this process."""
    import matplotlib as mpl
    from IPython.core.interactiveshell import InteractiveShell

    mpl.use("module://matplotlib_inline.backend_inline")
    shell = InteractiveShell.instance()
    cells = notebook().cells

    def act() -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            for cell in cells:
                assert shell.run_cell(cell.source).success
        shell.reset(new_session=False)

    try:
        return took(act)
    finally:
        InteractiveShell.clear_instance()  # rivals make their own


def in_process(engine: str | None) -> Callable[[], object]:
    """Papermill in this process."""
    made = notebook()
    return lambda: papermill.execute_notebook(
        made, None, parameters={"year": 2012}, engine_name=engine, progress_bar=False
    )


def nbclient_run() -> Callable[[], object]:
    return lambda: NotebookClient(notebook(), kernel_name="python3").execute()


@pytest.mark.benchmark
def test_the_fork_engine_beside_its_rivals(tmp_path: Path) -> None:
    from planlib.batch.fork.supervise import templates

    source, output = tmp_path / "in.ipynb", tmp_path / "out.ipynb"
    nbformat.write(notebook(), source)
    env = os.environ | {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    env.pop("PYTEST_CURRENT_TEST", None)
    papermill_command = [sys.executable, "-m", "papermill", "--no-progress-bar", str(source)]
    papermill_command += [str(output), "-p", "year", "2012"]
    html_command = [sys.executable, "-m", "nbconvert", "--to", "html", "--log-level", "ERROR"]

    def command() -> None:
        subprocess.run(papermill_command, env=env, check=True, capture_output=True)

    def commands_html() -> None:
        command()
        subprocess.run([*html_command, str(output)], env=env, check=True, capture_output=True)

    from nbconvert import HTMLExporter

    exporter = HTMLExporter()
    base = floor_seconds()
    fork = in_process("planlib-fork")
    few = min(RUNS, 3)
    rows = {
        "cells alone, in a warm shell": base,
        "papermill --engine planlib-fork, one process": took(fork),
        "papermill.execute_notebook, one process": took(in_process(None), few),
        "the papermill command, a process each": took(command, few),
        "nbclient, one process": took(nbclient_run(), few),
        "ploomber-engine (embedded)": took(in_process("embedded"), few),
        "fork and HTML by one exporter": took(lambda: exporter.from_notebook_node(fork())),
        "papermill and jupyter nbconvert commands": took(commands_html, few),
    }
    templates.stop()
    rows["kernels forked from a warm template (papermill)"] = warm_kernels()
    forked = rows[FORKED]
    print(f"\n{'way':48} {'s':>7} {'× floor':>8} {'fork is':>8}")
    for name, seconds in sorted(rows.items(), key=lambda row: row[1]):
        print(f"{name:48} {seconds:7.2f} {seconds / base:8.1f} {seconds / forked:7.1f}×")
    html = rows["papermill and jupyter nbconvert commands"] / rows["fork and HTML by one exporter"]
    print(f"with HTML, fork is {html:.1f}× as fast as the two commands")
    assert forked <= 1.4 * base
    assert rows["the papermill command, a process each"] >= 6 * forked
    assert rows["papermill.execute_notebook, one process"] >= 3.5 * forked
    assert html >= 7


FORKED = "papermill --engine planlib-fork, one process"
WARM = """\
import json, sys, time, nbformat, papermill
from planlib.batch import warm
warm.use_warm_kernels()
made = nbformat.read(sys.argv[1], as_version=4)
seconds = []
for _ in range(4):
    began = time.perf_counter()
    papermill.execute_notebook(made, None, parameters={'year': 2012}, progress_bar=False)
    seconds.append(time.perf_counter() - began)
warm.template.stop()
print(json.dumps(sorted(seconds[1:])[1]))
"""


def warm_kernels() -> float:
    """The median of papermill over real kernels forked from the warm template."""
    with tempfile.TemporaryDirectory() as folder:
        nbformat.write(notebook(), Path(folder, "in.ipynb"))
        ran = subprocess.run(
            [sys.executable, "-c", WARM, str(Path(folder, "in.ipynb"))],
            check=True,
            capture_output=True,
            text=True,
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
    equal = dict.fromkeys(("planlib-fork", "nbclient", "embedded"), 0)
    for number, given in enumerate(chosen.values()):
        plain = result(given, None, tmp_path / "run")
        (tmp_path / "run").rename(tmp_path / f"{number}-plain")
        for engine in equal:
            try:
                same = result(given, engine, tmp_path / "run") == plain
            except Exception:
                same = False
            (tmp_path / "run").rename(tmp_path / f"{number}-{engine}")
            equal[engine] += same
    asyncio.set_event_loop(None)
    with capsys.disabled():
        print(f"\nof {len(chosen)} probes, the same as papermill's kernel: {equal}")
    assert equal["planlib-fork"] >= max(equal["embedded"], len(chosen) - 5)
