"""A command in a process of its own, forked from that of the tests: all that it imports is there already.

For tests in which a command is stopped, killed or waits while the test goes on. That commands start
from nothing stands in ``tests/cli`` and in the tests that start ``PROCESS`` of ``commands.py``.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from planlib.cli import main


class Forked:
    """A call in a fork, with what ``subprocess.Popen`` tells of a process."""

    def __init__(
        self, call: Callable[[], object], said: Path | int, more: Mapping[str, str] | None = None
    ) -> None:
        """Call something; what it says goes to the end of a file, or to a descriptor."""
        self.returncode: int | None = None
        self.pid = os.fork()
        if not self.pid:
            self._child(call, said, more or {})

    def _child(self, call: Callable[[], object], said: Path | int, more: Mapping[str, str]) -> None:
        code = 1
        try:
            to = (
                said
                if isinstance(said, int)
                else os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            )
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            for descriptor in (1, 2):
                os.dup2(to, descriptor)
            sys.stdin = sys.__stdin__ = open(0, closefd=False)  # noqa: SIM115
            sys.stdout = sys.__stdout__ = open(1, "w", buffering=1, closefd=False)  # noqa: SIM115
            sys.stderr = sys.__stderr__ = open(2, "w", buffering=1, closefd=False)  # noqa: SIM115
            os.environ.update(more)
            os.environ.pop("PYTEST_CURRENT_TEST", None)
            call()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        except BaseException:
            traceback.print_exc()
        finally:
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
            os._exit(code)

    def poll(self) -> int | None:
        """How it ended, where it has."""
        return self._ended(os.WNOHANG)

    def wait(self, seconds: float) -> int:
        """How it ends."""
        deadline = time.monotonic() + seconds
        while self.poll() is None:
            assert time.monotonic() < deadline, f"process {self.pid} does not end"
            time.sleep(0.02)
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, as long as it runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)

    def _ended(self, options: int) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, options)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode


def code(text: str, *arguments: str) -> Callable[[], None]:
    """What a program says, called with some arguments."""

    def called() -> None:
        sys.argv = ["-c", *arguments]
        exec(compile(text, "<forked>", "exec"), {"__name__": "__main__"})

    return called


def nbval(*arguments: str) -> Callable[[], None]:
    """Pytest with nbval and no other plugin; it ends as pytest does."""

    def called() -> None:
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        given = ["-p", "nbval.plugin", "--nbval", "-q", "-p", "no:cacheprovider", *arguments]
        sys.exit(pytest.main(given))

    return called


def command(*arguments: str) -> Callable[[], None]:
    """A command as somebody types it."""

    def called() -> None:
        sys.argv = ["planlib", *arguments]
        main()

    return called
