"""Scores with certainty of small plans, and large samples made up to try it on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from planlib.figures.observations import Observations, State, vintage_day
from planlib.plan.plan import Plan
from planlib.scoring.certainty.errors import error_columns
from planlib.scoring.certainty.lessons import learn
from planlib.scoring.goal_arrays import GoalScores
from planlib.scoring.panel import Panel
from planlib.scoring.time.along import score_goal, score_goal_term
from planlib.scoring.verdict import JUDGED, REACHED


def scored(
    plan: Plan, figures: Observations, *, goal: str = "g", years: tuple[int, ...] | None = None,
    as_of: str | None = None, term: bool = False,
) -> GoalScores:  # fmt: skip
    """The verdicts of a goal with how sure they are."""
    day = None if as_of is None else vintage_day(as_of)
    plan = plan.in_force(day)
    panel = Panel(plan, figures, as_of=day)
    panel = panel.with_errors(error_columns(plan, figures.frame, learn(plan, figures.frame, day)))
    if term:
        return score_goal_term(panel, plan.goal(goal), plan.years[-1], day)
    return score_goal(panel, plan.goal(goal), years or plan.years, day)


def many(**columns: Any) -> Observations:
    """Figures of many areas at once, every column an array or one thing for all rows."""
    size = max(len(column) for column in columns.values() if isinstance(column, np.ndarray))
    table = {"goal": "g", "state": int(State.measured), "vintage": "", "year": 2012} | columns
    frame = pd.DataFrame({name: np.broadcast_to(value, size) for name, value in table.items()})
    frame["vintage"] = [vintage_day(text) for text in frame["vintage"]]
    for name in ("area", "goal"):
        frame[name] = pd.Categorical(frame[name].astype(str))
    return Observations(frame)


def areas(count: int) -> Any:
    return np.array([f"a{i:06d}" for i in range(count)])


def held(verdicts: Any, final: Any, *, single: bool = True) -> Any:
    """Whether verdicts are those of the final figures; "met" by one number is by better ones too."""
    better = np.isin(verdicts, REACHED[1:]) & np.isin(final, REACHED) & single
    return (verdicts == final) | better


def in_bin(
    certainty: Any, kept: Any, low: float = 0.875, high: float = 0.925
) -> tuple[int, float, float]:
    """How many verdicts were called so sure, how sure on average, and how many of them held."""
    mine = (certainty >= low) & (certainty < high)
    return int(mine.sum()), float(certainty[mine].mean()), float(np.asarray(kept)[mine].mean())


def judged(scores: GoalScores) -> Any:
    """The verdicts of one period, where there is one."""
    codes = scores.verdict[:, 0]
    assert np.isin(codes, JUDGED).all()
    return codes
