"""The verdicts of all years of one plan in its areas, as the index shows them.

The whole term is shown, not only the years with a page: a grid with holes where nobody asked for
a page would look like missing data. Thousands of areas are scored together and kept as codes; the
shelf of one is made when it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from planlib.figures.observations import ILLUSTRATIVE, Observations, vintage_text
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import Cadence
from planlib.report.site.folder import Column, Group, Row, Shelf
from planlib.review.desk import Desk
from planlib.scoring.score import Standing, score, score_term
from planlib.scoring.verdict import Verdict

TOGETHER = 500  # areas scored in one call: enough to be fast, few enough to be small
Codes = np.ndarray[Any, np.dtype[np.int8]]


class Summary:
    """The verdicts of a plan in some areas, by the plan in force on the as-of day (a day number).

    ``shelf`` gives one area's.
    """

    def __init__(
        self, plan: Plan, observations: Observations, areas: Sequence[str], as_of: int | None
    ) -> None:
        plan = plan.in_force(as_of)
        self._plan, self._as_of = plan, as_of
        self._place = {area: at for at, area in enumerate(areas)}
        self._made_up = made_up_areas(observations)
        columns = [Column(kind="annual", year=year) for year in plan.years]
        self._columns = (*columns, Column(kind="midterm", year=plan.midterm_after))
        self._verdicts = np.empty((len(areas), len(plan.goals), len(self._columns)), np.int8)
        for start in range(0, len(areas), TOGETHER):
            some = list(areas[start : start + TOGETHER])
            self._verdicts[start : start + TOGETHER] = self._scored(observations, some)

    def _scored(self, observations: Observations, areas: list[str]) -> Codes:
        plan, at = self._plan, self._plan.midterm_after
        mine = observations.frame["area"].isin(areas).to_numpy()
        whole = bool(mine.all())
        frame = observations.frame if whole else observations.frame[mine].reset_index(drop=True)
        figures = Observations(frame)
        yearly = score(plan, figures, areas=areas, as_of=self._as_of)
        term = score_term(plan, figures, areas=areas, standing=Standing(at, self._as_of))

        def codes(frame: Any, width: int) -> Codes:
            """The verdicts as areas × goals × years."""
            flat = frame["verdict"].cat.codes.to_numpy()
            return np.moveaxis(flat.reshape(len(plan.goals), len(areas), width), 0, 1)

        by_year = codes(yearly, len(plan.years))
        # At mid-term a goal of every year is judged by its latest year (see planlib.review).
        in_year = by_year[:, :, plan.years.index(at)]
        of_year = np.array([_every_year(goal) for goal in plan.goals])
        midterm = np.where(of_year, in_year, codes(term, 1)[:, :, 0])
        return np.concatenate([by_year, midterm[:, :, None]], axis=2)

    def made_up(self, area: str) -> bool:
        """Whether any figure of an area is made up."""
        return area in self._made_up

    def shelf(self, area: str) -> Shelf:
        """The shelf of one area. Raises KeyError for one that was not asked for."""
        plan = self._plan
        codes = dict(zip(plan.goal_ids, self._verdicts[self._place[area]], strict=True))
        names = [verdict.name for verdict in Verdict]
        groups = [
            Group(
                name=section.name,
                rows=tuple(
                    Row(
                        goal=goal.id,
                        name=goal.name,
                        part=goal.part_of is not None,
                        verdicts=tuple(names[code] for code in codes[goal.id]),
                    )
                    for goal in section.goals
                ),
            )
            for section in plan.sections
        ]
        name = plan.area_name(area)
        return Shelf(
            plan=plan.id,
            area=area,
            plan_name=plan.header.name,
            area_name=name,
            term=(plan.years[0], plan.years[-1]),
            as_of=(vintage_text(self._as_of) or "") if self._as_of else "",
            illustrative=self.made_up(area),
            columns=self._columns,
            groups=tuple(groups),
        )


def _every_year(goal: Goal) -> bool:
    target = goal.term_target_for()
    return target is None or target.cadence is Cadence.every_year


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


def shelf_of(desk: Desk) -> Shelf:
    """The shelf of a desk: every goal's verdict in every year, and at mid-term."""
    mine = desk.observations.of_area(desk.area)
    figures = Observations(mine.frame.reset_index(drop=True))
    return Summary(desk.plan, figures, [desk.area], desk.as_of).shelf(desk.area)
