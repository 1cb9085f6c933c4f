"""The groups of a plan's areas, read again from its register, and what the pages say of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bs4 import Tag

from planlib.errors import said
from planlib.language.text import Text
from planlib.plan.areas import Area
from planlib.plan.plan import Plan
from planlib.verify.markup import attribute, plain, text_of
from planlib.verify.site.area_tables import AreaTables, led
from planlib.verify.site.listed_plan import ListedPlan
from planlib.verify.site.name_order import filed
from planlib.verify.tables import summed
from planlib.verify.texts import counted_in, filled

ORDER = ("in", "peers", "without-group")  # what the names of their pages say


@dataclass(frozen=True)
class ListedGroup:
    """A group: its page, what readers call it, its number in lists, and its reviews in their order."""

    kind: str
    id: str
    label: str
    number: int
    names: tuple[str, ...]

    @property
    def end(self) -> str:
        """What the name of its page has before the language."""
        return f"-{self.kind}-{self.id}" if self.id else f"-{self.kind}"


def groups_in(registry: Mapping[str, Area], area: str) -> list[tuple[str, str]]:
    """The groups of an area: every area that it is part of, the nearest first, and its peers."""
    mine = registry.get(area)
    if mine is None:
        return []
    found, at = [], mine.part_of
    while at is not None:
        found.append(("in", at))
        at = registry[at].part_of if at in registry else None
    return [*found, *([("peers", mine.peer_group)] if mine.peer_group is not None else [])]


def group_name(plan: Plan, kind: str, one: str) -> Text:
    """What a plan calls a group of areas."""
    if kind == "in":
        return plan.area_name(one)
    return plan.header.peer_groups.get(one) or Text.in_all(one)


def listed_groups(of: ListedPlan, lang: str) -> list[list[ListedGroup]]:
    """The groups of each kind in the order of a language, for readers to choose among."""
    registry = {one.id: one for one in of.plan.registry}
    members: dict[tuple[str, str], list[str]] = {}
    for name in of.names:
        for key in groups_in(registry, of.area(name)):
            members.setdefault(key, []).append(name)
    members = {key: some for key, some in members.items() if len(some) < len(of.names)}
    if not members:
        return []
    within = {name for some in members.values() for name in some}
    if left := [name for name in of.names if name not in within]:
        members["without-group", ""] = left
    keys = sorted(members, key=lambda key: ORDER.index(key[0]))
    called = {key: _called(of.plan, key, lang) for key in keys}
    told = Counter(map(str, called.values()))
    found = [
        ListedGroup(
            kind, one, f"{called[kind, one]} ({one})" if told[called[kind, one]] > 1
            else called[kind, one], number, tuple(members[kind, one]),
        )
        for number, (kind, one) in enumerate(keys)
    ]  # fmt: skip
    kinds = ([one for one in found if one.kind == kind] for kind in ORDER)
    return [sorted(s, key=lambda one: (filed(one.label, lang), one.id)) for s in kinds if s]


def _called(plan: Plan, key: tuple[str, str], lang: str) -> str:
    if key[0] == "without-group":
        return filled("overview.group.none", lang)
    return group_name(plan, *key).in_language(lang)


class GroupTables(AreaTables):
    """What a page says of groups of areas."""

    def group_lines(
        self, table: Tag, of: ListedPlan, groups: Sequence[Sequence[ListedGroup]],
        columns: Sequence[tuple[str, int]],
    ) -> None:  # fmt: skip
        """A line for each group: its page, how many areas it has, its bar, and what was reached."""
        lang, beside = self.lang, self.below(of.plan.id)
        rows = [row for row in table.find_all("tr") if row.has_attr("data-in")]
        right = [one for some in groups for one in some]
        pages = [f"{beside}{of.page(one.end, lang)}" for one in right]
        heads = [one for one in table.find_all("th") if one.has_attr("data-year")]
        tops = [text_of(one) for part in table.find_all("thead") for one in part.find_all("th")]
        first = [filled("overview.group", lang), filled("overview.group.areas", lang),
                 filled("overview.now", lang, year=of.newest)]  # fmt: skip
        sections = [text_of(row) for row in table.find_all("tr", class_="ix-section")]
        kinds = {"in": "whole", "peers": "peers"}
        over = [filled(f"overview.group.{kinds[some[0].kind]}", lang) for some in groups
                if len(groups) > 1 and some[0].kind in kinds]  # fmt: skip
        told = [
            (text_of(head), [attribute(row, "data-in")], led([head]))
            for row in rows for head in row.find_all("th")
        ]  # fmt: skip
        wanted = [
            (plain(one.label), [str(one.number)], [page])
            for one, page in zip(right, pages, strict=True)
        ]
        if (
            told != wanted
            or tops[: len(first)] != [plain(text) for text in first]
            or sections != over
            or [self._column(head, of.names[0]) for head in heads] != [*columns]
        ):
            self._say(of.plan.id, said("verify.text-differs",
                                       right=" | ".join(one.label for one in right)[:300],
                                       found=" | ".join(name for name, *_ in told)[:300]))  # fmt: skip
            return
        for one, page, row in zip(right, pages, rows, strict=True):
            self._group_line(row, of, one, f"{page}#{of.anchor}.v.", columns)

    def _group_line(
        self, row: Tag, of: ListedPlan, group: ListedGroup, to: str,
        columns: Sequence[tuple[str, int]],
    ) -> None:  # fmt: skip
        cells = list(row.find_all("td"))
        if len(cells) != len(columns) + 2:
            self._say(group.label, said("verify.line-count-of-counts",
                                        n=len(columns) + 2, found=len(cells)))  # fmt: skip
            return
        place = f"{group.label}, {of.newest}"
        newest = self.total(group.names, "annual", of.newest)
        self.same_counts(place, newest, [self._bar(cells[1], to)])
        if text_of(cells[0]) != counted_in(len(group.names), self.lang):
            self._say(place, said("verify.value-is-not", right=str(len(group.names)),
                                  found=text_of(cells[0])[:100]))  # fmt: skip
        for column, cell in zip(columns, cells[2:], strict=True):
            right = self.total(group.names, *column)
            self.compared += 1
            if not self._reached(cell, right):
                self._say(f"{group.label}, {column[0]} {column[1]}",
                          said("verify.value-is-not", right=summed(right),
                               found=text_of(cell)[:100]))  # fmt: skip

    def total(self, names: Sequence[str], kind: str, year: int) -> dict[str, int]:
        """The counts of verdicts of some reviews together."""
        found = Counter[str]()
        for name in names:
            found.update(self._counts(name, kind, year))
        return dict(found)
