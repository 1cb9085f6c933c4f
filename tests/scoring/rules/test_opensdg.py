"""Open SDG: its formula, its cuts and its faults, all reproduced."""

from __future__ import annotations

import numpy as np
import pytest
from common_series import NONE, ask, asked

from planlib.scoring.rules import opensdg
from planlib.scoring.rules.results import WHY_NOT


@pytest.mark.parametrize(
    ("name", "status", "ratio", "score"),
    [
        ("A", "substantial", 1.313957, 5),
        ("B", "limited", 0.457418, -0.594077),
        ("E", "deterioration", -4.005, -5),
        ("F", "limited", 0.417148, -0.761851),
        ("N", "moderate", 1.03**0.5 - 1, 2.472289),
    ],
)
def test_growth_seen_over_growth_needed_gives_the_published_answers(
    name: str, status: str, ratio: float, score: float
) -> None:
    row = ask(opensdg, name)
    assert row["status"] == status
    assert row["ratio"] == pytest.approx(ratio, rel=2e-4)
    assert row["score"] == pytest.approx(score, abs=5e-6)


def test_a_latest_figure_on_the_good_side_is_achieved_with_the_best_score() -> None:
    assert ask(opensdg, "C")[["status", "score"]].tolist() == ["achieved", 5]
    assert asked(opensdg, [40, 33, 10], 10, "decrease")["status"] == "achieved"


def test_only_the_ends_count() -> None:
    columns = ["status", "ratio", "score"]
    assert ask(opensdg, "M")[columns].tolist() == ask(opensdg, "A")[columns].tolist()


def test_a_base_of_zero_is_taken_for_a_thousandth() -> None:
    # (6 / 0.001)^(1/2) − 1 over (12 / 0.001)^(1/4) − 1
    row = ask(opensdg, "G")
    assert row["ratio"] == pytest.approx((6000**0.5 - 1) / (12000**0.25 - 1))
    assert row["status"] == "substantial"


