"""The index of many areas: one line each, and a page of its own for each with all its goals.

An index that shows every goal of hundreds of areas is larger than a browser can hold. So beyond a
few areas the index tells of each how many goals were reached of those judged, and how many lack a
figure, year by year, and the goals stand in ``<plan>/<area>/index.html``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from planlib.language.language import Language
from planlib.language.languages import LANGUAGES
from planlib.language.text import Text
from planlib.report.site.folder import (
    FILE,
    AreaSummary,
    PeriodColumn,
    SitePage,
    named_areas,
    pages_in,
    read_summary,
)
from planlib.report.site.frame import INDEX, page_style, templates
from planlib.report.site.index import index_page
from planlib.storage.store import Store

FEW = 24  # areas that one page holds with all their goals


@dataclass(frozen=True, slots=True)
class Line:
    """One area: its names, what is counted of its goals by column, and its failures."""

    folder: str
    name: Text
    illustrative: bool
    # Reached, judged, gaps, page by language: a few numbers each, however many areas there are.
    counts: tuple[tuple[int, int, int, dict[str, str]], ...]
    failures: int


@dataclass(frozen=True)
class PlanTable:
    """One plan: its columns, and a line for each area."""

    name: Text
    term: tuple[int, int]
    as_of: str
    columns: tuple[PeriodColumn, ...]
    lines: list[Line]


def write_overview(store: Store) -> None:
    """Write the index of many areas, and the page of each. Raises OSError.

    The verdicts of one area are held at a time, however many there are.
    """
    tables: dict[tuple[str, str, tuple[PeriodColumn, ...]], PlanTable] = {}
    for summary, pages in _summaries(store):
        for lang, name in INDEX.items():
            text = index_page([(summary, pages)], lang, alone=True)
            store.write(f"{summary.folder}/{name}", text)
        key = (summary.plan, summary.as_of, summary.columns)
        if key not in tables:
            tables[key] = PlanTable(
                summary.plan_name, summary.term, summary.as_of, summary.columns, []
            )
        tables[key].lines.append(_line(summary, pages))
    found = [tables[key] for key in sorted(tables, key=lambda key: key[:2])]
    for lang, name in INDEX.items():
        store.write(name, _page(found, lang))


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


def _line(summary: AreaSummary, pages: list[SitePage]) -> Line:
    named = {(page.kind, page.year, page.lang): page.name for page in pages}
    counts = []
    for at, column in enumerate(summary.columns):
        of = summary.counts(at)
        pages_of = {lang: named.get((column.kind, column.year, lang), "") for lang in LANGUAGES}
        any_of = next(filter(None, pages_of.values()), "")  # better in another language than none
        linked = {lang: page or any_of for lang, page in pages_of.items()}
        counts.append((of.reached, of.judged, of.gaps, linked))
    return Line(
        summary.folder,
        summary.area_name,
        summary.illustrative,
        tuple(counts),
        len(summary.failures),
    )


def _page(tables: list[PlanTable], lang: str) -> str:
    say = Language(lang)
    text = templates().get_template("overview.html.j2").render(
        tables=tables,
        say=say,
        lang=lang,
        index=INDEX,
        areas=sum(len(table.lines) for table in tables),
        failures=sum(line.failures for table in tables for line in table.lines),
        illustrative=any(line.illustrative for table in tables for line in table.lines),
        style=Markup(page_style("index.css")),
    )  # fmt: skip
    return text.strip() + "\n"
