"""How sure verdicts are, on two million figures made up: whether it holds, and what it costs.

    make bench

Each world has errors that are known: samples, estimates with intervals, rounding, revisions with
short and long tails. Of the verdicts called so sure, that many must hold, in every tenth from one half
up. The rival of the clock is scoring the same figures without certainty, in the same process.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from certain import areas, held, many, scored
from helpers import goal, plan

from planlib.scoring.certainty.errors import error_columns
from planlib.scoring.certainty.lessons import learn
from planlib.scoring.panel import Panel
from planlib.scoring.time.along import score_goal
from planlib.scoring.verdict import Verdict

SIZE = 400_000
LEAST = {"comparison": "at_least", "value": 90, "cadence": "every_year"}
SHARE = LEAST | {"basis": "share"}
TENTHS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 1.0)
Drawn = tuple[dict[str, Any], dict[str, Any], Any]  # a target, columns of figures, final figures


def samples(rng: Any) -> Drawn:
    true, tried = rng.uniform(70, 99, SIZE), rng.integers(20, 2000, SIZE)
    return SHARE, {"numerator": rng.binomial(tried, true / 100), "denominator": tried}, true


def estimates(rng: Any) -> Drawn:
    true, error = rng.uniform(80, 100, SIZE), rng.uniform(0.02, 3, SIZE)
    seen = true + rng.normal(0, error)
    return (
        LEAST,
        {"value": seen.round(1), "low": seen - 1.96 * error, "high": seen + 1.96 * error},
        true,
    )


def rounded(rng: Any) -> Drawn:
    true = rng.uniform(85, 95, SIZE)
    return LEAST | {"value": 90.05}, {"value": true.round(1)}, true


@pytest.mark.parametrize("world", [samples, estimates, rounded])
def test_of_verdicts_called_so_sure_so_many_hold(world: Callable[[Any], Drawn]) -> None:
    target, columns, final = world(np.random.default_rng(11))
    figures = many(area=areas(SIZE), **columns)
    scores = scored(plan(goal(target=target)), figures, years=(2012,))
    right = np.where(final >= target["value"], Verdict.exceeded, Verdict.not_met)
    report(scores.certainty[:, 0], held(scores.verdict[:, 0], right))


@pytest.mark.parametrize("tails", ["normal", "laplace", "student"])
def test_of_figures_still_to_be_revised_so_many_hold(tails: str) -> None:
    rng = np.random.default_rng(12)
    first = rng.uniform(80, 100, SIZE).round(1)
    step = {
        "normal": lambda: rng.normal(0.4, 1.5, SIZE),
        "laplace": lambda: rng.laplace(0.4, 1.2, SIZE),
        "student": lambda: 0.4 + rng.standard_t(3, SIZE),
    }[tails]()
    last = (first + np.where(rng.random(SIZE) < 0.5, step, 0)).round(1)
    place, taught = areas(SIZE), np.arange(SIZE) < SIZE // 2
    figures = many(
        area=np.append(place, place[taught]),
        value=np.append(first, last[taught]),
        vintage=np.append(np.repeat("2013-03-31", SIZE), np.repeat("2015-03-31", SIZE // 2)),
    )
    scores = scored(plan(goal(target=LEAST)), figures, years=(2012,))
    right = np.where(last > 90, 0, np.where(last == 90, 1, 3))
    report(scores.certainty[~taught, 0], held(scores.verdict[:, 0], right)[~taught])


def report(certainty: Any, kept: Any) -> None:
    """Print each tenth, and hold it to what was called, within three points."""
    for low, high in pairwise(TENTHS):
        mine = (certainty >= low) & (certainty < high)
        if mine.sum() < 1500:
            continue
        called, came = certainty[mine].mean(), kept[mine].mean()
        print(f"{low:4.2f}-{high:4.2f}: {mine.sum():7d} called {called:.3f}, held {came:.3f}")
        assert abs(called - came) <= 0.03, (low, high)


def test_certainty_costs_a_few_times_the_scoring_itself() -> None:
    rng = np.random.default_rng(13)
    names = [f"g{at}" for at in range(10)]
    made = plan(*(goal(name, target=LEAST) for name in names))
    count, years = 4_000, np.array(made.years, np.int32)
    rows = count * len(years) * len(names)
    value = rng.uniform(80, 100, rows).round(1)
    figures = many(
        area=np.tile(areas(count), len(years) * len(names)),
        year=np.tile(np.repeat(years, count), len(names)),
        goal=np.repeat(names, count * len(years)),
        value=value, low=value - 2, high=value + 2,
    )  # fmt: skip

    def seconds(*, certainty: bool) -> float:
        start = time.perf_counter()
        panel = Panel(made, figures)
        if certainty:
            lessons = learn(made, figures.frame)
            panel = panel.with_errors(error_columns(made, figures.frame, lessons))
        for one in made.goals:
            score_goal(panel, one, made.years, None)
        return time.perf_counter() - start

    seconds(certainty=True)  # what is imported late is there
    pairs = [(seconds(certainty=False), seconds(certainty=True)) for _ in range(3)]
    plain, sure = (min(column) for column in zip(*pairs, strict=True))
    print(f"{rows} figures: {plain:.2f} s, with certainty {sure:.2f} s, {sure / plain:.1f} times")
    assert sure <= 8 * plain
