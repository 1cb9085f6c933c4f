"""The grid of one review: every goal by year, its groups below it, each verdict worked out again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bs4 import Tag

from planlib.errors import Said, said
from planlib.plan.goal import Goal
from planlib.verify.claims import groups_followed
from planlib.verify.markup import attribute, classes, plain, text_of, texts_of
from planlib.verify.recompute import Recomputed
from planlib.verify.texts import GLYPHS, WORDS

MOST_OF_GROUPS = 1_500  # verdicts of groups
Difference = tuple[str, Said, str]  # where, what, of which goal


@dataclass
class GoalGrid:
    """The check of a grid; ``columns`` are kinds and years, ``leads`` gives the links of a goal."""

    made: Recomputed
    lang: str
    columns: Sequence[tuple[str, int]]
    leads: Callable[[str], list[str]]
    compared: int = 0
    left_out: int = 0

    def differing(self, grid: Tag) -> Iterator[Difference]:
        """Everything that differs in its rows."""
        rows = [row for row in grid.find_all("tr") if row.has_attr("data-goal")]
        right = list(self._lines())
        found = [(attribute(row, "data-goal"), attribute(row, "data-group")) for row in rows]
        if found != [(goal.id, goal.group) for goal in right]:
            yield "", said("verify.not-every-goal-listed"), ""
            return
        for row, goal in zip(rows, right, strict=True):
            yield from self._group(row, goal) if goal.group else self._goal(row, goal)
            yield from self._verdicts(row, goal)

    def _lines(self) -> Iterator[Goal]:
        """Each goal, and below it the groups it is followed for while there is room."""
        cells = 0
        for goal in self.made.plan.goals:
            yield goal
            groups = groups_followed(self.made, goal)
            cells += len(groups) * len(self.columns)
            if cells <= MOST_OF_GROUPS:
                yield from groups
            else:
                self.left_out += bool(groups)

    def _goal(self, row: Tag, goal: Goal) -> Iterator[Difference]:
        lead = plain(goal.lead.in_language(self.lang)) if goal.lead is not None else ""
        name = plain(goal.name.in_language(self.lang))
        links = [
            attribute(link, "href") for head in row.find_all("th") for link in head.find_all("a")
        ]
        if plain(attribute(row, "data-lead")) != lead:
            yield "", _differs(lead or "nothing", attribute(row, "data-lead")), goal.id
        if links != self.leads(goal.id):
            yield "", said("verify.link-to-another-page", found=" ".join(links)[:100]), goal.id
        if texts_of(row, "th") != [name]:
            yield "", _differs(name, " ".join(texts_of(row, "th"))), goal.id

    def _group(self, row: Tag, goal: Goal) -> Iterator[Difference]:
        name = plain(self.made.plan.group_name(goal.group).in_language(self.lang))
        if texts_of(row, "th") != [name] or row.find_all("a"):
            yield goal.group, _differs(name, " ".join(texts_of(row, "th"))), goal.id

    def _verdicts(self, row: Tag, goal: Goal) -> Iterator[Difference]:
        cells = row.find_all("td")
        for at, (kind, year) in enumerate(self.columns):
            judge = self.made.annual if kind == "annual" else self.made.midterm
            verdict = judge(goal, year).verdict
            self.compared += 1
            if len(cells) != len(self.columns) or not self._shows(cells[at], verdict):
                place = " ".join(filter(None, (goal.group, kind, str(year))))
                right = WORDS[self.lang][verdict]
                yield place, said("verify.verdict-differs-unnamed", right=right), goal.id

    def _shows(self, cell: Tag, verdict: str) -> bool:
        titles = [attribute(node, "title") for node in cell.find_all() if node.has_attr("title")]
        word = re.compile(r": " + re.escape(WORDS[self.lang][verdict]) + r"\Z")
        right = styled(cell) == verdict and text_of(cell) == GLYPHS[verdict]
        return right and len(titles) == 1 and word.search(titles[0]) is not None


def _differs(right: str, found: str) -> Said:
    return said("verify.text-differs", right=right, found=found[:200])


def styled(node: Tag) -> str:
    names = [name[5:].replace("-", "_") for name in classes(node) if name.startswith("pl-v-")]
    return names[0] if len(names) == 1 else ""
