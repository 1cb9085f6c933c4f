"""A run: requests become jobs, jobs pages, pages an index; one failure stops nothing else.

Every file is written whole or not at all, the verdicts of the index are saved before the first
notebook runs, and the pages are read off the folder, so a run that is killed leaves a folder the
next run completes.
"""

from __future__ import annotations

import contextlib
import json
import time
import uuid
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planlib.batch.jobs.jobs import Job
from planlib.batch.jobs.keys import Key, Keys, stamps
from planlib.batch.jobs.planning import Planned
from planlib.batch.jobs.settled import SettledReviews, folder_of
from planlib.batch.jobs.unfinished import Unfinished
from planlib.batch.jobs.versions import versions
from planlib.batch.runs.documents import RunDocuments
from planlib.batch.runs.evidence import RequestedPage, write_evidence
from planlib.batch.runs.goals.pages import goals_of, write_goal_pages
from planlib.batch.runs.linking import PageLinks, link_compared_areas
from planlib.batch.runs.log import write_log
from planlib.batch.runs.manifest import Manifest, ManifestEntry
from planlib.batch.runs.outcomes import Listener, Outcome, RunReport, heard
from planlib.batch.runs.report_lock import locked
from planlib.batch.runs.reuse import CheckedJob, check_done
from planlib.batch.runs.review_files import ReviewFiles
from planlib.batch.runs.settings import BatchSettings
from planlib.batch.runs.tasks import RunTasks
from planlib.batch.workers.failure import NotebookFailure
from planlib.batch.workers.pool import TaskEvent, TaskStarted
from planlib.batch.workers.tasks import TaskResult, put, reason
from planlib.errors import InputError, Problem, said
from planlib.evaluation.given.handed_on import HandedEvaluations
from planlib.plan.shipped import NOTEBOOKS
from planlib.report.site.area_records import AreaRecords
from planlib.report.site.writing import write_index
from planlib.storage.atomic import Stamp
from planlib.storage.run_folder import PLACE

if TYPE_CHECKING:
    from planlib.batch.workers.cluster import Cluster
    from planlib.batch.workers.pool import WorkerPool


EVERY_JOB_ONCE = BatchSettings()


def run(
    planned: Planned, listener: Listener, settings: BatchSettings = EVERY_JOB_ONCE,
    pool: WorkerPool | None = None,
) -> RunReport:  # fmt: skip
    """Run the jobs and write the index; ``pool`` are workers of these settings that start already.

    Raises InputError where the folder cannot be written to or another run is writing there. After
    an interruption the index still covers what was finished.
    """
    began = time.time()
    try:
        with contextlib.ExitStack() as stack:
            cluster = None
            if settings.cluster:  # before the folder is touched
                cluster = stack.enter_context(_cluster(settings, planned))
            there = stack.enter_context(locked(planned.store))
            one = _Run(planned, settings, listener, cluster, pool, there)
            try:
                one.run()
            finally:
                index = one.finish(began)
    except OSError as error:
        where = planned.store.place
        raise InputError(
            [Problem(said("batch.cannot-write-reports", reason=reason(error)), file=where)]
        ) from None
    outcomes = one.in_order()
    return RunReport(outcomes, index, time.time() - began, one.moved, one.documents.in_order())


