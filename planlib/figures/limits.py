"""What the numbers of a goal can be: typed ones and what is made from them, and fillers for none.

Every number has its natural limits, the parts of a percentage as well as the percentage itself.
Statistics programs write −99, 999 or 9999 where there is no figure; one that lies far from
everything else the goal has is asked about, unless a remark stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from planlib.errors import Said, said
from planlib.figures.observations import FIGURE_COLUMNS, PART_COLUMNS
from planlib.plan.goal import Goal
from planlib.plan.goal_parts import Limits
from planlib.plan.target import CHANGES, SINCE, Basis

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Numbers = Callable[[str], Floats]  # a column of the goal's rows by its name
# Which rows are wrong, the message, the hint, the column; messages may be functions of the row.
Row = Mapping[str, Any]  # of the frame of figures
Message = Said | Callable[[Row], Said | None]
Fault = tuple[Mask, Message, Message | None, str | None]

LARGEST = 1e15  # beyond it a double no longer tells one thing from the next
ROOM = 5.0  # times the largest other number of a goal: so far a figure may reach
LEAST = 20.0  # what any goal may reach without being asked about
_NINES = [10**n - 1 - less for n in range(2, 10) for less in (0, 1, 2)]
_SAME = [digit * (10**n - 1) // 9 for n in range(2, 10) for digit in (7, 8)]
_PARTED = [(10**n - 1) / tens for n in range(4, 8) for tens in (10, 100)]
_FILLERS = np.array([*_NINES, *_SAME, *_PARTED, 2**31 - 1, 2**31, 99.9, -(2.0**31)])


def limit_faults(goal: Goal, column: Numbers) -> Iterator[Fault]:
    """Numbers beyond their natural limits, and percentages made from others that are."""
    target = goal.main_target()
    limits = goal.limits_of(target)
    if target.kind.figure != "number":
        return
    above_zero = limits.low is not None and limits.low >= 0
    if target.basis in SINCE:
        for name in FIGURE_COLUMNS if goal.limits else ():
            yield from _beyond(column(name), goal.limits or limits, name)
    elif target.basis in {Basis.level, Basis.count, Basis.growth} or (
        target.basis is Basis.share and limits.high != 100
    ):
        for name in FIGURE_COLUMNS:
            yield from _beyond(column(name), limits, name)
    if target.basis in {Basis.share, Basis.growth}:
        above, below = column("numerator"), column("denominator")
        if above_zero:
            yield above < 0, said("figures.numerator-negative"), None, "numerator"
        if limits.high != 100:  # there the two numbers themselves are compared
            yield _made(above, below, limits, ("numerator", "denominator"))
    elif target.basis is Basis.quota:
        for name in FIGURE_COLUMNS:
            yield column(name) < 0, said("figures.quota-negative", column=name), None, name
        yield _made(column("value"), column("assigned"), limits, ("value", "assigned"))
    elif target.basis is Basis.change:
        yield from _crossing(goal, column)


def _beyond(figure: Floats, limits: Limits, name: str) -> Iterator[Fault]:
    for end, sign, key in (
        (limits.low, 1, "figures.figure-below-natural-limit"),
        (limits.high, -1, "figures.figure-above-natural-limit"),
    ):
        if end is not None:
            wrong = sign * (figure - end) < -1e-9 * max(1.0, abs(end))
            yield wrong, _limit_message(key, end), None, name


def _limit_message(key: str, limit: float) -> Message:
    return lambda row: said(key, limit=limit, found=_number(row))


def of_row(key: str, **columns: str) -> Message:
    """A message whose facts are numbers of the row, each by the name of its column."""
    return lambda row: said(key, **{fact: float(row[name]) for fact, name in columns.items()})


def _made(above: Floats, below: Floats, limits: Limits, names: tuple[str, str]) -> Fault:
    """A percentage that two numbers make, beyond its limits or beyond all reason."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        made = np.where(below == 0, np.nan, 100 * above / below)
        wrong = np.abs(made) > LARGEST
        if limits.high is not None:
            wrong |= made > limits.high * (1 + 1e-9) + 1e-9
        if limits.low is not None:
            wrong |= made < limits.low - 1e-9 * max(1.0, abs(limits.low))
        wrong &= (above >= 0) & (below > 0)  # a part below zero is told itself

    def message(row: Row) -> Said:
        one, other = float(row[names[0]]), float(row[names[1]])
        return said("figures.percent-impossible", one=one, other=other, made=100 * (one / other))

    return wrong, message, None, names[0]


