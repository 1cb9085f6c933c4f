"""Every figure beside how its goal is measured: what doubts are looked for in.

Plain columns, not a frame: most looks are at a handful of rows that an office typed, where pandas
takes a hundred times as long as what is done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from planlib.figures.limits import Floats, Mask
from planlib.figures.observations import NUMBER_COLUMNS
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import frequency_of
from planlib.plan.plan import Plan
from planlib.plan.target import Basis, Target

Places = npt.NDArray[np.int64]  # of rows
TEXTS = ("goal", "area", "group", "member")
_MADE = (Basis.share, Basis.quota, Basis.growth)


class FigureColumns:
    """The rows of figures that are judged, and those of the past that tell something about them."""

    def __init__(self, frame: pd.DataFrame, plan: Plan, past: pd.DataFrame | None) -> None:
        self.plan, self.labels = plan, {name: {"": 0} for name in TEXTS}
        frames = [frame]
        codes = {name: [self._codes(name, frame)] for name in TEXTS}
        if past is not None and len(past):
            old = {name: self._codes(name, past) for name in TEXTS}
            near = np.isin(old["area"], np.unique(codes["area"][0]))
            near &= np.isin(old["goal"], self._related(np.unique(codes["goal"][0])))
            frames.append(past[near])
            for name, mine in old.items():
                codes[name].append(mine[near])
        self.judged = np.arange(sum(map(len, frames))) < len(frame)
        self._frames, self._judged_files = frames, frame["file"].cat
        self._columns: dict[str, npt.NDArray[Any]] = {
            name: np.concatenate(found) for name, found in codes.items()
        }
        for name in (*NUMBER_COLUMNS, "year", "vintage", "state", "row"):
            self._columns[name] = np.concatenate([_column(one, name) for one in frames])
        self._goals = [self._goal(name) for name in self.labels["goal"]]
        years, at = np.unique(self["year"], return_inverse=True)
        ends = [plan.calendar.end(int(year)) for year in years]
        lengths = [frequency_of(int(year)).in_year for year in years]
        self._columns["year_end"] = np.array(ends, np.int64)[at]
        self._columns["length"] = np.array(lengths, np.int64)[at]
        series = np.zeros(len(self.judged), np.int64)
        for name in TEXTS:
            series = series * len(self.labels[name]) + self[name]
        self.series: Places = series * (max(lengths, default=0) + 1) + self["length"]
        self._figure_of: Places = self.series * max(len(years), 1) + at
        self._columns["figure"] = self._compared()

    def __getitem__(self, column: str) -> npt.NDArray[Any]:
        return self._columns[column]

    def _codes(self, name: str, frame: pd.DataFrame) -> Places:
        """A number for each text, the same in all frames; 0 for none."""
        if name not in frame:
            return np.zeros(len(frame), np.int64)
        labels, column = self.labels[name], frame[name].cat
        numbers = [labels.setdefault(str(text), len(labels)) for text in column.categories]
        return np.array(numbers, np.int64)[column.codes.to_numpy()]

    def _related(self, goals: Places) -> list[int]:
        """Those goals, and whatever is a part of another or has parts."""
        labels = self.labels["goal"]
        parts = [goal for goal in self.plan.goals if goal.part_of is not None]
        names = {goal.id for goal in parts} | {str(goal.part_of) for goal in parts}
        return [*goals.tolist(), *(labels[name] for name in names if name in labels)]

    def _goal(self, name: str) -> tuple[Goal, Target] | None:
        if name not in self.plan.goal_ids:  # of a text that no row has
            return None
        goal = self.plan.goal(name)
        return goal, goal.main_target()

    def of_goals(self, fact: Callable[[Goal, Target], bool | float]) -> npt.NDArray[Any]:
        """For every row what holds for its goal."""
        facts = [False if one is None else fact(*one) for one in self._goals]
        return np.asarray(np.array(facts)[self["goal"]])

    def basis(self, *bases: Basis) -> Mask:
        """The rows of goals that are measured so."""
        return self.of_goals(lambda _, target: target.basis in bases)

    @property
    def answers(self) -> Mask:
        """The rows of goals that are answered, not measured."""
        return self.of_goals(lambda _, target: target.kind.figure != "number")

    @property
    def percent(self) -> Mask:
        """The rows whose figure is a percentage."""
        return self.of_goals(
            lambda goal, target: (
                target.basis in _MADE or (target.basis is Basis.level and goal.unit == "%")
            )
        )

    def _compared(self) -> Floats:
        """What is compared: the percentage where it is made from two numbers, else the figure."""
        value = self["value"]
        plain = np.where(np.isnan(value), (self["low"] + self["high"]) / 2, value)
        with np.errstate(divide="ignore", invalid="ignore"):
            made = 100 * self["numerator"] / self["denominator"]
            made = np.where(np.isfinite(made), made, plain)
            plain = np.where(self.basis(Basis.share, Basis.growth), made, plain)
            plain = np.where(self.basis(Basis.quota), 100 * value / self["assigned"], plain)
        return np.where(np.isfinite(plain), plain, np.nan)

    def reports(self, rows: Mask) -> Places:
        """Those rows by figure, and of each figure from the oldest report to the newest."""
        places = np.flatnonzero(rows)
        return places[np.lexsort((self["vintage"][places], self._figure_of[places]))]

    def newest(self, rows: Mask | None = None) -> Places:
        """Of those rows the newest report of each figure, by series and period."""
        ordered = self.reports(np.ones(len(self.judged), bool) if rows is None else rows)
        figure = self._figure_of[ordered]
        return np.asarray(ordered[np.append(figure[1:] != figure[:-1], True)[: len(figure)]])

    def same_figure(self, ordered: Places) -> Mask:
        """Whether the row before is a report of the same figure."""
        return _as_before(self._figure_of[ordered])

    def same_series(self, ordered: Places) -> Mask:
        """Whether the row before is of the same series."""
        return _as_before(self.series[ordered])

    def file_of(self, place: int) -> str:
        """The file of a judged row."""
        return str(self._judged_files.categories[self._judged_files.codes.iloc[place]])

    def in_order(self, places: Places) -> Places:
        """Which of some rows are judged, in the order of their files and rows."""
        mine = np.flatnonzero(self.judged[places])
        files = self._judged_files.codes.to_numpy()[places[mine]]
        return mine[np.lexsort((self["row"][places[mine]], files))]

    def table(self, places: Places, columns: Sequence[str] = ()) -> pd.DataFrame:
        """Some rows as a frame, with their goal, area, group, member and file as texts."""
        made: dict[str, Any] = {}
        for name in TEXTS:
            labels = pd.Index(list(self.labels[name]), dtype="object")
            made[name] = pd.Categorical.from_codes(self[name][places], labels)
        files = pd.concat([frame["file"].astype("object") for frame in self._frames])
        made["file"] = files.to_numpy()[places]
        names = [*NUMBER_COLUMNS, "year", "row", *columns]
        return pd.DataFrame(
            made
            | {name: self[name][places] for name in names}
            | {"judged": self.judged[places], "place": places}
        )


def _column(frame: pd.DataFrame, name: str) -> npt.NDArray[Any]:
    return frame[name].to_numpy() if name in frame else np.full(len(frame), np.nan)


def _as_before(codes: Places) -> Mask:
    same = np.zeros(len(codes), bool)
    same[1:] = codes[1:] == codes[:-1]
    return same
