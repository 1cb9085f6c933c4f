"""One worker process as its master sees it: started, asked, ended, and what to say when it dies."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING

from planlib.batch.workers.tasks import BEAT, AnyTask, TaskResult, failed
from planlib.batch.workers.watchdog import Watchdog, kill_tree

if TYPE_CHECKING:
    from planlib.batch.workers.watchdog import Started

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")  # numpy asks them once, when it is imported
GRACE = 5.0  # seconds a stopped worker has to shut its kernel down


def can_fork() -> bool:
    """Whether a process can be forked here that goes on as if it had been started.

    Elsewhere libraries of the system break by it, or there is no fork.
    """
    return sys.platform == "linux"


class WorkerProcess:
    """A ``planlib.batch.workers.worker``, started when it is first asked and again after it died.

    ``scratch`` is a folder for its own files; ``ahead`` is what it makes ready early (``WARM``, ``CALLS``
    or nothing); ``environment`` is the caller's own by default.
    """

    def __init__(
        self, scratch: Path, *, ahead: str = "", environment: Mapping[str, str] | None = None
    ) -> None:
        self._command = [
            sys.executable,
            "-m",
            "planlib.batch.workers.worker",
            *([ahead] if ahead else []),
        ]
        self._scratch = scratch
        self._given = environment
        self._process: Started | None = None
        self._ready = False  # to be asked
        self._said: IO[str] | None = None  # what it says on standard error

    def ask(self, task: AnyTask) -> TaskResult:
        """Have a task carried out; a worker that dies over it is the result's failure.

        So is one that is silent when the time of the task is up: it is stopped, or hangs.
        """
        watch = None
        try:
            process = self._process or self.start()
            if not self._ready:
                _hear(process)
                self._ready = True
            assert process.stdin is not None
            process.stdin.write(task.line() + "\n")
            process.stdin.flush()
            with Watchdog(process, task.timeout) as watch:
                while (line := _hear(process)).strip() == BEAT:
                    watch.heard()
            return TaskResult(**json.loads(line))
        except (OSError, ValueError) as error:
            late = watch is not None and watch.ended
            result = failed(watch.why) if late and watch else self._died(error)
            self.end()
            return result

    def fork(self) -> None:
        """Fork the process from this one, where there is room for another; else it starts when asked."""
        from planlib.batch.workers.forked_process import ForkedProcess  # there is not everywhere

        said = _said()
        try:
            self._process = ForkedProcess(self._command[2:3], stderr=said, env=self._environment())
        except OSError:
            said.close()
        else:
            self._said, self._ready = said, False

    def start(self) -> Started:
        """Start the process, which imports what it needs while whoever asks does something else."""
        said = self._said = _said()
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            encoding="utf-8",
            env=self._environment(),
            start_new_session=True,  # Ctrl-C is for the run, which then stops its workers in order
        )
        self._ready = False
        return self._process

    def _environment(self) -> dict[str, str]:
        """The caller's, but a report depends on nobody's IPython settings or history file."""
        given = dict(os.environ if self._given is None else self._given)
        return given | {
            "IPYTHONDIR": str(self._scratch / "ipython"),
            "JUPYTER_RUNTIME_DIR": str(self._scratch / "runtime"),
            **{name: given.get(name, "1") for name in THREADS},
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        }

    def _died(self, error: Exception) -> TaskResult:
        """The result for a worker that is gone: how it ended and the last thing it said."""
        how = f"the worker could not be started: {error}"
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(GRACE)
            code = self._process.returncode
            how = "the worker process stopped answering"
            if code is not None and code < 0:
                how = f"the worker process was ended by {signal.Signals(-code).name}"
                if -code == signal.SIGKILL:
                    how += " (out of memory?)"
            elif code is not None:
                how = f"the worker process ended with code {code}"
        words: list[str] = []
        if self._said is not None:
            self._said.seek(0)
            said = self._said.read().strip().splitlines()
            words = [line for line in said if "[IPKernelApp]" not in line]
        last = f": {words[-1]}" if words else ""
        return failed(how + last)

    def end(self) -> None:
        """End the process: no more tasks, then a request to stop, then force."""
        process, self._process = self._process, None
        said, self._said = self._said, None
        if said is not None:
            said.close()
        if process is None:
            return
        with contextlib.suppress(OSError):
            if process.stdin is not None:
                process.stdin.close()
        if process.poll() is None and self._ready:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.5)
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(GRACE)
            except subprocess.TimeoutExpired:
                kill_tree(process)
        if process.stdout is not None:
            process.stdout.close()


def _said() -> IO[str]:
    return tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")


def _hear(process: Started) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise OSError("no answer")
    return line
