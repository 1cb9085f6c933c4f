"""How a batch is run: one frozen object, for commands and programs alike."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from planlib.batch.workers.pool import WorkerPool
from planlib.batch.workers.process import can_fork
from planlib.batch.workers.scratch import ScratchFolder
from planlib.batch.workers.tasks import CALLS, WARM
from planlib.storage.run_folder import PLACE

if TYPE_CHECKING:  # a first worker is started before anything that makes pages is imported
    from planlib.report.site.areas.overview import Each
    from planlib.storage.store import Store

MANIFEST = ".planlib-manifest.jsonl"


@dataclass(frozen=True)
class BatchSettings:
    """How jobs are run; as it stands, every job is run once and nothing is recorded.

    - ``workers``: notebooks at a time; None is two, as each also has a kernel, and one on a machine
      with one core. A cluster has its own.
    - ``engine``: how cells are run, one of ``planlib.batch.workers.tasks.ENGINES``.
    - ``timeout``: seconds that all cells of a notebook may take together; None is no limit.
    - ``retries``: how often a job that failed is tried again.
    - ``record``: keep a manifest and a log in the folder, which ``resume`` needs.
    - ``resume``: leave alone what the manifest says is done and whose inputs are the same.
    - ``forks``: workers may be forked of this process, as one may that runs nothing besides.
    - ``cluster``: the address of a Dask scheduler that runs the jobs; empty for this machine.

    >>> BatchSettings(workers=4).worker_count
    4
    """

    workers: int | None = None
    engine: str = "auto"
    timeout: float | None = None
    retries: int = 0
    record: bool = False
    resume: bool = False
    cluster: str = ""
    forks: bool = False

    @property
    def worker_count(self) -> int:
        """How many notebooks run at a time on this machine."""
        return self.workers or min(2, os.cpu_count() or 1)

    def each(self, store: Store, *, fewest: int, at_once: int) -> Each:
        """Does the same with many things, several at a time where this process can be forked.

        That is in as many processes as notebooks run in. An address and a cluster are spoken to by
        threads, which a fork has not; ``fewest`` and ``at_once`` are those of ``worked``.
        """
        from planlib.batch.workers.forked import processors, worked
        from planlib.storage.store import LocalStore

        alone = bool(self.cluster) or not isinstance(store, LocalStore)
        processes = 1 if alone else min(self.worker_count, processors())
        return partial(worked, processes=processes, fewest=fewest, at_once=at_once)

    @contextlib.contextmanager
    def workers_of_a_run(self, *, own: bool) -> Iterator[WorkerPool]:
        """Workers of this machine that run jobs so, with a folder for what the run hands on to them.

        Notebooks are forked of a warm process where some are somebody's ``own``, or their time is
        measured; those that come with planlib only call it, which a worker does itself.
        """
        calls = self.engine == "auto" and not own and self.timeout is None
        ahead = CALLS if calls else WARM if self.engine != "papermill" else ""
        with (
            ScratchFolder() as kept,
            WorkerPool(
                self.worker_count, ahead=ahead, retries=self.retries,
                told={PLACE: str(kept.path.absolute())}, forks=calls and self.forks and can_fork(),
            ) as pool,
        ):  # fmt: skip
            yield pool
