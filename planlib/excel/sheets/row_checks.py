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
            message = said("excel.remark-speaks-part-year")
            row.say(message, column, said("excel.half-year-is-no-year"), warning=True)
    value, assigned = figure.get("value"), figure.get("assigned")
    if row.goal.main_target().basis is not Basis.quota:
        return
    ends = [row.typed[c] for c in ("value", "assigned") if c in row.typed]
    if len(ends) == 2 and ends[0].scaled != ends[1].scaled:
        message = said("excel.two-amounts-thousands-millions")
        row.say(message, "value", said("excel.write-both-same-way"))
        return
    if value and assigned:
        ratio = value / assigned
        if any(end.grouped for end in ends) and not 1 / FAR <= ratio <= FAR:
            message = said("excel.share-thousands-or-decimals", value=value, assigned=assigned)
            row.say(message, "value", said("excel.write-numbers-without-dots"))
    stated = figure.get("percent")
    if stated is None or value is None or not assigned:
        return
    if abs(100 * value / assigned - stated) > float(half_unit(np.array([stated]))[0]):
        row.say(ratio_fault(stated, value, assigned), "percent",
                said("excel.correct-three-numbers-leave"))  # fmt: skip
