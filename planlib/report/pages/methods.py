"""How everything is worked out, on one goal of a plan: its verdict, its forecast, others' rules.

Each method answers one question and is one cell of ``notebooks/methods.ipynb``.
"""

from __future__ import annotations

from functools import cached_property

from planlib.evaluation import Evaluation
from planlib.evaluation.checked import known_period, whole_year
from planlib.evaluation.methods import MethodRow, methods
from planlib.evaluation.outlook import GoalOutlook, PlanOutlook, outlook
from planlib.plan.periods.calendar import Frequency
from planlib.report.blocks import Heading, items
from planlib.report.display import Blocks
from planlib.report.pages.common import Page
from planlib.report.pages.outlook_section import whole_years
from planlib.report.pages.record_section import record_section
from planlib.report.pages.rules_section import disagreements_section, goal_rules_table
from planlib.report.text.derivation import grounds, line, made_sentences
from planlib.report.text.outlook import (
    chance_text,
    decided,
    event_text,
    outlook_facts,
    record_text,
    silence_text,
)
from planlib.report.text.phrases import target_text, when_text
from planlib.report.text.units import unit_text
from planlib.review import GoalVerdict, profile


class MethodsPage(Page):
    """One goal, standing at the end of a year. Raises InputError for what is unknown."""

    def __init__(
        self, evaluation: Evaluation, area: str, goal: str, year: int, lang: str = ""
    ) -> None:
        place = evaluation.area(area)
        illustrative = evaluation.illustrative(place)
        super().__init__(
            evaluation.plan, place, lang, illustrative=illustrative, public=evaluation.public
        )
        self.evaluation = evaluation
        self.goal = evaluation.goal(goal)
        self.year = known_period(evaluation.plan, year)
        self.whole = whole_year(evaluation.plan, self.year)  # what forecasts and rules look at

    @cached_property
    def verdicts(self) -> tuple[GoalVerdict, ...]:
        """The verdicts of the year."""
        return self.evaluation.year_verdicts(self.area, self.year)

    @cached_property
    def outlook(self) -> PlanOutlook:
        """What lies ahead, seen from the end of the year."""
        return outlook(self.evaluation, self.area, self.year)

    @cached_property
    def rows(self) -> tuple[MethodRow, ...]:
        """Every goal under every published rule."""
        return methods(self.evaluation, self.area, self.year)

    def blocks(self) -> Blocks:
        """The whole page, its parts in order."""
        return Blocks.of(
            self.title(), self.verdict(), self.forecast(), self.rules(), self.disagreements(),
            self.record(), self.notes(),
        )  # fmt: skip

    def title(self) -> Blocks:
        """The goal as a question, its target and its unit."""
        language, goal = self.language, self.goal
        target = goal.main_target()
        shown = language(
            "reading.target", target=target_text(goal, target, language),
            when=when_text(target, language),
        )  # fmt: skip
        question = language("title.methods", goal=goal.name.in_language(language.code))
        facts = [("target", shown), ("unit", unit_text(goal, target, language))]
        return self._title(question, facts)

    def verdict(self) -> Blocks:
        """How was the verdict of the year made, step by step?"""
        language = self.language
        verdict = next(v for v in self.verdicts if v.goal.id == self.goal.id)
        heading = language("heading.methods.verdict", year=self.year)
        return Blocks.of(
            Heading(heading, "verdict"),
            items(made_sentences(verdict, language)),
            language("made.grounds"),
            items(grounds(self.plan, verdict, language)),
        )

    def forecast(self) -> Blocks:
        """What is likely to come, from which figures, and how did such forecasts do?"""
        from planlib.report.charts import trend

        language = self.language
        ahead = self.outlook.of(self.goal.id)
        heading = language("heading.methods.forecast", year=self.whole)
        seen = profile(self.evaluation.along(Frequency.year), self.area, self.goal.id)
        picture = trend(seen, language, ahead, self.whole)
        return Blocks.of(
            Heading(heading, "forecast"),
            whole_years(self.plan, self.whole, language),
            self._chance(ahead),
            language("methods.forecast.ask", year=self.whole),
            items(line(fact, language) for fact in outlook_facts(ahead, language)),
            picture or language("methods.forecast.none"),
        )

    def _chance(self, ahead: GoalOutlook) -> str:
        language = self.language
        if ahead.probability is None:
            return language("methods.forecast.silent", why=silence_text(ahead, language))
        if decided(ahead):
            return language("methods.forecast.fact", word=language(f"outlook.{ahead.word}"))
        return language(
            "methods.forecast.chance", event=event_text(ahead, self.plan.years[-1], language),
            chance=chance_text(ahead.probability, language, self.plan.header.outlook),
            record=record_text(ahead, language),
        )  # fmt: skip

    def rules(self) -> Blocks:
        """What would other people's published rules say of this goal?"""
        language = self.language
        heading = language("heading.methods.rules")
        table = goal_rules_table(
            self.rows, self.goal, self.whole, language, illustrative=self.illustrative
        )
        return Blocks.of(Heading(heading, "goal-rules"), language("methods.rules.how"), table)

    def disagreements(self) -> Blocks:
        """On which goals of the plan do the rules disagree?"""
        verdicts = self.evaluation.along(Frequency.year).year_verdicts(self.area, self.whole)
        return disagreements_section(
            self.rows, verdicts, self.whole, self.language, illustrative=self.illustrative
        )

    def record(self) -> Blocks:
        """How good have the forecasts been?"""
        return record_section(self.language)

    def notes(self) -> Blocks:
        """What must be kept in mind, and where does it all come from?"""
        mine = [v for v in self.verdicts if v.goal.id == self.goal.id]
        return self._notes(self.verdicts, self.year) + self._sources(mine)
