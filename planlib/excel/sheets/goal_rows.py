"""One row of an office's sheet and one goal: cells become the numbers and words of a figure."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

import numpy as np

from planlib.errors import said
from planlib.excel.sheets.row import Figure, GoalRow, InputCell
from planlib.excel.sheets.shown import alike, shown_number
from planlib.excel.sheets.units import in_goal_unit
from planlib.excel.template.columns import NUMBERS, typed_columns
from planlib.excel.workbook.sheet_cells import CellValue
from planlib.figures.limits import half_unit, ratio_fault
from planlib.figures.observations import FIGURE_COLUMNS
from planlib.figures.typed.numbers import FAR, Kind, NumberStyle, TypedNumber, typed_number
from planlib.figures.typed.office_words import answer_of, is_doubtful, state_of, verdict_of
from planlib.language.money import Money
from planlib.language.typed.dates import typed_date
from planlib.language.typed.unreadable import Unreadable
from planlib.plan.periods.calendar import within_year
from planlib.plan.target import Basis

LONGEST_TEXT = 2_000


_PART_YEAR = re.compile(
    r"\b(6|sáu|9|chín) tháng|\bquý [0-9ivx]|\bhalf[- ]year|\bsix months|\bquarter"
)


def figure_of(row: GoalRow) -> Figure | None:
    """The columns of a tidy figure that a row gives; None where nothing was typed.

    Problems are added to the row.
    """
    figure = read_cells(row)
    if not any(key in figure for key in (*NUMBERS, "state", "published_verdict")):
        for column in ("note", "vintage"):
            if column in row.cells and not row.problems and row.member is None:
                message = said("excel.remark-here-but-no")
                row.say(message, column, said("excel.choose-state-instance-no"))
                break
        return None
    check_together(row, figure)
    figure.pop("percent", None)
    return figure


def read_cells(row: GoalRow) -> Figure:
    """What the cells of a row say one by one; problems are added to the row."""
    figure: Figure = {}
    _texts(row, figure)
    _numbers(row, figure)
    return figure


def _texts(row: GoalRow, figure: Figure) -> None:
    for column in ("source", "note"):
        if column in row.cells:
            text = " ".join(_text(row.cells[column].value).split())
            if len(text) > LONGEST_TEXT:
                row.say(said("excel.text-too-long", n=LONGEST_TEXT), column)
            figure[column] = text
    for column, read, name in (
        ("state", state_of, said("excel.word-state")),
        ("published_verdict", verdict_of, said("excel.word-assessment")),
    ):
        if column in row.cells:
            text = _text(row.cells[column].value)
            found = read(text)
            if column == "state" and is_doubtful(text):
                _say_doubtful(row, column, text)
            elif found is None:
                message = said("excel.unknown-word", text=repr(text), kind=name)
                row.say(message, column, said("excel.choose-list"))
            else:
                figure[column] = found
    if "vintage" in row.cells:
        try:
            figure["vintage"] = typed_date(row.cells["vintage"].value)
        except Unreadable as error:
            row.say(error.fault, "vintage", error.hint)


def _text(value: CellValue) -> str:
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value).strip()


def _numbers(row: GoalRow, figure: Figure) -> None:
    target = row.goal.main_target()
    yes_no = target.kind.figure == "yes_no" or row.member is not None
    for column in NUMBERS:
        given = row.cells.get(column)
        if given is None or (column == "value" and _is_state(row, given, figure)):
            continue
        if column not in typed_columns(row.goal, row.member):
            row.say(said("excel.nothing-typed-here-goal"), column, said("excel.empty-cell"))
        elif yes_no and column == "value":
            answer = answer_of(_text(given.value)) if not isinstance(given.value, bool) else None
            if isinstance(given.value, bool):
                answer = float(given.value)
            if answer is None:
                message = said("excel.not-yes-or-no", text=repr(_text(given.value)))
                row.say(message, column, said("excel.choose-list"))
            else:
                figure[column] = answer
        elif (typed := _typed(row, column, given)) is not None:
            typed = in_goal_unit(row, column, typed)
            if typed is not None:
                row.typed[column] = typed
                _put(row, column, typed, figure)


def _is_state(row: GoalRow, given: InputCell, figure: Figure) -> bool:
    """Whether the cell for the figure says instead why there is none."""
    if not isinstance(given.value, str):
        return False
    state = state_of(given.value)
    if state is None or state in {"measured", "estimate"}:
        return False
    if figure.setdefault("state", state) != state:
        row.say(said("excel.figure-and-state-disagree"), "value")
    return True


def _say_doubtful(row: GoalRow, column: str, text: str) -> None:
    row.say(said("excel.state-ambiguous", text=repr(text)), column, said("excel.write-no-data-not"))


def number_style(row: GoalRow, column: str) -> NumberStyle:
    """How the numbers of a goal's column are to be read."""
    goal, target = row.goal, row.goal.main_target()
    unit = {name.lower() for name in (*goal.units, *goal.figure_units)}
    kind: Kind = "amount"
    if column == "percent":
        kind = "percent"
    elif column in FIGURE_COLUMNS:
        if target.basis in {Basis.share, Basis.growth} or (
            target.basis is Basis.level and any("%" in name for name in goal.units)
        ):
            kind = "share" if goal.limits_of(target).high == 100 else "percent"
        elif target.basis is Basis.count:
            kind = "whole"
    elif column in {"numerator", "denominator"}:
        kind = "whole" if target.basis is Basis.share else "amount"
    factors = row.factors.get(column)
    # Last year's figure as a number of this column would be typed.
    times = factors.figure if factors is not None and factors.figure else 1.0
    far = row.last / times if row.last is not None else None
    if kind == "amount" and target.basis is Basis.level and column in FIGURE_COLUMNS:
        held = [target for target in goal.all_targets() if not target.kind.of_others]
        ends = [end for t in held for end in (t.value, t.low, t.high)]
        known = [abs(end) for end in (*ends, row.last) if end is not None]
        far = max(known) / times if known else None
    # A percentage worked out of amounts of money names no currency.
    money = goal.figures_in if isinstance(goal.figures_in, Money) else None
    percent = kind in {"share", "percent"}
    units = tuple(sorted(unit - {"%"}))
    return NumberStyle(kind, row.lang, units, far, None if percent else money)


