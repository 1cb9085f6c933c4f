"""How a goal's page says a verdict was made: where each area stands, and the steps to its verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bs4 import Tag

from planlib.errors import Problem, Said, said
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import period
from planlib.verify.cells import figure_is, level_is, target_is
from planlib.verify.markup import attribute, plain, text_of, texts_of
from planlib.verify.site.goal_tables import ProvenArea
from planlib.verify.texts import WORDS, filled, fits, inside, keys_of

BESIDE = ("made.decided", "made.stands_in", "made.done_before")  # which name another period


class GoalSteps:
    """The check of the sentences of one page."""

    def __init__(
        self, file: str, lang: str, problems: list[Problem], goal: Goal, *, alone: bool
    ) -> None:
        self.file, self.lang, self.problems = file, lang, problems
        self.goal, self.alone, self.compared = goal, alone, 0

    def check(self, root: Tag, areas: Sequence[ProvenArea]) -> None:
        """Compare the line and the steps of each area, which stand on the page in order."""
        leads = texts_of(root, "p", of="pl-lead")
        if len(leads) != len(areas):
            self._say(said("verify.line-missing", right=str(len(areas)), found=str(len(leads))))
            return
        for one, lead in zip(areas, leads, strict=True):
            self._lead(one, lead)
            place = "made" if self.alone else f"{one.area}.made"
            heads = [
                node for tag in ("h2", "h3") for node in root.find_all(tag)
                if attribute(node, "id") == place
            ]  # fmt: skip
            lists = [head.find_next("ul") for head in heads]
            steps = [
                text_of(li) for some in lists if isinstance(some, Tag) for li in some.find_all("li")
            ]
            self._steps(one, steps)

    def _say(self, message: Said) -> None:
        self.problems.append(Problem(message, self.file))

    def _word(self, one: ProvenArea) -> str:
        return WORDS[self.lang][one.answer(one.standing).verdict]

    def _holes(self, one: ProvenArea) -> dict[str, Callable[[str], bool]]:
        """What may fill in a sentence: the figure, the target, the level."""
        answer, goal = one.answer(one.standing), one.made.standing(self.goal)
        return {
            "figure": lambda text: figure_is(text, goal, answer, self.lang),
            "target": lambda text: target_is(text, goal, answer.target, self.lang),
            "level": lambda text: level_is(text, answer, self.lang),
        }

    def _lead(self, one: ProvenArea, lead: str) -> None:
        self.compared += 3
        known = {"year": period(one.standing), "verdict": self._word(one)}
        told, holes = between(lead, self.lang, "explore.summary", known), self._holes(one)
        if told is None or not all(holes[name](text) for name, text in told.items()):
            self._say(said("verify.text-differs", right=self._word(one), found=lead[:200]))

    def _steps(self, one: ProvenArea, steps: list[str]) -> None:
        known = {"year": period(one.standing), "verdict": self._word(one)}
        keys, holes = keys_of(self.lang, "made."), self._holes(one)
        beside = list(BESIDE)
        if any(fits(step, self.lang, ["made.so_far"], known) for step in steps):
            beside += keys_of(self.lang, "made.basis.")  # what is compared is a year's, so far
        for step in steps:
            self.compared += 1
            right = fits(step, self.lang, keys, known) or fits(step, self.lang, beside, {})
            for hole in ("figure", "level"):
                told = inside(step, self.lang, f"made.{hole}", hole)
                right = right and (told == step or holes[hole](told))
            if not right:
                self._say(said("verify.text-differs", right=self._word(one), found=step[:200]))
        answer = filled("made.answer", self.lang, verdict=self._word(one))
        aimed = one.answer(one.standing).target is not None
        if (aimed and steps[-1:] != [answer]) or not steps:
            self._say(said("verify.text-differs", right=answer, found=" ".join(steps[-1:])[:200]))


def between(
    line: str, lang: str, key: str, known: dict[str, Any]
) -> dict[str, str] | None:  # fmt: skip
    """What fills the figure and the target of a text, all else of it being known; None where it is not it.

    >>> known = {"year": 2013, "verdict": "Met"}
    >>> between("2013: 9%, target at least 8% → Met", "en", "explore.summary", known)
    {'figure': '9%', 'target': 'at least 8%'}
    """
    marks = {name: f"\N{BULLET}{name}\N{BULLET}" for name in ("figure", "target")}
    form = filled(key, lang, **known, **marks)
    order = sorted(marks, key=lambda name: form.index(marks[name]))
    begin, _, rest = form.partition(marks[order[0]])
    middle, _, end = rest.partition(marks[order[1]])
    text = plain(line)
    if not (text.startswith(begin) and text.endswith(end)):
        return None
    one, cut, other = text[len(begin) : len(text) - len(end)].partition(middle)
    return {order[0]: one, order[1]: other} if cut else None
