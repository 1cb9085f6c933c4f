"""Small plans and figures built in code, for tests that need nothing else."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from pydantic import BaseModel

from planlib.figures.observations import (
    NUMBER_COLUMNS,
    OPTIONAL_COLUMNS,
    UNDATED,
    Observations,
    State,
    vintage_day,
)
from planlib.plan.goal import Goal, Section
from planlib.plan.header import PlanHeader
from planlib.plan.plan import Plan

TEXT = {"vi": "chữ", "en": "text"}
PLACE = {"document": "text", "section": "II", "paragraph": 1}


def goal(goal_id: str = "g", unit: Any = "%", **more: Any) -> Goal:
    """A goal; give ``target=…`` or the other keys of a plan file."""
    target = more.get("target")
    if isinstance(target, dict) and target.get("comparison") == "done":
        unit = {"vi": "có/không", "en": "yes/no"}
    return Goal.model_validate(
        {"id": goal_id, "name": TEXT, "unit": unit, "source": [PLACE]} | more
    )


def plan(
    *goals: Goal, first: int = 2011, last: int = 2015, baseline: int | None = 2010,
    tolerance: dict[str, float] | None = None,
) -> Plan:  # fmt: skip
    """A plan with one section; with a tolerance its rule is ``rag``."""
    rule: dict[str, Any] = {"dated": "2019-12-31", "note": TEXT, "source": "text"}
    rule |= {"id": "rag", "tolerance": tolerance} if tolerance else {"id": "office-table"}
    header = PlanHeader.model_validate(
        {
            "id": "test-plan",
            "name": TEXT,
            "term": {"first": first, "last": last},
            "baseline_year": baseline,
            "sections": ["all"],
            "areas": ["a", "b"],
            "rule": rule,
            "sources": [{"id": "text", "title": TEXT}],
        }
    )
    section = Section.model_validate({"section": "all", "name": TEXT, "goals": goals})
    return Plan(header=header, sections=(section,))


def observations(*rows: dict[str, Any]) -> Observations:
    """Figures in memory; each row names at least a year, and a value or a state."""
    table: dict[str, Any] = {}
    filled = [{"area": "a", "goal": "g", "member": "", **row} for row in rows]
    for name in ("area", "goal", "member", "source", "note", *OPTIONAL_COLUMNS):
        table[name] = pd.Categorical([str(row.get(name, "")) for row in filled])
    table["year"] = np.array([row["year"] for row in filled], np.int32)
    days = [vintage_day(row["vintage"]) if "vintage" in row else UNDATED for row in filled]
    table["vintage"] = np.array(days, np.int32)
    for name in NUMBER_COLUMNS:
        table[name] = np.array([row.get(name, np.nan) for row in filled], float)
    numbered = [any(name in row for name in NUMBER_COLUMNS if name != "assigned") for row in filled]
    states = [
        State[row["state"]] if "state" in row else State.measured if known else State.missing
        for row, known in zip(filled, numbered, strict=True)
    ]
    table["state"] = np.array(states, np.int8)
    table["row"] = np.arange(2, len(filled) + 2, dtype=np.int32)
    table["file"] = pd.Categorical(["test.csv"] * len(filled))
    return Observations(pd.DataFrame(table))


def spelled_out(value: object) -> str:
    """All a value holds, in one text: what prints short is taken apart field by field."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        held = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return f"{type(value).__name__}({spelled_out(held)})"
    if isinstance(value, BaseModel):
        return f"{type(value).__name__}({value.model_dump()!r})"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{k!r}: {spelled_out(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(spelled_out, value)) + "]"
    return repr(value)
