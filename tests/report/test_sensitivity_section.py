"""The section on whether verdicts hold: headline, sums, and what each goal hangs on."""

from __future__ import annotations

from functools import cache

import pytest
from helpers import TEXT, goal, observations, plan

from planlib.evaluation import Evaluation, evaluate
from planlib.language.language import Language
from planlib.report.pages.midterm import MidtermPage
from planlib.report.pages.sensitivity_section import sensitivity_section
from planlib.review import midterm
from planlib.review.sensitivity import Sensitivity, sensitivity

COUNT = {"comparison": "at_least", "value": 10, "basis": "count", "cadence": "every_year"}


@cache
def ward() -> Sensitivity:
    return sensitivity(evaluate("ward-2010-2015"), "ward-01", 2013)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_headline_stands_between_its_bounds(lang: str) -> None:
    page = MidtermPage(midterm(evaluate("ward-2010-2015"), "ward-01"), lang, sensitivity=ward())
    shown, result = page.robust(), ward()
    for number in (
        result.counts.reached,
        result.reached_always,
        result.reached_at_best,
        result.counts.expected,
    ):
        assert str(number) in shown.text
    assert 'id="robust"' in shown.html
    assert all(g.verdict.goal.name.in_language(lang) in shown.text for g in result.not_robust)


def test_each_goal_says_what_would_change_it_and_to_what() -> None:
    one = plan(goal(unit=TEXT, target=COUNT))
    figures = observations({"year": 2013, "value": 10})
    result = sensitivity(Evaluation(one, figures), "a", 2013)
    shown = sensitivity_section(result, 2013, {"all": "All"}, Language("en"), illustrative=False)
    assert "one case fewer: Missed" in shown.text
    assert (
        "met or exceeded in 2013: 1. Whatever is doubted, 0 would stay so; were every doubt, missing figures included, resolved in its favour, it would be 1 of the 1 that should have a figure"
        in shown.text
    )


def test_where_nothing_is_in_doubt_one_sentence_says_so() -> None:
    one = plan(goal(unit=TEXT, target=COUNT))
    figures = observations({"year": 2013, "value": 25})
    result = sensitivity(Evaluation(one, figures), "a", 2013)
    shown = sensitivity_section(result, 2013, {"all": "All"}, Language("vi"), illustrative=False)
    assert "Không điều nào trong số đó làm đổi" in shown.text and "<table" not in shown.html
