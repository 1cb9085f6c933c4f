"""How sure the verdicts of one target are: its errors, its outcomes and its time put together."""

from __future__ import annotations

import numpy as np

from planlib.plan.goal import Goal
from planlib.plan.target import Target
from planlib.scoring.arithmetic import Floats
from planlib.scoring.certainty.chances import chances, outcomes
from planlib.scoring.certainty.spread import spread_of
from planlib.scoring.panel import Panel
from planlib.scoring.time.timing import Timing
from planlib.scoring.verdict import Codes


def certainty_of(
    panel: Panel, goal: Goal, target: Target, ends: tuple[Floats, Floats], verdict: Codes,
    time: Timing,
) -> tuple[Floats, Codes]:  # fmt: skip
    """The chances of each verdict of the figures between two ends, and which errors are known."""
    tolerance = panel.plan.tolerance_of(goal, target)
    ceiling = time.running and target.better == "lower"
    answers = outcomes(target, goal.limits_of(target), tolerance, total=time.total, ceiling=ceiling)
    up = np.broadcast_to(time.up, verdict.shape)
    with np.errstate(all="ignore"):  # where there is no figure there is no error: NaN
        at = spread_of(panel, goal, target).changed(lambda array: array[:, time.columns])
        return chances(*ends, at, answers, verdict, up)
