"""The mid-term review as a page: each method answers one question and is one notebook cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from planlib.evaluation.evaluation import Evaluation
from planlib.evaluation.methods import MethodRow, methods
from planlib.evaluation.outlook import PlanOutlook, outlook
from planlib.plan.periods.calendar import Frequency
from planlib.plan.remarks.remark import MIDTERM, TERM
from planlib.report.blocks import Download, Heading, items
from planlib.report.display import Blocks
from planlib.report.documents.skeleton import Skeleton, bare, lower
from planlib.report.layout import Table
from planlib.report.pages.common import result
from planlib.report.pages.groups_section import groups_section
from planlib.report.pages.office_remarks import Given, remarks_of
from planlib.report.pages.outlook_section import outlook_section
from planlib.report.pages.reported import ReportedPage
from planlib.report.pages.rules_section import disagreements_section
from planlib.report.pages.sensitivity_section import sensitivity_section
from planlib.report.results.download import figures_download
from planlib.report.tables.annual import office_table
from planlib.report.tables.midterm import (
    decided_table,
    lags_table,
    midterm_grid,
    pace_table,
    road_table,
)
from planlib.report.text.progress import pace_sentence, road_sentence, schedule_sentence, years_left
from planlib.report.text.sentences import headline, reached_of_judged, tally, titled
from planlib.review import MidtermReview, midterm, sensitivity
from planlib.review.sensitivity import Sensitivity


class MidtermPage(ReportedPage):
    """One area, standing at the end of a year.

    Without an outlook, a sensitivity or rows of published rules the parts that tell of them are
    left out.
    """

    def __init__(
        self, review: MidtermReview, lang: str = "", *, outlook: PlanOutlook | None = None,
        sensitivity: Sensitivity | None = None, methods: Sequence[MethodRow] = (),
    ) -> None:  # fmt: skip
        super().__init__(
            review.plan, review.area, lang, illustrative=review.illustrative, public=review.public
        )
        self.review: MidtermReview = review
        self._outlook, self._sensitivity, self._methods = outlook, sensitivity, methods

    @classmethod
    def of(
        cls, evaluation: Evaluation, area: str, year: int | str | None = None, lang: str = "",
        remarks: Given = "",
    ) -> MidtermPage:  # fmt: skip
        """The whole page of an area after a year, the plan's mid-term year by default.

        ``remarks`` is the file of what the office says, that beside the figures without one. Raises InputError where there is no such area or year.
        """
        review, said = midterm(evaluation, area, year), remarks_of(evaluation, area, remarks)
        evaluation = evaluation.along(Frequency.year)
        page = cls(
            review,
            lang,
            outlook=outlook(evaluation, area, review.after),
            sensitivity=sensitivity(evaluation, area, review.after),
            methods=methods(evaluation, area, review.after),
        )
        page.remarks = said
        return page

    def blocks(self) -> Blocks:
        """The whole page, its parts in order."""
        return Blocks.of(
            self.title(), self.headline(), self.grid(), self.road(), self.outlook(), self.pace(),
            self.decided(), self.lags(), self.shortfalls(), self.robust(), self.rules(), self.trends(), self.notes(),
            self.sources(),
        )  # fmt: skip

    def title(self) -> Blocks:
        """The question, what the page is about, and the banner where figures are made up."""
        review, language = self.review, self.language
        first, last = review.plan.years[0], review.plan.years[-1]
        key = "title.midterm" if review.years_left else "title.term"
        question = language(key, area=self.area_name, year=review.after, first=first, last=last)
        left = years_left(review, language)
        standing = language("meta.standing_at", year=review.after, left=left)
        return self._title(question, [("standing", standing), self._as_of(review.as_of)])

    def headline(self) -> Blocks:
        """How far has the term come? Counts, what is decided already, coverage and a mean."""
        first = headline(self.review.rollup, self.language, year=self.review.after, term=True)
        return result(self.review, first, self._decided_sentence(), language=self.language)

    def _decided_sentence(self) -> str:
        review, language = self.review, self.language
        return language(
            "decided.counts",
            secured=tally(review.secured, language),
            lost=tally(review.impossible, language),
            broken=tally(review.broken, language),
        )

    def grid(self) -> Blocks:
        """Which goals held in which year?"""
        return self._grid(self._with_remarks(midterm_grid(self.review, self.language)))

    def _grid(self, table: Table) -> Blocks:
        review, language = self.review, self.language
        heading = language("heading.grid", first=review.plan.years[0], last=review.after)
        return Blocks.of(Heading(heading, "grid"), language("grid.how"), table, self.download())

    def download(self) -> Download:
        """The figures of the page, to take along."""
        review = self.review
        about = ("midterm", review.area, review.after)
        return figures_download(review.plan, review.verdicts, self.language, about)

    def road(self) -> Blocks:
        """How does the road so far compare with the road expected?"""
        review, language = self.review, self.language
        sentences = [s for v in review.scheduled if (s := road_sentence(v, language))]
        heading = titled("heading.road", review.scheduled, language)
        if not review.scheduled:
            return Blocks.of(Heading(heading, "road"), language("road.none"))
        return Blocks.of(
            Heading(heading, "road"),
            schedule_sentence(review, language),
            language("road.how"),
            items(sentences),
            road_table(review, language),
        )

    def outlook(self) -> Blocks:
        """What is likely to come, how sure is that, and how did such forecasts do before?"""
        result = self._outlook
        if result is None:
            return Blocks.of()
        verdicts = {verdict.goal.id: verdict for verdict in self.review.verdicts}
        return outlook_section(
            result, self.language, verdicts, self._methods, illustrative=self.illustrative
        )

    def pace(self) -> Blocks:
        """What must each remaining year bring, and can it be had?"""
        review, language, result = self.review, self.language, self._outlook
        heading = titled("heading.pace", review.to_do, language)
        if not review.to_do:
            key = "pace.none" if review.years_left else "pace.no_time"
            return Blocks.of(Heading(heading, "pace"), language(key))
        sentences = [s for v in review.to_do if (s := pace_sentence(v, review, language))]
        return Blocks.of(
            Heading(heading, "pace"),
            language("pace.how") if result is not None else None,
            items(sentences),
            pace_table(review, language, result),
        )

    def decided(self) -> Blocks:
        """What is settled already: secured, broken in a year, or out of reach?"""
        review, language = self.review, self.language
        found = Blocks.of(Heading(language("heading.decided"), "decided"), self._decided_sentence())
        kinds = (
            ("secured", review.secured),
            ("lost", review.impossible),
            ("broken", review.broken),
        )
        for key, verdicts in kinds:
            title = titled(f"heading.{key}", verdicts, language)
            sentence = language(f"decided.{key}" if verdicts else f"decided.no_{key}")
            broken = key == "broken"
            if broken and not any(
                review.years_reached(v.goal.id)[1] for v in review.verdicts if not v.term
            ):
                sentence = language("decided.no_kept")
            found += Blocks.of(Heading(title, key, level=3), sentence)
            if verdicts:
                caption = f"caption.{key}"
                table = decided_table(verdicts, caption, review, language, with_years=broken)
                found += Blocks.of(table)
        return found

    def trends(self) -> Blocks:
        """Where is each goal going? Small multiples, section by section, with their forecasts."""
        from planlib.report.charts import trend_multiples

        review, language, result = self.review, self.language, self._outlook
        heading = language("heading.trends")
        how = "trends.how" if result is None else "trends.how_ahead"
        found = Blocks.of()
        for section in review.sections:
            picture = trend_multiples(review, section.verdicts, language, result)
            ids = {verdict.goal.id for verdict in section.verdicts}
            mine = [one for one in review.groups if one.whole.goal.id in ids]
            groups = groups_section(mine, self.plan, language, illustrative=self.illustrative)
            if picture is None and not groups:
                continue
            name = section.section.name.in_language(language.code)
            count = reached_of_judged(section.rollup, language)
            title = language("heading.section", section=name, count=count)
            anchor = f"section-{section.section.section}"
            found += Blocks.of(Heading(title, anchor, level=3), picture, groups)
        sentence = language(how if found else "trends.none")
        return Blocks.of(Heading(heading, "trends"), sentence, found)

    def lags(self) -> Blocks:
        """Which goals lag, and which measures of the plan serve them?"""
        review, language = self.review, self.language
        heading = titled("heading.lags", (lag.verdict for lag in review.lags), language)
        if not review.lags:
            key = "lags.none" if review.rollup.counts.judged else "lags.unjudged"
            return Blocks.of(Heading(heading, "lags"), language(key))
        orphans = sum(not lag.measures for lag in review.lags)
        if not review.plan.measures:
            sentence = language("lags.no_measures")
        else:
            sentence = language("lags.orphans", n=orphans) if orphans else language("lags.served")
        return Blocks.of(Heading(heading, "lags"), sentence, lags_table(review, language))

    def robust(self) -> Blocks:
        """Would another reasonable analyst say the same of the latest year?"""
        result = self._sensitivity
        if result is None:
            return Blocks.of()
        code = self.language.code
        names = {s.section.section: s.section.name.in_language(code) for s in self.review.sections}
        return sensitivity_section(
            result, self.review.after, names, self.language, illustrative=self.illustrative
        )

    def rules(self) -> Blocks:
        """On which goals would other people's published rules disagree?"""
        rows = self._methods
        if not rows:
            return Blocks.of()
        return disagreements_section(
            rows, self.review.verdicts, self.review.after, self.language,
            illustrative=self.illustrative,
        )  # fmt: skip

    @property
    def reported(self) -> str:
        """The period as remarks name it."""
        return MIDTERM if self.review.years_left else TERM

    def cautions(self) -> Blocks:
        """What must be kept in mind when these numbers are used?"""
        review = self.review
        return self._notes(
            review.verdicts, review.after, self.language("caveat.term", year=review.after)
        )

    def sources(self) -> Blocks:
        """Where does it all come from?"""
        return self._sources(self.review.verdicts)

    def summary(self) -> str:
        """The headline alone, for lists of pages."""
        return headline(self.review.rollup, self.language, year=self.review.after, term=True)

    @property
    def as_of(self) -> str | None:
        """The day whose reports count, None for every report."""
        return self.review.as_of

    def skeleton(self) -> Skeleton:
        """How far the term has come, in each part of an office's report."""
        review, language = self.review, self.language
        key = self.reported
        first, last = review.plan.years[0], review.plan.years[-1]
        caption = language("document.caption.term", year=review.after, area=self.area_name)
        plan = review.plan.header.name.in_language(language.code)
        return Skeleton(
            subject=language(
                f"document.subject.{key}", year=review.after, first=first, last=last, plan=plan,
                area=self.area_name,
            ),
            title=self._title_block,
            parts={
                "situation": bare(self.headline()),
                "results": Blocks.of(lower(self.trends()), lower(self.decided())),
                "shortcomings": bare(self.lags()),
                "tasks": bare(self.pace()),
            },
            shortfalls=lambda causes: bare(self.shortfalls(causes)),
            table=office_table(review, caption, language, noted=True),
            more=Blocks.of(
                self._grid(midterm_grid(review, language)), self.road(), self.outlook(),
                self.robust(), self.rules(),
                self.cautions(), self.sources(),
            ),
            day=date.fromordinal(review.plan.calendar.end(review.after)),
            about=(review.plan.id, review.area, key),
            goals=self.goal_names,
        )  # fmt: skip
