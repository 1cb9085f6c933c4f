"""Areas by goals: the verdict of every goal in every area of a plan, in one year.

A browser holds ten thousand cells well and a million not at all, so of very many areas the first are
shown, and how many more there are is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planlib.language.text import Text
from planlib.report.site.folder import PeriodColumn, read_summary
from planlib.scoring.verdict import Verdict
from planlib.storage.store import Store

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


def area_matrix(store: Store, folders: Sequence[str], at: int) -> AreaMatrix | None:
    """The areas in these folders, in their order, by the goals of their plan, in a column.

    None without any goal. Raises OSError.
    """
    rows: list[MatrixRow] = []
    goals: tuple[tuple[str, Text], ...] = ()
    column = None
    most = MOST_AREAS
    for folder in folders:
        if len(rows) == most:
            break
        plan, _, area = folder.partition("/")
        summary = read_summary(store, plan, area)
        if summary is None or not summary.rows:
            continue
        goals, column = tuple((row.goal, row.name) for row in summary.rows), summary.columns[at]
        most = most_areas(len(goals))
        found = tuple(Verdict[row.verdicts[at]] for row in summary.rows)
        rows.append(MatrixRow(folder, summary.area_name, found))
    if column is None:
        return None
    return AreaMatrix(column, goals, tuple(rows), len(folders) - len(rows))


def most_areas(goals: int) -> int:
    """How many areas there is room for beside so many goals: one at least.

    >>> most_areas(10), most_areas(100), most_areas(50_000)
    (200, 100, 1)
    """
    return max(1, min(MOST_AREAS, MOST_CELLS // max(goals, 1)))