class _Run:
    """A run on its way, holding the folder."""

    def __init__(
        self, planned: Planned, settings: BatchSettings, listener: Listener,
        cluster: Cluster | None, pool: WorkerPool | None, there: Mapping[str, Mapping[str, Stamp]],
    ) -> None:  # fmt: skip
        self._planned, self._settings, self._listener = planned, settings, listener
        self._cluster, self._pool = cluster, pool
        self._store = planned.store
        self._links = PageLinks(planned.store, planned.jobs, goals_of(planned))
        self._manifest = Manifest(planned.store) if settings.record else None
        self._keys = Keys(planned.checks)
        made_with = json.dumps(versions(), sort_keys=True) if settings.record else ""
        self._records = AreaRecords(planned.store, made_with, there)
        self._reviews = SettledReviews(self._records, planned.jobs, self._keys)
        self._settled: frozenset[str] = frozenset()
        self._known: dict[str, Key] = {}
        self.documents = RunDocuments(planned, settings, self._manifest, self._key)
        self._watched = stamps(self._keys.watched(planned.jobs))
        self._review_files = ReviewFiles(planned)
        self._unfinished = Unfinished(planned.store)
        self._outcomes: dict[str, Outcome] = {}
        self.moved = False

    def in_order(self) -> tuple[Outcome, ...]:
        """What came of the jobs so far, in the order they were asked for."""
        names = (job.name for job in self._planned.jobs)
        return tuple(self._outcomes[name] for name in names if name in self._outcomes)

    def run(self) -> None:
        """Run what must be run."""
        todo = self._todo()
        documents = self.documents
        documents.choose(self._reviews.untouched)
        busy = [*(one.job for one in todo), *documents.pages]
        self._settled = self._reviews.choose(busy)
        ahead, asked = len(todo) + documents.count, len(self._planned.jobs) + documents.total
        self._listener.expect(ahead, asked - ahead)
        if ahead:
            self._unfinished.begin([*(one.job.name for one in todo), *documents.names])
        self._review_files.open(self._settled)
        if not ahead:
            return
        tasks = RunTasks(todo, self._planned, self._settings, self._links, documents)
        if self._cluster is not None:
            self._listen(self._cluster.run(tasks), todo)
            return
        with contextlib.ExitStack() as stack:
            own = any(one.job.notebook.parent != NOTEBOOKS for one in todo)
            pool = self._pool or stack.enter_context(self._settings.workers_of_a_run(own=own))
            stack.enter_context(pool)  # the processes end with the last task, whoever started them
            self._keep(Path(pool.told[PLACE]), todo, files=not pool.forks_all)
            self._listen(pool.run(tasks), todo)

    def _keep(self, folder: Path, todo: Sequence[CheckedJob], *, files: bool) -> None:
        """Keep what was read for the workers, whose notebooks read nothing then; some find it in files."""
        kept, checks = HandedEvaluations(folder), self._planned.checks
        given = (one.job.parameters for one in todo if one.job.kind is not None)
        for plan, audience, as_of in dict.fromkeys(
            (str(one["plan"]), str(one["audience"]), str(one["as_of"])) for one in given
        ):
            evaluation = checks.evaluation(plan, audience, as_of)
            asked, stamps = (plan, audience, as_of), checks.read_from[plan]
            kept.keep(evaluation, asked, stamps, files=files)

    def _listen(self, events: Iterable[TaskEvent], todo: Sequence[CheckedJob]) -> None:
        for event in events:
            if event.number >= len(todo):
                self._document_event(event, event.number - len(todo))
                continue
            found = todo[event.number]
            if isinstance(event, TaskStarted):
                self._listener.started(found.job.label)
            else:
                self._ended(found, event.result)

    def _todo(self) -> list[CheckedJob]:
        jobs = self._planned.jobs
        if self._manifest is None:
            nothing = Key("", "", "", "", "")
            return [CheckedJob(job, nothing, "asked") for job in jobs]
        keys = [self._key(job) for job in jobs]
        if not self._settings.resume:
            return [CheckedJob(job, key, "fresh") for job, key in zip(jobs, keys, strict=True)]
        todo = []
        checked = check_done(
            jobs, keys, self._manifest, self._store, self._links, self._reviews.untouched
        )
        for found in checked:
            if found.why:
                todo.append(found)
            else:
                self._outcomes[found.job.name] = Outcome(found.job, 0.0, None, "")
        return todo

    def _key(self, job: Job) -> Key:
        """The key of a job; one like no other where a file it needs has gone since the check."""
        if job.name not in self._known:
            try:
                self._known[job.name] = self._keys.of(job)
            except OSError:  # the job itself will tell
                self._known[job.name] = Key("", "", "", "", uuid.uuid4().hex)
        return self._known[job.name]

    def _document_event(self, event: TaskEvent, number: int) -> None:
        """Documents were taken up, or have ended; raises OSError as a page does."""
        if isinstance(event, TaskStarted):
            for one in self.documents.groups[number]:
                self._listener.started(one.job.name)
            return
        pages = list(
            {one.job.page.name: one.job.page for one in self.documents.groups[number]}.values()
        )
        moved = self._manifest is not None and self._moved(pages)
        for outcome in self.documents.ended(number, event.result, moved=moved):
            self._listener.finished(outcome.job.name, outcome.seconds, outcome.failure)

    def _ended(self, found: CheckedJob, result: TaskResult) -> None:
        """A job ended; raises OSError where its files could not be written: all would fail."""
        if result.trouble:
            raise OSError(result.trouble)
        job = found.job
        if result.files:
            put(self._store, result.files, job.failed)
        failure = (
            NotebookFailure.from_message(result.failure) if result.failure is not None else None
        )
        if failure is None:
            self._links.made(job)
        if self._manifest is not None:
            self._note(found, result)
        failed_notebook = job.failed if failure is not None and job.failed in result.hashes else ""
        outcome = Outcome(job, result.seconds, failure, found.why, result.attempts, failed_notebook)
        self._outcomes[job.name] = outcome
        self._listener.finished(job.label, result.seconds, failure.block() if failure else "")

    def _note(self, found: CheckedJob, result: TaskResult) -> None:
        """Keep what was done, unless its inputs are not any more what its key was made from."""
        assert self._manifest is not None
        if self._moved([found.job]) or result.failure is not None:
            self._manifest.drop(found.job.name)
        else:
            files = {name.rpartition("/")[2]: text for name, text in result.hashes.items()}
            self._manifest.add(ManifestEntry(found.job.name, found.key, files))

    def _moved(self, jobs: Sequence[Job]) -> bool:
        """Whether inputs of jobs are not any more what their keys were made from; is kept."""
        try:
            read = stamps(self._keys.watched(jobs))
            moved = any(self._watched.get(at) != stamp for at, stamp in read.items())
        except InputError:
            moved = True  # a plan is gone
        self.moved |= moved
        return moved

    def _moved_on(self) -> bool:
        """Whether any input is not any more what the run was planned from."""
        try:
            return stamps(self._keys.watched(self._planned.jobs)) != self._watched
        except InputError:
            return True  # a plan is gone

    def finish(self, began: float) -> Mapping[str, Path | str]:
        """Record what failed, link the pages, write the index, the log and the manifest."""
        outcomes = self.in_order()
        try:
            documents = self.documents.in_order()
            done = {one.job.name for one in outcomes} | {one.job.name for one in documents}
            # Stopped before it was known what to make: then all that was asked for may be of before.
            self._unfinished.begin(job.name for job in self._planned.jobs if job.name not in done)
            self._review_files.close(outcomes, documents, self._links)
            records, settings = self._records, self._settings
            jobs = [job for job in self._planned.jobs if folder_of(job) not in self._settled]
            goals = settings.each(self._store, fewest=4, at_once=1)
            areas = settings.each(self._store, fewest=8, at_once=4)
            goals = heard(self._listener, "progress.goals", goals)
            write_goal_pages(self._planned, self._keys, self._manifest, records, goals)
            if self._manifest is not None:
                self._manifest.close()
                write_log(self._store, outcomes, documents, began, settings)
            index = write_index(
                self._store, records, heard(self._listener, "progress.areas", areas)
            )
            link_compared_areas(self._store, records)
            asked = [
                RequestedPage(job.name, job.parameters, custom=job.kind is None) for job in jobs
            ]
            moved = self._moved_on()
            checks = None if moved else self._planned.checks
            reviews = len({folder_of(job) for job in jobs if job.kind is not None})
            areas = heard(self._listener, "progress.evidence", areas, reviews)
            write_evidence(self._store, asked, versions(), checks, records, areas)
            well = [outcome.job for outcome in outcomes if outcome.failure is None]
            self._records.close({} if moved else self._reviews.keys(well))
            self._unfinished.end(done)
            return index
        finally:
            if self._manifest is not None:
                self._manifest.abandon()


def _cluster(settings: BatchSettings, planned: Planned) -> Cluster:
    """Connect before the folder is touched. Raises InputError."""
    from planlib.batch.workers.cluster import Cluster

    return Cluster(settings.cluster, planned, retries=settings.retries)
