"""How far figures can be relied on: numbers worked by hand on a small plan."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import goal, observations, plan

from planlib.evaluation import Evaluation
from planlib.review.quality import figure_quality, last_digits

SHARE = {"comparison": "at_least", "value": 70, "basis": "share", "cadence": "every_year"}


def test_a_small_plan_is_told_by_hand() -> None:
    """Two goals in two areas in 2011-2015: in a g has two of five figures, one revised from 60 to 64; h has none."""
    small = plan(goal("g", target=SHARE), goal("h", target=SHARE))
    rows = [
        {"goal": "g", "year": 2011, "value": 60, "vintage": "2012-01-10"},
        {"goal": "g", "year": 2011, "value": 64, "vintage": "2012-03-01"},
        {"goal": "g", "year": 2012, "value": 71, "vintage": "2013-01-30"},
        {"goal": "g", "year": 2012, "value": 71, "vintage": "2013-06-30"},
    ]
    found = figure_quality(Evaluation(small, observations(*rows)))
    assert [(one.goal.id, one.wanted, one.known) for one in found.coverage] == [
        ("g", 10, 2), ("h", 10, 0),
    ]  # fmt: skip
    # 10 and 30 days after the ends of their years.
    assert (found.timeliness.reports, found.timeliness.median) == (2, 20.0)
    (revised,) = found.revisions
    assert (revised.again, revised.revised, revised.up, revised.points) == (2, 1, 1, True)
    assert (revised.mean, revised.size, revised.chance) == (2.0, 2.0, 1.0)
    assert [(one.goal.id, one.figures) for one in found.to_ask] == [("h", 10), ("g", 8)]
    assert found.to_ask[0].verdicts == 12  # of each year and of the term, in both areas
    assert found.digits.score is None and found.compared == 0


def test_a_percentage_that_its_numbers_do_not_give_is_found() -> None:
    small = plan(goal("g", target=SHARE))
    parts = {"numerator": 2, "denominator": 3}
    rows = [
        {"goal": "g", "year": 2011, "value": 66.7, **parts},  # 66.666… as it is rounded
        {"goal": "g", "year": 2012, "value": 66.6, **parts},
    ]
    found = figure_quality(Evaluation(small, observations(*rows)))
    assert found.compared == 2
    (one,) = found.differing
    assert one.period == 2012 and one.reported == 66.6
    assert one.recomputed == pytest.approx(200 / 3)


def test_last_digits_are_held_against_an_even_spread() -> None:
    """Sixty noughts and forty others: (60-10)²/10 + 4 (5-10)²/10 + 5 (4-10)²/10 = 278."""
    numbers = np.concatenate([np.full(60, 500.0), 101.0 + np.arange(9), *[101.0 + np.arange(9)] * 3,
                              [101.0, 102.0, 103.0, 104.0]])  # fmt: skip
    found = last_digits(numbers)
    counts = [60, 5, 5, 5, 5, 4, 4, 4, 4, 4]
    square = 278.0
    assert list(found.counts) == counts and found.chi_square == pytest.approx(square)
    assert found.score == pytest.approx(100 * (square / 900) ** 0.5)
