"""The yearly review as a page: each method answers one question and is one notebook cell."""

from __future__ import annotations

from datetime import date

from planlib.evaluation.evaluation import Evaluation
from planlib.plan.periods.calendar import period_key
from planlib.report.blocks import Download, Heading, items
from planlib.report.display import Blocks
from planlib.report.documents.skeleton import Skeleton, bare, lower
from planlib.report.pages.common import result
from planlib.report.pages.groups_section import groups_section
from planlib.report.pages.office_remarks import Given, remarks_of
from planlib.report.pages.reported import ReportedPage
from planlib.report.results.download import figures_download
from planlib.report.tables.annual import (
    disagreements_table,
    missing_table,
    office_table,
    readings_table,
    revisions_table,
    target_table,
)
from planlib.report.tables.attainment import attainment_table
from planlib.report.tables.midterm import goals_grid
from planlib.report.text.sentences import (
    headline,
    missing_sentence,
    promised_sentences,
    reached_of_judged,
    revision_sentence,
    section_sentence,
    short_goals,
    titled,
    unknown_goals,
)
from planlib.review import AnnualReview, annual
from planlib.review.sections import SectionReview


class AnnualPage(ReportedPage):
    """One area in one year."""

    def __init__(self, review: AnnualReview, lang: str = "") -> None:
        super().__init__(
            review.plan, review.area, lang, illustrative=review.illustrative, public=review.public
        )
        self.review: AnnualReview = review

    @classmethod
    def of(
        cls, evaluation: Evaluation, area: str, year: int | str, lang: str = "",
        remarks: Given = "",
    ) -> AnnualPage:  # fmt: skip
        """The page of an area and a year; raises InputError where there is no such area or year.

        ``remarks`` is the file of what the office says, that beside the figures without one.
        """
        page = cls(annual(evaluation, area, year), lang)
        page.remarks = remarks_of(evaluation, area, remarks)
        return page

    def blocks(self) -> Blocks:
        """The whole page, its parts in order."""
        return Blocks.of(
            self.title(), self.promised(), self.counts(), self.table(), self.sections(),
            self.shortfalls(), self.changes(), self.missing(), self.disagreements(), self.readings(), self.notes(),
            self.sources(),
        )  # fmt: skip

    def title(self) -> Blocks:
        """The question, what the page is about, and the banner where figures are made up."""
        review, language = self.review, self.language
        question = language("title.annual", area=self.area_name, year=review.year)
        return self._title(
            question,
            [
                (period_key(review.year), language("period.year", year=review.year)),
                self._as_of(review.as_of),
            ],
        )

    def promised(self) -> Blocks:
        """What was promised for the year?"""
        review, language = self.review, self.language
        total, kinds = promised_sentences(review.plan, review.verdicts, review.year, language)
        heading = language("heading.promised", year=review.year)
        return Blocks.of(Heading(heading, "promised"), total, items(kinds))

    def counts(self) -> Blocks:
        """How did the year come out? Counts, coverage, the goal furthest behind, and a mean."""
        first = headline(self.review.rollup, self.language, year=self.review.year)
        return result(self.review, first, language=self.language)

    def table(self) -> Blocks:
        """Every target with its figure and verdict, in the office's columns; then the years before."""
        review, language = self.review, self.language
        heading = language("heading.targets", year=review.year)
        found = Blocks.of(
            Heading(heading, "targets"),
            self._with_remarks(target_table(review, language)),
            self.download(),
        )
        first = review.plan.years[0]
        if review.year > first:
            caption = language("caption.grid", first=first, last=review.year)
            made_up = review.illustrative
            grid = goals_grid(
                review.plan, review.yearly, language, caption=caption, illustrative=made_up,
                doubts=review.doubts,
            )  # fmt: skip
            found += Blocks.of(grid)
        return found

    def download(self) -> Download:
        """The figures of the page, to take along."""
        review = self.review
        about = ("annual", review.area, review.year)
        return figures_download(review.plan, review.verdicts, self.language, about)

    def sections(self) -> Blocks:
        """Section by section: a heading with its count, a table, and what the table says."""
        language = self.language
        found = Blocks.of()
        for section in self.review.sections:
            name = section.section.name.in_language(language.code)
            count = reached_of_judged(section.rollup, language)
            title = language("heading.section", section=name, count=count)
            illustrative = self.review.illustrative
            short = short_goals(section.verdicts, language)
            short += unknown_goals(section.verdicts, language)
            found += Blocks.of(
                Heading(title, f"section-{section.section.section}"),
                attainment_table(section.verdicts, language, illustrative=illustrative)
                if section.verdicts
                else None,
                section_sentence(section, language),
                items(short),
                self._groups(section),
            )
        return found

    def _groups(self, section: SectionReview) -> Blocks:
        ids = {verdict.goal.id for verdict in section.verdicts}
        mine = [one for one in self.review.groups if one.whole.goal.id in ids]
        return groups_section(mine, self.plan, self.language, illustrative=self.illustrative)

    def changes(self) -> Blocks:
        """What changed since the last report?"""
        review, language = self.review, self.language
        flipped = [r for r in review.revisions if r.flipped]
        heading = language(
            "heading.changes",
            figures=language("changes.count.figures", n=len(review.revisions)),
            flipped=language("changes.count.flipped", n=len(flipped)),
        )
        if not review.revisions:
            sentence = language("changes.none", year=review.year)
            return Blocks.of(Heading(language("heading.no_changes"), "changes"), sentence)
        sentence = language(
            "changes.some" if flipped else "changes.no_flip", n=len(review.revisions)
        )
        return Blocks.of(
            Heading(heading, "changes"),
            sentence,
            items(revision_sentence(revision, language) for revision in flipped),
            revisions_table(review, language),
        )

    def missing(self) -> Blocks:
        """What is missing, and who could give it?"""
        review, language = self.review, self.language
        heading = titled("heading.missing", review.missing, language)
        if not review.missing:
            return Blocks.of(Heading(heading, "missing"), language("missing.none"))
        sentence = missing_sentence(review.missing, language)
        return Blocks.of(Heading(heading, "missing"), sentence, missing_table(review, language))

    def disagreements(self) -> Blocks:
        """Where do published verdicts say something else?"""
        review, language = self.review, self.language
        published = sum(v.published_verdict is not None for v in review.verdicts)
        found = review.disagreements
        heading = titled("heading.published", found, language)
        if not published:
            sentence = language("published.none", year=review.year)
            return Blocks.of(Heading(language("heading.unpublished"), "published"), sentence)
        if not found:
            sentence = language("published.agree", n=published)
            return Blocks.of(Heading(heading, "published"), sentence)
        sentence = language("published.some", n=len(found), published=language.number(published))
        table = disagreements_table(review, language)
        return Blocks.of(Heading(heading, "published"), sentence, table)

    def readings(self) -> Blocks:
        """Would another reading of the plan's text change a verdict?"""
        review, language = self.review, self.language
        ambiguous = sum(v.goal.ambiguous for v in review.verdicts)
        heading = titled("heading.readings", review.unsettled, language)
        if not review.unsettled:
            sentence = language("readings.settled", n=ambiguous) if ambiguous else None
            sentence = sentence or language("readings.none")
            return Blocks.of(Heading(heading, "readings"), sentence)
        sentence = language(
            "readings.some", n=len(review.unsettled), ambiguous=language.number(ambiguous)
        )
        table = readings_table(review.unsettled, language, illustrative=review.illustrative)
        return Blocks.of(Heading(heading, "readings"), sentence, table)

    @property
    def reported(self) -> str:
        """The period as remarks name it."""
        return str(self.review.year)

    def cautions(self) -> Blocks:
        """What must be kept in mind when these numbers are used?"""
        return self._notes(self.review.verdicts, self.review.year)

    def sources(self) -> Blocks:
        """Where does it all come from?"""
        return self._sources(self.review.verdicts)

    def summary(self) -> str:
        """The headline alone, for lists of pages."""
        review = self.review
        return headline(review.rollup, self.language, year=review.year)

    @property
    def as_of(self) -> str | None:
        """The day whose reports count, None for every report."""
        return self.review.as_of

    def skeleton(self) -> Skeleton:
        """What the year came to, in each part of an office's report."""
        review, language = self.review, self.language
        short = short_goals(review.verdicts, language)
        caption = language("caption.targets", year=review.year, area=self.area_name)
        plan = review.plan.header.name.in_language(language.code)
        return Skeleton(
            subject=language(
                "document.subject.annual", year=review.year, plan=plan, area=self.area_name
            ),
            title=self._title_block,
            parts={
                "situation": bare(self.counts()),
                "results": lower(self.sections()),
                "shortcomings": Blocks.of(
                    items(short) if short else language("document.none_short"),
                    bare(self.missing()),
                ),
            },
            shortfalls=lambda causes: bare(self.shortfalls(causes)),
            table=office_table(review, caption, language, noted=True),
            more=Blocks.of(
                self.changes(),
                self.disagreements(),
                self.readings(),
                self.cautions(),
                self.sources(),
            ),
            day=date.fromordinal(review.plan.calendar.end(review.year)),
            about=(review.plan.id, review.area, self.reported),
            goals=self.goal_names,
        )
