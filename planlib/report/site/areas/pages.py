"""The pages of areas that the index has no room for, which stand beside those of the goals of a plan.

``areas.LANG.html`` names every area, to find one by; ``areas-1.LANG.html`` and those after it have
its areas in its order, each page as many as a browser shows well with all their goals, and
``areas-by-goal.LANG.html`` has the goals where there are too many for the index. Of a plan as it was
known on a day the day follows ``areas``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup

from planlib.language.language import Language, own_name
from planlib.language.languages import LANGUAGES
from planlib.report.site.areas.lines import AreaRowWriter
from planlib.report.site.areas.table import PlanTable, Room
from planlib.report.site.frame import INDEX, page_style, templates
from planlib.report.site.index import Other
from planlib.report.site.script import policy, script
from planlib.report.vocabulary import LOOKS
from planlib.storage.store import Store

AREAS_PAGE = re.compile(rf"^areas(-[a-z0-9]+)*\.({'|'.join(LANGUAGES)})\.html$")
_NUMBER = re.compile(r"[0-9]{1,9}")


def filed(name: str) -> str:
    """A name as it stands among others: no capitals, no marks, numbers by their size.

    >>> sorted(["Đông 10", "Dong 9", "An", "École"], key=filed)
    ['An', 'Dong 9', 'Đông 10', 'École']
    """
    bare = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "d"))
    letters = "".join(one for one in bare if not unicodedata.combining(one))
    return _NUMBER.sub(lambda found: found[0].zfill(9), letters.casefold())


def write_pages(
    store: Store, table: PlanTable, room: Room, languages: Sequence[str]
) -> Iterator[str]:
    """Write the pages of a plan that the index leaves areas to; gives their names. Raises OSError."""
    if room is Room.grid:
        return
    table = replace(table, goals=replace(table.goals, up=""))
    for lang in languages:
        for name, text in _AreaPages(table, room, lang, languages).texts():
            store.write(f"{table.plan}/{name}", text)
            yield f"{table.plan}/{name}"


def remove_pages(store: Store, but: set[str] | frozenset[str] = frozenset()) -> None:
    """Remove all pages of areas but some. Raises OSError."""
    for plan in store.folders():
        there = store.at(plan)
        for name in filter(AREAS_PAGE.match, there.names()):
            if f"{plan}/{name}" not in but:
                there.remove(name)


class _AreaPages:
    """The pages of a plan in a language."""

    def __init__(self, table: PlanTable, room: Room, lang: str, languages: Sequence[str]) -> None:
        self._table, self._room, self._lang, self._languages = table, room, lang, languages
        self._say = Language(lang)
        self._lines = AreaRowWriter(self._say, inside=True)
        self._template = templates().get_template("areas.html.j2")
        self._style, self._script = Markup(page_style("index.css")), Markup(script())

    def texts(self) -> Iterator[tuple[str, str]]:
        """Each with its name."""
        table, pages = self._table, self._table.in_pages
        yield self._page("", "names", rows=self._names())
        if self._room >= Room.apart:
            yield self._page("-by-goal", "goals")
        for at, places in enumerate(pages, start=1):
            lines = table.lines[places.start : places.stop]
            verdicts = table.verdicts[places.start : places.stop]
            yield self._page(
                f"-{at}", "areas", lines=lines, first=places.start + 1, last=places.stop,
                before=self._name(f"-{at - 1}") if at > 1 else "",
                after=self._name(f"-{at + 1}") if at < len(pages) else "",
                begin=self._name("-1"), end=self._name(f"-{len(pages)}"),
                rows=self._lines.rows(lines), grid_rows=self._lines.grid(lines, verdicts),
            )  # fmt: skip

    def _names(self) -> Markup:
        """Every area by its name, with the page it stands on."""
        table, lang = self._table, self._lang
        on = [self._name(f"-{1 + at // table.on_a_page}") for at in range(len(table.lines))]
        named = [(line, page) for line, page in zip(table.lines, on, strict=True)]
        named.sort(key=lambda one: (filed(one[0].name.in_language(lang)), one[0].area))
        return self._lines.names(named, table.newest)

    def _name(self, end: str, lang: str = "") -> str:
        return f"{self._table.stem}{end}.{lang or self._lang}.html"

    def _page(self, suffix: str, kind: str, /, **more: object) -> tuple[str, str]:
        others = [
            Other(code, self._name(suffix, code), own_name(code))
            for code in self._languages
            if code != self._lang
        ]
        text = self._template.render(
            more, kind=kind, table=self._table, say=self._say, lang=self._lang, looks=LOOKS,
            others=others, index=f"../{INDEX[self._lang]}", names=self._name(""),
            style=self._style, policy=policy(), script=self._script,
        )  # fmt: skip
        return self._name(suffix), text.strip() + "\n"
