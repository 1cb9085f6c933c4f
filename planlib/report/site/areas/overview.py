"""The index of several reviews: how each plan stands, a line for each area, and a page for each.

An index that shows every goal of hundreds of areas is larger than anybody waits for. So it tells how
many goals have which verdict, which goals and areas are furthest behind and which goals changed; areas
and goals stand there as long as there is room, and else on pages of their own (``areas/pages.py``).
Every goal of an area stands in ``<plan>/<area>/index.html``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from markupsafe import Markup

from planlib.language.language import Language, own_name
from planlib.language.languages import DEFAULT
from planlib.language.order import filed
from planlib.language.sentences import joined
from planlib.report.site.area_records import AreaRecords
from planlib.report.site.area_results import AreaResults, area_results, with_shared_head
from planlib.report.site.areas.groups import in_order
from planlib.report.site.areas.lines import AreaRowWriter
from planlib.report.site.areas.pages import remove_pages, write_pages
from planlib.report.site.areas.table import FEW, SEVERAL, PlanTable, Room
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
from planlib.report.site.page_records import PageRecords
from planlib.report.site.script import policy, script
from planlib.report.site.standing import SHOWN
from planlib.report.vocabulary import LOOKS
from planlib.storage.store import Store

# Does the same with many things, as ``map`` does, or with several at a time.
Each = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]

LARGEST = 150_000  # bytes of an index: a second on a slow line


def write_overview(
    store: Store, records: AreaRecords | None = None, each: Each = map
) -> tuple[str, ...]:
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
    there = {folder: goals[folder.partition("/")[0]] for folder in folders}
    known = {folder: records.settled(folder, beside.there) for folder, beside in there.items()}
    others = [folder for folder, record in known.items() if record is None]
    written = dict(zip(others, each(partial(_written, store, there), others), strict=True))
    for folder, record in known.items():
        results = record.results if record is not None else written[folder]
        if results is None:
            continue
        if record is None:
            results = with_shared_head(results)
            records.note(results, there[folder].there)
        alike.setdefault(id(results.head), []).append(results)
    tables: dict[tuple[str, str, tuple[PeriodColumn, ...]], list[AreaResults]] = {}
    for some in alike.values():
        head = some[0].head
        tables.setdefault((head.plan, head.as_of, head.columns), []).extend(some)
    found = [PlanTable.of(some, goals[some[0].head.plan]) for some in tables.values()]
    every = dict.fromkeys(lang for table in found for one in table.lines for lang in one.languages)
    write_tables(store, found, [*every], records.pages)
    return tuple(every)


def write_tables(
    store: Store, tables: Sequence[PlanTable], languages: Sequence[str],
    known: PageRecords | None = None,
) -> None:  # fmt: skip
    """Write the index of plans, and the pages of what it has no room for. Raises OSError.

    Those that stand as they were made before are ``known``.
    """
    known = known or PageRecords(store)
    # The plan with the most pages is what the reader came for.
    found = sorted(
        tables, key=lambda table: (-table.pages, filed(table.plan, DEFAULT), table.as_of)
    )
    rooms, texts = _in_room(found, languages)
    for name, lang in index_names(languages).items():
        store.write(name, texts[lang])
    written = {
        name
        for table, room in zip(found, rooms, strict=True)
        for name in write_pages(store, table, room, languages, known)
    }
    remove_pages(store, written)


def _in_room(
    tables: Sequence[PlanTable], languages: Sequence[str]
) -> tuple[list[Room], dict[str, str]]:
    """How much of each plan the index holds, and its text in each language, which is not too large.

    The largest part gives way first, in all languages alike; of very many plans then the lists of goals
    and areas, which stand on their pages. Where that is not enough, each plan is a line of a table.
    """
    rooms = [Room.grid if len(table.lines) <= FEW else Room.spread for table in tables]
    brief = [False for _ in tables]
    made: dict[tuple[int, Room, bool, str], Markup] = {}

    def part(at: int, lang: str) -> Markup:
        key = at, rooms[at], brief[at], lang
        if key not in made:
            made[key] = _part(tables[at], rooms[at], lang, brief=brief[at])
        return made[key]

    around = {lang: len(_page(tables, rooms, [], lang, languages).encode()) for lang in languages}
    while True:
        parts = {lang: [part(at, lang) for at in range(len(tables))] for lang in languages}
        lengths = {lang: [len(one.encode()) for one in some] for lang, some in parts.items()}
        small = all(around[lang] + sum(lengths[lang]) <= LARGEST for lang in languages)
        least = (Room.grid if len(table.lines) == 1 else Room.counts for table in tables)
        left = [at for at, room in enumerate(least) if rooms[at] < room]
        whole = [at for at, one in enumerate(brief) if not one] if len(tables) > SEVERAL else []
        if small or not (left or whole):
            texts = {lang: _page(tables, rooms, parts[lang], lang, languages) for lang in languages}
            if max(len(text.encode()) for text in texts.values()) <= LARGEST:
                return rooms, texts
            if not (left or whole):
                return rooms, _in_lines(tables, languages) if len(tables) > SEVERAL else texts
        sizes = [max(some) for some in zip(*lengths.values(), strict=True)]
        largest = max(left or whole, key=sizes.__getitem__)
        if left:
            rooms[largest] = Room(rooms[largest] + 1)
        else:
            brief[largest] = True


def _written(store: Store, goals: Mapping[str, GoalLinks], folder: str) -> AreaResults | None:
    """What the index needs of an area whose own index is written; None where it is none."""
    summary = read_summary(store, *folder.split("/"))
    if summary is None:
        return None
    pages = pages_in(store.at(folder))
    languages = languages_of([(summary, pages)])
    for name, lang in index_names(languages).items():
        there = replace(goals[folder], up="../")
        text = index_page((summary, pages), lang, languages, there, alone=True)
        store.write(f"{folder}/{name}", text)
    return area_results(summary, pages, languages)


def clear_overview(store: Store) -> None:
    """Remove the pages of areas, which an index of one does without. Raises OSError."""
    for plan, area in named_areas(store):
        folder = store.at(f"{plan}/{area}")
        names = set(folder.names())
        if FILE in names:  # else it is a folder of somebody's own notebooks
            for name in set(INDEX.values()) & names:
                folder.remove(name)
    remove_pages(store)


def _part(table: PlanTable, room: Room, lang: str, *, brief: bool) -> Markup:
    """The part of a plan."""
    say = Language(lang)
    return Markup(templates().get_template("plan.html.j2").render(
        table=table, room=room.name, brief=brief, whole=table.has_lines(room), say=say, lang=lang,
        looks=LOOKS, shown=SHOWN, lines=AreaRowWriter(say), index=INDEX[lang],
        groups=in_order(table.groups, say) if table.has_groups(room) else [],
    ))  # fmt: skip


def _in_lines(tables: Sequence[PlanTable], languages: Sequence[str]) -> dict[str, str]:
    """The index with a line for each plan, which leads to its areas."""
    template, texts = templates().get_template("plan_line.html.j2"), {}
    for lang in languages:
        say = Language(lang)
        lines, found = AreaRowWriter(say), []
        for table in tables:
            present = [f"{say.verdict(v)}: {say.number(n)}" for v, n in table.total.present]
            found.append(Markup(template.render(
                table=table, say=say, lang=lang, looks=LOOKS, lines=lines,
                told=joined(present, say.parts_mark),
            ).strip()))  # fmt: skip
        texts[lang] = _page(tables, (), found, lang, languages, in_lines=True)
    return texts


def _page(
    tables: Sequence[PlanTable], rooms: Sequence[Room], parts: Sequence[Markup], lang: str,
    languages: Sequence[str], *, in_lines: bool = False,
) -> str:  # fmt: skip
    text = templates().get_template("overview.html.j2").render(
        tables=tables,
        parts=parts,
        in_lines=in_lines,
        looks=LOOKS,
        with_lines=any(map(PlanTable.has_lines, tables, rooms)),
        say=Language(lang),
        lang=lang,
        others=[Other(code, INDEX[code], own_name(code)) for code in languages if code != lang],
        areas=sum(len(table.lines) for table in tables),
        failures=sum(line.failures for table in tables for line in table.lines),
        undone=sum(line.undone for table in tables for line in table.lines),
        style=Markup(page_style("index.css")),
        policy=policy(),
        script=Markup(script()),
    )  # fmt: skip
    return text.strip() + "\n"
