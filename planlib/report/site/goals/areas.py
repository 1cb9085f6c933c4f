"""The areas of the page of a goal, and how each stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from planlib.evaluation import Evaluation
from planlib.evaluation.verdicts import GoalVerdict
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.remarks.remark import Remark
from planlib.report.site.folder import SitePage
from planlib.review.explored import Explored, Explorer, GoalView
from planlib.scoring.verdict import JUDGED

SHOWN = 200  # areas that have a line on a page


@dataclass(frozen=True)
class GoalArea:
    """An area in which the plan is reviewed: its figures as they are seen, and its pages."""

    area: str
    evaluation: Evaluation
    remarks: tuple[Remark, ...]
    pages: tuple[SitePage, ...]

    def page(self, year: int, lang: str) -> str:
        """The address of its review of a year, from the page of a goal; empty without one."""
        found = {one.lang: one for one in self.pages if (one.kind, one.year) == ("annual", year)}
        shown = found.get(lang) or next(iter(found.values()), None)
        return f"{self.area}/{shown.name}" if shown is not None else ""

    def newest(self, lang: str) -> str:
        """The address of its newest review of a year, better in another language than none."""
        years = [one.year for one in self.pages if one.kind == "annual"]
        return self.page(years[-1], lang) if years else ""


@dataclass(repr=False)
class GoalExplorer(Explorer):
    """Remembers what was seen of the goal looked at last, which its pages in all languages show."""

    _looked: tuple[str, dict[tuple[str, GoalView], Explored]] = field(
        default_factory=lambda: ("", {})
    )

    def look(self, area: str, goal_id: str, view: GoalView) -> Explored:
        """One goal in one view. Raises InputError for what is unknown."""
        looked = self._looked
        if looked[0] != goal_id:
            looked = self._looked = goal_id, {}
        seen = looked[1]
        if (area, view) not in seen:
            seen[area, view] = super().look(area, goal_id, view)
        return seen[area, view]

    def latest_over(self, plan: Plan, area: str) -> int:
        """The latest period the area itself has a figure of: which others are followed is theirs to say."""
        return self.evaluation.along(plan.frequency).last_year(area)


SeenVerdict = tuple[GoalArea, GoalVerdict]


def newest_verdicts(areas: Sequence[GoalArea], plan: Plan, goal: Goal) -> list[SeenVerdict]:
    """The verdict on a goal in each area, in the newest period that could be judged in any of them."""
    own = plan.frequency_of(goal)
    along = {id(one.evaluation): one.evaluation.along(own) for one in areas}
    for seen, view in along.items():
        view.score([one.area for one in areas if id(one.evaluation) == seen])
    found: list[SeenVerdict] = []
    for year in reversed(next(iter(along.values())).plan.years):
        views = ((one, along[id(one.evaluation)]) for one in areas)
        # The goal as it stands along these periods: due in a year, not in its last quarter.
        found = [
            (one, view.verdict_of(view.plan.goal(goal.id), one.area, year)) for one, view in views
        ]
        if any(verdict.verdict in JUDGED for _, verdict in found):
            break
    return found
