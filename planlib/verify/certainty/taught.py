"""What figures that were reported more than once teach of others: how often, how much, which way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import inf, isfinite, isnan, log1p, nan
from statistics import NormalDist, fmean, median
from typing import Any

import pandas as pd

from planlib.figures.observations import UNDATED, WHAT_IF, State
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import Basis
from planlib.verify.bounds import SAME, percent
from planlib.verify.comparisons import RecomputedComparison
from planlib.verify.periods.rows import Row, number

COLUMNS = ("goal", "area", "group", "member", "year", "vintage", "state", "file",
           "value", "numerator", "denominator", "assigned")  # fmt: skip
AGES = (365, 730, 1826)
MOST_DECIMALS = 5
NEVER_NUMBERS = frozenset({RecomputedComparison.done, RecomputedComparison.all_of})
IN_POINTS = frozenset({Basis.share, Basis.growth, Basis.quota})
CHANGED = frozenset({Basis.change, Basis.change_since})


@dataclass(frozen=True)
class Manner:
    """Of the figures of a kind: the share that is revised, their drift, mean size and long tails."""

    share: float
    drift: float
    size: float
    tails: float


@dataclass
class _Seen:
    """What was seen of one goal: its decimals, and each revision with the age it was made at."""

    decimals: list[int] = field(default_factory=list)
    revisions: list[tuple[float, int | None]] = field(default_factory=list)


class Taught:
    """What all figures known on a day teach of the goals of a plan."""

    def __init__(self, plan: Plan, frame: pd.DataFrame, as_of: int | None) -> None:
        self._plan = plan
        self._goals = {
            goal.id: goal for goal in plan.goals
            if goal.main_target().comparison not in NEVER_NUMBERS
        }  # fmt: skip
        self._seen: dict[str, _Seen] = defaultdict(_Seen)
        reports: dict[tuple[Any, ...], list[tuple[int, float]]] = defaultdict(list)
        for row in _records(frame):
            goal = self._goals.get(str(row["goal"]))
            day = int(row["vintage"])
            if goal is None or str(row["file"]) == WHAT_IF or (as_of is not None and day > as_of):
                continue
            if isfinite(value := number(row, "value")):
                self._seen[goal.id].decimals.append(_decimals(value))
            figure = _figure(row, goal)
            if int(row["state"]) <= State.estimate and isfinite(figure):
                cell = goal.id, row["area"], row["group"], row["member"], int(row["year"])
                reports[cell].append((day, figure))
        for cell, told in reports.items():
            self._learn(cell[0], cell[-1], sorted(told, key=lambda one: one[0]))
        self._usual = {name: _usual(seen.decimals) for name, seen in self._seen.items()}
        self._manners: dict[tuple[str, int | None], Manner | None] = {}

    def _learn(self, goal: str, period: int, told: list[tuple[int, float]]) -> None:
        """Each earlier report of one figure against the last."""
        last_day, last = told[-1]
        for day, figure in told:
            if day == last_day or (figure == 0 and not self._in_points(goal)):
                continue
            moved = last - figure
            if abs(moved) <= 1e-9 * max(abs(last), abs(figure)):
                moved = 0.0
            moved /= 1.0 if self._in_points(goal) else abs(figure)
            self._seen[goal].revisions.append((moved, self._age(period, day)))

    def _in_points(self, goal: str) -> bool:
        one = self._goals[goal]
        basis = one.main_target().basis
        return basis in IN_POINTS or (one.unit == "%" and basis not in CHANGED)

    def _age(self, period: int, day: int) -> int | None:
        if day == UNDATED:
            return None
        days = day - self._plan.calendar.end(period)
        return sum(days >= end for end in AGES)

    def _alike(self, goal: str) -> Manner | None:
        """What is known of goals told in the same way, where three or more were revised."""
        alike = [
            [moved for moved, _ in seen.revisions] for name, seen in self._seen.items()
            if seen.revisions and self._in_points(name) == self._in_points(goal)
        ]  # fmt: skip
        sizes = [fmean(abs(one) for one in some if one) for some in alike if any(some)]
        if len(sizes) < 3:
            return None
        return Manner(
            fmean(sum(map(bool, some)) / len(some) for some in alike), 0, median(sizes), 0.5
        )

    def manner(self, goal: str, age: int | None) -> Manner | None:
        """How figures of a goal that are so old are revised; None where nothing is known of it."""
        if (goal, age) not in self._manners:
            self._manners[goal, age] = self._manner(goal, age)
        return self._manners[goal, age]

    def _manner(self, goal: str, age: int | None) -> Manner | None:
        revisions = self._seen[goal].revisions if goal in self._seen else []
        alike = self._alike(goal)
        whole = held_to([moved for moved, _ in revisions], alike) if revisions else alike
        if age is None or whole is None or not revisions:
            return whole
        return held_to([moved for moved, then in revisions if then == age], whole)

    def marked(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Rows with their errors beside their numbers."""
        for row in rows:
            goal = self._goals.get(str(row["goal"]))
            yield row if goal is None else {**row, **self._errors(row, goal)}

    def _errors(self, row: Row, goal: Goal) -> dict[str, float]:
        if str(row.get("file", "")) == WHAT_IF:
            names = ("rounding", "below", "above", "quiet", "shift", "wide", "heavy")
            return dict.fromkeys(names, nan)
        value, low, high = (number(row, name) for name in ("value", "low", "high"))
        level = goal.interval_level or self._plan.header.interval_level
        reach = NormalDist().inv_cdf((1 + level / 100) / 2)
        inside = low <= value <= high
        between = isnan(value) and isfinite(low) and isfinite(high)
        found = {
            "rounding": (high - low) ** 2 / 12 if between else self._rounding(goal.id, value),
            "below": ((value - low) / reach) ** 2 if inside else 0.0,
            "above": ((high - value) / reach) ** 2 if inside else 0.0,
            "quiet": 0.0, "shift": 0.0, "wide": 0.0, "heavy": 0.0,
        }  # fmt: skip
        manner = self.manner(goal.id, self._age(int(row["year"]), int(row["vintage"])))
        figure = _figure(row, goal)
        unit = 1.0 if self._in_points(goal.id) else abs(figure)
        if manner is not None and unit * manner.size > 0:
            wide = manner.share * (unit * manner.size) ** 2
            quiet = log1p(-manner.share) if manner.share < 1 else -inf
            found |= {"quiet": quiet, "shift": manner.share * unit * manner.drift, "wide": wide}
            found["heavy"] = wide * manner.tails
        return found

    def _rounding(self, goal: str, value: float) -> float:
        """A third of the square of half a digit, which as many decimals have as most figures."""
        digits = max(_decimals(value), self._usual.get(goal, 0))
        return (0.5 * 10.0**-digits) ** 2 / 3 if 0 < digits <= MOST_DECIMALS else 0.0


