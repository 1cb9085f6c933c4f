"""Hand-made results for the tests of the charts: few goals, figures that are easy to follow."""

from __future__ import annotations

from typing import Any

from helpers import goal, observations, plan

from planlib.evaluation import Evaluation
from planlib.figures.observations import Observations
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.review import AnnualReview, MidtermReview, Profile, annual, midterm, profile

LONG = {
    "vi": "Tỷ lệ khu công nghiệp, khu chế xuất đang hoạt động có hệ thống xử lý nước thải tập trung",
    "en": "Share of operating industrial and export-processing zones with central waste-water works",
}
ALLEYS = {"vi": "hẻm", "en": "alleys"}
YEARLY = {"cadence": "every_year"}


def named(goal_id: str, **more: Any) -> Goal:
    """A goal whose names carry its id."""
    name = more.pop("name", {"vi": f"Chỉ tiêu {goal_id}", "en": f"Goal {goal_id}"})
    return goal(goal_id, name=name, **more)


def at_least(value: float, goal_id: str = "g", **more: Any) -> Goal:
    """At least so much in every year."""
    return named(goal_id, target={"comparison": "at_least", "value": value, **YEARLY}, **more)


GOALS = (
    at_least(80, "short"),
    at_least(50, "far-short"),
    at_least(10, "met"),
    named("lower", target={"comparison": "at_most", "value": 4, **YEARLY}),
    named("zero", unit=ALLEYS, target={"comparison": "at_most", "value": 0, **YEARLY}),
    named("done", target={"comparison": "done", **YEARLY}),
    at_least(30, "silent", name=LONG),
    named("later", target={"comparison": "at_least", "value": 90, "cadence": "by", "due": 2015}),
)
FIGURES: dict[str, float | None] = {
    "short": 76, "far-short": 20, "met": 10, "lower": 3, "zero": 2, "done": 1, "silent": None,
}  # fmt: skip


def figures_of(values: dict[str, float | None], year: int = 2012) -> Observations:
    """One figure a goal; None is a missing one."""
    rows = [
        {"goal": goal_id, "year": year}
        | ({"state": "missing"} if value is None else {"value": value})
        for goal_id, value in values.items()
    ]
    return observations(*rows)


def a_year(values: dict[str, float | None] | None = None) -> AnnualReview:
    """A year with every kind of row."""
    return annual(
        Evaluation(plan(*GOALS), figures_of(FIGURES if values is None else values)), "a", 2012
    )


def roads(**figures: tuple[float, float]) -> MidtermReview:
    """Goals to reach 100 by 2015, from the figure of 2010 to that of 2013."""
    target = {"comparison": "at_least", "value": 100, "cadence": "by", "due": 2015}
    goals = [named(goal_id, target=target) for goal_id in figures]
    rows = [
        {"goal": goal_id, "year": year, "value": value}
        for goal_id, ends in figures.items()
        for year, value in zip((2010, 2013), ends, strict=True)
    ]
    return midterm(Evaluation(plan(*goals), observations(*rows)), "a", 2013)


def years_of(
    one: Goal, *rows: dict[str, Any], of: Plan | None = None, as_of: int | None = None
) -> Profile:
    """One goal over the years."""
    filled = [{"goal": one.id, **row} for row in rows]
    return profile(Evaluation(of or plan(one), observations(*filled), as_of), "a", one.id)


def values(**by_year: float) -> list[dict[str, Any]]:
    """Rows of figures: ``values(y2011=3, y2012=4)``."""
    return [{"year": int(year[1:]), "value": value} for year, value in by_year.items()]
