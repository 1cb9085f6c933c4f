"""Figures that should be there by a day and are not, with whom to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from planlib.evaluation.evaluation import Evaluation
from planlib.evaluation.resolved import TOGETHER
from planlib.evaluation.scores import AreaScores
from planlib.language.text import Text
from planlib.plan.brief import Brief
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import period
from planlib.plan.plan import Plan
from planlib.scoring.verdict import Verdict

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, repr=False)
class LateFigure(Brief):
    """A figure of an area and a period that is not there; ``due`` is the day number it was due on."""

    area: str
    goal: Goal
    period: int
    due: int
    lead: Text | None


@dataclass(frozen=True, repr=False)
class LatePlaces(Brief):
    """The same of many as numbers, one a figure: its goal and its area by their places among
    ``goals`` and ``areas``, its period and the day it was due on."""

    goals: tuple[Goal, ...]
    areas: tuple[str, ...]
    goal: Ints
    area: Ints
    period: Ints
    due: Ints


def late_figures(
    evaluation: Evaluation, day: int, areas: Sequence[str] | None = None
) -> tuple[LateFigure, ...]:
    """Every figure that was due before a day (a day number) and is in no report until then.

    A figure is due ``reported_within`` days after its period, the goal's own, has ended. It is asked
    for where a verdict needs it: not where the target does not apply, is not due yet, where
    another figure stands in or the area did not exist. In the order of the plan, of time, of areas.
    """
    found = late_places(evaluation, day, areas)
    leads = [evaluation.plan.lead_of(goal) for goal in found.goals]
    numbers = (one.tolist() for one in (found.goal, found.area, found.period, found.due))
    periods = {code: period(code) for code in np.unique(found.period).tolist()}
    return tuple(
        LateFigure(found.areas[area], found.goals[goal], periods[code], due, leads[goal])
        for goal, area, code, due in zip(*numbers, strict=True)
    )


def late_places(evaluation: Evaluation, day: int, areas: Sequence[str] | None = None) -> LatePlaces:
    """Those figures by their places, in the same order."""
    known = evaluation.as_known_on(day)
    plan, within = known.plan, known.plan.header.reported_within
    places = known.areas if areas is None else tuple(areas)
    found: list[tuple[Ints, ...]] = []
    for start in range(0, len(places), TOGETHER):
        some = places[start : start + TOGETHER]
        for number, goal in enumerate(plan.goals):
            view = known.along(plan.frequency_of(goal))
            own = view.plan.goal(goal.id)
            view.score(some)
            years = np.array(view.plan.years, np.int64)
            ends = np.array([plan.calendar.end(int(year)) for year in years], np.int64)
            missing = np.empty((len(some), len(years)), bool)
            for scores, rows, held in _held(view, some):
                missing[rows] = scores.yearly(own).verdict[held] == Verdict.no_data
            row, at = np.nonzero(missing & (ends + within < day))
            kept = _there(plan, some, ends)[row, at]
            row, at = row[kept], at[kept]
            found.append((np.full(len(row), number), start + row, years[at], ends[at] + within))
    none = np.empty(0, np.int64)
    each = [np.concatenate([none, *part]) for part in zip((none,) * 4, *found, strict=True)]
    order = np.lexsort((each[1], each[3], each[0]))
    return LatePlaces(plan.goals, tuple(places), *(one[order] for one in each))


def _held(
    view: Evaluation, areas: Sequence[str]
) -> Iterator[tuple[AreaScores, list[int], list[int]]]:
    """The scores of some areas: those of one block together, with their rows here and there."""
    blocks: dict[int, tuple[AreaScores, list[int], list[int]]] = {}
    for row, area in enumerate(areas):
        scores = view.scores(area)
        _, rows, held = blocks.setdefault(id(scores), (scores, [], []))
        rows.append(row)
        held.append(scores.place(area))
    yield from blocks.values()


def _there(plan: Plan, areas: Sequence[str], ends: Ints) -> Bools:
    """Whether each area was there in each period (areas × periods)."""
    years = [date.fromordinal(int(end)).year for end in ends]
    found = np.ones((len(areas), len(years)), bool)
    for row, area in enumerate(areas):
        place = plan.areas_by_id.get(area)
        if place is not None and (place.valid_from or place.valid_to):
            found[row] = [place.covers(year) for year in years]
    return found
