"""Tables of areas and of goals, on the index of several reviews and on the pages beside it.

A line for each area with the goals reached of those judged, a grid of areas and goals, and the goals
with how many areas have which verdict, each worked out again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bs4 import Tag

from planlib.errors import said
from planlib.plan.periods.calendar import slug
from planlib.verify.cells import numbers_in
from planlib.verify.markup import attribute, plain, text_of, texts_of
from planlib.verify.site.goal_grid import styled
from planlib.verify.site.index_page import IndexPage
from planlib.verify.site.listed_plan import ListedPlan
from planlib.verify.tables import summed
from planlib.verify.texts import GLYPHS, WORDS, filled


class AreaTables(IndexPage):
    """What a page says of several areas of a plan; ``below`` leads to the folder of the plan."""

    def below(self, plan: str) -> str:
        """What an address below the folder of a plan begins with."""
        return f"{plan}/"

    def plan_texts(self, of: ListedPlan) -> None:
        """The name of the plan, its term, and the warning that figures are made up."""
        term = of.plan.header.term
        places = texts_of(of.section, of="ix-area")
        if not places or not f"{places[0]} · ".startswith(f"{term.first}–{term.last} · "):
            self._say("", said("verify.text-differs", right=f"{term.first}–{term.last}",
                               found=" ".join(places)[:200]))  # fmt: skip
        warned = any(name in self.warned for name in of.names)
        self.texts(of, {
            "a" if of.section.name == "tr" else "h2": [of.plan.header.name.in_language(self.lang)],
            "pg-illustrative": [filled("site.illustrative", self.lang)] if warned else [],
        })  # fmt: skip

    def leads_to_area(self, of: ListedPlan, name: str, address: str) -> bool:
        """Whether an address is that of the page of an area."""
        folder = re.escape(f"{self.below(of.plan.id)}{of.area(name)}")
        return re.fullmatch(rf"{folder}/index(\.[a-z]+)?\.html", address) is not None

    def lines(self, of: ListedPlan, names: Sequence[str], *, bars: bool) -> None:
        """The line of each area: its name, its bar, and the goals reached of those judged."""
        for table in of.section.find_all("table", class_="ix-areas"):
            heads = [head for head in table.find_all("th") if head.has_attr("data-kind")]
            for name, row in zip(names, rows_of(table), strict=True):
                area = of.plan.area_name(of.area(name))
                links = [link for head in row.find_all("th") for link in head.find_all("a")]
                right = area.in_language(self.lang)
                if [text_of(link) for link in links] != [plain(right)]:
                    self._say(name, said("verify.line-name-differs", right=right))
                    continue
                address = attribute(links[0], "href")
                if not self.leads_to_area(of, name, address):
                    self._say(name, said("verify.link-to-another-page", found=address[:100]))
                cells = list(row.find_all("td"))
                if bars and cells:
                    to = f"{address}#annual-{slug(of.newest)}."
                    self.same_counts(f"{name}, {of.newest}",
                                     self._counts(name, "annual", of.newest),
                                     [self._bar(cells[0], to)])  # fmt: skip
                    cells = cells[1:]
                if len(cells) != len(heads) or not heads:
                    self._say(name, said("verify.line-count-of-counts",
                                         n=len(heads), found=len(cells)))  # fmt: skip
                    continue
                for head, cell in zip(heads, cells, strict=True):
                    self.share(name, head, cell)

    def share(self, name: str, head: Tag, cell: Tag) -> None:
        """The goals reached of those judged in a column."""
        column = self._column(head, name)
        if column is None:
            return
        self.compared += 1
        expected = self._counts(name, *column)
        if not self._reached(cell, expected):
            message = said("verify.value-is-not",
                           right=summed(expected), found=text_of(cell)[:100])  # fmt: skip
            self._say(f"{name}, {column[0]} {column[1]}", message)

    def grid(self, grid: Tag, of: ListedPlan, right: Sequence[str]) -> None:
        """Areas by goals: some areas of the plan, every goal, and the verdict of each."""
        rows = rows_of(grid)
        names = [review_of(row) for row in rows]
        head, *heads = [one for tr in grid.find_all("thead") for one in tr.find_all("th")] or [grid]
        goals = [plain(goal.name.in_language(self.lang)) for goal in of.plan.goals]
        column = self._column(head, right[0])
        if (
            names != right
            or [text_of(one) for one in heads] != goals
            or [attribute(one, "id") for one in heads]
            != [f"{of.anchor}.{g.id}" for g in of.plan.goals]
            or column != ("annual", of.newest)
            or self._to_choose_by(heads) != self._choices(of, begins=True)
            or led(heads)
            != [page for goal in of.plan.goals for page in self.goal_page(of.plan.id, goal.id)]
        ):
            wanted, found = ", ".join(right)[:300], ", ".join(names)[:300]
            self._say("", said("verify.line-missing", right=wanted, found=found))
            return
        for name, row in zip(names, rows, strict=True):
            area = of.plan.area_name(of.area(name)).in_language(self.lang)
            if texts_of(row, "th") != [plain(area)]:
                self._say(name, said("verify.line-name-differs", right=area))
            cells = row.find_all("td")
            for at, (goal, answer) in enumerate(self._answers(name, *column)):
                self.compared += 1
                word = WORDS[self.lang][answer.verdict]
                cell = cells[at] if at < len(cells) else grid
                told = styled(cell), text_of(cell), attribute(cell, "title")
                if told != (answer.verdict, GLYPHS[answer.verdict], word):
                    place = f"{name}, {column[0]} {column[1]}"
                    self._say(place, said("verify.verdict-differs-unnamed", right=word), goal.id)

    def spread(self, table: Tag, of: ListedPlan) -> None:
        """Every goal with how many areas have which verdict, in numbers and as a bar."""
        counted = {goal.id: Counter[str]() for goal in of.plan.goals}
        for name in of.names:
            for goal, answer in self._answers(name, "annual", of.newest):
                counted[goal.id][answer.verdict] += 1
        there = [one for one in GLYPHS if any(counts[one] for counts in counted.values())]
        heads = [head for head in table.find_all("th") if head.has_attr("data-kind")]
        rows = [row for row in table.find_all("tr") if row.has_attr("data-goal")]
        named = [row.find_all("th") for row in rows]
        told = [f"{GLYPHS[one]} {WORDS[self.lang][one]}" for one in there]
        places = [f"{of.anchor}.v.{one.replace('_', '-')}" for one in there]
        goals = of.plan.goals
        if (
            [text_of(head) for head in heads] != told
            or [attribute(head, "id") for head in heads] != places
            or [attribute(row, "data-goal") for row in rows] != [goal.id for goal in goals]
            or [attribute(row, "id") for row in rows] != [f"{of.anchor}.{g.id}" for g in goals]
            or [[text_of(one) for one in some] for some in named]
            != [[plain(goal.name.in_language(self.lang))] for goal in goals]
            or [led(some) for some in named]
            != [self.goal_page(of.plan.id, goal.id) for goal in goals]
            or self._to_choose_by(rows) != self._choices(of, begins=False)
            or self._in_sections(table) != self._sections(of)
        ):
            self._say(of.plan.id, said("verify.not-every-goal-listed"))
            return
        for goal, row in zip(goals, rows, strict=True):
            right = [counted[goal.id][one] for one in there]
            bar, *cells = row.find_all("td") or [row]
            numbers = [numbers_in(text_of(cell), self.lang) for cell in cells]
            pieces = [(styled(one), attribute(one, "style")) for one in bar.find_all("span")]
            drawn = [(v, f"flex-grow:{counted[goal.id][v]}") for v in there if counted[goal.id][v]]
            self.compared += len(right)
            if numbers != [[n] for n in right] or pieces != drawn:
                wanted = ", ".join(f"{v} {n}" for v, n in zip(there, right, strict=True))
                message = said("verify.counts-differ-summed", right=wanted,
                               summed=summed(counted[goal.id]))  # fmt: skip
                self._say(f"{of.plan.id}, {of.newest}", message, goal.id)

    def _sections(self, of: ListedPlan) -> list[tuple[str, list[str]]]:
        """The sections of the plan with the goals in them; without its name where there is one alone."""
        found = [
            (plain(one.name.in_language(self.lang)), [goal.id for goal in one.goals])
            for one in of.plan.sections
            if one.goals
        ]
        return found if len(found) > 1 else [("", goals) for _, goals in found]

    def _in_sections(self, table: Tag) -> list[tuple[str, list[str]]]:
        """The bodies of a table of goals: what stands over each, and the goals in it."""
        bodies = table.find_all("tbody")
        return [
            (
                " | ".join(text_of(row) for row in body.find_all("tr", class_="ix-section")),
                [attribute(row, "data-goal") for row in body.find_all("tr") if row.has_attr("data-goal")],
            )
            for body in bodies
        ]  # fmt: skip

    def _choices(self, of: ListedPlan, *, begins: bool) -> list[tuple[str, str]]:
        """What goals are chosen by: the section that ``begins`` with one, and who is responsible for it."""
        first = {goals[0]: name for name, goals in self._sections(of)} if begins else {}
        return [
            (first.get(goal.id, ""), plain(goal.lead.in_language(self.lang)) if goal.lead else "")
            for goal in of.plan.goals
        ]

    def _to_choose_by(self, nodes: Sequence[Tag]) -> list[tuple[str, str]]:
        return [
            (plain(attribute(one, "data-section")), plain(attribute(one, "data-lead")))
            for one in nodes
        ]

    def texts(self, of: ListedPlan, right: dict[str, list[str]]) -> None:
        """Texts of the section, where each of them stands: an element, a class, or one within it."""
        for place, wanted in right.items():
            *around, last = place.split()
            inside: list[Tag] = _named(of.section, around[0]) if around else [of.section]
            found = [text_of(node) for part in inside for node in _named(part, last)]
            self.compared += 1
            if found != [plain(text) for text in wanted]:
                self._say(of.plan.id, said("verify.text-differs",
                                           right=" | ".join(wanted) or "nothing",
                                           found=" | ".join(found)[:200] or "nothing"))  # fmt: skip

    def same_counts(
        self, place: str, right: dict[str, int], found: Sequence[dict[str, int]]
    ) -> None:
        """Whether bars say the counts of verdicts."""
        self.compared += len(right)
        if list(found) != [{v: n for v, n in right.items() if n}]:
            wanted = ", ".join(f"{verdict} {n}" for verdict, n in sorted(right.items()))
            message = said("verify.counts-differ-summed", right=wanted, summed=summed(right))
            self._say(place, message)


def rows_of(node: Tag, table: str = "") -> list[Tag]:
    """The rows of reviews, of a kind of table where one is named."""
    inside = node.find_all("table", class_=table) if table else [node]
    return [row for one in inside for row in one.find_all("tr") if row.has_attr("data-review")]


def led(nodes: Sequence[Tag]) -> list[str]:
    """Where the links in some elements lead."""
    return [attribute(link, "href") for node in nodes for link in node.find_all("a")]


def review_of(row: Tag) -> str:
    """The review that a row is of."""
    return attribute(row, "data-review").replace("/", ".")


def _named(node: Tag, one: str) -> list[Tag]:
    """The elements of a name or, where it has a hyphen, of a class."""
    return list(node.find_all(class_=one) if "-" in one else node.find_all(one))
