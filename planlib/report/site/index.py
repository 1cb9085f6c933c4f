"""The index of one review, in every language of its plan: counts, every goal, the pages there are.

It is made from the folder alone (see ``planlib.report.site.folder``), so it covers the pages of
earlier runs too. The counts come first: that is the one-minute answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup

from planlib.language.direction import isolated
from planlib.language.language import Language, own_name
from planlib.language.sentences import joined
from planlib.plan.periods.calendar import slug
from planlib.report.render.escaping import written
from planlib.report.site.folder import (
    DOCUMENTS,
    AreaSummary,
    GroupRow,
    PeriodColumn,
    Row,
    SitePage,
)
from planlib.report.site.frame import INDEX, page_style, templates
from planlib.report.site.goals.names import GoalLinks
from planlib.report.site.script import policy, script
from planlib.report.vocabulary import LOOKS
from planlib.scoring.counts import SHORT, VerdictCounts
from planlib.scoring.verdict import Verdict

# What is not reached comes first; the rest in the order an office reads it out.
_IN_ORDER = (*SHORT, *(verdict for verdict in Verdict if verdict not in SHORT))
NO_GOALS = GoalLinks(frozenset(), "")
GROUP_CELLS = 1_500  # verdicts of groups that the grid has room for; a goal's page has them all
NAMED = 3  # names shown beside a count before the rest folds away


@dataclass(frozen=True)
class IndexColumn:
    """One column of an area as the index shows it; ``link`` is empty without a page."""

    column: PeriodColumn
    label: str
    link: str
    counts: VerdictCounts
    behind: tuple[tuple[Verdict, Row], ...]
    goals: tuple[tuple[Verdict, tuple[Row, ...]], ...]

    def named(self, lang: str) -> str:
        """The names of the first goals behind, in a language; the others unfold."""
        first = self.behind[:NAMED]
        told = [isolated(row.name.in_language(lang)) for _, row in first]
        names = joined(told, Language(lang).parts_mark)
        return joined([names, "…" if len(self.behind) > NAMED else ""])

    @property
    def anchor(self) -> str:
        """What the places of its goals on the page begin with."""
        return f"{self.column.kind}-{slug(self.column.year)}"


@dataclass(frozen=True)
class Other:
    """The same index in another language, which is named as it calls itself."""

    lang: str
    link: str
    name: str


@dataclass(frozen=True)
class Listed:
    """A page in the list of all pages."""

    link: str
    label: str


@dataclass(frozen=True)
class AreaEntry:
    """One plan in one area as the index shows it."""

    summary: AreaSummary
    columns: tuple[IndexColumn, ...]
    pages: tuple[tuple[str, tuple[Listed, ...]], ...]
    documents: tuple[tuple[str, tuple[Listed, ...]], ...]
    positions: tuple[int, ...]  # of the columns shown, in the summary
    grouped: frozenset[str]  # goals whose groups stand below them
    left_out: int  # goals whose groups there is no room for


def index_page(
    review: tuple[AreaSummary, Sequence[SitePage]] | None,
    lang: str,
    languages: Sequence[str],
    goals: GoalLinks = NO_GOALS,
    *,
    alone: bool = False,
) -> str:
    """The HTML of the index of one review, or of none, in one of its languages.

    ``alone`` for an area of several, in its own folder; ``goals`` are the pages of its goals.
    """
    say = Language(lang)
    entry = _entry(review[0], list(review[1]), say, alone=alone) if review else None
    text = templates().get_template("index.html.j2").render(
        entry=entry,
        alone=alone,
        goals=goals,
        say=say,
        lang=lang,
        others=[Other(code, INDEX[code], own_name(code)) for code in languages if code != lang],
        index=INDEX[lang],
        own_name=own_name,
        formats=DOCUMENTS,
        looks=LOOKS,
        cells=_CellWriter(entry, say).cells if entry else None,
        style=Markup(page_style("index.css")),
        policy=policy(),
        script=Markup(script()),
    )  # fmt: skip
    return text.strip() + "\n"


class _CellWriter:
    """The verdicts of a row in the grid, of which each is written once a column."""

    def __init__(self, entry: AreaEntry, say: Language) -> None:
        self._say, self._places = say, list(zip(entry.columns, entry.positions, strict=True))
        self._cells: dict[tuple[int, str], str] = {}

    def cells(self, row: Row | GroupRow) -> Markup:
        """The cells of a row, a line each."""
        return Markup("".join(self._cell(one, at, row.verdicts[at]) for one, at in self._places))

    def _cell(self, shown: IndexColumn, at: int, name: str) -> str:
        if (at, name) not in self._cells:
            say, verdict, column = self._say, Verdict[name], shown.column
            period = written(say(f"site.{column.kind}.short", year=column.year))
            title = f"{period}: {written(say.verdict(verdict))}"
            look = LOOKS[verdict]
            self._cells[at, name] = (
                f'<td class="pl-{look.name}"><span role="img" title="{title}">{look.glyph}</span></td>\n'
            )
        return self._cells[at, name]


def _entry(summary: AreaSummary, pages: list[SitePage], say: Language, *, alone: bool) -> AreaEntry:
    below = "" if alone else f"{summary.folder}/"
    mine = {(page.kind, page.year): page for page in pages if page.lang == say.code}
    best = {(page.kind, page.year): page for page in pages} | mine
    positions, shown = [], []
    for at, column in enumerate(summary.columns):
        page = best.get((column.kind, column.year))
        if column.kind == "midterm" and page is None:
            continue
        goals = summary.goals(at)
        positions.append(at)
        shown.append(
            IndexColumn(
                column=column,
                label=say(f"site.{column.kind}", year=column.year),
                link=f"{below}{page.name}" if page else "",
                counts=summary.counts(at),
                behind=tuple((verdict, row) for verdict in SHORT for row in goals[verdict]),
                goals=tuple((v, tuple(goals[v])) for v in _IN_ORDER if goals[v]),
            )
        )
    languages = [
        (lang, tuple(_listed(summary, page, below) for page in pages if page.lang == lang))
        for lang in dict.fromkeys([say.code, *(page.lang for page in pages)])
    ]
    listed = tuple((lang, found) for lang, found in languages if found)
    documents = tuple(
        (
            lang,
            tuple(
                one
                for page in pages
                if page.lang == lang
                for one in _documents(summary, page, below)
            ),
        )
        for lang, _ in listed
    )
    beside = tuple((lang, some) for lang, some in documents if some)
    by_group = [row for row in summary.rows if row.groups]
    cells = accumulate(len(row.groups) * len(positions) for row in by_group)
    room = sum(count <= GROUP_CELLS for count in cells)
    return AreaEntry(
        summary, tuple(shown), listed, beside, tuple(positions),
        frozenset(row.goal for row in by_group[:room]), len(by_group) - room,
    )  # fmt: skip


def _named(summary: AreaSummary, page: SitePage) -> str:
    """What a page is called, in its own language."""
    names = {row.goal: row.name for row in summary.rows}
    goal = names[page.goal].in_language(page.lang) if page.goal in names else page.goal
    return Language(page.lang)(f"site.{page.kind}", year=page.year, goal=goal)


def _listed(summary: AreaSummary, page: SitePage, below: str) -> Listed:
    """A page by its name; with its as-of date where the index has another."""
    say, label = Language(page.lang), _named(summary, page)
    if page.as_of != summary.as_of:
        date = say.date(page.as_of) if page.as_of else say("site.all_reports")
        label = f"{label} ({say('site.as_of', date=date)})"
    return Listed(f"{below}{page.name}", label)


def _documents(summary: AreaSummary, page: SitePage, below: str) -> Iterator[Listed]:
    """The documents beside a page, each by the page's name and its format."""
    say, named = Language(page.lang), _named(summary, page)
    for ending in page.documents:
        label = say("site.document", page=named, format=DOCUMENTS[ending])
        yield Listed(f"{below}{page.stem}.{ending}", label)
