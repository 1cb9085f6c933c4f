"""A run: requests become jobs, jobs pages, pages an index; one failure stops nothing else.

Every file is written whole or not at all, the verdicts of the index are saved before the first
notebook runs, and the pages are read off the folder, so a run that is killed leaves a folder the
next run completes.
"""

from __future__ import annotations

import contextlib
import os
import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from planlib.batch.jobs.jobs import Job
from planlib.batch.jobs.keys import Key, Keys, stamps
from planlib.batch.jobs.planning import Planned as Planned
from planlib.batch.jobs.planning import plan_run as plan_run
from planlib.batch.jobs.reuse import Found, look
from planlib.batch.jobs.versions import versions
from planlib.batch.runs.evidence import Asked, write_evidence
from planlib.batch.runs.folders import Shelving
from planlib.batch.runs.holding import hold
from planlib.batch.runs.linking import Links
from planlib.batch.runs.log import write_log
from planlib.batch.runs.manifest import Entry, Manifest
from planlib.batch.runs.settings import Orders
from planlib.batch.workers.failure import Failure
from planlib.batch.workers.pool import Event, Pool, Started
from planlib.batch.workers.worker import Answer, put, reason
from planlib.errors import InputError, Problem, said
from planlib.report.site.index import write_index

if TYPE_CHECKING:
    from planlib.batch.workers.cluster import Cluster


class Listener(Protocol):
    """Who is told how a run goes."""

    def expect(self, jobs: int, reused: int) -> None:
        """So many jobs will be run, and so many are done already."""

    def started(self, label: str) -> None:
        """A job was taken up."""

    def finished(self, label: str, seconds: float, failure: str) -> None:
        """A job ended; ``failure`` is empty where it ended well."""


@dataclass(frozen=True)
class How:
    """How jobs are run.

    ``record`` keeps a manifest and a log in the folder; ``resume`` leaves alone what the manifest
    says is done. ``timeout`` is in seconds a notebook, ``retries`` how often a job that failed is tried
    again, ``cluster`` the address of a Dask scheduler that runs the jobs.
    """

    workers: int | None = None
    engine: str = "auto"
    timeout: float | None = None
    retries: int = 0
    resume: bool = False
    record: bool = False
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job; ``why`` it was run, and empty where its files of before were left.

    ``kept`` is the name of the notebook that stopped, empty where none could be kept.
    """

    job: Job
    seconds: float
    failure: Failure | None
    why: str = "asked"
    attempts: int = 1
    kept: str = ""

    @property
    def reused(self) -> bool:
        """Whether it was done already."""
        return not self.why


@dataclass(frozen=True)
class Report:
    """What came of a run. ``moved`` says that inputs changed while it ran."""

    outcomes: tuple[Outcome, ...]
    index: tuple[Path | str, ...]
    seconds: float
    moved: bool = False

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The jobs whose notebook stopped."""
        return tuple(outcome for outcome in self.outcomes if outcome.failure is not None)


def default_workers() -> int:
    """Two, as each also has a kernel; one on a machine with one core."""
    return min(2, os.cpu_count() or 1)


def run(
    planned: Planned, listener: Listener, workers: int | None = None, how: How | None = None
) -> Report:
    """Run the jobs and write the index.

    Raises InputError where the folder cannot be written to or another run is writing there. After
    an interruption the index still covers what was finished.
    """
    began = time.time()
    how = how or How(workers)
    try:
        with contextlib.ExitStack() as stack:
            cluster = stack.enter_context(_cluster(how, planned)) if how.cluster else None
            stack.enter_context(hold(planned.store))
            one = _Run(planned, how, listener, cluster)
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
    return Report(outcomes, tuple(index), time.time() - began, one.moved)


