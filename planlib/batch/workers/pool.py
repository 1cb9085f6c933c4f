"""Worker processes, each fed by a thread: a worker that dies costs its job, not the run."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from planlib.batch.workers.process import WorkerProcess
from planlib.batch.workers.scratch import ScratchFolder
from planlib.batch.workers.tasks import AnyTask, TaskResult


@dataclass(frozen=True)
class TaskStarted:
    """A task was taken up."""

    number: int


@dataclass(frozen=True)
class TaskEnded:
    """A task has ended."""

    number: int
    result: TaskResult


TaskEvent = TaskStarted | TaskEnded


class WorkerPool:
    """Runs tasks in worker processes; leaving the ``with`` block stops them.

    ``ahead`` is what workers make ready before their first task. A job that failed
    is tried again ``retries`` times, after the jobs that still wait. ``told`` is what the environment
    of the workers holds beside this process's own. Where it ``forks``, workers are forked of this process
    when the tasks are known, but for a first that was started.
    """

    def __init__(
        self, size: int, *, ahead: str = "", retries: int = 0,
        told: Mapping[str, str] | None = None, forks: bool = False,
    ) -> None:  # fmt: skip
        self.told = dict(told or {})
        self._environment = os.environ | self.told
        self._size = size
        self._ahead = ahead
        self._retries, self._forks = retries, forks
        self._stop = threading.Event()
        self._workers: list[WorkerProcess] = []
        self._events: queue.SimpleQueue[TaskEvent | BaseException] = queue.SimpleQueue()
        self._scratch = ScratchFolder()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for worker in self._workers:
            worker.end()
        self._scratch.close()

    def start(self) -> None:
        """Start the first worker, before it is known what there is to do."""
        self._workers.append(self._worker())
        self._workers[0].start()

    @property
    def forks_all(self) -> bool:
        """Whether every worker will have at hand what this process has read."""
        return self._forks and not self._workers

    def _worker(self) -> WorkerProcess:
        return WorkerProcess(self._scratch.path, ahead=self._ahead, environment=self._environment)

    def run(self, tasks: Sequence[AnyTask]) -> Iterator[TaskEvent]:
        """Carry out tasks, telling what happens as it happens, in no fixed order."""
        waiting: queue.SimpleQueue[tuple[int, int]] = queue.SimpleQueue()
        for number in range(len(tasks)):
            waiting.put((number, 1))
        for at in range(len(self._workers), min(self._size, len(tasks))):
            self._workers.append(self._worker())
            if self._forks:  # before there are threads: no fork may stand where one holds a lock
                self._workers[at].fork()
        for worker in self._workers[: len(tasks)]:
            feed = (worker, tasks, waiting)
            threading.Thread(target=self._feed, args=feed, daemon=True).start()
        missing = len(tasks)
        while missing:
            event = self._events.get()
            if isinstance(event, BaseException):
                raise event
            missing -= isinstance(event, TaskEnded)
            yield event

    def _feed(
        self,
        worker: WorkerProcess,
        tasks: Sequence[AnyTask],
        waiting: queue.SimpleQueue[tuple[int, int]],
    ) -> None:
        """One thread: give a worker task after task. What it dies of is raised where the run is."""
        try:
            self._feed_all(worker, tasks, waiting)
        except BaseException as error:
            self._events.put(error)

    def _feed_all(
        self,
        worker: WorkerProcess,
        tasks: Sequence[AnyTask],
        waiting: queue.SimpleQueue[tuple[int, int]],
    ) -> None:
        while not self._stop.is_set():
            try:
                number, attempt = waiting.get_nowait()
            except queue.Empty:
                break
            if attempt == 1:
                self._events.put(TaskStarted(number))
            result = worker.ask(tasks[number])
            if result.failure is not None and attempt <= self._retries and not self._stop.is_set():
                waiting.put((number, attempt + 1))
            else:
                self._events.put(TaskEnded(number, replace(result, attempts=attempt)))
        worker.end()
