"""Goals whose areas have targets of their own: areas whose targets differ by no more than their
numbers are scored together, against an array of numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from planlib.figures.observations import State
from planlib.plan.goal import Goal
from planlib.plan.target import Target
from planlib.plan.targets.own import ANY, OwnTarget, Told
from planlib.scoring.figure_arrays import GoalFigures
from planlib.scoring.goal_arrays import GoalScores
from planlib.scoring.panel import Panel
from planlib.scoring.verdict import Verdict

Places = npt.NDArray[np.int64]
Score = Callable[[Panel, Goal, Places | None], GoalScores]
_BESIDES = frozenset({"words", "source", "note", "evidence"})  # what a target says besides
NUMBERS = ("value", "low", "high")
_KEPT = tuple(name for name in Target.model_fields if name not in {*_BESIDES, "members", *NUMBERS})
_UNSAID = _BESIDES | {"area"}
Numbers = tuple[float | None, ...]


@dataclass
class _Part:
    """Areas whose targets differ by their numbers at most: one of them, their places and numbers."""

    goal: Goal
    places: list[int] = field(default_factory=list)
    numbers: list[Numbers] = field(default_factory=list)

    def together(self) -> Goal:
        """The goal of all of them: a number that differs is an array, one row an area."""
        columns = [list(column) for column in zip(*self.numbers, strict=True)]
        arrays = [None if len(set(one)) == 1 else np.array(one)[:, None] for one in columns]
        if all(array is None for array in arrays):
            return self.goal
        held = [
            _with(target, dict(zip(NUMBERS, arrays[at * 3 : at * 3 + 3], strict=True)))
            for at, target in enumerate(_held(self.goal))
        ]
        start = _with(self.goal.baseline, {"value": arrays[-1]})
        changed = {"target": held[0], "term_target": held[1], "yearly": tuple(held[2:])}
        return self.goal.altered({**changed, "baseline": start})


def _with(part: Any, arrays: dict[str, Any]) -> Any:
    changed = {name: array for name, array in arrays.items() if array is not None}
    return part.model_copy(update=changed) if changed else part


def in_parts(panel: Panel, goal: Goal, score: Score) -> GoalScores:
    """Score each part of the areas with the goal as it stands there, and put them together.

    ``score`` is told the places of a part among the areas, None for all of them.
    """
    if not goal.differs_by_area:
        return score(panel, goal, None)
    parts: dict[Any, _Part] = {}
    for place, (shape, numbers) in enumerate(_areas(panel, goal)):
        part = parts.setdefault(shape.key, _Part(shape.goal))
        part.places.append(place)
        part.numbers.append(numbers)
    if len(parts) == 1:
        return score(panel, next(iter(parts.values())).together(), None)
    result: GoalScores | None = None
    for part in parts.values():
        places = np.array(part.places, np.int64)
        one = score(panel.part(places), part.together(), places)
        if result is None:
            result = GoalScores.empty(
                len(panel.areas), one.verdict.shape[1], certainty=panel.with_certainty
            )
        for column in fields(one):
            getattr(result, column.name)[places] = getattr(one, column.name)
    return GoalScores.empty(0, 0) if result is None else result


@dataclass(frozen=True)
class _Shape:
    """A goal as it stands in areas whose own targets differ by their numbers at most.

    ``slots`` says which of its numbers an own target tells: (its place, which own target, the field).
    """

    goal: Goal
    key: tuple[Any, ...]
    numbers: Numbers
    slots: tuple[tuple[int, int, str], ...]

    @classmethod
    def of(cls, goal: Goal, area: str, own: tuple[OwnTarget, ...]) -> _Shape:
        """The shape of one of its areas, with the own targets it has."""
        told: Told = {}
        made = goal.own_targets.placed(area if own else ANY, goal.group, told)
        which = {id(one): at for at, one in enumerate(own)}
        held = (made["target"], made["term_target"], *made["yearly"])
        by = [told[id(one)][1] if id(one) in told else {} for one in held]
        slots = [
            (at * len(NUMBERS) + column, which[id(tells[name])], name)
            for at, tells in enumerate(by)
            for column, name in enumerate(NUMBERS)
            if id(tells.get(name)) in which
        ]
        here = goal.in_area(area)
        numbers = _numbers(here)
        starts = [at for at, one in enumerate(own) if one.baseline is here.baseline is not None]
        slots += [(len(numbers) - 1, at, "baseline") for at in starts]
        return cls(here, _judged_by(here), numbers, tuple(slots))

    def numbers_of(self, own: tuple[OwnTarget, ...]) -> Numbers:
        """The numbers that hold in another area of the shape."""
        numbers = [*self.numbers]
        for at, which, name in self.slots:
            told = getattr(own[which], name)
            numbers[at] = told.value if name == "baseline" else told
        return tuple(numbers)


def _areas(panel: Panel, goal: Goal) -> Iterator[tuple[_Shape, Numbers]]:
    """For each area what it has in common with others, and the numbers of its targets."""
    shapes: dict[tuple[Any, ...], _Shape] = {}
    said, group = goal.own_targets, goal.group
    for area in panel.areas:
        own = said.of(area, group)
        key = tuple(map(_says, own))
        shape = shapes.get(key)
        if shape is None:
            shape = shapes[key] = _Shape.of(goal, area, own)
        yield shape, shape.numbers_of(own)


def _says(own: OwnTarget) -> tuple[Any, ...]:
    """Everything of an own target that a verdict is made from, but its numbers."""
    told, names = own.__dict__, _judged_names(frozenset(own.model_fields_set))
    return names, *(_JUDGED[name](told[name]) for name in names)


@cache
def _judged_names(named: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(named - _UNSAID))


def _whether(number: float | None) -> bool:
    return number is not None


# What of a field a verdict is made from, besides the number it holds.
_JUDGED: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(OwnTarget.model_fields, lambda told: told),
    **dict.fromkeys(NUMBERS, _whether),
    "members": lambda members: tuple(member.id for member in members),
    "baseline": lambda start: start and start.year,
}


def _held(goal: Goal) -> tuple[Target | None, ...]:
    return goal.target, goal.term_target, *goal.yearly


def _judged_by(goal: Goal) -> tuple[Any, ...]:
    """Everything of a goal in an area that a verdict is made from, but its numbers."""
    base = None if goal.baseline is None else goal.baseline.year
    return goal.aimed, base, tuple(_said(one) for one in _held(goal))


def _said(target: Target | None) -> tuple[Any, ...] | None:
    if target is None:
        return None
    members = tuple(member.id for member in target.members)
    given = tuple(getattr(target, name) is not None for name in NUMBERS)
    kept = (getattr(target, name) for name in _KEPT)
    return *given, *kept, members, getattr(target, "year", None)


def _numbers(goal: Goal) -> Numbers:
    held = [getattr(one, name, None) for one in _held(goal) for name in NUMBERS]
    return *held, None if goal.baseline is None else goal.baseline.value


def without_target(
    result: GoalScores, column: int, panel: Panel, figures: GoalFigures, goal: Goal, year: int
) -> None:
    """A year for which no target was set: show the figure, judge nothing.

    The answers of members make no figure without a target that says what is asked of them.
    """
    value = figures.number("value")[:, panel.year_index(year)]
    withheld = (figures.state == State.suppressed)[:, panel.year_index(year)]
    if value.ndim > 1:
        value, withheld = np.full(len(value), np.nan), withheld.any(axis=-1)
    first = min((target.year for target in goal.yearly), default=year)
    ahead = np.isnan(value) & (year < first)
    result.value[:, column] = value
    verdict = np.where(ahead, Verdict.not_due, Verdict.not_applicable)
    result.verdict[:, column] = np.where(withheld, Verdict.suppressed, verdict)
