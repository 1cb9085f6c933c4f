"""Workers of a batch forked from the process of the tests: all that one imports is there already.

They are processes as real as others, which are asked, killed and stopped in the same way; that a worker
starts from nothing stands in the tests of the command that do without this.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import IO, Any

import pytest
from forked import Forked
from here import lean_templates

from planlib.batch.workers import process as of_workers

_ENDS: list[IO[str]] = []  # ours, of all workers: no other worker may hold them open


class ForkedWorker(Forked):
    """What ``subprocess.Popen`` is to whoever starts a worker."""

    def __init__(
        self, command: Sequence[str], *, stderr: IO[str], env: Mapping[str, str], **_: Any
    ) -> None:
        asked, ask = os.pipe()
        answer, answered = os.pipe()
        self._own = (asked, answered, ask, answer, stderr.fileno())
        self._command, self._environment = command, env
        self._turn = threading.Lock()  # a watchdog's thread may wait for its end too
        self.stdin: IO[str] = open(ask, "w", encoding="utf-8")  # noqa: SIM115, PTH123
        self.stdout: IO[str] = open(answer, encoding="utf-8")  # noqa: SIM115, PTH123
        super().__init__(self._work, answered)
        os.close(asked)
        os.close(answered)
        _ENDS.extend((self.stdin, self.stdout))

    def _work(self) -> None:
        from planlib.batch.workers import worker

        os.setsid()
        asked, answered, *ours, said = self._own
        for descriptor in {*ours, *(one.fileno() for one in _ENDS if not one.closed)}:
            os.close(descriptor)
        os.dup2(asked, 0)
        os.dup2(said, 2)
        for descriptor in (asked, answered):
            os.close(descriptor)
        os.environ.clear()
        os.environ.update(self._environment)
        sys.argv = [*self._command[2:]]
        warnings.simplefilter("ignore")  # not as tests have them
        atexit._clear()
        worker.main()
        atexit._run_exitfuncs()

    def wait(self, timeout: float | None = None) -> int:
        """How it ends."""
        until = time.monotonic() + (timeout or 600)
        while self.poll() is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired(self._command, timeout or 600)
            time.sleep(0.01)
        assert self.returncode is not None
        return self.returncode

    def _ended(self, options: int) -> int | None:
        with self._turn:
            return super()._ended(options)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(15)


@contextlib.contextmanager
def forked_workers() -> Iterator[None]:
    """As long as this lasts, workers that start are forks of this process, and their templates import little."""
    started = SimpleNamespace(**vars(subprocess) | {"Popen": ForkedWorker})
    with lean_templates(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(of_workers, "subprocess", started)
        patch.setattr("planlib.batch.workers.worker.REVIEWS", ())
        yield
