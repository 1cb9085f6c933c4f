"""The page of a goal: what was set, and what came of it in every area the plan is reviewed in.

Of few areas each has a part of its own; of many there is a line each, and the way to their reviews.
It is made from the goal's own figures alone, so it changes only where they, or the plan, change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from markupsafe import Markup

from planlib.evaluation import Evaluation
from planlib.evaluation.verdicts import GoalVerdict
from planlib.figures.observations import Observations, whole_rows
from planlib.language.language import Language, own_name
from planlib.plan.audience import INTERNAL, PUBLIC
from planlib.plan.periods.calendar import period_title
from planlib.plan.plan import Plan
from planlib.report.blocks import Block, Heading, Paragraph, Title
from planlib.report.display import Blocks
from planlib.report.layout import Cell, Fact, Group, Table, number_cell, verdict_cell
from planlib.report.pages.goal_profile import GoalProfilePage
from planlib.report.results.download import goal_download
from planlib.report.site.document import PageCell, document
from planlib.report.site.frame import INDEX, Frame
from planlib.report.site.goals.areas import GoalArea, GoalExplorer, SeenVerdict, newest_verdicts
from planlib.report.site.goals.names import goal_file, goal_list, named_goals
from planlib.report.site.goals.picture import trend_picture
from planlib.report.tables.annual import (
    captioned,
    columns,
    figure_cell,
    level_text,
    target_cell,
)
from planlib.report.tables.strips import attainment_strip
from planlib.report.text.units import unit_text

FEW = 10  # areas that have a part of their own


@dataclass
class GoalPages:
    """The pages of a plan's goals; ``areas`` are those shown, in the plan's order.

    ``count`` is how many areas there are in all.
    """

    areas: Sequence[GoalArea]
    count: int
    languages: Sequence[str]
    _explorers: dict[int, GoalExplorer] = field(default_factory=dict)
    _listed: dict[str, Markup] = field(default_factory=dict)
    _newest: tuple[str, list[SeenVerdict]] = ("", [])  # of the goal looked at last

    @cached_property
    def plan(self) -> Plan:
        """The plan as it stands in the first area."""
        return self.areas[0].evaluation.plan

    @property
    def as_of(self) -> str:
        """The day the figures are of; empty where they are of several, or of whichever is newest."""
        return next(iter(self.days)) if len(self.days) == 1 else ""

    @property
    def days(self) -> frozenset[str]:
        """The days the figures of the areas are of."""
        return frozenset(one.evaluation.as_of_text or "" for one in self.areas)

    def page(self, goal: str, lang: str) -> str:
        """The HTML of the page of a goal in a language."""
        return _GoalPage(self, goal, lang).html()

    def listed(self, lang: str) -> Markup:
        """The links to the pages of all goals."""
        if lang not in self._listed:
            self._listed[lang] = goal_list(named_goals(self.plan), lang, "")
        return self._listed[lang]

    def newest(self, name: str) -> list[SeenVerdict]:
        """The verdict on a goal in each area, in the newest period that could be judged in any of them."""
        if self._newest[0] != name:
            self._newest = name, newest_verdicts(self.areas, self.plan, self.plan.goal(name))
        return self._newest[1]

    def explorer(self, evaluation: Evaluation) -> GoalExplorer:
        """What remembers what was worked out of figures seen in one way."""
        return self._explorers.setdefault(id(evaluation), GoalExplorer(evaluation))


class _GoalPage:
    """One page on its way."""

    def __init__(self, pages: GoalPages, goal: str, lang: str) -> None:
        self.pages, self.goal, self.language = pages, goal, Language(lang)
        shown = pages.areas if len(pages.areas) <= FEW else pages.areas[:1]
        self.parts = [
            GoalProfilePage(
                one.evaluation, one.area, goal, lang,
                remarks=one.remarks, explorer=pages.explorer(one.evaluation),
            )
            for one in shown
        ]  # fmt: skip
        self.alone = pages.count == 1
        self.many = len(pages.areas) > FEW

    @property
    def first(self) -> GoalProfilePage:
        """The part of the first area, of which what is common to all is taken."""
        return self.parts[0]

    def html(self) -> str:
        """The page."""
        pages, lang = self.pages, self.language.code
        name = pages.plan.goal(self.goal).name.in_language(lang)
        frame = Frame(
            lang, self.language("site.title.goal", goal=name),
            pages.plan.header.name.in_language(lang), "", pages.as_of,
        )  # fmt: skip
        return document([PageCell(tuple(self.pieces()))], frame, self.links())

    def links(self) -> Markup:
        """What stands at the top: the index, all goals, and the page in its other languages."""
        lang = self.language.code
        link = Markup('<a href="../{}">{}</a>').format(INDEX[lang], self.language("site.index"))
        others = [
            Markup('<a href="{0}" lang="{1}" hreflang="{1}">{2}</a>').format(
                goal_file(self.goal, other), other, own_name(other)
            )
            for other in self.pages.languages
            if other != lang
        ]
        return Markup("\n").join([link, self.pages.listed(lang), *others])

    def pieces(self) -> Iterable[Markup]:
        """The parts of the page in order."""
        first = self.first
        committed = first.committed() if self.alone else first.committed(first.plan.goal(self.goal))
        if self.alone:
            yield _html(self.title(), Blocks.of(Paragraph(first.summary(), lead=True)))
            yield trend_picture(first.profile.verdicts, self.language)
            yield _html(committed)
        else:
            yield _html(self.title(), committed, self.overview())
        if not self.many:
            for seen, part in zip(self.pages.areas, self.parts, strict=True):
                yield from self.area(seen, part)
        download = goal_download(
            self.pages.plan, self.verdicts, self.language, f"{self.pages.plan.id}.goal-{self.goal}"
        )
        yield _html(
            first.measures(), first.history(), first.sources_of(self.verdicts),
            first.cannot_tell(), Blocks.of(download),
        )  # fmt: skip

    def title(self) -> Blocks:
        """The question; where there are several areas, how many."""
        (title,) = self.first.title().blocks
        assert isinstance(title, Title)
        say, facts = self.language, {one.label: one.text for one in title.facts}
        if not self.alone:
            facts[say("meta.area")] = say("compare.areas_counted", n=self.pages.count)
        if len(self.pages.days) > 1:
            facts.pop(say("meta.as_of"))
        if say("meta.audience") in facts:
            public = all(one.evaluation.public for one in self.pages.areas)
            facts[say("meta.audience")] = say(f"audience.{PUBLIC if public else INTERNAL}")
        told, warned = tuple(Fact(*one) for one in facts.items()), self.illustrative
        word, banner = (
            self.language(f"banner.{one}") if warned else "" for one in ("word", "text")
        )
        return Blocks.of(replace(title, facts=told, banner_word=word, banner=banner))

    @cached_property
    def illustrative(self) -> bool:
        """Whether any of the goal's figures in these areas is made up."""
        if not self.many:
            return any(part.illustrative for part in self.parts)
        shown: dict[int, tuple[Evaluation, list[str]]] = {}
        for one in self.pages.areas:
            shown.setdefault(id(one.evaluation), (one.evaluation, []))[1].append(one.area)
        for evaluation, areas in shown.values():
            frame = evaluation.figures.frame
            rows = frame[(frame["goal"] == self.goal) & frame["area"].isin(areas)]
            if Observations(whole_rows(rows)).illustrative:
                return True
        return False

    @cached_property
    def verdicts(self) -> list[GoalVerdict]:
        """All of the verdicts that the page shows: of few areas every period's, of many the newest's."""
        if self.many:
            return [verdict for _, verdict in self.newest]
        return [verdict for part in self.parts for verdict in part.profile.verdicts]

    @property
    def newest(self) -> list[SeenVerdict]:
        """The verdict of each area in the newest period that could be judged in any of them."""
        return self.pages.newest(self.goal)

    def overview(self) -> Blocks:
        """Every area in a line, in the newest period that could be judged."""
        language, plan = self.language, self.pages.plan
        year = self.newest[0][1].year
        rows = tuple(self._line(seen, verdict) for seen, verdict in self.newest)
        goal = plan.goal(self.goal)
        caption = language(
            "caption.goal.areas", goal=goal.name.in_language(language.code), year=year,
            unit=unit_text(goal, goal.main_target(), language),
        )  # fmt: skip
        keys = ("area", "target", "actual", "level", "verdict", "vintage")
        left = self.pages.count - len(rows)
        more = ""
        if left:
            more = language("site.goal.limited", n=left, shown=language.number(len(rows)))
        return Blocks.of(
            Heading(language("heading.goal.areas", year=year), "areas"),
            more,
            Table(
                columns(keys, language), (Group(rows),),
                captioned(caption, language, illustrative=self.illustrative), look="simple",
            ),
        )  # fmt: skip

    def _line(self, seen: GoalArea, verdict: GoalVerdict) -> tuple[Cell, ...]:
        language = self.language
        link = seen.newest(language.code) if self.many else f"#{seen.area}"
        return (
            Cell(self.pages.plan.area_name(seen.area).in_language(language.code),
                 goal=self.goal, area=seen.area, link=link),
            target_cell(verdict, language),
            figure_cell(verdict, language),
            number_cell(level_text(verdict, language), language, strip=attainment_strip(verdict)),
            verdict_cell(verdict.verdict, language),
            Cell(language.short_date(verdict.vintage) if verdict.vintage else ""),
        )  # fmt: skip

    def area(self, seen: GoalArea, part: GoalProfilePage) -> Iterable[Markup]:
        """One area: where it stands, the line of its figures, its verdicts and how the newest was made."""
        if not self.alone:
            days = part.day() if len(self.pages.days) > 1 else ""
            lead = Paragraph(part.summary(), lead=True)
            yield _html(Blocks.of(Heading(part.area_name, seen.area), part.aim(), days, lead))
            yield trend_picture(part.profile.verdicts, self.language)
        body = Blocks.of(
            part.verdicts(), part.verdict(),
            part.readings() if self.alone or part.goal.ambiguous else None,
            part.vintages(),
            part.office() if self.alone or part.remarks else None,
        )  # fmt: skip
        yield _html(Blocks(tuple(self._of_area(block, seen, part) for block in body)))

    def _of_area(self, block: Block, seen: GoalArea, part: GoalProfilePage) -> Block:
        """A block of one area among others: its headings say so, and its rows name it."""
        if isinstance(block, Heading) and not self.alone:
            told = self.language("heading.of_area", area=part.area_name, heading=block.text)
            return Heading(told, f"{seen.area}.{block.anchor}", 3)
        if isinstance(block, Table):
            groups = tuple(
                replace(group, rows=tuple(self._named(row, block, seen) for row in group.rows))
                for group in block.groups
            )
            return replace(block, groups=groups)
        return block

    def _named(
        self, row: tuple[Cell, ...], table: Table, seen: GoalArea
    ) -> tuple[Cell, ...]:  # fmt: skip
        first = replace(row[0], goal=row[0].goal or self.goal, area=seen.area)
        head, beside = (one.key for one in table.columns[:2])
        if head in {"year", "period"} and beside == "target":
            years = self._years
            link = seen.page(years.get(first.text, 0), self.language.code)
            first = replace(first, link=link)
        return (first, *row[1:])

    @cached_property
    def _years(self) -> Mapping[str, int]:
        return {
            period_title(one.year, self.language): int(one.year)
            for part in self.parts
            for one in part.profile.verdicts
        }


def _html(*parts: Blocks) -> Markup:
    """Parts as the HTML of a page; what is inside them is escaped already."""
    return Markup(Blocks.of(*parts).html)
