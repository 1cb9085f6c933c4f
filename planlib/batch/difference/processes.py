"""The same work on many things, in several processes: what comes of each, in their order.

The processes are forked, so that nothing is imported or read again and what they work with need not
be sent to them. They end with the process they came from, however it ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from threading import Thread
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

AT_ONCE = 4  # things that are sent to a process together
FEWEST = 8 * AT_ONCE  # things that processes are forked for
MOST = 8  # processes
STOPS = {signal.SIGINT, signal.SIGTERM}

_work: Callable[[Any], Any]


def processors() -> int:
    """How many processes may be busy at once here: one where none can be forked."""
    if (
        sys.platform != "linux"
    ):  # elsewhere there is no fork, or libraries of the system break by it
        return 1
    return min(MOST, len(os.sched_getaffinity(0)))


def worked(
    work: Callable[[Item], Result], items: Sequence[Item], processes: int
) -> Iterator[Result]:
    """What comes of work on each item, in their order. What work raises is raised here.

    >>> [*worked(str, [1, 2], processes=2)]
    ['1', '2']
    """
    if processes < 2 or len(items) < FEWEST:
        yield from map(work, items)
        return
    pool = ProcessPoolExecutor(
        processes, multiprocessing.get_context("fork"), initializer=_begin, initargs=(work,)
    )
    with _stopped_later():
        results = pool.map(_done, items, chunksize=AT_ONCE)
    try:
        yield from results
    finally:  # also where nobody asks for the rest, or somebody pressed Ctrl-C
        pool.shutdown(cancel_futures=True)


@contextmanager
def _stopped_later() -> Iterator[None]:
    """Who asks to stop meanwhile is heard afterwards; processes forked here never hear it themselves.

    A signal to all processes of a terminal is for the first of them, which lets the others end.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(work: Callable[[Any], Any]) -> None:
    global _work
    _work = work
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _done(item: Any) -> Any:
    return _work(item)
