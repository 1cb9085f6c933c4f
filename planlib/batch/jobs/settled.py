"""Which reviews of a run are settled: their folders stand as the last run left them, made from the same.

Of those nothing is read, scored or written; what the index and the proof need of them is on record.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping

from planlib.batch.jobs.jobs import Job
from planlib.batch.jobs.keys import Keys
from planlib.errors import InputError
from planlib.report.site.area_records import AreaRecords


class SettledReviews:
    """The reviews of a run by their folders, with the keys of what they claim."""

    def __init__(self, records: AreaRecords, jobs: Iterable[Job], keys: Keys) -> None:
        self._records, self._keys = records, keys
        self._jobs: dict[str, list[Job]] = {}
        for job in jobs:
            if job.kind is not None:
                self._jobs.setdefault(folder_of(job), []).append(job)
        self._known: dict[str, str] = {}

    def untouched(self, job: Job) -> bool:
        """Whether a job's files stand as they were left, and no page comes to those beside them."""
        if job.kind is None or (record := self._records.settled(folder_of(job))) is None:
            return False
        there, mine = record.files, self._jobs[folder_of(job)]
        return all(_page(one) in there and f"{_stem(one)}.ipynb" in there for one in mine)

    def choose(self, todo: Iterable[Job]) -> frozenset[str]:
        """The folders of the reviews that are settled, where some jobs must be run; keeps the rest."""
        busy = {folder_of(job) for job in todo if job.kind is not None}
        found = set()
        for folder in self._jobs:
            record = None if folder in busy else self._records.settled(folder)
            if record is not None and record.whole and record.key == self.key(folder):
                found.add(folder)
            else:
                self._records.forget([folder])
        return frozenset(found)

    def key(self, folder: str) -> str:
        """The key of what a review claims; empty where it is asked for in two ways, or unknown."""
        if folder not in self._known:
            first, *others = jobs = self._jobs[folder]
            self._known[folder] = ""
            if all(_asked(job.parameters) == _asked(first.parameters) for job in others):
                with contextlib.suppress(OSError, InputError):  # the jobs will tell
                    self._known[folder] = self._keys.of_review(jobs[0])
        return self._known[folder]

    def keys(self, done: Iterable[Job]) -> dict[str, str]:
        """The keys of the reviews all of whose jobs are done."""
        names = {job.name for job in done}
        return {
            folder: self.key(folder)
            for folder, jobs in self._jobs.items()
            if self._records.settled(folder) is None and all(job.name in names for job in jobs)
        }


def folder_of(job: Job) -> str:
    """The folder of a job's review below the reports."""
    return f"{job.plan}/{job.area}"


def _asked(parameters: Mapping[str, object]) -> list[object]:
    return [parameters.get(name) for name in ("plan", "audience", "as_of", "remarks")]


def _stem(job: Job) -> str:
    return job.name.rpartition("/")[2]


def _page(job: Job) -> str:
    return f"{_stem(job)}.html"
