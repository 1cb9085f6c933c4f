"""The remarks of an office on a page or in a notebook, against those of its file.

Whether they are true nobody can compute. Proven is that they are the file's own words, each under
its own goal and said to be the office's; that none is missing, added or changed; and that they are
words and nothing else. They are taken out of the tree then, so that what is left is proven as ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bs4 import Tag

from planlib.errors import Problem, said
from planlib.plan.plan import Plan
from planlib.plan.remarks.remark import Remark
from planlib.verify.markup import attribute, classes, plain, take_out, text_of
from planlib.verify.texts import filled

WORDS, ROW, SECTION = "pl-remark", "pl-said", "remarks"
KINDS = ("situation", "note", "objective", "subjective", "lessons", "tasks", "proposals")
# In which table of a review the remarks on goals stand.
TABLES = {"annual": "pl-office", "midterm": "pl-grid"}
Shown = tuple[str, str, str]  # goal, whose words, and the words


@dataclass
class RemarksShown:
    """The check of one page's remarks; ``remarks`` are all of the area for the page's audience."""

    file: str
    kind: str
    year: int
    lang: str
    plan: Plan
    remarks: Sequence[Remark]
    problems: list[Problem]
    compared: int = 0

    def check(self, root: Tag) -> None:
        """Compare, and take out of the tree what was compared."""
        right = list(self._expected())
        found = list(self._found(root))
        self.compared += len(right)
        if found != right:
            missing = next((one for one in right if one not in found), None)
            other = next((one for one in found if one not in right), None)
            message = said(
                "verify.remarks-differ", right=_told(missing), found=_told(other),
            )  # fmt: skip
            self.problems.append(Problem(message, self.file))
        titled = sum(attribute(node, "id") == SECTION for node in root.find_all("h2"))
        if titled != any(not goal for goal, _, _ in right):
            self.problems.append(Problem(said("verify.remarks-heading"), self.file))
        take_out(root, root.find_all("tr", class_=ROW) + root.find_all(class_=WORDS))

    @property
    def on_page(self) -> list[Remark]:
        """Those of the page's period."""
        period = str(self.year)
        if self.kind == "midterm":
            period = "term" if self.year == self.plan.years[-1] else "midterm"
        return [one for one in self.remarks if one.period == period]

    def _expected(self) -> Iterator[Shown]:
        mine = sorted(self.on_page, key=lambda one: KINDS.index(one.kind))
        for goal in (*self.plan.goal_ids, None):
            for one in mine:
                if one.goal == goal:
                    yield goal or "", plain(self._whose(one)), plain(one.text)

    def _whose(self, one: Remark) -> str:
        kind = filled(f"remark.kind.{one.kind}", self.lang)
        if not one.author:
            return filled("remark.said", self.lang, kind=kind)
        return filled("remark.said_by", self.lang, kind=kind, author=one.author)

    def _found(self, root: Tag) -> Iterator[Shown]:
        for node in root.find_all(class_=WORDS):
            parts = [child for child in node.children if isinstance(child, Tag)]
            tags = [part.name for part in parts]
            bare = not any(part.find_all() for part in parts) and not any(
                part.attrs for part in parts
            )
            goal = self._goal(node)
            words = [text_of(part) for part in parts]
            if (
                goal is None or not bare or tags != ["strong", "span"] or node.name != "p"
                or node.attrs != {"class": [WORDS]} or text_of(node) != " ".join(words)
            ):  # fmt: skip
                yield "?", "", text_of(node)[:200]
                continue
            yield goal, words[0], words[1]
        for row in root.find_all("tr", class_=ROW):
            told = " ".join(text_of(one) for one in row.find_all("p", class_=WORDS))
            if text_of(row) != told or not told:
                yield "?", "", text_of(row)[:200]

    def _goal(self, node: Tag) -> str | None:
        """The goal that words stand under, empty for those on the whole; None for a wrong place."""
        row = next((one for one in node.parents if one.name == "tr"), None)
        if row is None:
            inside = any(one.name == "table" for one in node.parents)
            before = node.find_previous("h2")
            title = attribute(before, "id") if isinstance(before, Tag) else ""
            return None if inside or title != SECTION else ""
        table = next((one for one in row.parents if one.name == "table"), None)
        above = row.find_previous_sibling("tr")
        if table is None or TABLES[self.kind] not in classes(table) or ROW not in classes(row):
            return None
        if not isinstance(above, Tag) or above.has_attr("data-group"):
            return None
        return attribute(above, "data-goal") or None


def _told(one: Shown | None) -> str:
    return "–" if one is None else " | ".join(filter(None, one))[:300]
