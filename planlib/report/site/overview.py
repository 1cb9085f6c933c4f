"""The index of several reviews: how each plan stands, a line for each area, and a page for each.

An index that shows every goal of hundreds of areas is larger than a browser can hold. So it tells
how many goals have which verdict, which goals are furthest behind and which changed, and of each area
how many goals were reached of those judged, year by year; every goal of an area stands in
``<plan>/<area>/index.html``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup, escape

from planlib.language.language import Language, own_name
from planlib.language.text import Text
from planlib.plan.periods.calendar import slug
from planlib.report.render.html import finalized
from planlib.report.site.area_records import AreaRecords
from planlib.report.site.area_results import AreaResults, area_results, counted
from planlib.report.site.folder import (
    FILE,
    PeriodColumn,
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
from planlib.scoring.counts import GAPS, VerdictCounts
from planlib.scoring.verdict import JUDGED, REACHED, Verdict
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

    @cached_property
    def newest(self) -> int:
        """The column of the last year in which anything was judged; the last year's without one."""
        years = [at for at, column in enumerate(self.columns) if column.kind == "annual"]
        judged = [at for at in years if self._counts(at).judged]
        return (judged or years or [0])[-1]

    def _counts(self, at: int) -> VerdictCounts:
        """What is counted of all areas in a column."""
        counts = [line.columns[at][0] for line in self.lines]
        return VerdictCounts(dict(zip(Verdict, map(sum, zip(*counts, strict=True)), strict=True)))

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
        return self._counts(self.newest)


def write_overview(store: Store, records: AreaRecords | None = None) -> tuple[str, ...]:
    """Write the index of many areas, and the page of each; its languages. Raises OSError.

    Of what ``records`` know to be settled, nothing is read or written.
    """
    records = records or AreaRecords(store)
    alike: dict[int, list[AreaResults]] = {}  # by the head they share
    folders = [f"{plan}/{area}" for plan, area in named_areas(store)]
    records.keep_only(folders)
    goals = {
        plan: GoalLinks.of(store, plan, f"{plan}/")
        for plan in dict.fromkeys(folder.partition("/")[0] for folder in folders)
    }
    for folder in folders:
        beside = goals[folder.partition("/")[0]]
        record = records.settled(folder, beside.there)
        results = record.results if record is not None else _written(store, folder, beside)
        if results is None:
            continue
        if record is None:
            records.note(results, beside.there)
        alike.setdefault(id(results.head), []).append(results)
    tables: dict[tuple[str, str, tuple[PeriodColumn, ...]], list[AreaResults]] = {}
    for some in alike.values():
        head = some[0].head
        tables.setdefault((head.plan, head.as_of, head.columns), []).extend(some)
    found = [_table(some, goals[some[0].head.plan]) for some in tables.values()]
    every = dict.fromkeys(lang for table in found for one in table.lines for lang in one.languages)
    # The plan with the most pages is what the reader came for.
    found.sort(key=lambda table: (-table.pages, table.plan, table.as_of))
    for name, lang in index_names([*every]).items():
        store.write(name, _page(found, lang, [*every]))
    return tuple(every)


def _written(store: Store, folder: str, goals: GoalLinks) -> AreaResults | None:
    """What the index needs of an area whose own index is written; None where it is none."""
    summary = read_summary(store, *folder.split("/"))
    if summary is None:
        return None
    pages = pages_in(store.at(folder))
    languages = languages_of([(summary, pages)])
    for name, lang in index_names(languages).items():
        there = replace(goals, up="../")
        text = index_page((summary, pages), lang, languages, there, alone=True)
        store.write(f"{folder}/{name}", text)
    return area_results(summary, pages, languages)


def _table(some: list[AreaResults], goals: GoalLinks) -> PlanTable:
    head = some[0].head
    some.sort(key=lambda one: (one.order, one.folder))
    table = PlanTable(
        head.plan, head.name, head.term, head.as_of, head.columns, _lines(some), GoalTally(some), goals,
        max(len(one.pages) for one in some),
    )  # fmt: skip
    return replace(table, matrix=area_matrix(some, table.newest)) if len(some) > 1 else table


