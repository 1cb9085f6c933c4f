"""What figures say of targets: had before they were set, out of reach, or the same for everybody."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from planlib.outlook.backtest.paces import PaceRecord, record_of_pace
from planlib.outlook.pace import required
from planlib.outlook.portfolio import good_side
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import Basis, Cadence, Target
from planlib.review.audit.finding import Finding
from planlib.review.audit.said import target_place
from planlib.review.audit.seen import GoalSeen, PlanSeen, tally
from planlib.scoring.pace import adds_up
from planlib.scoring.verdict import MISSED, REACHED, Floats, compare

ENOUGH, AREAS, YEARS = 10, 3, 8  # verdicts; in so many areas, or so many years of one
EASILY = 0.8  # of the verdicts are better than the target: it sorts nothing out
PACES = 3  # changes on record from which on a best one can be told
MOST_BEFORE = 5  # years: an older figure says nothing of the day a plan was adopted
NUMBERS = {Basis.level, Basis.count, Basis.share, Basis.difference_since, Basis.change_since}


def met_findings(plan: Plan, seen: PlanSeen) -> Iterator[Finding]:
    """What figures say of each goal's target."""
    for goal in plan.goals:
        looked = seen.of(goal)
        if seen.asked(goal) and goal.id not in seen.collected:
            yield Finding("never-collected", (goal,), facts={"goal": goal.name})
            continue
        target = goal.main_target()
        if target.kind.figure != "number" or target.kind.against_start:
            continue
        if not target.kind.of_others:
            yield from _already(goal, plan, seen)
            yield from _never_so_fast(goal, plan, seen)
        yield from _the_same_for_all(goal, looked, seen)


def _already(goal: Goal, plan: Plan, seen: PlanSeen) -> Iterator[Finding]:
    """Areas that were better than the target before the term began."""
    own = {one.area for one in goal.targets if one.area}
    earliest = plan.years[0] - MOST_BEFORE
    dated: dict[int, Target | None] = {}  # where the goal is the same, so is its target
    held: dict[int, tuple[Target, list[tuple[int, str, int, float]]]] = {}  # by the target itself
    for row, area, here in _in_areas(goal, seen):
        if id(here) not in dated:
            dated[id(here)] = _dated(here)
        target = dated[id(here)]
        if target is None:
            if not goal.targets:
                return
            continue
        start = seen.before_term(goal, row)
        stated = here.baseline
        level = target.basis not in {Basis.difference_since, Basis.change_since}
        if stated is not None and level:
            start = stated.year, stated.value  # where the plan itself says that it starts
        if start is not None and start[0] >= earliest:
            held.setdefault(id(target), (target, []))[1].append((row, area, *start))
    known = sum(len(rows) for _, rows in held.values())
    better: list[tuple[int, str, int, float, Target]] = []
    for target, rows in held.values():
        at, near = np.array([value for *_, value in rows]), target.near
        if near is None:
            continue
        # No worse than it was is a target like any other.
        good = good_side(at, target) & (compare(at, near) != 0)
        better += [(*one, target) for one, yes in zip(rows, good.tolist(), strict=True) if yes]
    met = [one[1:] for one in sorted(better, key=lambda one: one[0])]
    shown = met if len(met) == known else [one for one in met if one[0] in own]
    if not shown:
        return
    area, year, value, target = shown[0]
    facts = {
        "goal": goal.name, "area": plan.area_name(area), "year": year, "value": value,
        "target": target, "n": len(shown),
    }  # fmt: skip
    yield Finding(
        "already-met", (goal,), areas=tuple(one[0] for one in shown), facts=facts,
        at=target_place(goal), form="areas" if len(shown) > 1 else "",
        illustrative=goal.id in seen.illustrative,
    )  # fmt: skip


def _dated(here: Goal) -> Target | None:
    """The target a goal has by a date, if it is a number that could have been there before."""
    target = here.main_target()
    aimed = here.aimed and target.cadence is Cadence.by and target.basis in NUMBERS
    return target if aimed and not target.cumulative else None


def _in_areas(goal: Goal, seen: PlanSeen) -> Iterator[tuple[int, str, Goal]]:
    """Each area by its row, with the goal as it holds there."""
    for row, area in enumerate(seen.areas):
        yield row, area, goal.in_area(area) if goal.targets else goal


