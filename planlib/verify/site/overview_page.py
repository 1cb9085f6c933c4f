"""What the index of several reviews prints against what was recomputed.

How each plan stands in its newest year, the goals and areas furthest behind, the goals that changed,
and its areas with their goals, or the way to the pages of these. Those pages must be there, so that
no area is left out: ``pages`` are what they are proven by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from bs4 import Tag

from planlib.errors import said
from planlib.figures.observations import vintage_day
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency
from planlib.verify.cells import numbers_in
from planlib.verify.markup import attribute, plain, text_of
from planlib.verify.site.area_groups import ListedGroup, listed_groups
from planlib.verify.site.area_tables import led, review_of, rows_of
from planlib.verify.site.index_page import named_all
from planlib.verify.site.listed_plan import ListedPlan
from planlib.verify.site.plan_lines import LinesOfPlans
from planlib.verify.tables import sums
from planlib.verify.targets.judged import JUDGED, REACHED
from planlib.verify.texts import GLYPHS, WORDS, filled

FEW, SHOWN, FURTHEST = 24, 5, 10  # areas that have a bar each, goals and areas of a list
SEVERAL = 10  # plans that have their lists in any case


@dataclass(frozen=True)
class LeftToPages:
    """A plan whose areas stand on pages of their own; ``by_goal`` where its goals do too.

    ``groups`` are the groups of its areas, each of which has a page.
    """

    plan: ListedPlan
    by_goal: bool
    groups: Sequence[Sequence[ListedGroup]] = ()

    def pages(self, lang: str) -> dict[str, range | str]:
        """Every page there must be, with the places of its areas, or else what it is."""
        ends = [one.end for some in self.groups for one in some]
        return self.plan.pages(lang, by_goal=self.by_goal, groups=ends)


class OverviewPage(LinesOfPlans):
    """The index of several reviews."""

    def check(self, root: Tag) -> None:
        """Compare everything the page says of each plan and each review."""
        self.left: list[LeftToPages] = []
        self._finders(root)
        sections = root.find_all(class_="ix-plan")
        anchors = [attribute(section, "id") for section in sections]
        listed = [self._reviews(anchor) for anchor in anchors]
        shown = [name for names in listed for name in names]
        self._several = len(sections) > SEVERAL  # then lists, or all but a line, may have no room
        in_lines = self._several and all(one.name == "tr" for one in sections)
        if in_lines:
            self.plan_heads(root)
        if sorted(shown) != sorted(self.reviews) or not all(listed):
            message = said("verify.line-missing",
                           right=named_all(self.reviews)[:300], found=named_all(shown)[:300])  # fmt: skip
            self._say("", message)
            return
        for section, names, anchor in zip(sections, listed, anchors, strict=True):
            plan = self.reviews[names[0]].along(Frequency.year).plan
            found = [review_of(row) for row in rows_of(section, "ix-areas")]
            few = bool(section.find_all("table", class_="ix-areas"))
            if (found != names) if few else bool(found):
                message = said("verify.reviews-differ",
                               right=", ".join(names)[:300], found=", ".join(found)[:300])  # fmt: skip
                self._say("", message)
                continue
            judged = [year for year in plan.years
                      if any(sums(self._counts(name, "annual", year))[1] for name in names)]  # fmt: skip
            newest = (judged or list(plan.years))[-1]
            listed_plan = ListedPlan(section, names, plan, newest, anchor)
            if in_lines:
                self.plan_line(listed_plan)
                if not listed_plan.alone:
                    groups = listed_groups(listed_plan, self.lang)
                    self.left.append(LeftToPages(listed_plan, True, groups))
            else:
                self._plan(listed_plan, few=few)
        linked = [attribute(a, "href") for nav in root.find_all(class_="ix-plans")
                  for a in nav.find_all("a")]  # fmt: skip
        if linked != ([f"#{one}" for one in anchors] if len(listed) > 1 and not in_lines else []):
            self._say("", said("verify.not-every-goal-listed"))

    def _reviews(self, anchor: str) -> list[str]:
        """The reviews that a part of the page is about, in their order: of a plan, as of a day."""
        plan, _, day = anchor.partition(".")
        try:
            as_of = vintage_day(day) if day else None
        except ValueError:
            return []
        return [name for name in self._in_order(plan) if self.reviews[name].as_of == as_of]

    def _plan(self, of: ListedPlan, *, few: bool) -> None:
        """A plan: its name, term and warning, its newest year, its areas, its goals."""
        of_grid = of.section.find_all("table", class_="ix-matrix")
        of_goals = of.section.find_all("table", class_="ix-spread")
        of_groups = of.section.find_all("table", class_="ix-groups")
        gridded, beside = of.alone or bool(of_grid), self.below(of.plan.id)
        self.plan_texts(of)
        year = of.newest
        titles = {
            f"{of.anchor}.grid": filled("overview.grid", self.lang, year=year) if of_grid else "",
            f"{of.anchor}.goals": filled("overview.spread", self.lang, year=year)
            if of_goals
            else "",
            f"{of.anchor}.groups": filled("overview.groups", self.lang, year=year)
            if of_groups
            else "",
        }
        found = {attribute(one, "id"): text_of(one) for one in of.section.find_all("h3")}
        if {place: found.get(place, "") for place in titles} != titles:
            self._say(of.plan.id, said("verify.text-differs", right=" | ".join(titles.values()),
                                       found=" | ".join(found.values())[:200]))  # fmt: skip
        self.texts(of, {
            "ix-all p": [] if of.alone else [
                filled("overview.total", self.lang, n=len(of.names), year=year)
            ],
            "thead ix-now": [filled("overview.now", self.lang, year=year)] * (few + len(of_groups))
                            + [filled("overview.share", self.lang)] * len(of_goals),
        })  # fmt: skip
        by_goal = not gridded and not of_goals
        groups = [] if gridded else listed_groups(of, self.lang)
        count = sum(map(len, groups))
        to = f"#{of.anchor}.grid" if gridded else f"#{of.anchor}.v."
        if not of.alone:
            total = Counter[str]()
            for name in of.names:
                total.update(self._counts(name, "annual", year))
            there = f"{beside}{of.page('-by-goal', self.lang)}" if by_goal else ""
            bars = [self._bar(one, f"{there}{to}") for one in of.section.find_all(class_="ix-all")]
            self.same_counts(f"{of.plan.id}, {year}", dict(total), bars)
        self.lines(of, of.names, bars=True)
        lists = ("ix-both", "ix-worst", "ix-moved", "ix-furthest")
        brief = self._several and not any(of.section.find_all(class_=one) for one in lists)
        if not brief:
            self._behind(of)
            self._moved(of)
        if (
            len(of_grid) != (0 if of.alone else int(gridded))
            or len(of_goals) != (0 if gridded or by_goal else 1)
            or (few and len(of.names) > FEW)
            or (gridded and not few)
            or len(of_groups) > (0 if gridded else int(0 < count <= FEW))
        ):
            self._say("", said("verify.not-every-goal-listed"))
        for grid in of_grid:
            self.grid(grid, of, of.names)
        for table in of_goals:
            self.spread(table, of)
        for table in of_groups:
            self.group_lines(table, of, groups, [("annual", year)])
        self.ways(of, [] if gridded else [
            (of.page("", self.lang), filled("overview.names", self.lang, n=len(of.names))),
            (of.page("-1", self.lang), filled("overview.by_page", self.lang)),
            *([(of.page("-by-group", self.lang),
                filled("overview.by_group", self.lang, n=count))] if groups else []),
            *([(of.page("-by-goal", self.lang),
                filled("overview.by_goal", self.lang, n=len(of.plan.goals)))] if by_goal else []),
        ])  # fmt: skip
        self._furthest(of, there=not few and not brief)
        if not gridded:
            self.left.append(LeftToPages(of, by_goal, groups))

    def _furthest(self, of: ListedPlan, *, there: bool) -> None:
        """The areas that reached the smallest share of what was judged, those with most judged first."""
        counted = {name: sums(self._counts(name, "annual", of.newest))[:2] for name in of.names}
        short = [name for name, (reached, judged) in counted.items() if reached < judged]
        short.sort(key=lambda name: (counted[name][0] / counted[name][1], -counted[name][1]))
        areas = [
            of.plan.area_name(of.area(name)).in_language(self.lang) for name in short[:FURTHEST]
        ]
        boxes = of.section.find_all(class_="ix-furthest")
        titles = [text_of(one) for box in boxes for one in box.find_all("h3")]
        items = [one for box in boxes for one in box.find_all("li")]
        right = [filled("overview.furthest", self.lang, year=of.newest)] if there else []
        wanted = [
            (plain(area), *counted[name]) for area, name in zip(areas, short, strict=False) if there
        ]
        found = [
            (text_of(item.find_all("a")[0]) if item.find_all("a") else "",
             *map(int, numbers_in(" ".join(text_of(one) for one in item.find_all("small")), self.lang)))
            for item in items
        ]  # fmt: skip
        none = [text_of(one) for box in boxes for one in box.find_all("p")]
        empty = [filled("overview.none_behind", self.lang)] if there and not wanted else []
        self.compared += len(wanted)
        leads = all(
            self.leads_to_area(of, name, address)
            for name, address in zip(short, led(items), strict=False)
        )
        if titles != right or found != wanted or none != empty or not leads:
            self._say(of.plan.id, said("verify.reviews-differ", right=", ".join(areas)[:300],
                                       found=" | ".join(map(text_of, items))[:300]))  # fmt: skip

    def _whole(self, name: str, year: int) -> list[tuple[Goal, str]]:
        """The goals that count, each with its verdict in a year."""
        return [
            (goal, answer.verdict)
            for goal, answer in self._answers(name, "annual", year)
            if goal.part_of is None
        ]

    def _behind(self, of: ListedPlan) -> None:
        """The goals missed in the most areas, or in the one area for the longest."""
        short = {one for one in JUDGED if one not in REACHED}
        counted = Counter[str]()
        if of.alone:
            running: set[str] | None = None
            for year in reversed([year for year in of.plan.years if year <= of.newest]):
                missed = {g.id for g, verdict in self._whole(of.names[0], year) if verdict in short}
                running = missed if running is None else running & missed
                counted.update(running)
        else:
            for name in of.names:
                counted.update(g.id for g, v in self._whole(name, of.newest) if v in short)
        goals = [goal for goal in of.plan.goals if counted[goal.id]]
        goals.sort(key=lambda goal: -counted[goal.id])
        count = "overview.in_a_row" if of.alone else "overview.in_areas"
        lines = [
            f"{goal.name.in_language(self.lang)} {filled(count, self.lang, n=counted[goal.id])}"
            for goal in goals
        ]
        head = "overview.longest" if of.alone else "overview.widest"
        title = filled(head, self.lang, year=of.newest)
        self._list(of, "ix-worst", title, goals, lines, "overview.none_behind")

    def _moved(self, of: ListedPlan) -> None:
        """The goals that became better or worse since the year before."""
        earlier = [year for year in of.plan.years if year < of.newest]
        if not earlier:
            self._list(of, "ix-moved", None, [], [], "overview.none_moved")
            return
        before = earlier[-1]
        worse, better = Counter[str](), Counter[str]()
        verdicts: dict[str, tuple[str, str]] = {}
        for name in of.names:
            then = {goal.id: verdict for goal, verdict in self._whole(name, before)}
            for goal, now in self._whole(name, of.newest):
                was = then[goal.id]
                if was in JUDGED and now in JUDGED and (was in REACHED) != (now in REACHED):
                    (worse if was in REACHED else better)[goal.id] += 1
                    verdicts[goal.id] = (was, now)
        goals = [goal for goal in of.plan.goals if worse[goal.id] or better[goal.id]]
        goals.sort(key=lambda goal: (-worse[goal.id], -better[goal.id]))
        lines = []
        for goal in goals:
            words = goal.name.in_language(self.lang)
            if of.alone:
                was, now = (f"{GLYPHS[one]} {WORDS[self.lang][one]}" for one in verdicts[goal.id])
                lines.append(f"{was} → {now} {words}")
            else:
                told = [filled(key, self.lang, n=found[goal.id])
                        for key, found in (("overview.worse", worse), ("overview.better", better))
                        if found[goal.id]]  # fmt: skip
                lines.append(f"{words} {'; '.join(told)}")
        title = filled("overview.moved", self.lang, year=before)
        self._list(of, "ix-moved", title, goals, lines, "overview.none_moved")

    def _list(
        self, of: ListedPlan, where: str, title: str | None, goals: list[Goal], lines: list[str],
        none: str,
    ) -> None:  # fmt: skip
        """A heading, the first goals with what is said of each and a link, and how many more."""
        more = (
            [filled("overview.more", self.lang, n=len(lines) - SHOWN)] if len(lines) > SHOWN else []
        )
        told = [plain(line) for line in lines[:SHOWN]] or [filled(none, self.lang)]
        right = [title, *told, *more] if title is not None else []
        boxes = of.section.find_all(class_=where)
        parts = [node for box in boxes for node in box.find_all() if node.name in {"h3", "li", "p"}]
        found = [text_of(node) for node in parts]
        to = [self.goal_page(of.plan.id, goal.id) for goal in goals[:SHOWN]]
        ends = [one[0] if one else f".{goal.id}" for one, goal in zip(to, goals, strict=False)]
        links = led(boxes)
        self.compared += len(right)
        right_way = len(links) == len(ends) and all(map(str.endswith, links, ends))
        for one, other in zip_longest(right, found, fillvalue="none"):
            if one != other or not right_way:
                self._say(of.plan.id, said("verify.missed-goals-differ",
                                           right=one, found=other[:200]))  # fmt: skip
                return
