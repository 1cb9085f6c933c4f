"""An attacker: all that was ever published, every sum he knows of, and linear programming.

Written apart from planlib.disclosure and from other premises: he pairs reports of the same day, and
the newest of each on every day. What he finds of a withheld count is the interval it must lie in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from planlib.disclosure import published
from planlib.figures.observations import Observations, State
from planlib.plan.plan import Plan
from planlib.plan.target import Basis

Count = tuple[int, str]  # the row of the figures, and which of its counts
Place = tuple[str, str, int]  # an area, a goal and a year
Sum = list[tuple[Count, int]]  # counts with their signs; together they make nothing
BEYOND = 1000.0  # times what is known: as good as no bound at all
SILENT = {State.missing, State.not_due, State.not_applicable}


class Parts(NamedTuple):
    """What each goal and each area is made of, by its id."""

    goals: dict[str, list[str]]
    areas: dict[str, list[str]]


@dataclass(frozen=True)
class Found:
    """What an attacker knows of one withheld count that identifies people, and what it truly is."""

    area: str
    goal: str
    year: int
    kind: str
    truth: float
    low: float
    high: float
    least: int
    row: int

    @property
    def safe(self) -> bool:
        """Whether it may still be any small count."""
        return self.low <= 1 + 1e-6 and self.high >= self.least - 1 - 1e-6


def releases(plan: Plan, true: Observations) -> list[Observations]:
    """What the public was given on every day on which something was reported."""
    days = sorted(set(true.frame["vintage"].tolist()))
    return [published(plan, true, as_of=int(day)).observations for day in days]


def attack(
    plan: Plan,
    true: Observations,
    public: Observations | Sequence[Observations],
    *,
    knows_small: bool = False,
) -> list[Found]:
    """Bounds on every count that identifies people and that the last release withholds.

    They follow from all releases and the plan.

    ``true`` only tells what each count is, so that the bounds can be judged, and which sums hold,
    since one that does not leads him astray; an attacker who ``knows_small`` also knows which
    counts of other figures are small, though not how small.
    """
    given = [public] if isinstance(public, Observations) else list(public)
    last = given[-1].frame
    shown = {int(at) for one in given for at in one.frame.index[~_hidden(one.frame)]}
    rows = last.assign(shown=last.index.isin(sorted(shown)), hidden=_hidden(last))
    years = [_years_tied(plan)] if _years_tied(plan) else rows.groupby("year").groups
    found: list[Found] = []
    for year in years:
        some = rows if len(years) == 1 else rows[rows["year"] == year]
        if some["hidden"].any():
            found += _attack(plan, true.frame, some, knows_small)
    return found


def unavoidable(plan: Plan, true: Observations, given: Sequence[Observations], one: Found) -> bool:
    """Whether what was out before a count was reported gives it away, whatever is withheld since."""
    rows = true.frame
    mine = (rows["area"] == one.area) & (rows["goal"] == one.goal) & (rows["year"] == one.year)
    small = mine & np.array([0 < _count(r, one.kind) < one.least for _, r in rows.iterrows()])
    first = rows.loc[small, "vintage"].min()
    before = [o for o in given if o.frame["vintage"].max() < first]
    nothing = given[-1].frame.copy()
    told = ~nothing["state"].isin(SILENT)
    nothing["state"] = np.where(told, State.suppressed, nothing["state"])
    same = [
        two
        for two in attack(plan, true, [*before, Observations(nothing, public=True)])
        if (two.row, two.kind) == (one.row, one.kind)
    ]
    return not all(two.safe for two in same)


def _hidden(frame: pd.DataFrame) -> pd.Series:
    return frame["state"] == State.suppressed


def _years_tied(plan: Plan) -> bool:
    bases = {target.basis for goal in plan.goals for target in goal.all_targets()}
    return Basis.growth in bases or any(goal.inflows or goal.outflows for goal in plan.goals)


def _kinds(plan: Plan, goal: str) -> tuple[str, ...]:
    basis = plan.goal(goal).main_target().basis
    if basis is Basis.growth:
        return ("numerator", "denominator")
    return ("numerator", "denominator", "rest") if basis is Basis.share else ("value",)


def _count(row: Mapping[Any, Any], kind: str) -> float:
    if kind == "rest":
        return float(row["denominator"] - row["numerator"])
    return float(row[kind])


def _attack(plan: Plan, true: pd.DataFrame, rows: pd.DataFrame, knows_small: bool) -> list[Found]:
    place: dict[Count, int] = {}
    bounds: list[tuple[float | None, float | None]] = []
    withheld: list[tuple[Count, dict[Any, Any]]] = []
    truth: dict[Count, float] = {}
    used = rows[~rows["state"].isin(SILENT)]
    truly = true.loc[used.index, ["value", "numerator", "denominator"]].to_dict("index")
    for at, row in used.to_dict("index").items():
        for kind in _kinds(plan, str(row["goal"])):
            count = (int(at), kind)
            place[count] = len(bounds)
            told = truth[count] = _count(truly[at], kind)
            bounds.append((told, told) if row["shown"] else (min(0.0, told), None))
            if row["hidden"] and not row["shown"]:
                withheld.append((count, row))
    known = [
        entry
        for entry in _sums(plan, used)
        if all(count in place for count, _ in entry)
        and not abs(sum(truth[count] * sign for count, sign in entry)) > 1e-6  # NaN: nobody knows
    ]
    known = list({frozenset(one): one for one in known}.values())
    entries = [(n, place[c], s) for n, one in enumerate(known) for c, s in one]
    index, column, sign = (np.array(part) for part in zip(*entries, strict=True))
    whole = coo_array(
        (sign.astype(float), (index, column)), shape=(len(known), len(bounds))
    ).tocsr()
    # What he sees is put in; what is left are sums of what he does not.
    seen = np.array([low is not None and low == high for low, high in bounds])
    told = -(whole[:, seen] @ np.array([low for low, high in bounds if low == high], float))
    use = np.diff(whole[:, ~seen].indptr) > 0
    matrix, told = whole[:, ~seen][use], told[use]
    at = {count: int((~seen)[: place[count]].sum()) for count in place}
    # What no sum ties to a count, over however many others, says nothing of it.
    _, island = connected_components(abs(matrix).T @ abs(matrix), directed=False)
    # Counts of islands that no sum ties together are bounded by one program.
    asked: dict[int, list[tuple[Count, dict[Any, Any], int]]] = {}
    for count, row in withheld:
        least = _least(plan, row)
        if plan.goal(str(row["goal"])).sensitive and 0 < truth[count] < least:
            asked.setdefault(island[at[count]], []).append((count, row, least))
        # else it identifies nobody, or nobody knows it: the office withheld it
    small = [
        (count, row, _least(plan, row) - 1)
        for count, row in (withheld if knows_small else ())
        if plan.goal(str(row["goal"])).sensitive and 0 < truth[count] < _least(plan, row)
    ]
    found = []
    for turn in zip_longest(*asked.values()):
        some = [one for one in turn if one is not None]
        supposed = [end for end, fixed in zip(bounds, seen, strict=True) if not fixed]
        mine = np.isin(island, [island[at[count]] for count, _, _ in some])
        here = {island[at[count]]: row for count, row, _ in some}
        for other, theirs, most in small:
            row = here.get(island[at[other]])
            if row is not None and (theirs["area"], theirs["goal"]) != (row["area"], row["goal"]):
                supposed[at[other]] = (1, most)
        ends = _ends(
            [at[count] for count, _, _ in some], np.flatnonzero(mine), matrix, told, supposed
        )
        found += [
            Found(
                str(row["area"]), str(row["goal"]), int(row["year"]), count[1], truth[count],
                low, high, least, count[0],
            )
            for (count, row, least), (low, high) in zip(some, ends, strict=True)
        ]  # fmt: skip
    return found


def _least(plan: Plan, row: Mapping[Any, Any]) -> int:
    return plan.goal(str(row["goal"])).least_count or plan.header.least_count


def _ends(
    counts: list[int], mine: Any, matrix: Any, told: Any, supposed: list[tuple[Any, Any]]
) -> list[tuple[float, float]]:
    """How small and how large each of some counts may be, none of which says anything of another."""
    tied = np.flatnonzero(np.diff(matrix[:, mine].indptr))
    sums, right = matrix[tied][:, mine], told[tied]
    most = BEYOND * (1 + np.abs(right).max(initial=0))
    limits = [(low, most if high is None else high) for low, high in (supposed[n] for n in mine)]
    places = np.searchsorted(mine, counts)
    ends = []
    for way in (1, -1):
        aim = np.zeros(len(mine))
        aim[places] = way
        answer = linprog(aim, A_eq=sums, b_eq=right, bounds=limits)
        assert answer.status == 0, answer.message
        ends.append(np.where(answer.x[places] > most / 2, np.inf, answer.x[places]))
    return list(zip(*(map(float, end) for end in ends), strict=True))


def _sums(plan: Plan, rows: pd.DataFrame) -> Iterator[Sum]:
    """Every sum the plan tells of: in a row, between goals, between areas, from year to year."""
    yield from (
        [((int(at), "numerator"), 1), ((int(at), "rest"), 1), ((int(at), "denominator"), -1)]
        for at, goal in rows["goal"].items()
        if len(_kinds(plan, str(goal))) == 3
    )
    made_of = Parts(
        {goal.id: [one.id for one in plan.goals if one.part_of == goal.id] for goal in plan.goals},
        {
            area: [one.id for one in plan.registry if one.part_of == area]
            for area in rows["area"].unique()
        },
    )
    known: dict[Place, int] = {}
    for _, edition in rows.groupby("vintage"):
        told: dict[Place, int] = {
            (str(area), str(goal), int(year)): int(row)
            for row, area, goal, year in zip(
                edition.index, edition["area"], edition["goal"], edition["year"], strict=True
            )
        }
        for area, year in dict.fromkeys((area, year) for area, _, year in told):
            yield from _edition(plan, made_of, told, area, year)
        known |= told
        # Where nothing moved, what was known the day before told the same sums.
        moved = {(area, year + more) for area, _, year in told for more in (0, 1)}
        for area, year in dict.fromkeys((area, year) for area, _, year in known):
            if any((one, year) in moved for one in (area, *made_of.areas[area])):
                yield from _edition(plan, made_of, known, area, year)


def _edition(
    plan: Plan, made_of: Parts, at: Mapping[Place, int], area: str, year: int
) -> Iterator[Sum]:
    for goal in plan.goals:
        own, was = at.get((area, goal.id, year)), at.get((area, goal.id, year - 1))
        if own is None:
            continue
        parts = made_of.goals[goal.id]
        other = at.get((area, goal.denominator or "", year))
        if other is not None:
            yield [((own, "denominator"), 1), ((other, "value"), -1)]
        held = [at[area, part, year] for part in parts if (area, part, year) in at]
        if goal.parts_add_up and len(held) == len(parts):
            yield [((own, "value"), -1), *(((part, "value"), 1) for part in held)]
        inside = made_of.areas[area]
        held = [at[part, goal.id, year] for part in inside if (part, goal.id, year) in at]
        for kind in set(_kinds(plan, goal.id)) if held else ():
            yield [((own, kind), -1), *(((part, kind), 1) for part in held)]
        if was is None:
            continue
        if goal.main_target().basis is Basis.growth:
            yield [((was, "numerator"), 1), ((was, "denominator"), 1), ((own, "denominator"), -1)]
        if goal.inflows or goal.outflows:
            flows = [(name, 1) for name in goal.inflows] + [(name, -1) for name in goal.outflows]
            yield [
                ((was, "value"), 1),
                ((own, "value"), -1),
                *(
                    ((at[area, name, year], _kinds(plan, name)[0]), sign)
                    for name, sign in flows
                    if (area, name, year) in at
                ),
            ]
