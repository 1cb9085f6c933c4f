"""Worker processes, each fed by a thread: a worker that dies costs its job, not the run."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from planlib.batch.worker import WARM, Answer, Order

GRACE = 5.0  # seconds a stopped worker has to shut its kernel down


@dataclass(frozen=True)
class Started:
    """A job was taken up."""

    number: int


@dataclass(frozen=True)
class Answered:
    """A job was answered."""

    number: int
    answer: Answer


class Pool:
    """Runs orders in worker processes; leaving the ``with`` block stops them.

    ``warm`` forks kernels from a warm template, which pays from the second notebook on.
    """

    def __init__(self, size: int, *, warm: bool = False) -> None:
        self._size = size
        self._command = [sys.executable, "-m", "planlib.batch.worker", *([WARM] if warm else [])]
        self._stop = threading.Event()
        self._running: set[subprocess.Popen[str]] = set()
        self._events: queue.SimpleQueue[Started | Answered] = queue.SimpleQueue()
        self._home = tempfile.TemporaryDirectory(prefix="planlib-")

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for process in list(self._running):
            _end(process)
        self._home.cleanup()

    def run(self, orders: Sequence[Order]) -> Iterator[Started | Answered]:
        """Carry out orders, telling what happens as it happens, in no fixed order."""
        waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
        for number in range(len(orders)):
            waiting.put(number)
        size = min(self._size, len(orders))
        for _ in range(size):
            threading.Thread(target=self._feed, args=(orders, waiting), daemon=True).start()
        missing = len(orders)
        while missing:
            event = self._events.get()
            missing -= isinstance(event, Answered)
            yield event

    def _feed(self, orders: Sequence[Order], waiting: queue.SimpleQueue[int]) -> None:
        """One thread: give a worker order after order; start another where it died."""
        process: subprocess.Popen[str] | None = None
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
            while not self._stop.is_set():
                try:
                    number = waiting.get_nowait()
                except queue.Empty:
                    break
                self._events.put(Started(number))
                try:
                    if process is None:
                        process = self._start(said)
                    answer = _ask(process, orders[number])
                except (OSError, ValueError) as error:
                    answer = _died(process, said, error)
                    if process is not None:
                        self._drop(process)
                    process = None
                self._events.put(Answered(number, answer))
            if process is not None:
                self._drop(process)

    def _start(self, said: IO[str]) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            encoding="utf-8",
            env=self._environment(),
            start_new_session=True,  # Ctrl-C is for the run, which then stops its workers in order
        )
        self._running.add(process)
        _hear(process)  # ready
        return process

    def _drop(self, process: subprocess.Popen[str]) -> None:
        _end(process)
        self._running.discard(process)

    def _environment(self) -> dict[str, str]:
        """The caller's, but a report depends on nobody's IPython settings or history file."""
        home = Path(self._home.name)
        return os.environ | {
            "IPYTHONDIR": str(home / "ipython"),
            "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
            "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1"),
            "OPENBLAS_NUM_THREADS": os.environ.get("OPENBLAS_NUM_THREADS", "1"),
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        }


def _ask(process: subprocess.Popen[str], order: Order) -> Answer:
    assert process.stdin is not None
    process.stdin.write(order.line() + "\n")
    process.stdin.flush()
    return Answer(**json.loads(_hear(process)))


def _hear(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise OSError("no answer")
    return line


def _died(process: subprocess.Popen[str] | None, said: IO[str], error: Exception) -> Answer:
    """The answer for a worker that is gone: how it ended and the last thing it said."""
    how = f"the worker could not be started: {error}"
    if process is not None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
        code = process.returncode
        how = "the worker process stopped answering"
        if code is not None and code < 0:
            how = f"the worker process was ended by {signal.Signals(-code).name}"
            if -code == signal.SIGKILL:
                how += " (out of memory?)"
        elif code is not None:
            how = f"the worker process ended with code {code}"
    said.seek(0)
    words = [line for line in said.read().strip().splitlines() if "[IPKernelApp]" not in line]
    last = f": {words[-1]}" if words else ""
    return Answer(failure={"cell": None, "source": "", "error": how + last, "at": ""})


def _end(process: subprocess.Popen[str]) -> None:
    """End a worker: no more orders, then a request to stop, then force."""
    with contextlib.suppress(OSError):
        if process.stdin is not None:
            process.stdin.close()
    if process.poll() is None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.5)
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if process.stdout is not None:
        process.stdout.close()
