"""What the index of several reviews prints against what was recomputed.

How each plan stands in its newest year, the goals furthest behind, those that changed, a line for
each area with the goals reached of those judged, and a grid of areas and goals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest

from bs4 import Tag

from planlib.errors import said
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency, slug
from planlib.verify.markup import attribute, plain, text_of, texts_of
from planlib.verify.site.goal_grid import styled
from planlib.verify.site.index_page import IndexPage, named_all
from planlib.verify.site.listed_plan import ListedPlan
from planlib.verify.tables import summed, sums
from planlib.verify.targets.judged import JUDGED, REACHED
from planlib.verify.texts import GLYPHS, WORDS, filled

MOST_AREAS, MOST_CELLS = 200, 10_000  # that a grid of areas and goals has room for
FEW, SHOWN = 24, 5  # areas that have a bar each, goals of a list


class OverviewPage(IndexPage):
    """The index of several reviews."""

    def check(self, root: Tag) -> None:
        """Compare everything the page says of each plan and each review."""
        self._finders(root)
        sections = root.find_all(class_="ix-plan")
        listed = [[_review(row) for row in _rows(section, "ix-areas")] for section in sections]
        shown = [name for names in listed for name in names]
        if sorted(shown) != sorted(self.reviews) or not all(listed):
            message = said("verify.line-missing",
                           right=named_all(self.reviews)[:300], found=named_all(shown)[:300])  # fmt: skip
            self._say("", message)
            return
        for section, names in zip(sections, listed, strict=True):
            plan = self.reviews[names[0]].along(Frequency.year).plan
            right = [name for name in self._in_order(plan.id) if name in names]
            anchor = attribute(section, "id")
            if names != right or anchor.split(".")[0] != plan.id:
                message = said("verify.reviews-differ",
                               right=", ".join(right)[:300], found=", ".join(names)[:300])  # fmt: skip
                self._say("", message)
                continue
            judged = [year for year in plan.years
                      if any(sums(self._counts(name, "annual", year))[1] for name in names)]  # fmt: skip
            newest = (judged or list(plan.years))[-1]
            self._plan(ListedPlan(section, names, plan, newest, anchor))
        linked = [attribute(a, "href") for nav in root.find_all(class_="ix-plans")
                  for a in nav.find_all("a")]  # fmt: skip
        if linked != ([f"#{attribute(one, 'id')}" for one in sections] if len(listed) > 1 else []):
            self._say("", said("verify.not-every-goal-listed"))

    def _plan(self, of: ListedPlan) -> None:
        """A plan: its name, term and warning, its newest year, its areas, its grid."""
        term = of.plan.header.term
        places = texts_of(of.section, of="ix-area")
        if not places or not f"{places[0]} · ".startswith(f"{term.first}–{term.last} · "):
            self._say("", said("verify.text-differs", right=f"{term.first}–{term.last}",
                               found=" ".join(places)[:200]))  # fmt: skip
        warned, year = any(name in self.warned for name in of.names), of.newest
        self._texts(of, {
            "h2": [of.plan.header.name.in_language(self.lang)],
            "pg-illustrative": [filled("site.illustrative", self.lang)] if warned else [],
            "ix-all p": [] if of.alone else [
                filled("overview.total", self.lang, n=len(of.names), year=year)
            ],
            "thead ix-now": [filled("overview.now", self.lang, year=year)]
                            if len(of.names) <= FEW else [],
        })  # fmt: skip
        if not of.alone:
            total = Counter[str]()
            for name in of.names:
                total.update(self._counts(name, "annual", year))
            found = [
                self._bar(one, f"#{of.anchor}.grid") for one in of.section.find_all(class_="ix-all")
            ]
            self._same_counts(f"{of.plan.id}, {year}", dict(total), found)
        self._lines(of)
        self._behind(of)
        self._moved(of)
        grids = of.section.find_all("table", class_="ix-matrix")
        if len(grids) != (0 if of.alone else 1):
            self._say("", said("verify.not-every-goal-listed"))
        for grid in grids:
            self._matrix(grid, of)

    def _texts(self, of: ListedPlan, right: dict[str, list[str]]) -> None:
        """Texts of the section, where each of them stands: an element, a class, or one within it."""
        for place, wanted in right.items():
            *around, last = place.split()
            inside: list[Tag] = _named(of.section, around[0]) if around else [of.section]
            found = [text_of(node) for part in inside for node in _named(part, last)]
            self.compared += 1
            if found != [plain(text) for text in wanted]:
                self._say(of.plan.id, said("verify.text-differs",
                                           right=" | ".join(wanted) or "nothing",
                                           found=" | ".join(found)[:200] or "nothing"))  # fmt: skip

    def _same_counts(
        self, place: str, right: dict[str, int], found: Sequence[dict[str, int]]
    ) -> None:
        self.compared += len(right)
        if list(found) != [{v: n for v, n in right.items() if n}]:
            wanted = ", ".join(f"{verdict} {n}" for verdict, n in sorted(right.items()))
            message = said("verify.counts-differ-summed", right=wanted, summed=summed(right))
            self._say(place, message)

    def _lines(self, of: ListedPlan) -> None:
        """The line of each area: its name, its bar, and the goals reached of those judged."""
        for table in of.section.find_all("table", class_="ix-areas"):
            heads = [head for head in table.find_all("th") if head.has_attr("data-kind")]
            for name, row in zip(of.names, _rows(table, ""), strict=True):
                area = of.plan.area_name(name.removeprefix(f"{of.plan.id}."))
                links = [link for head in row.find_all("th") for link in head.find_all("a")]
                if [text_of(link) for link in links] != [plain(area.in_language(self.lang))]:
                    right = area.in_language(self.lang)
                    self._say(name, said("verify.line-name-differs", right=right))
                    continue
                cells = list(row.find_all("td"))
                if len(of.names) <= FEW and cells:
                    to = f"{attribute(links[0], 'href')}#annual-{slug(of.newest)}."
                    self._same_counts(f"{name}, {of.newest}",
                                      self._counts(name, "annual", of.newest),
                                      [self._bar(cells[0], to)])  # fmt: skip
                    cells = cells[1:]
                if len(cells) != len(heads) or not heads:
                    self._say(name, said("verify.line-count-of-counts",
                                         n=len(heads), found=len(cells)))  # fmt: skip
                    continue
                for head, cell in zip(heads, cells, strict=True):
                    column = self._column(head, name)
                    if column is None:
                        continue
                    self.compared += 1
                    expected = self._counts(name, *column)
                    if not self._reached(cell, expected):
                        message = said("verify.value-is-not",
                                       right=summed(expected), found=text_of(cell)[:100])  # fmt: skip
                        self._say(f"{name}, {column[0]} {column[1]}", message)

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
        links = _led(boxes)
        self.compared += len(right)
        led = len(links) == len(ends) and all(map(str.endswith, links, ends))
        for one, other in zip_longest(right, found, fillvalue="none"):
            if one != other or not led:
                self._say(of.plan.id, said("verify.missed-goals-differ",
                                           right=one, found=other[:200]))  # fmt: skip
                return

    def _matrix(self, grid: Tag, of: ListedPlan) -> None:
        """Areas by goals: the first areas of the plan, every goal, and the verdict of each."""
        rows = _rows(grid, "")
        names = [_review(row) for row in rows]
        room = max(1, min(MOST_AREAS, MOST_CELLS // max(len(of.plan.goals), 1)))
        right = of.names[:room]
        head, *heads = [one for tr in grid.find_all("thead") for one in tr.find_all("th")] or [grid]
        goals = [plain(goal.name.in_language(self.lang)) for goal in of.plan.goals]
        column = self._column(head, right[0])
        if (
            names != right
            or [text_of(one) for one in heads] != goals
            or [attribute(one, "id") for one in heads]
            != [f"{of.anchor}.{g.id}" for g in of.plan.goals]
            or column != ("annual", of.newest)
            or _led(heads)
            != [page for goal in of.plan.goals for page in self.goal_page(of.plan.id, goal.id)]
        ):
            wanted, found = ", ".join(right)[:300], ", ".join(names)[:300]
            self._say("", said("verify.line-missing", right=wanted, found=found))
            return
        for name, row in zip(names, rows, strict=True):
            area = of.plan.area_name(name.removeprefix(f"{of.plan.id}.")).in_language(self.lang)
            if texts_of(row, "th") != [plain(area)]:
                self._say(name, said("verify.line-name-differs", right=area))
            cells = row.find_all("td")
            for at, (goal, answer) in enumerate(self._answers(name, *column)):
                self.compared += 1
                word = WORDS[self.lang][answer.verdict]
                cell = cells[at] if at < len(cells) else grid
                told = styled(cell), text_of(cell), attribute(cell, "title")
                if told != (answer.verdict, GLYPHS[answer.verdict], word):
                    place = f"{name}, {column[0]} {column[1]}"
                    self._say(place, said("verify.verdict-differs-unnamed", right=word), goal.id)


def _rows(node: Tag, table: str) -> list[Tag]:
    """The rows of reviews, of a kind of table where one is named."""
    inside = node.find_all("table", class_=table) if table else [node]
    return [row for one in inside for row in one.find_all("tr") if row.has_attr("data-review")]


def _led(nodes: Sequence[Tag]) -> list[str]:
    return [attribute(link, "href") for node in nodes for link in node.find_all("a")]


def _review(row: Tag) -> str:
    return attribute(row, "data-review").replace("/", ".")


def _named(node: Tag, one: str) -> list[Tag]:
    """The elements of a name or, where it has a hyphen, of a class."""
    return list(node.find_all(class_=one) if "-" in one else node.find_all(one))
