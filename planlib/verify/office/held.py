"""What a document says against the verdicts made again: tables, counts, names, titles, captions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bs4 import Tag

from planlib.errors import Problem, said
from planlib.figures.observations import vintage_day
from planlib.language.languages import LANGUAGES
from planlib.plan.audience import INTERNAL, PUBLIC
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency, frequency_of
from planlib.plan.periods.text import period_of
from planlib.verify.certainty.recomputed import CertainRecomputed
from planlib.verify.claims import made_up
from planlib.verify.labels import WITH_PARTS, Labels
from planlib.verify.markup import attribute, classes, plain, read_page
from planlib.verify.office.items import OfficeFile, OfficeLine
from planlib.verify.office.tree import OfficeTree
from planlib.verify.recompute import Recomputed
from planlib.verify.sources import ProvedInputs
from planlib.verify.tables import GoalTables
from planlib.verify.targets.judged import JUDGED, REACHED
from planlib.verify.texts import filled, fits, in_words, inside, keys_of
from planlib.verify.texts import texts as fixed_texts

GAPS = ("no_data", "suppressed")
LIKE_TERM = frozenset({"midterm", "term"})
PARTS = ("situation", "results", "shortcomings", "tasks", "proposals")
CAUSES = ("objective", "subjective", "lessons", "note")
ASKED = ("plan", "area", "period", "lang", "audience")
_NUMBER = re.compile(r"\d+\. ")


@dataclass(frozen=True)
class OfficeOrigin:
    """What a document says it was made from."""

    plan: str
    area: str
    period: str
    lang: str
    audience: str
    as_of: str = ""

    @classmethod
    def of(cls, about: Mapping[str, str]) -> OfficeOrigin | None:
        """From the properties of a file; None where one of them is missing or says nothing known."""
        if not all(about.get(name) for name in ASKED):
            return None
        plan, area, period, lang, audience = (about[name] for name in ASKED)
        if lang not in LANGUAGES or audience not in {PUBLIC, INTERNAL}:
            return None
        return cls(plan, area, period, lang, audience, about.get("as-of", ""))

    @property
    def kind(self) -> str:
        """Of which kind of review it is."""
        return "midterm" if self.period in LIKE_TERM else "annual"


@dataclass
class OfficeProof:
    """The check of documents against the plans and figures they say they were made from."""

    sources: ProvedInputs
    problems: list[Problem] = field(default_factory=list)
    compared: int = 0

    def check(self, path: Path, file: OfficeFile, origin: OfficeOrigin) -> bool:
        """Hold one document against its verdicts; False where its inputs cannot be read."""
        for message, place in file.strange:
            self.problems.append(Problem(message, str(path), place))
        opened = self.sources.plan(origin.plan)
        try:
            day = vintage_day(origin.as_of) if origin.as_of else None
        except ValueError:
            found = repr(origin.as_of)[:100]
            self.problems.append(Problem(said("verify.as-of-not-a-date", found=found), str(path)))
            return False
        seen = self.sources.figures(opened, origin.audience, day) if opened is not None else None
        if opened is None or seen is None:
            return False
        figures = seen.of_area(origin.area, path.parent)
        made = CertainRecomputed(
            opened.plan, figures.rows, day,
            area=origin.area, elsewhere=figures.elsewhere, taught=seen.taught,
        )  # fmt: skip
        year = self._year(made, origin)
        if year is None:
            message = said("verify.review-not-of-plan", year=origin.period[:50])
            self.problems.append(Problem(message, str(path)))
            return False
        made = made.along(frequency_of(year) if origin.kind == "annual" else Frequency.year)
        self._held(path, file, origin, made, year, illustrative=made_up(figures.rows))
        return True

    def _year(self, made: Recomputed, origin: OfficeOrigin) -> int | None:
        whole = made.along(Frequency.year).plan
        if origin.period == "midterm":
            return whole.midterm_after
        if origin.period == "term":
            return whole.years[-1]
        try:
            year = period_of(origin.period)
            there = year in made.along(frequency_of(year)).plan.years
        except (ValueError, KeyError):
            return None
        return year if there else None

    def _held(
        self, path: Path, file: OfficeFile, origin: OfficeOrigin, made: Recomputed, year: int, *,
        illustrative: bool,
    ) -> None:  # fmt: skip
        tree = OfficeTree(made, origin.kind, year, origin.lang)
        lines = _written(file, tree, origin.lang)
        root = read_page(tree.html).root
        tables = GoalTables(str(path), origin.kind, year, origin.lang, made, self.problems)
        tables.check(root)

        def tally(goals: list[Goal]) -> tuple[int, int, int]:
            judge = made.annual if origin.kind == "annual" else made.midterm
            whole = (goal for goal in goals if goal.part_of is None)
            counts = Counter(judge(goal, year).verdict for goal in whole)
            reached, judged, gaps = (sum(counts[v] for v in of) for of in (REACHED, JUDGED, GAPS))
            return reached, judged, gaps

        labels = OfficeLabels(
            str(path), origin.kind, year, origin.lang, made.plan, origin.area, origin.as_of,
            illustrative, origin.audience, tally, self.problems,
        )  # fmt: skip
        labels.hold(root, lines, origin)
        self.compared += tables.compared + labels.compared


def _written(file: OfficeFile, tree: OfficeTree, lang: str) -> list[OfficeLine]:
    """Write the tables and headings of a document as those of a page; returns its other lines."""
    lines: list[OfficeLine] = []
    word = filled("document.table", lang)
    numbered = re.compile(rf"{re.escape(word)} \d+\. ")
    caption = ""
    for one in file.items:
        if isinstance(one, OfficeLine):
            if one.style == "caption":
                caption = numbered.sub("", plain(one.text), count=1)
            elif one.level:
                tree.heading(plain(one.text))
            lines.append(one)
        elif not tree.counts(one):
            tree.table(one, caption)
    return lines


class OfficeLabels(Labels):
    """The check of one document's labels: its subject, headings, captions and what it is about."""

    def hold(self, root: Tag, lines: Sequence[OfficeLine], origin: OfficeOrigin) -> None:
        """Compare everything."""
        self.known: dict[str, Any] = {
            "area": self._name(self.plan.area_name(self.area)),
            "year": self.year,
            "first": self.plan.years[0],
            "last": self.plan.years[-1],
        }
        plan = self._name(self.plan.header.name)
        kind = "term" if self.kind == "midterm" and self.year == self.plan.years[-1] else self.kind
        texts = [plain(line.text) for line in lines]
        if any(line.style == "subtitle" for line in lines):  # a document with a head
            right = filled(f"document.subject.{kind}", self.lang, plan=plan, **self.known)
            found = [plain(line.text) for line in lines if line.style == "subtitle"]
            self._is(said("verify.what-title"), found, [right])
        self._about(texts, plan)
        self._headings(root)
        names = {goal.id: goal.in_area(self.area) for goal in self.plan.goals}
        for number, table in enumerate(root.find_all("table"), start=1):
            self._table(table, names, f"table {number}")
            if "pl-office" in classes(table):
                rows = [row for row in table.find_all("tr") if row.has_attr("data-goal")]
                if [attribute(row, "data-goal") for row in rows] != list(self.plan.goal_ids):
                    self._say(said("verify.not-every-goal-listed"), f"table {number}")

    def _about(self, texts: Sequence[str], plan: str) -> None:
        """What the document says it is about, and its warning of made-up figures."""
        right = {"meta.plan": plan, "meta.area": self.known["area"]}
        if self.kind != "midterm":
            year = self.plan.frequency is Frequency.year
            told = filled("period.year", self.lang, year=self.year)
            right["meta.year" if year else "meta.period"] = told
        day = in_words(self.as_of, self.lang) if self.as_of else ""
        right["meta.as_of"] = day or filled("meta.every_report", self.lang)
        if any(goal.sensitive for goal in self.plan.goals):
            right["meta.audience"] = filled(f"audience.{self.audience}", self.lang)
        colon = plain(f"-{fixed_texts(self.lang)['language.colon'][0]}")[1:]
        for key, text in right.items():
            label = filled(key, self.lang)
            head = f"{label}{colon} "
            begun = [one for one in texts if one.startswith(head)]
            found = [one for one in begun if one == f"{head}{text}"] or begun[:1]
            self._is(said("verify.what-label", label=label), found[:1], [f"{head}{text}"])
        banner = f"[{filled('banner.word', self.lang)} {filled('banner.text', self.lang)}]"
        warned = [one for one in texts if one == banner]
        warning = said("verify.what-illustrative-warning")
        self._is(warning, warned, [banner] if self.illustrative else [])

    def _headings(self, root: Tag) -> None:
        found = [_NUMBER.sub("", plain(node.get_text())) for node in root.find_all("h3")]
        whole = [f"{number}. {filled(f'document.part.{key}', self.lang)}"
                 for number, key in zip(("I", "II", "III", "IV", "V"), PARTS, strict=True)]  # fmt: skip
        whole += [filled("document.annex", self.lang, n=number) for number in (1, 2)]
        fields = list(self._fields())
        causes = [filled(f"document.{key}", self.lang) for key in CAUSES]
        left = {*whole, *fields, *causes}
        keys = [k for k in keys_of(self.lang, "heading.") if k not in _COUNTING]
        for text in found:
            self.compared += 1
            bare = inside(text, self.lang, WITH_PARTS, "heading")
            usual = text in left or fits(bare, self.lang, keys, self._span())
            if not usual:
                self._say(said("verify.no-heading-such-page", found=text[:200]))
        self._is(said("verify.what-heading"), [t for t in found if t in whole], whole)
        if self.kind == "annual":
            shown = [text for text in found if text in fields]
            self._is(said("verify.what-heading"), shown, fields)

    def _fields(self) -> Iterator[str]:
        for section in self.plan.sections:
            count = self._count(self.reached(list(section.goals)))
            name = self._name(section.name)
            yield filled("heading.section", self.lang, section=name, count=count)

    def _table(self, table: Tag, names: dict[str, Goal], place: str) -> None:
        term = filled("document.caption.term", self.lang, **self.known)
        if "pl-office" in classes(table) and self.kind == "midterm":
            mark = filled("illustrative.short", self.lang)
            right = term
            if self.illustrative:
                right = filled("caption.illustrative", self.lang, caption=term, mark=mark)
            shown = [plain(node.get_text()) for node in table.find_all("caption")]
            self._is(said("verify.what-title"), shown, [right], place)
            usual = filled("caption.targets", self.lang, **self.known)
            for node in table.find_all(class_="pl-caption"):
                text = usual
                if self.illustrative:
                    text = filled("caption.illustrative", self.lang, caption=usual, mark=mark)
                node.string = text
        super()._table(table, names, place)


_COUNTING = {"heading.section", WITH_PARTS, "heading.reached", "heading.gaps", "heading.result"}
