"""Outlook to the end of the term, as a reader sees it: chances with their record, silence with its reason."""

from __future__ import annotations

import re
from typing import Any

import pytest
from helpers import TEXT, goal, observations, plan

from planlib.evaluation import Evaluation, evaluate
from planlib.evaluation.outlook import PlanOutlook, outlook
from planlib.language.language import Language
from planlib.plan.goal import Goal
from planlib.plan.header import Thresholds
from planlib.report.pages.outlook_section import outlook_section
from planlib.report.text.outlook import chance_text

EN, VI = Language("en"), Language("vi")
DONE = {"comparison": "done", "cadence": "every_year"}


def yes_no(*answers: int, goal_id: str = "g") -> list[dict[str, Any]]:
    return [{"goal": goal_id, "year": 2010 + at, "value": one} for at, one in enumerate(answers)]


def ahead(goals: list[Goal], rows: list[dict[str, Any]], after: int = 2013) -> PlanOutlook:
    return outlook(Evaluation(plan(*goals), observations(*rows)), "a", after)


def said(result: PlanOutlook, language: Language = EN) -> str:
    return outlook_section(result, language, illustrative=False).text.replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_a_chance_stands_beside_its_record() -> None:
    # Yes in four of four years, and a mean of (1 + 3 · 0.5) / 4 worth two: 5.25 / 6,
    # 87.5 %, told in whole percent as 88.
    text = said(ahead([goal(target=DONE)], yes_no(1, 1, 1, 1)))
    assert "88% (in 2015)" in text
    assert re.search(
        r"of [\d,]+ forecasts like this 2 years ahead, [\d,]+ came true \(9\d%\)", text
    )
    assert "↗ On track" in text


def test_what_is_decided_is_told_as_a_fact() -> None:
    kept = goal(unit=TEXT, target={"comparison": "at_most", "value": 2, "cadence": "keep"})
    rows = [{"year": year, "value": value} for year, value in ((2011, 1), (2012, 5), (2013, 1))]
    text = said(ahead([kept], rows))
    assert "✖ Out of reach" in text and "a fact, not a forecast" in text


def test_how_many_goals_will_be_met_is_told_with_the_chance_of_half_most_and_nearly_all() -> None:
    goals = [goal(name, target=DONE) for name in ("g", "h")]
    rows = yes_no(1, 1, 1, 1) + yes_no(1, 1, 1, 1, goal_id="h")
    result = ahead(goals, rows)
    text = said(result)
    assert "2 goals have a probability" in text and "1.7 on average" in text
    assert f"1 goal: {chance_text(result.at_least[1], EN)}".replace("\xa0", " ") in text
    # A common shock makes "both" likelier than .9 × .9 and "at least one" less likely.
    assert 0.875**2 < result.at_least[2] < 0.875 < result.at_least[1] < 0.99


def test_a_goal_without_a_probability_says_why() -> None:
    goals = [goal("g", target=DONE), goal("h", target=DONE)]
    text = said(ahead(goals, yes_no(1, 1, 1, 1) + yes_no(1, 0, goal_id="h")))
    assert "1 goal has no probability: under three figures (1)" in text
    assert "… Too few points" in text


def test_without_three_figures_anywhere_nothing_is_forecast() -> None:
    text = said(ahead([goal(target=DONE)], yes_no(1, 1)), VI)
    assert "Không chỉ tiêu nào có đủ ba số liệu để dự báo." in text and "%" not in text


def test_when_the_term_is_over_nothing_is_left_to_forecast() -> None:
    text = said(ahead([goal(target=DONE)], yes_no(1, 1, 1, 1, 1, 1), after=2015))
    assert text == "Outlook to the end of the term\nThe term is over; nothing is left to forecast."


def test_a_chance_is_never_rounded_across_the_threshold_of_its_word() -> None:
    cuts = Thresholds()
    told = [chance_text(p, EN, cuts).replace("\xa0", " ") for p in (0.6996, 0.7, 0.2999, 0.004)]
    assert told == ["69.96%", "70%", "29.99%", "under 1%"]
    assert chance_text(0.6996, EN).replace("\xa0", " ") == "70%"


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", ["ward-2010-2015", "viet-nam-2011-2015", "viet-nam-2016-2020"])
def test_every_goal_of_the_shipped_plans_is_listed_whole(name: str, lang: str) -> None:
    evaluation = evaluate(name)
    text = outlook_section(
        outlook(evaluation, evaluation.area()), Language(lang), illustrative=True
    ).text
    assert "None" not in text and "nan" not in text and not re.search(r"\{\w*\}", text)
    for one in evaluation.plan.goals:
        assert one.name.in_language(lang) in text
