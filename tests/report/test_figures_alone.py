"""A goal stated as a change draws the figures themselves, in their own unit; verdicts stay."""

from __future__ import annotations

from typing import Any

import pytest
from helpers import TEXT, goal, observations, plan
from matplotlib.figure import Figure

from planlib.api.drawing import draw
from planlib.evaluation import Evaluation
from planlib.report.pages.explore import ExplorePage
from planlib.review import profile
from planlib.review.natural import natural

CASES = {"vi": "vụ", "en": "cases"}
FALL = {"comparison": "at_most", "value": -5, "basis": "change", "cadence": "every_year"}
SINCE = {"comparison": "at_most", "value": -20, "cadence": "by", "due": 2015}


def seen(target: dict[str, Any], **more: Any) -> Evaluation:
    made = plan(goal(target=target, **more))
    rows = (
        {"year": year, "value": value} for year, value in ((2010, 200), (2011, 190), (2012, 171))
    )
    return Evaluation(made, observations(*rows))


def test_a_change_on_the_year_before_shows_the_figures_in_their_unit() -> None:
    evaluation = seen(FALL, figure_unit=CASES)
    page = ExplorePage(evaluation, "a", "g", "en")
    text = page.picture().text.replace("\N{NO-BREAK SPACE}", " ")
    assert "171 cases" in text and "their change" in text
    alone = page.figures_alone
    assert alone is not None and alone.targets == ()
    assert [point.value for point in alone.points] == [200, 190, 171]
    # 190 is 5 % under 200, 171 is 10 % under 190; 2013 to 2015 have no figure.
    names = [one.verdict.name for one in page.profile.verdicts]
    assert names == ["met", "exceeded", "no_data", "no_data", "no_data"]
    assert [one.verdict for one in alone.verdicts] == [one.verdict for one in page.profile.verdicts]


def test_axes_of_ones_own_show_the_figures_too() -> None:
    ax = draw(seen(FALL, figure_unit=CASES), "trend", goal="g", area="a", ax=Figure().subplots())
    low, high = ax.get_ylim()
    assert low <= 171 and high >= 200  # and no change of −5 %


def test_without_a_unit_of_its_own_the_figure_is_no_percentage() -> None:
    evaluation = seen(FALL)
    alone = natural(evaluation, profile(evaluation, "a", "g"))
    assert alone is not None and alone.goal.unit == ""
    assert "171%" not in ExplorePage(evaluation, "a", "g", "en").picture().text


@pytest.mark.parametrize(
    ("basis", "more", "level"),
    [
        ("difference_since", {}, 180),  # 200 − 20
        ("change_since", {}, 160),  # a fifth below 200
        ("difference_since", {"baseline": {"year": 2008, "value": 220, "source": "x"}}, 200),
    ],
)
def test_a_change_on_the_baseline_draws_the_level_that_reaches_it(
    basis: str, more: dict[str, Any], level: float
) -> None:
    evaluation = seen(SINCE | {"basis": basis}, unit=TEXT, **more)
    alone = natural(evaluation, profile(evaluation, "a", "g"))
    assert alone is not None
    assert {target.value for _, target in alone.targets if target} == {level}


def test_a_goal_compared_as_reported_has_no_other_figures() -> None:
    evaluation = seen({"comparison": "at_least", "value": 90, "cadence": "every_year"}, unit=TEXT)
    assert natural(evaluation, profile(evaluation, "a", "g")) is None
