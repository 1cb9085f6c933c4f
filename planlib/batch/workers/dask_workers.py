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
from planlib.batch.workers.payload import Parcel, unpack
from planlib.batch.workers.process import WorkerProcess
from planlib.batch.workers.scratch import Home
from planlib.batch.workers.worker import Answer, Order

IDLE = 120.0  # seconds without a job after which a process ends

Kept = TypeVar("Kept")


@dataclass
class _Attendant:
    """A worker process, and since when it has had nothing to do."""

    process: WorkerProcess
    date: str
    run: str = ""  # whose order it had last
    lock: threading.Lock = field(default_factory=threading.Lock)
    idle: float = field(default_factory=time.monotonic)


_attendants: dict[int, _Attendant] = {}
_making = threading.Lock()
_homes: list[Home] = []


def keep(what: Kept) -> Kept:
    """A task that holds what many others need; it is done again where its result was lost."""
    return what


def carry_out(
    order: Order, text: str, parcel: Parcel, run: str, expected: dict[str, str], date: str
) -> Answer:
    """A task: carry out an order here, with the notebook and files that came along.

    A worker that joined later than the run began, with other versions, ends the run.
    """
    if versions() != expected:
        return Answer(trouble="a worker with other versions joined the cluster")
    one = _attendant(date)
    with one.lock:
        one.run = run
        folder = unpack(parcel, _home().path)
        try:
            return one.process.ask(replace(order, text=text, folder=str(folder)))
        finally:
            one.idle = time.monotonic()


def _home() -> Home:
    with _making:
        if not _homes:
            _homes.append(Home())
            atexit.register(release)
            threading.Thread(target=_tidy, daemon=True).start()
        return _homes[0]


def _attendant(date: str) -> _Attendant:
    """The process of this thread; another where pictures are dated otherwise."""
    home = _home()
    thread = threading.get_ident()
    one = _attendants.get(thread)
    if one is not None and one.date != date:
        one.process.end()
        one = None
    if one is None:
        environment = os.environ | ({"SOURCE_DATE_EPOCH": date} if date else {})
        process = WorkerProcess(home.path, warm=True, environment=environment)
        one = _attendants[thread] = _Attendant(process, date)
    return one


def _tidy() -> None:
    while True:
        time.sleep(IDLE / 4)
        for one in list(_attendants.values()):
            if time.monotonic() - one.idle > IDLE and one.lock.acquire(blocking=False):
                one.process.end()
                one.lock.release()


def release(run: str = "") -> None:
    """End the processes that work for a run, or all; another job starts them again."""
    for one in list(_attendants.values()):
        if run in {"", one.run}:
            one.process.end()
