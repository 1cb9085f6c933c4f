"""Rows of longer periods made from those of shorter ones, and the rows of a year so far.

A row made up has the numbers of its parts added, averaged or taken from the last, in fractions of
what was typed. It is known when all parts are; what is withheld in a part is withheld in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import isnan, nan
from typing import Any

from planlib.figures.observations import State
from planlib.plan.goal import Goal
from planlib.plan.goal_parts import MakeUp
from planlib.plan.periods.calendar import Frequency, frequency_of
from planlib.plan.plan import Plan
from planlib.plan.target import Cadence, Target
from planlib.verify.bounds import exact, rounded

ENDS = ("value", "low", "high")
AMOUNTS = ("numerator", "denominator", "assigned")
# Errors of a figure, where they are known (``planlib.verify.certainty``), and by what power of the
# number of parts that of their mean is less than that of their sum.
ERRORS = {
    "rounding": 2, "below": 2, "above": 2, "quiet": 0, "shift": 1, "wide": 2, "heavy": 2,
}  # fmt: skip
KNOWN = (State.measured, State.estimate)


Row = Mapping[Any, Any]


class Rows:
    """The rows that count of one area: of each goal, group, year and member the newest report's.

    ``rows`` are in the order of the files; ``as_of`` is a day number, None for every report.
    """

    def __init__(self, plan: Plan, rows: Iterable[Row], as_of: int | None) -> None:
        self._plan = plan
        members = {goal.id: members_of(goal) for goal in plan.goals}
        self._newest: dict[tuple[str, str, int, str], Row] = {}
        for row in rows:
            goal, year, day = str(row["goal"]), int(row["year"]), int(row["vintage"])
            if goal not in members or (as_of is not None and day > as_of):
                continue
            member = str(row.get("member", "")) if members[goal] else ""
            if members[goal] and member not in members[goal]:
                continue
            key = goal, str(row.get("group", "")), year, member
            held = self._newest.get(key)
            if held is None or day >= int(held["vintage"]):
                self._newest[key] = row

    def groups(self, goal: Goal) -> set[str]:
        """The groups of a goal that any row is about."""
        return {group for name, group, *_ in self._newest if name == goal.id and group}

    def reported(self, goal: Goal, year: int, member: str = "") -> Row | None:
        """The row that a report gave of the period itself."""
        return self._newest.get((goal.id, goal.group, year, member))

    def all_of(self, goal: Goal, year: int) -> list[Row]:
        """The rows of a year, one a member where the goal has members."""
        found = (self.row(goal, year, member) for member in members_of(goal) or [""])
        return [row for row in found if row is not None]

    def newest(self, goal: Goal, year: int) -> Row | None:
        """The row that speaks for the year: of several members the one reported last."""
        rows = self.all_of(goal, year)
        return max(rows, key=lambda row: int(row["vintage"])) if rows else None

    def row(self, goal: Goal, year: int, member: str = "") -> Row | None:
        """The row of a period, or of one member in it."""
        own, seen = self._plan.frequency_of(goal), frequency_of(year)
        found = self.reported(goal, year, member)
        if seen is own:
            return self._single(goal, year, member, found) if own is not Frequency.year else found
        if seen.in_year > own.in_year:
            whole = self._plan.calendar.within(year, own)
            ends = self._plan.calendar.end(whole) == self._plan.calendar.end(year)
            return self.reported(goal, whole, member) if ends else None
        if _says(found) or goal.made_up_by is None:
            return found
        parts = [self.row(goal, one, member) for one in self._plan.calendar.parts(year, own)]
        made = combined(parts, goal.made_up_by)
        return found if made is None else made

    def _single(self, goal: Goal, year: int, member: str, found: Row | None) -> Row | None:
        """The row of a single period; before the term a year's stands where the year ends."""
        calendar = self._plan.calendar
        whole = calendar.within(year, Frequency.year)
        first = calendar.parts(whole, frequency_of(year))[0]
        if goal.year_to_date and found is not None and year != first:
            before = self.reported(goal, year - 1, member)
            found = {**found, **{name: number(found, name) - number(before, name)
                                 for name in (*ENDS, *AMOUNTS)}}  # fmt: skip
            if "quiet" in found:
                signs = {name: -1 if name == "shift" else 1 for name in ERRORS}
                found |= {name: number(found, name) + sign * number(before, name)
                          for name, sign in signs.items()}  # fmt: skip
        earlier = whole < self._plan.header.term.first and calendar.is_last(year)
        if earlier and goal.made_up_by not in {None, MakeUp.sum}:
            stated = self.reported(goal, whole, member)
            return stated if _says(stated) and not _says(found) else found
        return found

    def so_far(self, goal: Goal, year: int) -> Row | None:
        """The row of a year up to the end of one of its periods."""
        calendar = self._plan.calendar
        whole = calendar.within(year, Frequency.year)
        stated = self.reported(goal, whole) if calendar.is_last(year) else None
        if _says(stated):
            return stated
        if goal.year_to_date or goal.made_up_by in {None, MakeUp.last}:
            made = self.reported(goal, year)
        else:
            parts = calendar.parts(whole, frequency_of(year))
            past = [self.reported(goal, one) for one in parts if one <= year]
            made = combined(past, goal.made_up_by)
        return stated if made is None else made

    def held(self, goal: Goal, target: Target, year: int) -> Row | None:
        """The row a target is held against in a period: of a year so far, or of the period."""
        shorter = frequency_of(year) is not Frequency.year
        if shorter and (target.cumulative or target.cadence is Cadence.every_year):
            return self.so_far(goal, year)
        return self.row(goal, year)

    def before(self, target: Target, year: int) -> int:
        """The period that a change is counted from: of a year so far, as far in the year before."""
        of_year = target.cadence is Cadence.every_year
        return year - (frequency_of(year).in_year if of_year else 1)

    def newest_of(self, goal: Goal, target: Target, year: int) -> Row | None:
        """The row that speaks for a period under a target."""
        return self.newest(goal, year) if members_of(goal) else self.held(goal, target, year)


