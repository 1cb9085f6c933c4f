"""The period whose figure speaks for one that has none: looked for period by period."""

from __future__ import annotations

from collections.abc import Callable

from planlib.figures.observations import State
from planlib.plan.goal import Goal
from planlib.verify.periods.rows import Rows
from planlib.verify.targets.interval import Figure

REPORTED = frozenset({State.measured, State.estimate})


def newest_in_reach(rows: Rows, goal: Goal, year: int, figure: Callable[[int], Figure]) -> int:
    """The period itself, or the nearest before it that has a figure or one that is withheld.

    Whatever a report says of a period ends the search: that there is no figure, or one of which
    nothing can be made.
    """
    for back in range((goal.latest_within or 0) + 1):
        at = year - back
        found = figure(at)
        if found.known or found.suppressed:
            return at
        said = any(int(row["state"]) in REPORTED for row in rows.all_of(goal, at))
        if said or found.silent:
            return year
    return year
