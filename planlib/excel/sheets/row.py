"""One row of an office's sheet about one goal: its cells, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from planlib.errors import Problem, Said, said
from planlib.excel.workbook.sheet_cells import CellValue
from planlib.figures.typed.numbers import TypedNumber
from planlib.figures.typed.units import Factors
from planlib.plan.goal import Goal
from planlib.plan.target import Member

Figure = dict[str, Any]  # columns of a row of tidy figures


@dataclass(frozen=True)
class InputCell:
    """A cell that is not empty: its value and place, and whether it is shown as a percentage.

    98 % is 98. ``around`` is what its number format shows before the number and behind it.
    """

    value: CellValue
    place: str
    percent: bool = False
    around: tuple[str, str] | None = None


@dataclass
class GoalRow:
    """What a row says of a goal (or of one of its members), and what is wrong with it.

    ``last`` is the figure before, for judging doubtful numbers; ``factors`` turns the numbers of a
    column whose unit is told into the goal's; ``period`` is what its figure is of, where the row
    or its sheet says so.
    """

    file: str
    goal: Goal
    member: Member | None
    cells: dict[str, InputCell]
    place: str
    lang: str
    last: float | None = None
    factors: dict[str, Factors] = field(default_factory=dict)
    typed: dict[str, TypedNumber] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    period: int | None = None

    def say(
        self, message: Said, column: str | None = None, hint: Said | None = None,
        *, warning: bool = False,
    ) -> None:  # fmt: skip
        """Add a problem at a column's cell, or at the row's."""
        given = self.cells.get(column or "")
        place = given.place if given else self.place
        subject = said("figures.goal-subject", goal=self.goal.name)
        self.problems.append(
            Problem(message, self.file, place, subject, hint, column=column, warning=warning)
        )
