"""What a figure was held against, and the figure, in one line for programs."""

from __future__ import annotations

from planlib.figures.observations import FIGURE_COLUMNS
from planlib.plan.goal import Goal
from planlib.plan.target import Cadence, Target
from planlib.plan.targets.others import Best


def held_against_line(goal: Goal, target: Target | None, decided: int, *, term: bool) -> str:
    """What a figure was held against, in one line for programs."""
    if target is not None:
        held = _held(goal, target)
    else:
        held = "every yearly target of the term" if term else "no target set for this year"
        if goal.untargeted_area:
            return "no target set for this area"
        if term and (yearly := goal.target_for(decided)):
            held += f", {_held(goal, yearly)}"
    if term and (target is None or target.cadence is not Cadence.over_term):
        held += f" in {decided}"
    return held


def figure_line(numbers: dict[str, float | None], exclusive: str, unknown: str) -> str:
    """The figure that was compared, in one line for programs."""
    value, low, high = (numbers[name] for name in FIGURE_COLUMNS)
    if value is not None:
        return f"{value:.12g}"
    if low is None and high is None:
        return unknown
    over = ">" if exclusive in {"low", "both"} else ""
    under = "<" if exclusive in {"high", "both"} else ""
    ends = (
        "" if low is None else f"{over}{low:.12g}",
        "" if high is None else f"{under}{high:.12g}",
    )
    return "..".join(ends)


def _of_others(target: Target) -> str:
    """Whom a figure is held against, in one line for programs."""
    if isinstance(target.among, Best):
        return f"among best {target.among.best}"
    if target.among is not None:
        return f"among {target.among}"
    to = target.to.record() if target.to is not None else {}
    named = (f"{key} {to[key]}" for key in ("goal", "area", "group") if key in to)
    return f"of {' '.join(named) or 'series'}"


def _held(goal: Goal, target: Target) -> str:
    ends = [f"{end:.12g}" for end in (target.value, target.low, target.high) if end is not None]
    if target.members:
        ends = [str(len(target.members))]
    unit = "%" if target.measure == "percent" else goal.unit_id
    held = " ".join([str(target.comparison), "-".join(ends), unit]).replace("  ", " ")
    if target.kind.of_others:
        held += f" {_of_others(target)}"
    due = f" {target.due_day or target.due}" if target.due else ""
    return f"{held} ({target.basis}, {target.cadence}{due})"
