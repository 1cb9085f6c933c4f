"""Runs one notebook through papermill, in memory, and says in one block why it failed.

Two engines run any cells: papermill's own, a kernel for each notebook, is the reference on every
system; the fork engine gives the same outputs several times faster where the system can fork. Cells
that only call planlib run in this process (``planlib.batch.workers.shared``), unless their time is measured.

Papermill would write to the final path cell by cell; here it writes nothing, and only a whole
notebook is ever put into the reports folder.
"""

from __future__ import annotations

import contextlib
import logging
import re
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import papermill
from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError
from zmq.error import ZMQError

from planlib.batch.fork.bounded import MOST, BoundedEngine, TooMuchOutput
from planlib.batch.fork.entry import Entry
from planlib.batch.fork.system import NAME as FORK
from planlib.batch.fork.system import unfit_system
from planlib.batch.notebooks.cleaning import KERNEL
from planlib.batch.workers.failure import NotebookFailure
from planlib.batch.workers.shared import NotShared, run_shared
from planlib.batch.workers.tasks import ENGINES
from planlib.errors import shown_path

if TYPE_CHECKING:
    from planlib.batch.notebooks.parameters import Value

_HELD, _PLAIN = "planlib-held", "planlib-plain"
_FRAME = re.compile(r"^File (\S+?):(\d+),? in (\w+)", re.MULTILINE)
START = 120  # seconds a kernel may take to start on a busy machine


class _Held(threading.local):
    """An engine that runs a notebook through another and keeps hold of it, for each thread.

    Papermill hands a notebook out only when it is done, or writes it after every cell, which costs
    more than many a cell. One that stopped half-way is read here.
    """

    def __init__(self) -> None:
        self.engine: str | None = None
        self.notebook: NotebookNode | None = None

    def execute_notebook(self, nb: NotebookNode, kernel_name: str, **options: Any) -> NotebookNode:
        """Run a notebook."""
        self.notebook = nb
        engine = papermill_engines.get_engine(self.engine)
        return cast("NotebookNode", engine.execute_notebook(nb, kernel_name, **options))

    def nb_kernel_name(self, nb: NotebookNode, name: str | None = None) -> str:
        """The kernel a notebook asks for."""
        return str(papermill_engines.get_engine(self.engine).nb_kernel_name(nb, name))

    def nb_language(self, nb: NotebookNode, language: str | None = None) -> str:
        """The language a notebook is written in."""
        return str(papermill_engines.get_engine(self.engine).nb_language(nb, language))


_held = _Held()
papermill_engines.register(_HELD, _held)
papermill_engines.register(_PLAIN, BoundedEngine)
papermill_engines.register(FORK, Entry)  # in case planlib runs without having been installed
logging.getLogger("papermill").setLevel(logging.CRITICAL)


def execute(
    notebook: NotebookNode,
    parameters: Mapping[str, Value],
    folder: Path | None = None,
    *,
    engine: str = "auto",
    timeout: float | None = None,
) -> tuple[NotebookNode, NotebookFailure | None]:
    """Run a notebook; return it with its outputs, and why it stopped where it did.

    The parameters must have been checked (see ``planlib.batch.notebooks.parameters``). ``folder`` is where
    the cells stand, the current folder by default. ``engine`` is one of ``ENGINES``: ``auto`` is
    this process for cells that only call planlib, else ``fork`` where the system can fork, else
    ``papermill``; where ``fork`` is in doubt about a notebook, papermill runs it and a warning of the logger ``planlib.batch.fork`` says why.
    ``timeout`` is how many seconds all cells together may take, endless by default. A kernel that
    dies before the first cell has lost a race for its ports against another one: it is started
    once more. Raises ValueError for an engine there is none of.
    """
    if engine not in ENGINES:
        raise ValueError(f"no engine {engine!r}; there are {', '.join(ENGINES)}")
    if engine == "auto" and timeout is None:
        with contextlib.suppress(NotShared):
            return run_shared(notebook, parameters, folder), None
    name = FORK if engine == "fork" or (engine == "auto" and not unfit_system()) else _PLAIN
    done, failure = _once(notebook, parameters, folder, name, timeout)
    if failure is not None and failure.cell is None:
        done, failure = _once(notebook, parameters, folder, name, timeout)
    return done, failure


def _once(
    notebook: NotebookNode,
    parameters: Mapping[str, Value],
    folder: Path | None,
    engine: str,
    timeout: float | None,
) -> tuple[NotebookNode, NotebookFailure | None]:
    budget = _Budget(timeout)
    _held.engine, _held.notebook = engine, notebook
    failure = None
    try:
        papermill.execute_notebook(
            notebook,
            None,
            parameters=dict(parameters),
            kernel_name=KERNEL["name"],
            language=KERNEL["language"],
            progress_bar=False,
            start_timeout=START,
            engine_name=_HELD,
            timeout_func=budget.left,
            most_output=MOST,
            cwd=None if folder is None else str(folder),
        )
    except PapermillExecutionError as error:
        failure = _failure(error, injected=bool(parameters))
    except NoSuchKernel:
        failure = NotebookFailure(
            None, "", "there is no Python kernel here; is ipykernel installed?"
        )
    except CellTimeoutError:
        failure = NotebookFailure(None, "", f"it was stopped after {timeout:g} seconds")
    except TooMuchOutput:
        most = f"{MOST // 1_000_000} million characters"
        failure = NotebookFailure(None, "", f"it was stopped: its outputs came to more than {most}")
    except (DeadKernelError, RuntimeError, TimeoutError, ZMQError) as error:
        failure = NotebookFailure(None, "", f"{type(error).__name__}: {error}")
    done, _held.notebook = _held.notebook, None
    assert done is not None
    if failure is not None and failure.cell is None:
        failure = _stopped_in(done, failure, injected=bool(parameters))
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


def _failure(error: PapermillExecutionError, *, injected: bool) -> NotebookFailure:
    trace = strip_ansi("\n".join(error.traceback))
    frames = [found for found in _FRAME.findall(trace) if "ipykernel_" not in found[0]]
    at = ""
    if frames:
        file, line, function = frames[-1]
        at = f"{shown_path(file)}:{line} in {function}"
    message = f"{error.ename}: {error.evalue}" if error.evalue else str(error.ename)
    return NotebookFailure(_number(error.cell_index, injected=injected), error.source, message, at)


def _stopped_in(
    notebook: NotebookNode, failure: NotebookFailure, *, injected: bool
) -> NotebookFailure:
    """A failure of the kernel itself, with the cell that was running: the last one begun."""
    for index in reversed(range(len(notebook.cells))):
        cell = notebook.cells[index]
        # Not the status: papermill calls the cells behind the last one begun completed.
        begun = cell.metadata.get("papermill", {}).get("start_time") is not None
        if cell.cell_type == "code" and begun:
            return NotebookFailure(_number(index, injected=injected), cell.source, failure.error)
    return failure


def _number(index: int, *, injected: bool) -> int:
    """The number of a cell in the notebook as its author sees it, without the injected one."""
    return index if injected and index > 0 else index + 1
