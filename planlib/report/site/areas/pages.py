"""The pages of areas that the index has no room for, which stand beside those of the goals of a plan.

``areas.LANG.html`` names every area, to find one by; ``areas-1.LANG.html`` and those after it have
its areas in its order, each page as many as a browser shows well with all their goals, and
``areas-by-goal.LANG.html`` has the goals where there are too many for the index. Where areas are in
groups, ``areas-by-group.LANG.html`` has a line for each of these, which leads to a page of its own
(``areas-in-ID``, ``areas-peers-ID``, ``areas-without-group``). Of a plan as it was known on a day the day
follows ``areas``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup

from planlib.language.language import Language, own_name
from planlib.language.languages import LANGUAGES
from planlib.language.order import filed
from planlib.report.site.areas.groups import NamedGroup, in_order
from planlib.report.site.areas.letters import jumps
from planlib.report.site.areas.lines import AreaRowWriter
from planlib.report.site.areas.table import PlanTable, Room
from planlib.report.site.frame import INDEX, page_style, templates
from planlib.report.site.index import Other
from planlib.report.site.script import policy, script
from planlib.report.vocabulary import LOOKS
from planlib.storage.store import Store

AREAS_PAGE = re.compile(rf"^areas(-[a-z0-9]+)*\.({'|'.join(LANGUAGES)})\.html$")


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
        self._rows: dict[int, str] = {}
        self._template = templates().get_template("areas.html.j2")
        self._style, self._script = Markup(page_style("index.css")), Markup(script())

    def texts(self) -> Iterator[tuple[str, str]]:
        """Each with its name."""
        table, pages = self._table, self._table.in_pages
        places = sorted(range(len(table.lines)), key=self._filed)
        listed, groups = self._listed(places, grouped=True), in_order(table.groups, self._say)
        yield self._page("", "names", groups=groups, **listed)
        if self._room >= Room.apart:
            yield self._page("-by-goal", "goals")
        if groups:
            yield self._page("-by-group", "groups", groups=groups)
        for one in (one for some in groups for one in some):
            yield self._group(one, places)
        for at, part in enumerate(pages, start=1):
            lines = table.lines[part.start : part.stop]
            verdicts = table.verdicts[part.start : part.stop]
            yield self._page(
                f"-{at}", "areas", lines=lines, first=part.start + 1, last=part.stop,
                before=self._name(f"-{at - 1}") if at > 1 else "",
                after=self._name(f"-{at + 1}") if at < len(pages) else "",
                begin=self._name("-1"), end=self._name(f"-{len(pages)}"),
                rows=self._lines.rows(lines), grid_rows=self._lines.grid(lines, verdicts),
            )  # fmt: skip

    def _filed(self, at: int) -> tuple[tuple[str, str], str]:
        line = self._table.lines[at]
        return filed(line.name.in_language(self._lang), self._lang), line.area

    def _group(self, group: NamedGroup, places: Sequence[int]) -> tuple[str, str]:
        """The page of a group: its goals by verdict, and its areas by name."""
        within = {*group.of.places}
        listed = self._listed([at for at in places if at in within])
        spread = self._table.spread_in(group.of.places)
        return self._page(group.of.suffix, "group", group=group, spread_of_group=spread, **listed)

    def _listed(self, places: Sequence[int], *, grouped: bool = False) -> dict[str, object]:
        """Some areas by their names, each with the page it stands on, and the letters to enter them at."""
        table, numbers = self._table, dict[int, list[str]]()
        for group in table.groups if grouped else ():
            for at in group.places:
                numbers.setdefault(at, []).append(str(group.number))
        letters = jumps([table.lines[at].name.in_language(self._lang) for at in places], self._lang)
        anchors = {one.at: f' id="names.{number}"' for number, one in enumerate(letters)}
        inside = {at: f' data-in="{" ".join(some)}"' for at, some in numbers.items()}
        rows = "\n".join(
            f"<tr{inside.get(at, '')}{anchors.get(row, '')}>{self._named(at)}</tr>"
            for row, at in enumerate(places)
        )
        return {"rows": Markup(rows), "letters": letters}

    def _named(self, at: int) -> str:
        """An area in a list of names, of which there are several; made once."""
        if at not in self._rows:
            table = self._table
            page = self._name(f"-{1 + at // table.on_a_page}")
            self._rows[at] = self._lines.named(table.lines[at], table.newest, page)
        return self._rows[at]

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
            style=self._style, policy=policy(), script=self._script, lines=self._lines,
            stem=self._table.stem, to_group="",
        )  # fmt: skip
        return self._name(suffix), text.strip() + "\n"
