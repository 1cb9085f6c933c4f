"""An area, a group or a period may have a target of its own, which overrides what it names."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from commands import planlib
from helpers import TEXT, goal, observations, plan

from planlib.evaluation import Evaluation
from planlib.evaluation.outlook import outlook
from planlib.figures.observations import Observations
from planlib.language.language import Language
from planlib.plan.plan import Plan
from planlib.plan.reading import load_plan
from planlib.report.text.derivation import made_sentences
from planlib.report.text.phrases import target_text
from planlib.scoring.score import Standing, score, score_term
from planlib.verify.recompute import Recomputed

STATES = Path(__file__).parent / "states-plan"
LEAST = {"comparison": "at_least", "value": 75, "cadence": "every_year"}


def judged(made: Plan, figures: Observations) -> dict[tuple[str, int], str]:
    """The yearly verdicts by area and year, the same by both codes."""
    frame = score(made, figures)
    found = {
        (str(area), int(year)): str(verdict)
        for area, year, verdict in zip(frame["area"], frame["year"], frame["verdict"], strict=True)
    }
    for (area, year), verdict in found.items():
        rows = figures.of_area(area).frame.to_dict("records")
        again = Recomputed(made, rows, area=area)
        assert verdict == again.annual(made.goal("g"), year).verdict, (area, year)
    for year in made.years:
        terms = score_term(made, figures, standing=Standing(year))
        for area, verdict in zip(terms["area"], terms["verdict"], strict=True):
            rows = figures.of_area(str(area)).frame.to_dict("records")
            again = Recomputed(made, rows, area=str(area))
            assert str(verdict) == again.term(made.goal("g"), year).verdict, (area, year)
    return found


def in_areas(value: float, *areas: str, year: int = 2012) -> Observations:
    return observations(*({"area": area, "year": year, "value": value} for area in areas))


def test_each_area_is_held_against_its_own_target() -> None:
    made = plan(
        goal(
            target=LEAST,
            targets=[
                {"area": "b", "value": 80},
                {"area": "c", "comparison": "between", "low": 70, "high": 72},
                {"area": "d", "comparison": "at_most"},  # of the same number
                {"area": "e", "comparison": "above", "value": 76},
            ],
        )
    )
    found = judged(made, in_areas(76, "a", "b", "c", "d", "e"))
    assert [found[area, 2012] for area in "abcde"] == [
        "exceeded", "not_met", "exceeded", "not_met", "not_met",
    ]  # fmt: skip


def test_an_area_without_a_target_has_the_goals_or_none_where_the_goal_says_so() -> None:
    own = [{"area": "b", "value": 80}, {"area": "c", "no_target": True}]
    same = plan(goal(target=LEAST, targets=own))
    found = judged(same, in_areas(76, "a", "b", "c"))
    assert [found[area, 2012] for area in "abc"] == ["exceeded", "not_met", "not_applicable"]
    none = plan(goal(target=LEAST, targets=[*own, {"area": "d"}], other_areas="no_target"))
    found = judged(none, in_areas(76, "a", "b", "c", "d"))
    assert [found[area, 2012] for area in "abcd"] == [
        "not_applicable", "not_met", "not_applicable", "exceeded",
    ]  # fmt: skip
    assert found["a", 2013] == "not_applicable"  # no figure is missed where none is asked for


def test_a_goal_of_own_targets_alone_aims_at_nothing_elsewhere() -> None:
    made = plan(goal(targets=[{"area": "b", **LEAST}]))
    found = judged(made, in_areas(76, "a", "b"))
    assert (found["a", 2012], found["b", 2012]) == ("not_applicable", "exceeded")


def test_a_period_has_its_own_target_and_the_others_the_goals() -> None:
    made = plan(
        goal(
            target=LEAST,
            targets=[
                {"period": 2011, "value": 60},
                {"period": 2012, "comparison": "between", "low": 61, "high": 65},
                {"area": "b", "period": 2011, "value": 62},
            ],
        )
    )
    rows = ({"area": a, "year": y, "value": 61} for a in "ab" for y in (2011, 2012, 2013))
    found = judged(made, observations(*rows))
    assert [found["a", year] for year in (2011, 2012, 2013)] == ["exceeded", "met", "not_met"]
    assert [found["b", year] for year in (2011, 2012, 2013)] == ["not_met", "met", "not_met"]


def test_periods_alone_are_what_yearly_is() -> None:
    steps = {2011: 60, 2013: 70}
    rows = observations(*({"year": year, "value": 65} for year in range(2011, 2014)))
    found = []
    for shape in (
        {"targets": [{"period": y, **LEAST, "value": v} for y, v in steps.items()]},
        {"yearly": [{"year": y, **LEAST, "value": v} for y, v in steps.items()]},
    ):
        shaped = [
            {k: v for k, v in one.items() if k != "cadence" or key == "yearly"}
            for key, entries in shape.items()
            for one in entries
        ]
        made = plan(goal(**{next(iter(shape)): shaped}))
        found.append(judged(made, rows))
    assert found[0] == found[1]
    assert [found[0]["a", year] for year in (2011, 2012, 2013)] == [
        "exceeded", "not_applicable", "not_met",
    ]  # fmt: skip


def test_steps_on_the_way_leave_the_target_at_the_end() -> None:
    by = {"comparison": "at_least", "value": 80, "cadence": "by", "due": 2015}
    made = plan(goal(target=by, targets=[{"period": 2012, "value": 60}]))
    rows = observations(
        *({"year": 2011 + i, "value": v} for i, v in enumerate((58, 61, 65, 72, 81)))
    )
    found = judged(made, rows)
    assert [found["a", year] for year in range(2011, 2016)] == [
        "not_yet", "exceeded", "not_yet", "not_yet", "exceeded",
    ]  # fmt: skip
    (verdict,) = Evaluation(made, rows).term_verdicts("a")
    assert verdict.target is not None and verdict.target.value == 80
    assert verdict.verdict.name == "exceeded"


def test_an_area_starts_from_its_own_baseline() -> None:
    by = {"comparison": "at_least", "value": 80, "cadence": "by", "due": 2015}
    start = {"year": 2010, "value": 60, "source": "text"}
    made = plan(
        goal(target=by, targets=[{"area": "b", "baseline": start}], baseline=start | {"value": 40})
    )
    frame = score(made, in_areas(70, "a", "b"), years=[2012])
    # from 40 to 80 three quarters are gone, from 60 one half
    assert frame["road"].tolist() == [0.75, 0.5]


def test_the_area_says_its_own_target_or_that_none_is_set() -> None:
    made = plan(
        goal(target=LEAST, targets=[{"area": "b", "value": 80}, {"area": "c", "no_target": True}])
    )
    evaluation, en = Evaluation(made, in_areas(76, "a", "b", "c")), Language("en")
    told = {}
    for area in "abc":
        (verdict,) = evaluation.year_verdicts(area, 2012)
        told[area] = target_text(verdict.goal, verdict.target, en), verdict.rule
        if area == "c":
            assert made_sentences(verdict, en)[0] == "No target is set for this area."
    assert [told[area][0] for area in "abc"] == [
        "at least 75%",
        "at least 80%",
        "no target set",
    ]
    assert "no target set for this area: 76 -> not_applicable" in told["c"][1]
    frame = evaluation.verdicts("2012", areas="all")
    assert frame["target"].tolist()[:2] == [75, 80] and np.isnan(frame["target"].tolist()[2])


def test_what_lies_ahead_is_asked_of_the_areas_own_target() -> None:
    by = {"comparison": "at_least", "value": 50, "cadence": "by", "due": 2015}
    own = [{"area": "b", "value": 90}, {"area": "c", "no_target": True}]
    made = plan(goal(unit=TEXT, target=by, targets=own))
    rows = (
        {"area": area, "year": year, "value": 40 + (year - 2005) * 2.0 + (year % 2)}
        for area in "abc"
        for year in range(2005, 2014)
    )
    evaluation = Evaluation(made, observations(*rows))
    chances = [outlook(evaluation, area, 2013).goals[0].probability for area in "abc"]
    assert chances[0] is not None and chances[1] is not None and chances[2] is None
    assert chances[0] > 0.9 > 0.1 > chances[1]


@pytest.mark.parametrize(
    ("basis", "targets", "held"),
    [
        # Of everybody 75 in each year but 2013; women have steps in 2012 and, in area b, in 2014.
        ("level", [{"period": 2013, "value": 78}, {"group": "sex=women", "period": 2012, "value": 60},
                   {"group": "sex=women", "area": "b", "period": 2014, "value": 66}],
         {"a": [75, 60, 78, 75], "b": [75, 60, 78, 66]}),
        # A count of everybody is no target of a group: only its own steps are.
        ("count", [{"group": "sex=women", "period": 2012, "value": 60}],
         {"a": [None, 60, None, None], "b": [None, 60, None, None]}),
        # Steps on the way of a group that has a target of its own.
        ("count", [{"group": "sex=women", "value": 50},
                   {"group": "sex=women", "period": 2013, "value": 55}],
         {"a": [50, 50, 55, 50], "b": [50, 50, 55, 50]}),
        ("level", [{"group": "sex=women", "no_target": True}], {"a": [None] * 4}),
    ],
)  # fmt: skip
def test_a_group_may_have_targets_of_single_periods(
    basis: str, targets: list[dict[str, object]], held: dict[str, list[float | None]]
) -> None:
    made = plan(goal(target=LEAST | {"basis": basis}, targets=targets))
    years = (2011, 2012, 2013, 2014)
    for area, values in held.items():
        women = made.goal("g").in_area(area).in_group("sex=women")
        proof = Recomputed(made, [], area=area)
        for year, value in zip(years, values, strict=True):
            for target in (women.target_for(year), proof.target_of(women, year)):
                assert (None if target is None else target.value) == value, (area, year)
        assert proof.of_term(women) == women.term_target_for()


def test_a_group_has_its_own_target() -> None:
    women = goal(target=LEAST, targets=[{"group": "sex=women", "value": 60}]).in_group("sex=women")
    found = women.target_for(2012)
    assert found is not None and found.value == 60
    men = women.in_group("sex=men").target_for(2012)
    assert men is not None and men.value == 75


def test_a_revision_brings_new_own_targets() -> None:
    revised = goal(
        target=LEAST,
        targets=[{"area": "b", "value": 80}],
        revisions=[{"date": "2013-06-30", "reason": TEXT, "targets": [{"area": "b", "value": 70}]}],
    )
    made = plan(revised)
    figures = in_areas(76, "b")
    early, late = (Evaluation(made, figures, day) for day in ("2013-01-31", "2014-01-31"))
    assert early.year_verdicts("b", 2012)[0].verdict.name == "not_met"
    assert late.year_verdicts("b", 2012)[0].verdict.name == "exceeded"


def told(tmp_path: Path, entries: str, head: str = "") -> list[str]:
    """The problems of the plan of states when its first goal has other own targets."""
    folder = tmp_path / "plan"
    shutil.copytree(STATES, folder)
    text = (folder / "labour.yaml").read_text("utf-8")
    start, rest = text.split("    other_areas: no_target\n", 1)
    rest = rest[rest.index("  - id: leavers") :]
    section = f"{start}{head}    targets:\n{entries}\n{rest}"
    (folder / "labour.yaml").write_text(section, "utf-8")
    return [str(problem).replace(f"{folder}/", "") for problem in load_plan(folder)[1]]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{value: 70}", "an entry of 'targets' names an 'area', a 'group' or a 'period'"),
        ("{area: nort, value: 70}", "there is no area 'nort' (did you mean 'north'?)"),
        ("{area: north, period: 2019, value: 70}", "must lie in the term 2011-2014, found 2019"),
        (
            "{area: north, period: 2012, value: 70, due: 2013}",
            "a target of a 'period' holds in that",
        ),
        ("{area: north}", "names nothing that differs from the goal's target"),
        ("{area: north, no_target: true, value: 3}", "'no_target' says that none is set there"),
        ("{area: north, low: 3}", "'at_least'"),
        ("{area: north, comparison: between, low: 3}", "'between' needs 'low' and 'high'"),
        ("{area: north, cadence: keep, due: 2014}", "'due'"),
        ("{area: north, comparison: done}", "the areas of a goal report the same kind of figure"),
        ("{area: north, basis: quota}", "the areas of a goal report the same kind of figure"),
        ("{area: north, basis: share, value: 170}", "170"),
        ("{group: sex=women, value: 70}", "'sex'"),
        ("{area: north, tolerance: {value: 3}}", "the tolerance is a 'value', and the figure"),
    ],
)
def test_own_targets_that_cannot_be_meant_are_refused_at_their_line(
    tmp_path: Path, entry: str, message: str
) -> None:
    problems = told(tmp_path, f"      - {entry}")
    assert any(message in problem for problem in problems), problems
    assert all(problem.startswith("labour.yaml:10: ") for problem in problems), problems


def test_an_area_and_a_period_that_both_claim_a_year_are_refused(tmp_path: Path) -> None:
    both = "      - {period: 2012, value: 70}\n      - {area: north, value: 80}"
    (problem,) = told(tmp_path, both)
    assert "in 2012, does 'north' have the target of the area or of the period?" in problem
    assert "add an entry {area: north, period: 2012, …}" in problem


def test_an_area_said_twice_and_a_rest_without_any_are_refused(tmp_path: Path) -> None:
    twice = "      - {area: north, value: 70}\n      - {area: north, value: 80}"
    (problem,) = told(tmp_path, twice)
    assert "this was said in entry 1 of 'targets' already" in problem
    shutil.rmtree(tmp_path / "plan")
    (problem,) = told(tmp_path, "      - {period: 2012, value: 70}", "    other_areas: no_target\n")
    assert "'other_areas' speaks of areas beside those with a target of their own" in problem


@pytest.mark.usefixtures("here")
def test_pages_of_areas_with_their_own_targets_are_proven(tmp_path: Path) -> None:
    out = tmp_path / "reports"
    made = planlib(
        "batch", str(STATES), "--areas", "north,south,island", "--years", "2012", "--midterm",
        "--lang", "en", "--out", str(out),
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    proof = planlib("verify", str(out), "--plan-dir", str(STATES))
    assert proof.returncode == 0, proof.stdout + proof.stderr
    page = (out / "states-plan" / "north" / "annual-2012.en.html").read_text("utf-8")
    assert "77–78" in page
    island = (out / "states-plan" / "island" / "annual-2012.en.html").read_text("utf-8")
    assert "No target is set for this area." in island


def test_own_targets_of_which_none_is_whole_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    shutil.copytree(STATES, folder)
    text = (folder / "labour.yaml").read_text("utf-8")
    target = "    target: {comparison: at_least, value: 75, basis: level, cadence: by, due: 2014}\n"
    (folder / "labour.yaml").write_text(text.replace(target, ""), "utf-8")
    problems = [str(problem) for problem in load_plan(folder)[1]]
    assert problems and all("labour.yaml:" in problem for problem in problems)
    assert any("no entry of 'targets' is a whole target" in problem for problem in problems)


def test_a_year_without_a_target_of_members_is_not_judged() -> None:
    """Their answers make no figure there, and no area is in another's way."""
    members = [{"id": one, "name": TEXT} for one in ("one", "two")]
    step = {"year": 2013, "comparison": "all_of", "members": members, "cadence": "every_year"}
    made = plan(goal(unit=TEXT, yearly=[step]))
    rows = [
        {"area": area, "year": year, "member": one, "value": 1}
        for area in ("a", "b")
        for year in (2012, 2013)
        for one in ("one", "two")
    ]
    figures = observations(*rows)
    frame = score(made, figures).set_index(["area", "year"])
    found = [(str(frame.loc[("a", year), "verdict"])) for year in (2011, 2012, 2013)]
    again = Recomputed(
        made, [row for row in figures.frame.to_dict("records") if row["area"] == "a"]
    )
    proven = [again.annual(made.goals[0], year) for year in (2011, 2012, 2013)]
    assert found == [one.verdict for one in proven] == ["not_due", "not_due", "met"]
    assert np.isnan(frame.loc[("a", 2012), "value"]) and proven[1].value is None
