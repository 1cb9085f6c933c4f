"""Worker processes, each fed by a thread: a worker that dies costs its job, not the run."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

from planlib.batch.workers.process import WorkerProcess
from planlib.batch.workers.scratch import Home
from planlib.batch.workers.worker import Answer, Order


@dataclass(frozen=True)
class Started:
    """A job was taken up."""

    number: int


@dataclass(frozen=True)
class Answered:
    """A job was answered."""

    number: int
    answer: Answer


Event = Started | Answered


class Pool:
    """Runs orders in worker processes; leaving the ``with`` block stops them.

    ``warm`` starts the template of the fork engine while a worker starts itself. A job that failed
    is tried again ``retries`` times, after the jobs that still wait.
    """

    def __init__(self, size: int, *, warm: bool = False, retries: int = 0) -> None:
        self._size = size
        self._warm = warm
        self._retries = retries
        self._stop = threading.Event()
        self._workers: list[WorkerProcess] = []
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._home = Home()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for worker in self._workers:
            worker.end()
        self._home.close()

    def run(self, orders: Sequence[Order]) -> Iterator[Event]:
        """Carry out orders, telling what happens as it happens, in no fixed order."""
        waiting: queue.SimpleQueue[tuple[int, int]] = queue.SimpleQueue()
        for number in range(len(orders)):
            waiting.put((number, 1))
        for _ in range(min(self._size, len(orders))):
            worker = WorkerProcess(self._home.path, warm=self._warm)
            self._workers.append(worker)
            feed = (worker, orders, waiting)
            threading.Thread(target=self._feed, args=feed, daemon=True).start()
        missing = len(orders)
        while missing:
            event = self._events.get()
            missing -= isinstance(event, Answered)
            yield event

    def _feed(
        self,
        worker: WorkerProcess,
        orders: Sequence[Order],
        waiting: queue.SimpleQueue[tuple[int, int]],
    ) -> None:
        """One thread: give a worker order after order."""
        while not self._stop.is_set():
            try:
                number, attempt = waiting.get_nowait()
            except queue.Empty:
                break
            if attempt == 1:
                self._events.put(Started(number))
            answer = worker.ask(orders[number])
            if answer.failure is not None and attempt <= self._retries and not self._stop.is_set():
                waiting.put((number, attempt + 1))
            else:
                self._events.put(Answered(number, replace(answer, attempts=attempt)))
        worker.end()
