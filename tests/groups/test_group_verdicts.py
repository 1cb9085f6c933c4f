"""Groups are judged like everybody, beside everybody, and counted nowhere."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from commands import planlib

from planlib.errors import InputError
from planlib.evaluation import Evaluation, evaluate
from planlib.figures.reading import read_observations
from planlib.plan.reading import read_plan
from planlib.review import annual
from planlib.scoring.score import score, score_term
from planlib.verify.claims import groups_followed
from planlib.verify.recompute import Recomputed

NORTHFIELD = Path(__file__).parent / "northfield"


@pytest.fixture(scope="module")
def northfield() -> Evaluation:
    """Everything known of the plan."""
    plan = read_plan(NORTHFIELD)
    return evaluate(plan, read_observations([NORTHFIELD / "figures.csv"], plan))


def said(evaluation: Evaluation, **asked: str) -> list[tuple[object, ...]]:
    frame = evaluation.verdicts("2023", **asked)
    columns = ["goal", "group", "value", "verdict"]
    return [tuple(row) for row in frame[columns].itertuples(index=False)]


def test_each_group_is_held_against_the_target_of_its_goal(northfield: Evaluation) -> None:
    assert [row for row in said(northfield, group="all") if row[0] == "school-completion"] == [
        ("school-completion", "", 79.0, "not_met"),  # 158 of 200
        ("school-completion", "sex=women", 86.0, "exceeded"),
        ("school-completion", "sex=men", 72.0, "not_met"),
        ("school-completion", "district=north", pytest.approx(100 * 60 / 70), "exceeded"),
        ("school-completion", "district=south", 72.5, "not_met"),  # 58 of 80
        ("school-completion", "district=lake", 80.0, "met"),  # 40 of 50
        ("school-completion", "sex=women;district=south", 75.0, "not_met"),  # 30 of 40
        ("school-completion", "sex=men;district=south", 70.0, "not_met"),  # 28 of 40
    ]


def test_a_count_of_everybody_is_no_target_of_a_group(northfield: Evaluation) -> None:
    found = northfield.verdicts("2023", group="sex=women").set_index("goal")
    assert found.loc["new-jobs", "value"] == 50
    assert found.loc["new-jobs", "verdict"] == "not_applicable"
    assert pd.isna(found.loc["new-jobs", "target"])
    assert "libraries" not in found.index  # it is followed by no dimension


def test_a_group_without_figures_is_there_and_says_so(northfield: Evaluation) -> None:
    """Men have no reading score yet, which is due in 2024; nor has anybody in 2021."""
    assert (
        "reading-score",
        "sex=men",
        pytest.approx(float("nan"), nan_ok=True),
        "not_due",
    ) in said(northfield, group="all")
    in_2021 = northfield.verdicts("2021", group="district=lake").set_index("goal")
    assert in_2021.loc["school-completion", "verdict"] == "no_data"


def test_without_a_group_everybody_is_told_and_nobody_twice(northfield: Evaluation) -> None:
    assert [row[:2] for row in said(northfield)] == [
        ("school-completion", ""), ("new-jobs", ""), ("reading-score", ""), ("libraries", ""),
    ]  # fmt: skip


def test_groups_are_written_in_any_order_and_refused_with_a_hint(northfield: Evaluation) -> None:
    rows = said(northfield, group="district=south;sex=men")
    assert rows == [("school-completion", "sex=men;district=south", 70.0, "not_met")]
    with pytest.raises(InputError, match="did you mean 'women'"):
        northfield.verdicts("2023", group="sex=womn")


def test_no_count_holds_a_group(northfield: Evaluation) -> None:
    counts = annual(northfield, "northfield", 2023).rollup.counts
    assert (counts.all, counts.reached, counts.judged) == (4, 2, 4)  # jobs, libraries of four goals
    assert northfield.codes("northfield").shape == (4, 5)  # four goals; four years and mid-term


def test_the_frame_of_scores_has_groups_after_their_whole() -> None:
    plan = read_plan(NORTHFIELD)
    figures = read_observations([NORTHFIELD / "figures.csv"], plan)
    frame = score(plan, figures, years=[2023])
    jobs = frame[frame["goal"] == "new-jobs"]
    assert list(zip(jobs["group"], jobs["value"], strict=True)) == [
        ("", 120.0), ("sex=women", 50.0), ("sex=men", 70.0), ("age=under-25", 30.0),
        ("age=under-30", 60.0),
    ]  # fmt: skip
    term = score_term(plan, figures).set_index(["goal", "group"])["verdict"]
    assert term["reading-score", "sex=women"] == "no_data"  # due in 2024, of which nothing is told
    assert term["school-completion", "sex=men"] == "not_met"  # 58 of 100 in 2021 were too few


def test_json_names_the_group_of_every_row_and_the_dimensions_of_every_goal() -> None:
    rows = json.loads(planlib("score", str(NORTHFIELD), "--year", "2023", "--json").stdout)
    keys = [(row["goal"], row["group"]) for row in rows]
    assert keys[:3] == [
        ("school-completion", ""), ("school-completion", "sex=women"),
        ("school-completion", "sex=men"),
    ]  # fmt: skip
    women = rows[1]
    assert (women["verdict"], women["value"], women["inputs"][0]["row"]) == ("exceeded", 86.0, 9)
    goals = json.loads(planlib("goals", str(NORTHFIELD), "--json").stdout)
    assert [(one["id"], one["partition"]) for one in goals[1]["by"]] == [
        ("sex", True), ("age", False),
    ]  # fmt: skip
    assert goals[3]["by"] == []


def test_what_is_supposed_of_a_group_touches_nobody_else(northfield: Evaluation) -> None:
    other = northfield.what_if({"school-completion": {"2023": 81}}, group="sex=men")
    before, after = ({row[1]: row[3] for row in said(one, group="all")
                          if row[0] == "school-completion"} for one in (northfield, other))  # fmt: skip
    assert {group for group in before if before[group] != after[group]} == {"sex=men"}
    assert after["sex=men"] == "exceeded"
    with pytest.raises(InputError, match="not followed by"):
        northfield.what_if({"libraries": {"2023": 3}}, group="sex=men")


def test_changes_tell_the_group_whose_figure_is_new(northfield: Evaluation) -> None:
    found = northfield.changes("2023-06-30", "2024-06-30", lang="en")
    mine = found[(found["goal"] == "school-completion") & (found["period"] == "2023")]
    women = mine.set_index("group").loc["sex=women"]
    assert (women["group_name"], women["kind"], women["after"]) == ("Women", "new", "exceeded")
    assert mine["group"].iloc[0] == ""  # everybody stands first
    assert len(mine) == 8


def test_verdicts_of_groups_recomputed_row_by_row_are_the_same(northfield: Evaluation) -> None:
    rows = northfield.figures.frame.to_dict("records")
    again = Recomputed(northfield.plan, rows)
    compared = 0
    for year in northfield.plan.years:
        for verdict in northfield.group_verdicts("northfield", year):
            other = again.annual(verdict.goal, year)
            assert (other.verdict, other.inputs) == (
                verdict.verdict.name, tuple((one.file, one.row) for one in verdict.inputs)
            ), (verdict.goal.id, verdict.group, year)  # fmt: skip
            compared += 1
    for goal in northfield.plan.goals:
        found = [one.group for one in groups_followed(again, goal)]
        assert found == [
            one.group for one in northfield.scores("northfield").groups(goal, "northfield")
        ]
    assert compared == 4 * (7 + 4 + 2)


def test_a_group_is_held_against_a_target_of_its_own(tmp_path: Path) -> None:
    """Of 100 new jobs 55 were to be women's; there were 50. Of men nothing was promised."""
    shutil.copytree(NORTHFIELD, tmp_path / "northfield")
    path = tmp_path / "northfield" / "people.yaml"
    count = "    target: {comparison: at_least, value: 100, basis: count, cadence: every_year}\n"
    own = f"{count}    targets: [{{group: sex=women, value: 55}}]\n"
    path.write_text(path.read_text("utf-8").replace(count, own), "utf-8")
    said = planlib("score", str(tmp_path / "northfield"), "--year", "2023", "--json")
    found = {(row["goal"], row["group"]): row for row in json.loads(said.stdout)}
    women, men = found["new-jobs", "sex=women"], found["new-jobs", "sex=men"]
    assert (women["verdict"], women["target"]["value"], men["verdict"]) == (
        "not_met", 55.0, "not_applicable",
    )  # fmt: skip
    assert found["new-jobs", ""]["verdict"] == "exceeded"
    plan = read_plan(tmp_path / "northfield")
    rows = read_observations([NORTHFIELD / "figures.csv"], plan).frame.to_dict("records")
    again = Recomputed(plan, rows)
    (goal,) = (
        one for one in groups_followed(again, plan.goal("new-jobs")) if one.group == "sex=women"
    )
    assert again.annual(goal, 2023).verdict == "not_met"
