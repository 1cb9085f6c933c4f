"""The fork engine in a process with threads, with many open files, in a changing environment."""

from __future__ import annotations

import asyncio
import gc
import os
import resource
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from examples import ALL, turns
from here import lean_templates
from jupyter_core.utils import ensure_event_loop
from nbformat import NotebookNode
from scratch_notebooks import notebook

from planlib.batch.fork.processes import Launch, Unfit
from planlib.batch.fork.system import unfit_system
from planlib.batch.fork.templates import surroundings, templates
from planlib.batch.workers.execute import execute
from planlib.batch.workers.failure import NotebookFailure

pytestmark = [
    pytest.mark.notebook,
    pytest.mark.skipif(unfit_system() != "", reason="forks nothing"),
]
THREADS = 4


@pytest.fixture(autouse=True, scope="module")
def _no_template_left() -> Iterator[None]:
    with lean_templates():  # many start here
        yield
    templates.stop()


def run(*cells: str) -> tuple[NotebookNode, NotebookFailure | None]:
    return execute(notebook(*cells), {}, engine="fork")


def run_in_thread(*cells: str) -> tuple[NotebookNode, NotebookFailure | None]:
    """Run cells in a thread whose event loop is closed again, which nbclient does not do."""
    try:
        return run(*cells)
    finally:
        ensure_event_loop().close()
        asyncio.set_event_loop(None)


def texts(done: NotebookNode) -> str:
    return "".join(out.get("text", "") for cell in done.cells for out in cell.get("outputs", []))


def fallen_back(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.name == "planlib.batch.fork"]


def test_threads_that_begin_together_share_one_template(caplog: pytest.LogCaptureFixture) -> None:
    look = "import os\nprint(os.popen(f'ps -o ppid= -p {os.getppid()}').read().strip())"
    with ThreadPoolExecutor(THREADS) as threads:
        done = list(threads.map(lambda n: run_in_thread(f"print({n})", look), range(2 * THREADS)))
    assert [failure for _, failure in done] == [None] * 2 * THREADS
    told = [texts(one).split() for one, _ in done]
    assert [int(number) for number, _ in told] == list(range(2 * THREADS))
    assert {int(pid) for _, pid in told} == {templates.get().pid}
    assert fallen_back(caplog) == []


def test_a_changed_environment_leaves_running_notebooks_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    begun, on = tmp_path / "begun", tmp_path / "on"
    waits = (
        f"import os, time\nopen({str(begun)!r}, 'w').close()\n"
        f"while not os.path.exists({str(on)!r}):\n    time.sleep(0.05)\nprint(os.environ.get('LATE'))"
    )
    with ThreadPoolExecutor(1) as thread:
        first = thread.submit(run_in_thread, waits)
        while not begun.exists():
            assert not first.done(), first.result()
        before = templates.get()
        monkeypatch.setenv("LATE", "1")
        second, failure = run("import os\nprint(os.environ['LATE'])")
        assert failure is None and texts(second) == "1\n"
        assert before.alive
        on.touch()
        done, failure = first.result()
    assert failure is None and texts(done) == "None\n"
    assert not before.alive  # nobody needs it any more
    assert fallen_back(caplog) == []


def test_a_template_that_fails_one_notebook_ends_with_the_others(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as thread:
        begun = tmp_path / "begun"
        first = thread.submit(
            run_in_thread,
            f"import time\nopen({str(begun)!r}, 'w').close()\ntime.sleep(2)\nprint('whole')",
        )
        while not begun.exists():
            assert not first.done(), first.result()
        old = templates.get()
        old.retired = True
        assert templates.get().pid != old.pid
        done, failure = first.result()
    assert failure is None and texts(done) == "whole\n"
    assert not old.alive


def test_the_environment_can_be_read_while_another_thread_changes_it() -> None:
    ended = threading.Event()

    def change() -> None:
        while not ended.is_set():
            for n in range(50):
                os.environ[f"PLANLIB_TEST_{n}"] = "x"
            for n in range(50):
                del os.environ[f"PLANLIB_TEST_{n}"]

    thread = threading.Thread(target=change)
    thread.start()
    try:
        assert all("PATH" in surroundings() for _ in range(300))
    finally:
        ended.set()
        thread.join()


def test_more_than_1024_open_files_are_no_obstacle(caplog: pytest.LogCaptureFixture) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 2000:
        pytest.skip("no more files may be open here")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2000), hard))
    held = [os.open(os.devnull, os.O_RDONLY) for _ in range(1100)]
    try:
        done, failure = run("import os\nos.system('echo shell')\nprint('ran')")
    finally:
        for descriptor in held:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert failure is None and texts(done).endswith("ran\n")
    assert fallen_back(caplog) == []


def descriptors() -> set[int]:
    return {number for number in range(2000) if Path(f"/proc/self/fd/{number}").is_symlink()}


@pytest.mark.parametrize("left", turns(range(6), 3, whole=ALL))
def test_where_no_more_files_may_be_open_there_is_no_process_and_nothing_stays_open(
    left: int,
) -> None:
    template = templates.get()
    gc.collect()  # event loops that nbclient left
    held = descriptors()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    limit = 0
    while left or limit in held:
        left -= limit not in held
        limit += 1
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
    try:
        with pytest.raises(Unfit, match="Too many open files"):
            template.fork(Launch([], {}, "/"), 60)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert descriptors() == held
