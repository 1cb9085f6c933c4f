"""A run: requests become jobs, jobs pages, pages an index; one failure stops nothing else.

Every file is written whole or not at all, the verdicts of the index are saved before the first
notebook runs, and the pages are read off the folder, so a run that is killed leaves a folder the
next run completes.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from planlib.batch.failure import Failure
from planlib.batch.jobs import Job, Request, check_jobs, desk_for, jobs_for
from planlib.batch.lock import only_run
from planlib.batch.parameters import Checks
from planlib.batch.pool import Pool, Started
from planlib.batch.worker import Answer, Order, reason
from planlib.errors import InputError, Problem
from planlib.intake.shipped import NOTEBOOKS
from planlib.publish import shelf as shelves
from planlib.publish.evidence import write_evidence
from planlib.publish.files import remove_leftovers
from planlib.publish.shelf import FILE, Shelf, read_shelf, save_shelf, with_failures
from planlib.publish.site import link_pages, write_index
from planlib.publish.summary import shelf_of


class Listener(Protocol):
    """Who is told how a run goes."""

    def started(self, label: str) -> None:
        """A job was taken up."""

    def finished(self, label: str, seconds: float, failure: str) -> None:
        """A job ended; ``failure`` is empty where it ended well."""


@dataclass(frozen=True)
class Outcome:
    """What came of a job."""

    job: Job
    seconds: float
    failure: Failure | None


@dataclass(frozen=True)
class Report:
    """What came of a run."""

    outcomes: tuple[Outcome, ...]
    index: tuple[Path, ...]
    seconds: float

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The jobs whose notebook stopped."""
        return tuple(outcome for outcome in self.outcomes if outcome.failure is not None)


@dataclass(frozen=True)
class Planned:
    """A run that has been checked: nothing in it can be refused any more."""

    out: Path
    jobs: tuple[Job, ...]
    shelves: tuple[Shelf, ...]


def plan_run(requests: Sequence[Request], out: Path, notebooks: Path = NOTEBOOKS) -> Planned:
    """Check requests and settle their jobs; raises InputError with every problem of all.

    ``notebooks`` is the folder of the review notebooks.
    """
    checks = Checks()
    jobs: list[Job] = []
    found: dict[str, Shelf] = {}
    problems: list[Problem] = []
    for request in requests:
        try:
            desk = desk_for(request, checks)
            jobs += jobs_for(request, desk, out, notebooks)
            shelf = shelf_of(desk)
            found[shelf.folder] = shelf
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    check_jobs(jobs, checks)
    return Planned(out, tuple(jobs), tuple(found.values()))


def default_workers() -> int:
    """Two, as each also has a kernel; one on a machine with one core."""
    return min(2, os.cpu_count() or 1)


def run(planned: Planned, listener: Listener, workers: int | None = None) -> Report:
    """Run the jobs and write the index.

    Raises InputError where the folder cannot be written to or another run is writing there. After
    an interruption the index still covers what was finished.
    """
    began = time.monotonic()
    out = planned.out
    try:
        out.mkdir(parents=True, exist_ok=True)
        with only_run(out):
            remove_leftovers(out)
            for shelf in planned.shelves:
                save_shelf(out, with_failures(shelf, [], _failures_before(out, shelf)))
            outcomes: list[Outcome] = []
            try:
                _run_jobs(planned.jobs, workers or default_workers(), listener, outcomes)
            finally:
                index = _finish(planned, outcomes)
    except OSError as error:
        raise InputError([_unwritable(out, reason(error))]) from None
    return Report(tuple(outcomes), tuple(index), time.monotonic() - began)


def _failures_before(out: Path, shelf: Shelf) -> tuple[shelves.Failure, ...]:
    before = read_shelf(out / shelf.folder / FILE)
    return before.failures if before is not None else ()


def _unwritable(out: Path, why: str) -> Problem:
    return Problem(f"cannot write reports: {why}", file=str(out))


def _run_jobs(
    jobs: Sequence[Job], workers: int, listener: Listener, outcomes: list[Outcome]
) -> None:
    """Run jobs in worker processes, adding outcomes as they come."""
    orders = [_order(job) for job in jobs]
    with Pool(workers, warm=len(orders) > workers) as pool:
        for event in pool.run(orders):
            job = jobs[event.number]
            if isinstance(event, Started):
                listener.started(job.label)
                continue
            outcome = _outcome(job, event.answer)
            outcomes.append(outcome)
            failure = outcome.failure
            listener.finished(job.label, outcome.seconds, failure.block() if failure else "")


def _outcome(job: Job, answer: Answer) -> Outcome:
    """What came of a job; raises OSError where its files could not be written: all would fail."""
    if answer.trouble:
        raise OSError(answer.trouble)
    failure = Failure(**answer.failure) if answer.failure is not None else None
    return Outcome(job, answer.seconds, failure)


def _order(job: Job) -> Order:
    return Order(
        notebook=str(job.notebook),
        parameters=dict(job.parameters),
        executed=str(job.executed),
        failed=str(job.executed.with_suffix(".failed.ipynb")),
        page=str(job.page),
        frame=job.frame.record(),
    )


def _finish(planned: Planned, outcomes: Sequence[Outcome]) -> list[Path]:
    """Record what failed, link the pages, write the index and what proves it all."""
    out = planned.out
    for shelf in planned.shelves:
        mine = [o for o in outcomes if (o.job.plan, o.job.area) == (shelf.plan, shelf.area)]
        kept = _failures_before(out, shelf)
        done = [(o.job.kind, o.job.year, o.job.lang) for o in mine]
        failures = [_told(o.job, o.failure) for o in mine if o.failure is not None]
        before = shelf.model_copy(update={"failures": kept})
        save_shelf(out, with_failures(before, done, failures))
        link_pages(out / shelf.folder)
    index = write_index(out)
    write_evidence(out, [job.parameters for job in planned.jobs])
    return index


def _told(job: Job, failure: Failure) -> shelves.Failure:
    lang = job.lang
    assert lang == "vi" or lang == "en"
    why = failure.error.strip().splitlines() or [""]
    return shelves.Failure(
        kind=job.kind, year=job.year, lang=lang, cell=failure.cell, reason=why[0][:300]
    )
