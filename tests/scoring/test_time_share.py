"""The time gone, beside the road: told where there is a road, and only there."""

from __future__ import annotations

import pytest
from helpers import goal, observations, plan

from planlib.evaluation import Evaluation
from planlib.review import midterm
from planlib.scoring.score import score

BY = {"comparison": "at_least", "value": 100, "cadence": "by", "due": 2015}


def test_the_time_gone_runs_from_the_baseline_to_the_due_year():
    rows = [{"year": year, "value": value} for year, value in ((2010, 0), (2011, 30), (2013, 60))]
    found = score(plan(goal(target=BY)), observations(*rows))
    share = dict(zip(found["year"], found["time_share"], strict=True))
    assert share[2011] == pytest.approx(0.2) and share[2013] == pytest.approx(0.6)
    assert found["time_share"].isna().tolist() == found["road"].isna().tolist()


def test_the_schedule_index_is_the_road_over_the_time_gone():
    rows = [{"year": 2010, "value": 0}, {"year": 2013, "value": 0}]
    (verdict,) = midterm(Evaluation(plan(goal(target=BY)), observations(*rows)), "a", 2013).verdicts
    assert (verdict.road, verdict.time_share, verdict.schedule_index) == (0, 0.6, 0)


def test_without_a_road_there_is_no_time_to_hold_against_it():
    every_year = {"comparison": "at_least", "value": 5, "cadence": "every_year"}
    (verdict,) = midterm(
        Evaluation(plan(goal(target=every_year)), observations({"year": 2013, "value": 4})),
        "a",
        2013,
    ).verdicts
    assert verdict.time_share is None and verdict.schedule_index is None
