"""The pages of areas that the index has no room for, which stand beside those of the goals of a plan.

``areas.LANG.html`` names every area, to find one by; ``areas-1.LANG.html`` and those after it have
its areas in its order, each page as many as a browser shows well with all their goals, and
``areas-by-goal.LANG.html`` has the goals where there are too many for the index. Where areas are in
groups, ``areas-by-group.LANG.html`` has a line for each of these, which leads to a page of its own
(``areas-in-ID``, ``areas-peers-ID``, ``areas-without-group``). Of a plan as it was known on a day the day
follows ``areas``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

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
from planlib.report.site.page_records import PageRecords
from planlib.report.site.script import policy, script
from planlib.report.vocabulary import LOOKS
from planlib.storage.store import Store

AREAS_PAGE = re.compile(rf"^areas(-[a-z0-9]+)*\.({'|'.join(LANGUAGES)})\.html$")


def write_pages(
    store: Store, table: PlanTable, room: Room, languages: Sequence[str], known: PageRecords
) -> Iterator[str]:
    """Write the pages of a plan that the index leaves areas to; gives their names. Raises OSError.

    Those that stand as they were made before are ``known``.
    """
    if room is Room.grid:
        return
    table = replace(table, goals=replace(table.goals, up=""))
    contents = _Contents(table, languages)
    for lang in languages:
        for page in _AreaPages(table, room, lang, languages).pages(contents):
            name = f"{table.plan}/{table.stem}{page.suffix}.{lang}.html"
            key = _hash([contents.shared, page.suffix, page.kind, lang, page.made_from])
            if not known.stands(name, key):
                text = page.text()
                store.write(name, text)
                known.made(name, key, text)
            yield name


def remove_pages(store: Store, but: set[str] | frozenset[str] = frozenset()) -> None:
    """Remove all pages of areas but some. Raises OSError."""
    for plan in store.folders():
        there = store.at(plan)
        for name in filter(AREAS_PAGE.match, there.names()):
            if f"{plan}/{name}" not in but:
                there.remove(name)


@dataclass(frozen=True)
class _Page:
    """A page that can be made: the end of its name, its kind, the hash of the areas it is made from."""

    suffix: str
    kind: str
    made_from: str
    text: Callable[[], str]


class _Contents:
    """What the pages of a plan are made from, as hashes; the same in every language."""

    def __init__(self, table: PlanTable, languages: Sequence[str]) -> None:
        self._table, self._parts = table, dict[int, str]()
        heads = {id(one.head): one.head for one in table.results}
        self._heads = {head: number for number, head in enumerate(heads)}
        self.shared = _hash([
            [head.record() for head in heads.values()], len(table.lines), table.newest, table.illustrative, table.goals.up,
            sorted(table.goals.there), [*languages], len(table.groups),
        ])  # fmt: skip

    def of(self, part: range) -> str:
        """Of the areas of a page."""
        if part.start not in self._parts:
            some = self._table.results[part.start : part.stop]
            told = [[self._heads[id(one.head)], one.record()] for one in some]
            self._parts[part.start] = _hash([part.start, part.stop, told])
        return self._parts[part.start]

    @cached_property
    def whole(self) -> str:
        """Of all areas."""
        return _hash([self.of(part) for part in self._table.in_pages])

    @cached_property
    def names(self) -> str:
        """Of what the list of names tells of each area."""
        table = self._table
        pairs = zip(table.lines, table.results, strict=True)
        return _hash([
            [one.area, dict(one.name), line.languages, line.sums[table.newest], one.within]
            for line, one in pairs
        ])  # fmt: skip

    @cached_property
    def verdicts(self) -> str:
        """Of the verdicts on all goals."""
        return _hash(["".join(self._table.verdicts)])


def _hash(told: list[object]) -> str:
    text = json.dumps(told, ensure_ascii=False, default=dict)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class _AreaPages:
    """The pages of a plan in a language."""

    def __init__(self, table: PlanTable, room: Room, lang: str, languages: Sequence[str]) -> None:
        self._table, self._room, self._lang, self._languages = table, room, lang, languages
        self._say = Language(lang)
        self._lines = AreaRowWriter(self._say, inside=True)
        self._rows: dict[int, str] = {}
        self._template = templates().get_template("areas.html.j2")
        self._style, self._script = Markup(page_style("index.css")), Markup(script())

    def pages(self, made_from: _Contents) -> Iterator[_Page]:
        """Each as it can be made, of what."""
        table, groups = self._table, in_order(self._table.groups, self._say)
        yield _Page("", "names", made_from.names, lambda: self._names(groups))
        if self._room >= Room.apart:
            yield _Page(
                "-by-goal", "goals", made_from.verdicts, lambda: self._text("-by-goal", "goals")
            )
        if groups:
            yield _Page(
                "-by-group", "groups", made_from.whole,
                lambda: self._text("-by-group", "groups", groups=groups),
            )  # fmt: skip
        for one in (one for some in groups for one in some):
            yield _Page(one.of.suffix, "group", made_from.whole, partial(self._group, one))
        for at, part in enumerate(table.in_pages, start=1):
            yield _Page(f"-{at}", "areas", made_from.of(part), partial(self._areas, at, part))

    def _names(self, groups: list[list[NamedGroup]]) -> str:
        """The page of all areas by name."""
        return self._text("", "names", groups=groups, **self._listed(self._places, grouped=True))

    def _areas(self, at: int, part: range) -> str:
        """A page of areas in the order of the plan, with their goals."""
        table, count = self._table, len(self._table.in_pages)
        lines = table.lines[part.start : part.stop]
        verdicts = table.verdicts[part.start : part.stop]
        return self._text(
            f"-{at}", "areas", lines=lines, first=part.start + 1, last=part.stop,
            before=self._name(f"-{at - 1}") if at > 1 else "",
            after=self._name(f"-{at + 1}") if at < count else "",
            begin=self._name("-1"), end=self._name(f"-{count}"),
            rows=self._lines.rows(lines), grid_rows=self._lines.grid(lines, verdicts),
        )  # fmt: skip

    @cached_property
    def _places(self) -> list[int]:
        """The places of the areas by name."""
        return sorted(range(len(self._table.lines)), key=self._filed)

    def _filed(self, at: int) -> tuple[tuple[str, str], str]:
        line = self._table.lines[at]
        return filed(line.name.in_language(self._lang), self._lang), line.area

    def _group(self, group: NamedGroup) -> str:
        """The page of a group: its goals by verdict, and its areas by name."""
        within = {*group.of.places}
        listed = self._listed([at for at in self._places if at in within])
        spread = self._table.spread_in(group.of.places)
        return self._text(group.of.suffix, "group", group=group, spread_of_group=spread, **listed)

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

    def _text(self, suffix: str, kind: str, /, **more: object) -> str:
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
        return text.strip() + "\n"
