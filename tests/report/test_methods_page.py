"""The page of methods: one goal worked through, the rules of others, and the track record."""

from __future__ import annotations

import re

import pytest
from examples import LONG

from planlib.errors import InputError
from planlib.evaluation import evaluate
from planlib.language.language import Language
from planlib.outlook.backtest.record import standings, track_scores
from planlib.report.display import Blocks
from planlib.report.pages.methods import MethodsPage
from planlib.report.pages.record_section import method_name, record_section
from planlib.report.pages.rules_section import disagreements_section
from planlib.scoring.rules import METHODS

METHODS_OF_PAGE = ("title", "verdict", "forecast", "rules", "disagreements", "record", "notes")


def page(
    goal: str = "case-clearance", lang: str = "en", plan: str = "ward-2010-2015"
) -> MethodsPage:
    year = {"ward-2010-2015": 2013, "viet-nam-2011-2015": 2013, "viet-nam-2016-2020": 2018}[plan]
    evaluation = evaluate(plan)
    return MethodsPage(evaluation, evaluation.area(), goal, year, lang)


def texts(given: Blocks) -> str:
    return given.text.replace("\N{NO-BREAK SPACE}", " ")


GOALS = [
    ("ward-2010-2015", "case-clearance"),  # a share with a fan
    ("ward-2010-2015", "fires-explosions"),  # a count without a record
    ("ward-2010-2015", "poor-households"),  # no probability
    ("ward-2010-2015", "staff-qualified"),  # decided
    ("viet-nam-2011-2015", "gdp-growth"),
    ("viet-nam-2016-2020", "forest-cover"),  # too few points
]


@pytest.mark.parametrize(
    ("plan", "goal", "lang"),
    [
        (*one, lang)
        for at, one in enumerate(GOALS)
        for lang in (("vi", "en") if LONG else ("vi", "en")[at % 2 :][:1])
    ],
)
def test_every_cell_shows_something_whole(plan: str, goal: str, lang: str) -> None:
    one = page(goal, lang, plan)
    for name in METHODS_OF_PAGE:
        said = texts(getattr(one, name)())
        assert said and "None" not in said and "nan" not in said.split()
        assert not re.search(r"\{\w*\}", said), name


def test_the_verdict_is_worked_out_step_by_step() -> None:
    said = texts(page().verdict())
    for step in ("Target: at least 70%, every year", "Actual: 72.2%", "Verdict: Exceeded"):
        assert step in said
    assert "ward-2010-2015.csv" in said


def test_the_forecast_names_its_chance_its_record_and_its_distribution() -> None:
    one = page()
    said = texts(one.forecast())
    ahead = one.outlook.of("case-clearance")
    assert ahead.probability is not None and ahead.record is not None
    assert f"being met in 2015 is {100 * ahead.probability:.0f}%" in said
    assert (
        f"of {ahead.record.n:,} forecasts like this 2 years ahead, {ahead.record.k:,} came true"
        in said
    )
    assert "logit" in said and "from 4 figures" in said


def test_every_rule_answers_or_says_why_not() -> None:
    said = texts(page().rules())
    for method in METHODS:
        assert Language("en")(f"method.{method.id}.name") in said
    assert "The rule grades a body" in said


def test_only_goals_the_rules_disagree_on_are_listed() -> None:
    one = page()
    split = {row.goal for row in one.rows if row.disagreement}
    said = texts(one.disagreements())
    listed = {g.id for g in one.plan.goals if g.name["en"] in said}
    assert split <= listed and f"The rules disagree on {len(split)} goals" in said


def test_where_the_rules_agree_a_sentence_says_so() -> None:
    one = page()
    calm = [row for row in one.rows if row.goal == "case-clearance"]
    verdicts = [v for v in one.verdicts if v.goal.id == "case-clearance"]
    shown = disagreements_section(calm, verdicts, 2013, Language("en"), illustrative=True)
    assert "On every goal they can judge (1) the rules agree." in shown.text
    assert "<table" not in shown.html


def test_the_track_record_counts_its_wins_and_names_the_rivals() -> None:
    english = Language("en")
    said = texts(record_section(english))
    overall, *each = standings()
    assert overall.better and len(each) == 13
    won = sum(one.better for one in each)
    assert f"Better than every rival overall, and on {won} of 13 indicators" in said
    for score in track_scores():
        assert method_name(score.method, english) in said


def test_an_unknown_goal_or_year_is_a_problem_in_the_input() -> None:
    with pytest.raises(InputError, match="no goal 'case-clearence'"):
        page("case-clearence")
    with pytest.raises(InputError, match="must lie in 2011-2015"):
        MethodsPage(evaluate("ward-2010-2015"), "ward-01", "case-clearance", 2009, "en")
