"""What earlier reports teach of later ones: how often figures are revised, by how much, which way.

A lesson is a figure that was reported and reported again: the last report less the earlier one. Of
every goal four things are learned: the **chance** that a figure is still revised, the mean **size**
of revisions, their **shift**, and how much of them is in long **tails**, first from all its
lessons, then from those of figures that were as old (days from the end of the period to the report:
under one year, two, five, or more). What few lessons say is held to what was known before: of the
age to the goal, of the goal to other goals measured alike (percentages in points, anything else in
percent of the figure). With ``n`` lessons, ``k`` of them revised by ``r``, and ``before`` what was
known::

    chance = (k + 10 before) / (n + 10)
    shift  = (k median(r) + 50 before) / (k + 50)
    size   = (sum |r - shift| + 10 before) / (k + 10)
    tail   = (k seen + 10 before) / (k + 10)

Of other goals the mean chance and the median size are taken, with no shift, where three or more
were revised. Without them a goal stands alone: ``chance = (k + 1/2) / (n + 1)``, ``size`` the mean
of its own; and where it was never revised, nothing is learned. Revisions of a size follow a mixture
of a normal distribution and Student's t with two degrees of freedom, which is ``tail`` of it. What
is seen of that lies in the middle of revisions against their mean: √(2/3) / √2 = 0.577 of it in t,
0.845 in a normal distribution. Before anything is seen it is a half.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from planlib.figures.observations import UNDATED, WHAT_IF, State
from planlib.plan.brief import Brief
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import PERCENT_BASES, Basis
from planlib.scoring.arithmetic import percent
from planlib.scoring.certainty.layout import (
    WIDTH,
    Bools,
    Floats,
    Ints,
    ReportLayout,
    laid_out,
)

AGES = (365, 730, 1826)  # days from the end of a period to its report: the ends of the classes
UNKNOWN_AGE = len(AGES) + 1
HELD, HELD_SHIFT = 10.0, 50.0  # lessons that what was known before weighs as much as
TAIL = 0.5
MIDDLE_OF_T, MIDDLE_OF_NORMAL = 0.5773502691896258, 0.8453475393951495  # median over mean size
LEAST_GOALS = 3
SAME = 1e-9  # of a figure: less than that is no revision
_POINTS = frozenset({Basis.share, Basis.quota, Basis.growth})
_PARTS = {Basis.share: 1, Basis.growth: 1, Basis.quota: 2}


class Habit(NamedTuple):
    """How figures are revised: how often, which way, by how much, and how unevenly."""

    chance: float
    shift: float
    size: float
    tail: float


NOTHING = Habit(nan, nan, nan, nan)


@dataclass(frozen=True, repr=False)
class RevisionHabits(Brief):
    """What is known of one goal: its habits by age (the last where that is unknown), and from what.

    ``reports`` counts its lessons, ``revised`` those of them that were no repetition; ``decimals``
    is how many most of its figures have. ``points`` says whether revisions are in the figure's own
    unit, else they are shares of it.
    """

    points: bool
    decimals: int
    reports: int = 0
    revised: int = 0
    habits: tuple[Habit, ...] = (NOTHING,) * (UNKNOWN_AGE + 1)


Lessons = Mapping[str, RevisionHabits]


def learn(
    plan: Plan, frame: pd.DataFrame, as_of: int | None = None, *,
    layout: ReportLayout | None = None, visible: Bools | None = None,
) -> dict[str, RevisionHabits]:  # fmt: skip
    """What the reports known on a day teach of every goal of a plan that is told in numbers.

    ``frame`` are figures as observations hold them; no report after ``as_of`` is looked at, and
    nothing that was only supposed. Who asks for several days gives the ``layout`` of the frame, and
    the rows that are ``visible``, if not all.
    """
    layout = laid_out(frame) if layout is None else layout
    known = np.ones(len(frame), bool) if visible is None else visible
    if as_of is not None:
        known = known & (frame["vintage"].to_numpy() <= as_of)
    if "file" in frame and WHAT_IF in frame["file"].cat.categories:
        known = known & (frame["file"] != WHAT_IF).to_numpy()
    goals = numbered(plan)
    names = list(map(str, frame["goal"].cat.categories))
    decimals = _decimals_of(layout.printed[known & (layout.printed >= 0)], len(names))
    lessons = _lessons(plan, frame, layout, known[layout.again])
    told = {
        name: RevisionHabits(
            told_in_points(goal), int(decimals[names.index(name)]) if name in names else 0
        )
        for name, goal in goals.items()
    }
    pools = {points: _pool(lessons, told, points=points) for points in (True, False)}
    return {name: _learned(one, lessons.get(name), pools[one.points]) for name, one in told.items()}


def numbered(plan: Plan) -> dict[str, Goal]:
    """The goals whose figures are numbers, and no yes or no."""
    return {g.id: g for g in plan.goals if g.main_target().kind.figure == "number"}


def told_in_points(goal: Goal) -> bool:
    """Whether the figures of a goal are percentages, whose revisions are told in points."""
    basis = goal.main_target().basis
    return basis in _POINTS or (goal.unit == "%" and basis not in PERCENT_BASES)


def age_class(days: Ints) -> Ints:
    """Which class of age figures are of, by days from the end of their period to the report.

    >>> age_class(np.array([-30, 364, 365, 800, 5000])).tolist()
    [0, 0, 1, 2, 3]
    """
    return np.asarray(np.searchsorted(np.asarray(AGES), days, side="right"), np.int64)


def ages(plan: Plan, frame: pd.DataFrame) -> Ints:
    """The class of age of every figure."""
    codes, place = np.unique(frame["year"].to_numpy(), return_inverse=True)
    ends = np.array([plan.calendar.end(int(code)) for code in codes], np.int64)
    vintage = frame["vintage"].to_numpy().astype(np.int64)
    days = vintage - (ends[place] if len(codes) else vintage)
    return np.asarray(np.where(vintage == UNDATED, UNKNOWN_AGE, age_class(days)), np.int64)


def period_figures(plan: Plan, frame: pd.DataFrame) -> Floats:
    """The figure of every row as a target is held against it: a share of its counts, or the value.

    NaN where there is none, or where it is no number.
    """
    kinds = {g.id: _PARTS.get(g.main_target().basis, 0) for g in numbered(plan).values()}
    of_goal = np.array([kinds.get(str(c), -1) for c in frame["goal"].cat.categories] or [-1])
    kind = of_goal[frame["goal"].cat.codes.to_numpy()] if len(frame) else np.empty(0, np.int64)
    value = np.where(kind < 0, np.nan, frame["value"].to_numpy(float))
    for number, above, below in ((1, "numerator", "denominator"), (2, "value", "assigned")):
        if not (kind == number).any():
            continue
        part, whole = frame[above].to_numpy(float), frame[below].to_numpy(float)
        made = np.where(whole > 0, percent(part, whole), np.nan)
        given = ~np.isnan(part) & ~np.isnan(whole)
        value = np.where((kind == number) & (given | (number == 2)), made, value)
    return np.where(np.isfinite(value), value, np.nan)


def _decimals_of(printed: npt.NDArray[np.int32], goals: int) -> Ints:
    """The decimals that half of a goal's figures have, or more: 10 among 9.3 and 9.8 is 10.0."""
    counts = np.bincount(printed, minlength=goals * WIDTH).reshape(goals, WIDTH)
    at_least = counts[:, ::-1].cumsum(axis=1)[:, ::-1]
    enough = 2 * at_least >= np.maximum(counts.sum(axis=1, keepdims=True), 1)
    return np.asarray(WIDTH - 1 - np.argmax(enough[:, ::-1], axis=1), np.int64)


