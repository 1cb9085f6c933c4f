"""What a goal's own words leave open: who, from where, in what, by when, and in which sense."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from planlib.language.language import Language
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency, starting_in
from planlib.plan.plan import Plan
from planlib.plan.target import PERCENT_BASES, Basis, Cadence
from planlib.plan.targets.others import least_ranked
from planlib.review.audit.finding import Finding, Severity
from planlib.review.audit.seen import PlanSeen
from planlib.review.audit.yaml_words import target_key, text_key

FAR = 10  # years: a target further off than this needs a step on the way
TOGETHER = 5  # goals that all lack the same are told in one
ALL_FIGURES = 5  # known figures from which on it can be said that none is negative


def said_findings(plan: Plan, seen: PlanSeen) -> Iterator[Finding]:
    """What each goal's own text leaves open."""
    goals = plan.goals
    yield from _together(_no_lead(plan), sum(goal.part_of is None for goal in goals))
    due = [goal for goal in goals if _has_road(goal)]
    yield from _together(_no_baseline(due, seen), len(due))
    yield from _together(_distant(plan, due), len(due))
    for goal in goals:
        yield from _unit(plan, goal)
        yield from _ambiguous(goal, seen)
        yield from _beyond(plan, goal, seen)


def _together(found: Iterator[Finding], of: int) -> Iterator[Finding]:
    """What all goals lack is one thing to be told of the plan."""
    each = list(found)
    if len(each) < max(of, TOGETHER):
        yield from each
        return
    goals = tuple(goal for one in each for goal in one.goals)
    first = each[0]
    facts = {"n": len(goals)} | {k: v for k, v in first.facts.items() if k != "goal"}
    yield replace(first, goals=goals, form="plan", facts=facts)


def _no_lead(plan: Plan) -> Iterator[Finding]:
    for goal in plan.goals:
        if plan.lead_of(goal) is None and goal.part_of is None:
            yield Finding(
                "no-lead", (goal,), facts={"goal": goal.name}, yaml=text_key("lead", plan.languages)
            )


def _has_road(goal: Goal) -> bool:
    """Whether a goal is to be at some number by a date, from wherever it starts."""
    target = goal.main_target()
    return (
        target.cadence is Cadence.by
        and target.kind.figure == "number"
        and not target.kind.of_others
        and not target.cumulative
        and not _is_pace(goal)
    )


def _is_pace(goal: Goal) -> bool:
    """Whether its name says that it is a pace or an average already, which starts from nowhere."""
    for code, name in goal.name.items():
        words = "|".join(map(re.escape, _words(Language(code), "audit.words.pace")))
        if re.search(rf"\b({words})\b", name.lower()):
            return True
    return False


def _no_baseline(goals: list[Goal], seen: PlanSeen) -> Iterator[Finding]:
    for goal in goals:
        stated = goal.baseline or any(one.baseline for one in goal.targets)
        near = goal.main_target().near
        itself = near is not None and near < 0  # an amount below zero is a change already
        unseen = goal.id not in seen.collected and seen.asked(goal)  # which is told by itself
        rows = range(len(seen.areas))
        if not (stated or itself or unseen or any(seen.before_term(goal, row) for row in rows)):
            at = seen.plan.figure_years[0]
            yield Finding(
                "no-baseline", (goal,), facts={"goal": goal.name, "year": at}, at=target_place(goal),
                yaml=f'baseline: {{year: {_quoted(at)}, value: …, source: "…"}}',
            )  # fmt: skip


def _quoted(year: int) -> str:
    text = str(year)
    return text if text.isdecimal() else f'"{text}"'


def _distant(plan: Plan, goals: list[Goal]) -> Iterator[Finding]:
    first = plan.years[0]
    for goal in goals:
        target = goal.main_target()
        due = target.due
        steps = bool(goal.yearly) or any(one.period is not None for one in goal.targets)
        if due is None or steps:
            continue
        ahead = starting_in(plan.calendar.within(due, Frequency.year)) - starting_in(first)
        if ahead > FAR:
            halfway = first + ahead // 2
            yield Finding(
                "distant-deadline", (goal,), at=target_place(goal),
                facts={"goal": goal.name, "due": due, "years": ahead},
                yaml=f"targets: [{{period: {_quoted(halfway)}, value: …}}]",
            )  # fmt: skip


