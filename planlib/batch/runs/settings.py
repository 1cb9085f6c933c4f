"""The orders of a run, each made when a worker is ready for it: thousands are never held at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from planlib.batch.jobs.planning import Planned
from planlib.batch.jobs.reuse import Found
from planlib.batch.runs.linking import Links
from planlib.batch.workers.worker import Order
from planlib.plan.shipped import shipped_plans

if TYPE_CHECKING:
    from planlib.batch.jobs.jobs import Job
    from planlib.batch.jobs.parameters import Value
    from planlib.batch.runs.run import How


class Orders(Sequence[Order]):
    """What workers are told of each job that must run."""

    def __init__(self, todo: Sequence[Found], planned: Planned, how: How, links: Links) -> None:
        self._todo, self._store, self._how, self._links = todo, planned.store, how, links

    def __len__(self) -> int:
        return len(self._todo)

    @overload
    def __getitem__(self, at: int) -> Order: ...
    @overload
    def __getitem__(self, at: slice) -> list[Order]: ...
    def __getitem__(self, at: int | slice) -> Order | list[Order]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        job = self._todo[at].job
        return Order(
            notebook=str(job.notebook),
            parameters=dict(job.parameters),
            executed=job.executed,
            failed=job.failed,
            page=job.page,
            frame=job.frame.record(),
            engine=self._how.engine,
            timeout=self._how.timeout,
            out=self._store.place,
            links=self._links.of(job),
            kept=_kept(job),
            back=not self._store.shared,
        )


def _kept(job: Job) -> dict[str, Value]:
    """What the kept notebook of a review tells otherwise than it was given it.

    Of the plan its id, wherever its folder lies; the id of a shipped plan would open that one, so
    a copy of it is told as a folder. Of the as-of date the day, however it was typed.
    """
    if job.kind is None:
        return {}
    plan = job.parameters["plan"]
    if plan != job.plan:
        plan = f"./{job.plan}" if job.plan in shipped_plans() else job.plan
    kept = {"plan": plan, "as_of": job.frame.as_of}
    return {name: value for name, value in kept.items() if value != job.parameters[name]}
