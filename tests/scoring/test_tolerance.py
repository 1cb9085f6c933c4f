"""A figure short of its target by no more than the rule tolerates is nearly met, and is short."""

from __future__ import annotations

from typing import Any

import pytest
from helpers import TEXT, goal, observations, plan

from planlib.evaluation import Evaluation
from planlib.plan.verdicts import Verdict
from planlib.scoring.rollup import Counted, roll_up
from planlib.scoring.score import Standing, score, score_term
from planlib.verify.recompute import Recomputed

YEARLY = {"cadence": "every_year"}


def judged(
    target: dict[str, Any], value: float | tuple[float, float], *, unit: Any = TEXT,
    tolerance: dict[str, float] | None = None, own: dict[str, float] | None = None,
) -> str:  # fmt: skip
    """The verdict of 2012, by both codes."""
    more = {} if own is None else {"tolerance": own}
    made = plan(goal(unit=unit, target=YEARLY | target, **more), tolerance=tolerance)
    ends = {"low": value[0], "high": value[1]} if isinstance(value, tuple) else {"value": value}
    figures = observations({"year": 2012, **ends})
    (verdict,) = score(made, figures, years=[2012], areas=["a"])["verdict"]
    again = Recomputed(made, figures.frame.to_dict("records")).annual(made.goal("g"), 2012)
    assert str(verdict) == again.verdict
    return str(verdict)


@pytest.mark.parametrize(
    ("target", "tolerance", "edge", "past"),
    [
        # 90 less 5 % of 90 is 85.5
        ({"comparison": "at_least", "value": 90}, {"percent": 5}, 85.5, 85.4),
        ({"comparison": "at_least", "value": 90}, {"value": 3}, 87.0, 86.9),
        # 1.7 less 0.1 is 1.6, which no two binary numbers give
        ({"comparison": "above", "value": 1.7}, {"value": 0.1}, 1.6, 1.5999),
        ({"comparison": "at_most", "value": 40}, {"percent": 5}, 42.0, 42.1),
        ({"comparison": "below", "value": 40}, {"value": 1}, 41.0, 41.1),
        ({"comparison": "about", "value": 40, "better": "lower"}, {"value": 1}, 41.0, 41.1),
        # of a range, of the end that is missed: 5 % of 12 is 0.6, of 20 it is 1
        ({"comparison": "between", "low": 12, "high": 20}, {"percent": 5}, 11.4, 11.3),
        (
            {"comparison": "between", "low": 12, "high": 20, "beyond": "bad"}, {"percent": 5},
            21.0, 21.1,
        ),
        ({"comparison": "at_most", "value": -10}, {"percent": 10}, -9.0, -8.9),
    ],
)  # fmt: skip
def test_the_edge_of_the_tolerance_is_nearly_met_and_past_it_is_missed(
    target: dict[str, Any], tolerance: dict[str, float], edge: float, past: float
) -> None:
    assert judged(target, edge, tolerance=tolerance) == "nearly_met"
    assert judged(target, past, tolerance=tolerance) == "not_met"
    assert judged(target, edge) == judged(target, past) == "not_met"  # the office's own table


def test_points_are_points_of_a_percentage() -> None:
    share = {"comparison": "at_least", "value": 90, "basis": "share"}
    assert judged(share, 88.0, unit="%", tolerance={"points": 2}) == "nearly_met"
    assert judged(share, 87.9, unit="%", tolerance={"points": 2}) == "not_met"


def test_the_targets_own_tolerance_goes_before_the_goals_and_that_before_the_rules() -> None:
    least = {"comparison": "at_least", "value": 100}
    assert judged(least, 93, tolerance={"percent": 5}) == "not_met"
    assert judged(least, 93, tolerance={"percent": 5}, own={"percent": 7}) == "nearly_met"
    strict = least | {"tolerance": {"value": 0}}
    assert judged(strict, 99, tolerance={"percent": 5}, own={"percent": 7}) == "not_met"


def test_a_target_of_zero_tolerates_no_percentage() -> None:
    assert judged({"comparison": "at_most", "value": 0}, 1, tolerance={"percent": 5}) == "not_met"


