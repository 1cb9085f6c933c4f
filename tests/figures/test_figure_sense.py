"""Doubtful figures are asked about; real and ordinary ones are not."""

from __future__ import annotations

import pytest
from helpers import TEXT, goal, observations, plan

from planlib.errors import Problem
from planlib.figures.plausibility import doubtful_figures
from planlib.figures.reading import load_observations
from planlib.plan.plan import Plan
from planlib.plan.shipped import figure_files, open_plan
from planlib.plan.target import Basis

COUNT = {"comparison": "at_least", "value": 10, "basis": "count", "cadence": "every_year"}
SHARE = {"comparison": "at_least", "value": 90, "basis": "share", "cadence": "every_year"}
QUOTA = {"comparison": "at_least", "value": 100, "basis": "quota", "cadence": "every_year"}
DONE = {"comparison": "done", "cadence": "by", "due": 2015}


def asked(which: Plan, *rows: dict) -> list[str]:
    figures = observations(*rows)
    found = doubtful_figures(figures.frame, which)
    assert all(isinstance(problem, Problem) and problem.warning for problem in found)
    return [problem.message for problem in found]


def one(target: dict, unit: object = TEXT) -> Plan:
    percent = target.get("basis") in {Basis.share, Basis.quota}
    return plan(goal("g", "%" if percent else unit, target=target))


def test_a_figure_far_from_all_the_others_is_asked_about() -> None:
    usual = [{"year": year, "value": 100 + year % 3} for year in range(2011, 2015)]
    assert asked(one(COUNT), *usual, {"year": 2015, "value": 103}) == []
    assert asked(one(COUNT), *usual, {"year": 2015, "value": 1020}) == [
        "1020, where other years have about 101"  # the middle of 100, 101, 101, 102, 1020
    ]


def test_a_few_cases_where_there_were_none_are_ordinary() -> None:
    level = {"comparison": "at_most", "value": 0, "basis": "level", "cadence": "every_year"}
    none = [{"year": 2011 + n, "value": 0} for n in range(4)]
    assert asked(one(level), *none, {"year": 2015, "value": 2}) == []
    assert asked(one(level), *none, {"year": 2015, "value": 2000}) == [
        "2000, where other years have about 0"
    ]


def test_what_is_not_told_one_by_one_is_counted() -> None:
    areas = [f"a{n}" for n in range(53)]
    usual = [{"area": area, "year": 2011 + n, "value": 100} for area in areas for n in range(4)]
    slips = [{"area": area, "year": 2015, "value": 10_000} for area in areas]
    told = asked(one(COUNT), *usual, *slips)
    assert len(told) == 51 and told[-1] == "and 3 more rows like this"


def test_three_figures_are_no_history() -> None:
    assert asked(one(COUNT), *({"year": 2011 + n, "value": 10 ** (n + 1)} for n in range(3))) == []


def test_a_share_of_a_handful_may_jump() -> None:
    few = [{"year": 2011 + n, "numerator": 3, "denominator": 3} for n in range(4)]
    assert asked(one(SHARE), *few, {"year": 2015, "numerator": 0, "denominator": 2}) == []
    many = [{"year": 2011 + n, "numerator": 300, "denominator": 300} for n in range(4)]
    (told,) = asked(one(SHARE), *many, {"year": 2015, "numerator": 0, "denominator": 200})
    assert told == "0%, where other years have about 100%"


def test_a_total_that_falls_during_the_year_is_asked_about_but_not_a_forecast() -> None:
    half = {"year": 2013, "value": 8, "vintage": "2013-06-30"}
    full = {"year": 2013, "value": 7, "vintage": "2014-01-15"}
    told = asked(one(COUNT), half | {"state": "measured"}, full)
    assert "7, after 8 had been reported during the year 2013" in told
    assert "reported before the year 2013 was over" in told
    assert asked(one(COUNT), half | {"state": "estimate"}, full) == []


def test_what_was_reached_and_had_to_be_kept_is_asked_about_when_it_is_lost() -> None:
    yes_no = {"vi": "có/không", "en": "yes/no"}
    which = one(DONE, yes_no)
    assert asked(which, {"year": 2011, "value": 1}, {"year": 2012, "value": 0}) == [
        "0, after 1 in 2011"
    ]
    assert asked(which, {"year": 2011, "value": 0}, {"year": 2012, "value": 1}) == []


