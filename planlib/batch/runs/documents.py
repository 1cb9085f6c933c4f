"""The documents of a run: which must be made, by which tasks, and what came of them.

They are made after the pages, many by one task where LibreOffice makes them: it takes longer to
start than to convert a document.
"""

from __future__ import annotations

import uuid
from base64 import b64decode
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from planlib.batch.jobs.documents import DocumentJob, document_jobs, document_key
from planlib.batch.jobs.jobs import Job
from planlib.batch.jobs.keys import Key
from planlib.batch.jobs.planning import Planned
from planlib.batch.runs.manifest import Manifest, ManifestEntry
from planlib.batch.runs.outcomes import DocumentOutcome
from planlib.batch.runs.settings import BatchSettings
from planlib.batch.workers.documents import MadeDocuments, file_sha256, put_documents
from planlib.batch.workers.failure import NotebookFailure
from planlib.batch.workers.tasks import AskedDocument, DocumentTask, TaskResult
from planlib.plan.base import period_record
from planlib.report.documents.converted import CONVERTED

TOGETHER = 20  # documents of a task where LibreOffice converts some of them


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """A document that must be made, its key, and why."""

    job: DocumentJob
    key: Key
    why: str


class RunDocuments:
    """The documents of a run, and what became of them."""

    def __init__(
        self, planned: Planned, settings: BatchSettings, manifest: Manifest | None,
        key: Callable[[Job], Key],
    ) -> None:  # fmt: skip
        self._store, self._settings, self._manifest = planned.store, settings, manifest
        self._key, self._run = key, uuid.uuid4().hex
        self._jobs = document_jobs(planned.jobs)
        self._outcomes: dict[str, DocumentOutcome] = {}
        self.groups: list[list[CheckedDocument]] = []

    @property
    def total(self) -> int:
        """How many were asked for."""
        return len(self._jobs)

    @property
    def count(self) -> int:
        """How many must be made."""
        return sum(map(len, self.groups))

    def in_order(self) -> tuple[DocumentOutcome, ...]:
        """What came of the documents so far, in the order they were asked for."""
        names = (job.name for job in self._jobs)
        return tuple(self._outcomes[name] for name in names if name in self._outcomes)

    @property
    def pages(self) -> list[Job]:
        """The pages of those that must be made."""
        return [one.job.page for group in self.groups for one in group]

    @property
    def names(self) -> list[str]:
        """The names of those that must be made."""
        return [one.job.name for group in self.groups for one in group]

    def choose(self, untouched: Callable[[Job], bool] = lambda job: False) -> None:
        """Settle which must be made, and together with which. Raises OSError.

        ``untouched`` says of a page that its folder stands as a run left it: what is done there is
        not read.
        """
        todo = []
        for job in self._jobs:
            found = self._checked(job, untouched)
            if found.why:
                todo.append(found)
            else:
                self._outcomes[job.name] = DocumentOutcome(job, 0.0, "", "")
        self.groups = _groups(todo)

    def _checked(self, job: DocumentJob, untouched: Callable[[Job], bool]) -> CheckedDocument:
        if self._manifest is None:
            return CheckedDocument(job, Key("", "", "", "", ""), "asked")
        key = document_key(self._key(job.page), job.kind)
        if not self._settings.resume:
            return CheckedDocument(job, key, "fresh")
        return CheckedDocument(job, key, self._why(job, key, untouched))

    def _why(self, job: DocumentJob, key: Key, untouched: Callable[[Job], bool]) -> str:
        """Why a document must be made, in a few words; empty where it need not."""
        entry = self._manifest.get(job.name) if self._manifest is not None else None
        if entry is None:
            return "new"
        if changed := key.changes(entry.key):
            return f"{changed} changed"
        if untouched(job.page):
            return ""
        for file, sha256 in entry.files.items():
            try:
                data = self._store.read(job.folder + file)
            except (FileNotFoundError, IsADirectoryError):
                return f"{file} is gone"
            if file_sha256(data) != sha256:
                return f"{file} was changed"
        return ""

    def task(self, number: int) -> DocumentTask:
        """What a worker is told of one group."""
        group = self.groups[number]
        timeout = self._settings.timeout
        return DocumentTask(
            documents=tuple(self._asked(one.job) for one in group),
            run=self._run,
            out=self._store.place,
            timeout=timeout * len(group) if timeout is not None else None,
            return_files=not self._store.shared,
        )

    def _asked(self, job: DocumentJob) -> AskedDocument:
        page = job.page
        given = {name: str(page.parameters.get(name, "")) for name in ("plan", "as_of", "audience")}
        return AskedDocument(
            name=job.name, kind=job.kind, area=page.area, lang=page.lang,
            period="midterm" if page.kind == "midterm" else str(period_record(page.year)),
            remarks=str(page.parameters.get("remarks", "")), before=self._before(job), **given,
        )  # fmt: skip

    def _before(self, job: DocumentJob) -> str:
        """The hash of the file as a run wrote it last; empty where none did."""
        entry = self._manifest.get(job.name) if self._manifest is not None else None
        return entry.files.get(job.name.rpartition("/")[2], "") if entry is not None else ""

    def ended(self, number: int, result: TaskResult, *, moved: bool) -> Sequence[DocumentOutcome]:
        """Keep what was made of one group; ``moved`` inputs are not what keys were made from.

        Raises OSError where it could not be written.
        """
        if result.trouble:
            raise OSError(result.trouble)
        group = self.groups[number]
        failures = dict(result.failures)
        if result.failure is not None:  # of the worker itself
            why = NotebookFailure.from_message(result.failure).error
            failures = {one.job.name: why for one in group}
        if result.encoded:
            self._put(group, result, failures)
        ended = []
        for one in group:
            failure = failures.get(one.job.name, "")
            if not failure and self._manifest is not None:
                key = Key("", "", "", "", uuid.uuid4().hex) if moved else one.key
                self._manifest.add(ManifestEntry(one.job.name, key, _files(one.job, result)))
            seconds = result.seconds / len(group)
            outcome = DocumentOutcome(one.job, seconds, failure, one.why, result.attempts)
            self._outcomes[one.job.name] = outcome
            ended.append(outcome)
        return ended

    def _put(
        self, group: Sequence[CheckedDocument], result: TaskResult, failures: dict[str, str]
    ) -> None:
        """Write what was handed back."""
        made = MadeDocuments()
        for one in group:
            names = [one.job.folder + file for file in _files(one.job, result)]
            if names:
                made.files[one.job.name] = {name: b64decode(result.encoded[name]) for name in names}
        put_documents(self._store, made, {one.job.name: self._before(one.job) for one in group})
        failures |= made.failures


def _files(job: DocumentJob, result: TaskResult) -> dict[str, str]:
    """The hashes of the files of a document, by their names in the folder of the review."""
    pictures = f"{job.page.name}_files/" if job.kind == "md" else "\0"
    return {
        name.removeprefix(job.folder): sha256
        for name, sha256 in result.hashes.items()
        if name == job.name or name.startswith(pictures)
    }


def _groups(todo: Sequence[CheckedDocument]) -> list[list[CheckedDocument]]:
    """Documents in their order, those of a page together; more where LibreOffice makes some."""
    together = TOGETHER if any(one.job.kind in CONVERTED for one in todo) else 1
    groups: list[list[CheckedDocument]] = []
    page = None
    for one in todo:
        if not groups or (one.job.page is not page and len(groups[-1]) >= together):
            groups.append([])
        groups[-1].append(one)
        page = one.job.page
    return groups
