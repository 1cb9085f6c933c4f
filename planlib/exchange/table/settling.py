"""What is settled when every row of a table is read: which targets hold in all areas, and which goals have none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planlib.errors import said
from planlib.exchange.draft import GoalDraft, PlanDraft, TargetDraft, Unread
from planlib.exchange.yaml_out import number_out
from planlib.plan.periods.calendar import Frequency, frequency_of

FIGURES = ("value", "low", "high", "numerator", "denominator")
Line = dict[str, str | float | int]
Placed = tuple[Line, int | str]  # a figure and where it stands


@dataclass
class StatedTarget:
    """A target as a row states it, to be held against other rows."""

    draft: TargetDraft
    vintage: str
    place: int | str
    found: str


def give_targets(
    draft: PlanDraft,
    stated: Mapping[tuple[str, str, int], StatedTarget],
    figures: Sequence[Placed],
    keys: Mapping[str, str],
    places: Mapping[str, int | str],
) -> None:
    """Give each goal its targets: one for all areas where they have the same, else each its own.

    Goals without a target have no place in a plan: all their numbers are listed. ``keys`` is what
    the table calls a goal, by its id, ``places`` where it is first named.
    """
    areas = set(draft.areas)
    targets: dict[str, list[TargetDraft]] = {}
    for (goal_id, _, _), one in stated.items():
        targets.setdefault(goal_id, []).append(one.draft)
    placed: dict[str, list[Placed]] = {}
    for line, place in figures:
        placed.setdefault(str(line["goal"]), []).append((line, place))
    for goal in draft.goals:
        mine = targets.get(goal.id, [])
        for period in sorted({one.period for one in mine}):
            there = [one for one in mine if one.period == period]
            same = all(one.terms == there[0].terms for one in there)
            if same and {one.area for one in there} == areas:
                there = [replace(there[0], area="")]
            goal.targets += there
        starts = list(goal.baselines.values())
        if set(goal.baselines) == areas and all(one == starts[0] for one in starts):
            goal.baselines = {"": starts[0]}
        lines = placed.get(goal.id, [])
        told = {one.period for one in mine} | {int(line["year"]) for line, _ in lines}
        kinds = {frequency_of(code) for code in told} or {Frequency.year}
        goal.frequency = max(kinds, key=lambda kind: kind.in_year)
        if goal.frequency is Frequency.year:  # nothing shorter makes its years
            goal.terms.pop("make_up", None)
            goal.terms.pop("year_to_date", None)
        if goal.targets:
            draft.figures += [line for line, _ in lines]
        else:
            told_already = any(one.subject == keys[goal.id] for one in draft.unread)
            found = _without_target(goal, lines, keys[goal.id])
            if not found and not told_already:  # named, and nothing is said of it
                why, hint = said("exchange.no-target"), said("exchange.no-target-hint")
                found = [Unread(places[goal.id], keys[goal.id], "", "", why, hint)]
            draft.unread += found
    draft.goals = [goal for goal in draft.goals if goal.targets]


def _without_target(goal: GoalDraft, lines: Sequence[Placed], key: str) -> list[Unread]:
    starts = goal.baselines.values()
    told = [(start.line, "baseline", number_out(start.value)) for start in starts]
    for line, place in lines:
        ends = [number_out(float(line[name])) for name in FIGURES if name in line]
        told.append((place, "actual", " - ".join(ends) or str(line.get("published_reason", ""))))
    why, hint = said("exchange.no-target"), said("exchange.no-target-hint")
    return [Unread(at, key, what, found, why, hint) for at, what, found in told]
