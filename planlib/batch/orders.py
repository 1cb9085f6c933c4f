"""The orders of a run, each made when a worker is ready for it: thousands are never held at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from planlib.batch.linking import Links
from planlib.batch.planning import Planned
from planlib.batch.reuse import Found
from planlib.batch.worker import Order

if TYPE_CHECKING:
    from planlib.batch.run import How


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
            back=not self._store.shared,
        )
