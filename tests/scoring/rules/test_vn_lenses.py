"""The two Vietnamese gradings: exact where all is known, silent about a plan."""

from __future__ import annotations

import numpy as np
import pytest
from common_series import ask, observations, targets

from planlib.errors import InputError
from planlib.scoring.rules import vn335, vn366
from planlib.scoring.rules.results import WHY_NOT


@pytest.mark.parametrize(
    ("points", "done", "on_time", "beyond", "grade"),
    [
        (90, 1, 1, 0.30, "excellent"),
        (89.9, 1, 1, 0.30, "good"),
        (90, 1, 1, 0.29, "good"),
        (70, 1, 1, 0, "good"),
        (69.9, 1, 1, 1, "completed"),
        (98, 1, 0.99, 0.5, "completed"),  # one late task of a hundred
        (50, 1, 0.80, 0, "completed"),
        (50, 1, 0.79, 0, "not_completed"),
        (49.9, 1, 1, 1, "not_completed"),
        (98, 0.99, 0.99, 0.5, "not_completed"),  # one task not done
        (98, 1, np.nan, 0.5, None),
    ],
)
def test_regulation_366_grades_by_points_and_by_tasks(
    points: float, done: float, on_time: float, beyond: float, grade: str | None
) -> None:
    assert vn366.grade(points, done, on_time, beyond).item() == grade


def test_regulation_366_takes_arrays() -> None:
    assert vn366.grade([95, 75], 1, 1, [0.4, 0.4]).tolist() == ["excellent", "good"]


@pytest.mark.parametrize(
    ("quantity", "quality", "on_time", "general", "points", "grade"),
    [
        (1, 1, 1, 30, 100, "excellent"),
        (1, 1, 4 / 7, 30, 90, "excellent"),
        (0.9, 0.8, 1.0, 20, 83, "good"),
        (4 / 7, 4 / 7, 4 / 7, 30, 70, "good"),
        (2 / 7, 2 / 7, 2 / 7, 30, 50, "completed"),
        (0, 0, 0, 30, 30, "not_completed"),
        (1, np.nan, 1, 30, np.nan, None),
    ],
)
def test_decree_335_adds_three_shares_to_the_general_points(
    quantity: float, quality: float, on_time: float, general: float, points: float,
    grade: str | None,
) -> None:  # fmt: skip
    found = vn335.points(quantity, quality, on_time, general)
    assert float(found) == pytest.approx(points, nan_ok=True)
    assert vn335.grade(quantity, quality, on_time, general).item() == grade


@pytest.mark.parametrize("rule", [vn366, vn335])
def test_a_goal_is_never_graded(rule: object) -> None:
    row = ask(rule, "A")  # type: ignore[arg-type]
    assert row["why_not"] == WHY_NOT["lens"]
    assert row["ratio"] == 0.0
    assert ask(rule, "C")["ratio"] == 1.0  # type: ignore[arg-type]


def test_one_goal_missed_leaves_no_grade_open_if_goals_were_tasks() -> None:
    answer = vn366.assess(observations("s", [60, 92]), targets("s", 90, "increase"))
    assert vn366.needs(answer["ratio"].mean())["open"].tolist() == [False, True, True, True]
    assert vn366.needs(met=0.98, beyond=0.5)["open"].tolist() == [False, False, False, True]
    assert vn366.needs(met=1, beyond=0.3)["open"].tolist() == [True] * 4


def test_what_quality_and_promptness_would_have_to_be() -> None:
    # 90 points need (90 − 30) / 70 · 3 = 2.5714 shares in all
    needs = vn335.needs(quantity=1.0).set_index("grade")
    assert needs.loc["excellent", "share"] == pytest.approx((18 / 7 - 1) / 2)
    assert vn335.needs(quantity=0.5).set_index("grade").loc["excellent", "open"] == False  # noqa: E712


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: vn366.grade(101, 1, 1, 0), "'points' are points from 0 to 100, found 101"),
        (lambda: vn366.grade(90, 1, 98, 0), "'on_time' is a share from 0 to 1, found 98"),
        (lambda: vn335.grade(1, 1, 1, 31), "'general' are points from 0 to 30, found 31"),
        (lambda: vn335.needs(-0.1), "'quantity' is a share from 0 to 1, found -0.1"),
        (lambda: vn366.needs(70), "'met' is a share from 0 to 1, found 70"),
    ],
)
def test_shares_and_points_outside_their_range_are_refused(call: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        call()  # type: ignore[operator]
