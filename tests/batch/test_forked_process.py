"""Workers forked from the process that planned the run: the same pages, and nothing of its own kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from here import tasks_here
from own_plans import small_plan
from test_only_changed import contents

from planlib.batch.jobs.jobs import Request
from planlib.batch.jobs.planning import plan_run
from planlib.batch.runs.progress import Watcher
from planlib.batch.runs.run import run
from planlib.batch.runs.settings import BatchSettings
from planlib.batch.workers import process as of_workers
from planlib.batch.workers.process import WorkerProcess
from planlib.batch.workers.tasks import Task
from planlib.language.language import Language

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there is no fork")


def no_starts() -> Any:
    """What stands for ``subprocess`` where a worker is started; others may start what they like."""

    def started(*_: Any, **__: Any) -> None:
        raise AssertionError("a worker was started")

    return SimpleNamespace(**vars(subprocess) | {"Popen": started})


@pytest.fixture(autouse=True)
def none_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker may be started here."""
    monkeypatch.setattr(of_workers, "subprocess", no_starts())


def batch(plan: Path, out: Path) -> int:
    request = Request(str(plan), areas="all", years=[2011], langs=["en"], midterm=True)
    with Watcher(Language("en")) as watcher:
        settings = BatchSettings(record=True, workers=2, forks=True)
        return len(run(plan_run([request], out), watcher, settings).failed)


def test_pages_of_forks_are_those_of_other_workers(tmp_path: Path) -> None:
    plan = small_plan(tmp_path / "plan")
    # Of a process of its own: that of the tests has run other tests, and may hold their threads' locks.
    here = Path(__file__).parent
    run = (
        "import sys; from pathlib import Path; import test_forked_process as its;"
        "its.of_workers.subprocess = its.no_starts();"
        "sys.exit(its.batch(*map(Path, sys.argv[1:])))"
    )
    done = subprocess.run(
        [sys.executable, "-c", run, str(plan), str(tmp_path / "forked")],
        env=os.environ | {"PYTHONPATH": f"{here}:{here.parent}"},
        check=False, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with tasks_here():
        assert batch(plan, tmp_path / "here") == 0
    assert contents(tmp_path / "forked") == contents(tmp_path / "here")


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[WorkerProcess]:
    one = WorkerProcess(tmp_path / "scratch")
    yield one
    one.end()


def pid_of(worker: WorkerProcess) -> int:
    assert worker._process is not None
    return worker._process.pid


def test_a_fork_keeps_nothing_open_of_the_process_it_came_from(
    worker: WorkerProcess, tmp_path: Path
) -> None:
    """A lock that a fork held open would outlive the run it belongs to."""
    with (tmp_path / "lock").open("w"):
        worker.fork()
        missing = Task(notebook=str(tmp_path / "none.ipynb"), executed="none.ipynb")
        assert "cannot be read" in str(worker.ask(missing).failure)
        links = Path(f"/proc/{pid_of(worker)}/fd").iterdir()
        held = [str(link.readlink()) for link in links]
    assert str(tmp_path / "lock") not in held
    assert os.getsid(pid_of(worker)) == pid_of(worker)


def test_a_fork_that_is_killed_costs_its_task_and_is_gone(worker: WorkerProcess) -> None:
    worker.fork()
    killed = pid_of(worker)
    os.kill(killed, signal.SIGKILL)
    result = worker.ask(Task(notebook="none.ipynb", executed="none.ipynb"))
    assert "ended by SIGKILL" in str(result.failure)
    assert not Path(f"/proc/{killed}").exists()


def test_a_fork_that_nobody_asks_any_more_ends(worker: WorkerProcess) -> None:
    worker.fork()
    forked = worker._process
    assert forked is not None and forked.stdin is not None
    forked.stdin.close()
    assert forked.wait(60) == 0


def test_what_nobody_thought_of_ends_a_run_and_is_raised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread that died in silence would leave the run waiting for ever."""

    def asked(*_: Any) -> None:
        raise LookupError("nobody thought of this")

    monkeypatch.setattr(WorkerProcess, "ask", asked)
    with pytest.raises(LookupError, match="nobody thought of this"):
        batch(small_plan(tmp_path / "plan"), tmp_path / "out")
