"""Goals as they stand along periods of one length: what they name by other periods is moved there.

A deadline of a year stands at the last of its quarters; a target of a year holds in each of them,
where a quarter has none of its own; and what was set for the last quarter is the year's.
"""

from __future__ import annotations

from typing import Any

from planlib.plan.goal import Goal
from planlib.plan.goal_parts import Baseline, Reading, YearlyTarget
from planlib.plan.periods.calendar import Calendar, Frequency, frequency_of
from planlib.plan.target import Target
from planlib.plan.targets.own import OwnTarget
from planlib.plan.targets.revision import GoalRevision


def placed(goal: Goal, calendar: Calendar, frequency: Frequency) -> Goal:
    """The goal along periods of that length."""
    at = _Placing(calendar, frequency)
    changed = at.parts(goal)
    if goal.revisions:
        changed["revisions"] = tuple(one.model_copy(update=at.parts(one)) for one in goal.revisions)
    return goal.altered(changed) if changed else goal


class _Placing:
    def __init__(self, calendar: Calendar, frequency: Frequency) -> None:
        self.calendar, self.frequency = calendar, frequency

    def parts(self, version: Goal | GoalRevision) -> dict[str, Any]:
        """What changes in a goal, or in a revision of it."""
        changed: dict[str, Any] = {}
        for name in ("target", "term_target"):
            changed[name] = self._target(getattr(version, name))
        changed["readings"] = tuple(self._reading(one) for one in version.readings)
        changed["yearly"] = self._yearly(version.yearly)
        changed["targets"] = self._own(version.targets)
        changed["baseline"] = self._baseline(version.baseline)
        return {name: value for name, value in changed.items() if value != getattr(version, name)}

    def _at(self, code: int) -> int:
        return self.calendar.within(code, self.frequency)

    def _target(self, target: Target | None) -> Target | None:
        if target is None:
            return None
        named = {key: self._at(code) for key in ("due", "since") if (code := getattr(target, key))}
        return target.model_copy(update=named) if named else target

    def _reading(self, reading: Reading) -> Reading:
        return reading.model_copy(update={"target": self._target(reading.target)})

    def _baseline(self, baseline: Baseline | None) -> Baseline | None:
        if baseline is None:
            return None
        return baseline.model_copy(update={"year": self._at(baseline.year)})

    def _own(self, targets: tuple[OwnTarget, ...]) -> tuple[OwnTarget, ...]:
        found: dict[tuple[str, str, int | None], OwnTarget] = {}
        for one in sorted(targets, key=lambda one: self._length(one.period)):
            changed: dict[str, Any] = {}
            for key in ("due", "since"):
                if getattr(one, key) is not None:
                    changed[key] = self._at(getattr(one, key))
            if one.baseline is not None:
                changed["baseline"] = self._baseline(one.baseline)
            for code in self._codes(one.period) if one.period is not None else (None,):
                period = {} if code is None else {"period": code}
                here = one.model_copy(update=changed | period)
                found[here.place] = here
        return tuple(found.values())

    def _length(self, period: int | None) -> int:
        return 0 if period is None else frequency_of(period).in_year

    def _codes(self, period: int) -> tuple[int, ...]:
        longer = frequency_of(period).in_year < self.frequency.in_year
        return self.calendar.parts(period, self.frequency) if longer else (self._at(period),)

    def _yearly(self, targets: tuple[YearlyTarget, ...]) -> tuple[YearlyTarget, ...]:
        found: dict[int, YearlyTarget] = {}
        longest_first = sorted(targets, key=lambda one: (frequency_of(one.year).in_year, one.year))
        for target in longest_first:
            for code in self._codes(target.year):
                found[code] = target.model_copy(update={"year": code})
        return tuple(found[code] for code in sorted(found)) if found else targets
