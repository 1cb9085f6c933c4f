"""The fork engine from outside: the command, what takes over where it will not do, and kills."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import papermill
import pytest
from click.testing import CliRunner
from examples import ALL
from here import lean_templates
from nbclient.exceptions import DeadKernelError
from papermill.cli import papermill as command_of_papermill
from scratch_notebooks import notebook, write

from planlib.batch.fork.system import NAME, unfit_system
from planlib.batch.fork.templates import Templates, templates
from planlib.batch.workers.execute import execute

pytestmark = [
    pytest.mark.notebook,
    pytest.mark.skipif(unfit_system() != "", reason="forks nothing"),
]
WAIT = 120.0  # seconds, on a busy machine


@pytest.fixture(autouse=True, scope="module")
def _no_template_left() -> Iterator[None]:
    with lean_templates():  # many start here
        yield
    templates.stop()


def runs(pid: int) -> bool:
    """Whether a process runs; one that nobody has reaped yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):  # also while it is read
        return False


def until(true: Callable[[], bool]) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + WAIT
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def texts(done: nbformat.NotebookNode) -> str:
    return "".join(out.get("text", "") for cell in done.cells for out in cell.get("outputs", []))


# The papermill command, whose template and whose own process import little.
LEAN_COMMAND = """\
from planlib.report.site import notebook_format
from planlib.batch.fork.templates import templates
from papermill.cli import papermill
templates.preload_only()
papermill()
"""


def test_the_papermill_command_runs_it_with_its_own_options(tmp_path: Path) -> None:
    # What the shell says comes by another way than what Python prints, and takes a moment longer.
    told = (
        "import os, time\nos.system('echo from the shell')\ntime.sleep(1)\nprint(year, os.getcwd())"
    )
    made = write(tmp_path, "in", told)
    there = tmp_path / "there"
    there.mkdir()
    start = ["-m", "papermill"] if ALL else ["-c", LEAN_COMMAND]
    command = [sys.executable, *start, "--engine", NAME, "-p", "year", "2012"]
    command += ["--cwd", str(there), "--log-output", "--progress-bar", "--execution-timeout", "60"]
    env = os.environ | {"TMPDIR": str(tmp_path / "tmp")}
    del env["PYTEST_CURRENT_TEST"]  # ipykernel captures no descriptors under pytest
    (tmp_path / "tmp").mkdir()
    ran = subprocess.run(
        [*command, str(made), str(tmp_path / "out.ipynb")], capture_output=True, text=True, env=env
    )
    assert ran.returncode == 0, ran.stderr
    done = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    nbformat.validate(done)
    assert texts(done) == f"from the shell\n2012 {there}\n"
    assert f"2012 {there}" in ran.stderr  # --log-output
    assert "Executing: 100%" in ran.stderr
    assert [c.metadata.papermill.status for c in done.cells] == ["completed"] * 4
    assert list((tmp_path / "tmp").iterdir()) == []


def test_the_papermill_command_ends_with_an_error_as_always(tmp_path: Path) -> None:
    made, out = write(tmp_path, "in", "1 / 0"), tmp_path / "out.ipynb"
    ran = CliRunner().invoke(
        command_of_papermill, ["--engine", NAME, "--no-progress-bar", str(made), str(out)]
    )
    assert ran.exit_code == 1
    assert "ZeroDivisionError: division by zero" in str(ran.exception)
    assert "papermill-error-cell" in out.read_text()


@pytest.mark.parametrize("engine", ["fork", "papermill"])
def test_a_notebook_is_stopped_when_its_cells_together_take_too_long(engine: str) -> None:
    made = notebook("import time", "time.sleep(1.2)\nprint('first')", "time.sleep(60)\n", "1")
    done, failure = execute(made, {}, engine=engine, timeout=2)
    assert failure is not None
    assert (failure.cell, failure.error) == (5, "it was stopped after 2 seconds")
    assert texts(done) == "first\n"


def test_an_engine_there_is_none_of_is_refused() -> None:
    with pytest.raises(ValueError, match="no engine 'dask'; there are auto, papermill, fork"):
        execute(notebook(), {}, engine="dask")


def fallen_back(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.name == "planlib.batch.fork"]


