"""An attacker: all that is published, every sum he knows of, and linear programming.

Written apart from planlib.disclosure and from other premises: he pairs reports of the same day,
and the newest of each. What he finds of a withheld count is the interval it must lie in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import coo_array

from planlib.model import Plan
from planlib.model.observations import Observations, State
from planlib.model.target import Basis

Count = tuple[int, str]  # the row of the figures, and which of its counts
Sum = list[tuple[Count, int]]  # counts with their signs; together they make nothing


@dataclass(frozen=True)
class Found:
    """What an attacker knows of one withheld count, and what it truly is."""

    area: str
    goal: str
    year: int
    kind: str
    truth: float
    low: float
    high: float
    sensitive: bool
    least: int

    @property
    def identifies(self) -> bool:
        return self.sensitive and 0 < self.truth < self.least

    @property
    def safe(self) -> bool:
        """Whether it may still be any small count."""
        return self.low <= 1 + 1e-6 and self.high >= self.least - 1 - 1e-6


def attack(
    plan: Plan, true: Observations, public: Observations, *, knows_small: bool = False
) -> list[Found]:
    """Bounds on every count of a withheld row, from the public figures and the plan alone.

    ``true`` only tells what each count is, so that the bounds can be judged; an attacker who
    ``knows_small`` also knows which counts of other figures are small, though not how small.
    """
    found: list[Found] = []
    for _, rows in public.frame.reset_index(drop=True).groupby("year"):
        if (rows["state"] == State.suppressed).any():
            found += _attack_year(plan, true.frame.reset_index(drop=True), rows, knows_small)
    return found


def _kinds(plan: Plan, goal: str) -> tuple[str, ...]:
    share = plan.goal(goal).main_target().basis is Basis.share
    return ("numerator", "denominator", "rest") if share else ("value",)


def _count(row: Mapping[str, float], kind: str) -> float:
    if kind == "rest":
        return row["denominator"] - row["numerator"]
    return float(row[kind])


def _attack_year(
    plan: Plan, true: pd.DataFrame, rows: pd.DataFrame, knows_small: bool
) -> list[Found]:
    place: dict[Count, int] = {}
    bounds: list[tuple[float, float | None]] = []
    withheld: list[tuple[Count, pd.Series]] = []
    silent = {State.missing, State.not_due, State.not_applicable}
    used = rows[~rows["state"].isin(silent)]
    for at, row in used.iterrows():
        for kind in _kinds(plan, str(row["goal"])):
            count = (int(at), kind)
            place[count] = len(bounds)
            if row["state"] == State.suppressed:
                bounds.append((0.0, None))
                withheld.append((count, row))
            else:
                told = _count(row, kind)
                bounds.append((told, told))
    known = [entry for entry in _sums(plan, used) if all(count in place for count, _ in entry)]
    entries = [(n, place[c], s) for n, one in enumerate(known) for c, s in one]
    index, column, sign = (np.array(part) for part in zip(*entries, strict=True))
    matrix = coo_array((sign.astype(float), (index, column)), shape=(len(known), len(bounds)))
    found = []
    for count, row in withheld:
        truth = _count(true.loc[count[0]], count[1])
        if np.isnan(truth):
            continue  # the office withheld it: nobody knows
        ends = []
        supposed = list(bounds)
        for other, theirs in withheld if knows_small else ():
            least = plan.goal(str(theirs["goal"])).least_count or plan.header.least_count
            same = (theirs["area"], theirs["goal"]) == (row["area"], row["goal"])
            small = 0 < _count(true.loc[other[0]], other[1]) < least
            if small and not same and plan.goal(str(theirs["goal"])).sensitive:
                supposed[place[other]] = (1, least - 1)
        for way in (1, -1):
            aim = np.zeros(len(bounds))
            aim[place[count]] = way
            answer = linprog(aim, A_eq=matrix.tocsr(), b_eq=np.zeros(len(known)), bounds=supposed)
            assert answer.status in {0, 3}, answer.message
            ends.append(way * answer.fun if answer.status == 0 else np.inf)
        goal = plan.goal(str(row["goal"]))
        found.append(
            Found(
                str(row["area"]), goal.id, int(row["year"]), count[1], truth, ends[0], ends[1],
                goal.sensitive, goal.least_count or plan.header.least_count,
            )
        )  # fmt: skip
    return found


def _sums(plan: Plan, rows: pd.DataFrame) -> Iterator[Sum]:
    """Every sum the plan tells of: in a row, between goals, between areas."""
    yield from (
        [((int(at), "numerator"), 1), ((int(at), "rest"), 1), ((int(at), "denominator"), -1)]
        for at, goal in rows["goal"].items()
        if len(_kinds(plan, str(goal))) == 3
    )
    newest = rows.sort_values("vintage").groupby(["area", "goal"], observed=True).tail(1)
    editions = [newest, *(edition for _, edition in rows.groupby("vintage"))]
    for edition in editions:
        at = {
            (str(area), str(goal)): int(row)
            for row, area, goal in zip(edition.index, edition["area"], edition["goal"], strict=True)
        }
        areas = sorted({area for area, _ in at})
        for goal in plan.goals:
            parts = [one.id for one in plan.goals if one.part_of == goal.id]
            for area in areas:
                own = at.get((area, goal.id))
                other = at.get((area, goal.denominator or ""))
                if own is not None and other is not None:
                    yield [((own, "denominator"), 1), ((other, "value"), -1)]
                held = [at[area, part] for part in parts if (area, part) in at]
                if own is not None and goal.parts_add_up and len(held) == len(parts):
                    yield [((own, "value"), -1), *(((part, "value"), 1) for part in held)]
                inside = [one.id for one in plan.registry if one.part_of == area]
                held = [at[part, goal.id] for part in inside if (part, goal.id) in at]
                if own is None or not held:
                    continue
                for kind in set(_kinds(plan, goal.id)):
                    yield [((own, kind), -1), *(((part, kind), 1) for part in held)]
