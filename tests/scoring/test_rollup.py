"""Roll-ups: counts in the office's order, coverage, the worst goal, and a mean or its bounds."""

from __future__ import annotations

import pytest
from helpers import TEXT, goal, observations, plan

from planlib.evaluation import Evaluation
from planlib.review.sections import by_section, rolled
from planlib.scoring.rollup import Counted, roll_up
from planlib.scoring.verdict import Verdict


def test_two_known_and_one_missing_give_bounds_and_no_mean() -> None:
    rows = [
        Counted("a", Verdict.not_met, 0.9),
        Counted("b", Verdict.not_met, 0.6),
        Counted("c", Verdict.no_data, None),
    ]
    rollup = roll_up(rows)
    assert rollup.coverage == pytest.approx(2 / 3) and rollup.mean is None
    assert (rollup.mean_low, rollup.mean_high) == (0.5, pytest.approx(0.8333, abs=1e-4))
    assert rollup.worst == "b"
    assert roll_up(rows, coverage_floor=0.5).mean == pytest.approx(0.75)


def test_at_eighty_percent_coverage_the_mean_is_shown() -> None:
    rows = [Counted(str(i), Verdict.met, 1.0) for i in range(4)]
    rollup = roll_up([*rows, Counted("x", Verdict.no_data, None)])
    assert rollup.coverage == pytest.approx(0.8) and rollup.mean == 1


def test_counts_stand_in_the_order_an_office_reads_them() -> None:
    assert [verdict.name for verdict in Verdict] == [
        "exceeded", "met", "nearly_met", "not_met", "not_yet", "not_due", "no_data", "not_applicable",
        "suppressed",
    ]  # fmt: skip


def test_goals_not_due_or_not_applicable_are_no_gap() -> None:
    rows = [
        Counted("a", Verdict.met, 1.0),
        Counted("b", Verdict.not_due, None),
        Counted("c", Verdict.not_applicable, None),
    ]
    rollup = roll_up(rows)
    assert rollup.coverage == 1 and rollup.counts.expected == 1 and rollup.worst is None


def test_yes_no_goals_are_counted_and_never_averaged() -> None:
    rows = [
        Counted("a", Verdict.not_met, 0.5),
        Counted("b", Verdict.met, None, has_ratio=False),
        Counted("c", Verdict.not_met, None, has_ratio=False),
    ]
    rollup = roll_up(rows)
    assert rollup.count(Verdict.not_met) == 2 and rollup.mean == 0.5
    assert rollup.mean_low == rollup.mean_high == 0.5


def test_an_interval_widens_the_bounds() -> None:
    rollup = roll_up([Counted("a", Verdict.met, 1.0), Counted("b", Verdict.not_met, None)])
    assert (rollup.mean_low, rollup.mean_high) == (0.5, 1)


def test_nothing_at_all_rolls_up_to_nothing() -> None:
    rollup = roll_up([])
    assert rollup.count() == 0 and rollup.coverage is None and rollup.mean is None


def test_a_part_apart_from_its_whole_stands_where_the_plan_has_it_and_is_not_counted() -> None:
    target = {"comparison": "at_least", "value": 10, "basis": "count", "cadence": "every_year"}
    part = goal("part", TEXT, target=target, part_of="whole")
    one = plan(part, goal("other", TEXT, target=target), goal("whole", TEXT, target=target))
    rows = [{"goal": g, "year": 2011, "value": 12} for g in ("part", "other", "whole")]
    verdicts = Evaluation(one, observations(*rows)).year_verdicts("a", 2011)
    assert rolled(one, verdicts).count() == 2
    (section,) = by_section(one, verdicts)
    assert [v.goal.id for v in section.verdicts] == ["part", "other", "whole"]
    assert section.rollup.goals[Verdict.exceeded] == ("other", "whole")
