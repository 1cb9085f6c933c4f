"""Published rules on frames with an analyst's own names of columns; problems in the same names."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from planlib.errors import InputError
from planlib.scoring.rules import METHODS, assess, oecd

FIGURES = pd.DataFrame(
    {"series": "road", "area": "a", "year": range(2008, 2014), "value": [60, 64, 68, 72, 76, 78]}
)
GOALS = pd.DataFrame(
    {
        "series": ["road"],
        "base_year": 2008,
        "target": 90,
        "target_year": 2015,
        "direction": "increase",
        "limit": 100,
    }
)
OWN = {
    "series": "indicator",
    "area": "Gemeinde",
    "year": "Year",
    "value": "obs",
    "target": "goal 2015",
    "limit": 7,
}
OWN_FIGURES = FIGURES.rename(columns=OWN).assign(series="not this one", note="left alone")
OWN_GOALS = GOALS.rename(columns=OWN).assign(value="nor this")


def problems(figures: Any, goals: Any, columns: Any) -> list[str]:
    with pytest.raises(InputError) as raised:
        assess("dns", figures, goals, columns=columns)
    return [str(problem) for problem in raised.value.problems]


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.id)
def test_own_names_give_the_answers_of_known_names(method: Any) -> None:
    both = pd.concat([FIGURES, FIGURES.assign(area="b", value=80)], ignore_index=True)
    figures = both if method.id == "oecd" else FIGURES
    own = figures.rename(columns=OWN).assign(series="not this one")
    plain = assess(method.id, figures, GOALS)
    pd.testing.assert_frame_equal(assess(method.id, own, OWN_GOALS, columns=OWN), plain)


def test_targets_by_area_are_found_under_the_own_name_of_the_area() -> None:
    figures = pd.concat([FIGURES, FIGURES.assign(area="b", value=80)], ignore_index=True)
    goals = pd.concat([GOALS.assign(area=area) for area in "ba"], ignore_index=True)
    found = oecd.assess(figures.rename(columns=OWN), goals.rename(columns=OWN), columns=OWN)
    assert found["area"].tolist() == ["b", "a"]
    pd.testing.assert_frame_equal(found, oecd.assess(figures, goals))


def test_problems_are_told_in_the_own_names() -> None:
    wrong = OWN_FIGURES.assign(obs="x", Year=[2008, 2008, 2010.5, 2011, 2012, 2013])[:2]
    goals = OWN_GOALS.assign(direction="up", **{"goal 2015": "ninety"})
    assert problems(wrong, goals, OWN) == [
        "observations row 0: 'obs' must be a number, found 'x'",
        "observations row 1: 'obs' must be a number, found 'x'",
        (
            "observations row 1: a second figure for indicator road, Year 2008.0 "
            "(keep one area, or use a rule that compares areas)"
        ),
        "targets row 0: 'goal 2015' must be a number, found 'ninety'",
        "targets row 0: 'direction' must be increase or decrease, found 'up'",
    ]


def test_a_column_that_is_not_there_is_asked_for_by_its_own_name() -> None:
    lacking = OWN_FIGURES.rename(columns={"obs": "obs."})
    assert problems(lacking, OWN_GOALS.drop(columns="indicator"), OWN) == [
        "observations: needs a column 'obs' (did you mean 'obs.'?)",
        (
            "targets: needs a column 'indicator' (found base_year, goal 2015, target_year, "
            "direction, 7, value)"
        ),
    ]


def test_a_mapping_that_means_nothing_is_refused() -> None:
    assert problems(FIGURES, GOALS, {"serie": "series", "worst": "cap"}) == [
        "columns: no rule knows a column 'serie' (did you mean 'series'?)",
        "columns: no frame has a column 'cap'",
    ]


def test_a_problem_is_told_in_vietnamese() -> None:
    with pytest.raises(InputError) as raised:
        assess("unsd", OWN_FIGURES.assign(obs="x")[:1], OWN_GOALS, columns=OWN)
    told = [str(problem.in_language("vi")) for problem in raised.value.problems]
    assert told == ["số liệu, dòng 0: 'obs' phải là số, nhưng lại là 'x'"]
