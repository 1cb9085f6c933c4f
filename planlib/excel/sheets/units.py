"""Finds the unit of every number of a sheet: beside it, in its column's head, or above the table.

The nearest one counts: the row's own unit, then the head's, then the mapping's, then the line above
the table ("Đơn vị tính: triệu đồng").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from planlib.errors import said
from planlib.excel.sheets.mapping import SheetMapping
from planlib.excel.sheets.row import GoalRow
from planlib.excel.sheets.table import SheetTable
from planlib.excel.template.columns import NUMBERS
from planlib.figures.observations import FIGURE_COLUMNS
from planlib.figures.typed.numbers import TypedNumber
from planlib.figures.typed.office_words import head_of
from planlib.figures.typed.units import (
    Factors,
    factors,
    is_no_unit,
    read_unit,
    scaled,
    unit_is_free,
)
from planlib.language.typed.unreadable import Unreadable
from planlib.language.typed.words import folded

_TITLE = re.compile(r"\b(?:đơn vị(?: tính)?|đvt|đv tính|units?)\s*[:：]\s*([^()]+)", re.IGNORECASE)
_BRACKETS = re.compile(r"\(([^()]*)\)")
_WHOLE = tuple(name for name in NUMBERS if name != "percent")


@dataclass
class SheetUnits:
    """The units of one sheet, row by row."""

    table: SheetTable
    mapping: SheetMapping | None = None
    above: tuple[str, ...] = ()
    heads: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        table = self.table
        if "unit" not in table.columns:
            for index in range(table.sheet.width(table.head)):
                if head_of(table.sheet.text(table.head, index)) == "unit":
                    table.columns["unit"] = index
        for column in _WHOLE:
            if column in table.columns:
                text = table.head_of(table.columns[column])
                named = [part for part in _BRACKETS.findall(text) if _names_a_size(part)]
                self.heads |= {column: named[0]} if named else {}
        titles = (
            found[1] for row in table.sheet.rows[: table.head] for value in row
            if isinstance(value, str) and (found := _TITLE.search(value))
        )  # fmt: skip
        self.above = tuple(
            part for title in titles for part in re.split(r"[,;/]|\bvà\b|\band\b", title) if part
        )

    def put(self, row: GoalRow, number: int, columns: Iterable[str]) -> None:
        """Give a row the factors of its numbers; what cannot be converted is a problem of it."""
        if unit_is_free(row.goal):
            return
        beside = self.table.text(number, "unit")
        for column in columns:
            if column not in _WHOLE:
                continue
            try:
                told = self._factors(row, self._nearest(beside, column))
                row.factors |= {} if told is None else {column: told}
            except Unreadable as error:
                row.say(error.fault, column, error.hint)

    def _nearest(self, beside: str, column: str) -> str:
        """The row's own unit, else the head's; both where they say the same."""
        head = self.heads.get(column, "")
        if not beside or is_no_unit(beside):
            return head
        for wider in filter(None, (head, *self.above)):
            one, other = read_unit(beside), read_unit(wider)
            same_thing = wider == head or not other.thing or other.thing == one.thing
            if other.sized and same_thing and (one.power, one.rate) != (other.power, other.rate):
                fault = said("excel.unit-beside-figure-differs",
                             beside=repr(beside), wider=repr(wider.strip()))  # fmt: skip
                raise Unreadable(fault, said("excel.leave-one-of-them"))
        return beside

    def _factors(self, row: GoalRow, text: str) -> Factors | None:
        """What the sheet tells of the unit of a number; None where it tells nothing."""
        if text:
            return self._named(text, row, whole_sheet=False)
        if self.mapping is not None and self.mapping.unit is not None:
            return self._named(self.mapping.unit, row, whole_sheet=True)
        if self.mapping is not None and self.mapping.scale is not None:
            scale = self.mapping.scale
            if isinstance(scale, str):
                return self._named(scale, row, whole_sheet=True)
            return Factors(1.0 if row.goal.unit_id == "%" else scale, scale)
        wrong: Unreadable | None = None
        for title in self.above:  # of several units the goal's own
            try:
                return factors(title, row.goal, whole_sheet=True)
            except Unreadable as error:
                wrong = error
        if wrong is not None:
            raise wrong
        return None

    def _named(self, text: str, row: GoalRow, *, whole_sheet: bool) -> Factors:
        units = self.mapping.units if self.mapping is not None else {}
        unit = {folded(name): size for name, size in units.items()}.get(folded(text), text)
        if isinstance(unit, str):
            return factors(unit, row.goal, whole_sheet=whole_sheet)
        return Factors(float(unit), float(unit))


def _names_a_size(text: str) -> bool:
    """Whether brackets in a head hold a size or a rate, and not a year or a column's number."""
    return read_unit(text).sized and any(sign.isalpha() or sign in "%‰'" for sign in text)


def in_goal_unit(row: GoalRow, column: str, typed: TypedNumber) -> TypedNumber | None:
    """A number in the goal's unit; None where it cannot be in the unit it is told in."""
    unit = row.factors.get(column)
    if unit is None or typed.scaled:  # "12 triệu" says its size itself
        return typed
    if typed.of is not None:
        return replace(typed, of=(scaled(typed.of[0], unit.parts), scaled(typed.of[1], unit.parts)))
    factor = unit.figure if column in FIGURE_COLUMNS else unit.parts
    if factor is None:
        message = said("figures.unit-beside-not-percentage")
        row.say(message, column, said("figures.give-numerator-denominator-percentage"))
        return None

    def times(number: float | None) -> float | None:
        return None if number is None else scaled(number, factor)

    return replace(typed, value=times(typed.value), low=times(typed.low), high=times(typed.high))
