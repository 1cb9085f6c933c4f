"""Runs one notebook through papermill, in memory, and says in one block why it failed.

Papermill would write to the final path cell by cell; here it writes to memory, and only a whole
notebook is ever put into the reports folder.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from pathlib import Path

import nbformat
import papermill
from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import DeadKernelError
from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from papermill.iorw import papermill_io
from zmq.error import ZMQError

from planlib.batch.cleaning import KERNEL
from planlib.batch.failure import Failure
from planlib.batch.parameters import Value
from planlib.errors import shown_path

_MEMORY = "planlib-memory://"
_FRAME = re.compile(r"^File (\S+?):(\d+),? in (\w+)", re.MULTILINE)
ENGINES = ("auto", "papermill", "fork")
START = 120  # seconds a kernel may take to start on a busy machine


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
    the cells stand, the current folder by default; ``engine`` one of ``ENGINES``; ``timeout`` the
    seconds a cell may take, without limit by default. A kernel that dies before the first cell has
    lost a race for its ports against another one: it is started once more.
    """
    if engine not in ENGINES:
        raise ValueError(f"the engine is one of {', '.join(ENGINES)}, found {engine!r}")
    done, failure = _once(notebook, parameters, folder, timeout)
    if failure is not None and failure.cell is None:
        done, failure = _once(notebook, parameters, folder, timeout)
    return done, failure


def _once(
    notebook: NotebookNode,
    parameters: Mapping[str, Value],
    folder: Path | None,
    timeout: float | None,
) -> tuple[NotebookNode, Failure | None]:
    place = f"{_MEMORY}notebook.ipynb"
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
            execution_timeout=timeout,
            cwd=None if folder is None else str(folder),
        )
    except PapermillExecutionError as error:
        failure = _failure(error, bool(parameters))
    except NoSuchKernel:
        failure = Failure(None, "", "there is no Python kernel here; is ipykernel installed?")
    except (DeadKernelError, RuntimeError, TimeoutError, ZMQError) as error:
        failure = Failure(None, "", f"{type(error).__name__}: {error}")
    text = _memory.written.pop(place, None)
    done = nbformat.reads(text, as_version=4) if text is not None else notebook
    if failure is not None and failure.cell is None:
        failure = _stopped_in(done, failure, bool(parameters))
    return done, failure


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
