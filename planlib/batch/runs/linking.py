"""The links at the top of the pages of a run, known before the pages are made.

Each page is made with the links it will have when every job goes well, so that it is written once.
Only where it came otherwise, or pages of earlier runs stand beside the new ones, are the pages of
that review read and linked again at the end. Pages that compare areas lead to those that have a page in
the site, which a run may bring: so these are looked at in all reviews.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import partial
from types import MappingProxyType

from pydantic import ValidationError

from planlib.batch.jobs.jobs import Job
from planlib.language.language import Language
from planlib.report.site.area_records import AreaRecords
from planlib.report.site.areas.linked import with_area_links
from planlib.report.site.folder import FILE, SitePage, named_areas, pages_named
from planlib.report.site.frame import INDEX
from planlib.report.site.goals.names import GoalNames
from planlib.report.site.links import link_pages, page_links, with_links
from planlib.storage.store import Store
from planlib.verify.evidence import VERDICTS, Evidence


class PageLinks:
    """The links of a run's pages."""

    def __init__(
        self, store: Store, jobs: Iterable[Job], goals: Mapping[str, GoalNames] = MappingProxyType({})
    ) -> None:  # fmt: skip
        """``goals`` are those of each plan that have pages."""
        self._store, self._goals = store, goals
        self._planned: dict[str, list[SitePage]] = {}
        self._expected: dict[str, list[SitePage]] = {}
        self._right: dict[str, set[str]] = {}
        for job in jobs:
            if job.kind is not None:
                page = SitePage(job.kind, job.year, job.lang, "", job.goal)
                self._planned.setdefault(f"{job.plan}/{job.area}", []).append(page)

    def of(self, job: Job) -> str:
        """The links of a job's page."""
        if job.kind is None:
            up = "../" * job.name.count("/")
            return f'<a href="{up}{INDEX[job.lang]}">{Language(job.lang)("site.index")}</a>'
        pages = self._pages(f"{job.plan}/{job.area}")
        page = SitePage(job.kind, job.year, job.lang, "", job.goal)
        return str(page_links(page, pages, self._goals.get(str(job.plan), ())))

    def _pages(self, folder: str) -> list[SitePage]:
        """The pages a review will have: those there are, and those of this run."""
        if folder not in self._expected:
            there = pages_named(self._store.at(folder).names())
            names = dict.fromkeys(page.name for page in [*there, *self._planned.get(folder, [])])
            self._expected[folder] = pages_named(names)
        return self._expected[folder]

    def made(self, job: Job) -> None:
        """A page was written with its links."""
        self._right.setdefault(f"{job.plan}/{job.area}", set()).add(job.page.rpartition("/")[2])

    def found(self, job: Job, text: str) -> None:
        """A page of an earlier run stays: are its links still right?"""
        if job.kind is None or with_links(text, self.of(job)) == text:
            self.made(job)

    def finish(self, folder: str) -> None:
        """Link the pages of a review where they are not linked rightly already. Raises OSError."""
        store = self._store.at(folder)
        there = pages_named(store.names())
        as_expected = there == self._pages(folder)
        if not as_expected or {page.name for page in there} != self._right.get(folder, set()):
            link_pages(store, self._goals.get(folder.partition("/")[0], ()))


def link_compared_areas(store: Store, records: AreaRecords) -> None:
    """Set the links of every page that compares areas, once the index is written. Raises OSError.

    Where a page changes that this run did not make, its ``verdicts.json`` names the new hash, unless
    somebody has changed the page: that is for the proof to tell.
    """
    links = _AreaIndexes(store)
    for folder in records.folders_with("compare-") or _alone(store):
        there, plan = store.at(folder), folder.partition("/")[0]
        changed: dict[str, tuple[str, str]] = {}
        for page in pages_named(there.names()):
            if page.kind == "compare":
                before = there.read(page.name)
                text = before.decode("utf-8")
                linked = with_area_links(text, partial(links.to, plan, page.lang))
                if linked != text:
                    there.write(page.name, linked)
                    changed[page.name] = _sha256(before), _sha256(linked.encode())
        if changed:
            records.changed(folder)
            _reseal(there, changed)


class _AreaIndexes:
    """The pages of areas that there are."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._names: dict[str, frozenset[str]] = {}

    def to(self, plan: str, lang: str, area: str) -> str:
        """The address of an area's page from that of another, better in another language than none."""
        beside = f"{plan}/{area}"
        if beside not in self._names:
            names = frozenset(self._store.at(beside).names())
            self._names[beside] = names if FILE in names else frozenset()
        index = next(
            (one for one in (INDEX[lang], *INDEX.values()) if one in self._names[beside]), ""
        )
        return f"../{area}/{index}" if index else ""


def _alone(store: Store) -> list[str]:
    """The one review of a site, of which no records are kept."""
    found = named_areas(store)
    return [f"{plan}/{area}" for plan, area in found] if len(found) == 1 else []


def _reseal(folder: Store, changed: dict[str, tuple[str, str]]) -> None:
    """Name the new hashes of pages where a review's evidence names those they had."""
    try:
        evidence = Evidence.model_validate_json(folder.read(VERDICTS))
    except (FileNotFoundError, ValidationError):
        return
    pages = tuple(
        page.model_copy(update={"sha256": changed[page.name][1]})
        if page.name in changed and page.sha256 == changed[page.name][0]
        else page
        for page in evidence.pages
    )
    if pages != evidence.pages:
        folder.write(VERDICTS, evidence.model_copy(update={"pages": pages}).sealed().text())


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
