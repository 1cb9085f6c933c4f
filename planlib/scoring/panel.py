"""Arranges observations as arrays of areas × years, one goal at a time, newest vintage counting."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from planlib.figures.observations import EXCLUSIVE, NUMBER_COLUMNS, UNDATED, Observations, places_of
from planlib.plan.goal import Goal
from planlib.plan.goal_parts import MakeUp
from planlib.plan.groups.dimensions import in_order
from planlib.plan.periods.calendar import LAST_CALENDAR_YEAR, Frequency, period
from planlib.plan.plan import Plan
from planlib.scoring.figure_arrays import NO_ROW, GoalFigures
from planlib.scoring.time.made_up import made_up, of_each_period, stated, to_date

if TYPE_CHECKING:
    import pandas as pd

Ints = npt.NDArray[np.int64]


class Panel:
    """Observations laid out for scoring; cost grows in proportion to the rows.

    ``areas`` names the rows of every array; ``years`` its columns: the periods the plan is looked
    at along, from ten years before the term (where there are figures) to its last one.
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
        self.plan, self.observations, self.as_of = plan, observations, as_of
        self._along: dict[Frequency, Panel] = {plan.frequency: self}
        self._newest: tuple[object, GoalFigures] | None = None  # those asked for last
        self._whole: Panel | None = None
        self._errors: dict[str, npt.NDArray[np.float64]] = {}
        self._others: dict[tuple[str, ...] | None, Panel] = {}
        self._places: Ints = np.empty(0, np.int64)
        known = frame["area"].cat.categories
        self.areas: tuple[str, ...] = tuple(areas) if areas is not None else tuple(known)
        of_category = np.full(len(known), NO_ROW, np.int64)
        category = places_of(known, self.areas)
        of_category[category[category >= 0]] = np.flatnonzero(category >= 0)
        codes = frame["area"].cat.codes.to_numpy()
        area = of_category[codes] if len(of_category) else np.empty(0, np.int64)
        year = frame["year"].to_numpy().astype(np.int64)
        self.years = _columns(plan, year)
        first = int(self.years[0])
        keep = (area >= 0) & (year >= first) & (year <= int(plan.years[-1]))
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
        self._state, self._vintage = frame["state"].to_numpy(), frame["vintage"].to_numpy()
        columns = {name: frame[name].to_numpy() for name in NUMBER_COLUMNS}
        self._columns = {n: c for n, c in columns.items() if n == "value" or not np.isnan(c).all()}
        if "exclusive" in frame:
            open_ends = frame["exclusive"].cat
            bits = np.array([EXCLUSIVE.index(str(text)) or np.nan for text in open_ends.categories])
            self._columns["exclusive"] = np.append(bits, np.nan)[open_ends.codes.to_numpy()]

    def along(self, frequency: Frequency) -> Panel:
        """The same figures along periods of another length."""
        if frequency not in self._along and self._whole is not None:
            self._along[frequency] = self._whole.along(frequency).part(self._places)
        if frequency not in self._along:
            plan = self.plan.along(frequency)
            other = Panel(plan, self.observations, areas=self.areas, as_of=self.as_of)
            other = other.with_errors(self._errors)
            other._along = self._along
            self._along[frequency] = other
        return self._along[frequency]

    @property
    def with_certainty(self) -> bool:
        """Whether the errors of its figures are known, and so how sure a verdict is can be told."""
        return bool(self._errors)

    def with_errors(self, errors: dict[str, npt.NDArray[np.float64]]) -> Panel:
        """The same with columns of errors beside the numbers (``planlib.scoring.certainty``)."""
        other = copy(self)
        other._errors, other._columns = errors, self._columns | errors
        other._newest, other._along = None, {self.plan.frequency: other}
        return other

    def known_on(self, day: int) -> Panel:
        """The same as it was known on an earlier day."""
        other = copy(self)
        known = self._vintage[self._rows] <= day
        before = np.append(0, np.cumsum(known))
        other._rows, other._cell = self._rows[known], self._cell[known]
        other._span = {
            name: (int(before[start]), int(before[end]))
            for name, (start, end) in self._span.items()
        }
        other.as_of, other._newest, other._others = day, None, {}
        other._along = {self.plan.frequency: other}
        return other

    def version(self, goal: Goal) -> Goal:
        """A goal of everybody or of a group, as it stands along these periods."""
        return self.plan.goal(goal.id).at(goal)

    def elsewhere(self, areas: tuple[str, ...] | None) -> Panel:
        """The same figures of other areas; of all that have any, where none are named."""
        whole = self if self._whole is None else self._whole
        if areas not in whole._others:
            whole._others[areas] = Panel(
                self.plan, self.observations, areas=areas, as_of=self.as_of
            )
        return whole._others[areas]

    def part(self, places: Ints) -> Panel:
        """The same figures of some of its areas, by their places."""
        part = copy(self)
        part.areas = tuple(self.areas[place] for place in places)
        part._whole, part._places, part._newest = self, places, None
        part._along = {self.plan.frequency: part}
        return part

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

        Members are the third axis where the goal has them. Along longer periods than the goal is
        reported in they are made up from the shorter ones, where they were not reported themselves;
        along shorter ones each stands where it ends.
        """
        key = goal.id, goal.group, goal.made_up_by, _members_of(goal)
        newest = self._newest  # held here: another thread may ask for another goal meanwhile
        if newest is None or newest[0] != key:
            whole = self._whole
            found = self._figures(goal) if whole is None else whole.figures(goal).of(self._places)
            newest = self._newest = key, found
        return newest[1]

    def _figures(self, goal: Goal) -> GoalFigures:
        own, seen = self.plan.frequency_of(goal), self.plan.frequency
        if own.in_year < seen.in_year:
            return self.along(own)._reported(goal).spread(seen.in_year // own.in_year)
        found = self._reported(goal)
        if own is seen:
            return self._with_earlier_years(goal, found) if seen.in_year > 1 else found
        if goal.made_up_by is None:
            return found
        shorter = self.along(own).figures(goal)
        return stated(found, made_up(shorter, goal.made_up_by, own.in_year // seen.in_year))

    def _with_earlier_years(self, goal: Goal, found: GoalFigures) -> GoalFigures:
        """Figures of single periods; before the term that of a year stands where the year ends."""
        parts = self.plan.frequency.in_year
        if goal.year_to_date:
            found = of_each_period(found, parts)
        if goal.made_up_by in {None, MakeUp.sum}:
            return found
        whole = self.along(Frequency.year)._reported(goal).spread(parts)
        return stated(found, whole.first(self.year_index(self.plan.years[0])))

    def to_date(self, goal: Goal) -> GoalFigures:
        """The figures of a goal for the year so far, along the periods it is reported in.

        A year ends with the figure that was reported for the whole of it, where one was.
        """
        parts = self.plan.frequency.in_year
        if parts == 1 or goal.made_up_by is None:
            return self.figures(goal)
        found = self._reported(goal)
        if not goal.year_to_date:
            found = to_date(found, goal.made_up_by, parts)
        return stated(self.along(Frequency.year)._reported(goal).spread(parts), found)

    def _reported(self, goal: Goal) -> GoalFigures:
        if self._whole is not None:
            return self._whole._reported(goal).of(self._places)
        members = _members_of(goal)
        start, end = self._span.get((goal.id, goal.group), (0, 0))
        rows, cells = self._rows[start:end], self._cell[start:end]
        shape: tuple[int, ...] = (len(self.areas), len(self.years))
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
        return self._scatter(rows, cells, shape, members)

    def _scatter(
        self, rows: Ints, cells: Ints, shape: tuple[int, ...], members: tuple[str, ...]
    ) -> GoalFigures:
        size = int(np.prod(shape))
        vintages = self._vintage[rows]
        if len(cells) and np.bincount(cells, minlength=1).max() > 1:
            # Assignment in order of the report date leaves the newest figure standing.
            newest_last = np.argsort(vintages, kind="stable")
            rows, cells = rows[newest_last], cells[newest_last]
            vintages = vintages[newest_last]
        state = np.full(size, NO_ROW, np.int8)
        state[cells] = self._state[rows]
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


def _members_of(goal: Goal) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.id for t in goal.all_targets() for m in t.members))


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


def _columns(plan: Plan, codes: Ints) -> tuple[int, ...]:
    """The periods of all years from the first with a figure, or the baseline, to the term's last."""
    term, calendar = plan.header.term, plan.calendar
    first = plan.along(Frequency.year).figure_years[0]
    if len(codes) and int(codes.max()) <= LAST_CALENDAR_YEAR:
        first = min(first, int(codes.min()))
    elif len(codes):
        first = min(
            first, *(calendar.within(int(code), Frequency.year) for code in np.unique(codes))
        )
    return calendar.axis(period(first), term.last, plan.frequency)