def _usual(decimals: list[int]) -> int:
    """As many decimals as half of the figures have, or more."""
    known = range(MOST_DECIMALS + 2)
    if not decimals:
        return 0
    return max(d for d in known if 2 * sum(one >= d for one in decimals) >= len(decimals))


def held_to(revisions: list[float], before: Manner | None) -> Manner | None:
    """What revisions say, weighed against what was known before.

    >>> held_to([0.0, 2.0], None)
    Manner(share=0.5, drift=0.0392156862745098, size=1.9607843137254901, tails=0.45454545454545453)
    """
    made = [one for one in revisions if one]
    n, k = len(revisions), len(made)
    share = (k + 0.5) / (n + 1) if before is None else (k + 10 * before.share) / (n + 10)
    if not made:
        return before and Manner(share, before.drift, before.size, before.tails)
    drift = (k * median(made) + 50 * (before.drift if before else 0.0)) / (k + 50)
    sizes = [abs(one - drift) for one in made]
    size = fmean(sizes)
    middle_of_t, middle_of_normal = 3**-0.5, 0.8453475393951495
    tails = (middle_of_normal - median(sizes) / size) / (middle_of_normal - middle_of_t)
    tails = (k * min(1.0, max(0.0, tails)) + 10 * (before.tails if before else 0.5)) / (k + 10)
    if before is not None:
        size = (k * size + 10 * before.size) / (k + 10)
    return Manner(share, drift, size, tails)


def _records(frame: pd.DataFrame) -> Iterator[Mapping[str, Any]]:
    """The rows of a table with what is needed of them; text that no file has is empty."""
    held = [frame[name].tolist() if name in frame else [""] * len(frame) for name in COLUMNS]
    return (dict(zip(COLUMNS, row, strict=True)) for row in zip(*held, strict=True))


def _decimals(value: float) -> int:
    """How many decimals a figure was printed with; 6 where it was worked out."""
    if not isfinite(value):
        return MOST_DECIMALS + 1
    near = (
        d for d in range(MOST_DECIMALS + 1) if abs(round(value, d) - value) <= SAME * abs(value)
    )
    return next(near, MOST_DECIMALS + 1)


def _figure(row: Row, goal: Goal) -> float:
    """The figure of a row as a target is held against it; NaN without one."""
    basis, value = goal.main_target().basis, number(row, "value")
    part, whole = number(row, "numerator"), number(row, "denominator")
    if basis is Basis.quota:
        part, whole = value, number(row, "assigned")
    elif basis not in IN_POINTS or isnan(part) or isnan(whole):
        return value
    return percent(part, whole) if whole > 0 and isfinite(part) else nan
