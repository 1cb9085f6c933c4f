"""A process that runs tasks: ``python -m planlib.batch.workers.worker``, one line of JSON for each.

A process of its own rather than ``multiprocessing``: that imports the caller's ``__main__`` again,
and one worker that is killed takes the whole pool with it. The heavy imports and the page exporter
are made once and serve every job of the process.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import queue
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING

from planlib.batch.fork.preload import REVIEWS
from planlib.batch.fork.system import unfit_system
from planlib.batch.fork.templates import templates
from planlib.batch.notebooks.text import NO_NOTEBOOK, text_at
from planlib.batch.workers.tasks import (
    BEAT,
    BEAT_SECONDS,
    CALLS,
    WARM,
    AnyTask,
    DocumentTask,
    Task,
    TaskResult,
    failed,
    put,
    reason,
    task_of,
    unreadable,
)
from planlib.report.site.frame import Frame
from planlib.storage.store import open_store

if TYPE_CHECKING:  # it takes longer to import than a task that runs none
    from nbformat import NotebookNode


class Worker:
    """Carries out tasks, one after another."""

    def __init__(self) -> None:
        from planlib.report.site.page import PageMaker

        self._maker = PageMaker()

    def answer(self, task: AnyTask) -> TaskResult:
        """Carry out a task of either kind."""
        if isinstance(task, DocumentTask):
            from planlib.batch.workers.documents import carry_out_documents

            return carry_out_documents(task)
        return self.carry_out(task)

    def carry_out(self, task: Task) -> TaskResult:
        """Run the notebook, write it and its page. A page comes before its notebook."""
        from planlib.batch.notebooks.cleaning import clean, text_of, with_parameters
        from planlib.batch.workers.execute import execute
        from planlib.report.site.links import page_hash, with_links
        from planlib.report.site.notebook_format import nbformat

        began = time.monotonic()
        try:
            notebook = _read(task.text or text_at(task.notebook))
        except (*NO_NOTEBOOK, nbformat.ValidationError) as error:
            return unreadable(error)
        folder = Path(task.folder) if task.folder else None
        try:
            done, failure = execute(
                notebook, task.parameters, folder, engine=task.engine, timeout=task.timeout
            )
        except OSError as error:
            return failed(f"it could not be run: {reason(error)}", time.monotonic() - began)
        try:
            done = clean(done)
            if task.recorded:
                done = with_parameters(done, {**task.parameters, **task.recorded})
            files: dict[str, str] = {}
            if failure is None and task.page:
                page = self._maker.page(done, Frame(**task.frame))
                files[task.page] = with_links(page, task.links) if task.links else page
            if failure is None or task.failed:
                files[task.failed if failure is not None else task.executed] = text_of(done)
            if not task.return_files:
                put(open_store(task.out or "."), files, task.failed)
        except OSError as error:
            return TaskResult(time.monotonic() - began, trouble=reason(error))
        return TaskResult(
            time.monotonic() - began,
            asdict(failure) if failure is not None else None,
            hashes={name: page_hash(text.encode()) for name, text in files.items()},
            files=files if task.return_files else {},
        )


@lru_cache(maxsize=8)
def _read(text: str) -> NotebookNode:
    """The notebook of a text; thousands of tasks are of the same few, and each works on a copy."""
    from planlib.report.site.notebook_format import nbformat

    read: NotebookNode = nbformat.reads(text, as_version=4)
    return read


# What else a first review would import: to run, to look ahead, to draw and to link its page.
FIRST = (
    "IPython.core.interactiveshell",
    "scipy.special",
    "matplotlib.backends.backend_svg",
    "planlib.batch.workers.execute",
    "planlib.report.site.links",
)
# Stores that no task names, as it carries its notebook.
STORES = ("boto3", "pyarrow")


def _import_papermill() -> None:
    """Import papermill without what is left out, and without every other engine there is.

    papermill imports all that are installed, with their libraries; only its own and ours are asked
    for here. What is left out is there again afterwards, for whoever needs it.
    """
    import entrypoints  # type: ignore[import-untyped]

    from planlib.report.site.notebook_format import ADDRESSES, left_out

    everyone = entrypoints.get_group_all
    entrypoints.get_group_all = lambda *_: []
    try:
        with left_out(*STORES, *ADDRESSES):
            import papermill.engines  # noqa: F401 - imported for what it leaves out
    finally:
        entrypoints.get_group_all = everyone


def _import_reviews() -> None:
    """Import what a review needs while whoever starts this process still plans the run."""
    for name in (*REVIEWS, *FIRST):
        importlib.import_module(name)


def main() -> None:
    """Answer tasks until there are no more. Whatever libraries print goes to standard error."""
    results = _ResultLines(os.fdopen(os.dup(1), "w", encoding="ascii"))
    os.dup2(2, 1)
    if runtime := os.environ.get("JUPYTER_RUNTIME_DIR"):
        # Jupyter leaves a file for each kernel among the temporary ones when it is killed; here
        # they go with the folder of the run. The kernels themselves keep the usual place.
        Path(runtime).mkdir(parents=True, exist_ok=True)
        tempfile.tempdir = runtime
    with contextlib.ExitStack() as stack:
        tasks = _TaskLines()
        templates.preload(*REVIEWS)
        stack.callback(templates.stop)
        if WARM in sys.argv[1:] and not unfit_system():
            # It warms up while this process imports what it needs itself.
            templates.get()
        _import_papermill()
        worker = Worker()
        results.say(json.dumps({"ready": True}))
        if CALLS in sys.argv[1:]:
            _import_reviews()
        for line in tasks:
            with results.beating():
                result = worker.answer(task_of(line))
            tasks.answered()
            results.say(result.line())


class _ResultLines:
    """What is said to the master: answers, and, while one is being worked for, that we live."""

    def __init__(self, to: IO[str]) -> None:
        self._to = to
        self._turn = threading.Lock()

    def say(self, line: str) -> None:
        """Say a line."""
        with self._turn:
            print(line, file=self._to, flush=True)

    @contextlib.contextmanager
    def beating(self) -> Iterator[None]:
        """Say every now and then that this process lives, which one that is stopped does not."""
        ended = threading.Event()

        def beat() -> None:
            while not ended.wait(BEAT_SECONDS):
                with contextlib.suppress(OSError):  # the master is gone, which others notice
                    self.say(BEAT)

        thread = threading.Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()


class _TaskLines:
    """The lines on standard input, read by a thread, which also sees when there will be no more.

    Whoever gives the tasks is then done, or was killed: a notebook that is still running is for
    nobody, and the process ends at once. Its kernels end with it: a template when nobody writes to
    it any more, any other kernel when it finds that its parent is gone.
    """

    def __init__(self) -> None:
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._open = 0
        self._lock = threading.Lock()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            with self._lock:
                self._open += 1
            self._lines.put(line)
        with self._lock:
            if self._open:
                os._exit(1)
        self._lines.put("")

    def answered(self) -> None:
        """An task was carried out."""
        with self._lock:
            self._open -= 1

    def __iter__(self) -> Iterator[str]:
        while line := self._lines.get():
            yield line


if __name__ == "__main__":
    main()
