"""A worker forked from the process that planned the run, which has imported and read what it needs.

A worker that starts from nothing imports for as long as it makes twenty pages. Whoever asks a fork
sees no other: it is told on a pipe and answers on one, what it says on standard error goes to a
file, and it ends when nobody can tell it anything any more. It keeps nothing open that belongs to
the process it came from, such as the lock of the reports folder.
"""

from __future__ import annotations

import fcntl
import gc
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterable, Mapping, Sequence
from typing import IO

from planlib.batch.workers.forked import STOPS

LOOK = 0.005  # seconds between two looks whether it has ended
OPEN = "/proc/self/fd"


class ForkedProcess:
    """A worker, with what ``subprocess.Popen`` tells of a process."""

    def __init__(
        self, arguments: Sequence[str], *, stderr: IO[str], env: Mapping[str, str]
    ) -> None:
        """Fork it; raises OSError where there is no room for another process."""
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # as of a command that was started with its output closed
                stream.flush()
        asked, ask = os.pipe()
        answer, answered = os.pipe()
        self.args = [sys.executable, *arguments]
        self.returncode: int | None = None
        self._turn = threading.Lock()  # a watchdog's thread may wait for its end too
        # Who asks to stop meanwhile is heard afterwards: a fork would go on as the command itself.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
        try:
            self.pid = os.fork()
            if not self.pid:
                _work((asked, answered, stderr.fileno()), arguments, env, before)
        except OSError:
            for descriptor in (asked, ask, answer, answered):
                os.close(descriptor)
            raise
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        os.close(asked)
        os.close(answered)
        self.stdin: IO[str] = os.fdopen(ask, "w", encoding="utf-8")
        self.stdout: IO[str] = os.fdopen(answer, encoding="utf-8")

    def poll(self) -> int | None:
        """How it ended; None as long as it runs."""
        with self._turn:
            if self.returncode is None:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                self.returncode = os.waitstatus_to_exitcode(status) if pid else None
            return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """How it ends; raises TimeoutExpired where it does not in so many seconds."""
        until = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if until is not None and time.monotonic() > until:
                raise subprocess.TimeoutExpired(self.args, timeout or 0.0)
            time.sleep(LOOK)
        return code

    def terminate(self) -> None:
        """Ask it to end."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self._send(signal.SIGKILL)

    def _send(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)


def _work(
    ends: tuple[int, int, int], arguments: Sequence[str], env: Mapping[str, str],
    mask: Iterable[signal.Signals | int],
) -> None:  # fmt: skip
    """Be the worker, until there are no more tasks."""
    code = 1
    try:
        os.setsid()  # Ctrl-C is for the run, which then stops its workers in order
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number in STOPS - {signal.SIGINT}:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        _keep_open(ends)
        os.environ.clear()
        os.environ.update(env)
        sys.argv = [*arguments]
        gc.freeze()  # what was there before stays shared with the process it came from
        from planlib.batch.workers.worker import main

        main()
        code = 0
    except BaseException:  # of a process of its own this is all that is ever told
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _keep_open(ends: tuple[int, int, int]) -> None:
    """Ends of pipes, and a file for what is said, as standard streams, and nothing else.

    Objects of the other process may still hold the numbers of what it had open, and close them some
    day: so these lead nowhere, and are not given to anything else.
    """
    apart = [fcntl.fcntl(end, fcntl.F_DUPFD, 3) for end in ends]  # some of 0 to 2 may be closed
    for number, end in enumerate(apart):
        os.dup2(end, number)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in map(int, os.listdir(OPEN)):  # noqa: PTH208 - numbers, no files
        if number > 2 and number != nowhere:
            try:
                os.fstat(number)
            except OSError:  # that of the list itself
                continue
            os.dup2(nowhere, number)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", errors="backslashreplace", closefd=False)
