"""Runs one notebook through papermill, in memory, and says in one block why it failed.

Two engines run the cells: papermill's own, a kernel for each notebook, is the reference on every
system; the fork engine gives the same outputs several times faster where the system can fork.

Papermill would write to the final path cell by cell; here it writes to memory, and only a whole
notebook is ever put into the reports folder.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Mapping
from pathlib import Path

import nbformat
import papermill
from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.iorw import papermill_io
from zmq.error import ZMQError

from planlib.batch.cleaning import KERNEL
from planlib.batch.failure import Failure
from planlib.batch.fork.entry import NAME as FORK
from planlib.batch.fork.entry import Entry, unfit_system
from planlib.batch.parameters import Value
from planlib.errors import shown_path

_MEMORY = "planlib-memory://"
_FRAME = re.compile(r"^File (\S+?):(\d+),? in (\w+)", re.MULTILINE)
START = 120  # seconds a kernel may take to start on a busy machine
ENGINES = ("auto", "papermill", "fork")


class _Memory:
    """A place for papermill to write to; keeps the last state of each notebook."""

    def __init__(self) -> None:
        self.written: dict[str, str] = {}

    def write(self, text: str, path: str) -> None:
        self.written[path] = text

    def read(self, path: str) -> str:
        return self.written[path]

    def listdir(self, path: str) -> list[str]:
        return [name for name in self.written if name.startswith(path)]

    def pretty_path(self, path: str) -> str:
        return path


_memory = _Memory()
papermill_io.register(_MEMORY, _memory)
papermill_engines.register(FORK, Entry)  # in case planlib runs without having been installed
logging.getLogger("papermill").setLevel(logging.CRITICAL)


def execute(
    notebook: NotebookNode,
    parameters: Mapping[str, Value],
    folder: Path | None = None,
    *,
    engine: str = "auto",
    timeout: float | None = None,
) -> tuple[NotebookNode, Failure | None]:
    """Run a notebook; return it with its outputs, and why it stopped where it did.

    The parameters must have been checked (see ``planlib.batch.parameters``). ``folder`` is where
    the cells stand, the current folder by default. ``engine`` is one of ``ENGINES``: ``auto`` is
    ``fork`` where the system can fork, else ``papermill``; where ``fork`` is in doubt about a
    notebook, papermill runs it and a warning of the logger ``planlib.batch.fork`` says why.
    ``timeout`` is how many seconds all cells together may take, endless by default. A kernel that
    dies before the first cell has lost a race for its ports against another one: it is started
    once more. Raises ValueError for an engine there is none of.
    """
    if engine not in ENGINES:
        raise ValueError(f"no engine {engine!r}; there are {', '.join(ENGINES)}")
    name = FORK if engine == "fork" or (engine == "auto" and not unfit_system()) else None
    done, failure = _once(notebook, parameters, folder, name, timeout)
    if failure is not None and failure.cell is None:
        done, failure = _once(notebook, parameters, folder, name, timeout)
    return done, failure


def _once(
    notebook: NotebookNode,
    parameters: Mapping[str, Value],
    folder: Path | None,
    engine: str | None,
    timeout: float | None,
) -> tuple[NotebookNode, Failure | None]:
    place = f"{_MEMORY}notebook.ipynb"
    budget = _Budget(timeout)
    _memory.written.clear()
    failure = None
    try:
        papermill.execute_notebook(
            notebook,
            place,
            parameters=dict(parameters),
            kernel_name=KERNEL["name"],
            language=KERNEL["language"],
            progress_bar=False,
            start_timeout=START,
            engine_name=engine,
            timeout_func=budget.left,
            cwd=None if folder is None else str(folder),
        )
    except PapermillExecutionError as error:
        failure = _failure(error, bool(parameters))
    except NoSuchKernel:
        failure = Failure(None, "", "there is no Python kernel here; is ipykernel installed?")
    except CellTimeoutError:
        failure = Failure(None, "", f"it was stopped after {timeout:g} seconds")
    except (DeadKernelError, RuntimeError, TimeoutError, ZMQError) as error:
        failure = Failure(None, "", f"{type(error).__name__}: {error}")
    text = _memory.written.pop(place, None)
    done = nbformat.reads(text, as_version=4) if text is not None else notebook
    if failure is not None and failure.cell is None:
        failure = _stopped_in(done, failure, bool(parameters))
    return done, failure


class _Budget:
    """The seconds all cells of a notebook share, as nbclient asks for them cell by cell."""

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._until: float | None = None

    def left(self, cell: NotebookNode) -> float | None:
        """What is left; the clock starts with the first cell."""
        if self._seconds is None:
            return None
        now = time.monotonic()
        if self._until is None:
            self._until = now + self._seconds
        return max(self._until - now, 0.001)  # none at all would mean endless


def _failure(error: PapermillExecutionError, injected: bool) -> Failure:
    trace = strip_ansi("\n".join(error.traceback))
    frames = [found for found in _FRAME.findall(trace) if "ipykernel_" not in found[0]]
    at = ""
    if frames:
        file, line, function = frames[-1]
        at = f"{shown_path(file)}:{line} in {function}"
    told = f"{error.ename}: {error.evalue}" if error.evalue else str(error.ename)
    return Failure(_number(error.cell_index, injected), error.source, told, at)


def _stopped_in(notebook: NotebookNode, failure: Failure, injected: bool) -> Failure:
    """A failure of the kernel itself, with the cell that was running: the last one begun."""
    for index in reversed(range(len(notebook.cells))):
        cell = notebook.cells[index]
        begun = cell.metadata.get("papermill", {}).get("status", "pending") != "pending"
        if cell.cell_type == "code" and begun:
            return Failure(_number(index, injected), cell.source, failure.error)
    return failure


def _number(index: int, injected: bool) -> int:
    """The number of a cell in the notebook as its author sees it, without the injected one."""
    return index if injected and index > 0 else index + 1
