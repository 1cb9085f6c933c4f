"""Documents beside the pages of a run: which there are, and what each depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version

from planlib.batch.jobs.jobs import Job
from planlib.batch.jobs.keys import Key
from planlib.report.documents.converted import CONVERTED, converter, converter_version

LIBRARIES = ("lxml", "python-docx")  # those that write a document, besides those of every page


@dataclass(frozen=True, slots=True)
class DocumentJob:
    """One document of a page: a file of the same name with an ending of its own."""

    page: Job
    kind: str

    @property
    def name(self) -> str:
        """The name of the file below the reports folder."""
        return f"{self.page.name}.{self.kind}"

    @property
    def folder(self) -> str:
        """The folder of its review, with a slash at its end."""
        return self.page.name[: self.page.name.rindex("/") + 1]


def document_jobs(jobs: Iterable[Job]) -> list[DocumentJob]:
    """The documents that were asked for beside the pages of jobs, page by page."""
    return [DocumentJob(job, kind) for job in jobs for kind in job.documents]


def document_key(key: Key, kind: str) -> Key:
    """The key of a document from that of its page, whose figures and remarks it tells.

    No notebook is run for it; another LibreOffice makes another PDF.
    """
    told = [key.planlib, *_writers(kind)]
    return replace(
        key, notebook="", planlib=hashlib.sha256("\0".join(told).encode()).hexdigest()[:16]
    )


def check_converter(jobs: Iterable[Job]) -> None:
    """Raise InputError where a document is asked for that nothing here can make."""
    asked = {kind for job in jobs for kind in job.documents}
    for name, kind in CONVERTED.items():
        if name in asked:
            converter(kind)


@cache
def _writers(kind: str) -> tuple[str, ...]:
    found = tuple(f"{name} {version(name)}" for name in LIBRARIES)
    return (*found, converter_version()) if kind in CONVERTED else found
