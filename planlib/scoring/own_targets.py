"""Goals whose areas have targets of their own: areas held against the same are scored together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np
import numpy.typing as npt

from planlib.figures.observations import State
from planlib.plan.goal import Goal
from planlib.plan.target import Target
from planlib.scoring.figure_arrays import GoalFigures
from planlib.scoring.goal_arrays import GoalScores
from planlib.scoring.panel import Panel
from planlib.scoring.verdict import Verdict

Places = npt.NDArray[np.int64]
Score = Callable[[Panel, Goal, Places | None], GoalScores]
UNJUDGED = frozenset(
    {"words", "source", "note", "members", "evidence"}
)  # what a target says besides
JUDGED = tuple(name for name in Target.model_fields if name not in UNJUDGED)


def in_parts(panel: Panel, goal: Goal, score: Score) -> GoalScores:
    """Score each part of the areas with the goal as it stands there, and put them together.

    ``score`` is told the places of a part among the areas, None for all of them.
    """
    if not goal.differs_by_area:
        return score(panel, goal, None)
    parts: dict[Any, tuple[Goal, list[int]]] = {}
    for place, area in enumerate(panel.areas):
        here = goal.in_area(area)
        parts.setdefault(_judged_by(here), (here, []))[1].append(place)
    if len(parts) == 1:
        return score(panel, next(iter(parts.values()))[0], None)
    result: GoalScores | None = None
    for here, held in parts.values():
        places = np.array(held, np.int64)
        one = score(panel.part(places), here, places)
        if result is None:
            result = GoalScores.empty(
                len(panel.areas), one.verdict.shape[1], certainty=panel.with_certainty
            )
        for field in fields(one):
            getattr(result, field.name)[places] = getattr(one, field.name)
    return GoalScores.empty(0, 0) if result is None else result


def _judged_by(goal: Goal) -> tuple[Any, ...]:
    """Everything of a goal in an area that a verdict is made from."""
    start = goal.baseline
    base = None if start is None else (start.year, start.value)
    held = (goal.target, *goal.yearly, goal.term_target)
    return goal.aimed, base, tuple(_said(one) for one in held)


def _said(target: Target | None) -> tuple[Any, ...] | None:
    if target is None:
        return None
    members = tuple(member.id for member in target.members)
    return (*(getattr(target, name) for name in JUDGED), members, getattr(target, "year", None))


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