def members_of(goal: Goal) -> list[str]:
    """The members any target of the goal names, in the order of the plan."""
    return list(dict.fromkeys(m.id for target in goal.all_targets() for m in target.members))


def number(row: Row | None, name: str) -> float:
    """A number of a row; NaN where it has none."""
    return float(row.get(name, nan)) if row is not None else nan


def _says(row: Row | None) -> bool:
    return row is not None and int(row["state"]) != State.missing


def combined(parts: Sequence[Row | None], how: MakeUp | None) -> Row | None:
    """The row that parts make up, or None where none of them has one."""
    if how is MakeUp.last:
        return parts[-1]
    there = [row for row in parts if row is not None]
    if not there or how is None:
        return None
    states = [State.missing if row is None else State(int(row["state"])) for row in parts]
    idle = [state is State.not_applicable for state in states]
    known = any(state in KNOWN for state in states) and all(
        state in KNOWN or none for state, none in zip(states, idle, strict=True)
    )
    made: dict[Any, Any] = dict(parts[-1] or there[-1])
    counted = [row for row, none in zip(parts, idle, strict=True) if not none]
    quota = any(not isnan(number(row, "assigned")) for row in there)
    for name in (*ENDS, *AMOUNTS):
        adds_up = how is not MakeUp.ratio or name in AMOUNTS or quota
        made[name] = _made(counted, name, how) if known and adds_up else nan
    for name, power in ERRORS.items() if any("quiet" in row for row in there) else ():
        divisor = 1.0 if how is MakeUp.sum else float(max(len(counted), 1) ** power)
        made[name] = sum(number(row, name) for row in counted) / divisor if known else nan
    if parts[-1] is None:  # what was published of an earlier part is not of the whole
        made["published_verdict"] = ""
    made["state"] = int(_state(states, known=known))
    made["vintage"] = max(int(row["vintage"]) for row in there)
    return made


def _made(rows: Sequence[Row | None], name: str, how: MakeUp) -> float:
    numbers = [number(row, name) for row in rows]
    if any(isnan(one) for one in numbers):
        return nan
    total = sum((exact(one) for one in numbers), Fraction(0))
    return rounded(total / len(numbers) if how is MakeUp.mean else total)


def _state(states: Sequence[State], *, known: bool) -> State:
    if all(state is State.not_applicable for state in states):
        return State.not_applicable
    if known:
        return State.estimate if State.estimate in states else State.measured
    for word in (State.suppressed, State.not_due):
        if word in states:
            return word
    return State.missing
