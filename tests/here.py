"""Tasks of a batch carried out in this process: the same worker, without a process of its own.

For tests of what a review holds, whoever carries it out. Notebooks that only call planlib run in
this process, the others in forks of one template that imports little; that workers, forks and
papermill's kernels write the same bytes is proven in ``tests/batch`` and by the rebuild of ``tests/verify``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Self

import pytest

from planlib.batch.fork.templates import templates
from planlib.batch.workers.pool import TaskEnded, TaskEvent, TaskStarted
from planlib.batch.workers.tasks import AnyTask, Task
from planlib.batch.workers.worker import Worker


class NoWorkers:
    """Stands where a pool of worker processes does; how tasks are carried out is another's to say."""

    forks_all = False

    def __init__(self, size: int, told: Mapping[str, str] | None = None, **_: object) -> None:
        self.told = dict(told or {})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def start(self) -> None:
        """There is no worker to start before it is known what there is to do."""


class Here(NoWorkers):
    """The worker itself, in this process, by the engine ``auto`` whatever is asked for."""

    engine = "auto"

    def __init__(self, size: int, **given: object) -> None:
        super().__init__(size, **given)  # type: ignore[arg-type]
        self._worker = Worker()

    def run(self, tasks: Sequence[AnyTask]) -> Iterator[TaskEvent]:
        """Carry out tasks, one after another."""
        for number in range(len(tasks)):
            task = tasks[number]
            yield TaskStarted(number)
            if self.engine and isinstance(task, Task):
                task = replace(task, engine=self.engine)
            yield TaskEnded(number, self._worker.answer(task))


class HereAsAsked(Here):
    """The worker itself, in this process, by the engine that is asked for."""

    engine = ""


@contextlib.contextmanager
def lean_templates() -> Iterator[None]:
    """As long as this lasts, templates that start import nothing but a kernel: small notebooks need no more."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_modules", "_later"):
            patch.setattr(templates, name, ())
        yield


@contextlib.contextmanager
def tasks_here(pool: type[NoWorkers] = Here) -> Iterator[None]:
    """As long as this lasts, runs start no worker process."""
    with lean_templates(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("planlib.batch.runs.settings.WorkerPool", pool)
        yield
