"""The index of several reviews: how each plan stands, a line for each area, and a page for each.

An index that shows every goal of hundreds of areas is larger than a browser can hold. So it tells
how many goals have which verdict, which goals are furthest behind and which changed, and of each area
how many goals were reached of those judged, year by year; every goal of an area stands in
``<plan>/<area>/index.html``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from planlib.language.language import Language, own_name
from planlib.language.text import Text
from planlib.plan.periods.calendar import slug
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
from planlib.report.site.goals.names import GoalLinks
from planlib.report.site.index import Other, index_page
from planlib.report.site.matrix import AreaMatrix, area_matrix
from planlib.report.site.script import policy, script
from planlib.report.site.standing import SHOWN, GoalTally
from planlib.report.vocabulary import LOOKS
from planlib.scoring.counts import VerdictCounts
from planlib.scoring.verdict import Verdict
from planlib.storage.store import Store

FEW = 24  # areas that have a bar of their own


@dataclass(frozen=True, slots=True)
class Line:
    """One area: its names, what is counted of its goals by column, and its failures."""

    folder: str
    name: Text
    languages: tuple[str, ...]
    illustrative: bool
    order: int
    # Of each column how many goals have which verdict, and its page by language: a few numbers
    # each, however many areas there are.
    columns: tuple[tuple[tuple[int, ...], dict[str, str]], ...]
    failures: int
    undone: int  # documents beside its pages

    def counts(self, column: int) -> VerdictCounts:
        """What is counted of one column."""
        return VerdictCounts(dict(zip(Verdict, self.columns[column][0], strict=True)))

    def page(self, pages: dict[str, str], lang: str) -> str:
        """A page in a language, better in another one than none."""
        return pages.get(lang) or next(iter(pages.values()), "")

    def index(self, lang: str) -> str:
        """The area's own page in a language, or in the first it has."""
        return INDEX[lang if lang in self.languages else self.languages[0]]


@dataclass(frozen=True)
class PlanTable:
    """One plan: its columns, a line for each area, and what is counted of its goals."""

    plan: str
    name: Text
    term: tuple[int, int]
    as_of: str
    columns: tuple[PeriodColumn, ...]
    lines: list[Line]
    tally: GoalTally
    goals: GoalLinks
    pages: int = 0  # of the area that has most
    matrix: AreaMatrix | None = None

    @property
    def newest(self) -> int:
        """The column of the last year in which anything was judged; the last year's without one."""
        years = [at for at, column in enumerate(self.columns) if column.kind == "annual"]
        judged = [at for at in years if any(line.counts(at).judged for line in self.lines)]
        return (judged or years or [0])[-1]

    @property
    def anchor(self) -> str:
        """Where it stands on the page; a plan may stand there twice, as known on two days."""
        return ".".join([self.plan, *([self.as_of] if self.as_of else [])])

    @property
    def to_goals(self) -> str:
        """Where the goals of the newest column stand on an area's page."""
        column = self.columns[self.newest]
        return f"{column.kind}-{slug(column.year)}."

    @property
    def illustrative(self) -> bool:
        """Whether figures of any of its areas are made up."""
        return any(line.illustrative for line in self.lines)

    @property
    def total(self) -> VerdictCounts:
        """What is counted of all areas in the newest column."""
        counts = [line.counts(self.newest) for line in self.lines]
        return VerdictCounts({v: sum(one[v] for one in counts) for v in Verdict})


def write_overview(store: Store) -> tuple[str, ...]:
    """Write the index of many areas, and the page of each; its languages. Raises OSError.

    The verdicts of one area are held at a time, however many there are.
    """
    tables: dict[tuple[str, str, tuple[PeriodColumn, ...]], PlanTable] = {}
    every: dict[str, None] = {}
    goals: dict[str, GoalLinks] = {}
    for summary, pages in _summaries(store):
        languages = languages_of([(summary, pages)])
        if summary.plan not in goals:
            goals[summary.plan] = GoalLinks.of(store, summary.plan, f"{summary.plan}/")
        for name, lang in index_names(languages).items():
            there = replace(goals[summary.plan], up="../")
            text = index_page((summary, pages), lang, languages, there, alone=True)
            store.write(f"{summary.folder}/{name}", text)
        every |= dict.fromkeys(languages)
        key = (summary.plan, summary.as_of, summary.columns)
        if key not in tables:
            tables[key] = PlanTable(
                summary.plan, summary.plan_name, summary.term, summary.as_of, summary.columns,
                [], GoalTally(summary), goals[summary.plan],
            )  # fmt: skip
        tables[key].lines.append(_line(summary, pages, languages))
        tables[key].tally.add(summary)
        tables[key] = replace(tables[key], pages=max(tables[key].pages, len(pages)))
    # The plan with the most pages is what the reader came for.
    found = [tables[key] for key in sorted(tables, key=lambda key: (-tables[key].pages, *key[:2]))]
    for at, table in enumerate(found):
        table.lines.sort(key=lambda line: (line.order, line.folder))
        folders = [line.folder for line in table.lines]
        if len(folders) > 1:
            found[at] = replace(table, matrix=area_matrix(store, folders, table.newest))
    for name, lang in index_names([*every]).items():
        store.write(name, _page(found, lang, [*every]))
    return tuple(every)


def clear_overview(store: Store) -> None:
    """Remove the pages of single areas, which an index of one does without. Raises OSError."""
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
        counts.append((tuple(of[verdict] for verdict in Verdict), linked))
    return Line(
        summary.folder,
        summary.area_name,
        languages,
        summary.illustrative,
        summary.order,
        tuple(counts),
        sum(not one.format for one in summary.failures),
        sum(bool(one.format) for one in summary.failures),
    )


def _page(tables: list[PlanTable], lang: str, languages: Sequence[str]) -> str:
    say = Language(lang)
    text = templates().get_template("overview.html.j2").render(
        tables=tables,
        say=say,
        lang=lang,
        others=[Other(code, INDEX[code], own_name(code)) for code in languages if code != lang],
        looks=LOOKS,
        few=FEW,
        shown=SHOWN,
        areas=sum(len(table.lines) for table in tables),
        failures=sum(line.failures for table in tables for line in table.lines),
        undone=sum(line.undone for table in tables for line in table.lines),
        style=Markup(page_style("index.css")),
        policy=policy(),
        script=Markup(script()),
    )  # fmt: skip
    return text.strip() + "\n"
