"""Verdicts of every kind of target, worked by hand; awkward cases have one defined answer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from helpers import TEXT, goal, observations, plan

from planlib.figures.observations import vintage_day
from planlib.scoring.score import Standing, score, score_term
from planlib.verify.recompute import Recomputed

BY_2012 = {"comparison": "at_least", "value": 90, "cadence": "by", "due": 2012}
BAND = {"comparison": "between", "low": 12, "high": 15, "basis": "count", "cadence": "every_year"}
TOTAL = {"comparison": "between", "low": 15, "high": 20, "basis": "count", "cadence": "over_term"}
FALL = {
    "comparison": "between", "low": -7, "high": -5, "better": "lower", "basis": "change",
    "cadence": "every_year",
}  # fmt: skip
NONE = {"comparison": "at_most", "value": 0, "basis": "count", "cadence": "every_year"}
DONE = {"comparison": "done", "cadence": "by", "due": 2012}


def series(first: int, *values: float | None) -> list[dict[str, Any]]:
    return [{"year": first + i, "value": v} for i, v in enumerate(values) if v is not None]


def scored(target: dict[str, Any], rows: list[dict[str, Any]], **more: Any) -> pd.DataFrame:
    unit = "%" if target.get("basis") in {"share", "quota", "change", "growth"} else TEXT
    term = {k: more.pop(k) for k in ("first", "last", "baseline") if k in more}
    extra = {k: more.pop(k) for k in ("limits", "baseline_stated") if k in more}
    if "baseline_stated" in extra:
        extra["baseline"] = extra.pop("baseline_stated")
    one = plan(goal(unit=unit, target=target, **extra), **term)
    return score(one, observations(*rows), **more).set_index("year")


def verdicts(frame: pd.DataFrame) -> list[str]:
    return frame["verdict"].astype(str).tolist()


# ------------------------------------------------------------------ levels by a year
def test_a_level_by_a_year_has_road_schedule_and_required_pace() -> None:
    # 60 in 2008, 78 in 2010, 90 by 2012: 18 of 30 in half the time; 12 more in two years.
    row = scored(BY_2012, series(2008, 60, 68, 78), first=2009, last=2012, baseline=2008).loc[2010]
    assert row[["road", "schedule_index", "required_per_year", "seen_per_year"]].tolist() == (
        pytest.approx([0.60, 1.20, 6.0, 9.0])
    )
    assert row["verdict"] == "not_yet" and not row["secured"] and not row["impossible"]


def test_a_level_to_be_lowered_has_a_negative_required_pace() -> None:
    down = {"comparison": "at_most", "value": 10, "cadence": "by", "due": 2012}
    row = scored(down, series(2008, 40, 33, 30), first=2009, last=2012, baseline=2008).loc[2010]
    assert row[["road", "schedule_index", "required_per_year", "seen_per_year"]].tolist() == (
        pytest.approx([1 / 3, 2 / 3, -10.0, -5.0])
    )


def test_before_its_due_year_a_goal_without_a_figure_is_not_due() -> None:
    frame = scored(BY_2012, series(2010, 60))
    assert verdicts(frame)[:3] == ["not_due", "no_data", "no_data"]


def test_a_goal_met_early_and_lost_again_is_met_then_not_yet() -> None:
    target = BY_2012 | {"due": 2014}
    frame = scored(target, series(2010, 60, 91, 85, 88, 90, 89))
    assert verdicts(frame) == ["exceeded", "not_yet", "not_yet", "met", "not_met"]
    assert frame["secured"].tolist() == [False] * 5


def test_a_deadline_passed_is_missed_even_when_reached_later() -> None:
    one = plan(goal(unit=TEXT, target=BY_2012))
    figures = observations(*series(2010, 60, 70, 80, 95, 95, 95))
    assert verdicts(score(one, figures)) == [
        "not_yet",
        "not_met",
        "exceeded",
        "exceeded",
        "exceeded",
    ]
    term = score_term(one, figures).iloc[0]
    assert term["verdict"] == "not_met" and term["impossible"]


def test_reached_on_time_is_secured_only_when_the_term_has_ended() -> None:
    one = plan(goal(unit=TEXT, target=BY_2012))
    figures = observations(*series(2010, 60, 70, 90, 95, 95, 95))
    assert score_term(one, figures, standing=Standing(2013)).iloc[0]["verdict"] == "met"
    assert not score_term(one, figures, standing=Standing(2013)).iloc[0]["secured"]
    assert score_term(one, figures).iloc[0]["secured"]


# ------------------------------------------------------------------ baselines
def test_a_base_that_equals_or_passed_the_target_gives_no_road() -> None:
    for base in (90.0, 96.0):
        row = scored(BY_2012, series(2010, base, 89.0)).loc[2011]
        assert np.isnan(row["road"]) and np.isnan(row["schedule_index"])
        assert row["verdict"] == "not_yet" and row["level"] == pytest.approx(89 / 90)


def test_zero_and_negative_baselines_are_ordinary_numbers() -> None:
    # 0 → 6 of 12: half the road. −10 → −2 of the way to 5: 8 of 15.
    to_twelve = BY_2012 | {"value": 12}
    assert scored(to_twelve, series(2010, 0, 6)).loc[2011, "road"] == pytest.approx(0.5)
    to_five = BY_2012 | {"value": 5}
    row = scored(to_five, series(2010, -10, -2)).loc[2011]
    assert row["road"] == pytest.approx(8 / 15) and row["level"] == pytest.approx(-0.4)
    assert row["attainment"] == 0


def test_a_missing_baseline_leaves_the_verdict_and_no_road() -> None:
    row = scored(BY_2012, series(2011, 95)).loc[2011]
    assert row["verdict"] == "exceeded" and np.isnan(row["road"])


def test_a_stated_baseline_is_used() -> None:
    stated = {"year": 2009, "value": 60, "source": "report"}
    row = scored(BY_2012, series(2011, 78), baseline_stated=stated).loc[2011]
    assert row["road"] == pytest.approx(0.6)
    assert row["schedule_index"] == pytest.approx(0.6 / (2 / 3))


# ------------------------------------------------------------------ ranges
def test_a_band_of_every_year_is_short_met_or_beyond() -> None:
    frame = scored(BAND, series(2011, 11, 13, 18, 12, 15))
    assert verdicts(frame) == ["not_met", "met", "exceeded", "met", "met"]
    assert frame["level"].tolist() == pytest.approx([11 / 12, 1, 1.2, 1, 1])
    assert frame.loc[2011, "level"] == pytest.approx(0.916667, abs=1e-6)


@pytest.mark.parametrize(
    ("beyond", "verdict"), [("good", "exceeded"), ("neutral", "met"), ("bad", "not_met")]
)
def test_going_past_the_far_end_means_what_the_target_says(beyond: str, verdict: str) -> None:
    frame = scored(BAND | {"beyond": beyond}, series(2011, 18))
    assert verdicts(frame)[0] == verdict


def test_a_range_where_lower_is_better_is_beyond_below_its_low_end() -> None:
    target = BAND | {"low": 15, "high": 17, "better": "lower", "basis": "level"}
    frame = scored(target, series(2011, 18.13, 16, 14))
    assert verdicts(frame)[:3] == ["not_met", "met", "exceeded"]


# ------------------------------------------------------------------ totals
def test_seven_after_two_years_of_fifteen_to_twenty_is_on_pace() -> None:
    frame = scored(TOTAL, series(2011, 3, 4))
    row = frame.loc[2012]
    # 7 of 15 after 2 of 5 years; (15 − 7) / 3 a year are left.
    assert row["value"] == 7 and row["verdict"] == "not_yet"
    assert row["schedule_index"] == pytest.approx((7 / 15) / (2 / 5))
    assert row["required_per_year"] == pytest.approx(2.666667, abs=1e-6)


def test_a_total_reached_early_is_secured() -> None:
    frame = scored(TOTAL, series(2011, 8, 8, 1, 1, 4))
    assert verdicts(frame) == ["not_yet", "met", "met", "met", "exceeded"]
    assert frame["secured"].tolist() == [False, True, True, True, True]
    assert frame["required_per_year"].tolist()[1:] == [0, 0, 0, 0]


def test_a_total_with_a_year_unknown_may_be_met_but_cannot_be_missed() -> None:
    assert verdicts(scored(TOTAL, series(2011, 3, None, 4, 4, 3)))[-1] == "no_data"
    met = scored(TOTAL, series(2011, 6, None, 4, 4, 3))
    assert verdicts(met) == ["not_yet", "no_data", "not_yet", "not_yet", "met"]
    assert met.loc[2015, "low"] == 17 and np.isnan(met.loc[2015, "value"])


def test_a_total_that_fell_short_is_missed_at_the_end_of_the_term() -> None:
    frame = scored(TOTAL, series(2011, 2, 2, 2, 2, 2))
    assert verdicts(frame) == ["not_yet"] * 4 + ["not_met"]
    assert frame["impossible"].tolist() == [False] * 4 + [True]


def test_one_incident_makes_none_in_the_term_impossible() -> None:
    frame = scored(NONE | {"cadence": "over_term"}, series(2011, 0, 1, 0, 0, 0))
    assert frame["impossible"].tolist() == [False, True, True, True, True]
    assert verdicts(frame) == ["met", "not_met", "not_met", "not_met", "not_met"]


def test_one_incident_misses_that_year_only() -> None:
    frame = scored(NONE, series(2011, 0, 1, 0))
    assert verdicts(frame)[:3] == ["met", "not_met", "met"]
    assert frame["level"].isna().all()  # a target of zero has no ratio
    assert frame["attainment"].tolist()[:3] == [1, 0, 1]


CEILING = {"comparison": "at_most", "value": 10, "basis": "count", "cadence": "over_term"}


def test_a_ceiling_is_met_so_far_and_missed_the_moment_it_is_passed() -> None:
    # 3, 6, 9, 12, 12 of at most 10.
    frame = scored(CEILING, series(2011, 3, 3, 3, 3, 0))
    assert verdicts(frame) == ["met", "met", "met", "not_met", "not_met"]
    assert frame["impossible"].tolist() == [False, False, False, True, True]
    assert not frame["secured"].any()
    kept = scored(CEILING, series(2011, 3, 3, 3, 0, 0))
    assert verdicts(kept) == ["met", "met", "met", "met", "exceeded"]
    assert kept["secured"].tolist() == [False, False, False, False, True]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        # 4, 8, 10, 12, 13 are added up.
        ({"comparison": "below", "value": 10}, "met met not_met not_met not_met"),
        ({"comparison": "below", "value": 13}, "met met met met not_met"),
        ({"comparison": "at_most", "value": 13}, "met met met met met"),
        ({"comparison": "about", "value": 10, "better": "lower"}, "met met met not_met not_met"),
        (
            {"comparison": "between", "low": 5, "high": 10, "beyond": "bad"},
            "not_yet met met not_met not_met",
        ),
        (
            {"comparison": "between", "low": 5, "high": 20, "better": "lower"},
            "met met met met met",
        ),
        (
            {"comparison": "between", "low": 15, "high": 20, "better": "lower"},
            "met met met met exceeded",
        ),
        ({"comparison": "between", "low": 5, "high": 12}, "not_yet met met met exceeded"),
        ({"comparison": "at_least", "value": 12}, "not_yet not_yet not_yet met exceeded"),
    ],
)
def test_every_kind_of_total_is_decided_when_it_is_decided(
    target: dict[str, Any], expected: str
) -> None:
    yearly = target | {"basis": "count", "cadence": "over_term"}
    assert verdicts(scored(yearly, series(2011, 4, 4, 2, 2, 1))) == expected.split()


def test_a_ceiling_on_figures_that_can_fall_is_missed_only_at_the_end() -> None:
    # 6, 12, 9, 11, 8: what is passed comes back, as a net figure can be negative.
    frame = scored(CEILING | {"basis": "level"}, series(2011, 6, 6, -3, 2, -3))
    assert verdicts(frame) == ["met", "not_yet", "met", "not_yet", "exceeded"]
    assert frame["impossible"].tolist() == [False] * 5


def test_a_share_under_a_ceiling_is_exceeded_only_at_the_end() -> None:
    # 5 of 100, 25 of 200, 26 of 300, 27 of 400, 28 of 500: above 10 % after two years, then not.
    share = CEILING | {"basis": "share"}
    rows = [
        {"year": 2011 + i, "numerator": n, "denominator": 100}
        for i, n in enumerate([5, 20, 1, 1, 1])
    ]
    frame = scored(share, rows)
    assert frame["value"].tolist() == pytest.approx([5, 12.5, 26 / 3, 6.75, 5.6])
    assert verdicts(frame) == ["met", "not_yet", "met", "met", "exceeded"]


def test_a_ceiling_passed_by_what_is_known_is_missed_whatever_is_unknown() -> None:
    frame = scored(CEILING, series(2011, 6, None, 6, 0, 0))
    assert verdicts(frame) == ["met", "no_data", "not_met", "not_met", "not_met"]
    open_ = scored(CEILING, series(2011, 3, None, 3, 0, 0))
    assert verdicts(open_) == ["met", "no_data", "no_data", "no_data", "no_data"]


def test_a_year_of_nothing_hides_no_total() -> None:
    target = {"comparison": "at_least", "value": 50, "basis": "share", "cadence": "over_term"}
    cases = [(1, 10), (0, 0), (9, 10), (0, 0), (0, 0)]
    rows = [{"year": 2011 + i, "numerator": a, "denominator": b} for i, (a, b) in enumerate(cases)]
    frame = scored(target, rows)
    # 1 of 10, still 1 of 10, 10 of 20 and so it stays.
    assert verdicts(frame) == ["not_yet", "not_yet", "met", "met", "met"]
    nothing = [{"year": year, "numerator": 0, "denominator": 0} for year in range(2011, 2016)]
    assert verdicts(scored(target, nothing)) == ["not_applicable"] * 5


def test_a_year_with_nothing_assigned_does_not_wipe_out_a_missed_quota() -> None:
    target = {"comparison": "at_least", "value": 100, "basis": "quota", "cadence": "over_term"}
    rows = [
        {"year": 2011 + i, "value": a, "assigned": b}
        for i, (a, b) in enumerate([(8, 10), (9, 10), (10, 10), (9, 10), (0, 0)])
    ]
    frame = scored(target, rows)
    assert verdicts(frame)[-1] == "not_met" and frame["value"].iloc[-1] == 90


def test_growth_over_the_term_needs_the_stock_of_the_first_year_only() -> None:
    target = {"comparison": "at_least", "value": 10, "basis": "growth", "cadence": "over_term"}
    rows: list[dict[str, Any]] = [{"year": 2011, "numerator": 6, "denominator": 100}]
    rows += [{"year": year, "numerator": 1, "denominator": 0} for year in range(2012, 2016)]
    assert verdicts(scored(target, rows))[-1] == "met"


def test_a_year_that_does_not_apply_adds_nothing_to_a_total() -> None:
    rows = [*series(2011, 8, 8), {"year": 2013, "state": "not_applicable"}, *series(2014, 0, 1)]
    assert verdicts(scored(TOTAL, rows)) == ["not_yet", "met", "met", "met", "met"]


def test_a_share_over_the_term_is_the_share_of_all_cases() -> None:
    target = {"comparison": "at_least", "value": 50, "basis": "share", "cadence": "over_term"}
    rows = [
        {"year": 2011, "numerator": 1, "denominator": 10},
        {"year": 2012, "numerator": 9, "denominator": 10},
    ]
    assert scored(target, rows)["value"].tolist()[:2] == pytest.approx([10, 50])


def test_a_change_over_the_term_is_against_the_baseline_year() -> None:
    target = FALL | {"cadence": "over_term"}
    frame = scored(target, series(2010, 100, 98, 97, 96, 95, 94))
    assert frame["value"].tolist() == pytest.approx([-2, -3, -4, -5, -6])
    assert verdicts(frame) == ["not_yet", "not_yet", "not_yet", "met", "met"]


# ------------------------------------------------------------------ changes
def test_a_fall_of_five_to_seven_percent_on_the_year_before() -> None:
    # 100→94 is −6 %; 94→90 is −4.2553 %; 90→82 is −8.8889 %.
    frame = scored(FALL, series(2010, 100, 94, 90, 82))
    assert verdicts(frame)[:3] == ["met", "not_met", "exceeded"]
    assert frame["value"].tolist()[:3] == pytest.approx([-6, -4.255319, -8.888889], abs=1e-6)


def test_a_change_without_the_year_before_has_no_data() -> None:
    assert verdicts(scored(FALL, series(2010, 100, None, 90, 85)))[:3] == [
        "no_data", "no_data", "met",
    ]  # fmt: skip


def test_a_rise_from_zero_misses_a_fall_and_zero_after_zero_does_not_apply() -> None:
    frame = scored(FALL, series(2010, 0, 3, 0, 0))
    assert verdicts(frame)[:3] == ["not_met", "exceeded", "not_applicable"]
    assert np.isnan(frame.loc[2011, "value"]) and np.isnan(frame.loc[2011, "level"])


def test_no_percentage_is_told_of_a_figure_below_zero_or_through_it() -> None:
    target = {"comparison": "at_least", "value": 10, "basis": "change", "cadence": "every_year"}
    frame = scored(target, series(2010, -100, -80, 90, -5, 0, 3))
    assert verdicts(frame) == ["not_applicable"] * 5
    assert frame["value"].isna().all()


@pytest.mark.parametrize(
    ("target", "now", "verdict"),
    [
        ({"comparison": "at_most", "value": 0}, 0, "met"),
        ({"comparison": "at_most", "value": 0}, 3, "not_met"),
        ({"comparison": "at_most", "value": 20}, 3, "not_met"),
        ({"comparison": "below", "value": 5}, 3, "not_met"),
        ({"comparison": "at_least", "value": 0}, 0, "met"),
        ({"comparison": "at_least", "value": 5}, 0, "not_applicable"),
        ({"comparison": "at_least", "value": 5}, 3, "not_applicable"),
        ({"comparison": "at_most", "value": -5}, 0, "not_applicable"),
        ({"comparison": "at_most", "value": -5}, 3, "not_met"),
        ({"comparison": "between", "low": 3, "high": 7, "beyond": "bad"}, 3, "not_met"),
    ],
)
def test_after_zero_only_what_needs_no_percentage_is_judged(
    target: dict[str, Any], now: float, verdict: str
) -> None:
    """No rise after nothing is no rise; any rise is too much; how many percent it is, nobody knows."""
    yearly = target | {"basis": "change", "cadence": "every_year"}
    row = scored(yearly, series(2010, 0, now)).loc[2011]
    assert row["verdict"] == verdict
    assert row["secured"] == (verdict == "met")
    assert not np.isinf(row[["value", "low", "high", "level"]].astype(float)).any()


def test_growth_of_a_stock_of_nothing_does_not_apply() -> None:
    for cadence in ("every_year", "over_term"):
        target = {"comparison": "at_least", "value": 3, "basis": "growth", "cadence": cadence}
        rows = [{"year": year, "numerator": 6, "denominator": 0} for year in range(2011, 2016)]
        frame = scored(target, rows)
        assert verdicts(frame) == ["not_applicable"] * 5 and not frame["secured"].any()


# ------------------------------------------------------------------ shares, quotas, growth
def test_a_share_is_made_from_its_parts() -> None:
    target = {"comparison": "at_least", "value": 90, "basis": "share", "cadence": "every_year"}
    rows = [{"year": 2011, "numerator": 45, "denominator": 50}]
    row = scored(target, rows).loc[2011]
    assert row["verdict"] == "met" and row["value"] == pytest.approx(90)


def test_a_share_of_nothing_does_not_apply() -> None:
    target = {"comparison": "at_least", "value": 100, "basis": "share", "cadence": "every_year"}
    assert verdicts(scored(target, [{"year": 2011, "numerator": 0, "denominator": 0}]))[0] == (
        "not_applicable"
    )


def test_a_share_at_its_natural_limit_cannot_be_exceeded() -> None:
    target = {"comparison": "between", "low": 95, "high": 100, "basis": "share", "cadence": "keep"}
    rows = [{"year": 2011, "numerator": 50, "denominator": 50}]
    assert verdicts(scored(target, rows))[0] == "met"


def test_a_quota_is_the_actual_over_the_figure_assigned() -> None:
    target = {"comparison": "at_least", "value": 100, "basis": "quota", "cadence": "every_year"}
    rows = [
        {"year": 2011, "value": 42, "assigned": 40},
        {"year": 2012, "value": 40, "assigned": 40},
        {"year": 2013, "value": 30, "assigned": 40},
        {"year": 2014, "value": 30},
        {"year": 2015, "value": 0, "assigned": 0},
    ]
    frame = scored(target, rows)
    assert verdicts(frame) == ["exceeded", "met", "not_met", "no_data", "not_applicable"]
    assert frame["value"].tolist()[:3] == pytest.approx([105, 100, 75])


def test_growth_is_additions_over_stock() -> None:
    target = {"comparison": "at_least", "value": 3, "basis": "growth", "cadence": "every_year"}
    rows = [{"year": 2011, "numerator": 6, "denominator": 200}]
    assert verdicts(scored(target, rows))[0] == "met"


# ------------------------------------------------------------------ members, yes and no
def members(*ids: str) -> dict[str, Any]:
    return {
        "comparison": "all_of", "basis": "count", "cadence": "by", "due": 2012,
        "members": [{"id": name, "name": TEXT} for name in ids],
    }  # fmt: skip


def test_four_of_six_named_members_are_two_thirds() -> None:
    names = [f"kp-{n}" for n in range(1, 7)]
    rows = [{"year": 2012, "member": m, "value": float(i < 4)} for i, m in enumerate(names)]
    row = scored(members(*names), rows).loc[2012]
    assert row["level"] == pytest.approx(0.666667, abs=1e-6)
    assert row["verdict"] == "not_met" and row["value"] == 4


def test_a_member_not_reported_leaves_the_verdict_open_unless_another_lacks_it() -> None:
    one = [{"year": 2012, "member": "kp-1", "value": 1}]
    assert verdicts(scored(members("kp-1", "kp-2"), one))[1] == "no_data"
    lacks = [{"year": 2012, "member": "kp-1", "value": 0}]
    assert verdicts(scored(members("kp-1", "kp-2"), lacks))[1] == "not_met"


def test_yes_or_no_is_done_not_due_or_overdue_and_never_a_percentage() -> None:
    frame = scored(DONE, series(2011, 0, 0, 1, 1, 1))
    assert verdicts(frame) == ["not_due", "not_met", "met", "met", "met"]
    assert frame["level"].isna().all() and frame["attainment"].isna().all()


# ------------------------------------------------------------------ about, above, below
@pytest.mark.parametrize(
    ("target", "value", "verdict"),
    [
        ({"comparison": "about", "value": 65, "better": "higher"}, 64.5, "not_met"),
        ({"comparison": "about", "value": 65, "better": "higher"}, 65, "met"),
        ({"comparison": "about", "value": 4, "better": "lower"}, 2.79, "exceeded"),
        ({"comparison": "below", "value": 4}, 3.1, "met"),
        ({"comparison": "below", "value": 4}, 4, "not_met"),
        ({"comparison": "above", "value": 80}, 80, "not_met"),
        ({"comparison": "above", "value": 80}, 80.1, "met"),
        ({"comparison": "at_most", "value": 10}, 10, "met"),
        ({"comparison": "at_most", "value": 10}, 9.9, "exceeded"),
        ({"comparison": "at_most", "value": 0}, -3, "met"),
    ],
)
def test_a_single_value_is_held_against_the_rule(
    target: dict[str, Any], value: float, verdict: str
) -> None:
    frame = scored(target | {"cadence": "every_year"}, series(2011, value))
    assert verdicts(frame)[0] == verdict


# ------------------------------------------------------------------ intervals
@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (61, 62, "met"),
        (59, 61, "not_met"),
        (63, 64, "exceeded"),
        (61, None, "met"),
        (None, 61, "not_met"),
    ],
)
def test_an_interval_gets_the_verdict_of_its_less_favourable_end(
    low: float | None, high: float | None, verdict: str
) -> None:
    target = BAND | {"low": 60, "high": 62, "basis": "level"}
    ends = {k: v for k, v in (("low", low), ("high", high)) if v is not None}
    row = scored(target, [{"year": 2011, **ends}]).loc[2011]
    assert row["verdict"] == verdict
    assert np.isnan(row["value"]) and np.isnan(row["level"])
    # Reached is reached; how far short an interval falls is not known.
    assert row["attainment"] == 1 if verdict != "not_met" else np.isnan(row["attainment"])


# ------------------------------------------------------------------ states and time
@pytest.mark.parametrize(
    ("state", "verdict"),
    [
        ("missing", "no_data"),
        ("suppressed", "suppressed"),
        ("not_applicable", "not_applicable"),
        ("not_due", "not_due"),
    ],
)
def test_a_state_without_a_number_is_its_own_answer(state: str, verdict: str) -> None:
    frame = scored(BAND, [{"year": 2011, "state": state}])
    assert verdicts(frame)[0] == verdict
    assert np.isnan(frame.loc[2011, "value"])


def test_short_in_a_year_that_is_not_over_is_not_yet() -> None:
    rows = [{"year": 2013, "value": 11, "vintage": "2013-10-21"}]
    frame = scored(BAND, rows, as_of=vintage_day("2013-10-31"))
    assert verdicts(frame) == ["no_data", "no_data", "not_yet", "not_due", "not_due"]


def test_the_newest_report_up_to_the_date_counts() -> None:
    rows = [
        {"year": 2011, "value": 13, "vintage": "2011-12-15"},
        {"year": 2011, "value": 11, "vintage": "2012-03"},
    ]
    assert verdicts(scored(BAND, rows))[0] == "not_met"
    assert verdicts(scored(BAND, rows, as_of=vintage_day("2012-01-31")))[0] == "met"
    assert verdicts(scored(BAND, list(reversed(rows))))[0] == "not_met"


def test_a_year_outside_the_term_is_refused() -> None:
    with pytest.raises(ValueError, match=r"must lie in 2011-2015, found 2016"):
        scored(BAND, series(2011, 13), years=[2016])


def test_no_figures_at_all_give_no_data_for_every_year() -> None:
    empty = plan(goal(unit=TEXT, target=BAND))
    frame = score(empty, observations({"year": 2010, "value": 1}))
    assert verdicts(frame) == ["no_data"] * 5


def test_huge_figures_are_compared_like_any_other() -> None:
    frame = scored(BAND | {"low": 1e14, "high": 2e14}, series(2011, 9.9e13, 1e14, 3e14))
    assert verdicts(frame)[:3] == ["not_met", "met", "exceeded"]


# ------------------------------------------------------------------ yearly targets, the term
def yearly_plan() -> Any:
    return plan(
        goal(
            yearly=[
                {"year": 2012, "comparison": "at_least", "value": 46, "cadence": "every_year"},
                {"year": 2014, "comparison": "at_least", "value": 52, "cadence": "every_year"},
            ],
            term_target={"comparison": "at_least", "value": 55, "cadence": "by", "due": 2015},
        )
    )


def test_each_year_is_held_against_its_own_target() -> None:
    figures = observations(*series(2012, 46, 50, 51, 56))
    frame = score(yearly_plan(), figures)
    assert verdicts(frame) == ["not_due", "met", "not_applicable", "not_met", "not_applicable"]
    assert frame["value"].tolist()[1:] == [46, 50, 51, 56]


def test_the_term_is_held_against_the_term_target() -> None:
    term = score_term(yearly_plan(), observations(*series(2012, 46, 50, 51, 56))).iloc[0]
    assert term["verdict"] == "exceeded" and term["secured"]


def test_a_goal_of_every_year_is_met_over_the_term_when_kept_in_all() -> None:
    one = plan(goal(unit=TEXT, target=BAND))

    def over_term(*values: float | None, through: int = 2015) -> pd.Series[Any]:
        return score_term(
            one, observations(*series(2011, *values)), standing=Standing(through)
        ).iloc[0]

    assert over_term(13, 13, 18, 13, 13)["verdict"] == "met"
    assert over_term(18, 18, 18, 18, 18)["verdict"] == "exceeded"
    assert over_term(13, 11, 13, 13, 13)["verdict"] == "not_met"
    assert over_term(13, None, 13, 13, 13)["verdict"] == "no_data"
    midway = over_term(13, 11, 13, through=2013)
    assert midway["verdict"] == "not_yet" and midway["impossible"]


def test_parts_of_the_result_are_never_infinite() -> None:
    frame = scored(FALL, series(2010, 0, 3, 0, 0, 1e14, 1))
    numbers = frame.select_dtypes("float")
    assert not np.isinf(numbers.to_numpy()).any()


def test_a_change_after_a_figure_told_by_its_upper_end_alone_may_have_been_any_rise() -> None:
    # From "at most 25" to 20: a fall of at least 20 %, or a rise of any size from nearly nothing.
    most = {"comparison": "at_most", "value": 90, "basis": "change", "cadence": "every_year"}
    rows = [{"year": 2011, "high": 25.0}, {"year": 2012, "value": 20.0}]
    row = scored(most, rows).loc[2012]
    assert row["verdict"] == "not_met" and row["low"] == pytest.approx(-20)
    assert np.isnan(row["value"]) and np.isnan(row["high"])


@pytest.mark.parametrize(
    ("comparison", "figure", "verdict"),
    [
        ("below", {"high": 5}, "not_met"),
        ("below", {"high": 5, "exclusive": "high"}, "met"),
        ("at_most", {"high": 5}, "met"),
        ("at_most", {"high": 5, "exclusive": "high"}, "exceeded"),
        ("above", {"low": 5}, "not_met"),
        ("above", {"low": 5, "exclusive": "low"}, "met"),
        ("at_least", {"low": 5}, "met"),
        ("at_least", {"low": 5, "exclusive": "low"}, "exceeded"),
        ("at_most", {"low": 5, "exclusive": "low"}, "not_met"),
        ("at_least", {"high": 5, "exclusive": "high"}, "not_met"),
        ("below", {"low": 4, "high": 5, "exclusive": "low"}, "not_met"),
        ("below", {"low": 4, "high": 5, "exclusive": "both"}, "met"),
    ],
)
def test_under_5_is_less_than_5(comparison: str, figure: dict[str, Any], verdict: str) -> None:
    target = {"comparison": comparison, "value": 5, "basis": "level", "cadence": "every_year"}
    row = scored(target, [{"year": 2011, **figure}]).iloc[0]
    assert (row["verdict"], row["exclusive"]) == (verdict, figure.get("exclusive", ""))


def test_a_fall_from_over_100_to_90_is_more_than_10_percent() -> None:
    target = {
        "comparison": "below", "value": -10, "basis": "change", "cadence": "every_year",
        "better": "lower",
    }  # fmt: skip
    before = {"year": 2010, "low": 100.0, "high": 120.0}
    for exclusive, verdict in (("", "not_met"), ("low", "met")):
        rows = [before | {"exclusive": exclusive}, {"year": 2011, "value": 90.0}]
        row = scored(target, rows).iloc[0]
        assert (row["verdict"], row["low"], row["high"]) == (verdict, -25, -10)


def test_amounts_under_5_in_each_of_two_years_are_under_10_together() -> None:
    target = {"comparison": "below", "value": 25, "basis": "count", "cadence": "over_term"}
    rows = [{"year": year, "low": 0, "high": 5, "exclusive": "high"} for year in range(2011, 2016)]
    last = scored(target, rows).iloc[-1]
    assert (last["verdict"], last["high"], last["exclusive"]) == ("met", 25, "high")


# ------------------------------------------------------------------ one story
LATE = {"comparison": "at_least", "value": 10, "cadence": "by", "due": 2013}


def test_a_deadline_missed_stays_missed_in_every_year_and_over_the_term() -> None:
    one = plan(goal(unit=TEXT, target=LATE))
    figures = observations(*series(2011, 8, 9, 9, 10, 12))
    frame = score(one, figures)
    assert verdicts(frame) == ["not_yet", "not_yet", "not_met", "met", "exceeded"]
    assert frame["impossible"].tolist() == [False, False, True, True, True]
    assert not frame["secured"].any()
    term = score_term(one, figures).iloc[0]
    assert term["verdict"] == "not_met" and term["impossible"] and not term["secured"]
    # The year that decided gives the figure, the level and the row.
    assert (term["decided"], term["value"], term["level"], term["row"]) == (2013, 9, 0.9, 2)


def test_a_goal_to_keep_that_was_lost_once_is_never_secured() -> None:
    keep = {"comparison": "between", "low": 0.97, "high": 1.03, "cadence": "keep", "beyond": "bad"}
    one = plan(goal(unit=TEXT, target=keep))
    figures = observations(*series(2011, 1.0, 1.05, 1.0, 1.01, 1.02))
    frame = score(one, figures)
    assert verdicts(frame) == ["met", "not_met", "met", "met", "met"]
    assert frame["impossible"].tolist() == [False, True, True, True, True]
    assert not frame["secured"].any()
    term = score_term(one, figures).iloc[0]
    assert (term["verdict"], term["decided"], term["value"]) == ("not_met", 2012, 1.05)
    held = score(one, observations(*series(2011, 1, 1, 1, 1, 1)))
    assert held["secured"].tolist() == [False, False, False, False, True]


def test_a_term_of_good_years_shows_the_newest_one_that_was_merely_met() -> None:
    one = plan(goal(unit=TEXT, target=BAND))
    term = score_term(one, observations(*series(2011, 13, 18, 14, 18, 18))).iloc[0]
    assert (term["verdict"], term["decided"], term["value"]) == ("met", 2013, 14)


def test_a_year_without_a_figure_decides_that_nothing_is_known() -> None:
    one = plan(goal(unit=TEXT, target=BAND))
    term = score_term(one, observations(*series(2011, 13, None, 14, 13, 13))).iloc[0]
    assert (term["verdict"], term["decided"]) == ("no_data", 2012) and np.isnan(term["value"])


# ------------------------------------------------------------------ arithmetic
@pytest.mark.parametrize(
    ("value", "figure", "verdict"),
    [
        (1_000_000_001, 1_000_000_000, "not_met"),
        (0.3, 0.1 + 0.2, "met"),
        (999_999_999_999_999, 999_999_999_999_998, "not_met"),
        (0.000_000_002, 0.000_000_001, "not_met"),
    ],
)
def test_only_what_arithmetic_itself_is_off_by_counts_as_equal(
    value: float, figure: float, verdict: str
) -> None:
    target = {"comparison": "at_least", "value": value, "cadence": "every_year"}
    assert verdicts(scored(target, series(2011, figure)))[0] == verdict


def test_a_share_just_short_of_all_is_short() -> None:
    target = {"comparison": "at_least", "value": 100, "basis": "share", "cadence": "every_year"}
    row = {"year": 2011, "numerator": 999_999_999_999, "denominator": 1_000_000_000_000}
    assert verdicts(scored(target, [row]))[0] == "not_met"


def test_sums_and_differences_keep_to_the_decimals_they_are_made_from() -> None:
    total = {"comparison": "at_most", "value": 0.6, "basis": "level", "cadence": "over_term"}
    # 0.1 + 0.2 + 0.3 + 0.1 − 0.1
    frame = scored(total, series(2011, 0.1, 0.2, 0.3, 0.1, -0.1))
    assert frame["value"].tolist() == [0.1, 0.3, 0.6, 0.7, 0.6] and verdicts(frame)[-1] == "met"
    change = {"comparison": "at_most", "value": 0.1, "basis": "change", "cadence": "every_year"}
    assert verdicts(scored(change, series(2010, 100, 100.1)))[0] == "met"


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("cadence", ["every_year", "over_term"])
def test_figures_of_any_size_are_worked_out_without_infinities(cadence: str) -> None:
    share = {"comparison": "at_least", "value": 95, "basis": "share", "cadence": cadence}
    rows = [
        {"year": year, "numerator": 1e308, "denominator": 1.1e308} for year in range(2011, 2016)
    ]
    frame = scored(share, rows)
    assert verdicts(frame)[-1] == "not_met"
    assert frame["value"].tolist() == pytest.approx([100 / 1.1] * 5)
    tiny = [{"year": year, "numerator": 1e-308, "denominator": 1e308} for year in range(2011, 2016)]
    assert verdicts(scored(share, tiny))[-1] == "not_met"
    change = {"comparison": "at_most", "value": 5, "basis": "change", "cadence": "every_year"}
    moved = scored(change, series(2010, 1e308, 1.1e308, 1e308, 1e-308, 1e308))
    assert verdicts(moved)[:4] == ["not_met", "exceeded", "exceeded", "not_met"]
    assert np.isfinite(moved["value"].iloc[:4]).all()
    total = {"comparison": "at_least", "value": 5, "basis": "count", "cadence": "over_term"}
    assert np.isfinite(scored(total, series(2011, *[1e308] * 5))["value"]).all()


@pytest.mark.parametrize(
    ("better", "figures", "levels"),
    [
        # At least -5: of -10 the ratio would be 200 %, though it is worse; there is none.
        ("higher", (-10, -2, 3), [None, None, None]),
        # A fall of at least 5 %: by 10 twice as much, by 2 two fifths, a rise less than nothing.
        ("lower", (-10, -2, 3), [2.0, 0.4, -0.6]),
    ],
)
def test_a_floor_below_zero_has_no_ratio_and_a_fall_has_one(
    better: str, figures: tuple[float, ...], levels: list[float | None]
) -> None:
    comparison = "at_least" if better == "higher" else "at_most"
    made = goal(unit=TEXT, target={"comparison": comparison, "value": -5, "cadence": "every_year"})
    rows = series(2011, *figures)
    frame = score(plan(made), observations(*rows))
    told = [None if np.isnan(one) else one for one in frame["level"][:3].tolist()]
    assert told == levels
    again = Recomputed(plan(made), observations(*rows).frame.to_dict("records"), area="a")
    assert [again.annual(made, year).level for year in (2011, 2012, 2013)] == levels
