"""What a page says around its figures: whose they are, of when, in what unit, and what warns of them.

Held against the plan and the fixed texts: titles, headings, captions, heads of columns, names and
units of goals, groups, and the warning that figures are made up. Sentences are not read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bs4 import Tag

from planlib.errors import Problem, Said, said
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency
from planlib.plan.plan import Plan
from planlib.verify.claims import splits
from planlib.verify.markup import attribute, classes, plain, text_of, texts_of
from planlib.verify.targets.units import told_unit
from planlib.verify.texts import filled, fits, in_words, inside, keys_of, turned

ASIDE = ("pl-under", "pl-facts")
CAPTIONS = ("caption.",)
HEADINGS = ("heading.",)
WITH_PARTS = "heading.with_parts"  # a heading that counts parts of goals beside the goals
PLACE = "@caption@"
FREE_HEADS = frozenset({"rule", "year"})  # names of other bodies' rules; years are read elsewhere


@dataclass
class Labels:
    """The check of one page's labels; ``reached`` tells of goals how many were, of how many judged,
    and how many lack a figure.
    """

    file: str
    kind: str
    year: int
    lang: str
    plan: Plan
    area: str
    as_of: str
    illustrative: bool
    audience: str
    reached: Callable[[list[Goal]], tuple[int, int, int]]
    problems: list[Problem]
    compared: int = 0

    def check(self, root: Tag, *, page: bool, warned: bool) -> None:
        """Compare everything; a ``page`` has a frame around what its notebook shows.

        ``warned`` says whether the frame warns of made-up figures.
        """
        self.known: dict[str, Any] = {
            "area": self._name(self.plan.area_name(self.area)),
            "year": self.year,
            "first": self.plan.years[0],
            "last": self.plan.years[-1],
        }
        if page:
            self._frame(root, warned=warned)
        self._title(root)
        self._headings(root)
        names = {goal.id: goal.in_area(self.area) for goal in self.plan.goals}
        for number, table in enumerate(root.find_all("table"), start=1):
            place = f"table {number}"
            if "pl-table" not in classes(table):
                self._say(said("verify.table-not-planlibs"), place)
                continue
            self._table(table, names, place)

    def _name(self, text: Any) -> str:
        return plain(text.in_language(self.lang))

    def _say(self, message: Said, place: str = "") -> None:
        self.problems.append(Problem(message, self.file, place or None))

    def _is(self, what: Said, found: list[str], right: list[str], place: str = "") -> None:
        self.compared += max(len(right), 1)
        if found != right:
            self._say(
                said(
                    "verify.text-of-part-differs",
                    what=what,
                    right=" | ".join(right) or "nothing",
                    found=" | ".join(found)[:300] or "nothing",
                ),
                place,
            )

    def _frame(self, root: Tag, *, warned: bool) -> None:
        title = self.frame_title()
        plan = self._name(self.plan.header.name)
        self._is(said("verify.what-title"), texts_of(root, "title"), [f"{title} – {plan}"])
        warning = [filled("site.illustrative", self.lang)] if warned else []
        shown = texts_of(root, of="pg-illustrative")
        self._is(said("verify.what-illustrative-warning"), shown, warning)
        self._contents(root)
        langs = [
            f"{attribute(node, 'lang')} {attribute(node, 'dir')}".strip()
            for node in root.find_all("html")
        ]
        self._is(said("verify.what-language"), langs, [f"{self.lang} {turned(self.lang)}".strip()])
        foot = [text_of(p) for part in root.find_all("footer") for p in part.find_all("p")][:1]
        parts = [plan, title]
        if self.as_of:
            parts.append(filled("site.as_of", self.lang, date=in_words(self.as_of, self.lang)))
        self._is(said("verify.what-foot"), foot, [" · ".join(parts)])

    def frame_title(self) -> str:
        """The title of the page."""
        kind = f"site.title.{self.kind}"
        return filled(kind, self.lang, area=self.known["area"], year=self.year)

    def _contents(self, root: Tag) -> None:
        """The list of contents says what the headings say."""
        heads = {
            attribute(node, "id"): text_of(node)
            for tag in ("h2", "h3")
            for node in root.find_all(tag)
        }
        for part in root.find_all("nav", class_="pg-contents"):
            name = [filled("site.contents", self.lang)]
            self._is(said("verify.what-list-of-contents"), texts_of(part, "p"), name)
            links = part.find_all("a")
            found = texts_of(part, "a")
            right = [heads.get(attribute(link, "href")[1:], "") for link in links]
            self._is(said("verify.what-list-of-contents"), found, right)
            if text_of(part) != " ".join([*name, *found]):
                self._say(said("verify.list-contents-holds-more"))

    def _title(self, root: Tag) -> None:
        """The question, the banner, and what the page is about."""
        right = filled(f"title.{self.kind}", self.lang, **self.known)
        # A mid-term review of a term that has ended asks another question.
        ended = filled("title.term", self.lang, **self.known)
        found = texts_of(root, "h1")
        last = self.kind == "midterm" and self.year == self.plan.years[-1]
        self._is(said("verify.what-title"), found, [ended if last and found == [ended] else right])
        banner = [f"{filled('banner.word', self.lang)} {filled('banner.text', self.lang)}"]
        warning, shown = said("verify.what-illustrative-warning"), texts_of(root, of="pl-banner")
        self._is(warning, shown, banner if self.illustrative else [])
        facts = [
            (_first(pair, "dt"), _first(pair, "dd"))
            for stated in root.find_all("dl", class_="pl-meta")
            for pair in stated.find_all("div")
        ]
        stated = dict(facts)
        if len(stated) != len(facts):
            self._say(said("verify.declaration-twice"))
        expected = {"meta.plan": self._name(self.plan.header.name), "meta.area": self.known["area"]}
        if self.kind != "midterm":
            year = self.plan.frequency is Frequency.year
            told = filled("period.year", self.lang, year=self.year)
            expected["meta.year" if year else "meta.period"] = told
        if filled("meta.audience", self.lang) in stated:
            expected["meta.audience"] = filled(f"audience.{self.audience}", self.lang)
        for key, right in expected.items():
            label = filled(key, self.lang)
            self._is(said("verify.what-label", label=label), [stated.get(label, "")], [right])

    def _headings(self, root: Tag) -> None:
        keys = [key for key in keys_of(self.lang, *HEADINGS) if key != WITH_PARTS]
        sections = {f"section-{one.section}": one for one in self.plan.sections}
        for node in [*root.find_all("h2"), *root.find_all("h3")]:
            self.compared += 1
            section = sections.get(attribute(node, "id"))
            if section is not None:
                count = self._count(self.reached(list(section.goals)))
                name = self._name(section.name)
                right = filled("heading.section", self.lang, section=name, count=count)
                self._is(said("verify.what-heading"), [text_of(node)], [right])
                continue
            if attribute(node, "id") == "result":
                count = self._count(self.reached(list(self.plan.goals)))
                right = filled("heading.result", self.lang, count=count)
                self._is(said("verify.what-heading"), [text_of(node)], [right])
                continue
            shown = inside(text_of(node), self.lang, WITH_PARTS, "heading")
            if not fits(shown, self.lang, keys, self._span()):
                self._say(said("verify.no-heading-such-page", found=text_of(node)[:200]))

    def _count(self, found: tuple[int, int, int]) -> str:
        reached, judged, gaps = found
        text = filled("count.nothing", self.lang)
        if judged:
            text = filled("heading.reached", self.lang, n=judged, reached=reached, judged=judged)
        if not gaps:
            return text
        lacking = filled("count.gaps", self.lang, n=gaps)
        return filled("heading.gaps", self.lang, reached=text, gaps=lacking)

    def _span(self) -> dict[str, Any]:
        """What headings and captions fill in; a span of years may end with the page's own."""
        return {name: self.known[name] for name in ("area", "year", "first")}

    def _table(self, table: Tag, names: dict[str, Goal], place: str) -> None:
        caption = captions[0] if len(captions := texts_of(table, "caption")) == 1 else ""
        mark = filled("illustrative.short", self.lang)
        if self.illustrative:
            marked = filled("caption.illustrative", self.lang, caption=PLACE, mark=mark)
            begin, _, end = marked.partition(PLACE)
            usual = caption.startswith(begin) and caption.endswith(end)
            caption = caption.removeprefix(begin).removesuffix(end) if usual else ""
        self.compared += 1
        if not fits(caption, self.lang, keys_of(self.lang, *CAPTIONS), self._span()):
            shown = " | ".join(captions)[:200]
            self._say(said("verify.no-caption-such-page", found=shown), place)
        keys = []
        for head in table.find_all("th"):
            if attribute(head, "scope") == "col":
                keys.append(key := _key(head))
                if key in FREE_HEADS:
                    continue
                self._is(
                    said("verify.what-column-head"),
                    [text_of(head)],
                    [filled(f"column.{key}", self.lang)],
                    place,
                )
        rows = table.find_all("tr")
        for at, row in enumerate(rows, start=1):
            where = f"{place}, row {at}"
            if "pl-group" in classes(row):
                self._group(row, where)
                whole = "pl-office" in classes(table) and self.kind == "annual"
                if whole:
                    first = next((attribute(one, "data-goal") for one in rows[at : at + 1]), "")
                    self._group_count(row, first, where)
            elif not classes(row) and row.find_all("td"):
                self._row(row, names, keys, where)
            elif row.find_all("td"):
                self._say(said("verify.row-not-planlibs"), where)

    def _group(self, row: Tag, place: str) -> None:
        heads = row.find_all("th")
        name = " ".join(text_of(head, without=("pl-count",)) for head in heads)
        right = [self._name(section.name) for section in self.plan.sections]
        right += [self._name(goal.name) for goal in self.plan.goals]  # of its readings
        right += [" × ".join(map(self._name, some)) for some in splits(self.plan)]
        right += [filled(f"revisions.{one}", self.lang) for one in ("flipped", "same")]
        if row.find_all("td") or name not in right:
            self._say(said("verify.section-unknown", found=name[:200]), place)

    def _group_count(self, row: Tag, first: str, place: str) -> None:
        """How many goals of the section that begins with one were reached, in the table of all."""
        name = text_of(row, without=("pl-count",))
        for section in self.plan.sections:
            if section.goals and section.goals[0].id == first and self._name(section.name) == name:
                found = texts_of(row, of="pl-count")
                right = self._count(self.reached(list(section.goals)))
                self._is(said("verify.what-count-of-section"), found, [right], place)
                return
        self._say(said("verify.section-unknown", found=name[:200]), place)

    def _row(self, row: Tag, names: dict[str, Goal], keys: list[str], place: str) -> None:
        cells = row.find_all("td")
        if [_key(cell) for cell in cells] != keys or row.find_all("th"):
            self._say(said("verify.cells-row-must-heads"), place)
        goal = names.get(attribute(row, "data-goal"))
        shown = [_label(cell) for cell in cells if _key(cell) == "indicator"]
        if goal is None:
            right = {self._name(one.name) for one in names.values()}
            if row.has_attr("data-goal"):
                return  # told already
            if "rule" not in keys or len(shown) != 1 or shown[0] not in right:
                self._say(said("verify.row-about-no-goal"), place)
            return
        if group := attribute(row, "data-group"):
            right_group = self._name(self.plan.group_name(group))
            told = [text_of(cell) for cell in cells if _key(cell) == "group"]
            self._is(said("verify.what-group-name", group=group[:64]), told, [right_group], place)
        name = self._name(goal.name)
        part = filled("part.first", self.lang, name=name)
        if shown:
            right_name = part if goal.part_of is not None and shown == [part] else name
            self._is(said("verify.what-goal-name", goal=goal.id), shown, [right_name], place)
        for cell in cells:
            if _key(cell) == "unit":
                unit = plain(told_unit(goal, self.year, self.lang))
                self._is(
                    said("verify.what-goal-unit", goal=goal.id), [text_of(cell)], [unit], place
                )


def _first(node: Tag, tag: str) -> str:
    return " ".join(texts_of(node, tag))


def _key(cell: Tag) -> str:
    return next((name[5:] for name in classes(cell) if name.startswith("pl-c-")), "")


def _label(cell: Tag) -> str:
    """What names a goal: the head of what is folded under it, or all the cell says."""
    heads = texts_of(cell, "summary")
    return " ".join(heads) if heads else text_of(cell, without=ASIDE)
