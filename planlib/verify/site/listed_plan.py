"""A plan as the index of several reviews lists it."""

from __future__ import annotations

from dataclasses import dataclass

from bs4 import Tag

from planlib.plan.plan import Plan


@dataclass(frozen=True)
class ListedPlan:
    """A plan on the page: its reviews in their order, its newest year, and where it stands."""

    section: Tag
    names: list[str]
    plan: Plan
    newest: int
    anchor: str

    @property
    def alone(self) -> bool:
        """Whether it is followed in one area."""
        return len(self.names) == 1
