"""An area as the page of a goal knows it."""

from __future__ import annotations

from dataclasses import dataclass

from planlib.evaluation import Evaluation
from planlib.plan.remarks.remark import Remark
from planlib.report.site.folder import SitePage

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
