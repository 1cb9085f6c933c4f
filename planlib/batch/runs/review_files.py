"""The shelves of a run: their verdicts are saved before it, what failed on them after it."""

from __future__ import annotations

from collections.abc import Iterable

from planlib.batch.jobs.jobs import Job
from planlib.batch.jobs.planning import Planned
from planlib.batch.runs.linking import PageLinks
from planlib.batch.workers.failure import NotebookFailure
from planlib.report.site import folder as shelves
from planlib.report.site.folder import read_shelf, save_shelf, with_failures

Failures = tuple[shelves.Failure, ...]


class ReviewFiles:
    """Keeps the ``review.json`` of each plan and area of a run."""

    def __init__(self, planned: Planned) -> None:
        self._planned = planned
        self._before: dict[str, Failures] = {}  # of the shelves where something failed before

    def open(self) -> None:
        """Save the verdicts, with what failed in earlier runs. Raises OSError."""
        store = self._planned.store
        for shelf in self._planned.shelves:
            before = read_shelf(store, shelf.plan, shelf.area)
            if before is not None and before.failures:
                self._before[shelf.folder] = before.failures
            now = with_failures(shelf, [], before.failures if before is not None else ())
            if now != before:
                save_shelf(store, now)

    def close(
        self, outcomes: Iterable[tuple[Job, NotebookFailure | None]], links: PageLinks
    ) -> None:
        """Save what failed and what does not fail any more; link the pages. Raises OSError."""
        done: dict[str, list[tuple[Job, NotebookFailure | None]]] = {}
        for job, failure in outcomes:
            if job.kind is not None:
                done.setdefault(f"{job.plan}/{job.area}", []).append((job, failure))
        for shelf in self._planned.shelves:
            mine = done.get(shelf.folder, [])
            before = self._before.get(shelf.folder, ())
            if before or any(failure for _, failure in mine):
                ended = [(job.kind, job.year, job.lang) for job, _ in mine if job.kind is not None]
                failed = [_told(job, failure) for job, failure in mine if failure is not None]
                kept = shelf.model_copy(update={"failures": before})
                save_shelf(self._planned.store, with_failures(kept, ended, failed))
            links.finish(shelf.folder)


def _told(job: Job, failure: NotebookFailure) -> shelves.Failure:
    lang, kind = job.lang, job.kind
    assert kind is not None
    why = failure.error.strip().splitlines() or [""]
    return shelves.Failure(
        kind=kind, year=job.year, lang=lang, cell=failure.cell, reason=why[0][:300]
    )
