"""Would another analyst say the same? Each alternative worked by hand on small figures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from helpers import TEXT, goal, observations, plan

from planlib.evaluation import Evaluation, evaluate
from planlib.review import annual
from planlib.review.sensitivity import GoalSensitivity, Sensitivity, sensitivity
from planlib.scoring.verdict import REACHED, Verdict

COUNT = {"comparison": "at_least", "value": 10, "basis": "count", "cadence": "every_year"}
SHARE = {"comparison": "at_least", "value": 90, "basis": "share", "cadence": "every_year"}
LEVEL = {"comparison": "at_least", "value": 70, "cadence": "every_year"}


def tried(one: Any, *rows: dict[str, Any]) -> Sensitivity:
    figures = observations(*rows)
    return sensitivity(Evaluation(one, figures), "a", 2013)


def kinds(goal_: GoalSensitivity) -> set[str]:
    return {alternative.reading or alternative.kind for alternative in goal_.flips}


def test_a_count_on_its_target_hangs_on_one_case() -> None:
    (only,) = tried(plan(goal(unit=TEXT, target=COUNT)), {"year": 2013, "value": 10}).goals
    assert only.reached and kinds(only) == {"one_fewer"}
    (far,) = tried(plan(goal(unit=TEXT, target=COUNT)), {"year": 2013, "value": 14}).goals
    assert far.robust


def test_a_share_hangs_on_one_case_of_its_numerator() -> None:
    # 45 of 50 is 90 %; 44 of 50 is 88 %.
    row = {"year": 2013, "numerator": 45, "denominator": 50}
    (only,) = tried(plan(goal(target=SHARE)), row).goals
    assert kinds(only) == {"one_fewer"}
    fewer = next(
        alternative for alternative in only.alternatives if alternative.kind == "one_fewer"
    )
    assert fewer.attainment == pytest.approx(88 / 90)


def test_a_printed_figure_hangs_on_its_last_digit_and_a_whole_number_does_not() -> None:
    # 69.9 stands for 69.85 to 69.95, 70.0 was printed as 70 and counts as exact.
    one = plan(goal(unit=TEXT, target=LEVEL))
    (near,) = tried(one, {"year": 2013, "value": 70.1}).goals
    assert near.robust
    (strict,) = tried(
        plan(goal(unit=TEXT, target=LEVEL | {"value": 70.12})), {"year": 2013, "value": 70.1}
    ).goals
    assert kinds(strict) == {"rounded_up"}
    (whole,) = tried(one, {"year": 2013, "value": 70}).goals
    assert whole.robust


def test_a_revision_that_flipped_the_verdict_is_an_alternative() -> None:
    rows = [
        {"year": 2013, "value": 14, "vintage": "2013-12-15"},
        {"year": 2013, "value": 8, "vintage": "2014-02-15"},
    ]
    (only,) = tried(plan(goal(unit=TEXT, target=COUNT)), *rows).goals
    assert not only.reached and kinds(only) == {"previous_report"}


def test_a_missing_figure_is_tried_at_the_best_and_the_worst_ever_seen() -> None:
    rows = [{"year": year, "value": v} for year, v in ((2010, 4), (2011, 9), (2012, 12))]
    result = tried(plan(goal(unit=TEXT, target=COUNT)), *rows, {"year": 2013})
    (only,) = result.goals
    assert only.verdict.verdict is Verdict.no_data and kinds(only) == {"missing_best"}
    # 12 of 10 counts as 1, 4 of 10 as 0.4.
    assert only.spread == pytest.approx(0.6)
    assert (result.counts.reached, result.reached_always, result.reached_at_best) == (0, 0, 1)


def test_a_missing_figure_seen_less_than_three_times_is_not_guessed_at() -> None:
    (only,) = tried(
        plan(goal(unit=TEXT, target=COUNT)), {"year": 2012, "value": 12}, {"year": 2013}
    ).goals
    assert only.robust


def test_another_reading_of_the_text_is_an_alternative() -> None:
    readings = [
        {"id": "year", "default": True, "why": TEXT, "target": COUNT},
        {"id": "term", "why": TEXT, "target": COUNT | {"value": 40, "cadence": "over_term"}},
    ]
    rows = [{"year": year, "value": 12} for year in (2011, 2012, 2013)]
    (only,) = tried(plan(goal(unit=TEXT, readings=readings)), *rows).goals
    assert kinds(only) == {"term"}


def test_the_headline_of_the_ward_stands_between_its_bounds() -> None:
    evaluation = evaluate("ward-2010-2015")
    review = annual(evaluation, "ward-01", 2013)
    result = sensitivity(evaluation, "ward-01", 2013)
    assert result.counts == review.rollup.counts
    assert result.reached_always < result.counts.reached < result.reached_at_best
    assert result.not_robust and all(not goal_.robust for goal_ in result.not_robust)
    spreads = [goal_.spread for goal_ in result.not_robust]
    assert spreads == sorted(spreads, reverse=True)
    for goal_ in result.goals:
        for alternative in goal_.flips:
            assert (alternative.verdict in REACHED) != goal_.reached


def test_random_weights_stand_around_the_mean_and_are_the_same_each_time() -> None:
    evaluation = evaluate("ward-2010-2015")
    review = annual(evaluation, "ward-01", 2013)
    one = sensitivity(evaluation, "ward-01", 2013)
    assert one.weights == sensitivity(evaluation, "ward-01", 2013).weights
    assert one.weights is not None and review.rollup.mean is not None
    low, middle, high = one.weights
    assert low < review.rollup.mean < high
    # Dirichlet(1, …, 1): the spread of the weighted mean is s / √(n + 1).
    known = np.array([v.attainment for v in review.verdicts
                      if v.attainment is not None and v.goal.part_of is None])  # fmt: skip
    expected = 2 * 1.645 * known.std() / np.sqrt(len(known) + 1)
    assert high - low == pytest.approx(expected, rel=0.1)
    assert middle == pytest.approx(known.mean(), abs=0.02)


def test_leaving_a_section_out_leaves_the_others() -> None:
    evaluation = evaluate("ward-2010-2015")
    review = annual(evaluation, "ward-01", 2013)
    result = sensitivity(evaluation, "ward-01", 2013)
    for (name, reached, judged), section in zip(
        result.without_section, review.sections, strict=True
    ):
        assert name == section.section.section
        assert reached == review.rollup.counts.reached - section.rollup.counts.reached
        assert judged == review.rollup.counts.judged - section.rollup.counts.judged


def test_no_figures_at_all_leave_nothing_to_doubt_but_the_readings() -> None:
    result = tried(plan(goal(unit=TEXT, target=COUNT)), {"year": 2012})
    assert result.counts.reached == result.reached_at_best == 0 and result.weights is None
