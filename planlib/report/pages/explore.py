"""One goal under the lamp: its figures, its verdicts, and how the newest one was made."""

from __future__ import annotations

from functools import cached_property

from planlib.evaluation import Evaluation
from planlib.plan.target import Target
from planlib.report.blocks import Heading, items
from planlib.report.display import Blocks
from planlib.report.layout import Cell, Group, Table, number_cell, verdict_cell
from planlib.report.pages.common import Page
from planlib.report.pages.groups_section import groups_section
from planlib.report.tables.annual import (
    READING_MARK,
    captioned,
    columns,
    figure_cell,
    level_text,
    readings_table,
    target_cell,
)
from planlib.report.text.derivation import grounds, made_sentences
from planlib.report.text.phrases import figure_text, interval_text, target_text, when_text
from planlib.report.text.units import unit_text
from planlib.review import GoalVerdict, Point, Profile, profile
from planlib.review.groups import goal_groups
from planlib.review.natural import natural
from planlib.scoring.verdict import JUDGED


class ExplorePage(Page):
    """One goal of a plan in one area; the static view behind the controls of a notebook.

    ``goal`` is the plan's first by default. Raises InputError for an unknown one.
    """

    def __init__(
        self, evaluation: Evaluation, area: str, goal: str | None = None, lang: str = ""
    ) -> None:
        seen: Profile = profile(evaluation, area, goal or evaluation.plan.goal_ids[0])
        super().__init__(
            seen.plan, seen.area, lang, illustrative=seen.illustrative, public=seen.public
        )
        self.profile = seen
        self.figures_alone = natural(evaluation, seen)
        self.goal = self.profile.goal
        found = goal_groups(evaluation, seen.area, self.newest.year) if self.goal.by else ()
        self.groups = [one for one in found if one.whole.goal.id == self.goal.id]

    @cached_property
    def newest(self) -> GoalVerdict:
        """The verdict of the latest year that could be judged; the last year where none was."""
        judged = [v for v in self.profile.verdicts if v.verdict in JUDGED]
        return judged[-1] if judged else self.profile.verdicts[-1]

    def blocks(self) -> Blocks:
        """The whole page, its parts in order."""
        return Blocks.of(
            self.title(), self.picture(), self.verdicts(), self.made(), self.readings(),
            self.vintages(), self.sources(),
        )  # fmt: skip

    def title(self) -> Blocks:
        """The goal as a question, its target, its unit and its readings."""
        language, goal = self.language, self.goal
        target = goal.main_target()
        facts = [
            ("target", language("reading.target", target=target_text(goal, target, language),
                                when=when_text(target, language))),
            ("unit", unit_text(goal, target, language)),
        ]  # fmt: skip
        name, year = goal.name.in_language(language.code), self.newest.year
        question = language("title.explore", goal=name, year=year)
        return self._title(question, facts)

    def picture(self) -> Blocks:
        """The figures over the years with the target and earlier reports."""
        from planlib.report.charts import trend

        made = trend(self.figures_alone or self.profile, self.language)
        if made is None:
            return Blocks.of(self.language("methods.forecast.none"))
        told = self.language("explore.figures_alone") if self.figures_alone else ""
        return Blocks.of(made, told)

    def verdicts(self) -> Blocks:
        """What was the verdict in each year?"""
        language = self.language

        published = any(v.published_verdict is not None for v in self.profile.verdicts)

        def row(verdict: GoalVerdict) -> tuple[Cell, ...]:
            mark = READING_MARK if verdict.reading_matters else ""
            word = verdict.published_verdict
            beside = Cell() if word is None else verdict_cell(word, language)
            return (
                Cell(str(verdict.year)),
                target_cell(verdict, language),
                figure_cell(verdict, language),
                number_cell(level_text(verdict, language), language),
                verdict_cell(verdict.verdict, language, mark=mark),
                *((beside,) if published else ()),
                Cell(language.short_date(verdict.vintage) if verdict.vintage else ""),
            )

        named = ("published",) if published else ()
        keys = ("year", "target", "actual", "level", "verdict", *named, "vintage")
        caption = captioned(
            self._caption("caption.by_year"), language, illustrative=self.illustrative
        )
        rows = Group(tuple(row(v) for v in self.profile.verdicts))
        heading = language("heading.by_year", year=self.newest.year)
        table = Table(columns(keys, language), (rows,), caption, look="simple")
        groups = groups_section(
            self.groups, self.plan, language, illustrative=self.profile.illustrative
        )
        return Blocks.of(Heading(heading, "by-year"), table, groups)

    def _caption(self, key: str, target: Target | None = None) -> str:
        unit = unit_text(self.goal, target or self.goal.main_target(), self.language)
        name = self.goal.name.in_language(self.language.code)
        return self.language(key, goal=name, unit=unit)

    def made(self, year: int | None = None) -> Blocks:
        """How was the verdict of a year made? The rule in numbers, then every input.

        ``year`` is the latest that could be judged by default.
        """
        language = self.language
        chosen = next((v for v in self.profile.verdicts if v.year == year), self.newest)
        heading = language("heading.made", year=chosen.year)
        return Blocks.of(
            Heading(heading, "made"),
            items(made_sentences(chosen, language)),
            language("made.grounds"),
            items(grounds(self.plan, chosen, language)),
        )

    def readings(self) -> Blocks:
        """Would another reading of the text change the verdict?"""
        language, newest = self.language, self.newest
        heading = language("heading.reading_of", year=newest.year)
        if not self.goal.ambiguous:
            return Blocks.of(Heading(heading, "readings"), language("readings.one"))
        key = "readings.matter" if newest.reading_matters else "readings.no_matter"
        table = readings_table([newest], language, illustrative=self.illustrative)
        return Blocks.of(Heading(heading, "readings"), language(key), table)

    def vintages(self) -> Blocks:
        """What did every report say?"""
        language, goal = self.language, self.goal
        target = goal.main_target()
        heading = language("heading.vintages", n=len(self.profile.points))
        if not self.profile.points:
            return Blocks.of(Heading(heading, "vintages"), language("vintages.none"))

        def row(point: Point) -> tuple[Cell, ...]:
            figure = interval_text(goal, target, point, language)
            return (
                Cell(str(point.year)),
                Cell(language.short_date(point.vintage) if point.vintage else language("undated")),
                number_cell(figure, language),
                Cell(language("point.estimate" if point.estimate else "point.reported")),
                Cell(language("point.used" if point.newest else "point.replaced"),
                     quiet=not point.newest),
            )  # fmt: skip

        keys = ("year", "vintage", "actual", "state", "use")
        caption = captioned(
            self._caption("caption.vintages", target.natural),
            language,
            illustrative=self.illustrative,
        )
        rows = Group(tuple(row(point) for point in self.profile.points))
        table = Table(columns(keys, language), (rows,), caption, look="simple")
        return Blocks.of(Heading(heading, "vintages"), table)

    def sources(self) -> Blocks:
        """Where does it all come from?"""
        return self._sources(self.profile.verdicts)

    def summary(self) -> str:
        """The newest verdict in one line, for the output beside the controls."""
        newest, language = self.newest, self.language
        return language(
            "explore.summary",
            year=newest.year,
            figure=figure_text(newest, language, unit=True),
            target=target_text(self.goal, newest.target, language),
            verdict=language.verdict(newest.verdict),
        )