def test_of_an_interval_the_less_favourable_end_is_what_is_tolerated() -> None:
    least = {"comparison": "at_least", "value": 90}
    assert judged(least, (86, 95), tolerance={"percent": 5}) == "nearly_met"
    assert judged(least, (85, 95), tolerance={"percent": 5}) == "not_met"


def test_a_yes_or_no_is_never_nearly_met() -> None:
    assert judged({"comparison": "done"}, 0, tolerance={"percent": 100}) == "not_met"


def test_before_its_time_is_up_nothing_is_nearly_met() -> None:
    target = {"comparison": "at_least", "value": 90, "cadence": "by", "due": 2013}
    made = plan(goal(unit=TEXT, target=target), tolerance={"percent": 5})
    figures = observations(*({"year": year, "value": 87} for year in (2012, 2013, 2014)))
    frame = score(made, figures, years=[2012, 2013, 2014], areas=["a"])
    assert [str(one) for one in frame["verdict"]] == ["not_yet", "nearly_met", "nearly_met"]
    # It was not reached by then, and nothing later changes that.
    assert frame["impossible"].tolist() == [False, True, True]
    assert not frame["secured"].any()


@pytest.mark.parametrize(
    ("values", "at_the_end"),
    [
        ([100, 98, 100, 100, 100], "nearly_met"),
        ([100, 98, 94, 100, 100], "not_met"),  # the worst year counts
        ([100, 98, None, 100, 100], "no_data"),  # what is unknown may be worse
        ([100, 120, 100, 100, 100], "met"),
    ],
)
def test_over_the_term_the_worst_year_counts(values: list[float | None], at_the_end: str) -> None:
    made = plan(
        goal(unit=TEXT, target=YEARLY | {"comparison": "at_least", "value": 100}),
        tolerance={"percent": 5},
    )
    rows = ({"year": 2011 + i, "value": v} for i, v in enumerate(values) if v is not None)
    figures = observations(*rows)
    frame = score_term(made, figures, areas=["a"])
    again = Recomputed(made, figures.frame.to_dict("records"))
    assert str(frame["verdict"][0]) == again.term(made.goal("g"), 2015).verdict == at_the_end
    if at_the_end == "nearly_met":
        early = score_term(made, figures, standing=Standing(2013), areas=["a"])
        assert str(early["verdict"][0]) == "not_yet"
        assert bool(early["impossible"][0]) and int(early["decided"][0]) == 2012


def test_a_total_past_its_ceiling_by_no_more_than_is_tolerated_waits_for_the_end() -> None:
    target = {"comparison": "at_most", "value": 100, "basis": "count", "cadence": "over_term"}
    made = plan(goal(unit=TEXT, target=target), tolerance={"percent": 5})
    figures = observations(
        *({"year": 2011 + i, "value": v} for i, v in enumerate((60, 44, 0, 1, 1)))
    )
    verdicts = [
        str(score_term(made, figures, standing=Standing(year), areas=["a"])["verdict"][0])
        for year in range(2011, 2016)
    ]
    # 60, 104, 104, 105 and 106 against 100: 105 is the most that is tolerated.
    assert verdicts == ["met", "not_yet", "not_yet", "not_yet", "not_met"]
    again = Recomputed(made, figures.frame.to_dict("records"))
    assert [again.term(made.goal("g"), year).verdict for year in range(2011, 2016)] == verdicts


def test_nearly_met_is_judged_and_not_reached() -> None:
    rollup = roll_up([Counted("a", Verdict.nearly_met, 0.97), Counted("b", Verdict.met, 1.0)])
    assert (rollup.counts.reached, rollup.counts.judged, rollup.counts.gaps) == (1, 2, 0)
    assert rollup.mean == pytest.approx(0.985)


def test_the_rule_of_a_verdict_names_the_tolerance_it_was_made_with() -> None:
    made = plan(
        goal(unit=TEXT, target=YEARLY | {"comparison": "at_least", "value": 90}),
        tolerance={"percent": 5},
    )
    evaluation = Evaluation(made, observations({"year": 2012, "value": 86}))
    (verdict,) = evaluation.year_verdicts("a", 2012)
    assert verdict.rule == (
        "rag 2019-12-31: at_least 90 text (level, every_year), tolerance percent 5: 86 -> nearly_met"
    )
