"""The tasks of a run, each made when a worker is ready for it: thousands are never held at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import overload

from planlib.batch.jobs.jobs import Job
from planlib.batch.jobs.planning import Planned
from planlib.batch.notebooks.parameters import Value
from planlib.batch.runs.documents import RunDocuments
from planlib.batch.runs.linking import PageLinks
from planlib.batch.runs.reuse import CheckedJob
from planlib.batch.runs.settings import BatchSettings
from planlib.batch.workers.tasks import AnyTask, Task
from planlib.plan.shipped import shipped_plans


class RunTasks(Sequence[AnyTask]):
    """What workers are told of each job that must run, and then of the documents."""

    def __init__(
        self,
        todo: Sequence[CheckedJob],
        planned: Planned,
        settings: BatchSettings,
        links: PageLinks,
        documents: RunDocuments,
    ) -> None:
        self._documents = documents
        self._todo, self._store, self._settings, self._links = todo, planned.store, settings, links

    def __len__(self) -> int:
        return len(self._todo) + len(self._documents.groups)

    @overload
    def __getitem__(self, at: int) -> AnyTask: ...
    @overload
    def __getitem__(self, at: slice) -> list[AnyTask]: ...
    def __getitem__(self, at: int | slice) -> AnyTask | list[AnyTask]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        if at >= len(self._todo):
            return self._documents.task(at - len(self._todo))
        job = self._todo[at].job
        return Task(
            notebook=str(job.notebook),
            parameters=dict(job.parameters),
            executed=job.executed,
            failed=job.failed,
            page=job.page,
            frame=job.frame.record(),
            engine=self._settings.engine,
            timeout=self._settings.timeout,
            out=self._store.place,
            links=self._links.of(job),
            recorded=_recorded(job),
            return_files=not self._store.shared,
        )


def _recorded(job: Job) -> dict[str, Value]:
    """What the written notebook of a review states otherwise than it was given.

    Of the plan its id, wherever its folder lies; the id of a shipped plan would open that one, so
    a copy of it is told as a folder. Of the as-of date the day, however it was typed; of a file of
    remarks its name.
    """
    if job.kind is None:
        return {}
    plan = job.parameters["plan"]
    if plan != job.plan:
        plan = f"./{job.plan}" if job.plan in shipped_plans() else job.plan
    recorded = {"plan": plan, "as_of": job.frame.as_of}
    if "remarks" in job.parameters:
        recorded["remarks"] = PurePath(str(job.parameters["remarks"])).name
    return {name: value for name, value in recorded.items() if value != job.parameters[name]}
