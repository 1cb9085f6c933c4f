"""The yearly review as a page: each method answers one question and is one notebook cell."""

from __future__ import annotations

from planlib.language.languages import DEFAULT
from planlib.report.chips import counts_line
from planlib.report.display import Shown
from planlib.report.html import together
from planlib.report.pages.common import Page, Parts, block
from planlib.report.tables.annual import (
    disagreements_table,
    missing_table,
    readings_table,
    revisions_table,
    target_table,
)
from planlib.report.tables.attainment import attainment_table
from planlib.report.text.sentences import (
    coverage_sentence,
    headline,
    mean_sentence,
    missing_sentence,
    parts_sentence,
    promised_sentences,
    reached_of_judged,
    revision_sentence,
    section_sentence,
    short_goals,
    titled,
    unknown_goals,
    worst_sentence,
)
from planlib.review import AnnualReview


class AnnualPage(Page):
    """One area in one year."""

    def __init__(self, review: AnnualReview, lang: str = DEFAULT) -> None:
        super().__init__(review.plan, review.area, review.illustrative, lang, public=review.public)
        self.review = review

    def title(self) -> Shown:
        """The question, what the page is about, and the banner where figures are made up."""
        review, language = self.review, self.language
        question = language("title.annual", area=self.area_name, year=review.year)
        return self._title(question, [("year", str(review.year)), self._as_of(review.as_of)])

    def promised(self) -> Shown:
        """What was promised for the year?"""
        review, language = self.review, self.language
        total, kinds = promised_sentences(review.plan, review.verdicts, review.year, language)
        heading = language("heading.promised", year=review.year)
        return block([total], kinds, heading=heading, anchor="promised")

    def counts(self) -> Shown:
        """How did the year come out? Counts, coverage, the goal furthest behind, and a mean."""
        review, language = self.review, self.language
        rollup = review.rollup
        told = [
            coverage_sentence(rollup, language),
            parts_sentence(review.verdicts, language),
            worst_sentence(rollup, review.verdicts, language),
            mean_sentence(rollup, review.plan, language),
        ]
        heading = language("heading.result", count=reached_of_judged(rollup, language))
        return together(
            block(
                [headline(rollup, language, year=review.year)],
                heading=heading,
                anchor="result",
                lead=True,
            ),
            counts_line(rollup, language),
            block([sentence for sentence in told if sentence]),
        )

    def table(self) -> Shown:
        """Every target with its figure and verdict, in the office's columns."""
        heading = self.language("heading.targets", year=self.review.year)
        return together(
            block(heading=heading, anchor="targets"), target_table(self.review, self.language)
        )

    def sections(self) -> Parts:
        """Section by section: a heading with its count, a table, and what the table says."""
        language = self.language
        found: Parts = []
        for section in self.review.sections:
            name = section.section.name.in_language(language.code)
            count = reached_of_judged(section.rollup, language)
            title = language("heading.section", section=name, count=count)
            anchor = f"section-{section.section.section}"
            found.append(block(heading=title, anchor=anchor))
            if section.verdicts:
                illustrative = self.review.illustrative
                found.append(
                    attainment_table(section.verdicts, language, illustrative=illustrative)
                )
            items = short_goals(section.verdicts, language)
            items += unknown_goals(section.verdicts, language)
            found.append(block([section_sentence(section, language)], items))
        return found

    def changes(self) -> Shown:
        """What changed since the last report?"""
        review, language = self.review, self.language
        flipped = [r for r in review.revisions if r.flipped]
        heading = language(
            "heading.changes",
            figures=language.number(len(review.revisions)),
            flipped=language.number(len(flipped)),
        )
        if not review.revisions:
            told = language("changes.none", year=review.year)
            return block([told], heading=language("heading.no_changes"), anchor="changes")
        told = language("changes.some" if flipped else "changes.no_flip", n=len(review.revisions))
        items = [revision_sentence(revision, language) for revision in flipped]
        return together(
            block([told], items, heading=heading, anchor="changes"),
            revisions_table(review, language),
        )

    def missing(self) -> Shown:
        """What is missing, and who could give it?"""
        review, language = self.review, self.language
        heading = titled("heading.missing", review.missing, language)
        if not review.missing:
            return block([language("missing.none")], heading=heading, anchor="missing")
        return together(
            block([missing_sentence(review.missing, language)], heading=heading, anchor="missing"),
            missing_table(review, language),
        )

    def disagreements(self) -> Shown:
        """Where do published verdicts say something else?"""
        review, language = self.review, self.language
        published = sum(v.published_verdict is not None for v in review.verdicts)
        found = review.disagreements
        heading = titled("heading.published", found, language)
        if not published:
            told = language("published.none", year=review.year)
            return block([told], heading=language("heading.unpublished"), anchor="published")
        if not found:
            told = language("published.agree", n=published)
            return block([told], heading=heading, anchor="published")
        told = language("published.some", n=len(found), published=language.number(published))
        return together(
            block([told], heading=heading, anchor="published"),
            disagreements_table(review, language),
        )

    def readings(self) -> Shown:
        """Would another reading of the plan's text change a verdict?"""
        review, language = self.review, self.language
        ambiguous = sum(v.goal.ambiguous for v in review.verdicts)
        heading = titled("heading.readings", review.unsettled, language)
        if not review.unsettled:
            told = language("readings.settled", n=ambiguous) if ambiguous else None
            told = told or language("readings.none")
            return block([told], heading=heading, anchor="readings")
        told = language(
            "readings.some", n=len(review.unsettled), ambiguous=language.number(ambiguous)
        )
        return together(
            block([told], heading=heading, anchor="readings"),
            readings_table(review.unsettled, review.illustrative, language),
        )

    def notes(self) -> Shown:
        """What must be kept in mind when these numbers are used?"""
        items = self._caveats(self.review.verdicts, self.review.year)
        return block([], items, heading=self.language("heading.notes"), anchor="notes")

    def sources(self) -> Shown:
        """Where does it all come from?"""
        return self._sources(self.review.verdicts)

    def summary(self) -> str:
        """The headline alone, for lists of pages."""
        review = self.review
        return headline(review.rollup, self.language, year=review.year)