@dataclass(frozen=True)
class _Goal:
    """The lessons of one goal: the revision of each, and how old the earlier figure was."""

    revisions: Floats
    ages: Ints


def _lessons(
    plan: Plan, frame: pd.DataFrame, layout: ReportLayout, known: Bools
) -> dict[str, _Goal]:
    """The lessons of every goal; ``known`` says which of the rows in the layout's order are."""
    frame, cell = frame.take(layout.again[known]), layout.cell[known]
    names = list(map(str, frame["goal"].cat.categories))
    vintage = frame["vintage"].to_numpy().astype(np.int64)
    series = frame["goal"].cat.codes.to_numpy()
    figures = period_figures(plan, frame)
    rows = np.flatnonzero(~np.isnan(figures) & (frame["state"].to_numpy() <= State.estimate))
    cell = cell[rows]
    if not len(rows):
        return {}
    first = np.flatnonzero(np.append(True, cell[1:] != cell[:-1]))
    last = np.repeat(np.append(first[1:], len(cell)) - 1, np.diff(np.append(first, len(cell))))
    final = rows[last]
    earlier = vintage[rows] < vintage[final]
    rows, final = rows[earlier], final[earlier]
    was, now = figures[rows], figures[final]
    goals = numbered(plan)
    points = np.array([name in goals and told_in_points(goals[name]) for name in names])
    in_points = points[series[rows]]
    usable = in_points | (was != 0)
    moved = np.where(np.abs(now - was) <= SAME * np.maximum(np.abs(now), np.abs(was)), 0, now - was)
    with np.errstate(divide="ignore", invalid="ignore"):
        revision = np.where(in_points, moved, moved / np.abs(was))
    age = ages(plan, frame.take(rows))
    found = {}
    for code in np.unique(series[rows]):
        mine = usable & (series[rows] == code)
        if mine.any():
            found[names[code]] = _Goal(revision[mine], age[mine])
    return found


