"""The period whose figure speaks for one that has none: looked for period by period."""

from __future__ import annotations

from collections.abc import Callable

from planlib.figures.observations import State
from planlib.plan.goal import Goal
from planlib.verify.periods.rows import Rows
from planlib.verify.targets.interval import Figure

DONE = 1.0
EARLIER_YEARS = 10  # before the term, of which figures may be
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
        if found.silent or _reported(rows, goal, at):
            return year
    return year


def done_before(
    rows: Rows, goal: Goal, year: int, longest: int, figure: Callable[[int], Figure]
) -> int:
    """The period itself, or the newest before it of which a report says that it was done.

    ``longest`` is how far back a report may lie.
    """
    for back in range(longest + 1):
        found = figure(year - back)
        if found.known:
            return year - back if found.low == DONE else year
        if found.suppressed or found.silent or _reported(rows, goal, year - back):
            return year
    return year


def _reported(rows: Rows, goal: Goal, at: int) -> bool:
    return any(int(row["state"]) in REPORTED for row in rows.all_of(goal, at))
