"""A plan's goals under other people's rules: how a goal becomes a series, and where rules disagree."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from helpers import TEXT, goal, observations, plan

from planlib.errors import InputError
from planlib.evaluation import Evaluation, evaluate
from planlib.evaluation.methods import WHY_NOT, MethodRow, methods
from planlib.figures.observations import vintage_day
from planlib.language.language import Language
from planlib.scoring.rules import METHODS

BY_2012 = {"comparison": "at_least", "value": 90, "cadence": "by", "due": 2012}
TOTAL = {"comparison": "between", "low": 15, "high": 20, "basis": "count", "cadence": "over_term"}
JUDGES = ("opensdg", "unsd", "eurostat", "escap", "sdsn")


def series(first: int, *values: float) -> list[dict[str, Any]]:
    return [{"year": first + i, "value": value} for i, value in enumerate(values)]


def told(
    target: dict[str, Any], rows: list[dict[str, Any]], year: int, as_of: int | None = None,
    unit: Any = TEXT, **more: Any,
) -> dict[str, MethodRow]:  # fmt: skip
    term = {key: more.pop(key) for key in ("first", "last", "baseline") if key in more}
    one = plan(goal(unit=unit, target=target, **more), **term)
    return {
        row.method: row for row in methods(Evaluation(one, observations(*rows), as_of), "a", year)
    }


@cache
def ward() -> Evaluation:
    return evaluate("ward-2010-2015")


def test_a_level_by_a_year_gets_the_published_answers() -> None:
    rows = told(BY_2012, series(2008, 60, 68, 78), 2010, first=2009, last=2012, baseline=2008)
    assert list(rows) == [method.id for method in METHODS]
    statuses = [rows[name].status for name in JUDGES]
    assert statuses == ["substantial", "on_track", "significant", "maintain", "on_track"]
    assert rows["opensdg"].ratio == pytest.approx(1.313957, abs=1e-6)
    assert rows["dns"].why_key == "few_figures" and rows["oecd"].why_key == "no_peers"
    assert not any(row.disagreement for row in rows.values())


def test_a_level_to_be_lowered_gets_five_words_and_no_disagreement() -> None:
    down = {"comparison": "at_most", "value": 10, "cadence": "by", "due": 2012}
    rows = told(down, series(2008, 40, 33, 30), 2010, first=2009, last=2012, baseline=2008)
    statuses = [rows[name].status for name in JUDGES]
    assert statuses == ["limited", "moderate", "insufficient", "accelerate", "moderately_improving"]
    # Five words, and all of them say: the right way, and too slowly.
    assert not rows["opensdg"].disagreement


def test_rules_that_praise_a_fall_disagree_with_those_that_do_not() -> None:
    target = {"comparison": "at_least", "value": 95, "cadence": "by", "due": 2012}
    rows = told(target, series(2008, 96, 95, 94), 2010, first=2009, last=2012, baseline=2008)
    assert (rows["eurostat"].status, rows["opensdg"].status) == ("significant", "deterioration")
    assert all(row.disagreement for row in rows.values())


def test_figures_after_the_year_and_reports_after_the_day_are_unknown() -> None:
    rows = [
        {"year": 2010, "value": 60, "vintage": "2011-01-31"},
        {"year": 2011, "value": 70, "vintage": "2012-01-31"},
        {"year": 2011, "value": 75, "vintage": "2013-01-31"},
        {"year": 2012, "value": 95, "vintage": "2013-01-31"},
    ]
    late = told(BY_2012, rows, 2011)["sdsn"]
    early = told(BY_2012, rows, 2011, vintage_day("2012-06"))["sdsn"]
    assert late.ratio == pytest.approx(1.0) and early.ratio == pytest.approx(10 / 15)


def test_a_target_of_every_year_is_due_in_the_year_itself() -> None:
    every = {"comparison": "at_least", "value": 80, "cadence": "every_year"}
    rows = told(every, series(2010, 60, 65, 70, 75), 2013)
    assert rows["sdsn"].ratio == pytest.approx(15 / 20)
    assert rows["dns"].status == "cloud"  # not met, but improving


def test_a_target_to_keep_is_due_at_the_end_of_the_term() -> None:
    keep = {"comparison": "at_least", "value": 80, "cadence": "keep"}
    rows = told(keep, series(2010, 60, 65, 70), 2012)
    assert rows["sdsn"].ratio == pytest.approx((10 / 2) / (20 / 5))


def test_a_running_total_starts_from_zero() -> None:
    # 3 and 4 new members: 7 of at least 15 after two of five years
    rows = told(TOTAL, [{"year": 2009, "value": 9}, *series(2011, 3, 4)], 2012)
    assert rows["sdsn"].ratio == pytest.approx((7 / 2) / (15 / 5))
    assert rows["escap"].score == pytest.approx(10 * 7 / 15)
    assert rows["unsd"].why_key == "needs_positive"


def test_a_stated_baseline_is_where_the_road_starts() -> None:
    stated = {"year": 2008, "value": 50, "source": "text"}
    rows = told(BY_2012, series(2010, 60, 75), 2011, baseline=None, unit=TEXT) | {}
    with_base = {
        row.method: row
        for row in methods(Evaluation(plan(goal(unit=TEXT, target=BY_2012, baseline=stated), baseline=2008), observations(*series(2010, 60, 75))), "a", 2011)
    }  # fmt: skip
    assert rows["sdsn"].ratio == pytest.approx((15 / 1) / (30 / 2))
    assert with_base["sdsn"].ratio == pytest.approx((25 / 3) / (40 / 4))


@pytest.mark.parametrize(
    ("target", "unit", "key"),
    [
        ({"comparison": "done", "cadence": "every_year"}, TEXT, "yes_no"),
        (
            {
                "comparison": "all_of", "cadence": "every_year",
                "members": [{"id": "kp-1", "name": TEXT}],
            },
            TEXT, "members",
        ),
        ({"comparison": "at_most", "value": -5, "basis": "change", "cadence": "every_year"}, "%", "change"),
        ({"comparison": "at_least", "value": 3, "basis": "growth", "cadence": "every_year"}, "%", "change"),
        ({"comparison": "at_least", "value": 100, "basis": "quota", "cadence": "every_year"}, "%", "quota"),
        ({"comparison": "at_most", "value": 3, "basis": "count", "cadence": "over_term"}, TEXT, "total_low"),
    ],
)  # fmt: skip
def test_goals_without_a_road_say_why(target: dict[str, Any], unit: Any, key: str) -> None:
    rows = told(target, series(2010, 1, 1, 1), 2012, unit=unit)
    for method in METHODS:
        row = rows[method.id]
        assert row.status is None and row.score is None and row.ratio is None
        assert row.why_key == ("lens" if method.lens else key)
        assert row.why_not == WHY_NOT[row.why_key]


def test_a_year_without_a_target_is_held_against_the_term_or_not_at_all() -> None:
    yearly = [{"year": 2012, "comparison": "at_least", "value": 46, "cadence": "every_year"}]
    rows = series(2010, 40, 42, 44, 45)
    alone = plan(goal(yearly=yearly))
    assert {row.why_key for row in methods(Evaluation(alone, observations(*rows)), "a", 2013)} == {
        "no_target_yet",
        "lens",
    }
    term = {"comparison": "at_least", "value": 50, "cadence": "by", "due": 2015}
    both = plan(goal(yearly=yearly, term_target=term))
    found = {row.method: row for row in methods(Evaluation(both, observations(*rows)), "a", 2013)}
    assert found["sdsn"].ratio == pytest.approx((5 / 3) / (10 / 5))


def test_areas_are_peers_of_one_another() -> None:
    rows = [
        {"area": area, "year": 2011, "value": value}
        for area, value in (("a", 78), ("b", 84), ("c", 90))
    ]
    found = told(BY_2012, rows, 2011)["oecd"]
    assert (found.status, found.ratio) == ("short", pytest.approx(2.0))


def test_an_area_without_figures_has_reasons_and_no_traceback() -> None:
    one = plan(goal(unit=TEXT, target=BY_2012))
    rows = methods(
        Evaluation(one, observations({"area": "b", "year": 2011, "value": 1})), "a", 2011
    )
    assert all(row.status is None and row.why_not for row in rows)


def test_a_year_outside_the_term_is_refused() -> None:
    with pytest.raises(InputError, match=r"must lie in 2011-2015, found 2016"):
        told(BY_2012, series(2010, 60), 2016)


def test_the_shipped_ward_has_a_row_for_every_goal_and_method() -> None:
    evaluation = ward()
    rows = methods(
        Evaluation(evaluation.plan, evaluation.figures, evaluation.as_of), "ward-01", 2013
    )
    assert [(row.goal, row.method) for row in rows] == [
        (goal, method.id) for goal in evaluation.plan.goal_ids for method in METHODS
    ]
    assert all((row.status is None) == bool(row.why_not) for row in rows)
    assert all(row.why_key for row in rows if row.why_not)
    assert list(rows[0].record) == ["goal", "method", "status", "score", "ratio", "why_not"]
    assert any(row.disagreement for row in rows)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_method_status_and_reason_has_its_words(lang: str) -> None:
    language = Language(lang)
    for method in METHODS:
        assert language(f"method.{method.id}.name") and language(f"method.{method.id}.cannot")
        assert language(f"method.confidence.{method.confidence}")
        for status in method.statuses:
            assert language(f"method.{method.id}.status.{status}")
    assert all(language(f"method.why_not.{key}") for key in WHY_NOT)