def _never_so_fast(goal: Goal, plan: Plan, seen: PlanSeen) -> Iterator[Finding]:
    """Areas that must move faster each year than any area ever did in one."""
    looked = seen.of(goal)
    slow: list[tuple[str, float, float, int, Target, PaceRecord | None]] = []
    best: dict[tuple[bool, bool], tuple[int, float]] = {}
    needed: dict[tuple[float, int, bool], Floats] = {}
    asked_in: dict[int, tuple[Target, float, int, bool, bool] | None] = {}
    first, last = plan.years[0], plan.years[-1]
    for row, area, here in _in_areas(goal, seen):
        if id(here) not in asked_in:
            asked_in[id(here)] = _pace_asked(here, last)
        found_here = asked_in[id(here)]
        if found_here is None:
            continue
        target, near, due, rising, total = found_here
        if (rising, total) not in best:
            paces = _best(looked.amounts, looked.years, rising=rising)
            best[rising, total] = _best_amount(looked, plan) if total else paces
        record, most = best[rising, total]
        sign = 1 if rising else -1
        asks = near, due, total
        if asks not in needed:
            needed[asks] = _needed(looked, near, due, first if total else None)
        if not sign * needed[asks][row] > sign * most:
            continue
        mine = looked.amounts[row]
        inside = looked.years >= (first if total else 0)
        found = required(mine[inside], looked.years[inside], near, due, rising=rising, total=total)
        pace = found.per_year
        if not pace or found.best_seen is None or record < PACES:
            continue
        if sign * pace > sign * most + 1e-9 * abs(most):
            known = looked.years[~np.isnan(mine)]
            asked = None
            if not total and len(known):
                times = found.times_best or math.inf
                asked = record_of_pace(times, due - int(known[-1]))
            slow.append((area, pace, most, due, target, asked))
    if not slow:
        return
    area, pace, most, due, target, asked = max(slow, key=lambda one: abs(one[1]))
    facts = {
        "goal": goal.name, "area": plan.area_name(area), "due": due, "target": target,
        "pace": abs(pace), "best": max(most if pace > 0 else -most, 0.0), "n": len(slow),
    }  # fmt: skip
    if asked is not None:
        facts |= {"record_of": asked.n, "record_met": asked.k, "record_years": asked.years}
    yield Finding(
        "pace-never-seen", (goal,), areas=tuple(one[0] for one in slow), facts=facts,
        at=target_place(goal), form="areas" if len(slow) > 1 else "",
        illustrative=goal.id in seen.illustrative,
    )  # fmt: skip


def _pace_asked(here: Goal, last: int) -> tuple[Target, float, int, bool, bool] | None:
    """The target a pace leads to, its number and year; whether it rises, and is a total."""
    target = here.term_target_for() if here.aimed else None
    near = None if target is None else target.near
    if target is None or near is None or target.basis not in NUMBERS:
        return None
    rising, total = target.better != "lower", adds_up(target)
    if not total and (target.cadence is not Cadence.by or target.due is None):
        return None
    if total and not rising:
        return None  # a ceiling asks for no pace
    return target, near, int(last if target.due is None else target.due), rising, total


def _needed(looked: GoalSeen, near: float, due: int, first: int | None) -> Floats:
    """What every area would need a year from its newest figure on, NaN where nothing can be told.

    With ``first`` the amounts from that year on add up to what is asked for.
    """
    inside = looked.years >= (looked.years[0] if first is None else first)
    amounts, years = looked.amounts[:, inside], looked.years[inside]
    if not len(years):
        return np.full(len(looked.amounts), np.nan)
    known = ~np.isnan(amounts)
    newest = len(years) - 1 - known[:, ::-1].argmax(axis=1)
    had = (
        np.nansum(amounts, axis=1)
        if first is not None
        else amounts[np.arange(len(amounts)), newest]
    )
    left = np.where(known.any(axis=1), due - years[newest], 0).astype(np.float64)
    return np.asarray(np.divide(near - had, left, out=np.full(len(left), np.nan), where=left > 0))


def _best(amounts: Floats, years: np.ndarray[tuple[int, ...], np.dtype[np.int64]], *,
          rising: bool) -> tuple[int, float]:  # fmt: skip
    """How many changes are on record in all areas, and the best of them a year."""
    last, when = np.full((2, len(amounts)), np.nan)
    every: list[Floats] = []
    for value, year in zip(amounts.T, years.tolist(), strict=True):
        pace = (value - last) / (year - when)
        every.append(pace[~np.isnan(pace)])
        known = ~np.isnan(value)
        last, when = np.where(known, value, last), np.where(known, float(year), when)
    paces = np.concatenate(every) if every else np.empty(0)
    if not len(paces):
        return 0, 0.0
    return len(paces), float(paces.max() if rising else paces.min())


def _best_amount(looked: GoalSeen, plan: Plan) -> tuple[int, float]:
    """How many yearly amounts are on record in all areas, and the largest of them."""
    known = looked.amounts[:, looked.years >= plan.years[0]]
    known = known[~np.isnan(known)]
    return len(known), float(known.max()) if len(known) else 0.0


def _the_same_for_all(goal: Goal, looked: GoalSeen, seen: PlanSeen) -> Iterator[Finding]:
    """Targets that every area met with ease whenever they were judged, or that none ever met."""
    codes, target = looked.codes, goal.main_target()
    if target.cadence is Cadence.by and target.due is not None:
        # Before a target is due only those are judged that have it already.
        codes = codes[:, [year >= target.due for year in seen.plan.years]]
    exceeded, met, missed = tally(codes)
    n = exceeded + met + missed
    judged = np.isin(codes, [int(one) for one in (*REACHED, *MISSED)])
    areas, years = int(judged.any(axis=1).sum()), int(judged.any(axis=0).sum())
    if n < ENOUGH or not (areas >= AREAS or years >= YEARS):
        return
    facts = {"goal": goal.name, "n": n, "areas": areas, "target": target}
    made_up = goal.id in seen.illustrative
    if not exceeded + met:
        yield Finding("no-one-meets", (goal,), facts=facts, at=target_place(goal),
                      illustrative=made_up)  # fmt: skip
    elif not missed and exceeded >= EASILY * n:
        yield Finding("everyone-meets", (goal,), facts=facts | {"exceeded": exceeded},
                      at=target_place(goal), illustrative=made_up)  # fmt: skip
