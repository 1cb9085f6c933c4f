"""Targets that contradict each other: no figures can meet them all, or meeting them is not enough."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from planlib.plan.checks.meaning import adds_up
from planlib.plan.counting import counts
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import CHANGES, EACH_PERIOD, Basis, Cadence, Target
from planlib.review.audit.finding import Finding, Severity
from planlib.review.audit.said import target_place
from planlib.review.audit.seen import PlanSeen
from planlib.review.audit.yaml_words import target_key

WHOLE, SLACK = 100.0, 0.5  # percent; what rounded shares may be off by together
SEEN_TOGETHER = 3  # area and year pairs in which all shares are known
MOSTLY = 90.0  # percent: shares that come to less on average are no parts of one whole
NEAR = 1e-9  # of a number: sums that differ by less are equal
OVER = 0.01  # of the target: steps that come to more than this beyond it are told
PART, ENOUGH_PARTS = 2 / 3, 2  # of the areas of a whole that must have a target of their own


@dataclass(frozen=True)
class GoodFigures:
    """The figures that meet a target, from one end to the other; ``open`` where an end is not met."""

    low: float
    high: float
    open: bool

    def meets(self, other: GoodFigures) -> bool:
        """Whether some figure is good for both."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return low < high or (low == high and not (self.open or other.open))


def good_figures(goal: Goal, target: Target | None) -> GoodFigures | None:
    """What meets a target; None where that is no stretch of the goal's own figures."""
    if target is None or target.kind.figure != "number" or target.kind.of_others:
        return None
    if target.kind.against_start or target.basis in CHANGES:
        return None
    ((low, high),) = target.kind.good(target)
    limits = goal.limits_of(target)
    least = -math.inf if limits.low is None else limits.low
    most = math.inf if limits.high is None else limits.high
    return GoodFigures(max(low, least), min(high, most), target.kind.strict)


def binding(goal: Goal, year: int) -> GoodFigures | None:
    """What must hold of a goal in a year, wherever no area has a target of its own."""
    here = goal.in_area("")
    target = here.target_for(year) if here.aimed else None
    if target is None or target.cumulative:
        return None
    holds = target.cadence in EACH_PERIOD or (target.cadence is Cadence.by and target.due == year)
    return good_figures(here, target) if holds else None


def clash_of(one: Goal, other: Goal, plan: Plan) -> Finding | None:
    """Two goals on one indicator that no figure can meet, with the first year of it."""
    for year in plan.years:
        first, second = binding(one, year), binding(other, year)
        if first is not None and second is not None and not first.meets(second):
            targets = (one.in_area("").target_for(year), other.in_area("").target_for(year))
            facts = {
                "goal": one.name, "other": other.name, "year": year,
                "targets": tuple(target for target in targets if target is not None),
            }  # fmt: skip
            return Finding("goals-clash", (other, one), facts=facts, at=target_place(other))
    return None


def sum_findings(plan: Plan, seen: PlanSeen) -> Iterator[Finding]:
    """Steps and their end, parts and their whole, areas and theirs, shares of a hundred."""
    parts = defaultdict(list)
    for goal in plan.goals:
        yield from _steps(goal, plan)
        yield from _areas(goal, plan)
        if goal.part_of:
            parts[goal.part_of].append(goal)
    for whole, some in parts.items():
        yield from _parts(plan.goal(whole), some, plan)
    for some in (*parts.values(), *_of_one_denominator(plan)):
        yield from _shares(some, plan, seen)


# ------------------------------------------------------------------------ steps and their end


def _steps(goal: Goal, plan: Plan) -> Iterator[Finding]:
    for area in dict.fromkeys(["", *(one.area for one in goal.targets if one.area)]):
        here = goal.in_area(area) if goal.targets else goal
        term = here.term_target_for() if here.aimed else None
        if term is None or term.near is None or not here.yearly:
            continue
        found = _total_of_steps(here, term, plan) if term.cadence is Cadence.over_term else None
        if term.cadence is Cadence.by:
            found = _last_step(here, term)
        if found is not None:
            form, made, weight = found
            facts = {"goal": goal.name, "made": made, "target": term, "end": term.near}
            yield Finding(
                "steps-do-not-add-up", (goal,), facts=facts, form=form, weight=weight,
                areas=(area,) if area else (), at=target_place(goal),
            )  # fmt: skip
            return


Made = tuple[str, float, Severity | None]


def _total_of_steps(goal: Goal, term: Target, plan: Plan) -> Made | None:
    """What yearly targets come to that are just met, where it is not what the term asks for."""
    steps = {one.year: one for one in goal.yearly}
    nears = [steps[year].near for year in plan.years if year in steps]
    known = [near for near in nears if near is not None]
    if len(known) < len(plan.years) or any(one.cumulative for one in goal.yearly):
        return None
    end = term.near
    assert end is not None
    if term.basis in {Basis.level, Basis.count} and adds_up(goal):
        made = math.fsum(known)
    elif term.basis is Basis.change and all(one.basis is Basis.change for one in goal.yearly):
        made = (math.prod(1 + near / 100 for near in known) - 1) * 100
    else:
        return None
    short = (made - end) * (-1 if term.better == "lower" else 1)
    if short < -NEAR * max(abs(end), 1):
        return "short", made, None
    return ("over", made, Severity.low) if short > OVER * abs(end) else None


def _last_step(goal: Goal, term: Target) -> Made | None:
    """The step of the year the end is due, where it asks for less."""
    last = next((one for one in goal.yearly if one.year == term.due), None)
    if last is None or last.near is None or last.basis is not term.basis or term.near is None:
        return None
    worse = last.near > term.near if term.better == "lower" else last.near < term.near
    return ("last", last.near, None) if worse else None


