"""A plan as the index of several reviews, or a page of its areas, lists it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bs4 import Tag

from planlib.plan.plan import Plan

MOST_AREAS, MOST_CELLS = 100, 2_500  # on one page of areas


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

    def area(self, name: str) -> str:
        """The id of the area of a review."""
        return name.removeprefix(f"{self.plan.id}.")

    @property
    def on_a_page(self) -> int:
        """How many areas a page of areas has room for."""
        return max(1, min(MOST_AREAS, MOST_CELLS // max(len(self.plan.goals), 1)))

    def page(self, end: str, lang: str) -> str:
        """The name of a page of areas, by what its name has before the language."""
        day = self.anchor.removeprefix(self.plan.id).replace(".", "-")
        return f"areas{day}{end}.{lang}.html"

    def pages(
        self, lang: str, *, by_goal: bool, groups: Sequence[str] = ()
    ) -> dict[str, range | str]:
        """Every page of areas with the places of its areas, or else what it is.

        ``groups`` are what the names of the pages of groups have before the language.
        """
        size, count = self.on_a_page, len(self.names)
        found: dict[str, range | str] = {self.page("", lang): "names"}
        if by_goal:
            found[self.page("-by-goal", lang)] = "goals"
        if groups:
            found[self.page("-by-group", lang)] = "groups"
        found |= {self.page(end, lang): end for end in groups}
        for at, start in enumerate(range(0, count, size), start=1):
            found[self.page(f"-{at}", lang)] = range(start, min(start + size, count))
        return found
