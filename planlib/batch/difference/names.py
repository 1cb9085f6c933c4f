"""What the plan, area and goals of a review are called, as the run itself says in ``review.json``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Self

from planlib.batch.difference.claims import ClaimOf
from planlib.batch.difference.folders import Place
from planlib.batch.difference.runs import RunDifference
from planlib.language.language import Language
from planlib.report.site.folder import read_summary


@dataclass(frozen=True)
class ReviewNames:
    """Names in a reader's language; an id stands for what has none."""

    plan: str
    area: str
    goals: dict[str, str]

    @classmethod
    def of(cls, found: RunDifference, place: Place, language: Language) -> Self:
        """The names in the later run, with those of goals that only the earlier one has."""
        summaries = [read_summary(run.root, *place) for run in (found.new, found.old)]
        known = [one for one in summaries if one is not None]
        if not known:
            return cls(*place, {})
        goals: dict[str, str] = {}
        for row in (row for one in known for row in one.rows):
            goals.setdefault(row.goal, row.name.in_language(language.code))
        plan, area = (
            name.in_language(language.code) for name in (known[0].plan_name, known[0].area_name)
        )
        return cls(plan, area, goals)

    def goal(self, goal: str) -> str:
        """The name of a goal."""
        return self.goals.get(goal, goal)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {goal: at for at, goal in enumerate(self.goals)}

    def order(self, claim: ClaimOf) -> tuple[object, ...]:
        """Where a claim stands: by the goals of the plan, then by period."""
        at = self._places.get(claim.goal, len(self._places))
        return at, claim.group, claim.kind, claim.year, claim.on
