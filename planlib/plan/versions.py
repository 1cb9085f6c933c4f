"""Short marks of what a plan said when something was made from it."""

from __future__ import annotations

import hashlib
import json

from planlib.plan.goal import Goal
from planlib.plan.plan import Plan

LENGTH = 12


def plan_version(plan: Plan) -> str:
    """A mark that changes with anything the plan says; areas it may know of do not count."""
    content = {
        "header": plan.header.model_dump(mode="json"),
        "sections": [section.model_dump(mode="json") for section in plan.sections],
    }
    return _mark(content)


def goal_version(goal: Goal) -> str:
    """A mark of how figures of a goal are measured: unit, basis, kind of comparison, members, periods."""
    targets = [
        [target.basis, target.comparison, [member.id for member in target.members]]
        for target in [goal.main_target(), *(reading.target for reading in goal.readings)]
    ]
    periods = [goal.period, goal.year_to_date] if goal.period or goal.year_to_date else []
    return _mark([goal.unit_id, targets, *periods])


def _mark(content: object) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]
