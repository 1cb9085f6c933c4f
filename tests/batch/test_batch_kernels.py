"""Kernels and batches that fork do what freshly started kernels do."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from examples import in_conformance
from forked import Forked, code, nbval
from here import lean_templates
from scratch_notebooks import notebook, write

from planlib.batch.notebooks.cleaning import clean
from planlib.batch.workers.execute import execute
from planlib.batch.workers.tasks import Task, TaskResult
from planlib.batch.workers.worker import Worker
from planlib.plan.shipped import NOTEBOOKS

pytestmark = [
    pytest.mark.notebook,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks only there"),
]

# What went wrong, silently, in engines that looked the same on an ordinary notebook.
PROBES = {
    "rich output": "import pandas as pd\npd.DataFrame({'a': [1, 2]})",
    "printed": "print('out')",
    "warned": "import sys\nprint('err', file=sys.stderr)",
    # A kernel passes on what a child says a moment later.
    "subprocess": "import subprocess, time\n_ = subprocess.run(['echo', 'from a child'])\n"
    "time.sleep(0.3)",
    "system": "import os, time\n_ = os.system('echo from the shell')\ntime.sleep(0.3)",
    "shell magic": "!echo magic",
    "figure without a magic": """\
import matplotlib
import matplotlib.pyplot as plt
_ = plt.plot([1, 2], [3, 4])
print(matplotlib.get_backend())""",
    "figure format": """\
%config InlineBackend.figure_formats = ['svg']
import matplotlib.pyplot as plt
plt.rcParams['svg.hashsalt'] = 'same'
_ = plt.plot([1, 2])""",
    "updated display": """\
from IPython.display import display
shown = display('before', display_id='one')
shown.update('after')""",
    "processes": """\
import multiprocessing
with multiprocessing.get_context('fork').Pool(2) as pool:
    print(pool.map(abs, [-1, -2]))""",
    "threads": """\
import threading
threads = [threading.Thread(target=print, args=(1,)) for _ in range(2)]
_ = [(thread.start(), thread.join()) for thread in threads]""",
    "async": "import asyncio\nawait asyncio.sleep(0)\nprint('awaited')",
    "where": "from pathlib import Path\nimport sys\nprint(Path.cwd().name, sys.path[0] == '')",
    "environment": "import os\nprint(os.environ.get('PROBE'), os.environ['MPLBACKEND'])",
    "magic": "%%capture caught\nprint('hidden')",
    "last value": "_",
    "history": "print(In[1])",
    "module": "import __main__\nprint(__name__, __main__.__name__)",
    "settings": """\
import pandas as pd, matplotlib as mpl
print(pd.options.display.max_rows, mpl.rcParams['figure.figsize'], mpl.rcParams['figure.dpi'])""",
}


def ran(tasks: list[Task]) -> list[TaskResult]:
    """What a worker answers to each."""
    worker = Worker()
    with lean_templates():
        return [worker.answer(task) for task in tasks]


def outputs(path: Path) -> list[object]:
    return [cell.get("outputs") for cell in clean(nbformat.read(path, as_version=4)).cells]


@contextlib.contextmanager
def little_preloaded() -> Iterator[None]:
    """Templates of what is forked meanwhile import no more than notebooks of these tests do."""
    with lean_templates(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("planlib.batch.kernels.warm.REVIEWS", ())
        yield


RUN = """\
import sys
from planlib.report.site.notebook_format import nbformat
import papermill
from planlib.batch.kernels import warm
made = nbformat.read(sys.argv[1], as_version=4)
for forked, name in ((False, sys.argv[2]), (True, sys.argv[3])):
    if forked:
        assert warm.use_warm_kernels()
    papermill.execute_notebook(made, name, progress_bar=False)
warm.templates.stop()
"""


def test_probes_give_the_same_outputs(tmp_path: Path) -> None:
    made = write(tmp_path, "probes", *PROBES.values())
    names = [str(tmp_path / f"{name}.ipynb") for name in ("plain", "forked")]
    more = {"PROBE": "seen", "SOURCE_DATE_EPOCH": "0"}  # matplotlib dates its pictures
    told = tmp_path / "said.txt"
    with contextlib.chdir(tmp_path), little_preloaded():
        ran = Forked(code(RUN, str(made), *names), told, more)
    assert ran.wait(300) == 0, told.read_text("utf-8")
    plain, forked = (outputs(Path(name)) for name in names)
    for name, one, other in zip(["question", "parameters", *PROBES], plain, forked, strict=True):
        assert json.dumps(one) == json.dumps(other), name
    texts = json.dumps(forked)
    for text in ("from a child", "from the shell", "image/png", "image/svg+xml", "after", "seen"):
        assert text in texts


def test_notebooks_share_no_random_numbers_and_no_variables(tmp_path: Path) -> None:
    draw = """\
import random
import numpy as np
print(np.random.random(), np.random.default_rng().random(), random.random(), 'left' in globals())
left = 1"""
    made = write(tmp_path, "draws", draw)
    tasks = [Task(str(made), str(tmp_path / f"{n}.ipynb"), engine="fork") for n in range(3)]
    assert all(answer.failure is None for answer in ran(tasks))
    drawn = [str(outputs(tmp_path / f"{n}.ipynb")[2][0]["text"]).split() for n in range(3)]  # type: ignore[index]
    for at in range(3):
        assert len({numbers[at] for numbers in drawn}) == 3
    assert {numbers[3] for numbers in drawn} == {"False"}


def test_nbval_compares_notebooks_in_forked_kernels(tmp_path: Path) -> None:
    done = tmp_path / "done.ipynb"
    told, failure = execute(notebook("1 + 1", "import os; os.getppid()"), {}, engine="papermill")
    assert failure is None
    nbformat.write(told, done)
    said = tmp_path / "said.txt"
    with contextlib.chdir(tmp_path), little_preloaded():
        tested = Forked(nbval("-p", "planlib.batch.kernels.nbval_warm", str(done)), said)
    assert tested.wait(300) == 1
    assert "1 failed, 2 passed" in said.read_text("utf-8")  # whose child it is differs


BOOKS = ("annual-review", "midterm-review")


@in_conformance  # cells that are shared and those of a fork are held together in test_shared_cells
@pytest.mark.slow
def test_reviews_are_the_same_byte_for_byte_by_either_engine(tmp_path: Path) -> None:
    given = {"area": "ward-03", "year": 2012, "lang": "en"}
    tasks, written = [], {}
    for name in BOOKS:
        for engine in ("papermill", "fork"):
            done = written[name, engine] = tmp_path / f"{name}-{engine}.ipynb"
            source = str(NOTEBOOKS / f"{name}.ipynb")
            tasks.append(Task(source, str(done), parameters=dict(given), engine=engine))
    assert not any(answer.failure for answer in ran(tasks))
    for name in BOOKS:
        assert written[name, "papermill"].read_bytes() == written[name, "fork"].read_bytes()
