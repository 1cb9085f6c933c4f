"""The verdicts of all years of one plan in one area, as the index shows them.

The whole term is shown, not only the years with a page: a grid with holes where nobody asked for
a page would look like missing data.
"""

from __future__ import annotations

from planlib.model.base import Text
from planlib.model.observations import Observations, vintage_text
from planlib.publish.shelf import Column, Group, Row, Shelf
from planlib.review.desk import Desk
from planlib.scoring.score import score


def shelf_of(desk: Desk) -> Shelf:
    """The shelf of a desk: every goal's verdict in every year, and at mid-term."""
    plan, area = desk.plan, desk.area
    mine = desk.observations.of_area(area)
    figures = Observations(mine.frame.reset_index(drop=True))
    at = plan.midterm_after
    yearly = score(plan, figures, areas=[area], as_of=desk.as_of)
    verdicts: dict[str, dict[tuple[str, int], str]] = {goal: {} for goal in plan.goal_ids}
    for goal, year, verdict in zip(yearly["goal"], yearly["year"], yearly["verdict"], strict=True):
        verdicts[str(goal)]["annual", int(year)] = str(verdict)
    for one in desk.midterm(at).verdicts:
        verdicts[one.goal.id]["midterm", at] = one.verdict.name
    columns = [Column(kind="annual", year=year) for year in plan.years]
    columns.append(Column(kind="midterm", year=at))
    groups = [
        Group(
            name=section.name,
            rows=tuple(
                Row(
                    goal=goal.id,
                    name=goal.name,
                    part=goal.part_of is not None,
                    verdicts=tuple(verdicts[goal.id][c.kind, c.year] for c in columns),
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
        area_name=Text(vi=name.vi, en=name.en),
        term=(plan.years[0], plan.years[-1]),
        as_of=(vintage_text(desk.as_of) or "") if desk.as_of else "",
        illustrative=mine.illustrative,
        columns=tuple(columns),
        groups=tuple(groups),
    )
