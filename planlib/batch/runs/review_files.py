"""The areas of a run: their verdicts are saved before it, what failed on them after it."""

from __future__ import annotations

from collections.abc import Iterable

from planlib.batch.jobs.jobs import Job
from planlib.batch.jobs.planning import Planned
from planlib.batch.runs.linking import PageLinks
from planlib.batch.workers.failure import NotebookFailure
from planlib.report.site.folder import Failure, read_summary, save_summary, with_failures

Failures = tuple[Failure, ...]


class ReviewFiles:
    """Keeps the ``review.json`` of each plan and area of a run."""

    def __init__(self, planned: Planned) -> None:
        self._planned = planned
        self._before: dict[str, Failures] = {}  # of the areas where something failed before

    def open(self) -> None:
        """Save the verdicts, with what failed in earlier runs. Raises OSError."""
        store = self._planned.store
        for summary in self._planned.summaries:
            before = read_summary(store, summary.plan, summary.area)
            if before is not None and before.failures:
                self._before[summary.folder] = before.failures
            now = with_failures(summary, [], before.failures if before is not None else ())
            if now != before:
                save_summary(store, now)

    def close(
        self, outcomes: Iterable[tuple[Job, NotebookFailure | None]], links: PageLinks
    ) -> None:
        """Save what failed and what does not fail any more; link the pages. Raises OSError."""
        done: dict[str, list[tuple[Job, NotebookFailure | None]]] = {}
        for job, failure in outcomes:
            if job.kind is not None:
                done.setdefault(f"{job.plan}/{job.area}", []).append((job, failure))
        for summary in self._planned.summaries:
            mine = done.get(summary.folder, [])
            before = self._before.get(summary.folder, ())
            if before or any(failure for _, failure in mine):
                ended = [
                    (job.kind, job.goal, job.year, job.lang)
                    for job, _ in mine
                    if job.kind is not None
                ]
                failed = [_described(job, failure) for job, failure in mine if failure is not None]
                earlier = summary.model_copy(update={"failures": before})
                save_summary(self._planned.store, with_failures(earlier, ended, failed))
            links.finish(summary.folder)


def _described(job: Job, failure: NotebookFailure) -> Failure:
    lang, kind = job.lang, job.kind
    assert kind is not None
    why = failure.error.strip().splitlines() or [""]
    return Failure(
        kind=kind, goal=job.goal, year=job.year, lang=lang, cell=failure.cell,
        reason=why[0][:300],
    )  # fmt: skip
