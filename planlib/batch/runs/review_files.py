"""The areas of a run: their verdicts are saved before it, what failed on them after it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from planlib.batch.jobs.jobs import Job
from planlib.batch.jobs.planning import Planned
from planlib.batch.runs.linking import PageLinks
from planlib.batch.runs.outcomes import DocumentOutcome, Outcome
from planlib.batch.workers.failure import NotebookFailure
from planlib.report.site.folder import Failure, read_summary, save_summary, with_failures

Failures = tuple[Failure, ...]
# A page, or the document of an ending beside it, and why it was not made.
_Ended = tuple[Job, str, NotebookFailure | None]


class ReviewFiles:
    """Keeps the ``review.json`` of each plan and area of a run."""

    def __init__(self, planned: Planned) -> None:
        self._planned, self._summaries = planned, planned.summaries
        self._before: dict[str, Failures] = {}  # of the areas where something failed before

    def open(self, settled: Collection[str] = ()) -> None:
        """Save the verdicts, with what failed in earlier runs. Raises OSError.

        The folders of reviews that are ``settled`` stay as they are, here and in ``close``.
        """
        store = self._planned.store
        if settled:
            self._summaries = self._summaries.outside(settled)
        for summary in self._summaries:
            before = read_summary(store, summary.plan, summary.area)
            if before is not None and before.failures:
                self._before[summary.folder] = before.failures
            now = with_failures(summary, [], before.failures if before is not None else ())
            if now != before:
                save_summary(store, now)

    def close(
        self, pages: Iterable[Outcome], documents: Iterable[DocumentOutcome], links: PageLinks
    ) -> None:  # fmt: skip
        """Save what failed and what does not fail any more; link the pages. Raises OSError."""
        done: dict[str, list[_Ended]] = {}
        for page in pages:
            if page.job.kind is not None:
                ended = (page.job, "", page.failure)
                done.setdefault(f"{page.job.plan}/{page.job.area}", []).append(ended)
        for one in documents:
            job, why = one.job.page, one.failure
            failure = NotebookFailure(None, "", why) if why else None
            done.setdefault(f"{job.plan}/{job.area}", []).append((job, one.job.kind, failure))
        for summary in self._summaries:
            mine = done.get(summary.folder, [])
            before = self._before.get(summary.folder, ())
            if before or any(failure for *_, failure in mine):
                names = [
                    (job.kind, job.goal, job.year, job.lang, ending)
                    for job, ending, _ in mine
                    if job.kind is not None
                ]
                failed = [_described(*one) for one in mine if one[2] is not None]
                earlier = summary.model_copy(update={"failures": before})
                save_summary(self._planned.store, with_failures(earlier, names, failed))
            links.finish(summary.folder)


def _described(job: Job, ending: str, failure: NotebookFailure | None) -> Failure:
    lang, kind = job.lang, job.kind
    assert kind is not None and failure is not None
    why = failure.error.strip().splitlines() or [""]
    return Failure(
        kind=kind, goal=job.goal, year=job.year, lang=lang, format=ending, cell=failure.cell,
        reason=why[0][:300],
    )  # fmt: skip
