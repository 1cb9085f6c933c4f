"""The first worker of a batch, started before the plan is read: both take as long.

Nothing is started where most would be for nothing: a run that may find everything done. A plan at an
address is fetched first, and the run then stands beside it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from planlib.batch.runs.settings import MANIFEST, BatchSettings
from planlib.batch.workers.pool import WorkerPool
from planlib.batch.workers.tasks import ENGINES


@contextlib.contextmanager
def workers_ahead(given: dict[str, Any]) -> Iterator[WorkerPool | None]:
    """The workers of a batch with these options, the first of them starting; None where none is."""
    settings = BatchSettings(
        given["workers"], given["engine"], given["timeout"], retries=given["retries"], forks=True
    )
    local = "://" not in f"{given['what']} {given['out']}"
    new = not (given["resume"] and Path(given["out"], MANIFEST).exists())
    if given["engine"] not in ENGINES or given["cluster"] or not (local and new):
        yield None
        return
    own = given["notebooks"] is not None or given["what"].endswith((".yaml", ".yml"))
    with settings.workers_of_a_run(own=own) as pool:
        pool.start()
        yield pool
