"""What is withheld from the public, worked by hand: small counts, and what would give them away."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pandas as pd
import pytest
from helpers import goal, observations, plan
from tables import (
    CHANGE,
    FEW,
    PEOPLE,
    SHARE,
    area,
    counted,
    district_figures,
    district_plan,
    with_areas,
)
from tables import sums as district

from planlib.disclosure import published
from planlib.errors import InputError
from planlib.figures.observations import NUMBER_COLUMNS, State
from planlib.plan.plan import Plan


def withheld(one: Plan, *rows: dict[str, Any]) -> dict[tuple[str, str, int], str]:
    """What is withheld of some figures, and why."""
    return {(w.area, w.goal, w.year): w.why for w in published(one, observations(*rows)).withheld}


def told(count: float, **more: Any) -> dict[str, Any]:
    return {"goal": "users", "year": 2012, "value": count} | more


def share(numerator: float, denominator: float, **more: Any) -> dict[str, Any]:
    numbers = {"numerator": numerator, "denominator": denominator}
    return {"goal": "sent", "year": 2012} | numbers | more


USERS = plan(counted())
SENT = plan(goal("sent", target=SHARE, sensitive=True))


@pytest.mark.parametrize(
    ("count", "hidden"), [(0, False), (1, True), (4, True), (5, False), (80, False)]
)
def test_one_to_four_people_are_withheld_and_none_or_five_are_told(
    count: int, hidden: bool
) -> None:
    assert (withheld(USERS, told(count)) != {}) == hidden


def test_the_least_count_of_a_goal_goes_before_that_of_the_plan() -> None:
    strict = plan(counted(least_count=10))
    assert withheld(strict, told(9)) and not withheld(strict, told(10))
    header = USERS.header.model_copy(update={"least_count": 3})
    loose = USERS.model_copy(update={"header": header})
    assert withheld(loose, told(2)) and not withheld(loose, told(3))


def test_goals_that_are_not_sensitive_are_told_whatever_their_count() -> None:
    assert withheld(plan(goal("users", PEOPLE, target=FEW)), told(1)) == {}


@pytest.mark.parametrize(
    ("numerator", "denominator", "hidden"),
    [
        (3, 80, True),  # three who have it
        (77, 80, True),  # three who have not
        (2, 4, True),  # four in all
        (0, 80, False),
        (80, 80, False),
        (40, 80, False),
    ],
)
def test_a_share_is_withheld_for_those_in_it_those_out_of_it_and_all_of_them(
    numerator: int, denominator: int, hidden: bool
) -> None:
    assert (withheld(SENT, share(numerator, denominator)) != {}) == hidden


def test_a_percentage_with_no_counts_is_told_unless_another_goal_tells_of_how_many() -> None:
    bare = {"goal": "sent", "year": 2012, "value": 20.0}
    assert withheld(SENT, bare) == {}
    linked = plan(
        goal("users", PEOPLE, target=FEW),
        goal("sent", target=SHARE, sensitive=True, denominator="users"),
    )
    # 20 % of 15 are 3 people; 20 % of 50 are 10.
    assert withheld(linked, bare, told(15)) == {("a", "sent", 2012): "primary"}
    assert withheld(linked, bare, told(50)) == {}


@pytest.mark.parametrize(("low", "high", "hidden"), [(3, 8, True), (0, 4, True), (6, 9, False)])
def test_an_interval_is_withheld_for_either_of_its_ends(low: int, high: int, hidden: bool) -> None:
    row = {"goal": "users", "year": 2012, "low": low, "high": high}
    assert (withheld(USERS, row) != {}) == hidden


@pytest.mark.parametrize(
    ("ends", "hidden"),
    [
        ({"high": 5}, False), ({"high": 5, "exclusive": "high"}, True),
        ({"high": 6, "exclusive": "high"}, False), ({"low": 4, "exclusive": "low"}, False),
    ],
)  # fmt: skip
def test_under_5_people_are_4_at_most(ends: dict[str, Any], hidden: bool) -> None:
    row = {"goal": "users", "year": 2012, **ends}
    assert (withheld(USERS, row) != {}) == hidden
    if hidden:
        public = published(USERS, observations(row)).observations.frame
        assert public["exclusive"].tolist() == [""]


def test_every_report_of_a_withheld_figure_is_withheld() -> None:
    rows = [told(6, vintage="2012-12"), told(4, vintage="2013-03"), told(7, year=2013)]
    public = published(USERS, observations(*rows)).observations.frame
    assert public["state"].tolist() == [State.suppressed, State.suppressed, State.measured]
    assert public["value"].tolist()[2] == 7 and public["value"].isna().tolist()[:2] == [True] * 2


def test_a_figure_the_office_withheld_later_is_withheld_in_its_earlier_report() -> None:
    rows = [told(9, vintage="2012-12"), told(np.nan, vintage="2013-03", state="suppressed")]
    rows[1].pop("value")
    assert withheld(USERS, *rows) == {("a", "users", 2012): "office"}


def test_numbers_and_words_are_gone_and_so_are_the_words_of_other_years() -> None:
    rows = [
        told(3, words="ba người", note="thêm 1", published_verdict="met", published_reason="ba"),
        told(9, year=2013, words="chín", note="thêm 6 người", published_verdict="not_met"),
        told(9, area="b", words="chín người ở b"),
    ]
    figures = observations(*rows)
    frame = published(USERS, figures).observations.frame
    texts = ["words", "note", "published_verdict", "published_reason"]
    assert (frame.loc[:1, texts] == "").all().all()
    assert frame.loc[0, list(NUMBER_COLUMNS)].isna().all()
    assert frame.loc[1, "value"] == 9 and frame.loc[2, "words"] == "chín người ở b"
    assert (frame["row"] == figures.frame["row"]).all()
    # Nothing is left in memory that a pickle or a Parquet file would carry along.
    for gone in ("ba người", "thêm 6 người", "not_met"):
        assert gone.encode() not in pickle.dumps(frame)
    assert figures.frame.loc[0, "value"] == 3, "the figures themselves are left alone"


def test_states_without_a_number_stay_what_they_are() -> None:
    rows = [
        {"goal": "users", "year": 2012, "state": "missing", "vintage": "2012-12"},
        told(3, vintage="2013-03"),
        {"goal": "users", "year": 2013, "state": "not_due"},
    ]
    states = published(USERS, observations(*rows)).observations.frame["state"].tolist()
    assert states == [State.missing, State.suppressed, State.not_due]


def test_the_internal_audience_sees_the_figures_as_they_are() -> None:
    figures = observations(told(3))
    result = published(USERS, figures, "internal")
    assert result.observations is figures and result.withheld == ()


def test_another_audience_is_an_error() -> None:
    with pytest.raises(InputError, match="public or internal, found 'publik'"):
        published(USERS, observations(told(3)), "publik")


# ------------------------------------------------------------------ what would give it away
THREE = with_areas(USERS, *district("a", "b", "c"))


def wards(whole: float, *parts: float) -> list[dict[str, Any]]:
    return [
        told(count, area=name)
        for name, count in zip(("district", *"abc"), (whole, *parts), strict=False)
    ]


def test_a_total_gives_one_small_count_away_so_the_cheapest_other_one_goes_too() -> None:
    assert withheld(THREE, *wards(63, 3, 20, 40)) == {
        ("a", "users", 2012): "primary",
        ("b", "users", 2012): "complementary",
    }


def test_two_small_counts_do_not_hide_each_other_where_their_sum_gives_both_away() -> None:
    # 8 of two who are both under five: four each. A third figure has to go.
    assert withheld(THREE, *wards(38, 4, 4, 30))["c", "users", 2012] == "complementary"
    # 5 of two who are both under five: 1 and 4, 2 and 3, 3 and 2 or 4 and 1.
    assert set(withheld(THREE, *wards(35, 2, 3, 30)).values()) == {"primary"}


def test_a_zero_is_withheld_where_it_is_the_cheapest_complement() -> None:
    assert withheld(THREE, *wards(6, 3, 3, 0)) == {
        ("a", "users", 2012): "primary",
        ("b", "users", 2012): "primary",
        ("c", "users", 2012): "complementary",
    }


def test_nothing_else_is_withheld_where_nothing_ties_the_counts() -> None:
    apart = with_areas(USERS, *district("x", "y"))
    assert set(withheld(apart, *wards(63, 3, 20, 40)).values()) == {"primary"}
    assert set(withheld(THREE, *wards(63, 3, 20, 40)[1:]).values()) == {"primary"}


def test_totals_of_other_years_are_not_touched() -> None:
    other = [row | {"year": 2013} for row in wards(60, 10, 20, 30)]
    assert {year for _, _, year in withheld(THREE, *wards(63, 3, 20, 40), *other)} == {2012}


def test_a_total_told_through_a_chain_of_areas_counts_too() -> None:
    chain = (area("province"), area("district", "province"), *district("a", "b", "c")[1:])
    rows = [told(63, area="province"), *wards(0, 3, 20, 40)[1:]]  # nobody reports the district
    assert withheld(with_areas(USERS, *chain), *rows)["b", "users", 2012] == "complementary"


def test_the_denominator_of_a_small_share_is_withheld_in_the_goal_that_counts_it() -> None:
    births = plan(
        goal("births", PEOPLE, target=FEW),
        goal("sent", target=SHARE, sensitive=True, denominator="births"),
    )
    few = {"goal": "births", "year": 2012, "value": 3}
    assert withheld(births, share(1, 3), few)["a", "births", 2012] == "complementary"
    many = {"goal": "births", "year": 2012, "value": 180}
    assert set(withheld(births, share(3, 180), many)) == {("a", "sent", 2012)}


def test_a_count_is_not_told_by_the_share_that_is_taken_of_it() -> None:
    linked = plan(counted(), goal("sent", target=SHARE, sensitive=True, denominator="users"))
    # 0 of 3: the share itself names nobody but those three.
    assert set(withheld(linked, told(3), share(0, 3))) == {
        ("a", "users", 2012),
        ("a", "sent", 2012),
    }


def test_the_whole_and_its_parts_give_each_other_away() -> None:
    parts = plan(
        counted("all", parts_add_up=True),
        counted("new", part_of="all"),
        counted("old", part_of="all"),
    )
    rows = [told(count, goal=name) for name, count in (("all", 12), ("new", 3), ("old", 9))]
    assert withheld(parts, *rows)["a", "old", 2012] == "complementary"


def test_earlier_reports_of_a_total_are_looked_at_too() -> None:
    rows = [
        *(row | {"vintage": "2012-12"} for row in wards(62, 2, 20, 40)),
        *(row | {"vintage": "2013-03"} for row in wards(67, 7, 20, 40)),
    ]
    # In March there are seven in ward a, but the December report still tells of two.
    assert withheld(THREE, *rows) == {
        ("a", "users", 2012): "primary",
        ("b", "users", 2012): "complementary",
    }


def test_a_count_the_office_withheld_is_protected_though_nobody_knows_it() -> None:
    rows = wards(63, 3, 20, 40)
    rows[1] = {"goal": "users", "year": 2012, "area": "a", "state": "suppressed"}
    assert withheld(THREE, *rows) == {
        ("a", "users", 2012): "office",
        ("b", "users", 2012): "complementary",
    }


def test_totals_that_contradict_their_parts_are_no_reason_to_fail() -> None:
    rows = wards(10, 3, 20, 40)  # less than its parts
    assert ("a", "users", 2012) in withheld(THREE, *rows)
    rows[1] = {"goal": "users", "year": 2012, "area": "a", "state": "suppressed"}
    assert ("a", "users", 2012) in withheld(THREE, *rows)


def test_more_deaths_than_births_in_a_ward_are_no_reason_to_fail() -> None:
    growth = {"comparison": "at_most", "value": 1, "basis": "growth", "cadence": "every_year"}
    one = with_areas(plan(goal("sent", target=growth, sensitive=True)), *district("a", "b", "c"))
    rows = [
        share(count, people, area=name)
        for name, count, people in (("district", 10, 900), ("a", 3, 300), ("b", -6, 300), ("c", 13, 300))
    ]  # fmt: skip
    found = withheld(one, *rows)
    assert found["a", "sent", 2012] == "primary" and "complementary" in found.values()


def test_change_goals_hide_the_count_behind_them() -> None:
    assert withheld(plan(goal("users", "%", target=CHANGE, sensitive=True)), told(2))


def test_no_figures_are_no_problem() -> None:
    empty = observations(told(3))
    empty = type(empty)(empty.frame.iloc[:0])
    assert published(USERS, empty).withheld == ()


def test_what_is_left_of_the_district_is_worth_reading() -> None:
    one, figures = district_plan(), district_figures()
    result = published(one, figures)
    whys = pd.Series([w.why for w in result.withheld])
    assert (whys == "complementary").sum() < 0.3 * (whys == "primary").sum()
    assert not any(w.area == "district" for w in result.withheld if w.goal == "births")


def test_a_count_the_office_withheld_is_open_as_wide_as_a_small_count_is() -> None:
    """One to four are four counts, so an unknown one is open over three: of two, ward b is too little.

    a and b are 2 together. Were b withheld (the cheapest), a could be 0, 1 or 2, a width of two; c
    leaves it anything from 0 to 102.
    """
    rows = wards(102, 2, 0, 100)
    rows[1] = {"goal": "users", "year": 2012, "area": "a", "state": "suppressed"}
    assert withheld(THREE, *rows) == {
        ("a", "users", 2012): "office",
        ("c", "users", 2012): "complementary",
    }
    rows = wards(103, 3, 0, 100)  # of three, it is as wide as it must be
    rows[1] = {"goal": "users", "year": 2012, "area": "a", "state": "suppressed"}
    assert withheld(THREE, *rows) == {
        ("a", "users", 2012): "office",
        ("b", "users", 2012): "complementary",
    }