def _crossing(goal: Goal, column: Numbers) -> Iterator[Fault]:
    """Nothing that was positive can fall by more than all of it."""
    value = column("value")
    negative = value < 0
    if goal.limits is not None and goal.limits.low is not None and goal.limits.low < 0:
        return
    if negative.sum() <= 1 and (value > 0).any():
        yield negative, said("figures.negative-figure-all-others"), None, "value"


def share_faults(goal: Goal, column: Numbers) -> Iterator[Fault]:
    """Shares outside 0 to 100, and those that their two numbers contradict."""
    numerator, denominator = column("numerator"), column("denominator")
    if goal.limits_of(goal.main_target()).high == 100:
        message = of_row(
            "figures.numerator-exceeds-denominator",
            numerator="numerator", denominator="denominator",
        )  # fmt: skip
        yield numerator > denominator, message, None, "numerator"
        for name in FIGURE_COLUMNS:
            figure = column(name)
            message = of_row("figures.share-out-of-range", found=name)
            hint = of_row("figures.share-give-both-numbers", found=name)
            yield (figure > 100) | (figure < 0), message, hint, name
    yield from ratio_faults(column)


def ratio_faults(column: Numbers) -> Iterator[Fault]:
    """Stated percentages that their two numbers contradict."""
    value = column("value")
    numerator, denominator = column("numerator"), column("denominator")
    with np.errstate(divide="ignore", invalid="ignore"):
        made = 100 * numerator / denominator
        wrong = np.isfinite(made) & (np.abs(made - value) > half_unit(value))
    yield (
        wrong,
        lambda row: ratio_fault(row["value"], row["numerator"], row["denominator"]),
        said("figures.correct-leave-value-empty"),
        "value",
    )


def ratio_fault(stated: float, above: float, below: float) -> Said:
    """What is said of a stated percentage that its two numbers contradict."""
    return said(
        "figures.stated-percent-not-follow",
        stated=float(stated),
        above=float(above),
        below=float(below),
        made=100 * float(above) / float(below),
    )


def half_unit(value: Floats) -> Floats:
    """Half a unit of the last printed digit of each figure, with room for binary rounding.

    >>> [round(float(x), 6) for x in half_unit(np.array([71.0, 71.2, 71.25]))]
    [0.500001, 0.05, 0.005]
    """
    half = np.full(value.shape, 0.5e-6)
    for digits in range(5, -1, -1):
        printed = np.abs(np.round(value, digits) - value) < 1e-9 * np.maximum(1.0, np.abs(value))
        half[printed] = 0.5 * 10.0**-digits
    return half * (1 + 1e-6) + 1e-9


def filler_faults(goal: Goal, column: Numbers, remarked: Mask) -> Iterator[Fault]:
    """Numbers such as −99 or 9999 that nothing else the goal has comes near to.

    ``remarked`` are the rows with a note or words: whoever wrote them meant the number.
    """
    target = goal.main_target()
    if target.kind.figure != "number":
        return
    ends = [end for one in goal.all_targets() for end in (one.value, one.low, one.high)]
    planned = [end for end in ends if end is not None]
    beside = {  # what else a number may be as large as
        "value": (*FIGURE_COLUMNS, "assigned"), "low": FIGURE_COLUMNS, "high": FIGURE_COLUMNS,
        "numerator": ("numerator", "denominator"),
        "denominator": ("denominator",), "assigned": ("assigned", "value"),
    }  # fmt: skip
    for name in (*FIGURE_COLUMNS, *PART_COLUMNS):
        figures = column(name)
        with np.errstate(invalid="ignore"):
            at = np.flatnonzero((figures <= -77) | (figures >= 997))
        at = at[np.isin(np.abs(figures[at]), _FILLERS)]
        if not len(at):
            continue
        others = [column(other) for other in beside[name]]
        if target.basis not in CHANGES | {Basis.quota} and name in FIGURE_COLUMNS:
            others.append(np.array(planned))
        known = np.concatenate(others)
        known = known[~np.isnan(known) & ~_filler(known)]
        most = max(float(known.max(initial=0.0)), LEAST) if len(known) else np.inf
        least = float(known.min(initial=0.0))
        wrong = np.zeros(len(figures), bool)
        wrong[at] = (figures[at] > ROOM * most) | (figures[at] < ROOM * least)
        message = of_row("figures.looks-like-filler", found=name)
        yield wrong & ~remarked, message, said("figures.leave-cell-empty-none"), name


def _filler(figures: Floats) -> Mask:
    """Whether a number looks like a filler; small positive ones are figures like any other."""
    return np.isin(np.abs(figures), _FILLERS) & ((figures < 0) | (figures >= 997))


def _number(row: Row) -> str:
    names = [n for n in FIGURE_COLUMNS if n in row and not np.isnan(row[n])]
    return " to ".join(f"{row[name]:g}" for name in names)
