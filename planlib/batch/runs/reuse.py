"""Which jobs are done already: their key is the same, and so is every byte they wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from planlib.batch.jobs.jobs import Job
from planlib.batch.jobs.keys import Key
from planlib.batch.runs.linking import PageLinks
from planlib.batch.runs.manifest import Manifest, ManifestEntry
from planlib.report.site.links import page_hash
from planlib.storage.store import Store

READERS = 8  # threads that read files: hashing leaves Python, and an address is far away


@dataclass(frozen=True, slots=True)
class CheckedJob:
    """A job and why it must run; ``why`` is empty where its files can stay as they are."""

    job: Job
    key: Key
    why: str


def check_done(
    jobs: Sequence[Job], keys: Sequence[Key], manifest: Manifest, store: Store, links: PageLinks,
    untouched: Callable[[Job], bool] = lambda job: False,
) -> Iterator[CheckedJob]:  # fmt: skip
    """Say of each job, in order, whether it must run. Raises OSError.

    ``untouched`` says whether a job's files stand, links included, as the run that wrote them left
    them: then they are not read.
    """

    pairs = list(zip(jobs, keys, strict=True))
    stay = [
        (entry := manifest.get(job.name)) is not None and entry.key == key and untouched(job)
        for job, key in pairs
    ]

    def read(pair: tuple[Job, Key]) -> CheckedJob:
        job, key = pair
        return CheckedJob(job, key, _why(job, key, manifest.get(job.name), store, links))

    with ThreadPoolExecutor(READERS) as readers:
        others = readers.map(
            read, (pair for pair, stays in zip(pairs, stay, strict=True) if not stays)
        )
        for (job, key), stays in zip(pairs, stay, strict=True):
            if stays:
                links.made(job)
            yield CheckedJob(job, key, "") if stays else next(others)


def _why(job: Job, key: Key, entry: ManifestEntry | None, store: Store, links: PageLinks) -> str:
    """Why a job must run, in a few words; empty where it need not."""
    if entry is None:
        return "new"
    if changed := key.changes(entry.key):
        return f"{changed} changed"
    for name in (job.executed, job.page):
        try:
            data = store.read(name)
        except (FileNotFoundError, IsADirectoryError):
            return f"{name.rpartition('/')[2]} is gone"
        if page_hash(data) != entry.files.get(name.rpartition("/")[2]):
            return f"{name.rpartition('/')[2]} was changed"
        if name == job.page:
            links.found(job, data.decode("utf-8", "replace"))
    return ""
