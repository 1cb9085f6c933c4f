"""A goal stated as a change draws the figures themselves, in their own unit; verdicts stay."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from helpers import TEXT, goal, observations, plan
from matplotlib.figure import Figure

from planlib.api.drawing import draw
from planlib.evaluation import Evaluation
from planlib.evaluation.outlook import FanYear, outlook
from planlib.language.language import Language
from planlib.report.charts import trend_multiples
from planlib.report.pages.explore import ExplorePage
from planlib.review import profile
from planlib.review.midterm import midterm
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


@pytest.mark.parametrize(
    ("target", "figures", "level"),
    [
        # A range keeps both its ends: 15 to 20 % under 200.
        (
            SINCE | {"comparison": "between", "value": None, "low": -20, "high": -15,
                     "better": "lower", "basis": "change_since"},
            (200, 190, 171), (160, 170),
        ),
        # Over the term a change is on the baseline year: 5 % under 200.
        (FALL | {"cadence": "over_term"}, (200, 190, 171), (190,)),
        # What is kept is the figure it started from, not the difference from it.
        ({"comparison": "maintain", "better": "lower", "cadence": "every_year"}, (200, 190, 171), (200,)),
        # No percentage is taken of nothing: no level is drawn, the figures are.
        (SINCE | {"basis": "change_since"}, (0, 5, 7), ()),
        (SINCE | {"basis": "difference_since"}, (0, 5, 7), (-20,)),
    ],
)  # fmt: skip
def test_the_level_to_reach_says_the_same_as_the_change(
    target: dict[str, Any], figures: tuple[int, ...], level: tuple[float, ...]
) -> None:
    made = plan(goal(target={k: v for k, v in target.items() if v is not None}))
    rows = ({"year": 2010 + at, "value": value} for at, value in enumerate(figures))
    evaluation = Evaluation(made, observations(*rows))
    alone = natural(evaluation, profile(evaluation, "a", "g"))
    assert alone is not None
    assert [point.value for point in alone.points] == list(figures)
    held = {(t.value,) if t.value is not None else (t.low, t.high) for _, t in alone.targets if t}
    assert held == ({level} if level else set())


def test_growth_shows_the_stock_that_the_plan_names() -> None:
    """Four new members on 160, six on 164: the members are drawn, not 2.5 and 3.7 percent."""
    growth = {"comparison": "at_least", "value": 3, "basis": "growth", "cadence": "every_year"}
    figures = observations(
        {"year": 2011, "numerator": 4, "denominator": 160},
        {"year": 2012, "numerator": 6, "denominator": 164},
    )
    named = plan(goal(target=growth, figure_unit={"vi": "hội viên", "en": "members"}))
    evaluation = Evaluation(named, figures)
    page = ExplorePage(evaluation, "a", "g", "en")
    text = page.picture().text.replace("\N{NO-BREAK SPACE}", " ")
    assert "164 members in 2012" in text and "the growth is taken of" in text
    assert [one.verdict.name for one in page.profile.verdicts[:2]] == ["not_met", "exceeded"]
    nameless = Evaluation(plan(goal(target=growth)), figures)
    assert natural(nameless, profile(nameless, "a", "g")) is None


def test_small_charts_show_the_figures_themselves_with_their_forecast() -> None:
    """A fall of 20 from 200 is drawn as a way to 180, and so is its forecast."""
    evaluation = seen(SINCE | {"basis": "difference_since"}, unit=CASES)
    review = midterm(evaluation, "a", 2012)
    chart = trend_multiples(review, review.verdicts, Language("en"))
    assert chart is not None
    told = chart.alt.replace("\N{NO-BREAK SPACE}", " ")
    assert "2010: 200 cases, 2011: 190 cases, 2012: 171 cases" in told
    stated = outlook(evaluation, "a", 2012).of("g")
    fan = (FanYear(2013, -45.0, -40.0, -36.0, -32.0, -28.0),)
    shown = review.alone["g"].ahead(replace(stated, fan=fan))
    assert shown.fan == (FanYear(2013, 155.0, 160.0, 164.0, 168.0, 172.0),)
    assert shown.probability == stated.probability


def test_a_goal_compared_as_reported_has_no_other_figures() -> None:
    evaluation = seen({"comparison": "at_least", "value": 90, "cadence": "every_year"}, unit=TEXT)
    assert natural(evaluation, profile(evaluation, "a", "g")) is None
