"""Which figures of other goals and areas the verdicts of some areas are held against."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt
import pandas as pd

from planlib.figures.observations import Observations, State
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import Target
from planlib.plan.verdicts import Verdict

Places = npt.NDArray[np.int64]
REPORTED = (State.measured, State.estimate)
EVERY = None  # all areas there are


def compared_areas(plan: Plan, *, ranked: bool = True) -> dict[str, frozenset[str] | None]:
    """For each goal that areas are compared in, the areas whose figures are needed everywhere.

    None stands for all. ``ranked`` says whether those that are ranked are needed too.
    """
    found: dict[str, frozenset[str] | None] = {}

    def add(goal: str, areas: frozenset[str] | None) -> None:
        held = found.get(goal, frozenset())
        found[goal] = None if areas is None or held is None else held | areas

    for goal in plan.goals:
        for target in goal.all_targets():
            if target.to is not None and target.to.area is not None:
                add(plan.goal(target.to.goal or goal.id).id, frozenset({target.to.area}))
            if ranked and target.among is not None:
                add(goal.id, frozenset(target.of) or EVERY)
    return found


def figures_about(
    plan: Plan, figures: Observations, areas: Collection[str], *, ranked: bool = True
) -> Observations:
    """The rows of some areas, and those of others that theirs are held against."""
    rows = rows_about(plan, figures, areas, ranked=ranked)
    if len(rows) == len(figures.frame):
        return figures
    return Observations(figures.frame.take(rows).reset_index(drop=True), figures.public)


def rows_about(
    plan: Plan, figures: Observations, areas: Collection[str], *, ranked: bool = True
) -> Places:
    """The places of those rows, in their order."""
    rows = figures.rows_of(areas)
    for goal, others in compared_areas(plan, ranked=ranked).items():
        if others is None:
            more = np.flatnonzero(figures.frame["goal"] == goal)
        else:
            more = figures.rows_of(others)
            more = more[(figures.frame["goal"].take(more) == goal).to_numpy()]
        rows = np.union1d(rows, more)
    return rows


def why_none(goal: Goal, target: Target | None, verdict: Verdict, state: int, area: str) -> str:
    """Why a figure that was reported is held against no other; empty where it is, or was not."""
    if target is None or not target.kind.of_others or state not in REPORTED:
        return ""
    ranked = target.among is not None
    if verdict is Verdict.suppressed:
        return "rank_withheld" if ranked else "other_withheld"
    if verdict is Verdict.no_data:
        return "too_few_ranked" if ranked else "other_missing"
    if verdict is not Verdict.not_applicable:
        return ""
    if ranked:
        return "not_ranked"
    to = target.to
    same = to is not None and to.goal in {None, goal.id} and to.group in {None, goal.group}
    return "itself" if same and to is not None and to.area in {None, area} else "no_comparison"


def of_area_alone(figures: Observations, area: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of an area, and all others."""
    mine = figures.frame["area"] == area
    return figures.frame[mine].reset_index(drop=True), figures.frame[~mine]


def held_against(plan: Plan, goals: Collection[str]) -> set[str]:
    """Some goals, and those whose targets are held against them."""
    return set(goals) | {
        goal.id
        for goal in plan.goals
        for target in goal.all_targets()
        if target.to is not None
        and target.to.goal is not None
        and plan.goal(target.to.goal).id in goals
    }
