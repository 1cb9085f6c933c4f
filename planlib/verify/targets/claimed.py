"""The target a figure was held against, as ``verdicts.json`` tells it."""

from __future__ import annotations

from typing import Any

from pydantic import FiniteFloat

from planlib.plan.base import Id, Part, StoredPeriod
from planlib.plan.target import Target


class JudgedTarget(Part):
    """The target a figure was held against; ``members`` are ids."""

    comparison: str
    value: FiniteFloat | None
    low: FiniteFloat | None
    high: FiniteFloat | None
    better: str | None
    beyond: str | None
    members: tuple[Id, ...]
    basis: str
    cadence: str
    due: StoredPeriod | None
    due_day: str | None = None
    since: StoredPeriod | None = None
    others: dict[str, Any] | None = None


def judged_target(target: Target | None) -> JudgedTarget | None:
    """A target as the file tells it."""
    if target is None:
        return None
    return JudgedTarget(
        comparison=str(target.comparison),
        value=target.value,
        low=target.low,
        high=target.high,
        better=target.better,
        beyond=target.beyond,
        members=tuple(member.id for member in target.members),
        basis=str(target.basis),
        cadence=str(target.cadence),
        due=target.due,
        due_day=None if target.due_day is None else target.due_day.isoformat(),
        since=target.since,
        others=_others(target),
    )


def _others(target: Target) -> dict[str, Any] | None:
    """Whom a target is held against, and how; None where nobody."""
    names = ("to", "measure", "strict", "among", "of", "of_at_least")
    told = target.model_dump(mode="json", include=set(names), exclude_defaults=True)
    return told or None
