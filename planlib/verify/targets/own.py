"""Which target holds in an area: worked out from the entries of the plan, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency, frequency_of
from planlib.plan.target import Cadence, Target
from planlib.plan.targets.own import OwnTarget
from planlib.verify.comparisons import RecomputedComparison

EACH = frozenset({Cadence.every_year, Cadence.every_period})
WHERE = frozenset({"area", "group", "period", "no_target", "baseline"})
RANGE = frozenset({"low", "high", "beyond"})
OF_SOME = {
    RecomputedComparison.between: RANGE,
    RecomputedComparison.all_of: frozenset({"members"}),
    RecomputedComparison.done: frozenset[str](),
    RecomputedComparison.maintain: frozenset[str](),
}


class StandingTargets:
    """The targets of one goal in one area, for everybody there."""

    def __init__(self, goal: Goal, area: str) -> None:
        self.goal = goal
        entries = [one for one in goal.targets if one.group is None]
        here = [one for one in entries if one.area == area]
        of_area = [one for one in here if one.period is None]
        general = [one for one in entries if one.area is None and one.period is not None]
        steps = [one for one in here if one.period is not None]
        self.main = goal.target
        self.none = any(one.no_target for one in of_area)
        for one in of_area:
            if not one.no_target:
                self.main = _laid_over(self.main, one)
        if not of_area and not steps:
            self.none = goal.other_areas == "no_target" or (self.main is None and not general)
        self.steps: dict[int, Target] = {}
        if not self.none:
            for one in (*general, *steps):
                at = int(one.period or 0)
                self.steps[at] = _laid_over(self.steps.get(at, self.main), one)

    def of(self, year: int) -> Target | None:
        """The target of a year."""
        return None if self.none else self.steps.get(int(year), self.main)

    def of_term(self) -> Target | None:
        """The target of the term; None where each year has its own."""
        if self.none:
            return None
        if self.goal.term_target is not None:
            return self.goal.term_target
        if self.steps and (self.main is None or self.main.cadence in EACH):
            return None
        return self.main


def _laid_over(base: Target | None, one: OwnTarget) -> Target:
    said = dict(_said(base)) if base is not None else {}
    kind = one.comparison or (base.comparison if base is not None else None)
    if base is not None and kind != base.comparison:
        kept = OF_SOME.get(RecomputedComparison(str(kind)), frozenset({"value"}))
        for key in ("value", "members", "better", "since", *RANGE):
            if key not in kept:
                said.pop(key, None)
    said |= {key: value for key, value in _said(one) if key not in WHERE}
    if one.period is not None:
        held = base.cadence if base is not None else None
        year = frequency_of(one.period) is Frequency.year
        alone = Cadence.every_year if year else Cadence.every_period
        said["cadence"] = held if held in EACH else alone
        said.pop("due", None)
    return Target.model_validate(said)


def _said(part: Target | OwnTarget) -> Iterator[tuple[str, Any]]:
    return ((key, getattr(part, key)) for key in part.model_fields_set if key != "year")
