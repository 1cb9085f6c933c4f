"""Which target holds in an area: worked out from the entries of the plan, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency, frequency_of
from planlib.plan.target import Basis, Cadence, Target
from planlib.plan.targets.own import OwnTarget
from planlib.verify.comparisons import RecomputedComparison

EACH = frozenset({Cadence.every_year, Cadence.every_period})
WHERE = frozenset({"area", "group", "period", "no_target", "baseline"})
RANGE = frozenset({"low", "high", "beyond"})
ABOUT_OTHERS = ("to", "measure", "strict", "among", "of", "of_at_least")
OF_SOME = {
    RecomputedComparison.between: RANGE,
    RecomputedComparison.all_of: frozenset({"members"}),
    RecomputedComparison.done: frozenset[str](),
    RecomputedComparison.maintain: frozenset[str](),
    RecomputedComparison.relative: frozenset[str](),
    RecomputedComparison.rank: frozenset[str](),
}


class StandingTargets:
    """The targets of one goal in one area, for everybody there or for one group."""

    def __init__(self, goal: Goal, area: str, group: str = "") -> None:
        self.goal, self.term = goal, goal.term_target
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
        if group:
            self._of_group(area, group)

    def _of_group(self, area: str, group: str) -> None:
        """What holds for everybody holds for a group too, but counts, unless it has its own."""
        own = [one for one in self.goal.targets if one.group == group and one.area in {None, area}]
        own.sort(key=lambda one: one.area is not None)  # what is said of the area comes last
        always = [one for one in own if one.period is None][-1:]
        each = [one for one in own if one.period is not None]
        first = self.main or next(iter(self.steps.values()), None) or self._any()
        whole, steps = first, dict(self.steps)
        if first is not None and first.basis is Basis.count and not always:
            self.none, self.main, self.steps, self.term = True, None, {}, None
        for one in always:
            self.none, self.steps, steps, self.term = one.no_target, {}, {}, None
            if not one.no_target:
                self.main = whole = _laid_over(first, one)
        for one in each:
            at = int(one.period or 0)
            below = self.steps.get(at) or steps.get(at) or whole
            self.steps[at] = _laid_over(below, one)
            self.none, self.term = False, None

    def _any(self) -> Target | None:
        """A target of the goal, whoever it is of."""
        for one in self.goal.targets:
            if not one.no_target:
                try:
                    return _laid_over(self.goal.target, one)
                except ValueError:
                    continue
        return None

    def of(self, year: int) -> Target | None:
        """The target of a year."""
        return None if self.none else self.steps.get(int(year), self.main)

    def of_term(self) -> Target | None:
        """The target of the term; None where each year has its own."""
        if self.none:
            return None
        if self.term is not None:
            return self.term
        if self.steps and (self.main is None or self.main.cadence in EACH):
            return None
        return self.main


def _laid_over(base: Target | None, one: OwnTarget) -> Target:
    said = dict(_said(base)) if base is not None else {}
    kind = one.comparison or (base.comparison if base is not None else None)
    if base is not None and kind != base.comparison:
        kept = OF_SOME.get(RecomputedComparison(str(kind)), frozenset({"value"}))
        if base.comparison in {RecomputedComparison.relative, RecomputedComparison.rank}:
            kept = frozenset()
        for key in ("value", "members", "better", "since", *RANGE, *ABOUT_OTHERS):
            if key not in kept:
                said.pop(key, None)
    own = {key: value for key, value in _said(one) if key not in WHERE}
    if "due" in own or one.period is not None:
        said.pop("due_day", None)
    said |= own
    if one.period is not None:
        held = base.cadence if base is not None else None
        year = frequency_of(one.period) is Frequency.year
        alone = Cadence.every_year if year else Cadence.every_period
        said["cadence"] = held if held in EACH else alone
        said.pop("due", None)
    return Target.model_validate(said)


def _said(part: Target | OwnTarget) -> Iterator[tuple[str, Any]]:
    return ((key, getattr(part, key)) for key in part.model_fields_set if key != "year")
