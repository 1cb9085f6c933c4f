"""Reviews of the shipped plans: what changed, what is missing, what lags, and where it comes from."""

from __future__ import annotations

from functools import cache

import pytest
from helpers import TEXT, goal, observations, plan

from planlib.errors import InputError
from planlib.evaluation import Evaluation, evaluate
from planlib.figures.observations import vintage_day
from planlib.review import annual, midterm, profile
from planlib.scoring.verdict import Verdict

BAND = {"comparison": "between", "low": 12, "high": 15, "basis": "count", "cadence": "every_year"}
TOTAL = {"comparison": "between", "low": 15, "high": 20, "basis": "count", "cadence": "over_term"}


@cache
def ward() -> Evaluation:
    return evaluate("ward-2010-2015")


def test_a_revision_that_flips_a_verdict_is_told_with_both_figures() -> None:
    figures = observations(
        {"year": 2013, "value": 13, "vintage": "2013-12-15", "state": "estimate"},
        {"year": 2013, "value": 11, "vintage": "2014-02-28"},
        {"year": 2012, "value": 13, "vintage": "2012-12-15"},
        {"year": 2012, "value": 14, "vintage": "2013-02-28"},
    )
    one = plan(goal(unit=TEXT, target=BAND))
    (revision,) = annual(Evaluation(one, figures), "a", 2013).revisions
    assert revision.flipped and revision.before.verdict is Verdict.met
    assert (revision.before.value, revision.verdict.value) == (13, 11)
    assert revision.before.vintage == "2013-12-15" and revision.verdict.vintage == "2014-02-28"
    (quiet,) = annual(Evaluation(one, figures), "a", 2012).revisions
    assert not quiet.flipped
    assert annual(Evaluation(one, figures, vintage_day("2013-12-31")), "a", 2013).revisions == ()


def test_the_ward_in_2013_has_what_reality_brings() -> None:
    review = annual(ward(), "ward-01", 2013)
    assert review.illustrative
    assert sum(revision.flipped for revision in review.revisions) >= 2
    assert review.missing and review.unsettled
    assert review.rollup.count() == 76  # 79 goals, three of them parts of another
    assert review.rollup.counts.reached == review.rollup.count(Verdict.exceeded, Verdict.met)
    assert {v.goal.id for v in review.verdicts if v.goal.part_of} == {
        "groups-excellent", "groups-fair", "groups-weak",
    }  # fmt: skip


def test_every_verdict_of_the_ward_names_the_rows_it_was_made_from() -> None:
    for verdict in annual(ward(), "ward-01", 2013).verdicts:
        if verdict.verdict is not Verdict.no_data:
            assert verdict.inputs, verdict.goal.id
        assert verdict.rule.startswith("office-table 2019-12-31: ")


def test_readings_of_the_text_are_all_scored() -> None:
    verdicts = {v.goal.id: v for v in annual(ward(), "ward-01", 2013).verdicts}
    for goal_ in ward().plan.goals:
        assert set(verdicts[goal_.id].readings) == {reading.id for reading in goal_.readings}
        if goal_.readings:
            default = next(r.id for r in goal_.readings if r.default)
            assert verdicts[goal_.id].readings[default] == verdicts[goal_.id].verdict.name


def test_national_disagreements_are_listed_and_not_overwritten() -> None:
    review = annual(evaluate("viet-nam-2016-2020"), evaluate("viet-nam-2016-2020").area(), 2019)
    assert {v.goal.id for v in review.disagreements} == {
        "trade-deficit-to-exports", "reduction-of-the-poor-household-rate",
    }  # fmt: skip
    for verdict in review.disagreements:
        assert verdict.verdict is Verdict.met
        assert verdict.published_verdict is Verdict.exceeded and verdict.published_reason
    assert not review.illustrative