def _typed(row: GoalRow, column: str, given: InputCell) -> TypedNumber | None:
    value = given.value
    style = number_style(row, column)
    percent = style.kind in {"share", "percent"}
    if isinstance(value, bool):
        row.say(said("excel.must-be-number", text=repr(value)), column)
    elif isinstance(value, float | int):
        if given.percent and not percent:
            message = said("excel.number-wanted-not-percentage")
            row.say(message, column, said("excel.type-amount-itself"))
            return None
        number = float(value)
        if abs(number) > 1e15:
            row.say(said("figures.text-number-too-large", text=f"{number:g}"), column)
            return None
        return shown_number(row, column, number, style)
    elif isinstance(value, datetime | date | time | timedelta):
        row.say(said("excel.excel-made-date-time"), column, said("excel.ratio-time-or-date"))
    elif is_doubtful(str(value)):
        _say_doubtful(row, column, str(value))
    else:
        try:
            return typed_number(str(value), style)
        except Unreadable as error:
            if column == "value" and _words_alone(row, str(value)):
                return TypedNumber(words=" ".join(str(value).split()))
            row.say(error.fault, column, error.hint)
    return None


def _words_alone(row: GoalRow, text: str) -> bool:
    """Words such as "Xuất siêu" stand where the bounds are given beside them."""
    bounds = "low" in row.cells or "high" in row.cells
    return bounds and not any(sign.isdigit() for sign in text) and any(map(str.isalpha, text))


def _put(row: GoalRow, column: str, typed: TypedNumber, figure: Figure) -> None:
    if typed.estimate and figure.setdefault("state", "estimate") != "estimate":
        row.say(said("excel.figure-and-state-disagree"), column)
    if typed.words and column == "value":
        figure["words"] = typed.words
    if typed.of is not None:
        _put_parts(row, column, typed.of, figure)
    elif typed.value is not None:
        figure[column] = typed.value
    elif (typed.low, typed.high) != (None, None):
        if column != "value" or "low" in row.cells or "high" in row.cells:
            row.say(said("excel.number-wanted-not-interval"), column)
            return
        ends = (("low", typed.low), ("high", typed.high))
        figure.update({end: number for end, number in ends if number is not None})
        if typed.exclusive:
            figure["exclusive"] = typed.exclusive


def _put_parts(row: GoalRow, column: str, of: tuple[float, float], figure: Figure) -> None:
    """``6/6``: so many of so many."""
    target = row.goal.main_target()
    if column != "value":
        row.say(said("excel.number-wanted-not-two"), column)
    elif target.kind.figure == "members":
        row.typed["value"] = TypedNumber(of[0], of=of)
        figure["value"] = of[0]
    elif target.basis not in {Basis.share, Basis.growth}:
        row.say(said("excel.number-wanted-not-two"), column, said("figures.ratio-hint"))
    elif "numerator" in row.cells or "denominator" in row.cells:
        row.say(said("excel.two-numbers-stand-here"), column, said("excel.leave-one-of-them"))
    else:
        figure["numerator"], figure["denominator"] = of


def check_together(row: GoalRow, figure: Figure) -> None:
    """What the cells of one row say of each other."""
    for column in ("note", "source"):
        part = row.period is not None and within_year(row.period)
        if not part and _PART_YEAR.search(figure.get(column, "").lower()):
            message = said("excel.remark-speaks-part-year")
            row.say(message, column, said("excel.half-year-is-no-year"), warning=True)
    value, assigned = figure.get("value"), figure.get("assigned")
    if not alike(row) or row.goal.main_target().basis is not Basis.quota:
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
