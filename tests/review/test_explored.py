"""A view is made from the figures it needs alone, and says what all of them say."""

from __future__ import annotations

import pytest
from examples import turns
from helpers import goal, observations, plan

from planlib.evaluation import Evaluation, evaluate
from planlib.evaluation.outlook import outlook
from planlib.figures.observations import vintage_day
from planlib.outlook.kinds import Silence
from planlib.outlook.portfolio import MOST_AREAS
from planlib.plan.plan import Plan
from planlib.review.explored import Explorer, GoalView
from planlib.scoring.panel import Panel

WARD = evaluate("ward-2010-2015", audience="public")
EUROPE = evaluate("europe-2020")


@pytest.mark.parametrize("whole", [WARD, EUROPE], ids=["ward", "europe"])
def test_an_evaluation_of_a_few_areas_tells_of_them_what_the_whole_tells(whole: Evaluation) -> None:
    some = whole.areas[1:3]
    few = whole.about(some)
    assert len(few.figures.frame) < len(whole.figures.frame)
    period = whole.plan.years[-2]
    for area in some:
        assert few.verdicts(period, area).equals(whole.verdicts(period, area))
    assert few.partial == whole.partial and few.seen_by("internal").areas == whole.areas


@pytest.mark.parametrize(
    ("goal_id", "view", "supposed"),
    turns(
        [
            ("case-clearance", GoalView(2013, figure=60), {2013: 60}),
            ("case-clearance", GoalView(2012, pace=-3), {2013: 70.9677419355 - 3}),  # 22 of 31
            ("poor-households", GoalView(2013, figure=5, pace=-1), {2013: 5, 2014: 4}),
            ("alleys-upgraded", GoalView(2013, figure=40), {2013: 40}),
        ],
        2,
    ),
)
def test_what_is_supposed_is_forecast_as_by_the_whole_evaluation(
    goal_id: str, view: GoalView, supposed: dict[str | int, float]
) -> None:
    seen = Explorer(WARD).look("ward-01", goal_id, view)
    whole = WARD.what_if({goal_id: supposed}, "ward-01")
    through = max(map(int, supposed))
    ahead = outlook(whole, "ward-01", through).of(goal_id)
    assert seen.supposed == whole.verdict_of(whole.goal(goal_id), "ward-01", through)
    assert seen.ahead_supposed is not None and repr(seen.ahead_supposed) == repr(ahead)
    assert seen.ahead_supposed.fan == ahead.fan
    assert (seen.ahead_supposed.probability, seen.ahead_supposed.required) == (
        ahead.probability, ahead.required,
    )  # fmt: skip


def test_where_nothing_was_judged_the_latest_period_that_is_over_is_looked_at() -> None:
    """Not the last of the term, of which it would be said that the term is over."""
    made = plan(goal(target={"comparison": "at_least", "value": 60, "cadence": "by", "due": 2015}))
    rows = [{"area": "b", "goal": "g", "year": year, "value": 40, "vintage": f"{year + 1}-02-01"}
            for year in (2011, 2012)]  # fmt: skip
    given = Evaluation(made, observations(*rows))
    for day, period in (
        (None, 2012),
        ("2012-12-30", 2011),
        ("2014-06-01", 2013),
        ("2011-06-01", 2011),
    ):
        seen = Explorer(given.as_known_on(day)).look("a", "g", GoalView())
        assert seen.verdict.year == period, day
        assert seen.ahead is not None and seen.ahead.silence is not Silence.over
    names = given.verdicts("2012", areas="all")
    assert names["lead_name"].isna().all()
    assert WARD.verdicts("2013", lang="en")["lead_name"].notna().any()


def test_among_more_areas_than_lend_their_figures_the_forecast_is_the_same() -> None:
    target = {"comparison": "at_least", "value": 60, "cadence": "by", "due": 2015}
    made = plan(goal(target=target), goal("h", target=target))
    rows = [
        {"area": f"a-{n}", "goal": name, "year": year, "value": 40 + n % 17 + (year - 2010) * step}
        for n in range(MOST_AREAS + 20)
        for name, step in (("g", 2), ("h", -1))
        for year in range(2011, 2014)
    ]
    header = made.header.model_copy(update={"areas": ()})
    many = Evaluation(Plan(header=header, sections=made.sections), observations(*rows))
    for area in ("a-0", "a-1"):  # one of those that lend theirs, and one that is not
        seen = Explorer(many).look(area, "g", GoalView(2013, figure=50))
        whole = outlook(many, area, 2013).of("g")
        what_if = outlook(many.what_if({"g": {2013: 50}}, area), area, 2013).of("g")
        assert seen.ahead is not None and seen.ahead_supposed is not None
        assert whole.probability is not None and seen.ahead.fan == whole.fan
        assert seen.ahead.probability == whole.probability
        assert seen.ahead_supposed.fan == what_if.fan != whole.fan


def test_a_panel_of_an_earlier_day_holds_what_one_made_of_that_day_holds() -> None:
    figures = WARD.figures.of_area("ward-01")
    every_day = Panel(WARD.plan, figures, areas=["ward-01"])
    for text in ("2012-06-30", "2013-12-31"):
        day = vintage_day(text)
        made = Panel(WARD.plan, figures, areas=["ward-01"], as_of=day)
        later = every_day.known_on(day)
        for one in WARD.plan.goals:
            ours, theirs = later.figures(one), made.figures(one)
            assert ours.row.tolist() == theirs.row.tolist()
            assert ours.vintage.tolist() == theirs.vintage.tolist()
            assert ours.state.tolist() == theirs.state.tolist()
