"""Verdicts under each reading of an ambiguous goal: would another reading change the answer?"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from planlib.plan.goal import Goal

# A scoring call with the readings and goals left open.
Score = Callable[[dict[str, str], list[Goal]], pd.DataFrame]


def verdicts_by_reading(goals: Iterable[Goal], score: Score) -> dict[str, dict[str, str]]:
    """For each ambiguous goal the verdict of every reading, in the order of the plan.

    ``score`` scores one area and one year, given the reading to use for each goal; it is called
    once for all first readings, once for all second ones, and so on.
    """
    ambiguous = [goal for goal in goals if goal.readings]
    result: dict[str, dict[str, str]] = {goal.id: {} for goal in ambiguous}
    for place in range(max((len(goal.readings) for goal in ambiguous), default=0)):
        asked = [goal for goal in ambiguous if place < len(goal.readings)]
        frame = score({goal.id: goal.readings[place].id for goal in asked}, asked)
        for goal, verdict in zip(asked, frame["verdict"], strict=True):
            result[goal.id][goal.readings[place].id] = str(verdict)
    return result
