"""What is wrong with the targets of a goal, as its own text tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planlib.errors import said
from planlib.plan.goal_parts import TARGETS
from planlib.plan.target import PERCENT_BASES, RECURRING, SINCE, Basis, Target
from planlib.plan.yes_no import is_yes_no

# What is compared is a percentage made of figures that are in another unit.
APART = frozenset({Basis.change, Basis.growth, Basis.quota, Basis.share})

if TYPE_CHECKING:
    from planlib.plan.goal import Goal


def goal_faults(goal: Goal) -> list[str]:
    """Everything that contradicts itself in a goal, but for its revisions."""
    found = [fault for target in goal.stated_targets() for fault in target_faults(goal, target)]
    return [*_shape_faults(goal), *dict.fromkeys(found)]


def _shape_faults(goal: Goal) -> list[str]:
    found: list[str] = []
    given = [name for name in TARGETS if getattr(goal, name) not in (None, ())]
    if len(given) > 1:
        found.append(said("plan.give-target-readings-yearly", names=" and ".join(given)))
    if goal.targets and any(name != "target" for name in given):
        found.append(said("plan.own-targets-beside-target-only", name=given[0]))
    if goal.targets and not goal.all_targets():
        found.append(said("plan.own-targets-none-whole"))
    if not given and goal.term_target is None and not goal.targets:
        found.append(said("plan.needs-target-readings-yearly"))
    if goal.readings:
        if len(goal.readings) < 2:
            found.append(said("plan.readings-holds-two-more"))
        if sum(reading.default for reading in goal.readings) != 1:
            found.append(said("plan.exactly-reading-default-true"))
        names = [reading.id for reading in goal.readings]
        if len(set(names)) < len(names):
            found.append(said("plan.ids-readings-must-differ"))
    years = [target.year for target in goal.yearly]
    if len(set(years)) < len(years):
        found.append(said("plan.target-year-yearly"))
    if any(target.cadence not in RECURRING for target in goal.yearly):
        found.append(said("plan.cadence-yearly-every-year"))
    if len({target.basis for target in goal.yearly}) > 1:
        found.append(said("plan.targets-yearly-share-basis"))
    if goal.term_target is not None and goal.term_target.cadence in RECURRING:
        found.append(said("plan.cadence-term-target-over"))
    if len({target.kind.figure == "members" for target in goal.stated_targets()}) > 1:
        # Such a goal has one figure a member; with another comparison one for the whole.
        found.append(said("plan.all-cannot-stand-beside"))
    if goal.part_of == goal.id:
        found.append(said("plan.goal-cannot-part-itself"))
    if goal.least_count is not None and not goal.sensitive:
        found.append(said("plan.least-count-goes-sensitive"))
    if goal.denominator is not None:
        if goal.denominator == goal.id:
            found.append(said("plan.goal-cannot-own-denominator"))
        elif (
            not any(target.basis is Basis.share for target in goal.stated_targets())
            and not goal.targets
        ):
            found.append(said("plan.denominator-goes-basis-share"))
    return found


def target_faults(goal: Goal, target: Target) -> list[str]:
    """What is wrong with a target for the goal's unit and natural limits."""
    found: list[str] = []
    if target.basis in PERCENT_BASES - SINCE and goal.unit != "%":
        found.append(said("plan.basis-unit-percent", basis=target.basis, found=goal.unit_id))
    if goal.figure_unit is not None and target.basis not in APART:
        found.append(said("plan.figure-unit-goes-with", basis=target.basis))
    if target.kind.figure == "yes_no" and not is_yes_no(goal.unit):
        found.append(said("plan.done-unit-yes-no", found=goal.unit_id))
    limits = goal.limits_of(target)
    for end in (target.value, target.low, target.high):
        if end is None:
            continue
        if limits.low is not None and end < limits.low:
            found.append(said("plan.target-lies-below-natural", end=end, low=limits.low))
        if limits.high is not None and end > limits.high:
            found.append(said("plan.target-lies-above-natural", end=end, high=limits.high))
    return found
