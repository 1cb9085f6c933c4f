"""What the cells of one row of an office's sheet say of each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from planlib.errors import said
from planlib.figures.limits import half_unit, ratio_fault
from planlib.figures.typed.numbers import FAR
from planlib.plan.target import Basis

if TYPE_CHECKING:
    from planlib.excel.sheets.goal_rows import GoalRow

_PART_YEAR = re.compile(
    r"\b(6|sáu|9|chín) tháng|\bquý [0-9ivx]|\bhalf[- ]year|\bsix months|\bquarter"
)


def check_together(row: GoalRow, figure: dict[str, Any]) -> None:
    """What the cells of one row say of each other."""
    for column in ("note", "source"):
        if _PART_YEAR.search(figure.get(column, "").lower()):
            message = said("the remark speaks of a part of the year; the figure must be the year's")
            row.say(message, column, said("a half-year's figure is no year's figure"), warning=True)
    value, assigned = figure.get("value"), figure.get("assigned")
    if row.goal.main_target().basis is not Basis.quota:
        return
    ends = [row.typed[c] for c in ("value", "assigned") if c in row.typed]
    if len(ends) == 2 and ends[0].scaled != ends[1].scaled:
        message = said("one of the two amounts is in thousands or millions, the other is not")
        row.say(message, "value", said("write both in the same way"))
        return
    if value and assigned:
        ratio = value / assigned
        if any(end.grouped for end in ends) and not 1 / FAR <= ratio <= FAR:
            message = said("{value:g} of {assigned:g}: thousands or decimals?",
                           value=value, assigned=assigned)  # fmt: skip
            row.say(message, "value", said("write the numbers without dots"))
    stated = figure.get("percent")
    if stated is None or value is None or not assigned:
        return
    if abs(100 * value / assigned - stated) > float(half_unit(np.array([stated]))[0]):
        row.say(ratio_fault(stated, value, assigned), "percent",
                said("correct one of the three numbers, or leave the percentage out"))  # fmt: skip
