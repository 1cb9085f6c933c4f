"""One evaluation asked by several threads at once: each gets what one alone gets."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

import planlib
from planlib.evaluation import Evaluation, resolved

THREADS = 4


@pytest.fixture
def restless() -> Iterator[None]:
    """Threads take turns as often as they can, so that whatever can come between does."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("restless")
def test_a_published_verdict_is_known_to_every_thread() -> None:
    plan = planlib.read_plan("viet-nam-2011-2015")
    figures = planlib.read_figures(plan)
    for _ in range(5):
        scores = planlib.evaluate(plan, figures).scores("viet-nam")
        together = Barrier(THREADS)

        def ask(_: int, scores=scores, together=together) -> bool:  # type: ignore[no-untyped-def]
            together.wait()
            return scores.published_exceeds("viet-nam")

        with ThreadPoolExecutor(THREADS) as pool:
            assert all(pool.map(ask, range(THREADS)))


@pytest.mark.usefixtures("restless")
def test_areas_that_are_forgotten_are_scored_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more areas than are remembered, several threads ask in different order."""
    monkeypatch.setattr(resolved, "MOST_CELLS", 1)
    plan = planlib.read_plan("europe-2020")
    one = planlib.evaluate(plan, planlib.read_figures(plan))
    areas, goal = one.reported_areas[:4], plan.goals[0]

    def asked(evaluation: Evaluation, area: str) -> object:
        return evaluation.verdict_of(goal, area, plan.years[-1])

    right = {area: asked(one, area) for area in areas}

    def ask(seed: int) -> list[str]:
        mine = areas * 2
        random.Random(seed).shuffle(mine)
        return [area for area in mine if asked(one, area) != right[area]]

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(ask, range(THREADS))) == [[]] * THREADS
