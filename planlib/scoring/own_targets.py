"""Goals whose areas have targets of their own: areas whose targets differ by no more than their
numbers are scored together, against an array of numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from planlib.figures.observations import State
from planlib.plan.goal import Goal
from planlib.plan.target import Target
from planlib.plan.targets.own import OwnTarget
from planlib.scoring.figure_arrays import GoalFigures
from planlib.scoring.goal_arrays import GoalScores
from planlib.scoring.panel import Panel
from planlib.scoring.verdict import Verdict

Places = npt.NDArray[np.int64]
Score = Callable[[Panel, Goal, Places | None], GoalScores]
UNJUDGED = frozenset(
    {"words", "source", "note", "members", "evidence"}
)  # what a target says besides
NUMBERS = ("value", "low", "high")
JUDGED = tuple(name for name in Target.model_fields if name not in UNJUDGED)
_KEPT = tuple(name for name in JUDGED if name not in NUMBERS)
_OWN = sorted(OwnTarget.model_fields.keys() - UNJUDGED - {"area", "baseline", *NUMBERS})
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
    for place, (key, here, numbers) in enumerate(_areas(panel, goal)):
        if key not in parts:
            parts[key] = _Part(here())
        parts[key].places.append(place)
        parts[key].numbers.append(numbers)
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


def _areas(panel: Panel, goal: Goal) -> Iterator[tuple[Any, Callable[[], Goal], Numbers]]:
    """For each area what its targets have in common with others, the goal there, and its numbers."""
    alone = _alone(goal)
    for area in panel.areas:
        own = alone.get(area)
        if own is None:
            here = goal.in_area(area)
            yield _judged_by(here), partial(goal.in_area, area), _numbers(here)
        else:  # the goal there need not be made to know what is said of it
            start = None if own.baseline is None else own.baseline.value
            numbers = (own.value, own.low, own.high, None, None, None, start)
            yield _says(own), partial(goal.in_area, area), numbers


def _alone(goal: Goal) -> dict[str, OwnTarget]:
    """The areas of which one own target says everything, for everybody and every period."""
    whole = [one for one in goal.targets if one.group is None]
    if any(one.area is None and one.period is not None for one in whole):
        return {}
    count = Counter(one.area for one in whole)
    return {one.area: one for one in whole if one.area and count[one.area] == 1 and not one.period}


def _says(own: OwnTarget) -> tuple[Any, ...]:
    """Everything of an own target that a verdict is made from, but its numbers."""
    members = tuple(member.id for member in own.members)
    start = None if own.baseline is None else own.baseline.year
    said = frozenset(own.model_fields_set - UNJUDGED)
    return said, *(getattr(own, name) for name in _OWN), members, start


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
    """A year for which no target was set: show the figure, judge nothing."""
    value = figures.number("value")[:, panel.year_index(year)]
    first = min((target.year for target in goal.yearly), default=year)
    ahead = np.isnan(value) & (year < first)
    result.value[:, column] = value
    verdict = np.where(ahead, Verdict.not_due, Verdict.not_applicable)
    withheld = (figures.state == State.suppressed)[:, panel.year_index(year)]
    result.verdict[:, column] = np.where(withheld, Verdict.suppressed, verdict)
