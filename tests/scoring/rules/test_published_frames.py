"""The two frames: what is refused, with every problem at once, and how awkward data is laid out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from common_series import observations, targets

from planlib.errors import InputError
from planlib.scoring.rules import METHODS, assess
from planlib.scoring.rules.frames import arrange
from planlib.scoring.rules.results import WHY_NOT, why_key

FIGURES = observations("s", [60, 68, 78])
GOALS = targets("s", 90, "increase")


def problems(figures: Any, goals: Any) -> list[str]:
    with pytest.raises(InputError) as raised:
        arrange(figures, goals)
    return [str(problem) for problem in raised.value.problems]


@pytest.mark.parametrize(
    ("figures", "goals", "messages"),
    [
        (
            FIGURES.rename(columns={"value": "values"}),
            GOALS.drop(columns=["direction", "target"]),
            [
                "observations: needs a column 'value' (did you mean 'values'?)",
                "targets: needs a column 'target' (did you mean 'target_year'?)",
                "targets: needs a column 'direction' (found series, base_year, target_year)",
            ],
        ),
        (
            FIGURES.assign(value=["60", 68, "about 78"]),
            GOALS,
            [
                "observations row 0: 'value' must be a number, found '60'",
                "observations row 2: 'value' must be a number, found 'about 78'",
            ],
        ),
        (
            FIGURES.assign(year=[2008, 2008, 2009.5]),
            GOALS,
            [
                "observations row 2: 'year' must be a whole year, found 2009.5",
                "observations row 1: a second figure for series s, year 2008.0",
            ],
        ),
        (
            FIGURES.assign(value=[60, np.inf, 10**400]),
            GOALS,
            [
                "observations row 1: 'value' must be finite, found inf",
                "observations row 2: 'value' must be finite, found inf",
            ],
        ),
        (
            FIGURES,
            GOALS.assign(direction="up", target="ninety"),
            [
                "targets row 0: 'target' must be a number, found 'ninety'",
                "targets row 0: 'direction' must be increase or decrease, found 'up'",
            ],
        ),
        (
            FIGURES,
            GOALS.assign(direction="increased"),
            [
                (
                    "targets row 0: 'direction' must be increase or decrease, found 'increased' "
                    "(did you mean 'increase'?)"
                )
            ],
        ),
        (
            FIGURES,
            pd.concat([GOALS, GOALS], ignore_index=True),
            ["targets row 1: a second target for s"],
        ),
        (
            FIGURES,
            GOALS.assign(target_year=np.nan, base_year=np.nan),
            [
                "targets row 0: 'base_year' must be a whole year, found nothing",
                "targets row 0: 'target_year' must be a whole year, found nothing",
            ],
        ),
        (
            FIGURES,
            GOALS.assign(every_year="yes"),
            ["targets row 0: 'every_year' must be true or false, found 'yes'"],
        ),
        (
            FIGURES.assign(series=["s", None, "s"]),
            GOALS.assign(series=[["s"]]),
            [
                "observations row 1: 'series' must not be empty",
                "targets row 0: 'series' must be a name, found a list",
            ],
        ),
        (
            FIGURES.assign(value=True),
            GOALS,
            [f"observations row {row}: 'value' must be a number, found True" for row in range(3)],
        ),
        (
            [1, 2],
            None,
            [
                "observations: must be a pandas DataFrame, found list",
                "targets: must be a pandas DataFrame, found NoneType",
            ],
        ),
        (
            FIGURES,
            pd.concat([GOALS, GOALS[["target"]]], axis=1),
            ["targets: the column 'target' stands twice"],
        ),
    ],
)
def test_every_problem_is_named_at_once(figures: Any, goals: Any, messages: list[str]) -> None:
    assert problems(figures, goals) == messages


def test_two_areas_in_one_series_are_refused_where_areas_are_not_compared() -> None:
    both = pd.concat([FIGURES.assign(area="a"), FIGURES.assign(area="b")], ignore_index=True)
    first = problems(both, GOALS)[0]
    assert first == (
        "observations row 3: a second figure for series s, year 2008 "
        "(keep one area, or use a rule that compares areas)"
    )


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(
        InputError, match=r"no published method 'eurostta' \(did you mean 'eurostat'"
    ):
        assess("eurostta", FIGURES, GOALS)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.id)
def test_answers_come_in_the_order_of_the_targets_one_row_each(method: Any) -> None:
    goals = pd.concat([targets(name, 90, "increase") for name in "cab"], ignore_index=True)
    figures = pd.concat([observations(name, [60, 68, 78]) for name in "abx"], ignore_index=True)
    answer = assess(method.id, figures.sample(frac=1, random_state=1), goals)
    assert answer["series"].tolist() == ["c", "a", "b"]
    assert pd.isna(answer["status"].iloc[0])
    assert all(why == "" or why_key(why) for why in answer["why_not"])


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.id)
def test_empty_frames_have_an_empty_answer(method: Any) -> None:
    assert len(assess(method.id, FIGURES, GOALS.iloc[:0])) == 0
    no_figures = assess(method.id, FIGURES.iloc[:0], GOALS)
    assert no_figures["status"].isna().all() and (no_figures["why_not"] != "").all()


def test_missing_figures_and_unknown_series_are_left_out() -> None:
    figures = pd.concat(
        [FIGURES, observations("other", [1]), observations("s", [np.nan], first=2011)],
        ignore_index=True,
    )
    arranged = arrange(figures, GOALS)
    assert arranged.latest.tolist() == [78] and arranged.latest_year.tolist() == [2010]


def test_figures_before_the_base_year_alone_are_no_figures() -> None:
    answer = assess("unsd", observations("s", [60, 68], first=2000), GOALS)
    assert answer["why_not"].tolist() == [WHY_NOT["no_figures"]]


def test_a_target_year_not_after_the_base_year_is_named() -> None:
    for method in ("opensdg", "unsd", "eurostat", "escap", "sdsn"):
        answer = assess(method, FIGURES, GOALS.assign(target_year=2008))
        assert answer["why_not"].tolist() == [WHY_NOT["target_year"]]


def test_kinds_of_columns_do_not_matter() -> None:
    plain = assess("opensdg", FIGURES, GOALS)
    figures = FIGURES.astype({"year": "Int64", "value": "Float64", "series": "category"})
    pd.testing.assert_frame_equal(assess("opensdg", figures, GOALS.astype(object)), plain)


def test_the_frames_given_are_not_changed() -> None:
    figures, goals = FIGURES.copy(), GOALS.copy()
    for method in METHODS:
        assess(method.id, figures, goals)
    pd.testing.assert_frame_equal(figures, FIGURES)
    pd.testing.assert_frame_equal(goals, GOALS)
