"""The verdicts of all years of one plan in its areas, as the index shows them.

The whole term is shown, not only the years with a page: a grid with holes where nobody asked for
a page would look like missing data. Thousands of areas are scored together and kept as codes; the
summary of one is made when it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planlib.evaluation import Evaluation
from planlib.evaluation.resolved import TOGETHER
from planlib.figures.observations import ILLUSTRATIVE, Observations
from planlib.plan.groups.areas import groups_around
from planlib.plan.periods.calendar import Frequency
from planlib.report.site.folder import (
    AreaSummary,
    GroupOfAreas,
    GroupRow,
    PeriodColumn,
    Row,
    SectionRows,
)
from planlib.scoring.verdict import Verdict


class PlanSummary:
    """The verdicts of a plan in some areas; ``area_summary`` gives one area's."""

    def __init__(self, evaluation: Evaluation, areas: Sequence[str]) -> None:
        evaluation = evaluation.along(Frequency.year)
        self._evaluation, plan = evaluation, evaluation.plan
        self._place = {area: at for at, area in enumerate(areas)}
        self._order = {area: at for at, area in enumerate(plan.header.areas)}
        self._made_up = made_up_areas(evaluation.figures)
        columns = [PeriodColumn(kind="annual", year=year) for year in plan.years]
        self._columns = (*columns, PeriodColumn(kind="midterm", year=plan.midterm_after))
        self._verdicts = np.empty((len(areas), len(plan.goals), len(self._columns)), np.int8)
        for start in range(0, len(areas), TOGETHER):
            some = areas[start : start + TOGETHER]
            evaluation.score(some)
            for at, area in enumerate(some, start):
                self._verdicts[at] = evaluation.codes(area)

    def made_up(self, area: str) -> bool:
        """Whether any figure of an area is made up."""
        return area in self._made_up

    def area_summary(self, area: str) -> AreaSummary:
        """The summary of one area. Raises KeyError for one that was not asked for."""
        plan = self._evaluation.plan
        codes = dict(zip(plan.goal_ids, self._verdicts[self._place[area]], strict=True))
        names = [verdict.name for verdict in Verdict]
        groups_of = self._groups(area)
        groups = [
            SectionRows(
                name=section.name,
                rows=tuple(
                    Row(
                        goal=goal.id,
                        name=goal.name,
                        part=goal.part_of is not None,
                        lead=goal.lead,
                        verdicts=tuple(names[code] for code in codes[goal.id]),
                        groups=tuple(groups_of.get(goal.id, ())),
                    )
                    for goal in section.goals
                ),
            )
            for section in plan.sections
        ]
        name = plan.area_name(area)
        return AreaSummary(
            plan=plan.id,
            area=area,
            plan_name=plan.header.name,
            area_name=name,
            term=(plan.years[0], plan.years[-1]),
            as_of=self._evaluation.as_of_text or "",
            illustrative=self.made_up(area),
            order=self._order.get(area, len(self._order)),
            columns=self._columns,
            groups=tuple(groups),
            within=tuple(
                GroupOfAreas(kind=one.kind, group=one.id, name=one.name)
                for one in groups_around(plan, area)
            ),
        )

    def _groups(self, area: str) -> dict[str, list[GroupRow]]:
        """The groups of each goal of an area that is followed by any."""
        evaluation, plan = self._evaluation, self._evaluation.plan
        if not any(goal.by for goal in plan.goals):
            return {}
        columns = [evaluation.group_verdicts(area, year) for year in plan.years]
        columns.append(evaluation.midterm_group_verdicts(area, plan.midterm_after))
        found: dict[str, list[GroupRow]] = {}
        for alike in zip(*columns, strict=True):
            told = tuple(one.verdict.name for one in alike)
            group = alike[0].group
            row = GroupRow(group=group, name=plan.group_name(group), verdicts=told)
            found.setdefault(alike[0].goal.id, []).append(row)
        return found


def made_up_areas(observations: Observations) -> frozenset[str]:
    """The areas that have a figure which is made up."""
    frame = observations.frame
    if "source" not in frame:
        return frozenset()
    sources = frame["source"].cat
    said = np.array([str(text).startswith(ILLUSTRATIVE) for text in sources.categories], np.bool_)
    codes = sources.codes.to_numpy()
    rows = said[codes] if len(said) else np.zeros(len(codes), np.bool_)
    areas = frame["area"].cat
    found = np.unique(areas.codes.to_numpy()[rows & (codes >= 0)])
    return frozenset(str(areas.categories[code]) for code in found)


def area_summary(evaluation: Evaluation, area: str) -> AreaSummary:
    """The summary of an area: every goal's verdict in every year, and at mid-term."""
    return PlanSummary(evaluation, [area]).area_summary(area)
