"""A process that runs jobs: ``python -m planlib.batch.workers.worker``, one line of JSON for each.

A process of its own rather than ``multiprocessing``: that imports the caller's ``__main__`` again,
and one worker that is killed takes the whole pool with it. The heavy imports and the page exporter
are made once and serve every job of the process.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from planlib.batch.notebooks.text import NO_NOTEBOOK, text_at, why_unread
from planlib.report.site.frame import Frame
from planlib.storage.store import Store, open_store

if TYPE_CHECKING:  # it would import pandas, which only the notebooks' processes need
    from planlib.batch.jobs.parameters import Value

WARM = "--warm"
BEAT, OFTEN = "alive", 2.0  # what a worker that is busy says, and every how many seconds


@dataclass(frozen=True)
class Order:
    """What a worker needs to know of a job.

    ``executed`` is where the notebook goes, ``failed`` where one that stopped goes; ``page``,
    ``frame`` and ``links`` are those of its page; all three are names below ``out``, a folder or an
    address, or paths where that is empty. ``folder`` is where the cells stand. Empty means none,
    and for the folder the current one. ``text`` is the notebook itself, for a machine that does not
    have the file. ``kept`` are parameters that the kept notebook tells otherwise. With ``back`` the files are not written but handed back. ``timeout`` is in
    seconds for the whole notebook.
    """

    notebook: str
    executed: str
    parameters: dict[str, Value] = field(default_factory=dict)
    failed: str = ""
    page: str = ""
    frame: dict[str, Any] = field(default_factory=dict)
    folder: str = ""
    engine: str = "auto"
    timeout: float | None = None
    out: str = ""
    links: str = ""
    text: str = ""
    kept: dict[str, Value] = field(default_factory=dict)
    back: bool = False

    def line(self) -> str:
        """The order as one line."""
        return json.dumps(asdict(self))


@dataclass(frozen=True)
class Answer:
    """What came of an order.

    ``trouble`` is set where the files could not be written. ``hashes`` are those of the files, by
    name; ``files`` the files themselves where they are handed back. ``attempts`` counts how often
    the job was tried.
    """

    seconds: float = 0.0
    failure: dict[str, Any] | None = None
    trouble: str = ""
    hashes: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    attempts: int = 1

    def line(self) -> str:
        """The answer as one line."""
        return json.dumps(asdict(self))


class Worker:
    """Carries out orders, one after another."""

    def __init__(self) -> None:
        from planlib.report.site.page import PageMaker

        self._maker = PageMaker()

    def carry_out(self, order: Order) -> Answer:
        """Run the notebook, write it and its page. A page comes before its notebook."""
        import nbformat

        from planlib.batch.notebooks.cleaning import clean, text_of, with_parameters
        from planlib.batch.workers.execute import execute
        from planlib.report.site.index import page_hash, with_links

        began = time.monotonic()
        try:
            notebook = nbformat.reads(order.text or text_at(order.notebook), as_version=4)
        except (*NO_NOTEBOOK, nbformat.ValidationError) as error:
            return unreadable(error)
        folder = Path(order.folder) if order.folder else None
        try:
            done, failure = execute(
                notebook, order.parameters, folder, engine=order.engine, timeout=order.timeout
            )
        except OSError as error:
            return failed(f"it could not be run: {reason(error)}", time.monotonic() - began)
        try:
            done = clean(done)
            if order.kept:
                done = with_parameters(done, {**order.parameters, **order.kept})
            files: dict[str, str] = {}
            if failure is None and order.page:
                page = self._maker.page(done, Frame(**order.frame))
                files[order.page] = with_links(page, order.links) if order.links else page
            if failure is None or order.failed:
                files[order.failed if failure is not None else order.executed] = text_of(done)
            if not order.back:
                put(open_store(order.out or "."), files, order.failed)
        except OSError as error:
            return Answer(time.monotonic() - began, trouble=reason(error))
        return Answer(
            time.monotonic() - began,
            asdict(failure) if failure is not None else None,
            hashes={name: page_hash(text.encode()) for name, text in files.items()},
            files=files if order.back else {},
        )


def unreadable(error: BaseException) -> Answer:
    """The answer for a notebook that was there when the run began, and is none any more."""
    return failed(f"the notebook cannot be read: {why_unread(error)}")


def failed(why: str, seconds: float = 0.0) -> Answer:
    """The answer for a job that failed outside the cells of its notebook."""
    return Answer(seconds, failure={"cell": None, "source": "", "error": why, "at": ""})


def put(store: Store, files: Mapping[str, str], failed: str) -> None:
    """Write the files of a job; a notebook that stopped before is gone once the job ran.

    Raises OSError.
    """
    for name, text in files.items():
        store.write(name, text)
    if failed and failed not in files:
        store.remove(failed)


def reason(error: OSError) -> str:
    """Why a file could not be written, with the file."""
    where = f": {error.filename}" if error.filename else ""
    return f"{error.strerror or error}{where}"


def _import_papermill() -> None:
    """Import papermill without two things that take longer than it does.

    An optional part of jsonschema builds a grammar of web addresses; no notebook is checked with
    it. And papermill imports every engine that is installed, with its libraries; here only its own
    and ours are asked for.
    """
    import entrypoints  # type: ignore[import-untyped]

    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    everyone = entrypoints.get_group_all
    entrypoints.get_group_all = lambda *_: []
    try:
        import papermill.engines  # noqa: F401 - imported for what it leaves out
    finally:
        entrypoints.get_group_all = everyone


def main() -> None:
    """Answer orders until there are no more. Whatever libraries print goes to standard error."""
    answers = _Answers(os.fdopen(os.dup(1), "w", encoding="ascii"))
    os.dup2(2, 1)
    if runtime := os.environ.get("JUPYTER_RUNTIME_DIR"):
        # Jupyter leaves a file for each kernel among the temporary ones when it is killed; here
        # they go with the folder of the run. The kernels themselves keep the usual place.
        Path(runtime).mkdir(parents=True, exist_ok=True)
        tempfile.tempdir = runtime
    with contextlib.ExitStack() as stack:
        orders = _Orders()
        if WARM in sys.argv[1:]:
            from planlib.batch.fork.system import unfit_system
            from planlib.batch.fork.templates import templates
            from planlib.batch.notebooks.preloaded import MODULES

            if not unfit_system():
                templates.preload(*MODULES)
                # It warms up while this process imports what it needs itself.
                templates.get()
                stack.callback(templates.stop)
        _import_papermill()
        worker = Worker()
        answers.say(json.dumps({"ready": True}))
        for line in orders:
            with answers.beating():
                answer = worker.carry_out(Order(**json.loads(line)))
            orders.answered()
            answers.say(answer.line())


class _Answers:
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
            while not ended.wait(OFTEN):
                with contextlib.suppress(OSError):  # the master is gone, which others notice
                    self.say(BEAT)

        thread = threading.Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()


class _Orders:
    """The lines on standard input, read by a thread, which also sees when there will be no more.

    Whoever gives the orders is then done, or was killed: a notebook that is still running is for
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
        """An order was carried out."""
        with self._lock:
            self._open -= 1

    def __iter__(self) -> Iterator[str]:
        while line := self._lines.get():
            yield line


if __name__ == "__main__":
    main()