class _Run:
    """A run on its way, holding the folder."""

    def __init__(
        self, planned: Planned, how: How, listener: Listener, cluster: Cluster | None
    ) -> None:
        self._planned, self._how, self._listener = planned, how, listener
        self._cluster = cluster
        self._store = planned.store
        self._links = Links(planned.store, planned.jobs)
        self._manifest = Manifest(planned.store) if how.record else None
        self._keys = Keys(planned.checks)
        self._watched = stamps(self._keys.watched(planned.jobs))
        self._shelving = Shelving(planned)
        self._outcomes: dict[str, Outcome] = {}
        self.moved = False

    def in_order(self) -> tuple[Outcome, ...]:
        """What came of the jobs so far, in the order they were asked for."""
        names = (job.name for job in self._planned.jobs)
        return tuple(self._outcomes[name] for name in names if name in self._outcomes)

    def run(self) -> None:
        """Run what must be run."""
        todo = self._todo()
        self._listener.expect(len(todo), len(self._planned.jobs) - len(todo))
        self._shelving.open()
        if not todo:
            return
        orders = Orders(todo, self._planned, self._how, self._links)
        if self._cluster is not None:
            self._listen(self._cluster.run(orders), todo)
            return
        workers = self._how.workers or default_workers()
        warm = self._how.engine != "papermill"
        with Pool(workers, warm=warm, retries=self._how.retries) as pool:
            self._listen(pool.run(orders), todo)

    def _listen(self, events: Iterable[Event], todo: Sequence[Found]) -> None:
        for event in events:
            found = todo[event.number]
            if isinstance(event, Started):
                self._listener.started(found.job.label)
            else:
                self._answered(found, event.answer)

    def _todo(self) -> list[Found]:
        jobs = self._planned.jobs
        if self._manifest is None:
            nothing = Key("", "", "", "", "")
            return [Found(job, nothing, "asked") for job in jobs]
        keys = [self._key(job) for job in jobs]
        if not self._how.resume:
            return [Found(job, key, "fresh") for job, key in zip(jobs, keys, strict=True)]
        todo = []
        for found in look(jobs, keys, self._manifest, self._store, self._links):
            if found.why:
                todo.append(found)
            else:
                self._outcomes[found.job.name] = Outcome(found.job, 0.0, None, "")
        return todo

    def _key(self, job: Job) -> Key:
        """The key of a job; one like no other where a file it needs has gone since the check."""
        try:
            return self._keys.of(job)
        except OSError:  # the job itself will tell
            return Key("", "", "", "", uuid.uuid4().hex)

    def _answered(self, found: Found, answer: Answer) -> None:
        """A job ended; raises OSError where its files could not be written: all would fail."""
        if answer.trouble:
            raise OSError(answer.trouble)
        job = found.job
        if answer.files:
            put(self._store, answer.files, job.failed)
        failure = Failure.told(answer.failure) if answer.failure is not None else None
        if failure is None:
            self._links.made(job)
        if self._manifest is not None:
            self._note(found, answer)
        kept = job.failed if failure is not None and job.failed in answer.hashes else ""
        outcome = Outcome(job, answer.seconds, failure, found.why, answer.attempts, kept)
        self._outcomes[job.name] = outcome
        self._listener.finished(job.label, answer.seconds, failure.block() if failure else "")

    def _note(self, found: Found, answer: Answer) -> None:
        """Keep what was done, unless its inputs are not any more what its key was made from."""
        assert self._manifest is not None
        try:
            read = stamps(self._keys.watched([found.job]))
            moved = any(self._watched.get(at) != stamp for at, stamp in read.items())
        except InputError:
            moved = True  # its plan is gone
        self.moved |= moved
        if answer.failure is not None or moved:
            self._manifest.drop(found.job.name)
        else:
            files = {name.rpartition("/")[2]: text for name, text in answer.hashes.items()}
            self._manifest.add(Entry(found.job.name, found.key, files))

    def finish(self, began: float) -> Sequence[Path | str]:
        """Record what failed, link the pages, write the index, the log and the manifest."""
        outcomes = self.in_order()
        try:
            self._shelving.close(((o.job, o.failure) for o in outcomes), self._links)
            if self._manifest is not None:
                self._manifest.close()
                write_log(self._store, outcomes, began, self._how)
            index = write_index(self._store)
            jobs = self._planned.jobs
            asked = [Asked(job.name, job.parameters, job.kind is None) for job in jobs]
            write_evidence(self._store, asked, versions())
            return index
        finally:
            if self._manifest is not None:
                self._manifest.abandon()


def _cluster(how: How, planned: Planned) -> Cluster:
    """Connect before the folder is touched. Raises InputError."""
    from planlib.batch.workers.cluster import Cluster

    return Cluster(how.cluster, planned, retries=how.retries)
