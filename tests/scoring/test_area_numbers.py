"""Areas whose targets differ by their numbers alone are scored at once, each as if it were alone."""

from __future__ import annotations

from dataclasses import fields
from itertools import product
from typing import Any

import numpy as np
import pytest
from certain import areas, many
from examples import turns
from helpers import TEXT, goal, plan

from planlib.figures.observations import vintage_day
from planlib.plan.goal import Goal
from planlib.scoring.certainty.errors import error_columns
from planlib.scoring.certainty.lessons import learn
from planlib.scoring.goal_arrays import GoalScores
from planlib.scoring.own_targets import _areas, _judged_by, _numbers, in_parts
from planlib.scoring.panel import Panel
from planlib.scoring.time.along import score_goal, score_goal_term

COUNT, YEARS = 40, range(2010, 2016)
NAMES = areas(COUNT)
RNG = np.random.default_rng(4)
NUMBERS = RNG.uniform(-5, 100, COUNT).round(1)
NUMBERS[:4] = 0.0, 100.0, 50.0, 50.0
EVERY, BY = {"cadence": "every_year"}, {"cadence": "by", "due": 2013}
KINDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "at_least": ({"comparison": "at_least", "value": 50, **EVERY}, {}),
    "below by": ({"comparison": "below", "value": 50, **BY}, {}),
    "about kept": ({"comparison": "about", "value": 50, "better": "lower", "cadence": "keep"}, {}),
    "too much": ({"comparison": "between", "low": 0, "high": 9, "beyond": "bad", **EVERY}, {}),
    "range": ({"comparison": "between", "low": 0, "high": 9, "better": "lower", **BY}, {}),
    "total": ({"comparison": "at_least", "value": 300, "cadence": "over_term"}, {"unit": TEXT}),
    "ceiling": ({"comparison": "at_most", "value": 300, "cadence": "over_term"}, {"unit": TEXT}),
    "since": ({"comparison": "at_most", "value": -9, "basis": "change_since", **BY}, {}),
    "maintain": ({"comparison": "maintain", "better": "higher", **EVERY}, {}),
    "share": ({"comparison": "at_least", "value": 50, "basis": "share", **EVERY}, {}),
    "relative": (
        {"comparison": "relative", "value": 5, "better": "higher", "to": {"area": NAMES[0]},
         **EVERY}, {},
    ),
}  # fmt: skip
YEARS_SCORED = tuple(range(2011, 2016))
START = {"year": 2010, "source": "text"}


def own(kind: str, at: int) -> dict[str, Any]:
    """What differs in an area: its number or both ends, or where it starts from."""
    number, entry = float(NUMBERS[at]), {"area": str(NAMES[at])}
    if kind in {"too much", "range"}:
        return entry | {"low": number, "high": number + at % 3}
    start = {"baseline": START | {"value": abs(number) + 1}}
    if kind == "maintain":
        return entry | start
    return entry | {"value": number} | (start if kind == "since" else {})


