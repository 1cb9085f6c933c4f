"""Areas by goals: the verdict of every goal in every area of a plan, in one year.

A browser holds ten thousand cells well and a million not at all, so of very many areas the first are
shown, and how many more there are is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planlib.language.text import Text
from planlib.report.site.area_results import AreaResults, codes_of
from planlib.report.site.folder import PeriodColumn
from planlib.scoring.verdict import Verdict

MOST_AREAS, MOST_CELLS = 200, 10_000


@dataclass(frozen=True)
class MatrixRow:
    """One area: where its pages stand below the reports, its name, a verdict for each goal."""

    folder: str
    name: Text
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True)
class AreaMatrix:
    """The verdicts of one column of the index; ``left_out`` are the areas there is no room for."""

    column: PeriodColumn
    goals: tuple[tuple[str, Text], ...]
    rows: tuple[MatrixRow, ...]
    left_out: int


def area_matrix(some: Sequence[AreaResults], at: int) -> AreaMatrix | None:
    """Areas, in their order, by the goals of their plan, in a column; None without any goal."""
    head = some[0].head
    with_goals = [one for one in some if one.head.goals]
    shown = with_goals[: most_areas(len(with_goals[0].head.goals) if with_goals else 0)]
    if not shown:
        return None
    goals, column = shown[-1].head.goals, head.columns[at]
    rows = tuple(
        MatrixRow(one.folder, Text(one.name), tuple(map(Verdict, codes_of([one])[0, at].tolist())))
        for one in shown
    )
    return AreaMatrix(
        column, tuple((goal, name) for goal, name, _ in goals), rows, len(some) - len(rows)
    )


def most_areas(goals: int) -> int:
    """How many areas there is room for beside so many goals: one at least.

    >>> most_areas(10), most_areas(100), most_areas(50_000)
    (200, 100, 1)
    """
    return max(1, min(MOST_AREAS, MOST_CELLS // max(goals, 1)))
