"""Shipped plans: what they hold, so that no edit drops a goal unnoticed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from planlib.errors import InputError
from planlib.figures.reading import read_observations
from planlib.plan.base import ID_PATTERN
from planlib.plan.schema import plan_schema
from planlib.plan.shipped import DATA, PLANS, figure_files, open_plan, shipped_plans

GOALS = {
    "europe-2020": 18,
    "viet-nam-2011-2015": 34,
    "viet-nam-2016-2020": 35,
    "ward-2010-2015": 79,
}
SECTIONS = ("economy", "urban", "society", "security", "party", "government", "mobilisation")


def test_the_shipped_plans_are_these() -> None:
    assert shipped_plans() == sorted(GOALS)


@pytest.mark.parametrize("plan_id", sorted(GOALS))
def test_a_shipped_plan_is_whole(plan_id: str) -> None:
    plan = open_plan(plan_id)
    assert len(plan.goals) == GOALS[plan_id]
    assert plan.id == plan_id == (PLANS / plan_id).name
    for goal in plan.goals:
        assert re.fullmatch(ID_PATTERN, goal.id) and len(goal.id) <= 64
        assert len(set(goal.name.values())) == len(plan.header.languages) == len(goal.name)
        assert goal.source


@pytest.mark.parametrize("plan_id", sorted(GOALS))
def test_the_figures_of_a_shipped_plan_have_no_problem(plan_id: str) -> None:
    plan = open_plan(plan_id)
    figures = read_observations(figure_files(plan), plan)
    assert len(figures.frame) > 30
    assert figures.illustrative == (plan_id == "ward-2010-2015")


def test_the_ward_plan_has_its_seven_sections() -> None:
    plan = open_plan("ward-2010-2015")
    assert tuple(section.section for section in plan.sections) == SECTIONS
    assert plan.years == (2011, 2012, 2013, 2014, 2015)
    assert plan.header.baseline_year == 2010 and plan.midterm_after == 2013


# Read from part II of the text: comparison, bounds, basis, cadence and due year.
COMMITMENTS = {
    "noncompliant-construction": ("at_most", (10,), "share", "every_year", None),
    "alleys-upgraded": ("between", (1, 2), "count", "every_year", None),
    "alleys-maintained": ("between", (12, 15), "count", "every_year", None),
    "child-vaccination": ("at_least", (100,), "share", "every_year", None),
    "third-births": ("below", (3,), "share", "every_year", None),
    "cultural-families": ("at_least", (90,), "share", "every_year", None),
    "criminal-offences": ("between", (-7, -5), "change", "every_year", None),
    "case-clearance": ("at_least", (70,), "share", "every_year", None),
    "drug-hotspots-transformed": ("between", (90, 95), "share", "every_year", None),
    "party-in-militia": ("at_least", (15.5,), "share", "every_year", None),
    "new-party-members": ("between", (15, 20), "count", "over_term", None),
    "staff-qualified": ("at_least", (100,), "share", "by", 2012),
    "young-staff-degrees": ("between", (10, 20), "share", "by", 2012),
    "groups-excellent": ("above", (80,), "share", "every_year", None),
    "women-union-new-members": ("at_least", (1300,), "count", "every_year", None),
    "women-union-household-coverage": ("above", (90,), "share", "every_year", None),
    "veterans-growth": ("at_least", (3,), "growth", "every_year", None),
    "red-cross-new-members": ("at_least", (80,), "count", "every_year", None),
    "poor-households": ("at_most", (0,), "share", "by", 2015),
}


@pytest.mark.parametrize("goal_id", sorted(COMMITMENTS))
def test_a_commitment_of_the_ward_is_read_as_the_text_says(goal_id: str) -> None:
    target = open_plan("ward-2010-2015").goal(goal_id).main_target()
    ends = tuple(e for e in (target.value, target.low, target.high) if e is not None)
    found = (target.comparison, ends, target.basis, target.cadence, target.due)
    assert found == COMMITMENTS[goal_id]


def test_the_named_neighbourhoods_are_those_of_the_text() -> None:
    plan = open_plan("ward-2010-2015")
    members = {
        goal: [m.id for m in plan.goal(goal).main_target().members]
        for goal in (
            "cultural-neighbourhoods-kept",
            "cultural-neighbourhood-six",
            "cultural-neighbourhoods-term-end",
            "rescue-teams",
        )
    }
    assert members["cultural-neighbourhoods-kept"] == ["kp-1", "kp-4", "kp-5"]
    assert members["cultural-neighbourhood-six"] == ["kp-6"]
    assert members["cultural-neighbourhoods-term-end"] == ["kp-2", "kp-3"]
    assert members["rescue-teams"] == [f"kp-{n}" for n in range(1, 7)]


def test_the_readme_of_the_ward_plan_names_every_goal() -> None:
    text = (PLANS / "ward-2010-2015" / "README.md").read_text(encoding="utf-8")
    missing = [goal for goal in open_plan("ward-2010-2015").goal_ids if f"`{goal}`" not in text]
    assert missing == []


def test_a_goal_of_two_national_plans_has_one_id_and_one_name() -> None:
    one, two = open_plan("viet-nam-2011-2015"), open_plan("viet-nam-2016-2020")
    shared = set(one.goal_ids) & set(two.goal_ids)
    assert "gdp-growth" in shared
    for goal in shared:
        assert one.goal(goal).name["en"] == two.goal(goal).name["en"]


def test_the_national_target_differs_by_year() -> None:
    goal = open_plan("viet-nam-2011-2015").goal("gdp-growth")
    in_2012, in_2013 = goal.target_for(2012), goal.target_for(2013)
    assert in_2012 is not None and (in_2012.low, in_2012.high) == (6, 6.5)
    assert in_2013 is not None and (in_2013.comparison, in_2013.value) == ("about", 5.5)
    assert goal.target_for(2011) is None


def test_an_unknown_plan_is_answered_with_a_near_one() -> None:
    with pytest.raises(InputError, match="did you mean 'ward-2010-2015'"):
        open_plan("ward-2010-2016")


def test_the_published_schema_is_the_one_the_model_gives() -> None:
    published = json.loads((PLANS / "plan.schema.json").read_text(encoding="utf-8"))
    assert published == plan_schema(), "run `make schema`"


def test_shipped_data_lies_where_the_plans_say() -> None:
    for plan_id in GOALS:
        for path in figure_files(open_plan(plan_id)):
            assert path.is_file() and path.is_relative_to(DATA)


def test_every_text_file_of_the_plans_is_named_for_its_section() -> None:
    for path in Path(PLANS).glob("*/0*.yaml"):
        assert f"section: {path.stem.partition('-')[2]}" in path.read_text(encoding="utf-8")