# --------------------------------------------------------------------- parts and their whole


def _parts(whole: Goal, parts: list[Goal], plan: Plan) -> Iterator[Finding]:
    alike = [one for one in parts if one.unit == whole.unit and counts(one)]
    if not counts(whole) or not alike:
        return
    for year in plan.years:
        above = binding(whole, year)
        below = [(one, binding(one, year)) for one in alike]
        held = [(one, good) for one, good in below if good is not None]
        if above is None or not held:
            continue
        facts = {"goal": whole.name, "year": year}
        for one, good in held:
            if good.low > above.high:
                facts |= {"other": one.name, "made": good.low, "end": above.high}
                yield Finding("parts-beyond-whole", (one, whole), facts=facts, at=target_place(one))
                return
        if not whole.parts_add_up or len(held) < len(parts):
            continue
        low = math.fsum(good.low for _, good in held)
        high = math.fsum(good.high for _, good in held)
        if low > above.high or high < above.low:
            least = low > above.high
            facts |= {"made": low if least else high, "end": above.high if least else above.low}
            yield Finding(
                "parts-beyond-whole", (whole, *parts), facts=facts, at=target_place(whole),
                form="over" if least else "under",
            )  # fmt: skip
            return


def _areas(goal: Goal, plan: Plan) -> Iterator[Finding]:
    """An area's target and those of the areas it is made of, where amounts add up."""
    if not goal.targets or not (adds_up(goal) or goal.main_target().basis is Basis.count):
        return
    inside = defaultdict(list)
    for area in plan.registry:
        if area.part_of and area.id in plan.header.areas:
            inside[area.part_of].append(area.id)
    own = {one.area for one in goal.targets if one.area}
    for whole, parts in inside.items():
        above = goal.in_area(whole)
        end = above.main_target() if above.aimed else None
        mine = [area for area in parts if area in own and goal.in_area(area).aimed]
        if end is None or whole not in own or len(mine) < max(ENOUGH_PARTS, PART * len(parts)):
            continue
        made = _sum_of_areas(goal, end, mine)
        if made is not None and end.near is not None:
            facts = {
                "goal": goal.name, "made": made, "end": end.near, "n": len(mine),
                "without": len(parts) - len(mine), "area": plan.area_name(whole),
            }  # fmt: skip
            some = len(mine) < len(parts)
            yield Finding(
                "areas-do-not-add-up", (goal,), areas=(whole, *mine), facts=facts, at=("targets",),
                form="some" if some else "", weight=Severity.medium if some else None,
            )  # fmt: skip


def _sum_of_areas(goal: Goal, end: Target, areas: list[str]) -> float | None:
    """What the targets of some areas come to, where that is short of the target of the whole."""
    near = []
    for area in areas:
        target = goal.in_area(area).main_target()
        same = (target.basis, target.cadence, target.due) == (end.basis, end.cadence, end.due)
        if not same or target.near is None or target.better != end.better:
            return None
        near.append(target.near)
    if end.near is None or end.basis not in {Basis.level, Basis.count, Basis.difference_since}:
        return None
    made = math.fsum(near)
    short = (made - end.near) * (-1 if end.better == "lower" else 1)
    return made if short < -NEAR * max(abs(end.near), 1) else None


# ------------------------------------------------------------------------- shares of a hundred


def _of_one_denominator(plan: Plan) -> Iterator[list[Goal]]:
    """Shares of one counted whole that are no parts of a goal."""
    of = defaultdict(list)
    for goal in plan.goals:
        if goal.denominator and not goal.part_of:
            of[goal.denominator].append(goal)
    yield from (some for some in of.values() if len(some) > 1)


def _shares(some: Iterable[Goal], plan: Plan, seen: PlanSeen) -> Iterator[Finding]:
    """Shares that figures show to be parts of one whole, and whose targets exceed it together."""
    goals = [one for one in some if one.unit == "%" and _share(one)]
    if len(goals) < 2:
        return
    together = _seen_together(goals, seen)
    if together is None:
        return
    for year in plan.years:
        held = [good for one in goals if (good := binding(one, year)) is not None]
        if len(held) < len(goals):
            continue
        least, most = math.fsum(one.low for one in held), math.fsum(one.high for one in held)
        whole = together >= WHOLE - SLACK
        if least > WHOLE + SLACK or (whole and most < WHOLE - SLACK):
            over = least > WHOLE + SLACK
            facts = {"year": year, "made": least if over else most, "n": len(goals)}
            yield Finding(
                "shares-over-100", tuple(goals), facts=facts, form="" if over else "under",
                at=target_place(goals[0]), yaml=target_key(goals[0].main_target()),
                illustrative=bool({one.id for one in goals} & seen.illustrative),
            )  # fmt: skip
            return


def _share(goal: Goal) -> bool:
    target = goal.main_target()
    return target.basis in {Basis.share, Basis.level} and target.kind.figure == "number"


def _seen_together(goals: list[Goal], seen: PlanSeen) -> float | None:
    """The least that the shares ever came to, where they never were more than a hundred."""
    values = [seen.of(goal).values for goal in goals]
    width = min(one.shape[1] for one in values)
    sums = np.sum([one[:, -width:] for one in values], axis=0)
    sums = sums[~np.isnan(sums)]
    if len(sums) < SEEN_TOGETHER or sums.max() > WHOLE + SLACK or sums.mean() < MOSTLY:
        return None
    return float(sums.min())
