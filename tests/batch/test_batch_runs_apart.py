"""What keeps runs apart and leaves nothing behind: homes, leases, workers without a master."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

import pytest
from forked import Forked, code
from killing import marked
from own_plans import own_plan
from rich.console import Console
from scratch_notebooks import write

from planlib.batch.runs import lease as leasing
from planlib.batch.runs import progress
from planlib.batch.runs.fetched_plan import plan_at
from planlib.batch.runs.lease import lease
from planlib.batch.runs.progress import Watcher
from planlib.batch.workers.scratch import PREFIX, ScratchFolder, sweep
from planlib.batch.workers.tasks import Task
from planlib.errors import InputError
from planlib.evaluation import evaluate
from planlib.language.language import Language
from planlib.storage.store import open_store


def test_the_scratch_folder_of_a_killed_run_is_swept_and_that_of_a_living_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    script = """
import os, signal
from planlib.batch.workers.scratch import ScratchFolder
home = ScratchFolder()
print(home.path, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    said = tmp_path.with_name(f"{tmp_path.name}-said.txt")
    assert Forked(code(script), said).wait(60) == -signal.SIGKILL
    assert Path(said.read_text("utf-8").strip()).is_dir()
    with ScratchFolder() as living:
        assert list(tmp_path.iterdir()) == [living.path]
        assert sweep() == 0
    assert not list(tmp_path.iterdir())
    (tmp_path / f"{PREFIX}just-made").mkdir()
    (tmp_path / f"{PREFIX}old").mkdir()
    os.utime(tmp_path / f"{PREFIX}old", (0, 0))
    sweep()
    assert [path.name for path in tmp_path.iterdir()] == [f"{PREFIX}just-made"]


def test_an_address_is_held_by_one_run_and_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store("memory://leases/reports")
    with lease(store):
        with pytest.raises(InputError) as caught, lease(store):
            pass
        (problem,) = caught.value.problems
        assert f"process {os.getpid()} on " in str(problem)
        assert "is writing reports to this address (wait until it is done" in str(problem)
    assert store.names() == []
    # A run that was killed stops renewing, and after a while the address is free.
    store.write(".planlib.lock", json.dumps({"who": "x", "until": time.time() - 1}))
    with lease(store):
        assert "until" in json.loads(store.read(".planlib.lock"))
    monkeypatch.setattr(leasing, "SECONDS", 0.3)
    with lease(store):
        before = json.loads(store.read(".planlib.lock"))["until"]
        time.sleep(0.5)
        assert json.loads(store.read(".planlib.lock"))["until"] > before


@pytest.mark.notebook
@pytest.mark.parametrize("warm", [False, True])
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks through /proc")
def test_a_worker_whose_master_is_gone_ends_in_the_middle_of_a_notebook(
    tmp_path: Path, warm: bool
) -> None:
    began = tmp_path / "began"
    book = write(
        tmp_path, "slow", f"open({str(began)!r}, 'w').close()\nimport time; time.sleep(99)"
    )
    order = Task(str(book), str(tmp_path / "done.ipynb"))
    script = f"""
import subprocess, sys, time
worker = subprocess.Popen([sys.executable, "-m", "planlib.batch.workers.worker", *{["--warm"] * warm!r}],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)
worker.stdin.write({order.line()!r} + "\\n"); worker.stdin.flush()
time.sleep(999)
"""
    mark = {"PLANLIB_TEST_MARK": f"orphan-{tmp_path.name}"}
    master = Forked(code(script), tmp_path / "said.txt", mark)
    deadline = time.monotonic() + 90
    while not began.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert began.exists()
    assert (
        len(list(marked(mark["PLANLIB_TEST_MARK"]))) >= 2
    )  # the worker, and who runs the notebook
    master.kill()
    master.wait(60)
    deadline = time.monotonic() + 15
    while found := list(marked(mark["PLANLIB_TEST_MARK"])):
        assert time.monotonic() < deadline, found
        time.sleep(0.1)
    assert not (tmp_path / "done.ipynb").exists()


def test_a_plan_at_an_address_is_read_like_one_in_the_folder(tmp_path: Path) -> None:
    plan = own_plan(tmp_path / "plan")
    store = open_store("memory://plans/ward-2010-2015")
    for path in plan.rglob("*"):
        if path.is_file():
            store.write(str(path.relative_to(plan)), path.read_text("utf-8"))
    here = Path.cwd()
    with plan_at("memory://plans/ward-2010-2015") as name:
        assert name == "./ward-2010-2015", "not the shipped plan of that id"
        assert len(evaluate(name).figures.frame) == len(evaluate(str(plan)).figures.frame)
    assert Path.cwd() == here
    with pytest.raises(InputError, match=r"no plan\.yaml here"), plan_at("memory://plans/none"):
        pass
    store.write("plan.yaml", "id: x\n")
    told = pytest.raises(InputError, match="the key 'name' is missing")
    with told, plan_at("memory://plans/ward-2010-2015"):
        pass


def test_progress_tells_rate_time_left_and_failures() -> None:
    console = Console(force_terminal=False, width=200, record=True, file=io.StringIO())
    with Watcher(Language("en"), console) as watcher:
        watcher.expect(3, 2)
        assert watcher.pace() == ""
        watcher.started("a/b/one.html")
        watcher.finished("a/b/one.html", 1.25, "")
        watcher.started("a/b/two.html")
        watcher.finished("a/b/two.html", 1.0, "cell 3: ValueError: [x]")
        assert watcher.pace().endswith(" s left, 1 failed") and " a minute, " in watcher.pace()
    assert console.export_text().splitlines() == [
        "2 jobs are done already, 3 to run.",
        "[1/3] a/b/one.html (1.2 s)",
        "[2/3] a/b/two.html FAILED, cell 3: ValueError: [x]",
    ]


def test_what_is_made_after_the_last_job_is_told_where_it_takes_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    console = Console(force_terminal=False, width=200, record=True, file=io.StringIO())
    with Watcher(Language("fr"), console) as watcher:
        watcher.after("progress.goals", 1, 158)
        monkeypatch.setattr(progress, "OFTEN", 0.0)
        watcher.after("progress.goals", 34, 158)
        watcher.after("progress.evidence", 2, 2)
    assert console.export_text().splitlines() == [
        "pages des objectifs\N{NO-BREAK SPACE}: 34 sur 158",
        "preuves des rapports\N{NO-BREAK SPACE}: 2 sur 2",
    ]


def test_a_bar_is_drawn_on_a_terminal() -> None:
    console = Console(force_terminal=True, width=200, record=True, file=io.StringIO())
    with Watcher(Language("en"), console) as watcher:
        watcher.expect(3, 0)
        watcher.started("a/b/one.html")
        watcher.finished("a/b/one.html", 1.25, "")
        watcher.started("a/b/two.html")
        watcher._bar.refresh()  # type: ignore[union-attr]
        watcher.after("progress.goals", 34, 158)
        watcher._bar.refresh()  # type: ignore[union-attr]
    said = console.export_text()
    assert "34/158" in said and "pages of goals" in said
    assert "1/3" in said and "a minute" in said and "two.html" in said
    assert "one.html (1.2 s)" not in said
