"""Europe 2020: targets of the Union and its states as published, and verdicts worked out by hand.

Every number here is one of a public page; the address stands beside it in the plan and its figures.
"""

from __future__ import annotations

from functools import cache

import pytest

from planlib.evaluation import Evaluation, evaluate
from planlib.plan.shipped import open_plan

HEADLINE = [
    "employment-rate-20-64", "gerd-gdp", "ghg-1990", "renewable-share", "primary-energy",
    "final-energy", "early-leavers", "tertiary-30-34", "poverty-persons-change",
]  # fmt: skip


@cache
def europe(as_of: str | None = None) -> Evaluation:
    return evaluate("europe-2020", as_of=as_of)


def verdict(goal: str, area: str, year: int, as_of: str | None = None) -> tuple[object, str]:
    (found,) = europe(as_of).year_verdicts(area, year, [goal])
    return found.value, str(found.verdict)


def test_nine_headline_indicators_are_counted_and_national_readings_are_parts_of_them() -> None:
    plan = open_plan("europe-2020")
    assert [goal.id for goal in plan.goals if goal.part_of is None] == HEADLINE
    assert len(plan.goals) == 18
    assert plan.header.languages == ("en", "fr")
    assert len(plan.header.areas) == 31
    assert sum(len(goal.targets) for goal in plan.goals) == 166


# goal, area: comparison, value or the two ends, what is better.
TARGETS = {
    ("employment-rate-20-64", "eu28"): ("at_least", (75,), "higher"),
    ("employment-rate-20-64", "it"): ("between", (67, 69), "higher"),
    ("employment-rate-20-64", "at"): ("at_least", (77,), "higher"),  # 77-78 in 2011
    ("employment-rate-20-64", "se"): ("above", (80,), "higher"),
    ("early-leavers", "eu28"): ("below", (10,), "lower"),
    ("early-leavers", "de"): ("below", (10,), "lower"),
    ("early-leavers", "se"): ("at_most", (7,), "lower"),  # below 10 in 2014
    ("tertiary-30-34", "eu28"): ("above", (40,), "higher"),
    ("tertiary-30-34", "se"): ("between", (45, 50), "higher"),
    ("ghg-1990", "eu28"): ("at_most", (80,), "lower"),
    ("ghg-esd", "bg"): ("at_most", (20,), "lower"),  # growth is allowed
    ("ghg-esd", "de"): ("at_most", (-14,), "lower"),
    ("poverty-persons-change", "eu28"): ("at_most", (-20000,), "lower"),
    ("poverty-persons-change", "es"): ("between", (-1500, -1400), "lower"),
    ("poverty-rate", "cz"): ("at_most", (15.3,), "lower"),
    ("lt-unemployed-change", "de"): ("at_most", (-330,), "lower"),
    ("renewable-share", "mt"): ("at_least", (10,), "higher"),
    ("primary-energy", "it"): ("at_most", (158,), "lower"),
}


@pytest.mark.parametrize(("goal", "area"), sorted(TARGETS))
def test_a_target_is_the_published_one(goal: str, area: str) -> None:
    (own,) = [one for one in open_plan("europe-2020").goal(goal).targets if one.area == area]
    target = own.over(None)
    ends = tuple(end for end in (target.value, target.low, target.high) if end is not None)
    assert (target.comparison, ends, target.better) == TARGETS[goal, area]
    assert (target.cadence, target.due) == ("by", 2020)
    assert own.source is not None and own.source.startswith("http")


def test_every_state_has_a_binding_share_of_renewables_with_its_start_of_2005() -> None:
    targets = {one.area: one for one in open_plan("europe-2020").goal("renewable-share").targets}
    assert len(targets) == 29
    sweden, malta = targets["se"], targets["mt"]
    assert sweden.baseline is not None and (sweden.baseline.year, sweden.baseline.value) == (
        2005,
        39.8,
    )
    assert malta.baseline is not None and malta.baseline.value == 0
    assert targets["eu28"].baseline is None


@pytest.mark.parametrize(
    ("goal", "area", "year", "expected"),
    [
        ("employment-rate-20-64", "at", 2020, (74.8, "not_met")),  # against 77
        ("employment-rate-20-64", "de", 2020, (78.3, "exceeded")),  # against 77
        ("employment-rate-20-64", "it", 2020, (61.9, "not_met")),  # against 67-69
        ("employment-rate-20-64", "fi", 2020, (75.5, "not_met")),  # against 78
        ("employment-rate-20-64", "se", 2020, (80.1, "met")),  # above 80 is all that is asked
        ("employment-rate-20-64", "at", 2018, (76.2, "not_yet")),  # two years left
        ("renewable-share", "fi", 2020, (43.8, "exceeded")),  # against 38
        ("renewable-share", "fr", 2020, (19.1, "not_met")),  # against 23
        ("renewable-share", "at", 2018, (33.4, "not_yet")),  # against 34
        ("early-leavers", "it", 2020, (14.2, "exceeded")),  # against at most 16
        ("poverty-rate", "cz", 2020, (11.9, "exceeded")),  # against at most 15.3
        ("tertiary-30-34", "eu28", 2018, (40.7, "met")),  # above 40, before it is due
        ("tertiary-30-34", "it", 2017, (26.9, "met")),  # within 26-27
        ("tertiary-30-34", "se", 2018, (52, "exceeded")),  # beyond 45-50
    ],
)
def test_a_verdict_is_that_of_the_published_figure(
    goal: str, area: str, year: int, expected: tuple[float, str]
) -> None:
    assert verdict(goal, area, year) == expected


@pytest.mark.parametrize(
    ("goal", "area", "year"),
    [
        ("employment-rate-20-64", "uk", 2020), ("employment-rate-20-64", "fr", 2020),
        ("ghg-1990", "de", 2020), ("poverty-persons-change", "se", 2020), ("gerd-gdp", "el", 2020),
    ],
)  # fmt: skip
def test_an_area_without_a_target_says_so(goal: str, area: str, year: int) -> None:
    (found,) = europe().year_verdicts(area, year, [goal])
    assert (found.target, str(found.verdict)) == (None, "not_applicable")


def test_figures_are_those_of_the_reports_known_on_a_day() -> None:
    """Sweden's employment of 2013 was 79.8 in May 2014, and 79.2 in the series of 2021."""
    assert verdict("employment-rate-20-64", "se", 2013, "2014-06-30")[0] == 79.8
    assert verdict("employment-rate-20-64", "se", 2013)[0] == 79.2


def test_tertiary_education_broke_in_2014() -> None:
    (broken,) = open_plan("europe-2020").goal("tertiary-30-34").breaks
    assert broken.date.isoformat() == "2014-01-01"
