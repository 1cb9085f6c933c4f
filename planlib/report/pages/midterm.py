"""The mid-term review as a page: each method answers one question and is one notebook cell."""

from __future__ import annotations

from collections.abc import Sequence

from planlib.evaluation.methods import MethodRow
from planlib.evaluation.outlook import PlanOutlook
from planlib.language.languages import DEFAULT
from planlib.report.chips import counts_line
from planlib.report.display import Shown
from planlib.report.html import together
from planlib.report.pages.common import Page, Parts, block
from planlib.report.pages.outlook_section import outlook_section
from planlib.report.pages.rules_section import disagreements_section
from planlib.report.pages.sensitivity_section import sensitivity_section
from planlib.report.tables.midterm import (
    decided_table,
    lags_table,
    midterm_grid,
    pace_table,
    road_table,
)
from planlib.report.text.sentences import (
    coverage_sentence,
    headline,
    mean_sentence,
    pace_sentence,
    parts_sentence,
    reached_of_judged,
    road_sentence,
    schedule_sentence,
    tally,
    titled,
    worst_sentence,
    years_left,
)
from planlib.review import MidtermReview
from planlib.review.sensitivity import Sensitivity


class MidtermPage(Page):
    """One area, standing at the end of a year."""

    def __init__(self, review: MidtermReview, lang: str = DEFAULT) -> None:
        super().__init__(review.plan, review.area, review.illustrative, lang, public=review.public)
        self.review = review

    def title(self) -> Shown:
        """The question, what the page is about, and the banner where figures are made up."""
        review, language = self.review, self.language
        first, last = review.plan.years[0], review.plan.years[-1]
        key = "title.midterm" if review.years_left else "title.term"
        question = language(key, area=self.area_name, year=review.after, first=first, last=last)
        left = years_left(review, language)
        standing = language("meta.standing_at", year=review.after, left=left)
        return self._title(question, [("standing", standing), self._as_of(review.as_of)])

    def headline(self) -> Shown:
        """How far has the term come? Counts, what is decided already, coverage and a mean."""
        review, language = self.review, self.language
        rollup = review.rollup
        told = [
            coverage_sentence(rollup, language),
            parts_sentence(review.verdicts, language),
            worst_sentence(rollup, review.verdicts, language),
            mean_sentence(rollup, review.plan, language),
        ]
        heading = language("heading.result", count=reached_of_judged(rollup, language))
        first = headline(rollup, language, year=review.after, term=True)
        return together(
            block([first, self._decided_sentence()], heading=heading, anchor="result", lead=True),
            counts_line(rollup, language),
            block([sentence for sentence in told if sentence]),
        )

    def _decided_sentence(self) -> str:
        review, language = self.review, self.language
        return language(
            "decided.counts",
            secured=tally(review.secured, language),
            lost=tally(review.impossible, language),
            broken=tally(review.broken, language),
        )

    def grid(self) -> Shown:
        """Which goals held in which year?"""
        review, language = self.review, self.language
        heading = language("heading.grid", first=review.plan.years[0], last=review.after)
        return together(
            block([language("grid.how")], heading=heading, anchor="grid"),
            midterm_grid(review, language),
        )

    def road(self) -> Parts:
        """How does the road so far compare with the road expected?"""
        review, language = self.review, self.language
        sentences = [s for v in review.scheduled if (s := road_sentence(v, language))]
        heading = titled("heading.road", review.scheduled, language)
        if not review.scheduled:
            return [block([language("road.none")], heading=heading, anchor="road")]
        told = [schedule_sentence(review, language), language("road.how")]
        return [
            block([t for t in told if t], sentences, heading=heading, anchor="road"),
            road_table(review, language),
        ]

    def outlook(self, result: PlanOutlook) -> Parts:
        """What is likely to come, how sure is that, and how did such forecasts do before?"""
        verdicts = {verdict.goal.id: verdict for verdict in self.review.verdicts}
        return outlook_section(result, self.illustrative, self.language, verdicts)

    def pace(self, result: PlanOutlook | None = None) -> Shown:
        """What must each remaining year bring, and can it be had?"""
        review, language = self.review, self.language
        heading = titled("heading.pace", review.to_do, language)
        if not review.to_do:
            key = "pace.none" if review.years_left else "pace.no_time"
            return block([language(key)], heading=heading, anchor="pace")
        sentences = [s for v in review.to_do if (s := pace_sentence(v, review, language))]
        how = [language("pace.how")] if result is not None else []
        return together(
            block(how, sentences, heading=heading, anchor="pace"),
            pace_table(review, language, result),
        )

    def decided(self) -> Shown:
        """What is settled already: secured, broken in a year, or out of reach?"""
        review, language = self.review, self.language
        parts: list[Shown | None] = [
            block([self._decided_sentence()], heading=language("heading.decided"), anchor="decided")
        ]
        kinds = (
            ("secured", review.secured),
            ("lost", review.impossible),
            ("broken", review.broken),
        )
        for key, verdicts in kinds:
            title = titled(f"heading.{key}", verdicts, language)
            told = [language(f"decided.{key}" if verdicts else f"decided.no_{key}")]
            if key == "broken" and not any(
                review.kept(v.goal.id)[1] for v in review.verdicts if not v.term
            ):
                told = [language("decided.no_kept")]
            parts.append(block(told, heading=title, anchor=key, level=3))
            if verdicts:
                kept = key == "broken"
                parts.append(decided_table(verdicts, f"caption.{key}", review, language, kept=kept))
        return together(*parts)

    def trends(self, result: PlanOutlook | None = None) -> Parts:
        """Where is each goal going? Small multiples, section by section, with their forecasts."""
        from planlib.report.charts import trend_multiples

        review, language = self.review, self.language
        heading = language("heading.trends")
        how = "trends.how" if result is None else "trends.how_ahead"
        found: Parts = [block([language(how)], heading=heading, anchor="trends")]
        drawn = False
        for section in review.sections:
            picture = trend_multiples(review, section.verdicts, language, result)
            if picture is None:
                continue
            drawn = True
            name = section.section.name.in_language(language.code)
            count = reached_of_judged(section.rollup, language)
            title = language("heading.section", section=name, count=count)
            anchor = f"section-{section.section.section}"
            found += [block(heading=title, anchor=anchor, level=3), picture]
        if not drawn:
            return [block([language("trends.none")], heading=heading, anchor="trends")]
        return found

    def lags(self) -> Shown:
        """Which goals lag, and which measures of the plan serve them?"""
        review, language = self.review, self.language
        heading = titled("heading.lags", (lag.verdict for lag in review.lags), language)
        if not review.lags:
            key = "lags.none" if review.rollup.counts.judged else "lags.unjudged"
            return block([language(key)], heading=heading, anchor="lags")
        orphans = sum(not lag.measures for lag in review.lags)
        if not review.plan.measures:
            told = language("lags.no_measures")
        else:
            told = language("lags.orphans", n=orphans) if orphans else language("lags.served")
        return together(block([told], heading=heading, anchor="lags"), lags_table(review, language))

    def robust(self, result: Sensitivity) -> Shown:
        """Would another reasonable analyst say the same of the latest year?"""
        code = self.language.code
        names = {s.section.section: s.section.name.in_language(code) for s in self.review.sections}
        return sensitivity_section(
            result, self.review.after, names, self.illustrative, self.language
        )

    def rules(self, rows: Sequence[MethodRow]) -> Shown:
        """On which goals would other people's published rules disagree?"""
        return disagreements_section(
            rows, self.review.verdicts, self.review.after, self.illustrative, self.language
        )

    def notes(self) -> Shown:
        """What must be kept in mind when these numbers are used?"""
        told = [
            self.language("caveat.term", year=self.review.after),
            *self._caveats(self.review.verdicts, self.review.after),
        ]
        return block([], told, heading=self.language("heading.notes"), anchor="notes")

    def sources(self) -> Shown:
        """Where does it all come from?"""
        return self._sources(self.review.verdicts)

    def summary(self) -> str:
        """The headline alone, for lists of pages."""
        return headline(self.review.rollup, self.language, year=self.review.after, term=True)