def test_amounts_a_hundred_times_apart_are_in_two_units() -> None:
    assert asked(one(QUOTA), {"year": 2011, "value": 4896, "assigned": 4.8}) == [
        "4896 of 4.8 assigned"
    ]
    assert asked(one(QUOTA), {"year": 2011, "value": 4.896, "assigned": 4.8}) == []


def test_parts_above_their_whole_are_asked_about() -> None:
    which = plan(
        goal("all", TEXT, target=COUNT),
        goal("a", TEXT, target=COUNT, part_of="all"),
        goal("b", TEXT, target=COUNT, part_of="all"),
    )
    rows = [{"goal": "all", "year": 2011, "value": 60}, {"goal": "a", "year": 2011, "value": 40}]
    assert asked(which, *rows, {"goal": "b", "year": 2011, "value": 20}) == []
    assert asked(which, *rows, {"goal": "b", "year": 2011, "value": 22}) == [
        "the parts come to 62, the whole to 60"
    ]


def test_shares_of_one_number_cannot_come_to_more_than_it() -> None:
    which = plan(
        goal("all", "%", target=SHARE),
        goal("a", "%", target=SHARE, part_of="all"),
        goal("b", "%", target=SHARE, part_of="all"),
    )
    rows = [{"goal": name, "year": 2011, "numerator": 40, "denominator": 60} for name in "ab"]
    assert asked(which, *rows) == ["the parts come to 80, the whole to 60"]


@pytest.mark.parametrize(
    ("name", "most"), [("viet-nam-2011-2015", 2), ("viet-nam-2016-2020", 2), ("ward-2010-2015", 7)]
)
def test_the_shipped_figures_raise_few_questions(name: str, most: int) -> None:
    opened = open_plan(name)
    figures, _ = load_observations(figure_files(opened), opened)
    found = doubtful_figures(figures.frame, opened)
    assert len(found) <= most
    # The national ones are forecasts of the government reported as results before the year's end.
    if name.startswith("viet-nam"):
        assert all("before the year" in problem.message for problem in found)


@pytest.mark.parametrize(
    ("target", "value", "doubtful"),
    [
        (15, 0.155, True), (10, 0.155, True), (5, 0.155, True), (2, 0.02, True), (90, 0.98, True),
        (1, 0.8, False), (5, 0.9, False), (15, 12.0, False), (2, 1.0, False), (0, 0.5, False),
    ],
)  # fmt: skip
def test_a_share_of_one_is_asked_about_whatever_the_target(
    target: float, value: float, doubtful: bool
) -> None:
    told = asked(one(SHARE | {"value": target}), {"year": 2013, "value": value})
    assert any("a share of 1 instead of 100?" in text for text in told) is doubtful


def test_a_share_of_one_is_asked_about_in_rates_and_levels_too() -> None:
    for basis in ("growth", "level"):
        which = one(
            {"comparison": "at_least", "value": 12, "basis": basis, "cadence": "every_year"}, "%"
        )
        assert len(asked(which, {"year": 2013, "value": 0.12})) == 1
        assert asked(which, {"year": 2013, "value": 0.9}) == []


def test_a_change_from_zero_or_through_it_is_named_as_having_no_percentage() -> None:
    change = {"comparison": "at_most", "value": 0, "basis": "change", "cadence": "every_year"}
    figures = [{"year": 2010 + n, "value": value} for n, value in enumerate((5, 0, 3, 4, -2))]
    assert asked(plan(goal("g", "%", target=change)), *figures) == [
        "3, after 0 in 2011: no percentage can be told",
        "-2, after 4 in 2013: no percentage can be told",
    ]
    fall = {**change, "value": -5}
    assert asked(plan(goal("g", "%", target=fall)), *figures[:2]) == []  # all of it is 100 %


def test_growth_of_nothing_is_named_too() -> None:
    growth = {"comparison": "at_least", "value": 3, "basis": "growth", "cadence": "every_year"}
    rows = [{"year": 2011, "numerator": 3, "denominator": 0}]
    assert asked(plan(goal("g", "%", target=growth)), *rows) == [
        "a stock of 0: no percentage can be told"
    ]