def _pool(lessons: Mapping[str, _Goal], known: Lessons, *, points: bool) -> Habit | None:
    """What goals measured alike have in common; None where too few were ever revised."""
    mine = [one.revisions for name, one in lessons.items() if known[name].points == points]
    sizes = [float(np.abs(r[r != 0]).mean()) for r in mine if (r != 0).any()]
    if len(sizes) < LEAST_GOALS:
        return None
    chance = float(np.mean([(r != 0).mean() for r in mine]))
    return Habit(chance, 0.0, float(np.median(sizes)), TAIL)


def _learned(one: RevisionHabits, lessons: _Goal | None, pool: Habit | None) -> RevisionHabits:
    if lessons is None:
        habits = (pool or NOTHING,) * (UNKNOWN_AGE + 1)
        return RevisionHabits(one.points, one.decimals, habits=habits)
    revisions, whole = lessons.revisions, _held_to(lessons.revisions, pool)
    habits = (NOTHING,) * (UNKNOWN_AGE + 1)
    if not np.isnan(whole.chance):
        by_age = (revisions[lessons.ages == age] for age in range(UNKNOWN_AGE))
        habits = (*(_held_to(some, whole) for some in by_age), whole)
    revised = int((revisions != 0).sum())
    return RevisionHabits(one.points, one.decimals, len(revisions), revised, habits)


def _held_to(revisions: Floats, before: Habit | None) -> Habit:
    """What some lessons say, held to what was known before.

    Four of twenty figures revised by 1, 1, 2 and 4, none before: chance 4.5 / 21, shift 4 · 1.5 /
    54 = 0.1111, size (0.8889 + 0.8889 + 1.8889 + 3.8889) / 4 = 1.8889. The middle size 1.3889 is
    0.7353 of that: (0.8453 − 0.7353) / (0.8453 − 0.5774) = 0.4108 of t, with a half before 0.4745.

    >>> habit = _held_to(np.array([1.0, 1.0, 2.0, 4.0] + [0.0] * 16), None)
    >>> [round(number, 4) for number in habit]
    [0.2143, 0.1111, 1.8889, 0.4745]
    """
    revised = revisions[revisions != 0]
    count, of = len(revisions), len(revised)
    if not of:
        if before is None:
            return NOTHING
        return before._replace(chance=HELD * before.chance / (count + HELD))
    shift, tail = (0.0, TAIL) if before is None else (before.shift, before.tail)
    shift = (of * float(np.median(revised)) + HELD_SHIFT * shift) / (of + HELD_SHIFT)
    sizes = np.abs(revised - shift)
    mean, middle = float(sizes.mean()), float(np.median(sizes))
    seen = (MIDDLE_OF_NORMAL - middle / mean) / (MIDDLE_OF_NORMAL - MIDDLE_OF_T)
    tail = (of * min(max(seen, 0.0), 1.0) + HELD * tail) / (of + HELD)
    if before is None:
        return Habit((of + 0.5) / (count + 1), shift, mean, tail)
    chance = (of + HELD * before.chance) / (count + HELD)
    return Habit(chance, shift, (of * mean + HELD * before.size) / (of + HELD), tail)
