"""How far a plan's figures can be relied on, as a page: each method answers one question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planlib.evaluation import Evaluation
from planlib.plan.periods.calendar import period_key, period_title
from planlib.report.blocks import Heading, items
from planlib.report.display import Blocks
from planlib.report.layout import Cell, Group, Table, number_cell
from planlib.report.pages.common import Page
from planlib.report.tables.annual import captioned, columns
from planlib.report.text.numbers import number_text, percent
from planlib.report.text.phrases import file_text
from planlib.report.text.units import quantity_text
from planlib.review.quality import FigureQuality, figure_quality

MOST_ROWS = 30  # of a table that is there to be acted on, heaviest first
CANNOT_OF_FIGURES = ("true", "digits", "missing")


class QualityPage(Page):
    """The figures of a plan in all its areas."""

    def __init__(self, evaluation: Evaluation, lang: str = "") -> None:
        super().__init__(
            evaluation.plan, "", lang, illustrative=evaluation.figures.illustrative,
            public=evaluation.public,
        )  # fmt: skip
        self.evaluation = evaluation
        self.found: FigureQuality = figure_quality(evaluation)

    @property
    def area_name(self) -> str:
        """How many areas the figures are of."""
        return self.language("compare.areas_counted", n=len(self.evaluation.areas))

    def blocks(self) -> Blocks:
        """The whole page, its parts in order."""
        return Blocks.of(
            self.title(), self.coverage(), self.timeliness(), self.revisions(), self.digits(),
            self.recomputed(), self.outliers(), self.ask(), self.cannot_tell(),
        )  # fmt: skip

    def title(self) -> Blocks:
        """The question, the plan, and the banner where figures are made up."""
        facts = [self._as_of(self.evaluation.as_of_text)]
        return self._title(self.language("title.quality"), facts)

    def coverage(self) -> Blocks:
        """Are the figures there?"""
        language, found = self.language, self.found.coverage
        known, wanted = sum(one.known for one in found), sum(one.wanted for one in found)
        lead = language("quality.coverage", known=language.number(known), n=wanted)
        short = sorted((one for one in found if one.known < one.wanted),
                       key=lambda one: one.known - one.wanted)  # fmt: skip
        rows = [
            (
                self._goal(one.goal.id), self._count(one.wanted), self._count(one.known),
                self._count(one.withheld), self._count(one.wanted - one.known - one.withheld),
            )
            for one in short
        ]  # fmt: skip
        keys = ("indicator", "wanted", "known", "withheld", "absent")
        return self._part("coverage", lead, rows, keys)

    def timeliness(self) -> Blocks:
        """Do they come in time, and whom is there to ask?"""
        language, found = self.language, self.found.timeliness
        if found.median is None:
            return self._part("timeliness", language("quality.undated"), [], ())
        within = self.plan.header.reported_within
        days = language.number(found.median)
        lead = language("quality.timeliness", days=days, n=found.reports)
        if within:
            late = {"late": language.number(found.late), "within": language.number(within)}
            lead = language("quality.timeliness.late", days=days, n=found.reports, **late)
        asked: dict[str, int] = {}
        for one in self.found.late:
            name = one.lead.in_language(language.code) if one.lead else language("owners.no_lead")
            asked[name] = asked.get(name, 0) + 1
        rows = [
            (Cell(name), self._count(n)) for name, n in sorted(asked.items(), key=lambda x: -x[1])
        ]
        return self._part("timeliness", lead, rows, ("lead", "absent"))

    def revisions(self) -> Blocks:
        """How large are revisions, and do they go one way?"""
        language, found = self.language, self.found.revisions
        again, revised = sum(one.again for one in found), sum(one.revised for one in found)
        lead = language("quality.revisions", n=again, revised=language.number(revised))
        rows = [
            (
                self._goal(one.goal.id), self._count(one.again), self._count(one.revised),
                self._count(one.up), self._moved(one.mean, points=one.points),
                self._moved(one.size, points=one.points),
                number_cell(number_text(one.chance, language, digits=3), language),
            )
            for one in sorted(found, key=lambda one: -one.size) if one.revised
        ]  # fmt: skip
        keys = ("indicator", "again", "revised", "upward", "mean", "size", "by_chance")
        return self._part("revisions", lead, rows, keys)

    def digits(self) -> Blocks:
        """Are last digits as even as counted figures have them?"""
        language, found = self.language, self.found.digits
        if found.score is None or found.chance is None:
            return self._part("digits", language("quality.few_digits", n=found.n), [], ())
        lead = language(
            "quality.digits", n=found.n, score=number_text(found.score, language, digits=1),
            chance=number_text(found.chance, language, digits=3),
        )  # fmt: skip
        rows = [
            (Cell(language.number(digit)), self._count(count),
             number_cell(percent(count / found.n, language), language))
            for digit, count in enumerate(found.counts)
        ]  # fmt: skip
        return self._part("digits", lead, rows, ("digit", "times", "share"))

    def recomputed(self) -> Blocks:
        """Does what was reported agree with what is recomputed?"""
        language, found = self.language, self.found
        lead = language("quality.recomputed", n=found.compared,
                        differing=language.number(len(found.differing)))  # fmt: skip
        published = found.agreement
        said = language("quality.published", n=published.published,
                        agreed=language.number(published.agreed))  # fmt: skip
        rows = [
            (
                self._goal(one.goal.id),
                self._area(one.area),
                Cell(period_title(one.period, language)),
                number_cell(number_text(one.reported, language), language),
                number_cell(number_text(one.recomputed, language), language),
            )
            for one in found.differing
        ]
        at = period_key(self.evaluation.plan.years[0])
        keys = ("indicator", "area", at, "reported", "recomputed")
        return self._part("recomputed", lead, rows, keys) + Blocks.of(said)

    def outliers(self) -> Blocks:
        """Which figures stand out, and what may have happened?"""
        language, found = self.language, self.found.doubtful
        shown = (replace(one, file=file_text(one.file or "")) for one in found)
        told = [str(one.in_language(language.code)) for one in shown]
        heading = Heading(language("heading.quality.outliers"), "outliers")
        more = language("quality.more", n=len(told) - MOST_ROWS) if len(told) > MOST_ROWS else ""
        lead = language("quality.outliers", n=len(told))
        return Blocks.of(heading, lead, items(told[:MOST_ROWS]), more)

    def ask(self) -> Blocks:
        """What should be asked for first?"""
        language, found = self.language, self.found.to_ask
        lead = language("quality.ask", n=sum(one.figures for one in found))
        rows = []
        for one in found:
            lead_of = self.plan.lead_of(one.goal)
            who = lead_of.in_language(language.code) if lead_of else language("owners.no_lead")
            row = (
                self._goal(one.goal.id),
                Cell(who),
                self._count(one.figures),
                self._count(one.verdicts),
            )
            rows.append(row)
        return self._part("ask", lead, rows, ("indicator", "lead", "absent", "hanging"))

    def cannot_tell(self) -> Blocks:
        """What no look at figures can tell."""
        told = [self.language(f"quality.cannot.{name}") for name in CANNOT_OF_FIGURES]
        return Blocks.of(Heading(self.language("heading.cannot"), "cannot"), items(told))

    def _part(
        self, name: str, lead: str, rows: Sequence[tuple[Cell, ...]], keys: tuple[str, ...]
    ) -> Blocks:
        language = self.language
        heading = Heading(language(f"heading.quality.{name}"), name)
        if not rows:
            return Blocks.of(heading, lead)
        caption = captioned(
            language(f"caption.quality.{name}"), language, illustrative=self.illustrative
        )
        table = Table(
            columns(keys, language), (Group(tuple(rows[:MOST_ROWS])),), caption, look="simple"
        )
        more = language("quality.more", n=len(rows) - MOST_ROWS) if len(rows) > MOST_ROWS else ""
        return Blocks.of(heading, lead, table, more)

    def _goal(self, goal: str) -> Cell:
        return Cell(self.plan.goal(goal).name.in_language(self.language.code), goal=goal)

    def _area(self, area: str) -> Cell:
        return Cell(self.plan.area_name(area).in_language(self.language.code), area=area)

    def _count(self, n: int) -> Cell:
        return number_cell(self.language.number(n), self.language)

    def _moved(self, number: float, *, points: bool) -> Cell:
        told = number_text(number, self.language, ends=(0.0,))
        unit = self.language("unit.points") if points else "%"
        return Cell(quantity_text(told, unit, self.language))
