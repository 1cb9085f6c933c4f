"""A text and what was read from it side by side, as a page: each method is one notebook cell."""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from pathlib import Path

from planlib.exchange.text.confirm.example import example_text
from planlib.exchange.text.confirm.table import FILE
from planlib.exchange.text.making import plan_from_text
from planlib.exchange.text.plan_out import NUMBERS
from planlib.language.language import Language
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.plan_files import AREAS
from planlib.plan.reading import read_plan
from planlib.plan.shipped import PLANS
from planlib.report.blocks import Heading, Paragraph, items
from planlib.report.display import Blocks
from planlib.report.layout import Cell, Column, Group, Table
from planlib.report.pages.common import Page
from planlib.report.text.phrases import target_text, when_text

EXAMPLE = "district"
COLUMNS = ("text", "goal", "target", "when", "confidence", "unsure")
CANNOT = (1, 2, 3)


class ProposalsPage(Page):
    """What was read from a text, until a person has said yes or no to each of it."""

    def __init__(self, plan: Plan, unplaced: list[list[str]], lang: str = "") -> None:
        super().__init__(plan, plan.header.areas[0], lang, illustrative=False, public=True)
        self.unplaced = unplaced
        self.proposed = [goal for goal in plan.goals if goal.proposed is not None]

    @classmethod
    def of(cls, folder: str = "", lang: str = "") -> ProposalsPage:
        """The page of a plan's folder, of the illustrative example where none is named."""
        if folder:
            return cls._read(Path(folder), lang)
        with tempfile.TemporaryDirectory(prefix="planlib-") as made:
            text = example_text(lang or "vi")
            done = plan_from_text(text, EXAMPLE, Path(made), lang or "vi")
            return cls._read(done.folder, lang)

    @classmethod
    def _read(cls, folder: Path, lang: str) -> ProposalsPage:
        plan = read_plan(folder, PLANS / AREAS)
        listed = folder / NUMBERS
        lines = listed.read_text("utf-8").splitlines() if listed.is_file() else []
        rows = list(csv.reader(lines))
        none = Language(plan.languages[0])("from-text.taken.none")
        return cls(plan, [row for row in rows[1:] if row[3] == none], lang)

    def blocks(self) -> Blocks:
        """The whole page, its parts in order."""
        return Blocks.of(self.title(), self.read(), self.numbers(), self.cannot_tell())

    def title(self) -> Blocks:
        """The question, and the plan that was proposed."""
        return self._title(self.language("from-text.page.title"), [])

    def read(self) -> Blocks:
        """Each sentence beside what it was read as."""
        language = self.language
        heading = Heading(language("from-text.page.read"), "read")
        told = Counter(goal.proposed.confidence for goal in self.proposed if goal.proposed)
        files = ", ".join(dict.fromkeys(g.proposed.file for g in self.proposed if g.proposed))
        lead = language(
            "from-text.page.lead", n=len(self.proposed), file=files, sure=str(told["sure"]), likely=str(told["likely"]),
            doubtful=str(told["doubtful"]),
        )  # fmt: skip
        columns = tuple(Column(key, language(f"from-text.page.{key}")) for key in COLUMNS)
        rows = tuple(self._row(goal) for goal in self.proposed)
        table = Table(columns, (Group(rows),), language("from-text.page.read"))
        return Blocks.of(heading, Paragraph(lead, lead=True), table)

    def numbers(self) -> Blocks:
        """The numbers that have no place in the plan."""
        language = self.language
        heading = Heading(language("from-text.page.numbers"), "numbers")
        if not self.unplaced:
            return Blocks.of(heading, language("from-text.page.all-placed"))
        lines = [
            language("from-text.page.unplaced", line=row[0] or row[1], number=row[2], text=row[5])
            for row in self.unplaced
        ]
        return Blocks.of(heading, items(lines))

    def how_to_decide(self) -> Blocks:
        """Where yes and no are written, for people without controls."""
        language = self.language
        heading = Heading(language("from-text.page.decide"), "decide")
        return Blocks.of(heading, language("from-text.page.how", file=FILE))

    def cannot_tell(self) -> Blocks:
        """What the reading of a text cannot tell."""
        language = self.language
        heading = Heading(language("from-text.page.cannot"), "cannot")
        return Blocks.of(heading, items(language(f"from-text.page.cannot.{n}") for n in CANNOT))

    def _row(self, goal: Goal) -> tuple[Cell, ...]:
        language, proposed = self.language, goal.proposed
        assert proposed is not None
        target = goal.main_target()
        place = proposed.line or proposed.page
        words = f"{place}: {proposed.words}" if place else proposed.words
        return (
            Cell(words), Cell(goal.name.in_language(language.code), goal=goal.id),
            Cell(target_text(goal, target, language)), Cell(when_text(target, language)),
            Cell(language(f"from-text.page.confidence.{proposed.confidence}")),
            Cell(" ".join(proposed.unsure), quiet=True),
        )  # fmt: skip
