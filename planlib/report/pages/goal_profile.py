"""One goal in one area from its text to its verdict: each method answers one question.

What the text commits to, who answers for it, every figure with its report, the verdict worked out,
what the plan does about it, what the office says, and what later decisions changed.
"""

from __future__ import annotations

from collections.abc import Sequence

from planlib.evaluation import Evaluation
from planlib.evaluation.verdicts import GoalVerdict
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import period as named_period
from planlib.plan.periods.calendar import period_title
from planlib.plan.periods.text import period_of
from planlib.plan.remarks.remark import MIDTERM, TERM, Remark
from planlib.plan.target import Target
from planlib.report.blocks import Heading, Remarks, items
from planlib.report.display import Blocks
from planlib.report.documents.remarks import OfficeRemarks
from planlib.report.layout import Cell, Fact, Group, Table, fact
from planlib.report.pages.explore import ExplorePage
from planlib.report.pages.explore_sections import goal_name
from planlib.report.pages.office_remarks import Given, remarks_of
from planlib.report.tables.annual import captioned, columns
from planlib.report.tables.shortfalls import step_text
from planlib.report.text.derivation import line
from planlib.report.text.phrases import place_text, reading_text, target_text, when_text
from planlib.report.text.units import unit_text
from planlib.review.explored import Explorer, GoalView

CANNOT_OF_GOAL = ("cause", "counted", "fair")


class GoalProfilePage(ExplorePage):
    """One goal in one area, standing at a period, the latest judged by default.

    ``remarks`` are what the office says of the area or the file of it, ``explorer`` remembers what other pages worked
    out. Raises InputError for what is unknown.
    """

    def __init__(
        self, evaluation: Evaluation, area: str, goal: str, lang: str = "", *,
        period: int | str | None = None, remarks: Given | tuple[Remark, ...] = "", explorer: Explorer | None = None,
    ) -> None:  # fmt: skip
        super().__init__(evaluation, area, goal, lang, view=GoalView(period), explorer=explorer)
        said = remarks if isinstance(remarks, tuple) else remarks_of(evaluation, self.area, remarks)
        self.remarks: Sequence[Remark] = [one for one in said if one.goal == self.goal.id]

    def blocks(self) -> Blocks:
        """The whole page, its parts in order."""
        return Blocks.of(
            self.title(), self.committed(), self.figures(), self.verdict(), self.verdicts(),
            self.readings(), self.measures(), self.office(), self.history(), self.sources(),
            self.cannot_tell(),
        )  # fmt: skip

    def title(self) -> Blocks:
        """The goal as a question, with its target and its unit."""
        language, goal = self.language, self.goal
        target = goal.main_target()
        question = language("title.goal-profile", goal=goal_name(self.plan, goal, language))
        facts = [
            ("unit", unit_text(goal, target, language)),
            self._as_of(self.evaluation.as_of_text),
        ]
        return self._title(question, facts)

    def aim(self) -> str:
        """The target of the area itself."""
        label, told = self.language("fact.target"), self._told(self.goal.main_target())
        return self.language("fact.line", label=label, text=told)

    def day(self) -> str:
        """The day its figures are of."""
        key, day = self._as_of(self.evaluation.as_of_text)
        return self.language("fact.line", label=self.language(f"meta.{key}"), text=day)

    def committed(self, at_large: Goal | None = None) -> Blocks:
        """What does the text commit to, where does it say so, and who answers for it?

        ``at_large`` is the goal where it is not looked at as it stands in the area.
        """
        language, code = self.language, self.language.code
        goal = at_large or self.goal
        found = [
            fact("target", self._told(goal.main_target(), goal), language),
            *(
                fact("place", place_text(self.plan, place, language), language, place.url)
                for place in goal.source
            ),
        ]
        found += [fact("reading", reading_text(goal, one, language), language)
                  for one in goal.readings]  # fmt: skip
        if goal.baseline is not None:
            text = language("profile.baseline", year=named_period(goal.baseline.year),
                            value=language.number(goal.baseline.value))  # fmt: skip
            found.append(fact("baseline", text, language))
        lead = self.plan.lead_of(goal)
        found.append(
            fact("lead", lead.in_language(code) if lead else language("owners.no_lead"), language)
        )
        if goal.note is not None:
            found.append(fact("note", goal.note.in_language(code), language))
        heading = Heading(language("heading.profile.committed"), "committed")
        return Blocks.of(heading, items(line(one, language) for one in found))

    def figures(self) -> Blocks:
        """Where has it gone, and what did every report say?"""
        return Blocks.of(self.picture(), self.vintages())

    def verdict(self) -> Blocks:
        """How was the verdict worked out, and where does the goal stand?"""
        return self.made()

    def measures(self) -> Blocks:
        """What does the plan do about it?"""
        language, found = self.language, self.plan.measures_for(self.goal.id)
        heading = Heading(language("heading.profile.measures", n=len(found)), "measures")
        if not found:
            return Blocks.of(heading, language("owners.no_measure"))
        return Blocks.of(heading, items(step_text(one, language) for one in found))

    def office(self) -> Blocks:
        """What does the office say of it, period by period?"""
        language = self.language
        heading = Heading(language("heading.remarks"), "remarks")
        if not self.remarks:
            return Blocks.of(heading, language("profile.no_remarks"))
        said: list[Fact] = []
        for name in dict.fromkeys(one.period for one in self.remarks):
            told = OfficeRemarks.on(self.remarks, self.area, name).about(self.goal.id, language)
            said += [
                Fact(f"{self._when_said(name)} · {one.label}", one.text, id=one.id) for one in told
            ]
        return Blocks.of(heading, language("remark.how"), Remarks(tuple(said)))

    def _when_said(self, name: str) -> str:
        """The period of a remark in words, or the report it stands in."""
        if name in {MIDTERM, TERM}:
            return self.language(f"profile.remark.{name}")
        return period_title(period_of(name), self.language)

    def history(self) -> Blocks:
        """What was changed in the goal after it was set?"""
        language, code = self.language, self.language.code
        heading = Heading(language("heading.profile.history"), "history")
        if not self.goal.revisions:
            return Blocks.of(heading, language("profile.no_history"))
        rows = []
        for one in self.goal.revisions:
            day = one.date.isoformat()
            version = self.plan.written.goal(self.goal.id).in_force(one.date)
            held = self._told(version.main_target()) if one.changed else ""
            counted = one.definition.in_language(code) if one.definition is not None else ""
            rows.append(
                (
                    Cell(language.short_date(day)), Cell(one.reason.in_language(code)),
                    Cell(held), Cell(counted), Cell(one.source or ""),
                )
            )  # fmt: skip
        caption = captioned(self._caption("caption.profile.history"), language, illustrative=False)
        keys = ("decided", "reason", "target", "counted", "sources")
        return Blocks.of(
            heading, Table(columns(keys, language), (Group(tuple(rows)),), caption, look="simple")
        )

    def cannot_tell(self) -> Blocks:
        """What the profile of a goal cannot tell."""
        told = [self.language(f"profile.cannot.{name}") for name in CANNOT_OF_GOAL]
        return Blocks.of(Heading(self.language("heading.cannot"), "cannot"), items(told))

    def sources_of(self, verdicts: Sequence[GoalVerdict]) -> Blocks:
        """Where does it all come from, of more verdicts than those of the area?"""
        return self._sources(verdicts)

    def _told(self, target: Target, at_large: Goal | None = None) -> str:
        language = self.language
        return language(
            "reading.target", target=target_text(at_large or self.goal, target, language),
            when=when_text(target, language),
        )  # fmt: skip
