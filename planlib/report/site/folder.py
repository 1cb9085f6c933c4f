"""What stands in ``reports/<plan>/<area>/``: the verdicts of the index, and the pages.

The verdicts are kept beside the pages, in ``review.json``, so that the index can be written again
from the folder alone: after a run of another plan, without the plan's files, on another machine.
Which pages there are is read from the folder itself, so a page that was deleted, or one that a
killed run had finished, is never listed wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import Field, ValidationError

from planlib.language.languages import LANGUAGES, LanguageCode
from planlib.language.text import Text
from planlib.plan.base import Id, Part, StoredPeriod, check_id
from planlib.plan.header import USUAL_LANGUAGES
from planlib.plan.periods.calendar import slug
from planlib.plan.periods.text import LABEL, period_of
from planlib.plan.verdicts import Verdict
from planlib.scoring.counts import VerdictCounts
from planlib.storage.store import Place, Store, store_of

FILE = "review.json"
Kind = Literal["annual", "midterm", "compare"]
_ID = "[a-z0-9]+(?:-[a-z0-9]+)*"
_PAGE = re.compile(rf"^(annual|midterm|compare-({_ID}))-({LABEL})\.({'|'.join(LANGUAGES)})\.html$")
DOCUMENTS = {"docx": "Word", "odt": "OpenDocument", "pdf": "PDF", "md": "Markdown"}  # by ending
KINDS: tuple[Kind, ...] = ("annual", "midterm", "compare")
_AS_OF = re.compile(r'<meta name="planlib-as-of" content="([0-9-]*)">')


class PeriodColumn(Part):
    """One column of the grid: a year, or the mid-term after a year."""

    kind: Literal["annual", "midterm"]
    year: StoredPeriod


class GroupRow(Part):
    """A goal in one group it is followed for, such as women: its verdict in each column."""

    group: str
    name: Text
    verdicts: tuple[str, ...]


class Row(Part):
    """One goal: its verdict in each column, and who answers for it. ``part`` goals are not counted."""

    goal: Id
    name: Text
    part: bool
    lead: Text | None = None
    verdicts: tuple[str, ...]
    groups: tuple[GroupRow, ...] = ()


class SectionRows(Part):
    """A section of the plan."""

    name: Text
    rows: tuple[Row, ...]


class GroupOfAreas(Part):
    """A group an area is in: all that are part of one area, or the peer group of that id."""

    kind: Literal["whole", "peers"]
    group: Id
    name: Text


class Failure(Part):
    """A page whose notebook stopped in the last run; ``cell`` counts from 1, None outside them.

    With a ``format`` it is the document of that ending beside the page that was not made. ``goal`` is that of a comparison of areas, empty for reviews of all goals.
    """

    kind: Kind
    goal: str = ""
    year: StoredPeriod
    lang: LanguageCode
    format: str = ""
    cell: int | None = None
    reason: str

    @property
    def of(self) -> tuple[Kind, str, int, str, str]:
        """What failed: a page or a document."""
        return self.kind, self.goal, self.year, self.lang, self.format


class AreaSummary(Part):
    """The verdicts of one plan in one area, as the index shows them.

    ``order`` is the area's place among those the plan follows; the others come after them.
    """

    schema_version: Literal[1] = 1
    plan: Id
    area: Id
    plan_name: Text
    area_name: Text
    term: tuple[StoredPeriod, StoredPeriod]
    as_of: str = ""
    illustrative: bool
    order: int = 0
    columns: tuple[PeriodColumn, ...]
    groups: tuple[SectionRows, ...]
    within: tuple[GroupOfAreas, ...] = ()
    failures: tuple[Failure, ...] = Field(default=())

    @property
    def folder(self) -> str:
        """The folder below the reports, with slashes."""
        return f"{self.plan}/{self.area}"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the plan, as far as planlib speaks them."""
        return tuple(code for code in self.plan_name if code in LANGUAGES) or LANGUAGES[:1]

    @property
    def rows(self) -> list[Row]:
        """All goals in the order of the plan."""
        return [row for group in self.groups for row in group.rows]

    def counts(self, column: int) -> VerdictCounts:
        """What is counted of one column."""
        return VerdictCounts.of(Verdict[row.verdicts[column]] for row in self.rows if not row.part)

    def goals(self, column: int) -> dict[Verdict, list[Row]]:
        """The counted goals of one column by verdict, in the order an office reads them out."""
        found: dict[Verdict, list[Row]] = {verdict: [] for verdict in Verdict}
        for row in self.rows:
            if not row.part:
                found[Verdict[row.verdicts[column]]].append(row)
        return found


