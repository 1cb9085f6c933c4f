"""One job that fails in an odd way costs itself and nothing else, and what is told of it is true."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
import pytest
from commands import planlib
from examples import ALL
from forked_workers import forked_workers
from here import lean_templates, tasks_here
from killing import MARK, marked
from scratch_notebooks import notebook, write

from planlib.batch.fork.system import unfit_system
from planlib.batch.workers.execute import execute
from planlib.errors import InputError

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks through /proc")


def batch(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run the jobs to their end; its worker is a process of its own."""
    given = ["--workers", "1", "--engine", "papermill", "--retries", "0", *more]
    with forked_workers():
        return planlib("batch", "jobs.yaml", "--out", "out", *given, folder=folder)


def jobs(folder: Path, **sources: str) -> None:
    """A list of notebooks of one's own, by the name of each and its only cell."""
    for name, source in sources.items():
        write(folder, name, source, parameters="n = 0")
    lines = [f"- {{notebook: {name}.ipynb, output: mine/{name}}}" for name in sources]
    (folder / "jobs.yaml").write_text("\n".join(lines), encoding="utf-8")


def log(folder: Path) -> dict[str, dict[str, object]]:
    lines = (folder / "out/batch-log.jsonl").read_text("utf-8").splitlines()[1:]
    return {one["job"].rpartition("/")[2]: one for one in map(json.loads, lines)}


BROKEN = {
    "gone": ("os.unlink('gone.ipynb')", "No such file or directory"),
    "pipe": ("os.unlink('pipe.ipynb'); os.mkfifo('pipe.ipynb')", "a pipe or a device, not a file"),
    "half": ("open('half.ipynb', 'w').write('{')", "NotJSONError"),
    "deep": ("open('deep.ipynb', 'w').write('[' * 100000)", "it is nested too deeply"),
}


@pytest.mark.notebook
def test_notebooks_that_vanish_or_break_fail_alone(tmp_path: Path) -> None:
    spoil = "\n".join(["import os", *(spoils for spoils, _ in BROKEN.values())])
    jobs(tmp_path, first=spoil, **dict.fromkeys(BROKEN, "1"), last="print('last')")
    given = ("batch", "jobs.yaml", "--out", "out", "--workers", "1", "--retries", "0")
    with tasks_here():
        done = planlib(*given, folder=tmp_path)
    assert done.returncode == 3, done.stderr
    told = log(tmp_path)
    assert {name: one["status"] for name, one in told.items()} == {
        "first": "ran", **dict.fromkeys(BROKEN, "failed"), "last": "ran",
    }  # fmt: skip
    for name, (_, why) in BROKEN.items():
        assert f"the notebook cannot be read: {why}" in str(told[name]["error"])
        assert told[name]["kept"] == ""
    assert "kept as" not in done.stdout
    assert "Traceback" not in done.stderr and (tmp_path / "out/mine/last.html").is_file()


@pytest.mark.notebook
def test_a_notebook_is_kept_only_where_it_was_written(tmp_path: Path) -> None:
    kill = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nimport time\ntime.sleep(9)"
    jobs(tmp_path, dead=kill, wrong="1 / 0")
    done = batch(tmp_path)
    assert done.returncode == 3, done.stderr
    told = log(tmp_path)
    assert (told["dead"]["kept"], told["wrong"]["kept"]) == ("", "mine/wrong.failed.ipynb")
    assert "mine/dead.html failed\n" in done.stdout
    assert "mine/wrong.html failed, kept as out/mine/wrong.failed.ipynb\n" in done.stdout
    assert [path.name for path in (tmp_path / "out/mine").iterdir()] == ["wrong.failed.ipynb"]


