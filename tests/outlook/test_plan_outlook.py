"""The outlook of a plan: every kind of goal, logic before probability, breaks, reasons."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from examples import turns
from helpers import TEXT, goal, observations, plan
from scipy.stats import gamma, poisson

from planlib.evaluation import Evaluation, evaluate
from planlib.evaluation.outlook import PlanOutlook, outlook
from planlib.outlook.kinds import Kind, Silence
from planlib.outlook.words import Outlook
from planlib.plan.areas import Area

AREAS = tuple("abcdefgh")


def rows(goal_id: str, by_year: dict[int, float], area: str = "a", **more: Any) -> list[dict]:
    return [
        {"goal": goal_id, "area": area, "year": y, "value": v, **more} for y, v in by_year.items()
    ]


def crowd(goal_id: str, start: float, seed: int = 1, last: int = 2013) -> list[dict[str, Any]]:
    """Eight areas with figures from 2010 on."""
    rng = np.random.default_rng(seed)
    found = []
    for area in AREAS:
        path = start * np.exp(np.cumsum(0.05 * rng.standard_normal(last - 2009)))
        found += rows(goal_id, {2010 + i: round(v, 2) for i, v in enumerate(path)}, area)
    return found


def looked(
    target: dict[str, Any], data: list[dict[str, Any]], unit: Any = TEXT, **more: Any
) -> Any:
    whole = plan(goal(unit=unit, target=target, **more))
    return outlook(Evaluation(whole, observations(*data)), "a", 2013).of("g")


def test_a_level_by_a_year_is_a_pooled_walk_with_a_fan_and_a_record() -> None:
    found = looked(
        {"comparison": "at_least", "value": 55, "cadence": "by", "due": 2015}, crowd("g", 50)
    )
    assert found.kind is Kind.amount_walk and found.pooled and found.points == 4
    assert found.event == "holding" and found.kept is None
    assert 0 < found.probability <= found.reached < 1
    assert [year.year for year in found.fan] == [2014, 2015]
    for year in found.fan:
        assert year.low_80 < year.low_50 < year.middle < year.high_50 < year.high_80
    assert found.record is not None and found.record.n > 1000
    assert found.trend.points == 4 and found.trend.direction == "too_few_points"
    assert found.required.per_year is not None


def test_a_share_stays_between_0_and_100() -> None:
    found = looked(
        {"comparison": "at_least", "value": 90, "basis": "share", "cadence": "every_year"},
        [
            row | {"numerator": row["value"], "denominator": 100.0}
            for row in crowd("g", 80)
            if row["value"] <= 100
        ],
        unit="%",
    )
    assert found.kind is Kind.share_walk
    assert all(year.low_80 >= 0 and year.high_80 <= 100 for year in found.fan)


def test_a_share_at_its_natural_limit_is_a_yes_or_a_no() -> None:
    data = rows("g", {2010: 100, 2011: 100, 2012: 98, 2013: 100})
    target = {"comparison": "at_least", "value": 100, "basis": "share", "cadence": "every_year"}
    found = looked(target, data, unit="%")
    assert found.kind is Kind.beta_binomial
    # One series, good in 3 of 4 years: a mean of (0.75 + 3 · 0.5) / 4, worth three years.
    assert found.holding == pytest.approx((3 * 0.5625 + 3) / (3 + 4))
    assert found.kept == 0  # 2012 was missed


def test_counts_are_gamma_poisson_and_logic_comes_first() -> None:
    target = {"comparison": "between", "low": 15, "high": 20, "basis": "count",
              "cadence": "over_term"}  # fmt: skip
    found = looked(target, rows("g", {2011: 3, 2012: 4, 2013: 2}))
    assert found.kind is Kind.gamma_poisson
    # Nine in three years, six more in two: the rate is Gamma(9.5, 3), integrated out on a grid.
    rate = (np.arange(200_000) + 0.5) / 10_000
    expected = np.mean(poisson.sf(5, 2 * rate) * gamma.pdf(rate, 9.5, scale=1 / 3)) * 20
    assert found.probability == pytest.approx(expected, abs=1e-6)
    assert found.record is None
    done = looked(target, rows("g", {2011: 8, 2012: 6, 2013: 4}))
    assert done.word is Outlook.secured and done.probability == 1
    none = {"comparison": "at_most", "value": 0, "basis": "count", "cadence": "over_term"}
    lost = looked(none, rows("g", {2011: 0, 2012: 1, 2013: 0}))
    assert lost.word is Outlook.impossible and lost.probability == 0
    clean = looked(none, rows("g", {2011: 0, 2012: 0, 2013: 0}))
    assert clean.probability == pytest.approx((3 / 5) ** 0.5)


def test_yes_or_no_every_year_is_beta_binomial() -> None:
    found = looked(
        {"comparison": "done", "cadence": "keep"}, rows("g", {2011: 1, 2012: 1, 2013: 1})
    )
    assert found.kind is Kind.beta_binomial and found.event == "kept"
    # A mean of (1 + 3 · 0.5) / 4, worth two years: 1.25 of 2, then 3 of 3.
    assert found.probability == pytest.approx((4.25 * 5.25) / (5 * 6))
    assert found.fan == () and found.record is not None


def test_yearly_changes_are_compounded_from_the_level() -> None:
    target = {"comparison": "between", "low": -7, "high": -5, "better": "lower",
              "basis": "change", "cadence": "every_year"}  # fmt: skip
    found = looked(target, crowd("g", 4000), unit="%")
    assert found.kind is Kind.compounding
    assert all(year.low_80 > -100 for year in found.fan)
    assert -15 < found.fan[0].middle < 15 and 0 < found.holding < 0.6
    over = looked(target | {"cadence": "over_term"}, crowd("g", 4000), unit="%")
    assert over.kind is Kind.compounding and over.fan[-1].low_80 > -100


def test_amounts_add_up() -> None:
    target = {"comparison": "at_least", "value": 5 * 520, "cadence": "over_term"}
    found = looked(target, [row for row in crowd("g", 520.5) if row["year"] > 2010])
    assert found.kind is Kind.summed
    totals = [year.middle for year in found.fan]
    assert totals[1] > totals[0] > 1200
    gap = [row for row in crowd("g", 520.5) if row["year"] != 2012]
    assert looked(target, gap).silence is Silence.gap_in_total


def test_under_three_points_there_is_no_probability() -> None:
    found = looked(
        {"comparison": "at_least", "value": 55, "cadence": "every_year"},
        rows("g", {2012: 50.5, 2013: 51.5}),
    )
    assert found.probability is None and found.silence is Silence.too_few_points
    assert found.word is Outlook.too_few_points and found.fan == ()


def test_a_break_cuts_the_series() -> None:
    target = {"comparison": "at_least", "value": 55, "cadence": "every_year"}
    whole = plan(goal(unit=TEXT, target=target))
    area = Area.model_validate(
        {"id": "a", "name": TEXT, "changes": [{"date": "2012-06-01", "note": TEXT}]}
    )
    cut = whole.model_copy(update={"registry": (area,)})
    data = observations(*crowd("g", 50.5))
    assert outlook(Evaluation(whole, data), "a", 2013).of("g").points == 4
    found = outlook(Evaluation(cut, data), "a", 2013).of("g")
    assert found.points == 2 and found.silence is Silence.too_few_points
    assert outlook(Evaluation(cut, data), "b", 2013).of("g").points == 4


def test_an_estimate_as_the_last_figure_widens_the_fan() -> None:
    target = {"comparison": "at_least", "value": 55, "cadence": "every_year"}
    plain = crowd("g", 50)
    guess = [
        row | ({"state": "estimate"} if row["area"] == "a" and row["year"] == 2013 else {})
        for row in plain
    ]

    def width(found: Any) -> float:
        return found.fan[0].high_80 - found.fan[0].low_80

    assert width(looked(target, guess)) > width(looked(target, plain))


def test_one_series_alone_has_its_own_drift() -> None:
    found = looked(
        {"comparison": "at_least", "value": 90, "cadence": "by", "due": 2015},
        rows("g", {2010: 60.5, 2011: 68, 2012: 66, 2013: 78}),
    )
    assert not found.pooled and 0 < found.probability < 1


def test_past_its_deadline_every_year_must_keep_it() -> None:
    found = looked(
        {"comparison": "at_least", "value": 48, "cadence": "by", "due": 2012},
        [*crowd("g", 50)],
    )
    if found.verdict.impossible:
        assert found.probability == 0
    else:
        assert found.event == "kept" and found.probability == found.kept


def test_after_the_term_there_are_facts_only() -> None:
    whole = plan(goal(unit=TEXT, target={"comparison": "at_least", "value": 1, "cadence": "by",
                                         "due": 2015}))  # fmt: skip
    data = observations(*rows("g", {2011: 5.5, 2012: 6, 2013: 5, 2014: 6, 2015: 7}))
    found = outlook(Evaluation(whole, data), "a", 2015).of("g")
    assert found.probability == 1 and found.word is Outlook.secured and found.record is None


def several(seed: int = 2) -> PlanOutlook:
    goals = [
        goal(f"g{i}", TEXT, target={"comparison": "at_least", "value": 45 + 2 * i, "cadence": "by",
                                    "due": 2015})
        for i in range(6)
    ]  # fmt: skip
    data = [row for i in range(6) for row in crowd(f"g{i}", 50, seed + i)]
    return outlook(Evaluation(plan(*goals), observations(*data)), "a", 2013)


def test_the_number_met_is_a_distribution_over_the_goals_with_a_probability() -> None:
    found = several()
    assert len(found.number) == 7 and sum(found.number) == pytest.approx(1)
    assert found.at_least[0] == pytest.approx(1)
    assert found.expected == pytest.approx(sum(one.probability for one in found.goals), abs=0.01)
    low, high = found.likely
    assert 0 <= low <= found.expected <= high <= 6
    assert found.counted == tuple(f"g{i}" for i in range(6)) and found.silent == ()


def test_a_plan_may_move_the_thresholds() -> None:
    target = {"comparison": "at_least", "value": 50, "cadence": "by", "due": 2015}
    whole = plan(goal(unit=TEXT, target=target))
    data = observations(*crowd("g", 50))
    plain = outlook(Evaluation(whole, data), "a", 2013).of("g")
    header = whole.header.model_validate(
        whole.header.model_dump() | {"outlook": {"on_track": 0.99, "at_risk": 0.98}}
    )
    moved = outlook(Evaluation(whole.model_copy(update={"header": header}), data), "a", 2013).of(
        "g"
    )
    assert plain.probability == moved.probability < 0.98
    assert plain.word is not Outlook.off_track and moved.word is Outlook.off_track


def test_every_goal_of_the_shipped_plans_has_a_probability_or_a_reason() -> None:

    from planlib.plan.shipped import shipped_plans

    for name in shipped_plans():
        evaluation = evaluate(name)
        for after in turns(evaluation.plan.years, 3):
            found = outlook(evaluation, evaluation.area(), after)
            for one in found.goals:
                assert (one.probability is None) == (one.silence is not None), one.goal.id
                for chance in (one.reached, one.holding, one.kept):
                    assert chance is None or 0 <= chance <= 1
            assert sum(found.number) == pytest.approx(1)


def test_a_year_to_which_a_goal_does_not_apply_breaks_nothing() -> None:
    keep = {"comparison": "at_least", "value": 50, "basis": "share", "cadence": "keep"}
    data = [
        {"goal": "g", "area": area, "year": year, "numerator": n, "denominator": d}
        for area in AREAS
        for year, n, d in ((2009, 7, 9), (2010, 6, 9), (2011, 7, 10), (2012, 0, 0), (2013, 8, 10))
    ]
    found = looked(keep, data, "%")
    assert found.verdict.verdict.name == "exceeded"
    assert found.kept is not None and 0 < found.kept < 1


def test_a_total_that_passed_its_ceiling_has_no_chance_left() -> None:
    most = {"comparison": "at_most", "value": 10, "basis": "count", "cadence": "over_term"}
    lost = looked(most, rows("g", {2010: 4, 2011: 4, 2012: 4, 2013: 4}))
    assert (lost.probability, lost.word) == (0, Outlook.impossible)
    open_ = looked(most, rows("g", {2010: 2, 2011: 2, 2012: 2, 2013: 2}))
    assert open_.probability is not None and 0 < open_.probability < 1
    assert open_.verdict.verdict.name == "met"
