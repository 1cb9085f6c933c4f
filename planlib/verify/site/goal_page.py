"""The page of a goal in a site: its names, its tables area by area, how its verdicts were made, its file.

What is told in sentences beside these, such as measures and grounds, is not read: for it speaks that a
page made again is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bs4 import Tag

from planlib.errors import said
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import period, slug
from planlib.verify.claims import groups_followed
from planlib.verify.held.downloads import check_goal_download
from planlib.verify.labels import PLACE, Labels
from planlib.verify.markup import ReadPage, attribute, classes, rows_of, text_of, texts_of
from planlib.verify.periods.names import period_begun
from planlib.verify.site.goal_steps import GoalSteps
from planlib.verify.site.goal_tables import ProvenArea, ProvenGoalRow, kind_of
from planlib.verify.targets.judged import JUDGED
from planlib.verify.texts import filled, fits, keys_of

FEW, SHOWN = 10, 200  # areas that have a part of their own, that have a line


@dataclass
class GoalPageLabels(Labels):
    """The check of the page of a goal; ``areas`` are those shown, ``count`` how many there are."""

    goal: Goal | None = None
    areas: Sequence[ProvenArea] = ()
    count: int = 0

    def prove(self, page: ReadPage) -> None:
        """Compare everything the page says of its goal."""
        root = page.root
        self.known: dict[str, Any] = {
            "goal": self._name(self._goal.name),
            "area": filled("compare.areas_counted", self.lang, n=self.count),
            "year": period(self.newest()),
        }
        if self.alone:
            self.known["area"] = self._name(self.plan.area_name(self.areas[0].area))
        self._frame(root, warned=self.illustrative)
        self._title(root)
        self._headings(root)
        self._tables(root)
        steps = GoalSteps(self.file, self.lang, self.problems, self._goal, alone=self.alone)
        steps.check(root, [] if self.many else self.areas)
        self.compared += steps.compared
        asked = [(one, year) for one in self.areas for year in self._years(one)]
        rows = [
            (one.area, one.made.standing(one.goal), year, one.answer(year)) for one, year in asked
        ]
        self.problems += check_goal_download(page.downloads, self.file, self.lang, self.plan, rows)
        self.compared += len(rows)

    @property
    def _goal(self) -> Goal:
        assert self.goal is not None
        return self.goal

    @property
    def alone(self) -> bool:
        """Whether the plan is followed in one area."""
        return self.count == 1

    @property
    def many(self) -> bool:
        """Whether areas have a line each, and no part of their own."""
        return len(self.areas) > FEW

    def newest(self) -> int:
        """The newest period that could be judged in any area, else the first."""
        years = self.areas[0].made.plan.years
        judged = (
            year for year in reversed(years)
            if any(one.answer(year).verdict in JUDGED for one in self.areas)
        )  # fmt: skip
        return next(judged, years[0])

    def _years(self, one: ProvenArea) -> Sequence[int]:
        return [self.newest()] if self.many else one.made.plan.years

    def _span(self) -> dict[str, Any]:
        return {name: self.known[name] for name in ("goal", "year")}

    def frame_title(self) -> str:
        """The title of the page."""
        return filled("site.title.goal", self.lang, goal=self.known["goal"])

    def _title(self, root: Tag) -> None:
        right = filled("title.goal-profile", self.lang, goal=self.known["goal"])
        self._is(said("verify.what-title"), texts_of(root, "h1"), [right])
        banner = f"{filled('banner.word', self.lang)} {filled('banner.text', self.lang)}"
        warning, shown = said("verify.what-illustrative-warning"), texts_of(root, of="pl-banner")
        self._is(warning, shown, [banner] if self.illustrative else [])
        stated = {
            " ".join(texts_of(pair, "dt")): " ".join(texts_of(pair, "dd"))
            for facts in root.find_all("dl", class_="pl-meta")
            for pair in facts.find_all("div")
        }
        right_facts = {
            "meta.plan": self._name(self.plan.header.name), "meta.area": self.known["area"]
        }  # fmt: skip
        if any(goal.sensitive for goal in self.plan.goals):
            right_facts["meta.audience"] = filled(f"audience.{self.audience}", self.lang)
        for key, told in right_facts.items():
            label = filled(key, self.lang)
            self._is(said("verify.what-label", label=label), [stated.get(label, "")], [told])

    def _headings(self, root: Tag) -> None:
        """Those of an area among others say so; the areas stand in order, each once."""
        keys = keys_of(self.lang, "heading.")
        names = {one.area: self._name(self.plan.area_name(one.area)) for one in self.areas}
        parts = [] if self.alone or self.many else list(names)
        found = []
        for node in [*root.find_all("h2"), *root.find_all("h3")]:
            self.compared += 1
            text, place = text_of(node), attribute(node, "id")
            area = place.split(".")[0]
            if node.name == "h2" and place in parts:
                found.append(place)
                self._is(said("verify.what-heading"), [text], [names[place]])
                continue
            if area in parts:
                around = filled("heading.of_area", self.lang, area=names[area], heading=PLACE)
                begin, _, end = around.partition(PLACE)
                text = text.removeprefix(begin).removesuffix(end) if text.startswith(begin) else ""
            if not any(fits(text, self.lang, keys, told) for told in self._told(area)):
                self._say(said("verify.no-heading-such-page", found=text_of(node)[:200]))
        if found != parts:
            self._say(said("verify.areas-of-table-differ", right=", ".join(parts)[:200],
                           found=", ".join(found)[:200]))  # fmt: skip

    def _told(self, place: str) -> Iterator[dict[str, Any]]:
        """What headings below a place may be filled with: the goal, and the period that is judged."""
        years = {one.standing for one in self.areas if self.alone or one.area == place}
        for year in sorted(years | {self.newest()}):
            yield {"goal": self.known["goal"], "year": period(year)}

    def _tables(self, root: Tag) -> None:
        """Each table there must be, of the area it must be of, and no other."""
        expected = list(self._expected())
        tables = [table for table in root.find_all("table") if kind_of(table) != "groups"]
        kinds = [kind_of(table) for table in tables]
        if kinds != [kind for kind, _ in expected]:
            right = ", ".join(kind for kind, _ in expected)
            self._say(
                said(
                    "verify.areas-of-table-differ", right=right[:300], found=", ".join(kinds)[:300]
                )
            )
            return
        warned = self.illustrative
        for number, (table, (kind, area)) in enumerate(zip(tables, expected, strict=True), 1):
            place = f"table {number}"
            self.illustrative = warned if area is None else area.illustrative
            self.illustrative &= kind != "history"
            names = {} if area is None else {self._goal.id: area.made.standing(self._goal)}
            self._table(table, names or {self._goal.id: self._goal}, place)
            self._rows(table, kind, area, place)
        self.illustrative = warned
        self._groups(root)

    def _expected(self) -> Iterator[tuple[str, ProvenArea | None]]:
        if not self.alone:
            yield "areas", None
        for one in [] if self.many else self.areas:
            yield "years", one
            if one.made.standing(self._goal).ambiguous:
                yield "readings", one
            if one.points:
                yield "points", one
        if self._goal.revisions:
            yield "history", None

    def _row(self, row: Tag, names: dict[str, Goal], keys: list[str], place: str) -> None:
        """Cells stand under their heads; what they say is read elsewhere."""
        found = [next((n[5:] for n in classes(one) if n.startswith("pl-c-")), "")
                 for one in row.find_all("td")]  # fmt: skip
        if found != keys or row.find_all("th"):
            self._say(said("verify.cells-row-must-heads"), place)

    def _rows(self, table: Tag, kind: str, area: ProvenArea | None, place: str) -> None:
        rows = rows_of(table)
        if kind == "areas":
            year = self.newest()
            told = [(one, year) for one in self.areas]
        elif kind == "years" and area is not None:
            told = [(area, year) for year in area.made.plan.years]
        elif area is not None:
            self._of_area(rows, kind, area, place)
            return
        else:
            return
        first = [" ".join(texts_of(row, "td")[:1]) for row in rows]
        names = [
            self._name(self.plan.area_name(one.area))
            if kind == "areas"
            else period_begun(year, self.lang)
            for one, year in told
        ]
        self._is(said("verify.what-heading"), first, names, place)
        if first != names:
            return
        for at, (row, (one, year)) in enumerate(zip(rows, told, strict=True), start=1):
            where = f"{place}, row {at}"
            if (attribute(row, "data-goal"), attribute(row, "data-area")) != (
                self._goal.id,
                one.area,
            ):
                self._say(said("verify.row-about-no-goal"), where)
            self._links(row, kind, one, year, where)
            checked = self._row_of(one, year)
            checked.check_row(row, one.made.standing(self._goal), one.answer(year), where)
            self.compared += checked.compared

    def _row_of(self, one: ProvenArea, year: int) -> ProvenGoalRow:
        return ProvenGoalRow(self.file, "annual", year, self.lang, one.made, self.problems)

    def _links(self, row: Tag, kind: str, one: ProvenArea, year: int, place: str) -> None:
        """A period leads to the review of it, an area to its part of the page or its newest review."""
        found = [attribute(link, "href") for link in row.find_all("a")]
        begin = f"annual-{slug(year)}." if kind == "years" else "annual-"
        named = sorted(name for name in one.reviews if name.startswith(begin))
        right = [f"{one.area}/{name}" for name in named]
        if kind == "areas" and not self.many:
            right = [f"#{one.area}"]
        if len(found) != min(len(right), 1) or not set(found) <= set(right):
            self._say(said("verify.link-to-another-page", found=" ".join(found)[:100]), place)

    def _of_area(self, rows: list[Tag], kind: str, area: ProvenArea, place: str) -> None:
        goal = area.made.standing(self._goal)
        checked = self._row_of(area, area.standing)
        if kind == "readings":
            right = [one.id for one in goal.readings]
            found = [attribute(row, "data-reading") for row in rows]
            self._is(said("verify.what-heading"), found, right, place)
            for row in rows:
                checked.check_reading(row, self._goal, place)
        else:
            points = area.points
            if len(points) != len(rows):
                self._say(
                    said("verify.line-missing", right=str(len(points)), found=str(len(rows))), place
                )
            for at, (row, point) in enumerate(zip(rows, points, strict=False), start=1):
                checked.check_point(row, goal, point, f"{place}, row {at}")
        self.compared += checked.compared

    def _groups(self, root: Tag) -> None:
        """Each group of the goal in each area stands there once, with its figure and verdict."""
        shown = [table for table in root.find_all("table") if kind_of(table) == "groups"]
        rows = [
            row for table in shown for row in table.find_all("tr") if row.has_attr("data-group")
        ]
        followed = {
            (one.area, goal.group): (one, goal)
            for one in ([] if self.many else self.areas)
            for goal in groups_followed(one.made, self._goal)
        }
        found = [(attribute(row, "data-area"), attribute(row, "data-group")) for row in rows]
        if sorted(found) != sorted(followed):
            self._say(said("verify.not-every-group-listed"))
            return
        for row, key in zip(rows, found, strict=True):
            one, goal = followed[key]
            checked = self._row_of(one, one.standing)
            answer = one.made.annual(goal, one.standing)
            checked.check_row(row, one.made.standing(goal), answer, " ".join(key))
            name = self._name(self.plan.group_name(goal.group))
            told = " ".join(texts_of(row, "td")[:1])
            self._is(said("verify.what-group-name", group=goal.group), [told], [name])
            self.compared += checked.compared
