"""The one scoring result: every verdict of some areas as arrays, each goal scored once.

Verdicts of single goals, frames, claims and the index are all made from it, so a goal is scored for
all years of the term when it is first asked for, and never again. A target of every year is judged
on the term from those same years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from planlib.evaluation.certainty import Certainty, LearnedOnce, certainty_at
from planlib.figures.observations import Observations
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency
from planlib.plan.plan import Plan
from planlib.plan.target import EACH_PERIOD, RECURRING, Target
from planlib.scoring.compared import Compared
from planlib.scoring.figure_arrays import NO_ROW
from planlib.scoring.figures import compared
from planlib.scoring.goal_arrays import GoalScores, Rows
from planlib.scoring.panel import Panel
from planlib.scoring.time.along import score_goal, score_goal_term
from planlib.scoring.verdict import Codes, Verdict


@dataclass(frozen=True)
class Input:
    """One row of a figures file: its path and its line (CSV) or row (Parquet), from 1."""

    file: str
    row: int


class AreaScores:
    """The verdicts of some areas; every array is areas × years.

    ``plan`` is the one in force on the as-of day (a day number, None for every report),
    ``figures`` those of the areas and of no others, ``learned`` what all figures teach of revisions:
    without it nothing is told of how sure the verdicts are.
    """

    def __init__(
        self, plan: Plan, figures: Observations, areas: Sequence[str], as_of: int | None,
        learned: LearnedOnce | None = None,
    ) -> None:  # fmt: skip
        self.plan, self.areas = plan, tuple(areas)
        self._as_of = as_of
        self.frame = figures.frame
        panel = Panel(plan, figures, areas=self.areas, as_of=as_of)
        self._plain = panel  # of other readings the verdict alone is asked for, not how sure it is
        self.panel = panel if learned is None else learned.beside(panel)
        self._place = {area: place for place, area in enumerate(self.areas)}
        self._yearly: dict[tuple[str, str, str | None], GoalScores] = {}
        self._on_term: dict[tuple[str, str, int, str | None], GoalScores] = {}
        self._codes: tuple[int, Codes] | None = None
        self._positions: dict[tuple[str, str, tuple[str, ...], int], Rows] = {}
        self._exceeding: frozenset[str] | None = None
        self._compared: dict[tuple[int, int, Frequency], tuple[Goal, Target, Compared]] = {}
        self._texts: dict[str, tuple[list[str], npt.NDArray[np.integer]]] = {}
        self._numbers: dict[str, npt.NDArray[Any]] = {}

    def place(self, area: str) -> int:
        """The row of an area in every array. Raises KeyError."""
        return self._place[area]

    def yearly(self, goal: Goal, reading: str | None = None) -> GoalScores:
        """The verdicts of a goal in every year of the term, under its default reading or another."""
        if any(one.default and one.id == reading for one in goal.readings):
            reading = None
        key = goal.id, goal.group, reading
        if key not in self._yearly:
            panel = self.panel if reading is None else self._plain
            self._yearly[key] = score_goal(panel, goal, self.plan.years, self._as_of, reading)
        return self._yearly[key]

    def on_term(self, goal: Goal, through: int, reading: str | None = None) -> GoalScores:
        """The verdicts of a goal on the term so far, standing at the end of a year."""
        default = any(one.default and one.id == reading for one in goal.readings)
        if default and goal.term_target is None:
            reading = None
        key = goal.id, goal.group, through, reading
        if key not in self._on_term:
            reported = self.plan.frequency_of(goal) is self.plan.frequency
            each = reported and every_year(goal.term_target_for(reading))
            known = self.yearly(goal, reading) if each else None
            panel = self.panel if reading is None else self._plain
            self._on_term[key] = score_goal_term(panel, goal, through, self._as_of, reading, known)
        return self._on_term[key]

    def certainty(self, goal: Goal, area: str, year: int, *, term: bool) -> Certainty:
        """How sure the verdict of an area is, in a year or on the term so far."""
        if not self.panel.with_certainty:
            return Certainty(None, why_not="unknown")
        found = self.on_term(goal, year) if term else self.yearly(goal)
        at = self._place[area], 0 if term else self.plan.years.index(year)
        here = goal.in_area(area)
        target = here.term_target_for() if term else here.target_for(year)
        return certainty_at(found, at, target, self.text("file", int(found.row[at])))

    def at_midterm(self, goal: Goal, after: int) -> tuple[GoalScores, int]:
        """What judges a goal after a year, with its column: its latest year, or the term so far."""
        if of_latest_year(goal):
            return self.yearly(goal), self.plan.years.index(after)
        return self.on_term(goal, after), 0

    def codes(self, after: int) -> Codes:
        """Codes of verdicts as areas × goals × (years of the term, then mid-term)."""
        codes = self._codes  # held here: another thread may ask for another mid-term meanwhile
        if codes is not None and codes[0] == after:
            return codes[1]
        goals, years = self.plan.goals, len(self.plan.years)
        found = np.empty((len(self.areas), len(goals), years + 1), np.int8)
        for at, goal in enumerate(goals):
            found[:, at, :years] = self.yearly(goal).verdict
            scores, column = self.at_midterm(goal, after)
            found[:, at, years] = scores.verdict[:, column]
        self._codes = after, found
        return found

    def text(self, column: str, row: int) -> str:
        """What a row of the figures says in a column of text; empty where there is no such column."""
        if row == NO_ROW or column not in self.frame:
            return ""
        if column not in self._texts:
            held = self.frame[column].cat
            # The last name stands for the code -1, a cell without a category.
            names = [*map(str, held.categories.tolist()), str(np.nan)]
            self._texts[column] = names, held.codes.to_numpy()
        names, codes = self._texts[column]
        return names[int(codes[row])]

    def numbers(self, column: str) -> npt.NDArray[Any]:
        """What the rows of the figures say in a column of numbers."""
        if column not in self._numbers:
            self._numbers[column] = self.frame[column].to_numpy()
        return self._numbers[column]

    def published_exceeds(self, area: str) -> bool:
        """Whether any verdict published of an area, as far as it is known, is "exceeded"."""
        exceeding = self._exceeding
        if exceeding is None:
            exceeding = frozenset()
            if "published_verdict" in self.frame:
                said = self.frame["published_verdict"] == Verdict.exceeded.name
                known = True if self._as_of is None else self.frame["vintage"] <= self._as_of
                exceeding = frozenset(map(str, self.frame["area"][said & known].unique()))
            self._exceeding = exceeding
        return area in exceeding

    def beside(self, row: int) -> tuple[float, float] | None:
        """The interval that a row gives beside its figure, both ends known; None without one."""
        if row == NO_ROW:
            return None
        value, low, high = (float(self.numbers(n)[row]) for n in ("value", "low", "high"))
        return None if np.isnan(value + low + high) else (low, high)

    def state(self, row: int) -> int:
        """The state of a row of the figures; −1 without one."""
        return NO_ROW if row == NO_ROW else int(self.numbers("state")[row])

    def compared(self, panel: Panel, goal: Goal, target: Target) -> Compared:
        """The figures a target of a goal is held against along the periods of a panel of these scores."""
        key = id(goal), id(target), panel.plan.frequency
        if key not in self._compared:  # with what the key is of, which must not go
            self._compared[key] = goal, target, compared(panel, goal, target)
        return self._compared[key][2]

    def period_of_figure(self, panel: Panel, goal: Goal, target: Target, area: str, at: int) -> int:
        """The period whose figure speaks for another: an earlier one where that stands in."""
        if (goal.latest_within is None and not target.lasts) or at not in panel.plan.years:
            return at
        columns = self.compared(panel, goal, target).columns
        assert columns is not None  # figures may stand in
        return panel.years[int(columns[self._place[area], panel.year_index(at)])]

    def groups(self, goal: Goal, area: str) -> tuple[Goal, ...]:
        """The goal in every group it is followed for in an area.

        Those of one dimension are, whether they have figures or not; of several, if they have.
        """
        named = self.plan.groups_of(goal)
        found = (goal.in_group(group) for group in self.panel.groups(goal))
        return tuple(
            one for one in found
            if one.group in named or (self._rows(one, area) != NO_ROW).any()
        )  # fmt: skip

    def _rows(self, goal: Goal, area: str) -> Rows:
        """The rows of a goal in an area, by year, and by member where it has members."""
        rows: Rows = self.positions(self.panel, goal)[self._place[area]]
        return rows

    def positions(self, panel: Panel, goal: Goal) -> Rows:
        """The rows of a goal along the periods of a panel of these scores."""
        members = tuple(member.id for one in goal.all_targets() for member in one.members)
        key = goal.id, goal.group, members, id(panel)
        if key not in self._positions:
            self._positions[key] = panel.figures(panel.version(goal)).row
        return self._positions[key]

    def place_of(self, row: int) -> Input:
        """The file and line of a row of the figures."""
        return Input(self.text("file", row), int(self.numbers("row")[row]))


def every_year(target: Target | None) -> bool:
    """Whether a term is judged year by year: each must be reached."""
    return target is None or target.cadence in EACH_PERIOD


def of_latest_year(goal: Goal) -> bool:
    """Whether a mid-term review judges a goal by its latest year, not by the term so far."""
    target = goal.term_target_for()
    return target is None or target.cadence in RECURRING