def test_at_mid_term_goals_of_every_year_are_judged_by_the_latest_and_counted() -> None:
    one = plan(goal("yearly", TEXT, target=BAND), goal("total", TEXT, target=TOTAL))
    rows = [{"goal": "yearly", "year": 2011 + i, "value": v} for i, v in enumerate((13, 11, 14))]
    rows += [{"goal": "total", "year": 2011 + i, "value": v} for i, v in enumerate((3, 2, 2))]
    review = midterm(Evaluation(one, observations(*rows)), "a", 2013)
    yearly, total = review.verdicts
    assert yearly.verdict is Verdict.met and review.years_reached("yearly") == (2, 3)
    assert review.broken == (yearly,)
    # 7 of 15 after three of five years; (15 − 7) / 2 a year are left.
    assert total.verdict is Verdict.not_yet and total.required_per_year == 4
    assert total.schedule_index == pytest.approx((7 / 15) / (3 / 5))
    assert review.to_do == (total,) and review.scheduled == (total,)
    assert [lag.verdict for lag in review.lags] == [total]
    assert review.years_left == 2


def test_the_ward_at_mid_term_lags_somewhere_and_names_the_measures() -> None:
    review = midterm(ward(), "ward-01")
    assert review.after == 2013
    assert review.lags and review.impossible and review.scheduled
    assert any(lag.measures for lag in review.lags)
    assert all(len(years) == 3 for years in review.yearly.values())


def test_a_profile_shows_every_report_and_marks_the_newest() -> None:
    figures = observations(
        {"year": 2013, "value": 13, "vintage": "2013-12-15", "state": "estimate"},
        {"year": 2013, "value": 11, "vintage": "2014-02-28"},
        {"year": 2012, "low": 12, "high": 14, "vintage": "2013-02-28"},
    )
    one = profile(Evaluation(plan(goal(unit=TEXT, target=BAND)), figures), "a", "g")
    found = [(p.year, p.value, p.low, p.high, p.estimate, p.newest) for p in one.points]
    assert found == [
        (2012, None, 12, 14, False, True),
        (2013, 13, None, None, True, False),
        (2013, 11, None, None, False, True),
    ]
    assert [v.verdict.name for v in one.verdicts] == [
        "no_data", "met", "not_met", "no_data", "no_data",
    ]  # fmt: skip


def test_a_boundary_change_breaks_the_profile_of_its_area() -> None:
    evaluation = evaluate("ward-2010-2015")
    assert [
        when.year for when, _ in profile(evaluation, "ward-07", "criminal-offences").breaks
    ] == [2013]


@pytest.mark.parametrize(
    ("plan_id", "area", "as_of", "message"),
    [
        ("ward-2010-2015", "ward-99", "", "there is no area 'ward-99'"),
        ("ward-2010-2015", "ward-01", "soon", "the as-of date must be"),
        ("no-such-plan", "", "", "there is no plan 'no-such-plan'"),
    ],
)
def test_an_evaluation_refuses_what_it_does_not_know(
    plan_id: str, area: str, as_of: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        evaluate(plan_id, as_of=as_of).area(area or None)


def test_an_evaluation_refuses_years_and_goals_it_does_not_know() -> None:
    with pytest.raises(InputError, match="the year must lie in 2011-2015, found 2019"):
        annual(ward(), "ward-01", 2019)
    with pytest.raises(InputError, match="did you mean 'case-clearance'"):
        profile(ward(), "ward-01", "case-clearence")


def test_one_year_only_and_nothing_at_all_are_reviewed_without_fuss() -> None:
    one = plan(goal(unit=TEXT, target=BAND))
    for figures in (observations({"year": 2012, "value": 13}), observations({"year": 2012})):
        assert len(annual(Evaluation(one, figures), "a", 2013).verdicts) == 1
        assert midterm(Evaluation(one, figures), "a").rollup.count() == 1
        assert annual(Evaluation(one, figures), "b", 2013).verdicts[0].verdict is Verdict.no_data
