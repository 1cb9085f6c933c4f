"""What was read of somebody else's file as it stands, and is worth a look all the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planlib.errors import said
from planlib.exchange.draft import GoalDraft, PlanDraft, Unread
from planlib.exchange.yaml_out import number_out

FEW = 3  # numbers from which on a pattern is one
UPWARD, DOWNWARD = ("at_least", "above"), ("at_most", "below")


def doubts(draft: PlanDraft, places: Mapping[str, int | str]) -> Iterator[Unread]:
    """Starts beyond their target, and fractions called percent; ``places`` is where a goal stands."""
    for goal in draft.goals:
        name = next(iter(goal.names.values()))
        seen: set[tuple[float, float]] = set()
        for target in goal.targets:
            start = goal.baselines.get(target.area) or goal.baselines.get("")
            value, comparison = target.terms.get("value"), target.terms.get("comparison")
            if start is None or target.group or not isinstance(value, int | float):
                continue
            worse = start.value > value if comparison in UPWARD else start.value < value
            if comparison in (*UPWARD, *DOWNWARD) and worse and (start.value, value) not in seen:
                seen.add((start.value, value))
                found = f"{number_out(start.value)} → {number_out(value)}"
                why, hint = said("exchange.start-beyond-target"), said("exchange.start-beyond-hint")
                yield Unread(start.line, name, "baseline", found, why, hint)
        if goal.unit == "%" and _fractions(draft, goal):
            why, hint = said("exchange.fractions"), said("exchange.fractions-hint")
            yield Unread(places[goal.id], name, "", "", why, hint)


def _fractions(draft: PlanDraft, goal: GoalDraft) -> bool:
    """Whether a goal's figures, or all its numbers where figures are few, lie between 0 and 1."""
    mine = [one for one in draft.figures if one["goal"] == goal.id]
    figures = [float(one["value"]) for one in mine if "value" in one]
    told = [one.terms.get("value") for one in goal.targets]
    others = [float(one) for one in told if isinstance(one, int | float)]
    others += [start.value for start in goal.baselines.values()]
    values = figures if len(figures) >= FEW else [*figures, *others]
    return len(values) >= FEW and any(values) and all(0 <= one <= 1 for one in values)
