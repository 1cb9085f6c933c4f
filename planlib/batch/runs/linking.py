"""The links at the top of the pages of a run, known before the pages are made.

Each page is made with the links it will have when every job goes well, so that it is written once.
Only where it came otherwise, or pages of earlier runs stand beside the new ones, are the pages of
that review read and linked again at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from planlib.batch.jobs.jobs import Job
from planlib.language.language import Language
from planlib.report.site.folder import SitePage, pages_named
from planlib.report.site.frame import INDEX
from planlib.report.site.goals.names import GoalNames
from planlib.report.site.links import link_pages, page_links, with_links
from planlib.storage.store import Store


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
