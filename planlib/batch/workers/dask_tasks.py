"""The worker processes that a Dask worker keeps, one for each of its threads, while there are jobs.

They end when the run says so, when nothing was asked of them for a while (the run was killed), and
with the Dask worker itself, whose end they notice by their standard input.
"""

from __future__ import annotations

import atexit
import os
import threading
import time
from dataclasses import dataclass, field, replace
from typing import TypeVar

from planlib.batch.jobs.versions import versions
from planlib.batch.workers.payload import Payload, unpack
from planlib.batch.workers.process import WorkerProcess
from planlib.batch.workers.scratch import ScratchFolder
from planlib.batch.workers.tasks import WARM, AnyTask, Task, TaskResult

IDLE = 120.0  # seconds without a job after which a process ends

Value = TypeVar("Value")


@dataclass
class _WorkerSlot:
    """A worker process, and since when it has had nothing to do."""

    process: WorkerProcess
    date: str
    run: str = ""  # whose task it had last
    lock: threading.Lock = field(default_factory=threading.Lock)
    idle: float = field(default_factory=time.monotonic)


_slots: dict[int, _WorkerSlot] = {}
_making = threading.Lock()
_scratch_folders: list[ScratchFolder] = []


def held(value: Value) -> Value:
    """A task whose result many others need; it is done again where its result was lost."""
    return value


def carry_out(
    task: AnyTask, text: str, payload: Payload, run: str, expected: dict[str, str], date: str
) -> TaskResult:
    """A task of Dask: carry out one of a run here, with the notebook and files that came along.

    A worker that joined later than the run began, with other versions, ends the run.
    """
    if versions() != expected:
        return TaskResult(trouble="a worker with other versions joined the cluster")
    warm = isinstance(task, Task) and task.engine != "papermill"
    one = _slot(date, warm=warm)
    with one.lock:
        one.run = run
        folder = unpack(payload, _scratch().path)
        try:
            given = replace(task, folder=str(folder))
            return one.process.ask(replace(given, text=text) if isinstance(given, Task) else given)
        finally:
            one.idle = time.monotonic()


def _scratch() -> ScratchFolder:
    with _making:
        if not _scratch_folders:
            _scratch_folders.append(ScratchFolder())
            atexit.register(release)
            threading.Thread(target=_tidy, daemon=True).start()
        return _scratch_folders[0]


def _slot(date: str, *, warm: bool) -> _WorkerSlot:
    """The process of this thread; another where pictures are dated otherwise."""
    scratch = _scratch()
    thread = threading.get_ident()
    one = _slots.get(thread)
    if one is not None and one.date != date:
        one.process.end()
        one = None
    if one is None:
        environment = os.environ | ({"SOURCE_DATE_EPOCH": date} if date else {})
        process = WorkerProcess(scratch.path, ahead=WARM if warm else "", environment=environment)
        one = _slots[thread] = _WorkerSlot(process, date)
    return one


def _tidy() -> None:
    while True:
        time.sleep(IDLE / 4)
        for one in list(_slots.values()):
            if time.monotonic() - one.idle > IDLE and one.lock.acquire(blocking=False):
                one.process.end()
                one.lock.release()


def release(run: str = "") -> None:
    """End the processes that work for a run, or all; another job starts them again."""
    for one in list(_slots.values()):
        if run in {"", one.run}:
            one.process.end()
