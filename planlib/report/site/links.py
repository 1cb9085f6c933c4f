"""The links at the top of every page: the index, the other years and the other languages."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from markupsafe import Markup

from planlib.language.language import Language, own_name
from planlib.report.render.escaping import finalized
from planlib.report.site.areas.linked import without_area_links
from planlib.report.site.folder import SitePage, pages_in
from planlib.report.site.frame import INDEX
from planlib.report.site.goals.names import GoalNames, goal_list
from planlib.storage.store import Place, store_of

OPEN, CLOSE = "<!--pages-->", "<!--/pages-->"


def link_pages(folder: Place, goals: GoalNames = ()) -> None:
    """Link every page of a review to the index, the goals, the other years and the other language.

    Done after a run, once it is known which pages there are; a page that already says so is left
    alone. Raises OSError.
    """
    store = store_of(folder)
    pages = pages_in(store)
    for page in pages:
        text = store.read(page.name).decode("utf-8")
        linked = with_links(text, page_links(page, pages, goals))
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
    """The hash of a file whatever the links at the top of a page say, and those to areas.

    Links follow from which pages there are, and are set right after every run.

    >>> page_hash(b"a<!--pages-->x<!--/pages-->b") == page_hash(b"a<!--pages-->y<!--/pages-->b")
    True
    """
    head, opened, rest = data.partition(OPEN.encode())
    _, closed, tail = rest.partition(CLOSE.encode())
    bare = head + opened + closed + tail if opened and closed else data
    if b'class="pg-area"' in bare:
        bare = without_area_links(bare.decode("utf-8", "surrogateescape")).encode(
            "utf-8", "surrogateescape"
        )
    return hashlib.sha256(bare).hexdigest()[:32]


def page_links(page: SitePage, pages: Sequence[SitePage], goals: GoalNames = ()) -> Markup:
    """The links at the top of a page: index, years with this one marked, the other language.

    ``goals`` are those of the plan that have a page each; the tables of a review lead to them by
    themselves.
    """
    say = Language(page.lang)
    links = [_link(f"../../{INDEX[page.lang]}", say("site.index"))]
    if goals and page.kind == "compare":
        links.append(goal_list(goals, page.lang, "../"))
    years = [other.year for other in pages if other.kind == "annual" and other.lang == page.lang]
    compared = [other for other in pages if other.kind == "compare" and other.lang == page.lang]
    for other in pages:
        if other.lang == page.lang:
            label = say(f"site.{other.kind}.short", year=other.year)
            if len(compared) > 1 and other in compared:
                label = f"{label} ({say.number(compared.index(other) + 1)})"
            links.append(_link(other.name, label, _place(page, other, years)))
    for other in pages:
        if other.about == page.about and other.lang != page.lang:
            extra = Markup(' lang="{0}" hreflang="{0}"').format(other.lang)
            links.append(_link(other.name, own_name(other.lang), extra))
    return Markup("\n").join(links)


def _place(page: SitePage, other: SitePage, years: list[int]) -> Markup:
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
