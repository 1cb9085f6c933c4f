"""Areas compared as a page: each method answers one question and is one notebook cell."""

from __future__ import annotations

from planlib.evaluation.evaluation import Evaluation
from planlib.language.language import Language
from planlib.language.sentences import joined
from planlib.plan.periods.calendar import period_key
from planlib.report.blocks import Heading, Paragraph, items
from planlib.report.display import Blocks
from planlib.report.layout import Fact, safe_link
from planlib.report.pages.common import Page
from planlib.report.results.download import areas_download
from planlib.report.tables.areas import areas_table, changes_table, ranks_table
from planlib.report.text.areas import details, headline, own_area, period_words
from planlib.report.text.phrases import file_text
from planlib.report.text.remarks import source_text
from planlib.review.areas import area_comparison
from planlib.review.compared_areas import AreaComparison


class ComparePage(Page):
    """All areas in one goal and period."""

    def __init__(self, found: AreaComparison, lang: str = "", area: str = "") -> None:
        super().__init__(
            found.plan, area, lang, illustrative=found.illustrative, public=found.public
        )
        self.found = found

    @classmethod
    def of(
        cls, evaluation: Evaluation, goal: str, period: int | str, lang: str = "", *,
        area: str = "",
    ) -> ComparePage:  # fmt: skip
        """The page of a goal and a period; raises InputError where there is no such one.

        Where an ``area`` is named, the page says how that one stands.
        """
        place = evaluation.area(area) if area else ""
        return cls(area_comparison(evaluation, goal, period), lang, place)

    @property
    def area_name(self) -> str:
        """How many areas are compared."""
        return self.language("compare.areas_counted", n=len(self.found.areas))

    @property
    def _goal(self) -> str:
        name = self.found.goal.name.in_language(self.language.code)
        group = self.found.goal.group
        if not group:
            return name
        return joined(
            [name, " (", self.plan.group_name(group).in_language(self.language.code), ")"], ""
        )

    def blocks(self) -> Blocks:
        """The whole page, its parts in order."""
        return Blocks.of(
            self.title(), self.result(), self.funnel(), self.areas(), self.ranks(), self.changes(),
            self.notes(), self.sources(),
        )  # fmt: skip

    def title(self) -> Blocks:
        """The question, what the page is about, and the banner where figures are made up."""
        found, language = self.found, self.language
        at = period_words(found.period)
        question = language("title.compare", goal=self._goal, period=at)
        facts = [
            (period_key(found.period), language("period.year", year=at)),
            self._as_of(found.as_of),
        ]
        return self._title(question, facts)

    def result(self) -> Blocks:
        """Who differs by more than chance, and what else there is to say in words."""
        language = self.language
        return Blocks.of(
            Heading(language("heading.compare.result"), "result"),
            Paragraph(headline(self.found, language), lead=True),
            own_area(self.found, self.area, language),
            items(details(self.found, language)),
        )

    def funnel(self) -> Blocks:
        """Is it more than chance?"""
        from planlib.report.charts.areas.funnel import funnel

        chart = funnel(self.found, self.language)
        if chart is None:
            return Blocks.of()
        return Blocks.of(Heading(self.language("heading.compare.funnel"), "funnel"), chart)

    def areas(self) -> Blocks:
        """Every area with its figure and what chance explains there."""
        heading = Heading(self.language("heading.compare.areas"), "areas")
        held = areas_download(self.found, self.language, self.area)
        return Blocks.of(heading, areas_table(self.found, self.language), held)

    def ranks(self) -> Blocks:
        """How sure are the ranks?"""
        from planlib.report.charts.areas.bands import rank_bands

        table = ranks_table(self.found, self.language)
        if table is None:
            return Blocks.of()
        heading = Heading(self.language("heading.compare.ranks"), "ranks")
        return Blocks.of(heading, rank_bands(self.found, self.language), table)

    def changes(self) -> Blocks:
        """What has changed since the baseline?"""
        from planlib.report.charts.areas.multiples import area_multiples

        found, language = self.found, self.language
        table = changes_table(found, language)
        if table is None or found.base is None:
            return Blocks.of()
        heading = language("heading.compare.change", base=period_words(found.base))
        chart = area_multiples(found, language)
        return Blocks.of(Heading(heading, "change"), table, items(self._breaks()), chart)

    def told(self) -> Blocks:
        """What a terminal shows: the page without pictures and sources."""
        found, language = self.found, self.language
        tables = (
            areas_table(found, language), ranks_table(found, language),
            changes_table(found, language),
        )  # fmt: skip
        return Blocks.of(self.title(), self.result(), *tables, items(self._breaks()))

    def notes(self) -> Blocks:
        """What a reader must know before using the numbers."""
        found, language = self.found, self.language
        told = [language("banner.text")] if self.illustrative else []
        if found.method != "none":
            way = "limits" if found.limits == "exact" else "published"
            name = language(f"compare.distribution.{found.method}")
            told.append(language(f"compare.note.{way}", distribution=name))
            told += [language("compare.note.estimate"), language("compare.note.band")]
        registry = found.plan.areas_by_id
        compared = [registry.get(one.area) for one in found.areas if one.peers]
        grouped = {one is not None and one.peer_group is not None for one in compared}
        told += [language("compare.note.peers.group")] if True in grouped else []
        told += [language("compare.note.peers.size")] if False in grouped else []
        if language.code not in self.plan.languages:
            told.append(language("caveat.language", language=language.name_of(language.code)))
        return Blocks.of(Heading(language("heading.notes"), "notes"), items(told))

    def sources(self) -> Blocks:
        """Where does it all come from?"""
        found, language = self.found, self.language
        names = dict.fromkeys(file_text(file) for file in found.files)
        lines = [Fact("", language("source.file", file=file)) for file in names]
        lines += [
            Fact("", _report(report, language, made_up=found.illustrative), safe_link(report))
            for report in found.sources
        ]
        return Blocks.of(Heading(language("heading.sources"), "sources"), items(lines))

    def _breaks(self) -> list[str]:
        """What happened to a boundary or to what is counted, each told once."""
        code, language = self.language.code, self.language
        found = dict.fromkeys((day, note) for one in self.found.areas for day, note in one.breaks)
        return [
            language(
                "compare.break", day=language.date(day.isoformat()), note=note.in_language(code)
            )
            for day, note in sorted(found, key=lambda one: one[0])
        ]


def _report(report: str, language: Language, *, made_up: bool) -> str:
    text = source_text(report, language)
    return text if made_up else language("source.report", source=text)
