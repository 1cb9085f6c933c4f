"""One goal under the lamp: its figures, its verdicts, and how the newest one was made."""

from __future__ import annotations

from functools import cached_property

from planlib.evaluation import Evaluation
from planlib.plan.periods.calendar import Frequency, period_key, period_title
from planlib.plan.target import Basis, Target
from planlib.report.blocks import Chart, Heading, Paragraph, items
from planlib.report.display import Blocks
from planlib.report.layout import Cell, Group, Table, number_cell, verdict_cell
from planlib.report.pages.common import Page
from planlib.report.pages.explore_sections import (
    CANNOT,
    beside_section,
    effort_section,
    goal_name,
    standing_section,
)
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
from planlib.review import GoalVerdict, Point
from planlib.review.explored import Explorer, GoalView
from planlib.review.groups import GoalGroups, goal_groups
from planlib.review.natural import natural_ahead


class ExplorePage(Page):
    """One goal of a plan in one area and one view; what the controls of a notebook show.

    ``goal`` is the plan's first by default, ``view`` that of the latest period that could be judged.
    ``explorer`` remembers what was worked out for earlier pages. Raises InputError for what is
    unknown, and for what cannot be supposed.
    """

    def __init__(
        self, evaluation: Evaluation, area: str, goal: str | None = None, lang: str = "", *,
        view: GoalView | None = None, explorer: Explorer | None = None,
    ) -> None:  # fmt: skip
        self.evaluation, self.view = evaluation, view or GoalView()
        asked = goal or evaluation.plan.goal_ids[0]
        seen = (explorer or Explorer(evaluation)).look(area, asked, self.view)
        self.explored, self.profile, self.figures_alone = seen, seen.profile, seen.figures
        super().__init__(
            self.profile.plan, self.profile.area, lang,
            illustrative=self.profile.illustrative, public=self.profile.public,
        )  # fmt: skip
        self.goal = self.profile.goal

    @cached_property
    def groups(self) -> list[GoalGroups]:
        """The groups the goal is followed for, in the period."""
        if not self.goal.by or self.goal.group:
            return []
        found = goal_groups(self.explored.evaluation, self.area, self.newest.year)
        return [one for one in found if one.whole.goal.id == self.goal.id]

    @property
    def newest(self) -> GoalVerdict:
        """The verdict looked at: of the period asked for, with what is supposed of it."""
        return self.explored.standing

    def blocks(self) -> Blocks:
        """The whole page, its parts in order."""
        return Blocks.of(
            self.answer(), self.verdicts(), self.readings(), self.vintages(), self.sources(),
            self.cannot_tell(),
        )  # fmt: skip

    def answer(self) -> Blocks:
        """The view that answers: picture, verdict and how it is made, what if, effort, other areas."""
        seen, language, made_up = self.explored, self.language, self.illustrative
        return Blocks.of(
            self.title(),
            Paragraph(self.summary(), lead=True),
            self.picture(),
            standing_section(seen, language, illustrative=made_up),
            effort_section(seen, language, illustrative=made_up),
            beside_section(seen, language, illustrative=made_up),
            self.made(),
        )

    def cannot_tell(self) -> Blocks:
        """What no view of a goal can tell."""
        told = [self.language(f"explore.cannot.{name}") for name in CANNOT]
        return Blocks.of(Heading(self.language("heading.cannot"), "cannot"), items(told))

    def title(self) -> Blocks:
        """The goal as a question, its target, its unit and its readings."""
        language, goal = self.language, self.goal
        target = goal.main_target()
        facts = [
            ("target", language("reading.target", target=target_text(goal, target, language),
                                when=when_text(target, language))),
            ("unit", unit_text(goal, target, language)),
        ]  # fmt: skip
        name, year = goal_name(self.plan, goal, language), self.newest.year
        question = language("title.explore", goal=name, year=year)
        return self._title(question, facts)

    @property
    def _when(self) -> str:
        """The column of the periods the goal is looked at in."""
        return period_key(self.profile.plan.years[0])

    @cached_property
    def chart(self) -> Chart | None:
        """The figures with target, earlier reports and, of whole years, the forecast; None without."""
        from planlib.report.charts import trend

        seen = self.explored
        ahead = seen.ahead_supposed or seen.ahead
        if self.profile.plan.frequency is not Frequency.year:
            ahead = None  # which is of whole years
        elif ahead is not None and self.figures_alone is not None:
            ahead = natural_ahead(ahead, self.profile, self.figures_alone)
        shown = self.figures_alone or self.profile
        return trend(shown, self.language, ahead, self.newest.year)

    def picture(self) -> Blocks:
        """The figures over the years with the target, earlier reports and the forecast."""
        made = self.chart
        if made is None:
            return Blocks.of(self.language("methods.forecast.none"))
        if self.figures_alone is None:
            return Blocks.of(made)
        grows = self.goal.main_target().basis is Basis.growth
        told = "explore.stock_alone" if grows else "explore.figures_alone"
        return Blocks.of(made, self.language(told))

    def verdicts(self) -> Blocks:
        """What was the verdict in each year?"""
        language = self.language

        published = any(v.published_verdict is not None for v in self.profile.verdicts)

        def row(verdict: GoalVerdict) -> tuple[Cell, ...]:
            mark = READING_MARK if verdict.reading_matters else ""
            word = verdict.published_verdict
            beside = Cell() if word is None else verdict_cell(word, language)
            return (
                Cell(period_title(verdict.year, language)),
                target_cell(verdict, language),
                figure_cell(verdict, language),
                number_cell(level_text(verdict, language), language),
                verdict_cell(verdict.verdict, language, mark=mark),
                *((beside,) if published else ()),
                Cell(language.short_date(verdict.vintage) if verdict.vintage else ""),
            )

        named = ("published",) if published else ()
        keys = (self._when, "target", "actual", "level", "verdict", *named, "vintage")
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
                Cell(period_title(point.year, language)),
                Cell(language.short_date(point.vintage) if point.vintage else language("undated")),
                number_cell(figure, language),
                Cell(language("point.estimate" if point.estimate else "point.reported")),
                Cell(language("point.used" if point.newest else "point.replaced"),
                     quiet=not point.newest),
            )  # fmt: skip

        keys = (self._when, "vintage", "actual", "state", "use")
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
