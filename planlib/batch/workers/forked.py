"""The same work on many things, in several processes: what comes of each, in their order.

The processes are forked, so that nothing is imported or read again and what they work with need not
be sent to them. They end with the process they came from, however it ends. Where one dies, or none can
be forked, what is left to do is done here.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from threading import Thread
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

AT_ONCE = 4  # things that are sent to a process together
FEWEST = 8 * AT_ONCE  # things that processes are forked for
MOST = 8  # processes
STOPS = {signal.SIGINT, signal.SIGTERM, *({signal.SIGHUP} if hasattr(signal, "SIGHUP") else ())}

_work: Callable[[Any], Any]


def processors() -> int:
    """How many processes may be busy at once here: one where none can be forked."""
    if (
        sys.platform != "linux"
    ):  # elsewhere there is no fork, or libraries of the system break by it
        return 1
    return min(MOST, len(os.sched_getaffinity(0)))


def worked(
    work: Callable[[Item], Result], items: Sequence[Item], processes: int, *,
    fewest: int = FEWEST, at_once: int = AT_ONCE,
) -> Iterator[Result]:  # fmt: skip
    """What comes of work on each item, in their order. What work raises is raised here.

    ``at_once`` things are sent to a process together, and of fewer than ``fewest`` none at all. Work
    that a process died over is done once more here, so it may be done twice.

    >>> [*worked(str, [1, 2], processes=2)]
    ['1', '2']
    """
    done = 0
    if processes > 1 and len(items) >= fewest:
        # Of a system that ended one, or has no room for another, nothing more is asked.
        with contextlib.suppress(BrokenProcessPool):
            for result in _forked(work, items, min(processes, len(items)), at_once):
                yield result
                done += 1
    yield from map(work, items[done:])


def _forked(
    work: Callable[[Item], Result], items: Sequence[Item], processes: int, at_once: int
) -> Iterator[Result]:
    """What comes of work in forked processes; raises BrokenProcessPool where one dies."""
    pool = ProcessPoolExecutor(
        processes, multiprocessing.get_context("fork"), initializer=_begin, initargs=(work,)
    )
    try:
        try:
            with _stopped_later():
                results = pool.map(_done, items, chunksize=at_once)
        except OSError as error:
            raise BrokenProcessPool from error
        yield from results
    finally:  # also where nobody asks for the rest, or somebody pressed Ctrl-C
        pool.shutdown(cancel_futures=True)


@contextlib.contextmanager
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
    gc.freeze()  # what was there before stays shared with the process it came from
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _done(item: Any) -> Any:
    return _work(item)
