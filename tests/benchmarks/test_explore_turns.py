"""Turns of the controls of the notebook to explore, in processor time, against the same made anew.

    .venv/bin/pytest tests/benchmarks/test_explore_turns.py -s --benchmark-enable

The plans are 50 goals in 10 areas (CSV-sized) and in 11,000 areas (3.3 million rows of Parquet). The rival
of every turn is what somebody without controls does: ``explore`` on an evaluation that was just made, and
its view as HTML; reading the figures is not counted.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest
from test_scoring_scale import AREAS, make_plan, write_panel

import planlib
from planlib.api.desk import Desk
from planlib.evaluation import Evaluation
from planlib.figures.observations import Observations
from planlib.review.explored import GoalView

ROUNDS = 5


def milliseconds(make: Callable[[], object]) -> float:
    start = time.process_time()
    make()
    return (time.process_time() - start) * 1000


def turns(desk: Desk, areas: tuple[str, ...]) -> dict[str, list[object]]:
    """Other values of each control, none of them seen before."""
    days = [day for _, day in desk.as_of.options if day]
    return {
        "goal": [f"g{number}" for number in range(1, ROUNDS + 1)],
        "period": ["2012", "2014", "2015", "2011", "term"],
        "area": [one for _, one in desk.area.options if one != desk.area.value][:ROUNDS],
        "beside": [areas[at : at + 3] for at in range(ROUNDS)],
        "lang": ["vi", "fr", "en", "vi", "en"],
        "figure": [str(number) for number in range(60, 60 + ROUNDS)],
        "pace": [str(number) for number in range(1, ROUNDS + 1)],
        "as_of": days[1 : 1 + ROUNDS],
    }


@pytest.mark.slow
@pytest.mark.parametrize("areas", [10, AREAS])
def test_turns_of_the_controls(tmp_path: Path, areas: int) -> None:
    path = tmp_path / "figures.parquet"
    write_panel(path, areas)
    plan = make_plan()
    read = planlib.evaluate(plan, path, audience="public")
    figures = Observations(read.figures.frame)

    def anew() -> str:
        fresh = Evaluation(plan, figures, audience="public")
        seen = planlib.explore(fresh, goal="g1", area="area-7", view=GoalView(2013), lang="en")
        return seen.answer().html

    rival = median(milliseconds(anew) for _ in range(3))
    page = planlib.explore(read, goal="g0", area="area-3", view=GoalView(2013), lang="en")
    desk = Desk(page)
    print(f"\n{areas:,} areas, {os.cpu_count()} cores; the same anew: {rival:.0f} ms")
    print("control       ms   of the same anew")
    known = tuple(area for _, area in desk.beside.options)
    for name, values in turns(desk, known).items():
        box = getattr(desk, name)
        first = box.value

        def turn(value: object, box: object = box) -> None:
            box.value = value  # type: ignore[attr-defined]

        found = median(milliseconds(lambda value=value: turn(value)) for value in values)
        turn(first)
        print(f"{name:10}{found:6.0f}{found / rival:10.2f}")
        assert found < rival
