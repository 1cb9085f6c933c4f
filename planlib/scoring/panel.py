"""Arranges observations as arrays of areas × years, one goal at a time, newest vintage counting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from planlib.figures.observations import EXCLUSIVE, NUMBER_COLUMNS, UNDATED, Observations
from planlib.plan.goal import Goal
from planlib.plan.groups.dimensions import in_order
from planlib.plan.plan import Plan

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
NO_ROW = -1


@dataclass(frozen=True)
class GoalFigures:
    """The figures of one goal; every array is areas × years, or areas × years × members.

    ``exclusive`` among the numbers tells by its bits which ends are not part of the figure: 1 the
    lower, 2 the upper. ``state`` is a code of ``State`` or −1 where there is no row, ``vintage`` a day number, ``row``
    the position in the observations or −1.
    """

    numbers: dict[str, Floats]
    state: npt.NDArray[np.int8]
    vintage: npt.NDArray[np.int32]
    row: npt.NDArray[np.int32]
    members: tuple[str, ...] = ()

    def number(self, name: str) -> Floats:
        """One of the number columns; unknown everywhere where no file has it."""
        found = self.numbers.get(name)
        return found if found is not None else np.full(self.state.shape, np.nan)

    def has(self, name: str) -> bool:
        """Whether any figure of the goal has this number."""
        return name in self.numbers and not bool(np.isnan(self.numbers[name]).all())


class Panel:
    """Observations laid out for scoring; cost grows in proportion to the rows.

    ``areas`` names the rows of every array; ``years`` its columns, from ten years before the term
    (where there are figures) to its last year.
    """

    def __init__(
        self,
        plan: Plan,
        observations: Observations,
        *,
        areas: Sequence[str] | None = None,
        as_of: int | None = None,
    ) -> None:
        frame = observations.frame
        self.plan = plan
        known = frame["area"].cat.categories
        self.areas: tuple[str, ...] = tuple(areas) if areas is not None else tuple(known)
        position = {area: index for index, area in enumerate(self.areas)}
        of_category = np.array([position.get(str(area), NO_ROW) for area in known], dtype=np.int64)
        codes = frame["area"].cat.codes.to_numpy()
        area = of_category[codes] if len(of_category) else np.empty(0, np.int64)
        year = frame["year"].to_numpy().astype(np.int64)
        first = min(int(year.min()), plan.figure_years[0]) if len(year) else plan.figure_years[0]
        self.years: tuple[int, ...] = tuple(range(first, plan.years[-1] + 1))
        keep = (area >= 0) & (year <= plan.years[-1])
        if as_of is not None:
            keep &= frame["vintage"].to_numpy() <= as_of
        rows = np.flatnonzero(keep) if not keep.all() else np.arange(len(frame))
        codes, names = _series(frame)
        codes = codes[rows]
        order = np.argsort(codes, kind="stable")
        self._rows = rows[order]
        ends = np.searchsorted(codes[order], np.arange(len(names) + 1))
        self._span = {name: (ends[i], ends[i + 1]) for i, name in enumerate(names)}
        self._cell = (area * len(self.years) + (year - first))[self._rows]
        self._frame = frame
        columns = {name: frame[name].to_numpy() for name in NUMBER_COLUMNS}
        self._columns = {n: c for n, c in columns.items() if n == "value" or not np.isnan(c).all()}
        if "exclusive" in frame:
            open_ends = frame["exclusive"].cat
            bits = np.array([EXCLUSIVE.index(str(text)) or np.nan for text in open_ends.categories])
            self._columns["exclusive"] = np.append(bits, np.nan)[open_ends.codes.to_numpy()]

    def year_index(self, year: int) -> int:
        """The column of a year."""
        return year - self.years[0]

    def groups(self, goal: Goal) -> tuple[str, ...]:
        """The groups a goal is followed for: those it names, and others it has figures of."""
        dimensions = self.plan.header.dimensions
        seen = (g for (name, g), (start, end) in self._span.items()
                if name == goal.id and g and end > start)  # fmt: skip
        return in_order([*self.plan.groups_of(goal), *seen], dimensions) if goal.by else ()

    def figures(self, goal: Goal) -> GoalFigures:
        """The newest figures of a goal, of everybody or of its group.

        Members are the third axis where the goal has them.
        """
        start, end = self._span.get((goal.id, goal.group), (0, 0))
        rows, cells = self._rows[start:end], self._cell[start:end]
        shape: tuple[int, ...] = (len(self.areas), len(self.years))
        members = list(dict.fromkeys(m.id for t in goal.all_targets() for m in t.members))
        if members:
            shape = (*shape, len(members))
            if "member" in self._frame:
                column = self._frame["member"].cat
                index = {member: i for i, member in enumerate(members)}
                of = np.array([index.get(str(c), NO_ROW) for c in column.categories], np.int64)
                member = of[column.codes.to_numpy()[rows]]
            else:
                member = np.full(len(rows), NO_ROW)
            rows, cells, member = rows[member >= 0], cells[member >= 0], member[member >= 0]
            cells = cells * len(members) + member
        return self._scatter(rows, cells, shape, tuple(members))

    def _scatter(
        self, rows: Ints, cells: Ints, shape: tuple[int, ...], members: tuple[str, ...]
    ) -> GoalFigures:
        size = int(np.prod(shape))
        all_vintages = self._frame["vintage"].to_numpy()
        vintages = all_vintages[rows]
        if len(cells) and np.bincount(cells, minlength=1).max() > 1:
            # Assignment in order of the report date leaves the newest figure standing.
            newest_last = np.argsort(vintages, kind="stable")
            rows, cells = rows[newest_last], cells[newest_last]
            vintages = vintages[newest_last]
        state = np.full(size, NO_ROW, np.int8)
        state[cells] = self._frame["state"].to_numpy()[rows]
        row = np.full(size, NO_ROW, np.int32)
        row[cells] = rows
        vintage = np.full(size, UNDATED, np.int32)
        vintage[cells] = vintages
        numbers = {}
        for name, column in self._columns.items():
            values = column[rows]
            if name == "value" or not np.isnan(values).all():
                spread = np.full(size, np.nan)
                spread[cells] = values
                numbers[name] = spread.reshape(shape)
        return GoalFigures(
            numbers, state.reshape(shape), vintage.reshape(shape), row.reshape(shape), members
        )


def _series(frame: pd.DataFrame) -> tuple[npt.NDArray[np.integer], list[tuple[str, str]]]:
    """A number for the goal and group of every row, and which goal and group each number is."""
    goal = frame["goal"].cat
    goals, codes = list(map(str, goal.categories)), goal.codes.to_numpy()
    if "group" not in frame:
        return codes, [(name, "") for name in goals]
    group = frame["group"].cat
    wide = max(len(group.categories), 1)
    pairs, codes = np.unique(codes.astype(np.int64) * wide + group.codes, return_inverse=True)
    names = [str(name) for name in group.categories]
    return codes, [(goals[pair // wide], names[pair % wide]) for pair in pairs.tolist()]
