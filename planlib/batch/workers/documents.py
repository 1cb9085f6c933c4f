"""Documents made by a worker: straight from the evaluation, by the code of ``planlib report``."""

from __future__ import annotations

import contextlib
import hashlib
import time
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath

from planlib.batch.jobs.checks import Checks
from planlib.batch.workers.tasks import AskedDocument, DocumentTask, TaskResult, reason
from planlib.errors import InputError, Problem, one_line, refused, said
from planlib.excel.overwriting import sealed, unchanged
from planlib.report.documents.converted import CONVERTED, Converted, WordFile, converted_together
from planlib.report.documents.office_document import OfficeDocument
from planlib.report.documents.skeleton import Issuer
from planlib.report.pages.report_files import markdown_report, report_page, word_bytes
from planlib.storage.store import Store, open_store

Files = dict[str, bytes]


@dataclass
class MadeDocuments:
    """The files of each document by its name, and why others were not made."""

    files: dict[str, Files] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)


def carry_out_documents(task: DocumentTask) -> TaskResult:
    """Make the documents of a task and write them, or hand them back."""
    began = time.monotonic()
    with contextlib.chdir(task.folder or "."):
        checks = _checks(str(Path.cwd()), task.run)
        made = documents_made(task.documents, checks)
    if not task.return_files:
        try:
            before = {one.name: one.before for one in task.documents}
            put_documents(open_store(task.out), made, before)
        except OSError as error:
            return TaskResult(time.monotonic() - began, trouble=reason(error))
    files = {name: data for some in made.files.values() for name, data in some.items()}
    return TaskResult(
        time.monotonic() - began,
        hashes={name: file_sha256(data) for name, data in files.items()},
        failures=made.failures,
        encoded={name: b64encode(data).decode() for name, data in files.items()}
        if task.return_files
        else {},
    )


def documents_made(asked: Sequence[AskedDocument], checks: Checks) -> MadeDocuments:
    """The documents that were asked for; one that fails stops no other.

    Those that LibreOffice makes are made by one run of it a format.
    """
    made = MadeDocuments()
    waiting: dict[Converted, list[tuple[str, WordFile]]] = {}
    known: dict[tuple[str, ...], OfficeDocument] = {}
    for one in asked:
        try:
            about = (one.plan, one.area, one.period, one.audience, one.as_of, one.lang, one.remarks)
            if about not in known:  # the documents of a page follow one another
                known = {about: _document(one, checks)}
            document = known[about]
            if one.kind in CONVERTED:
                data = word_bytes(document, f".{one.kind}")
                waiting.setdefault(CONVERTED[one.kind], []).append(
                    (one.name, WordFile(data, document.dated))
                )
            else:
                made.files[one.name] = _written(one, document)
        except Exception as error:  # whatever it is, the others can be made
            made.failures[one.name] = _why(error)
    for kind, some in waiting.items():
        for (name, _), result in zip(some, _converted(some, kind), strict=True):
            if isinstance(result, bytes):
                made.files[name] = {name: result}
            else:
                made.failures[name] = _why(result)
    return made


def _converted(
    some: Sequence[tuple[str, WordFile]], kind: Converted
) -> Sequence[bytes | InputError]:
    try:
        return converted_together([file for _, file in some], kind)
    except InputError as error:
        return [error] * len(some)


def put_documents(store: Store, made: MadeDocuments, before: Mapping[str, str]) -> None:
    """Write documents; nobody's work is written over. Raises OSError.

    ``before`` are the hashes of what a run wrote last. A file that is neither that nor sealed by
    planlib holds what somebody wrote in, and is left: then this is the document's failure.
    """
    for name, files in list(made.files.items()):
        try:
            old = store.read(name)
        except FileNotFoundError:
            old = None
        if old is not None and old != files[name] and not _ours(name, old, before.get(name, "")):
            hint = said("batch.move-document-away")
            message = said("excel.file-not-written-by-planlib")
            made.failures[name] = str(Problem(message, hint=hint))
            del made.files[name]
            continue
        for file, data in reversed(files.items()):  # its pictures before it
            store.write(file, data)


def _ours(name: str, data: bytes, before: str) -> bool:
    """Whether a document is as planlib wrote it."""
    return file_sha256(data) == before or (name.endswith(".docx") and unchanged(data))


def file_sha256(data: bytes) -> str:
    """The hash of a file, as ``sha256sum`` tells it."""
    return hashlib.sha256(data).hexdigest()


@lru_cache(maxsize=1)
def _checks(place: str, run: str) -> Checks:
    """The plans that a run opened from a folder."""
    return Checks()


def _document(one: AskedDocument, checks: Checks) -> OfficeDocument:
    evaluation = checks.evaluation(one.plan, one.audience, one.as_of)
    page = report_page(evaluation, one.area, one.period, one.lang, one.remarks)
    return page.handed_in(None, Issuer(), None)


def _written(one: AskedDocument, document: OfficeDocument) -> Files:
    """A Word document, or Markdown with its pictures."""
    if one.kind == "docx":
        return {one.name: sealed(word_bytes(document))}
    if one.kind != "md":
        raise refused(said("batch.format-unknown", found=one.kind))
    text, pictures = markdown_report(document, Path(one.name))
    beside = {PurePosixPath(path).as_posix(): data for path, data in pictures.items()}
    return {one.name: text.encode(), **beside}


def _why(error: Exception) -> str:
    if isinstance(error, InputError):
        return "; ".join(map(str, error.problems))[:500]
    return one_line(f"{type(error).__name__}: {error}")[:300]
