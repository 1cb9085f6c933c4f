"""Figures of longer periods made from those of shorter ones, and running totals of a year.

A longer period is known when all its parts are. A sum is of amounts, a mean counts its parts alike,
``last`` takes the one it ends with, a ratio is made of the sums of both its numbers. What is
withheld in a part is withheld in the whole.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from planlib.figures.observations import State
from planlib.plan.goal_parts import MakeUp
from planlib.scoring.figure_arrays import NO_ROW, Floats, GoalFigures

PARTS = ("numerator", "denominator", "assigned")
# Errors of figures (``planlib.scoring.certainty``) add up; of a mean of ``n`` parts, and about so of
# a ratio, the sum is divided by ``n`` to this power.
OF_A_MEAN = {"rounding": 2, "below": 2, "above": 2, "quiet": 0, "shift": 1, "wide": 2,
             "heavy": 2}  # fmt: skip
Blocks = Callable[[npt.NDArray[Any]], Floats]
Mask = npt.NDArray[np.bool_]


def made_up(shorter: GoalFigures, how: MakeUp, parts: int) -> GoalFigures:
    """The figures of periods of so many parts each; the first column begins one."""
    return _whole(shorter, how, lambda numbers: _blocks(numbers, parts))


def to_date(figures: GoalFigures, how: MakeUp, parts: int) -> GoalFigures:
    """The figures of a year so far, at the end of each of its ``parts`` periods.

    The first column begins a year.
    """
    if how is MakeUp.last:
        return figures
    return _whole(figures, how, lambda numbers: _so_far(numbers, parts))


def of_each_period(running: GoalFigures, parts: int) -> GoalFigures:
    """Amounts of single periods from running totals of the year; the first column begins a year."""
    numbers = {}
    for name, column in running.numbers.items():
        if name in {"value", "low", "high", *PARTS}:
            before = np.zeros_like(column)
            before[:, 1:] = column[:, :-1]
            before[:, ::parts] = 0.0
            column = column - before
        elif name in OF_A_MEAN:  # errors add up, whichever way the figures go
            before = np.zeros_like(column)
            before[:, 1:] = column[:, :-1]
            before[:, ::parts] = 0.0
            column = column - before if name == "shift" else column + before
        numbers[name] = column
    return GoalFigures(numbers, running.state, running.vintage, running.row, running.members)


def stated(own: GoalFigures, made: GoalFigures) -> GoalFigures:
    """Figures as they were reported, and made up where nothing was.

    A row without a figure stands where no part has a row either: it may hold a published verdict.
    """
    said = (own.row != NO_ROW) & ((own.state != State.missing) | (made.state == NO_ROW))
    names = [*own.numbers, *(name for name in made.numbers if name not in own.numbers)]
    return GoalFigures(
        {name: np.where(said, own.number(name), made.number(name)) for name in names},
        np.where(said, own.state, made.state).astype(np.int8),
        np.where(said, own.vintage, made.vintage).astype(np.int32),
        np.where(said, own.row, made.row).astype(np.int32),
        own.members,
    )


def _blocks(numbers: npt.NDArray[Any], parts: int) -> Floats:
    """Arrays areas × periods × … as areas × longer periods × … × parts."""
    count = numbers.shape[1] // parts
    block = numbers[:, : count * parts].reshape(len(numbers), count, parts, *numbers.shape[2:])
    return np.moveaxis(block, 2, -1).astype(np.float64)


def _so_far(numbers: npt.NDArray[Any], parts: int) -> Floats:
    """The same with a row of parts for each period, those not over filled in with the first.

    A mean and a state of what is there so far is then that of the parts so far.
    """
    width = numbers.shape[1]
    at = np.arange(width)
    of = at[:, None] // parts * parts + np.arange(parts)
    of = np.where(of <= at[:, None], of, -1)
    taken = numbers[:, np.where(of < 0, 0, of)].astype(np.float64)
    mask = (of < 0).reshape(1, width, parts, *(1,) * (numbers.ndim - 2))
    return np.moveaxis(np.where(mask, _BEYOND, taken), 2, -1)


_BEYOND = -np.inf  # a part that is still to come


def _whole(figures: GoalFigures, how: MakeUp, blocks: Blocks) -> GoalFigures:
    state = blocks(figures.state)
    ahead = state == _BEYOND
    silent = ahead | (state == State.not_applicable)
    held = (state == State.measured) | (state == State.estimate)
    last = np.where(ahead, -1, np.arange(state.shape[-1])).max(axis=-1)[..., None]

    def at_end(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return np.take_along_axis(values, last, axis=-1)[..., 0]

    known = at_end(held) if how is MakeUp.last else (held | silent).all(axis=-1) & held.any(axis=-1)
    vintage = blocks(figures.vintage)
    newest = vintage.max(axis=-1).astype(np.int32)
    numbers = {}
    for name, column in figures.numbers.items():
        values = blocks(column)
        if how is MakeUp.last:
            made = at_end(values)
        elif name == "exclusive":
            made = np.nanmax(np.where(silent, np.nan, values), axis=-1, initial=0.0)
        else:
            amounts = np.where(silent, 0.0, values)
            made = amounts.sum(axis=-1)
            if name in OF_A_MEAN:
                if how is not MakeUp.sum:
                    made = made / np.maximum((~silent).sum(axis=-1), 1) ** OF_A_MEAN[name]
            elif how is MakeUp.mean:
                made = made / np.maximum((~silent).sum(axis=-1), 1)
            elif how is MakeUp.ratio and not _adds_up(figures, name):
                made = np.full(made.shape, np.nan)  # there is no percentage of percentages
        numbers[name] = np.where(known, made, np.nan)
    return GoalFigures(
        numbers,
        _state(at_end(state) if how is MakeUp.last else state, known, how),
        at_end(vintage).astype(np.int32) if how is MakeUp.last else newest,
        at_end(blocks(figures.row)).astype(np.int32),
        figures.members,
    )


def _adds_up(figures: GoalFigures, name: str) -> bool:
    """Whether a number is an amount where the figure is a ratio."""
    return name in PARTS or (name in {"value", "low", "high"} and figures.has("assigned"))


def _state(state: Floats, known: Mask, how: MakeUp) -> npt.NDArray[np.int8]:
    """The state of the whole: withheld, or not applicable, where the parts say so."""
    if how is MakeUp.last:
        return state.astype(np.int8)
    made = np.where(known, State.measured, NO_ROW)
    made = np.where(known & (state == State.estimate).any(axis=-1), State.estimate, made)
    for word in (State.missing, State.not_due, State.suppressed):
        made = np.where(~known & (state == word).any(axis=-1), word, made)
    none = ((state == State.not_applicable) | (state == _BEYOND)).all(axis=-1)
    return np.where(none, State.not_applicable, made).astype(np.int8)
