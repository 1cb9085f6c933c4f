"""What planlib writes beside what IATI holds, where it has no place for it: taken back, key by key.

It stands as JSON in a comment, or in a description, that begins with "planlib".
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from planlib.errors import said
from planlib.exchange.yaml_out import Value
from planlib.figures.observations import State
from planlib.language.typed.unreadable import Unreadable
from planlib.plan.base import LARGEST, Part
from planlib.plan.goal import Goal
from planlib.plan.header import PlanHeader
from planlib.plan.periods.calendar import Calendar
from planlib.plan.plan import Plan
from planlib.plan.target import PERCENT_BASES, Target

PARTS = ("value", "numerator", "denominator", "assigned")  # numbers; what else is kept is text
FIGURE = ("vintage", "numerator", "denominator", "assigned", "exclusive", "state", "note",
          "words", "source", "published_verdict", "published_reason")  # fmt: skip
# What the XML tells itself, or what it has no place for (``left_out``); all else is kept beside.
TOLD_OF_PLAN = {"id", "languages", "name", "sections", "areas", "figures", "renamed"}
TOLD_OF_GOAL = {"id", "name", "target", "yearly", "term_target", "targets", "baseline",
                "readings", "revisions"}  # fmt: skip
TOLD_OF_TARGET = {"comparison", "value", "low", "high", "better", "beyond", "basis", "cadence",
                  "due", "year", "words", "source"}  # fmt: skip
PLAIN_UPWARD, PLAIN_DOWNWARD = {"at_least", "above"}, {"at_most", "below"}
SPOKEN = {"about", "between"}  # told by the text of the value


def plan_keys(plan: Plan) -> dict[str, Any]:
    """The keys of a plan that stand beside."""
    dumped = plan.header.model_dump(mode="json", exclude_defaults=True, exclude=TOLD_OF_PLAN)
    return dict(dumped)


def goal_keys(goal: Goal) -> dict[str, Any]:
    """The keys of a goal that stand beside."""
    return dict(goal.model_dump(mode="json", exclude_defaults=True, exclude=TOLD_OF_GOAL))


def target_keys(target: Target, main: Target) -> dict[str, Any]:
    """The keys of a target that stand beside, those that its own text and direction do not tell."""
    more: dict[str, Any] = {}
    plain = PLAIN_DOWNWARD if main.better == "lower" else PLAIN_UPWARD
    if target.comparison not in plain | SPOKEN:
        numbers = {name: getattr(target, name) for name in ("value", "low", "high")}
        more = {"comparison": str(target.comparison)}
        more |= {name: one for name, one in numbers.items() if one is not None}
        if target.kind.better is None:  # which way is better is no matter of the comparison
            more["better"] = target.better
        if target.to is not None:  # which an area's own target may say otherwise than the goal's
            more["strict"] = target.strict
    if target.comparison in SPOKEN and target.better != main.better:
        more["better"] = target.better
    if target.comparison == "between" and target.beyond != "good":
        more["beyond"] = target.beyond
    if target.basis in PERCENT_BASES or target.basis != "level":
        more["basis"] = str(target.basis)
    dumped = target.model_dump(mode="json", exclude_defaults=True, exclude=TOLD_OF_TARGET)
    return more | dict(dumped)


def kept_figure(more: Mapping[str, object]) -> dict[str, str | float | int]:
    """What planlib wrote beside a figure; raises Unreadable where somebody else did."""
    kept: dict[str, str | float | int] = {}
    for name in FIGURE:
        one = more.get(name)
        if isinstance(one, str):
            right = name not in PARTS and (name != "state" or one in State.__members__)
        else:
            right = isinstance(one, int | float) and name in PARTS and abs(one) <= LARGEST
        if one is not None and not right:
            raise Unreadable(said("exchange.planlib-comment", key=name))
        if isinstance(one, str | int | float):
            kept[name] = one
    return kept


def kept_target(more: Mapping[str, object], calendar: Calendar) -> dict[str, Value]:
    """What planlib wrote beside a target; raises Unreadable where somebody else did."""
    names = set(Target.model_fields) - {"due", "words"}
    return _kept(more, Target, names, calendar)


def kept_goal(more: Mapping[str, object], calendar: Calendar) -> dict[str, Value]:
    """What planlib wrote beside a goal; raises Unreadable where somebody else did."""
    return _kept(more, Goal, set(Goal.model_fields) - TOLD_OF_GOAL, calendar)


def kept_plan(more: Mapping[str, object], calendar: Calendar) -> dict[str, Value]:
    """What planlib wrote beside a plan; raises Unreadable where somebody else did."""
    return _kept(more, PlanHeader, set(PlanHeader.model_fields) - TOLD_OF_PLAN, calendar)


def _kept(
    more: Mapping[str, object], model: type[Part], names: set[str], calendar: Calendar
) -> dict[str, Value]:
    kept: dict[str, Any] = {}
    for name in sorted(names & more.keys()):
        try:
            _field(model, name).validate_python(more[name], context={"calendar": calendar})
        except (ValidationError, RecursionError):
            raise Unreadable(said("exchange.planlib-comment", key=name)) from None
        kept[name] = more[name]
    return kept


@cache
def _field(model: type[Part], name: str) -> TypeAdapter[Any]:
    return TypeAdapter(model.model_fields[name].rebuild_annotation())
