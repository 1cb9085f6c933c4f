"""Figures that are late: by the calendar of the plan, where a verdict needs them, by whom to ask."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from commands import planlib
from helpers import goal, observations, plan
from pydantic import ValidationError

from planlib.evaluation import Evaluation
from planlib.language.language import Language
from planlib.plan.goal import Goal
from planlib.plan.header import PlanHeader
from planlib.report.text.late import late_blocks, late_record
from planlib.review.late import late_figures

POLICE = {"vi": "Công an", "en": "Police"}
EACH_YEAR = {"comparison": "at_least", "value": 90, "cadence": "every_year"}
BY_2013 = {"comparison": "at_least", "value": 90, "cadence": "by", "due": 2013}
CLEARED = {"goal": "g", "year": 2011, "value": 91.0, "vintage": "2012-02-10"}


def late(
    day: str, *rows: dict[str, Any], within: int = 0, goals: tuple[Goal, ...] = ()
) -> list[Any]:
    """(area, goal, period, days late) of what is late on a day."""
    made = plan(*(goals or (goal(lead=POLICE, target=EACH_YEAR),)))
    made = made.model_copy(
        update={"header": made.header.model_copy(update={"reported_within": within})}
    )
    on = date.fromisoformat(day).toordinal()
    found = late_figures(Evaluation(made, observations(*(rows or (CLEARED,)))), on)
    return [(one.area, one.goal.id, one.period, on - one.due) for one in found]


def test_a_figure_is_late_from_the_day_after_it_was_due_until_it_is_reported() -> None:
    assert late("2011-12-31") == []
    assert late("2012-01-01") == [("a", "g", 2011, 1), ("b", "g", 2011, 1)]
    assert late("2012-02-10") == [("b", "g", 2011, 41)]


def test_a_plan_may_leave_days_for_reporting() -> None:
    assert late("2012-01-31", within=31) == []
    assert late("2012-02-01", within=31) == [("a", "g", 2011, 1), ("b", "g", 2011, 1)]


def test_nothing_is_asked_for_that_no_verdict_needs() -> None:
    none = {"goal": "g", "year": 2011, "state": "not_applicable", "vintage": "2011-12-31"}
    assert late("2012-06-30", none, {**none, "area": "b"}) == []
    early = (goal(target=BY_2013),)
    assert late("2013-12-31", CLEARED, goals=early) == []
    assert late("2014-01-01", CLEARED, goals=early)[0][:3] == ("a", "g", 2013)


def test_they_are_told_by_whom_to_ask() -> None:
    goals = (goal(lead=POLICE, target=EACH_YEAR), goal("h", target=EACH_YEAR))
    made, day = plan(*goals), date(2012, 6, 30).toordinal()
    found = late_figures(Evaluation(made, observations(CLEARED)), day)
    told = late_blocks(made, found, day, Language("en")).text
    assert "3 figures are late on 30 June 2012." in told
    assert "Ask Police: 1" in told and "the plan names no body in charge): 2" in told
    assert late_record(found[0], day) == {
        "lead": POLICE, "area": "b", "goal": "g", "period": 2011, "due": "2011-12-31",
        "days_late": 182,
    }  # fmt: skip


def test_quarters_are_asked_for_when_they_are_over() -> None:
    header = plan(goal(target=EACH_YEAR)).header.model_dump() | {"periods": "quarter"}
    each = {"comparison": "at_least", "value": 90, "cadence": "every_period"}
    made = plan(goal(target=each)).model_copy(update={"header": PlanHeader.model_validate(header)})
    known = [{"goal": "g", "area": "b", "year": made.years[0], "value": 91.0}]
    found = late_figures(Evaluation(made, observations(*known)), date(2011, 7, 1).toordinal())
    assert [(one.area, str(one.period)) for one in found] == [
        ("a", "2011-Q1"), ("a", "2011-Q2"), ("b", "2011-Q2"),
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", [-1, 1001, 1.5, "soon"])
def test_the_days_for_reporting_are_a_whole_number(wrong: object) -> None:
    header = plan(goal(target=EACH_YEAR)).header.model_dump()
    with pytest.raises(ValidationError):
        PlanHeader.model_validate(header | {"reported_within": wrong})


def test_the_command_lists_what_is_late_in_json_and_in_words() -> None:
    asked = ("due", "ward-2010-2015", "--area", "ward-09", "--as-of", "2013-06-30")
    told = json.loads(planlib(*asked, "--json").stdout)
    assert {one["area"] for one in told} == {"ward-09"}
    assert {"case-clearance", "criminal-offences"} <= {one["goal"] for one in told}
    assert "Hỏi Công an phường: " in planlib(*asked, "--lang", "vi").stdout
    assert "en retard au 30 juin 2013" in planlib(*asked, "--lang", "fr").stdout
    assert "no figure is late" in planlib(*asked[:-1], "2011-06-30", "--lang", "en").stdout
    assert planlib("due", "ward-2010-2015", "--area", "ward-99").returncode == 1
