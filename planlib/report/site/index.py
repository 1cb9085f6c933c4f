"""The index of the reports, in Vietnamese and English, and the links between their pages.

Both are made from the folder alone (see ``planlib.report.site.folder``), so the index covers the pages
of earlier runs too. The counts come first: that is the one-minute answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from planlib.language.language import Language
from planlib.report.render.html import finalized
from planlib.report.site.folder import (
    Column,
    Page,
    Row,
    Shelf,
    named_shelves,
    pages_in,
    read_shelves,
)
from planlib.report.site.frame import INDEX, TEMPLATES, page_style
from planlib.report.vocabulary import LOOKS
from planlib.scoring.counts import SHORT, Counts
from planlib.scoring.verdict import Verdict
from planlib.storage.store import Place, store_of

OPEN, CLOSE = "<!--pages-->", "<!--/pages-->"
NAMED = 3  # names shown beside a count before the rest folds away


@dataclass(frozen=True)
class Standing:
    """One column of a shelf as the index tells it; ``link`` is empty without a page."""

    column: Column
    label: str
    link: str
    counts: Counts
    behind: tuple[tuple[Verdict, Row], ...]

    @property
    def first_behind(self) -> tuple[tuple[Verdict, Row], ...]:
        """The goals named at once; the others unfold."""
        return self.behind[:NAMED]


@dataclass(frozen=True)
class Listed:
    """A page in the list of all pages."""

    link: str
    label: str


@dataclass(frozen=True)
class Stand:
    """One shelf as the index tells it."""

    shelf: Shelf
    standings: tuple[Standing, ...]
    pages: tuple[tuple[str, tuple[Listed, ...]], ...]
    positions: tuple[int, ...]  # of the columns shown, in the shelf


def write_index(out: Place) -> list[Path | str]:
    """Write the index in both languages from what stands in the folder. Raises OSError."""
    from planlib.report.site import overview

    store = store_of(out)
    if len(named_shelves(store)) > overview.FEW:
        overview.write_overview(store)
        return [store.path(name) for name in INDEX.values()]
    overview.clear_overview(store)
    shelves = [(shelf, pages_in(store.at(shelf.folder))) for shelf in read_shelves(store)]
    # The plan with the most pages is what the reader came for.
    shelves.sort(key=lambda pair: (-len(pair[1]), pair[0].plan, pair[0].area))
    for lang, name in INDEX.items():
        store.write(name, index_page(shelves, lang))
    return [store.path(name) for name in INDEX.values()]


def index_page(
    shelves: Sequence[tuple[Shelf, Sequence[Page]]], lang: str, *, alone: bool = False
) -> str:
    """The HTML of the index in a language; ``alone`` for one shelf, in its own folder."""
    say = Language(lang)
    stands = [_stand(shelf, list(pages), say, alone) for shelf, pages in shelves]
    text = templates().get_template("index.html.j2").render(
        stands=stands,
        alone=alone,
        say=say,
        lang=lang,
        index=INDEX,
        looks=LOOKS,
        named=Verdict.__members__,
        style=Markup(page_style("index.css")),
    )  # fmt: skip
    return text.strip() + "\n"


@cache
def templates() -> jinja2.Environment:
    """The templates of the index."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES / "site"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=finalized,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _stand(shelf: Shelf, pages: list[Page], say: Language, alone: bool) -> Stand:
    below = "" if alone else f"{shelf.folder}/"
    mine = {(page.kind, page.year): page for page in pages if page.lang == say.code}
    best = {(page.kind, page.year): page for page in pages} | mine
    positions, standings = [], []
    for at, column in enumerate(shelf.columns):
        page = best.get((column.kind, column.year))
        if column.kind == "midterm" and page is None:
            continue
        goals = shelf.goals(at)
        positions.append(at)
        standings.append(
            Standing(
                column=column,
                label=say(f"site.{column.kind}", year=column.year),
                link=f"{below}{page.name}" if page else "",
                counts=shelf.counts(at),
                behind=tuple((verdict, row) for verdict in SHORT for row in goals[verdict]),
            )
        )
    languages = [
        (lang, tuple(_listed(shelf, page, below) for page in pages if page.lang == lang))
        for lang in dict.fromkeys([say.code, *INDEX])
    ]
    listed = tuple((lang, found) for lang, found in languages if found)
    return Stand(shelf, tuple(standings), listed, tuple(positions))


def _listed(shelf: Shelf, page: Page, below: str) -> Listed:
    """A page by its name, in its own language; its as-of date where the index has another."""
    say = Language(page.lang)
    label = say(f"site.{page.kind}", year=page.year)
    if page.as_of != shelf.as_of:
        date = say.date(page.as_of) if page.as_of else say("site.all_reports")
        label = f"{label} ({say('site.as_of', date=date)})"
    return Listed(f"{below}{page.name}", label)


def link_pages(folder: Place) -> None:
    """Link every page of a shelf to the index, the other years and the other language.

    Done after a run, once it is known which pages there are; a page that already says so is left
    alone. Raises OSError.
    """
    store = store_of(folder)
    pages = pages_in(store)
    for page in pages:
        text = store.read(page.name).decode("utf-8")
        linked = with_links(text, page_links(page, pages))
        if linked != text:
            store.write(page.name, linked)


def with_links(text: str, links: str) -> str:
    """A page with other links at its top; a page without a place for them as it is.

    >>> with_links("<nav><!--pages-->old<!--/pages--></nav>", "new")
    '<nav><!--pages-->new<!--/pages--></nav>'
    """
    head, opened, rest = text.partition(OPEN)
    _, closed, tail = rest.partition(CLOSE)
    return f"{head}{OPEN}{links}{CLOSE}{tail}" if opened and closed else text


def page_hash(data: bytes) -> str:
    """The hash of a file whatever the links at the top of a page say.

    Links follow from which pages there are, and are set right after every run.

    >>> page_hash(b"a<!--pages-->x<!--/pages-->b") == page_hash(b"a<!--pages-->y<!--/pages-->b")
    True
    """
    head, opened, rest = data.partition(OPEN.encode())
    _, closed, tail = rest.partition(CLOSE.encode())
    bare = head + opened + closed + tail if opened and closed else data
    return hashlib.sha256(bare).hexdigest()[:32]


def page_links(page: Page, pages: Sequence[Page]) -> Markup:
    """The links at the top of a page: index, years with this one marked, the other language."""
    say = Language(page.lang)
    links = [_link(f"../../{INDEX[page.lang]}", say("site.index"))]
    years = [other.year for other in pages if other.kind == "annual" and other.lang == page.lang]
    for other in pages:
        if other.lang == page.lang:
            label = say(f"site.{other.kind}.short", year=other.year)
            links.append(_link(other.name, label, _place(page, other, years)))
    for other in pages:
        if (other.kind, other.year) == (page.kind, page.year) and other.lang != page.lang:
            extra = Markup(' lang="{0}" hreflang="{0}"').format(other.lang)
            links.append(_link(other.name, say(f"site.language.{other.lang}"), extra))
    return Markup("\n").join(links)


def _place(page: Page, other: Page, years: list[int]) -> Markup:
    """What another page is to this one: itself, the year before or the year after."""
    if other == page:
        return Markup(' aria-current="page"')
    if page.kind == other.kind == "annual":
        step = years.index(other.year) - years.index(page.year)
        if step in {-1, 1}:
            return Markup(' rel="prev"') if step < 0 else Markup(' rel="next"')
    return Markup("")


def _link(href: str, text: str, extra: str = "") -> Markup:
    return Markup('<a href="{}"{}>{}</a>').format(href, extra, finalized(text))