@dataclass(frozen=True)
class SitePage:
    """One page of a review; ``as_of`` is what the page itself says, ``goal`` that of a comparison.

    ``documents`` are the endings of the documents that stand beside it.
    """

    kind: Kind
    year: int
    lang: str
    as_of: str
    goal: str = ""
    documents: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the HTML file."""
        return f"{self.stem}.html"

    @property
    def stem(self) -> str:
        """The name of its files without an ending.

        >>> SitePage("annual", 2013, "vi", "").stem
        'annual-2013.vi'
        >>> SitePage("compare", 2013, "vi", "", "poor-households").stem
        'compare-poor-households-2013.vi'
        """
        about = f"{self.kind}-{self.goal}" if self.goal else self.kind
        return f"{about}-{slug(self.year)}.{self.lang}"

    @property
    def about(self) -> tuple[str, str, int]:
        """What it is about, in whatever language."""
        return self.kind, self.goal, self.year


def pages_named(names: Iterable[str]) -> list[SitePage]:
    """The pages among the names of files: years in order, then the mid-term, then comparisons.

    What a page says of its as-of date is not known from its name, and left empty.
    """
    found = []
    for name in names:
        if match := _PAGE.match(name):
            kind: Kind = "compare" if match[2] else "annual" if match[1] == "annual" else "midterm"
            found.append(SitePage(kind, period_of(match[3]), match[4], "", match[2] or ""))
    return sorted(found, key=lambda page: (KINDS.index(page.kind), *page.about[1:], page.lang))


def pages_in(folder: Place) -> list[SitePage]:
    """The pages of a review with their documents, and each with its as-of date. Raises OSError."""
    store = store_of(folder)
    names = store.names()
    there = frozenset(names)
    found = []
    for page in pages_named(names):
        said = _AS_OF.search(store.head(page.name, 2000).decode("utf-8", "replace"))
        beside = tuple(end for end in DOCUMENTS if f"{page.stem}.{end}" in there)
        documents = () if page.goal else beside
        found.append(replace(page, as_of=said[1] if said else "", documents=documents))
    return found


def languages_of(
    summaries: Iterable[tuple[AreaSummary, Sequence[SitePage]]],
) -> tuple[str, ...]:
    """The languages an index of reviews is written in: those of the plans, then of other pages."""
    plans, pages = dict[str, None](), dict[str, None]()
    for summary, there in summaries:
        plans |= dict.fromkeys(summary.languages)
        pages |= dict.fromkeys(page.lang for page in there)
    return tuple(plans | pages) or USUAL_LANGUAGES


def save_summary(out: Place, summary: AreaSummary) -> None:
    """Write the summary of an area beside its pages. Raises OSError."""
    store_of(out).write(f"{summary.folder}/{FILE}", summary.model_dump_json(indent=1) + "\n")


def read_summary(out: Place, plan: str, area: str) -> AreaSummary | None:
    """The summary of a plan and area; None where it is of another version, damaged or misplaced."""
    try:
        text = store_of(out).read(f"{plan}/{area}/{FILE}").decode("utf-8")
        summary = AreaSummary.model_validate_json(text)
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError, ValidationError):
        return None
    told = [
        one for row in summary.rows for one in (row.verdicts, *(g.verdicts for g in row.groups))
    ]
    known = all(
        len(one) == len(summary.columns) and set(one) <= set(Verdict.__members__) for one in told
    )
    placed = (plan, area) == (summary.plan, summary.area)
    return summary if known and placed else None


def named_areas(store: Store) -> list[tuple[str, str]]:
    """The plan and area of every folder that may hold a review, in order. Raises OSError."""
    return [(plan, area) for plan in _named(store) for area in _named(store.at(plan))]


def read_summaries(out: Place) -> list[AreaSummary]:
    """The summary of every review below the reports folder, by plan, in its order. Raises OSError."""
    store = store_of(out)
    found = [read_summary(store, plan, area) for plan, area in named_areas(store)]
    known = [summary for summary in found if summary is not None]
    return sorted(known, key=lambda one: (one.plan, one.order, one.area))


def _named(store: Store) -> list[str]:
    """The folders whose name is an id."""
    found = []
    for name in store.folders():
        try:
            found.append(check_id(name))
        except ValueError:
            continue
    return found


def with_failures(
    summary: AreaSummary, done: Iterable[tuple[Kind, str, int, str, str]],
    failures: Iterable[Failure],
) -> AreaSummary:  # fmt: skip
    """The summary after a run: failures of what was made again go, the new ones come."""
    gone = set(done)
    others = [one for one in summary.failures if one.of not in gone]
    merged = {one.of: one for one in [*others, *failures]}
    return summary.model_copy(update={"failures": tuple(merged[key] for key in sorted(merged))})