def _unit(plan: Plan, goal: Goal) -> Iterator[Finding]:
    if isinstance(goal.unit, str):
        return
    for code, unit in goal.unit.items():
        language = Language(code)
        word = unit.strip().lower().strip(".")
        scale = word in _words(language, "audit.words.scale")
        if (
            scale
            or word in _words(language, "audit.words.no_unit")
            or not any(map(str.isalnum, unit))
        ):
            # A sign such as ‰ or € is a unit all the same.
            if not scale and any(sign in unit for sign in "%‰°€$£¥₫"):
                continue
            yield Finding(
                "unclear-unit", (goal,), facts={"goal": goal.name, "unit": unit}, at=("unit",),
                form="scale" if scale else "", yaml=text_key("unit", plan.languages),
            )  # fmt: skip
            return


def _words(language: Language, key: str) -> set[str]:
    return set(language.raw(key).split(" | "))


def _ambiguous(goal: Goal, seen: PlanSeen) -> Iterator[Finding]:
    if not goal.readings:
        return
    when = {(one.target.cadence, one.target.due) for one in goal.readings}
    looked = seen.of(goal)
    decided = looked.hinges > 0
    default = next(one for one in goal.readings if one.default)
    facts = {
        "goal": goal.name, "targets": tuple(one.target for one in goal.readings),
        "n": looked.hinges, "of": looked.judged,
    }  # fmt: skip
    yield Finding(
        "ambiguous-period" if len(when) > 1 else "ambiguous-target", (goal,), facts=facts,
        form="hinges" if decided else "", at=("readings",), yaml="" if default.target.members else target_key(default.target),
        weight=Severity.medium if decided else None,
        illustrative=decided and goal.id in seen.illustrative,
    )  # fmt: skip


def _beyond(plan: Plan, goal: Goal, seen: PlanSeen) -> Iterator[Finding]:
    """A target that no figure can come to, where reading the plan has not refused it already."""
    for target in goal.all_targets():
        ends = [end for end in (target.value, target.low, target.high) if end is not None]
        form = ""
        if target.among is not None:
            ranked = len(target.of) or len(plan.header.areas)
            if 0 < ranked < least_ranked(target.among, target.of_at_least):
                form = "rank"
        elif target.kind.of_others or target.basis in PERCENT_BASES - {Basis.share} or not ends:
            continue
        elif goal.unit == "%" and target.basis is Basis.level:
            if _is_share(goal) and (max(ends) > 100 or min(ends) < 0):
                form = "share"
        elif min(ends) < 0 and target.basis is Basis.level and not _moves(goal):
            values = seen.of(goal).values
            known = values[values == values]
            if len(known) >= ALL_FIGURES and (known >= 0).all():
                form = "negative"
        if form:
            yield Finding(
                "beyond-limit", (goal,), form=form, at=target_place(goal),
                facts={"goal": goal.name, "target": target, "areas": len(plan.header.areas)},
                illustrative=form == "negative" and goal.id in seen.illustrative,
            )  # fmt: skip
            return


def _moves(goal: Goal) -> bool:
    return any(target.moves for target in goal.all_targets())


def _is_share(goal: Goal) -> bool:
    """Whether its name says that it is so much of a whole: "share of …"."""
    for code, name in goal.name.items():
        words = _words(Language(code), "audit.words.share")
        if any(name.lower().startswith(word) for word in words):
            return True
    return False


def target_place(goal: Goal) -> tuple[str | int, ...]:
    """The key of its file that says what the target is."""
    for key in ("target", "term_target", "readings", "yearly", "targets"):
        if getattr(goal, key):
            return (key,)
    return ()
