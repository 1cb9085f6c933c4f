"""UN ESCAP: the share of the way, and what a straight line leaves open."""

from __future__ import annotations

import numpy as np
import pytest
from common_series import ask, asked, observations, targets

from planlib.errors import InputError
from planlib.scoring.rules import escap
from planlib.scoring.rules.results import WHY_NOT


@pytest.mark.parametrize(
    ("values", "target", "direction", "expected", "gap", "status", "index"),
    [
        ([60, 68, 78], 90, "increase", 95.6667, 0, "maintain", 6.0),
        ([40, 33, 30], 10, "decrease", 19.3333, 0.3111, "accelerate", 3.3333),
        ([60, 59, 57], 90, "increase", 54.1667, 1.1944, "reverse", -1.0),
    ],
)
def test_the_line_the_gap_and_the_index(
    values: list[float], target: float, direction: str, expected: float, gap: float, status: str,
    index: float,
) -> None:  # fmt: skip
    line = escap.expected(np.array([values], float), np.arange(2008, 2011), np.array([2012.0]))
    assert line[0] == pytest.approx(expected, abs=5e-5)
    row = asked(escap, values, target, direction)
    assert row["status"] == status
    assert row["ratio"] == pytest.approx(gap, abs=5e-5)
    assert row["score"] == pytest.approx(index, abs=5e-5)


def test_every_figure_counts_not_the_ends_alone() -> None:
    # 60, 20, 78: slope 9 about a mean of 52.6667, so 79.6667 in 2012, .3444 of the road short
    row = ask(escap, "M")
    assert row["ratio"] == pytest.approx(0.3444, abs=5e-5)
    assert row["status"] == "accelerate"


def test_the_cut_is_a_parameter() -> None:
    frames = observations("s", [40, 33, 30]), targets("s", 10, "decrease")
    assert escap.assess(*frames, cut=0.35)["status"].iloc[0] == "maintain"
    with pytest.raises(InputError, match=r"'cut' must lie between 0 and 1, found 10"):
        escap.assess(*frames, cut=10)
    with pytest.raises(InputError, match=r"'half_life' must be years above 0, found 0"):
        escap.assess(*frames, half_life=0)


def test_recent_figures_may_count_for_more() -> None:
    # Weights 1/4, 1/2, 1 on 40, 33, 30 in 0, 1, 2: slope (Σwxy − Σwx·Σwy/Σw) / (Σwx² − (Σwx)²/Σw)
    # = (76.5 − 2.5 · 56.5 / 1.75) / (4.5 − 6.25 / 1.75) = −4.5385
    line = escap.expected(
        np.array([[40.0, 33.0, 30.0]]), np.arange(2008, 2011), np.array([2012.0]), half_life=1
    )
    slope = (76.5 - 2.5 * 56.5 / 1.75) / (4.5 - 6.25 / 1.75)
    assert line[0] == pytest.approx(56.5 / 1.75 + slope * (4 - 2.5 / 1.75))


def test_what_it_cannot_judge() -> None:
    assert ask(escap, "D")["why_not"] == WHY_NOT["base_is_target"]
    assert ask(escap, "N")["why_not"] == WHY_NOT["no_target"]
    assert asked(escap, [60], 90)["why_not"] == WHY_NOT["one_figure"]


def test_zero_and_negative_figures_are_no_trouble() -> None:
    assert ask(escap, "G")[["status", "score"]].tolist() == ["maintain", 5.0]
    assert ask(escap, "H")["status"] == "maintain"  # 4 a year: 6 in 2012
    assert ask(escap, "F")["status"] == "maintain"  # 1.5 a year: below 0 in 2012


def test_a_target_reached_can_still_be_told_to_hurry() -> None:
    # 60, 40, 50, 91: slope 10.3 about 60.25, so 86 in 2012, .1333 of the road short
    row = asked(escap, [60, 40, 50, 91], 90)
    assert row["score"] > 10
    assert row["ratio"] == pytest.approx(4 / 30)
    assert row["status"] == "accelerate"
