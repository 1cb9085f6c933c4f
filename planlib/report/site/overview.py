"""The index of many areas: one line each, and a page of its own for each with all its goals.

An index that shows every goal of hundreds of areas is larger than a browser can hold. So beyond a
few areas the index tells of each how many goals were reached of those judged, and how many lack a
figure, year by year, and the goals stand in ``<plan>/<area>/index.html``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from planlib.language.language import Language, own_name
from planlib.language.text import Text
from planlib.report.site.folder import (
    FILE,
    AreaSummary,
    PeriodColumn,
    SitePage,
    languages_of,
    named_areas,
    pages_in,
    read_summary,
)
from planlib.report.site.frame import INDEX, index_names, page_style, templates
from planlib.report.site.index import Other, index_page
from planlib.report.site.matrix import AreaMatrix, area_matrix
from planlib.report.vocabulary import LOOKS
from planlib.storage.store import Store

FEW = 24  # areas that one page holds with all their goals


@dataclass(frozen=True, slots=True)
class Line:
    """One area: its names, what is counted of its goals by column, and its failures."""

    folder: str
    name: Text
    languages: tuple[str, ...]
    illustrative: bool
    order: int
    # Reached, judged, gaps, page by language: a few numbers each, however many areas there are.
    counts: tuple[tuple[int, int, int, dict[str, str]], ...]
    failures: int

    def page(self, pages: dict[str, str], lang: str) -> str:
        """A page in a language, better in another one than none."""
        return pages.get(lang) or next(iter(pages.values()), "")

    def index(self, lang: str) -> str:
        """The area's own page in a language, or in the first it has."""
        return INDEX[lang if lang in self.languages else self.languages[0]]


@dataclass(frozen=True)
class PlanTable:
    """One plan: its columns, and a line for each area."""

    name: Text
    term: tuple[int, int]
    as_of: str
    columns: tuple[PeriodColumn, ...]
    lines: list[Line]
    matrix: AreaMatrix | None = None

    @property
    def newest(self) -> int:
        """The column of the last year in which anything was judged; the last year's without one."""
        years = [at for at, column in enumerate(self.columns) if column.kind == "annual"]
        judged = [at for at in years if any(line.counts[at][1] for line in self.lines)]
        return (judged or years or [0])[-1]


def write_overview(store: Store) -> tuple[str, ...]:
    """Write the index of many areas, and the page of each; its languages. Raises OSError.

    The verdicts of one area are held at a time, however many there are.
    """
    tables: dict[tuple[str, str, tuple[PeriodColumn, ...]], PlanTable] = {}
    every: dict[str, None] = {}
    for summary, pages in _summaries(store):
        languages = languages_of([(summary, pages)])
        for name, lang in index_names(languages).items():
            text = index_page([(summary, pages)], lang, languages, alone=True)
            store.write(f"{summary.folder}/{name}", text)
        every |= dict.fromkeys(languages)
        key = (summary.plan, summary.as_of, summary.columns)
        if key not in tables:
            tables[key] = PlanTable(
                summary.plan_name, summary.term, summary.as_of, summary.columns, []
            )
        tables[key].lines.append(_line(summary, pages, languages))
    found = [tables[key] for key in sorted(tables, key=lambda key: key[:2])]
    for at, table in enumerate(found):
        table.lines.sort(key=lambda line: (line.order, line.folder))
        folders = [line.folder for line in table.lines]
        found[at] = replace(table, matrix=area_matrix(store, folders, table.newest))
    for name, lang in index_names([*every]).items():
        store.write(name, _page(found, lang, [*every]))
    return tuple(every)


def clear_overview(store: Store) -> None:
    """Remove the pages of single areas, which an index of few areas does without. Raises OSError."""
    for plan, area in named_areas(store):
        folder = store.at(f"{plan}/{area}")
        names = set(folder.names())
        if FILE in names:  # else it is a folder of somebody's own notebooks
            for name in set(INDEX.values()) & names:
                folder.remove(name)


def _summaries(store: Store) -> Iterator[tuple[AreaSummary, list[SitePage]]]:
    for plan, area in named_areas(store):
        summary = read_summary(store, plan, area)
        if summary is not None:
            yield summary, pages_in(store.at(summary.folder))


def _line(summary: AreaSummary, pages: list[SitePage], languages: tuple[str, ...]) -> Line:
    counts = []
    for at, column in enumerate(summary.columns):
        of = summary.counts(at)
        mine = (page for page in pages if (page.kind, page.year) == (column.kind, column.year))
        named = {page.lang: page.name for page in mine}
        linked = {lang: named[lang] for lang in (*languages, *named) if lang in named}
        counts.append((of.reached, of.judged, of.gaps, linked))
    return Line(
        summary.folder,
        summary.area_name,
        languages,
        summary.illustrative,
        summary.order,
        tuple(counts),
        len(summary.failures),
    )


def _page(tables: list[PlanTable], lang: str, languages: Sequence[str]) -> str:
    say = Language(lang)
    text = templates().get_template("overview.html.j2").render(
        tables=tables,
        say=say,
        lang=lang,
        others=[Other(code, INDEX[code], own_name(code)) for code in languages if code != lang],
        looks=LOOKS,
        areas=sum(len(table.lines) for table in tables),
        failures=sum(line.failures for table in tables for line in table.lines),
        illustrative=any(line.illustrative for table in tables for line in table.lines),
        style=Markup(page_style("index.css")),
    )  # fmt: skip
    return text.strip() + "\n"
