"""What the controls offer where a page stands: words a reader sees, and what each stands for."""

from __future__ import annotations

from typing import Any

from planlib.language.direction import shown
from planlib.language.language import Language
from planlib.language.languages import LANGUAGES
from planlib.language.text import Text
from planlib.plan.shipped import open_plan, shipped_plans
from planlib.report.pages.explore import ExplorePage
from planlib.report.text.phrases import reading_text
from planlib.review.explored import TERM, Explorer, telling_days

Options = list[tuple[str, Any]]


class Choices:
    """The choices beside a page; ``every_report`` looks at all reports there are."""

    def __init__(self, page: ExplorePage, every_report: Explorer, language: Language) -> None:
        self.page, self.language, self._all = page, language, every_report
        self._plan = page.evaluation.plan
        self._goal = page.evaluation.goal(page.goal.id)

    def _said(self, text: Text) -> str:
        return shown(text.in_language(self.language.code))

    @property
    def plan(self) -> str:
        """What the plan of the page is opened by: the id of one that ships, or its folder."""
        plan = self._plan
        return plan.id if plan.id in shipped_plans() or not plan.place else plan.place

    def plans(self, known: dict[str, Text]) -> Options:
        """The plans that ship, and that of the page; ``known`` are names that were read before."""
        listed = list(dict.fromkeys([*shipped_plans(), self.plan]))
        for one in listed:
            if one not in known:
                mine = one == self.plan
                known[one] = (self._plan if mine else open_plan(one)).header.name
        return [(self._said(known[one]), one) for one in listed]

    def sections(self, chosen: str | None) -> tuple[str, Options, Options]:
        """The section chosen if the goal is in it, all sections, and the goals to choose among."""
        sections = {one.section: one for one in self._plan.sections}
        listed = [sections[chosen]] if chosen in sections else list(self._plan.sections)
        if self._goal.id not in {one.id for section in listed for one in section.goals}:
            chosen, listed = "", list(self._plan.sections)
        goals = [(self._said(one.name), one.id) for section in listed for one in section.goals]
        named = [(self._said(one.name), key) for key, one in sections.items()]
        every = (self.language("controls.every_section"), "")
        return (chosen if chosen in sections else "") or "", [every, *named], goals

    def groups(self) -> Options:
        """Everybody, and the groups the goal is followed for."""
        named = [(self._said(self._plan.group_name(one)), one)
                 for one in self._plan.groups_of(self._goal)]  # fmt: skip
        return [(self.language("controls.everybody"), ""), *named]

    def periods(self) -> Options:
        """The latest that could be judged, every period, and the term."""
        each = [(str(one), str(one)) for one in self.page.profile.plan.years]
        language = self.language
        return [(language("controls.latest"), ""), *each, (language("column.term"), TERM)]

    def days(self) -> Options:
        """All reports, and the days of those that say something new of the goal, newest first."""
        area, goal = self.page.area, self._goal.id
        days = telling_days(self._all.near((area,)), area, goal)
        named = [(self.language.date(day), day) for day in reversed(days)]
        return [(self.language("controls.all_reports"), ""), *named]

    def readings(self) -> Options:
        """The reading the plan states, and each reading of its text."""
        named = [(shown(reading_text(self._goal, one, self.language)), one.id)
                 for one in self._goal.readings]  # fmt: skip
        return [(self.language("controls.read_as_stated"), ""), *named]

    def languages(self) -> Options:
        """Every language there is, by its own name."""
        return [(Language(one).name_of(one), one) for one in LANGUAGES]