@linux
@pytest.mark.notebook
@pytest.mark.slow
@pytest.mark.parametrize(
    ("engine", "above"),  # the kernel's reaper, the template and the worker, or the worker alone
    [("fork", 3), *([("papermill", 1)] if ALL else [])],
)
def test_a_worker_that_is_stopped_does_not_stop_the_batch(
    tmp_path: Path, engine: str, above: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planlib.batch.workers.watchdog.SILENT", 10.0)  # five times its beat
    stop = (
        f"import os, signal\nfrom pathlib import Path\npid = os.getpid()\nfor _ in range({above}):\n"
        "    pid = int(Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()[1])\n"
        "    os.kill(pid, signal.SIGSTOP)\n"
        "import time\ntime.sleep(600)"
    )
    jobs(tmp_path, stopped=stop, next="print('next')")
    mark = f"stopped-{os.getpid()}-{engine}"
    monkeypatch.setenv(MARK, mark)  # of what it starts
    done = batch(tmp_path, "--timeout", "5", "--engine", engine)
    assert done.returncode == 3, done.stderr
    told = log(tmp_path)
    assert told["next"]["status"] == "ran"
    assert told["stopped"]["error"] == (
        "its worker was ended: it was silent when its 5 seconds were over"
    )
    deadline = time.monotonic() + 60
    while list(marked(mark)):
        assert time.monotonic() < deadline, list(marked(mark))
        time.sleep(0.1)


@pytest.mark.parametrize("name", ["index", "mine/x/index"])
def test_a_notebook_may_not_stand_where_an_index_does(tmp_path: Path, name: str) -> None:
    from planlib.batch.jobs.custom_notebooks import NotebookRequest
    from planlib.batch.jobs.planning import plan_run

    book = write(tmp_path, "mine", "1", parameters="n = 0")
    with pytest.raises(InputError, match=f"'output': '{name}' is") as told:
        plan_run([NotebookRequest(book, name)], tmp_path / "out")
    assert len(told.value.problems) == 1
    plan_run([NotebookRequest(book, "mine/index"), NotebookRequest(book, "index/x")], tmp_path)


MOST = 5_000_000  # a tenth of what a notebook may say, so that it is said sooner
ENDLESS = "while True:\n    print('x' * 100_000)"
AT_ONCE = f"print('x' * {5 * MOST})"
SHOWN = "from IPython.display import HTML, display\nwhile True:\n    display(HTML('x' * 1_000_000))"


@pytest.mark.notebook
@pytest.mark.slow
@pytest.mark.parametrize(
    ("engine", "source"),
    [("papermill", ENDLESS), ("fork", AT_ONCE), ("fork", SHOWN)]  # the others come after
    + ([("fork", ENDLESS), ("papermill", AT_ONCE), ("papermill", SHOWN)] if ALL else []),
)
def test_outputs_without_end_are_stopped_and_what_there_was_is_kept(
    engine: str, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planlib.batch.workers.execute.MOST", MOST)
    if engine == "fork" and unfit_system():
        pytest.skip("forks nothing")
    with lean_templates():
        done, failure = execute(notebook("print('before')", source, "1"), {}, engine=engine)
    assert failure is not None
    assert (failure.cell, failure.error) == (
        4, "it was stopped: its outputs came to more than 5 million characters",
    )  # fmt: skip
    assert done.cells[2].outputs[0].text == "before\n"
    assert len(nbformat.writes(done)) < MOST + 10_000


@pytest.mark.notebook
def test_outputs_that_are_cleared_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planlib.batch.workers.execute.MOST", 3000)
    clears = (
        "from IPython.display import clear_output\n"
        "for n in range(20):\n    clear_output()\n    print('x' * 1000, flush=True)"
    )
    done, failure = execute(notebook(clears), {}, engine="papermill")
    assert failure is None, failure
    assert done.cells[2].outputs[0].text == "x" * 1000 + "\n"


def test_a_run_of_few_areas_leaves_the_index_of_somebody_elses_folder(tmp_path: Path) -> None:
    from planlib.report.site.writing import write_index

    page = tmp_path / "mine/x/index.html"
    page.parent.mkdir(parents=True)
    page.write_text("mine")
    write_index(tmp_path)
    assert page.read_text() == "mine"


@pytest.mark.parametrize(
    ("sign", "before"),
    [
        (signal.SIGINT, signal.default_int_handler),
        (signal.SIGINT, signal.SIG_IGN),
        (signal.SIGTERM, signal.SIG_DFL),
        (signal.SIGHUP, signal.SIG_DFL),
        (signal.SIGHUP, signal.SIG_IGN),
    ],
)
def test_what_asks_a_run_to_end_stops_it_and_signals_are_as_they_were(
    sign: signal.Signals, before: Any
) -> None:
    from planlib.cli.stopping import stoppable

    stops = (sign, before) != (signal.SIGHUP, signal.SIG_IGN)  # as nohup has it
    usual = signal.signal(sign, before)
    try:
        with pytest.raises(KeyboardInterrupt) if stops else contextlib.nullcontext(), stoppable():
            signal.raise_signal(sign)
        assert signal.getsignal(sign) == before
    finally:
        signal.signal(sign, usual)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_stop_that_python_drops_is_heard_when_a_run_looks_and_at_its_next_job() -> None:
    from planlib.cli.batches.watching import Quiet
    from planlib.cli.stopping import Stoppable, stoppable

    class Gone:
        def __del__(self) -> None:
            os.kill(os.getpid(), signal.SIGINT)

    with stoppable() as stop:
        stop.check()
        gone = Gone()
        del gone  # the exception ends with the callback it is raised in
        with pytest.raises(KeyboardInterrupt):
            stop.check()
        told = Stoppable(Quiet(), stop)
        for tell in (partial(told.expect, 2, 0), partial(told.started, "a"),
                     partial(told.finished, "a", 0.5, "")):  # fmt: skip
            with pytest.raises(KeyboardInterrupt):
                tell()