def figures() -> Any:
    rows = COUNT * len(YEARS) * 2
    hits = RNG.integers(0, 90, rows).astype(float)
    return many(
        area=np.repeat(NAMES, len(YEARS) * 2), year=np.tile(np.repeat([*YEARS], 2), COUNT),
        vintage=np.tile(["2016-01-01", "2016-06-01"], rows // 2),
        value=RNG.uniform(0, 100, rows).round(1), numerator=hits, denominator=hits + 10,
    )  # fmt: skip


FIGURES = figures()


def alike(together: GoalScores, alone: GoalScores, at: int) -> None:
    for column in fields(GoalScores):
        one, other = getattr(together, column.name)[at], getattr(alone, column.name)[0]
        assert np.array_equal(one, other, equal_nan=one.dtype.kind == "f"), (column.name, at)


@pytest.mark.parametrize(("tolerance", "kind"), turns(product([None, {"percent": 5}], KINDS), 2))
def test_an_area_among_others_is_scored_as_if_it_were_alone(
    kind: str, tolerance: dict[str, float] | None
) -> None:
    target, more = KINDS[kind]
    one = goal(target=target, targets=[own(kind, at) for at in range(COUNT - 3)], **more)
    made = plan(one, tolerance=tolerance if kind != "relative" else None)
    day = vintage_day("2015-06-30") if kind == "ceiling" else None
    panel = Panel(made, FIGURES)
    panel = panel.with_errors(error_columns(made, FIGURES.frame, learn(made, FIGURES.frame, None)))
    yearly = score_goal(panel, one, made.years, day)
    term = score_goal_term(panel, one, made.years[-1], day)
    if kind not in {"relative", "maintain"}:
        assert np.isfinite(yearly.chances).any()
    for at in range(COUNT):
        part = panel.part(np.array([at]))
        alike(yearly, score_goal(part, one, made.years, day), at)
        alike(term, score_goal_term(part, one, made.years[-1], day), at)


def test_steps_on_the_way_and_other_kinds_stay_apart() -> None:
    entries = [own("at_least", at) for at in range(10)]
    entries += [{"area": str(NAMES[at]), "period": 2012, "value": float(at)} for at in range(5, 12)]
    entries += [{"area": str(NAMES[12]), "comparison": "above", "value": 3.0}]
    entries += [{"area": str(NAMES[13]), "no_target": True}]
    one = goal(target=KINDS["at_least"][0], targets=entries)
    made = plan(one)
    panel = Panel(made, FIGURES)
    parts: list[int] = []

    def counted(some: Panel, here: Goal, places: Any) -> GoalScores:
        parts.append(len(some.areas))
        return score_goal(some, here, made.years, None)

    together = in_parts(panel, one, counted)
    # Another comparison, no target, steps with or without a number, and a number: one's own or the goal's.
    assert sorted(parts) == [1, 1, 7, 31]
    for at in range(COUNT):
        alike(together, score_goal(panel.part(np.array([at])), one, made.years, None), at)


def several(at: int) -> list[dict[str, Any]]:
    """Some own targets of one area, of the many shapes there are; their numbers differ by area."""
    area, number = {"area": str(NAMES[at])}, float(NUMBERS[at])
    steps = [{**area, "period": year, "value": number + year - 2010} for year in (2012, 2011, 2013)]
    whole = {**area, "value": number}
    start = {"baseline": {**START, "value": abs(number) + 1}}
    return [
        [whole, *steps],
        steps[:2],
        [{**whole, **start}, {**area, "period": 2011, "comparison": "above"}],
        [{**area, "comparison": "between", "low": number, "high": number + 9}, steps[0] | {"comparison": "at_most"}],
        [{**area, "due": 2014}, {**area, "period": 2012, "low": number, "high": number + 1, "comparison": "between"}],
        [{**area, "no_target": True}],
        [],
        [whole, {**area, "group": "sex=women", "value": number / 2}, {**area, "group": "sex=women", "period": 2012, "value": 1 + number}],
        [{**area, "group": "sex=women", "period": 2011, "value": number}],
    ][at % 9]  # fmt: skip


ANYWHERE = [
    [],
    [{"period": 2012, "comparison": "at_least", "value": 33.0}],
    [
        {"period": 2011, "comparison": "at_least", "value": 31.0},
        {"group": "sex=women", "comparison": "at_least", "value": 44.0},
    ],
]


@pytest.mark.parametrize("others", ["same_target", "no_target"])
@pytest.mark.parametrize("anywhere", ANYWHERE)
def test_areas_with_several_own_targets_have_the_numbers_of_their_own(
    anywhere: list[dict[str, Any]], others: str
) -> None:
    entries = [entry for at in range(COUNT) for entry in several(at)] + anywhere
    target = {"comparison": "at_least", "value": 50, **BY}
    one = goal(target=target, targets=entries, other_areas=others, by=["sex"])
    panel = Panel(plan(goal(target=target)), FIGURES)
    for grouped in (one, one.in_group("sex=women")):
        for area, (shape, numbers) in zip(panel.areas, _areas(panel, grouped), strict=True):
            here = grouped.in_area(area)
            assert numbers == _numbers(here), area
            assert shape.key == _judged_by(here), area
    together = in_parts(
        panel, one, lambda some, here, _: score_goal(some, here, YEARS_SCORED, None)
    )
    for at, name in enumerate(panel.areas):
        part = panel.part(np.array([at]))
        alike(together, score_goal(part, one.in_area(name), YEARS_SCORED, None), at)
