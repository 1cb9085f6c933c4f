"""Published verdicts beside the computed ones, and parts that stand apart: shown and proven alike."""

from __future__ import annotations

import re
from typing import Any

import pytest
from helpers import TEXT, goal, observations, plan

from planlib.errors import Problem
from planlib.evaluation import Evaluation
from planlib.evaluation.agreement import agreement_of
from planlib.plan.goal import Section
from planlib.plan.plan import Plan
from planlib.report.pages.annual import AnnualPage
from planlib.verify.markup import read_page
from planlib.verify.recompute import Recomputed
from planlib.verify.tables import GoalTables

LEAST = {"comparison": "at_least", "value": 10, "basis": "level", "cadence": "every_year"}


def colours(*, exceeds: bool) -> Evaluation:
    """Figures of 12, 10 and 9 of 10, called met, met and missed; an earlier year perhaps exceeded."""
    opened = plan(*(goal(name, target=LEAST) for name in ("over", "even", "short")))
    published = {"over": (12, "met"), "even": (10, "met"), "short": (9, "met")}
    rows: list[dict[str, Any]] = [
        {"goal": name, "year": 2012, "value": value, "published_verdict": word}
        for name, (value, word) in published.items()
    ]
    word = "exceeded" if exceeds else "met"
    rows.append({"goal": "even", "year": 2011, "value": 11, "published_verdict": word})
    return Evaluation(opened, observations(*rows))


def page_of(evaluation: Evaluation) -> str:
    return AnnualPage.of(evaluation, "a", 2012, "en").blocks().html


def problems(evaluation: Evaluation, html: str) -> list[Problem]:
    rows = evaluation.figures.frame.to_dict("records")
    found: list[Problem] = []
    made = Recomputed(evaluation.plan, rows, area="a")
    GoalTables("page.html", "annual", 2012, "en", made, found).check(read_page(html).root)
    return found


@pytest.mark.parametrize(("exceeds", "differing"), [(False, {"short"}), (True, {"over", "short"})])
def test_met_is_said_of_what_is_exceeded_too_where_nobody_says_exceeded(
    exceeds: bool, differing: set[str]
) -> None:
    evaluation = colours(exceeds=exceeds)
    verdicts = evaluation.year_verdicts("a", 2012)
    assert {one.goal.id for one in verdicts if one.disagrees} == differing
    agreement = agreement_of(evaluation)
    assert (agreement.published, {one.goal.id for one in agreement.differing}) == (4, differing)
    html = page_of(evaluation)
    assert html.count("published: Met") == len(differing)
    assert problems(evaluation, html) == []


def test_a_mark_too_many_or_too_few_is_told() -> None:
    html = page_of(colours(exceeds=True))
    mark = re.search(r'<[a-z]+ class="pl-under">published: Met</[a-z]+>', html)
    assert mark is not None
    (told,) = problems(colours(exceeds=True), html.replace(mark[0], "", 1))
    assert "what is published must be told where it is another verdict" in str(told)
    told_of = [str(one) for one in problems(colours(exceeds=False), html)]
    assert any("'over'" in one and "and nowhere else" in one for one in told_of)
    assert any("must be short, found over, short" in one for one in told_of)


def apart() -> Plan:
    """A whole with one part below it, one before it and one in another section."""
    whole, *parts = (
        goal("whole", target=LEAST),
        *(goal(name, target=LEAST, part_of="whole") for name in ("before", "below", "elsewhere")),
    )
    before, below, elsewhere = parts
    first = Section.model_validate(
        {
            "section": "one",
            "name": TEXT,
            "goals": [before, goal("other", target=LEAST), whole, below],
        }
    )
    second = Section.model_validate(
        {"section": "two", "name": TEXT, "goals": [goal("last", target=LEAST), elsewhere]}
    )
    header = plan(whole).header.model_copy(update={"sections": ("one", "two")})
    return Plan(header=header, sections=(first, second))


def test_parts_that_stand_apart_from_their_whole_are_shown_in_the_plans_order_and_proven() -> None:
    opened = apart()
    assert [one.id for one in opened.goals if opened.below_whole(one)] == ["below"]
    evaluation = Evaluation(opened, observations({"goal": "whole", "year": 2012, "value": 10}))
    html = page_of(evaluation)
    office = html[html.index("pl-office") :].partition("</table>")[0]
    rows = re.findall(r'data-goal="([a-z]+)"', office)
    assert rows == ["before", "other", "whole", "below", "last", "elsewhere"]
    assert office.count("a part of “text”, not counted by itself") == 2
    assert problems(evaluation, html) == []
