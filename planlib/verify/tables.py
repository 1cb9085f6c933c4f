"""What pages and notebooks print against what was recomputed: every verdict, figure and count.

Looked at are the tables of goals (their rows carry ``data-goal``), the counts of verdicts and the
grids of the index. The words and numbers a reader sees are compared, not attributes beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bs4 import Tag

from planlib.errors import Problem, Said, said
from planlib.plan.goal import Goal
from planlib.verify.cells import (
    ASIDE,
    figure_is,
    level_is,
    numbers_in,
    shown_verdict,
    styled_as,
    target_is,
)
from planlib.verify.certainty.told import sure_differs
from planlib.verify.claims import groups_followed
from planlib.verify.markup import attribute, classes, text_of, texts_of
from planlib.verify.periods.names import short_period
from planlib.verify.recompute import Recomputed
from planlib.verify.targets.judged import JUDGED, REACHED, RecomputedVerdict
from planlib.verify.targets.published import list_differs, marks_differ
from planlib.verify.texts import GLYPHS, WORDS, filled

GAPS = ("no_data", "suppressed")
FIGURES = ("actual", "so_far", "actual_words", "new")
# In which table of a review every goal of the plan stands, once and in order.
WHOLE = {"annual": "pl-office", "midterm": "pl-grid"}


@dataclass
class GoalTables:
    """What one page is about, and what was found on it."""

    file: str
    kind: str
    year: int
    lang: str
    recomputed: Recomputed
    problems: list[Problem]
    compared: int = 0

    def say(self, place: str, goal: str, message: Said) -> None:
        """One thing that differs; ``place`` is the table and its row."""
        subject = said("figures.goal-subject", goal=goal)
        self.problems.append(Problem(message, self.file, place, subject=subject))

    def check(self, root: Tag) -> None:
        """Compare everything on a page, or in the outputs of a notebook."""
        goals = {goal.id: goal for goal in self.recomputed.plan.goals}
        tables = 0
        differing: list[str] = []
        for number, table in enumerate(root.find_all("table", class_="pl-table"), start=1):
            rows = [row for row in table.find_all("tr") if row.has_attr("data-goal")]
            self._years_of(table)
            if WHOLE[self.kind] in classes(table):
                tables += 1
                self._complete([attribute(row, "data-goal") for row in rows], number)
            for at, row in enumerate(rows, start=1):
                goal = self._followed(goals.get(attribute(row, "data-goal")), row)
                place = f"table {number}, row {at}"
                if goal is None:
                    self.say(
                        place, attribute(row, "data-goal")[:64], said("verify.goal-not-in-plan")
                    )
                else:
                    self._row(table, row, goal, place)
                    if "computed" in map(_key, row.find_all("td")):
                        differing.append(goal.id)
        self._every_group(root)
        if self.kind == "annual" and (
            message := list_differs(self.recomputed, self.year, differing)
        ):
            self.problems.append(Problem(message, self.file))
        if tables != 1:
            message = said("verify.table-of-targets-missing", found=tables)
            self.problems.append(Problem(message, self.file))
        self._counts(root)

    def _followed(self, goal: Goal | None, row: Tag) -> Goal | None:
        """The goal a row is about, in its group; None for a group that is not followed."""
        group = attribute(row, "data-group")
        if goal is None or not group:
            return goal
        known = groups_followed(self.recomputed, goal)
        return next((one for one in known if one.group == group), None)

    def _every_group(self, root: Tag) -> None:
        """Each group of each goal stands on the page, once."""
        rows = [row for row in root.find_all("tr") if row.has_attr("data-group")]
        found = sorted((attribute(r, "data-goal"), attribute(r, "data-group")) for r in rows)
        right = sorted(
            (goal.id, one.group)
            for goal in self.recomputed.plan.goals
            for one in groups_followed(self.recomputed, goal)
        )
        self.compared += len(right)
        if found != right:
            self.problems.append(Problem(said("verify.not-every-group-listed"), self.file))

    def _complete(self, found: list[str], number: int) -> None:
        if found != list(self.recomputed.plan.goal_ids):
            message = said("verify.not-every-goal-listed")
            self.problems.append(Problem(message, self.file, f"table {number}"))

    def _years_of(self, table: Tag) -> None:
        heads = table.find_all("th", class_="pl-c-year")
        years = [text_of(head) for head in heads]
        shown = (year for year in self.recomputed.plan.years if year <= self.year)
        expected = [short_period(year, self.lang) for year in shown]
        if heads and years != expected:
            right, found = (", ".join(some)[:200] for some in (expected, years))
            message = said("verify.grid-years-differ", right=right, found=found)
            self.problems.append(Problem(message, self.file))

    def _row(self, table: Tag, row: Tag, goal: Goal, place: str) -> None:
        cells = [(_key(cell), cell) for cell in row.find_all("td")]
        keys = [key for key, _ in cells]
        # On a mid-term page, tables of one year's figures say "actual", those of the road "so far".
        in_year = self.kind == "annual" or "actual" in keys
        made = self.recomputed
        goal = made.standing(goal)  # as it is in the area
        answer = made.annual(goal, self.year) if in_year else made.midterm(goal, self.year)
        years = iter(self.recomputed.plan.years)
        reading = row.get("data-reading")
        for key, cell in cells:
            if key == "year":
                then = made.annual(goal, next(years, self.year))
                self._verdict(cell, then.verdict, goal, place)
                self._sure(cell, then, goal, place)
            elif key == "verdict" and reading is not None:
                self._verdict(cell, answer.readings.get(str(reading)), goal, f"{place}: {reading}")
            elif key in {"verdict", "after", "computed", "term"}:
                self._verdict(cell, answer.verdict, goal, place)
                listed, exceeds = WHOLE["annual"] in classes(table), made.publishes_exceeded
                for message in marks_differ(
                    cell, answer, self.lang, exceeds=exceeds, listed=listed
                ):
                    self.say(place, goal.id, message)
                self._sure(cell, answer if key in {"verdict", "term"} else None, goal, place)
            elif key == "published":
                self._verdict(cell, answer.published, goal, place)
            else:
                self._number(key, cell, goal, answer, place)

    def _verdict(self, cell: Tag, expected: str | None, goal: Goal, place: str) -> None:
        self.compared += 1
        found = shown_verdict(cell, self.lang)
        if found is not None and not self._alone(cell, found):
            found = None
        if found != expected:
            shown = f"'{text_of(cell, without=ASIDE)}'"
            if found is not None:
                shown = f"'{WORDS[self.lang][found]}'"
            wanted = WORDS[self.lang].get(expected or "", "none")
            message = said("verify.verdict-differs", right=wanted, found=shown[:200])
            self.say(place, goal.id, message)

    def _sure(self, cell: Tag, answer: RecomputedVerdict | None, goal: Goal, place: str) -> None:
        for message in sure_differs(cell, answer, self.lang):
            self.say(place, goal.id, message)

    def _alone(self, cell: Tag, verdict: str) -> bool:
        """Whether a cell says its verdict and nothing else, but that a note or a reading is told."""
        glyph, word = GLYPHS[verdict], WORDS[self.lang][verdict]
        shown = text_of(cell, without=("pl-under", "pl-sure")).removesuffix("*").strip()
        return shown in {f"{glyph} {word}", f"{glyph}{word}"}

    def _number(
        self, key: str, cell: Tag, goal: Goal, answer: RecomputedVerdict, place: str
    ) -> None:
        # The report's date stands under a figure that was revised, and under no other.
        text = text_of(cell, without=ASIDE if key in {"new", "target"} else ())
        if key in FIGURES:
            self.compared += 1
            if not figure_is(text, goal, answer, self.lang):
                message = said("verify.figure-differs", right=_described(answer), found=text[:200])
                self.say(place, goal.id, message)
        elif key == "level":
            self.compared += 1
            strange = _misplaced(cell, answer)
            if strange or not level_is(text, answer, self.lang):
                level = "none" if answer.level is None else f"{100 * answer.level:.6g}%"
                message = said("verify.level-differs", right=level, found=(strange or text)[:200])
                self.say(place, goal.id, message)
        elif key == "target":
            self.compared += 1
            due = answer.target.due if answer.target else None
            under = " ".join(texts_of(cell, of="pl-under"))
            right = filled("period.year", self.lang, year=due) if due else ""
            if answer.target and answer.target.due_day:
                right = filled("cadence.by.day", self.lang, day=answer.target.due_day)
            known = set(numbers_in(right, self.lang))
            dated = all(number in known for number in numbers_in(under, self.lang))
            if not dated or not target_is(text, goal, answer.target, self.lang):
                message = said("verify.plan-sets-another-target", found=f"{text} {under}"[:200])
                self.say(place, goal.id, message)

    def _counts(self, root: Tag) -> None:
        """The chips that count verdicts at the top of a review, and the bar over them."""
        expected = counts(self.recomputed, self._answer)
        lists = root.find_all("ul", class_="pl-counts")
        verdicts = [one for one in lists if attribute(one, "data-of") != "outlooks"]
        if lists and not verdicts:
            message = said("verify.counts-verdicts-gone")
            self.problems.append(Problem(message, self.file))
        bars = root.find_all("div", class_="pl-bar")
        drawn = [one for one in bars if attribute(one, "data-of") != "outlooks"]
        for parts in [*verdicts, *drawn]:
            found = self._parts(parts)
            if found != expected:
                message = said("verify.counts-differ-shown",
                               right=_listed(expected), found=_listed(found))  # fmt: skip
                self.problems.append(Problem(message, self.file))

    def _parts(self, parts: Tag) -> dict[str, int]:
        """The counts that chips tell in words, or a bar in the widths and numbers of its parts."""
        found: dict[str, int] = {}
        bar = "pl-bar" in classes(parts)
        for part in parts.find_all("span" if bar else "li"):
            name = styled_as(part) if bar else shown_verdict(part, self.lang)
            number = text_of(part) if bar else "".join(texts_of(part, "strong"))
            self.compared += 1
            numbers = numbers_in(number, self.lang)
            # One that stands twice is no count of anything.
            right = len(numbers) == 1 and numbers[0].is_finite() and (name or "?") not in found
            right = right and (not bar or attribute(part, "style") == f"flex-grow:{numbers[0]}")
            found[name or "?"] = int(numbers[0]) if right else -1
        return found

    def _answer(self, goal: Goal) -> RecomputedVerdict:
        if self.kind == "annual":
            return self.recomputed.annual(goal, self.year)
        return self.recomputed.midterm(goal, self.year)


def counts(recomputed: Recomputed, answer: Callable[[Goal], RecomputedVerdict]) -> dict[str, int]:
    """How many goals have each verdict; parts of other goals are not counted."""
    whole = (goal for goal in recomputed.plan.goals if goal.part_of is None)
    return dict(Counter(answer(goal).verdict for goal in whole))


def sums(found: Mapping[str, int]) -> tuple[int, int, int]:
    """How many goals were reached, how many judged, and how many lack a figure."""
    reached, judged, gaps = (
        sum(found.get(one, 0) for one in kinds) for kinds in (REACHED, JUDGED, GAPS)
    )
    return reached, judged, gaps


def summed(found: Mapping[str, int]) -> str:
    reached, judged, gaps = sums(found)
    return f"{reached} of {judged} judged, {gaps} without a figure"


def _misplaced(cell: Tag, answer: RecomputedVerdict) -> str:
    """A mark that is not where the figure lies, from nothing to one and a half of its target."""
    for dot in cell.find_all(class_="pl-dot"):
        place = "" if answer.level is None else f"{100 * min(max(answer.level / 1.5, 0), 1):.1f}%"
        if styled_as(dot) != answer.verdict or attribute(dot, "style") != f"left:{place}":
            return " ".join([*classes(dot), attribute(dot, "style")])
    return ""


def _key(cell: Tag) -> str:
    return next((name[5:] for name in classes(cell) if name.startswith("pl-c-")), "")


def _described(answer: RecomputedVerdict) -> str:
    if answer.value is not None:
        return f"{answer.value:.12g}"
    if answer.low is None and answer.high is None:
        return "none"
    ends = ("" if end is None else f"{end:.12g}" for end in (answer.low, answer.high))
    return " to ".join(ends)


def _listed(found: dict[str, int]) -> str:
    return ", ".join(f"{name} {found[name]}" for name in [*GLYPHS, "?"] if name in found)