def clear_overview(store: Store) -> None:
    """Remove the pages of single areas, which an index of one does without. Raises OSError."""
    for plan, area in named_areas(store):
        folder = store.at(f"{plan}/{area}")
        names = set(folder.names())
        if FILE in names:  # else it is a folder of somebody's own notebooks
            for name in set(INDEX.values()) & names:
                folder.remove(name)


def _lines(some: Sequence[AreaResults]) -> list[Line]:
    """A line for each area, in their order; those of one version of a plan are counted together."""
    alike: dict[int, list[AreaResults]] = {}
    for one in some:
        alike.setdefault(id(one.head), []).append(one)
    counts: dict[str, list[list[int]]] = {}
    for mine in alike.values():
        counts |= zip((one.folder for one in mine), counted(mine).tolist(), strict=True)
    return [
        Line(
            one.folder, Text(one.name), one.languages, one.illustrative, one.order,
            tuple(zip(map(tuple, counts[one.folder]), one.links(), strict=True)),
            one.failures, one.undone,
        )
        for one in some
    ]  # fmt: skip


class _Lines:
    """The lines of areas: in each column the goals reached of those judged, and the gaps.

    Eleven thousand lines have few different cells, so each text is made once.
    """

    def __init__(self, say: Language) -> None:
        self._say = say
        self._texts: dict[tuple[int, ...], tuple[str, str]] = {}

    def rows(self, lines: Iterable[Line]) -> Markup:
        """Whole lines, one below the other."""
        return Markup("\n".join(f"{self.head(one)}\n{self.cells(one)}\n</tr>" for one in lines))

    def head(self, line: Line) -> Markup:
        """The beginning of a line: the area with its page, and what failed there."""
        say, folder = self._say, _text(line.folder)
        link = f'<a href="{folder}/{line.index(say.code)}">{_text(line.name.in_language(say.code))}</a>'
        counts = {"site.failures": line.failures, "site.failures.documents": line.undone}
        failed = "".join(
            f' <span class="ix-failed">{_text(say(key, n=n))}</span>'
            for key, n in counts.items()
            if n
        )
        return Markup(f'<tr data-review="{folder}"><th scope="row">{link}{failed}</th>')

    def cells(self, line: Line) -> Markup:
        """The cells of a line, one below the other."""
        cells, folder, lang = [], escape(line.folder), self._say.code
        for counts, pages in line.columns:
            key = tuple(sum([counts[v] for v in some]) for some in (REACHED, JUDGED, GAPS))
            if key not in self._texts:
                self._texts[key] = self._told(*key)
            share, gaps = self._texts[key]
            if page := line.page(pages, lang):
                share = f'<a href="{folder}/{escape(page)}">{share}</a>'
            cells.append(f"<td>{share}{gaps}</td>")
        return Markup("\n".join(cells))

    def _told(self, reached: int, judged: int, gaps: int) -> tuple[str, str]:
        say = self._say
        share = f'<span title="{_text(say("count.nothing"))}">–</span>'
        if judged:
            share = "/".join(_text(say.number(count)) for count in (reached, judged))
        small = f' <small class="ix-gaps">{_text(say("count.gaps", n=gaps))}</small>'
        return share, small if gaps else ""


def _text(words: str) -> str:
    """Words as a template writes them."""
    return str(escape(finalized(words)))


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
        lines=_Lines(say),
        areas=sum(len(table.lines) for table in tables),
        failures=sum(line.failures for table in tables for line in table.lines),
        undone=sum(line.undone for table in tables for line in table.lines),
        style=Markup(page_style("index.css")),
        policy=policy(),
        script=Markup(script()),
    )  # fmt: skip
    return text.strip() + "\n"
