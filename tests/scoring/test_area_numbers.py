"""Areas whose targets differ by their numbers alone are scored at once, each as if it were alone."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from certain import areas, many
from helpers import TEXT, goal, plan

from planlib.figures.observations import vintage_day
from planlib.plan.goal import Goal
from planlib.scoring.certainty.errors import error_columns
from planlib.scoring.certainty.lessons import learn
from planlib.scoring.goal_arrays import GoalScores
from planlib.scoring.own_targets import in_parts
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


@pytest.mark.parametrize("tolerance", [None, {"percent": 5}])
@pytest.mark.parametrize("kind", KINDS)
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
    # Another comparison, no target, a number, steps with or without one, and the goal's own target.
    assert sorted(parts) == [1, 1, 5, 7, 26]
    for at in range(COUNT):
        alike(together, score_goal(panel.part(np.array([at])), one, made.years, None), at)
