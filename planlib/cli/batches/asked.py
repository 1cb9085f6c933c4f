"""What the options of a batch ask for; light, as every command's start reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planlib.batch.jobs.job_list import AnyRequest
    from planlib.batch.jobs.planning import Planned
    from planlib.batch.runs.settings import BatchSettings


@dataclass(frozen=True)
class AskedBatch:
    """What to run, where the reports go, and how; ``notebooks`` is a folder of somebody's own.

    ``again`` is the command that goes on after a stop.
    """

    requests: Sequence[AnyRequest]
    out: str
    notebooks: Path | None
    settings: BatchSettings
    again: str

    def planned(self) -> Planned:
        """The run, checked. Raises InputError."""
        from planlib.batch.jobs.documents import check_converter
        from planlib.batch.jobs.planning import plan_run
        from planlib.plan.shipped import NOTEBOOKS
        from planlib.storage.store import open_store

        planned = plan_run(self.requests, open_store(self.out), self.notebooks or NOTEBOOKS)
        if not self.settings.cluster:  # whose machines have their own
            check_converter(planned.jobs)
        return planned
