"""Looks after a worker process while it works, and ends one that is silent when its time is up.

A worker keeps to the time of a notebook itself, and says every now and then that it lives. One that
is stopped, or hangs in a library, does neither; then the master must.
"""

from __future__ import annotations

import contextlib
import subprocess
import threading
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from planlib.batch.workers.forked_process import ForkedProcess

    Started = subprocess.Popen[str] | ForkedProcess

SILENT = 30.0  # seconds without a word; on a busy machine a worker may be late
LOOK = 1.0


class Watchdog:
    """Kills the process when ``timeout`` seconds are over and it has not been heard for a while.

    ``ended`` says that it did, ``why`` in words. Without a timeout nothing is ever killed.
    """

    def __init__(self, process: Started, timeout: float | None) -> None:
        self._process, self._timeout = process, timeout
        self.ended = False
        self._began = self._heard = time.monotonic()
        self._done = threading.Event()

    @property
    def why(self) -> str:
        """Why the process was ended."""
        return f"its worker was ended: it was silent when its {self._timeout:g} seconds were over"

    def heard(self) -> None:
        """The process said something."""
        self._heard = time.monotonic()

    def __enter__(self) -> Self:
        if self._timeout is not None:
            threading.Thread(target=self._look, args=(self._timeout,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()

    def _look(self, timeout: float) -> None:
        before = time.monotonic()
        while not self._done.wait(LOOK):
            now = time.monotonic()
            if now - before > SILENT / 2:  # we ourselves were stopped and heard nothing
                self._heard = now
            before = now
            if now - self._began > timeout and now - self._heard > SILENT:
                self.ended = True
                kill_tree(self._process)
                return


def kill_tree(process: Started) -> None:
    """Kill a process and everything it started, which may be stopped too and notice nothing."""
    below = []
    with contextlib.suppress(ImportError):
        import psutil  # type: ignore[import-untyped]  # ipykernel's own dependency

        with contextlib.suppress(psutil.Error):
            below = psutil.Process(process.pid).children(recursive=True)
        for one in below:
            with contextlib.suppress(psutil.Error):
                one.kill()
    process.kill()
    process.wait()