def test_the_answer_moves_with_the_thousandth(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(opensdg, "F")["status"] == "limited"
    monkeypatch.setattr(opensdg, "EPSILON", 0.3)
    assert ask(opensdg, "F")["status"] == "moderate"


def test_a_complex_root_gives_no_status() -> None:
    row = ask(opensdg, "H")
    assert row["why_not"] == WHY_NOT["complex_root"]
    assert np.isnan(row["ratio"]) and np.isnan(row["score"])
    assert asked(opensdg, [10, 5, -1], 20)["why_not"] == WHY_NOT["complex_root"]


def test_figures_all_below_zero_have_their_growth_turned_round() -> None:
    # −10 to −6 in two years, −2 wanted in four: 0.6^(1/2) − 1 over 0.2^(1/4) − 1
    row = asked(opensdg, [-10, -8, -6], -2)
    assert row["ratio"] == pytest.approx((1 - 0.6**0.5) / (1 - 0.2**0.25))
    assert row["status"] == "moderate"


def test_a_base_at_its_target_divides_by_zero() -> None:
    row = ask(opensdg, "D")
    assert row["why_not"] == WHY_NOT["base_is_target"]
    assert asked(opensdg, [100, 100, 100], 100)["status"] == "achieved"


def test_nothing_is_missed_after_the_deadline() -> None:
    row = ask(opensdg, "L")
    assert row["ratio"] == pytest.approx(((85 / 60) ** (1 / 6) - 1) / (1.5**0.25 - 1))
    assert row["status"] == "limited"


def test_a_slip_next_to_the_limit_scores_the_worst_possible() -> None:
    row = asked(opensdg, [99.1, 98.9, 98.6], 100)
    assert row[["status", "score"]].tolist() == ["deterioration", -5]


def test_with_a_target_of_zero_a_thousandth_is_the_target() -> None:
    assert asked(opensdg, [5, 2, 0.001], 0, "decrease")["status"] == "achieved"
    assert asked(opensdg, [-5, -2, 0], 0)["why_not"] == WHY_NOT["complex_root"]


@pytest.mark.parametrize(
    ("latest", "status", "score"),
    [
        (100 * 1.02**2, "substantial", 5.0),  # 500 · 0.02 − 5
        (100 * 1.0151**2, "substantial", 2.55),
        (100 * 1.01**2, "moderate", 1.25),  # 250 · 0.01 − 1.25
        (100 * 1.004**2, "limited", -0.5),  # 500 · 0.004 − 2.5
        (100.0, "limited", -2.5),
        (100 * 0.99**2, "deterioration", -3.75),  # 125 · −0.01 − 2.5
        (50.0, "deterioration", -5.0),
    ],
)
def test_without_a_target_the_yearly_growth_is_judged(
    latest: float, status: str, score: float
) -> None:
    row = asked(opensdg, [100, NONE, latest], NONE)
    assert row["status"] == status
    assert row["score"] == pytest.approx(score)
    down = asked(opensdg, [100, NONE, 100 * 100 / latest], NONE, "decrease")
    assert down["status"] == ("limited" if latest == 100 else down["status"])


@pytest.mark.parametrize(
    ("base", "limit", "factor"),
    [
        (50, 100, 1 - 0.5**4.44),
        (99, 100, 1 - 0.99**4.44),
        (100, 100, 0.0),
        (150, 100, 1 - 0.5**4.44),
        (200, 100, 1.0),
        (900, 100, 1.0),
        (5, 0, 1.0),
        (0, 0, 1.0),
        (50, NONE, 1.0),
    ],
)
def test_cuts_shrink_near_a_natural_limit(base: float, limit: float, factor: float) -> None:
    found = opensdg.reduction(np.array([float(base)]), np.array([float(limit)]))
    assert found[0] == pytest.approx(factor)


def test_near_its_limit_a_small_rise_is_substantial() -> None:
    # C = 1 − 0.95^4.44 = .203667; 95 to 95.7 in two years is .003678 a year, .018056 after C
    plain = asked(opensdg, [95, NONE, 95.7], NONE)
    assert plain["status"] == "limited"
    row = asked(opensdg, [95, NONE, 95.7], NONE, limit=100)
    share = ((95.7 / 95) ** 0.5 - 1) / (1 - 0.95**4.44)
    assert row["status"] == "substantial"
    assert row["score"] == pytest.approx(500 * share - 5)


def test_standing_at_the_limit_is_substantial_and_leaving_it_is_not() -> None:
    assert asked(opensdg, [100, NONE, 100], NONE, limit=100)[["status", "score"]].tolist() == [
        "substantial",
        5,
    ]
    assert asked(opensdg, [100, NONE, 99], NONE, limit=100)["status"] == "deterioration"


def test_a_limit_is_ignored_beside_a_target() -> None:
    assert ask(opensdg, "A", limit=100)["score"] == ask(opensdg, "A")["score"]


def test_the_score_of_the_ratio_changes_its_line_at_sixty_per_cent() -> None:
    cuts = np.array([0.95, 0.6, 0.5999, 0.0, -0.3, -2.0])
    assert opensdg.score_of_ratio(cuts).tolist() == pytest.approx(
        [7.1429 * 0.95 - 4.2857, 7.1429 * 0.6 - 4.2857, 4.1667 * 0.5999 - 2.5, -2.5, -3.75001, -5]
    )


@pytest.mark.parametrize(
    ("scores", "achieved", "mean", "status"),
    [
        ([5, 0], [True, False], 2.5, "substantial"),
        ([5, 4.9], [True, False], 4.95, "substantial"),
        ([5, 5], [True, True], 5, "achieved"),
        ([2, -2], [False, False], 0, "moderate"),
        ([-2.5], [False], -2.5, "limited"),
        ([-2, -3.1], [False, False], -2.55, "deterioration"),
        ([5, NONE], [True, False], 5, "achieved"),
    ],
)
def test_series_roll_up_as_the_mean_of_their_scores(
    scores: list[float], achieved: list[bool], mean: float, status: str
) -> None:
    found = opensdg.roll_up(np.array(scores, float), np.array(achieved))
    assert found == (pytest.approx(mean), status)


def test_a_group_of_series_weighs_as_much_as_one_that_stands_alone() -> None:
    # 4 beside the mean of -5 and -3, which is -4; without groups it would be -1.333.
    scores, none = np.array([4.0, -5.0, -3.0]), np.zeros(3, bool)
    assert opensdg.roll_up(scores, none, [None, "fatal", "fatal"]) == (0.0, "moderate")
    assert opensdg.roll_up(scores, none) == (pytest.approx(-4 / 3), "limited")
    # A group of which one series has no score is the mean of the others; one without any is none.
    known = np.array([4.0, NONE, -3.0])
    assert opensdg.roll_up(known, none, ["a", "b", "b"])[0] == 0.5
    assert opensdg.roll_up(np.array([4.0, NONE]), none[:2], [None, "b"])[0] == 4
    met = np.array([True, True, False])
    assert opensdg.roll_up(np.array([5.0, 5.0, NONE]), met, [None, "b", "b"])[1] == "achieved"
    with pytest.raises(ValueError, match="shorter"):
        opensdg.roll_up(scores, none, [None])


def test_nothing_rolls_up_to_nothing() -> None:
    mean, status = opensdg.roll_up(np.array([NONE]), np.array([False]))
    assert np.isnan(mean) and status is None


def test_one_figure_is_too_few_unless_it_reaches_the_target() -> None:
    assert asked(opensdg, [60], 90)["why_not"] == WHY_NOT["one_figure"]
    assert asked(opensdg, [95], 90)["status"] == "achieved"


def test_without_a_figure_of_the_base_year_the_first_later_one_is_the_base() -> None:
    row = asked(opensdg, [NONE, 60, 78], 90)
    assert row["ratio"] == pytest.approx((78 / 60 - 1) / (1.5 ** (1 / 3) - 1))
