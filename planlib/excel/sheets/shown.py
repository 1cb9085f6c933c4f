"""What the number formats of a row's cells show around their numbers, held against the goal's unit."""

from __future__ import annotations

from planlib.errors import said
from planlib.excel.sheets.row import GoalRow
from planlib.figures.typed.numbers import NumberStyle, TypedNumber
from planlib.figures.typed.shown import in_format, shown_around
from planlib.figures.typed.units import unit_is_free
from planlib.language.typed.unreadable import Unreadable

_PARTS = ("numerator", "denominator")
_PAIRS = (("value", "assigned"), _PARTS)


def shown_number(
    row: GoalRow, column: str, number: float, style: NumberStyle
) -> TypedNumber | None:
    """A number with what its format shows around it; None where a problem was told instead."""
    around = row.cells[column].around
    if around is None or (_is_open(row, column, style) and not set("-(") & set(around[0])):
        return TypedNumber(number)
    try:
        return in_format(number, around, style, told=column in row.factors)
    except Unreadable as error:
        row.say(error.fault, column, error.hint)
        return None


def _is_open(row: GoalRow, column: str, style: NumberStyle) -> bool:
    """Whether a number is one of two that need but be in the same unit, whatever it is."""
    if style.money is not None:
        return False
    return unit_is_free(row.goal) or (column in _PARTS and row.goal.figure_unit is None)


def alike(row: GoalRow) -> bool:
    """Whether the formats of two amounts say the same of them; a problem is told where not."""
    for pair in _PAIRS:
        shown = [row.cells[column].around for column in pair if column in row.typed]
        found = {around for around in shown if around is not None}
        if len(found) > 1:
            first, second = (repr(shown_around(*one)) for one in sorted(found))
            message = said("excel.two-amounts-formats", first=first, second=second)
            row.say(message, pair[0], said("excel.write-both-same-way"))
            return False
    return True
