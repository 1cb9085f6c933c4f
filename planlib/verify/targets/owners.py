"""Who answers for missed goals and what comes next, against what the plan's files say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bs4 import Tag

from planlib.errors import Said, said
from planlib.plan.goal import Goal
from planlib.plan.goal_parts import Measure
from planlib.plan.plan import Plan
from planlib.plan.remarks.remark import Remark
from planlib.verify.markup import attribute, classes, plain, text_of, texts_of
from planlib.verify.texts import filled

MISSED = frozenset({"not_met", "nearly_met"})
OVER = frozenset({"done", "dropped"})  # measures nobody waits for any more
CAUSES = ("objective", "subjective")
LATEST = 10**8  # after every day there is

Told = tuple[str, str, Said]  # the place, the goal, and what differs


@dataclass(frozen=True)
class OwnersShown:
    """The check of the lists of a page in one language; ``remarks`` are the office's on it."""

    plan: Plan
    lang: str
    remarks: Sequence[Remark] = ()

    def differing(self, root: Tag, missed: Sequence[Goal]) -> Iterator[Told]:
        """Whether every missed goal is listed once, in order, with its lead, cause and next step."""
        goals = {goal.id: goal for goal in self.plan.goals}
        lists = 0
        for number, table in enumerate(root.find_all("table", class_="pl-table"), start=1):
            rows = [row for row in table.find_all("tr") if row.has_attr("data-goal")]
            listed = bool(table.find_all("td", class_="pl-c-next"))
            lists += listed
            named = [attribute(row, "data-goal") for row in rows]
            if listed and named != [goal.id for goal in missed]:
                yield f"table {number}", "", said("verify.not-every-missed-listed")
            for at, row in enumerate(rows, start=1):
                goal = goals.get(attribute(row, "data-goal"))
                if goal is None:
                    continue  # told elsewhere
                for cell in row.find_all("td"):
                    right = self._right(cell, goal, listed=listed)
                    if right is not None and _shown(cell) != right:
                        told = ("; ".join(some)[:200] for some in (right, _shown(cell)))
                        message = said("verify.owner-differs", right=next(told), found=next(told))
                        yield f"table {number}, row {at}", goal.id, message
        if lists != bool(missed):
            yield "", "", said("verify.not-every-missed-listed")

    def _right(self, cell: Tag, goal: Goal, *, listed: bool) -> list[str] | None:
        """What a cell must say, text by text; None for one that is about something else."""
        if "pl-c-lead" in classes(cell):
            lead = goal.lead
            if lead is None and goal.part_of is not None:
                lead = self.plan.goal(goal.part_of).lead
            if lead is None:
                return [filled("owners.no_lead", self.lang) if listed else ""]
            return [plain(lead.in_language(self.lang))]
        if "pl-c-cause" in classes(cell):
            mine = [one for one in self.remarks if one.goal == goal.id and one.kind in CAUSES]
            mine.sort(key=lambda one: CAUSES.index(one.kind))
            return [plain(one.text) for one in mine] or [filled("owners.no_cause", self.lang)]
        return [_following(goal, self.plan, self.lang)] if "pl-c-next" in classes(cell) else None


def _shown(cell: Tag) -> list[str]:
    """What a cell says: its items, where it holds nothing else."""
    listed, whole = texts_of(cell, "li"), text_of(cell)
    return listed if listed and "".join(listed) == whole else [whole]


def _following(goal: Goal, plan: Plan, lang: str) -> str:
    mine = [one for one in plan.measures if goal.id in one.goals]
    waiting = [one for one in mine if str(one.state) not in OVER]
    if not waiting:
        return filled("owners.no_open" if mine else "owners.no_measure", lang)
    first, *others = waiting
    for one in others:
        if _day(one, plan) < _day(first, plan):
            first = one
    told = [_by(first, lang)]
    told += [filled(f"owners.state.{first.state}", lang)] if first.state else []
    told += [plain(first.lead.in_language(lang))] if first.lead else []
    name = plain(first.name.in_language(lang))
    return filled("owners.next", lang, name=name, details=", ".join(told))


def _by(one: Measure, lang: str) -> str:
    if one.due_day is not None:
        return filled("owners.by.day", lang, day=one.due_day)
    return (
        filled("owners.no_day", lang) if one.due is None else filled("owners.by", lang, due=one.due)
    )


def _day(one: Measure, plan: Plan) -> int:
    if one.due is None:
        return LATEST
    return one.due_day.toordinal() if one.due_day else plan.calendar.end(one.due)