def test_another_kernel_is_left_to_papermill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    spec = tmp_path / "kernels" / "other"
    spec.mkdir(parents=True)
    argv = ["env", "OTHER=1", sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    text = json.dumps({"argv": argv, "display_name": "Other", "language": "python"})
    (spec / "kernel.json").write_text(text)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    made = notebook("import os\nprint(os.environ['OTHER'])")
    done = papermill.execute_notebook(
        made, None, engine_name=NAME, kernel_name="other", progress_bar=False
    )
    assert texts(done) == "1\n"
    assert fallen_back(caplog) == [
        f"{NAME}: the kernel other is not this Python's; papermill's own engine runs this notebook"
    ]


def test_a_file_that_goes_before_a_library_is_left_to_papermill(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "_modules", ())
    templates.preload("entrypoints")
    (tmp_path / "entrypoints.py").write_text("own = 'mine'\n")
    own = notebook("import entrypoints\nprint(entrypoints.own)")
    done, failure = execute(own, {}, tmp_path, engine="fork")
    assert failure is None
    assert texts(done) == "mine\n"
    assert (
        "entrypoints.py in the notebook's folder goes before the module entrypoints"
        in fallen_back(caplog)[0]
    )


def test_what_is_preloaded_stands_ready_and_nothing_where_only_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = ("_modules", "_later")
    for name in names:  # they come back
        monkeypatch.setattr(templates, name, getattr(templates, name))
    look = notebook("import sys\nprint([n in sys.modules for n in ('entrypoints', 'pandas')])")
    templates.preload_only("entrypoints")
    assert texts(execute(look, {}, engine="fork")[0]) == "[True, False]\n"
    usual = Templates()
    assert "pandas" in usual._modules and "scipy.stats" in usual._later
    # Whichever library brings pandas: it shows wide tables as in a kernel, not as in a terminal.
    templates.preload("planlib.evaluation.opening")
    assert texts(execute(look, {}, engine="fork")[0]) == "[True, True]\n"
    wide = notebook("import pandas\nprint(pandas.get_option('display.max_columns'))")
    assert texts(execute(wide, {}, engine="fork")[0]) == "20\n"


def test_a_template_that_does_not_answer_is_replaced_by_papermill(
    caplog: pytest.LogCaptureFixture,
) -> None:
    templates.stop()  # one that has never answered
    stuck = templates.get()
    os.kill(stuck.pid, signal.SIGSTOP)
    done = papermill.execute_notebook(
        notebook("print('ran')"), None, engine_name=NAME, progress_bar=False, start_timeout=10
    )
    assert texts(done) == "ran\n"
    assert "not ready within 10 seconds" in fallen_back(caplog)[0]
    assert not runs(stuck.pid)


def test_a_source_that_changed_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    source = tmp_path / "sitecustomize.py"
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    said = []
    for text in ("said = 'once'\n", "said = 'twice'\n"):
        source.write_text(text)
        os.utime(source, (len(said), len(said)))
        done, _ = execute(notebook("import sitecustomize\nprint(sitecustomize.said)"), {})
        said.append(texts(done))
    assert said == ["once\n", "twice\n"]
    assert fallen_back(caplog) == []


def test_what_is_imported_after_the_first_notebook_is_read_again_too_when_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    source = tmp_path / "tallies.py"
    source.write_text("said = 'once'\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(templates, "_later", ("tallies",))
    look = notebook("import sys\nprint('tallies' in sys.modules)")
    seen = [texts(execute(look, {})[0])]

    def there() -> bool:
        seen.append(texts(execute(look, {})[0]))
        return seen[-1] == "True\n"

    time.sleep(0.5)
    until(there)
    assert seen[0] == "False\n"
    source.write_text("said = 'twice'\n")
    os.utime(source, (1, 1))
    assert texts(execute(notebook("import tallies\nprint(tallies.said)"), {})[0]) == "twice\n"
    assert fallen_back(caplog) == []


# Ends long after ``WAIT``. Its number, those of two it starts, one in a session of its own, its reaper's and the template's.
HELPED = (
    "import os, subprocess, time\nfrom pathlib import Path\n"
    "helpers = [subprocess.Popen(['sleep', '600'], start_new_session=own) for own in (False, True)]\n"
    "reaper = os.getppid()\n"
    "template = Path(f'/proc/{reaper}/stat').read_text().rpartition(')')[2].split()[1]\n"
    "pids = [os.getpid(), *(helper.pid for helper in helpers), reaper, template]\n"
    "Path('new').write_text(' '.join(map(str, pids)))\n"
    "os.rename('new', 'pids')\ntime.sleep(600)"
)
NOTEBOOK, REAPER, TEMPLATE = 0, 3, 4


def killed(folder: Path, which: int) -> tuple[list[int], float]:
    """Run a notebook, kill one of its processes; all of them, and how long dying took."""
    pids: list[int] = []
    began = 0.0

    def kill() -> None:
        nonlocal began
        until((folder / "pids").exists)
        pids.extend(int(pid) for pid in (folder / "pids").read_text().split())
        began = time.monotonic()
        os.kill(pids[which], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(DeadKernelError):
        papermill.execute_notebook(
            notebook(HELPED), None, engine_name=NAME, progress_bar=False, cwd=str(folder)
        )
    seconds = time.monotonic() - began
    killer.join()
    return pids, seconds


def test_a_killed_notebook_leaves_nothing_and_the_next_one_runs(tmp_path: Path) -> None:
    pids, seconds = killed(tmp_path, NOTEBOOK)
    assert seconds < 5  # told at once, not found out
    assert not any(map(runs, pids[:TEMPLATE]))
    done, failure = execute(notebook("print('next')"), {}, engine="fork")
    assert failure is None
    assert texts(done) == "next\n"
    assert templates.get().pid == pids[TEMPLATE]


def test_a_killed_template_takes_its_notebook_along_and_the_next_one_runs(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pids, _ = killed(tmp_path, TEMPLATE)
    until(lambda: not any(map(runs, pids)))
    with caplog.at_level(logging.WARNING):
        done, failure = execute(notebook("print('next')"), {}, engine="fork")
    assert failure is None
    assert texts(done) == "next\n"
    assert fallen_back(caplog) == []
    assert templates.get().pid != pids[TEMPLATE]


def test_a_killed_reaper_takes_its_notebook_along(tmp_path: Path) -> None:
    pids, _ = killed(tmp_path, REAPER)
    until(lambda: not any(map(runs, pids[:TEMPLATE])))
    assert runs(pids[TEMPLATE])


def test_a_background_process_in_a_session_of_its_own_ends_with_its_notebook(
    tmp_path: Path,
) -> None:
    left = (
        "import os, subprocess\n"
        "own = subprocess.Popen(['sleep', '99'], start_new_session=True)\n"
        "os.system('setsid sh -c \"sleep 99 & echo \\\\$! > orphan; sleep 99\" > /dev/null 2>&1 &')\n"
        "pid = os.fork()\n"
        "if pid == 0:\n"
        "    os.setsid()\n"
        "    if os.fork():\n"
        "        os._exit(0)\n"
        "    open('daemon', 'w').write(str(os.getpid()))\n"
        "    import time; time.sleep(99); os._exit(0)\n"
        "os.waitpid(pid, 0)\n"
        "while not all(os.path.exists(n) and os.path.getsize(n) for n in ('orphan', 'daemon')):\n"
        "    pass\n"
        "print(own.pid, open('orphan').read(), open('daemon').read())"
    )
    done, failure = execute(notebook(left), {}, tmp_path, engine="fork")
    assert failure is None, failure
    pids = [int(pid) for pid in texts(done).split()]
    assert len(pids) == 3 and not any(map(runs, pids))


@pytest.mark.parametrize("number", [signal.SIGKILL, *([signal.SIGTERM] if ALL else [])])
def test_everything_ends_with_the_caller(tmp_path: Path, number: signal.Signals) -> None:
    made = write(tmp_path, "in", HELPED)
    (tmp_path / "tmp").mkdir()
    command = [sys.executable, "-c", LEAN_COMMAND, "--engine", NAME, "--no-progress-bar"]
    caller = subprocess.Popen(
        [*command, "--cwd", str(tmp_path), str(made), str(tmp_path / "out.ipynb")],
        env=os.environ | {"TMPDIR": str(tmp_path / "tmp")},
        stderr=subprocess.DEVNULL,
    )
    until((tmp_path / "pids").exists)
    pids = [int(pid) for pid in (tmp_path / "pids").read_text().split()]
    assert all(map(runs, pids))
    caller.send_signal(number)
    caller.wait(WAIT)
    until(lambda: not any(map(runs, pids)))
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_stopped_batch_process_takes_its_template_along() -> None:
    worker = subprocess.Popen(
        [sys.executable, "-m", "planlib.batch.workers.worker", "--warm"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert worker.stdin is not None and worker.stdout is not None
    worker.stdout.readline()
    children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
    assert len(children) == 1
    worker.kill()
    worker.wait(WAIT)
    worker.stdin.close()
    worker.stdout.close()
    until(lambda: not runs(int(children[0])))
