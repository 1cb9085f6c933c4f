"""Figures of groups: named as the plan names them, refused where they are not, held against wholes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from commands import planlib

from planlib.figures.plausibility import doubtful_figures
from planlib.figures.reading import read_observations
from planlib.figures.store import add_figures
from planlib.plan.reading import load_plan, read_plan

NORTHFIELD = Path(__file__).parent / "northfield"
HEAD = "area,goal,year,group,vintage,value,numerator,denominator,source\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plan with groups, to change."""
    shutil.copytree(NORTHFIELD, tmp_path / "northfield")
    return tmp_path / "northfield"


def with_figures(folder: Path, *rows: str) -> Path:
    (folder / "figures.csv").write_text(HEAD + "".join(f"{row}\n" for row in rows), "utf-8")
    return folder


def told(folder: Path, *rows: str) -> list[str]:
    """What ``check`` says of these rows, without the path in front."""
    said = planlib("check", str(with_figures(folder, *rows)), "--lang", "en")
    return [line.rpartition("figures.csv:")[2] for line in said.stdout.splitlines()]


def test_a_plan_with_groups_and_its_figures_are_sound() -> None:
    said = planlib("check", str(NORTHFIELD))
    assert (said.returncode, said.stdout.count("\n")) == (0, 1), said.stdout


def test_the_dimensions_of_a_group_stand_in_the_order_of_the_plan_however_they_were_written(
    folder: Path,
) -> None:
    plan = read_plan(folder)
    with_figures(
        folder,
        "northfield,school-completion,2022,district=south;sex=women,2023-03-01,,30,40,x",
        "northfield,school-completion,2023, sex = men ; district = lake ,2024-03-01,,30,40,x",
    )
    groups = read_observations([folder / "figures.csv"], plan).frame["group"].astype(str)
    assert groups.tolist() == ["sex=women;district=south", "sex=men;district=lake"]


def test_the_same_group_written_two_ways_stands_twice(folder: Path) -> None:
    assert told(
        folder,
        "northfield,school-completion,2023,sex=women;district=south,2024-03-01,,30,40,x",
        "northfield,school-completion,2023,district=south;sex=women,2024-03-01,,31,40,x",
    ) == [
        (
            "3: goal 'school-completion': this area, year, vintage and member already stand in line 2 "
            "(a revision has its own vintage)"
        )
    ]


@pytest.mark.parametrize(
    ("group", "message"),
    [
        ("women", ("'group' names no dimension and member, found 'women' (a group is written "
         "dimension=member, several joined by ';': sex=women;age=young)")),
        ("sex=", ("'group' names no dimension and member, found 'sex=' (a group is written "
         "dimension=member, several joined by ';': sex=women;age=young)")),
        ("sex=women;", ("'group' names no dimension and member, found 'sex=women;' (a group is "
         "written dimension=member, several joined by ';': sex=women;age=young)")),
        ("sex=women;sex=men", "'group' names dimension 'sex' twice, found 'sex=women;sex=men'"),
        ("gender=women", ("'group' must name a dimension of the plan, found 'gender' "
         "(known: sex, district, age)")),
        ("sx=women", ("'group' must name a dimension of the plan, found 'sx' "
         "(did you mean 'sex'?)")),
        ("sex=womem", "'sex' has no such member, found 'womem' (did you mean 'women'?)"),
        ("age=under-25", "the goal is not followed by 'age' (it is followed by: sex, district)"),
        ("sex=<script>", "'sex' has no such member, found '<script>' (known: women, men)"),
    ],
)  # fmt: skip
def test_what_names_no_group_of_the_goal_is_told_at_its_line_with_a_hint(
    folder: Path, group: str, message: str
) -> None:
    row = f"northfield,school-completion,2023,{group},2024-03-01,,30,40,x"
    assert told(folder, row) == [f"2: goal 'school-completion': {message}"]


def test_a_goal_without_dimensions_has_no_groups(folder: Path) -> None:
    assert told(folder, "northfield,libraries,2023,sex=women,2024-03-01,1,,,x") == [
        (
            "2: goal 'libraries': the goal is not followed by 'sex' "
            "(name the dimension under 'by' of the goal, or leave 'group' empty for the whole)"
        )
    ]


def plan_problems(folder: Path, old: str, new: str, file: str = "plan.yaml") -> list[str]:
    path = folder / file
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
    return [str(problem).rpartition("/")[2] for problem in load_plan(folder)[1]]


def test_goals_name_dimensions_that_the_plan_has_each_once(folder: Path) -> None:
    assert plan_problems(folder, "by: [sex, district]", "by: [sx, district, district]",
                         "people.yaml") == [
        ("people.yaml:7: goal 'school-completion': dimension 'sx' is not in the plan "
        "(did you mean 'sex'?)"),
        "people.yaml:7: goal 'school-completion': 'by' names dimension 'district' twice",
    ]  # fmt: skip


def test_a_dimension_of_one_member_is_no_partition(folder: Path) -> None:
    found = plan_problems(folder, "      - {id: men, name: {vi: Nam, en: Men}}\n", "")
    assert found == [
        (
            "plan.yaml:10: 'sex' has one member, which cannot be a part of everybody beside others: "
            "name the others, or say partition: false"
        )
    ]


def test_members_and_dimensions_have_ids_of_their_own(folder: Path) -> None:
    assert plan_problems(folder, "{id: men,", "{id: women,") == [
        "plan.yaml:10: the ids of the members of 'sex' must differ"
    ]
    text = (
        (folder / "plan.yaml")
        .read_text("utf-8")
        .replace("{id: women, name: {vi: Nam,", "{id: men, name: {vi: Nam,")
    )
    (folder / "plan.yaml").write_text(text.replace("- id: district", "- id: sex"), "utf-8")
    assert "plan.yaml:15: dimension 'sex' stands twice in 'dimensions'" in [
        str(problem).rpartition("/")[2] for problem in load_plan(folder)[1]
    ]


COUNTED = "northfield,new-jobs,2023,{},2024-03-01,{},,,x"


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (("sex=women,50", "sex=men,70"), None),
        (("sex=women,50", "sex=men,71"), ("the groups of 'sex' come to 121 in 'value' (rows 3, 4), "
         "the whole to 120")),
        (("sex=women,50", "sex=men,69"), ("the groups of 'sex' come to 119 in 'value' (rows 3, 4), "
         "the whole to 120")),
        (("sex=women,50",), None),  # the men are not told: nothing to hold it against
        (("sex=women,121",), ("some groups of 'sex' alone come to 121 in 'value' (rows 3), "
         "the whole to 120")),
        (("age=under-25,100", "age=under-30,110"), None),  # they overlap: no partition
    ],
)  # fmt: skip
def test_groups_of_a_count_come_to_the_whole(
    folder: Path, parts: tuple[str, ...], message: str | None
) -> None:
    rows = [COUNTED.format("", "120"), *(COUNTED.format(*part.split(",")) for part in parts)]
    hint = " (correct the figure, or say partition: false of 'sex' where its groups overlap or leave somebody out)"
    expected = [] if message is None else [f"2: goal 'new-jobs': {message}{hint}"]
    assert [line for line in told(folder, *rows) if "no problems" not in line] == expected


def test_a_share_is_held_against_its_two_numbers_and_a_level_against_nothing(folder: Path) -> None:
    plan = read_plan(folder)
    share = "northfield,school-completion,2023,{},2024-03-01,,{},{},x"
    level = "northfield,reading-score,2023,{},2024-03-01,{},,,x"
    with_figures(
        folder, share.format("", 158, 200), share.format("sex=women", 86, 100),
        share.format("sex=men", 73, 100), level.format("", 490), level.format("sex=women", 500),
        level.format("sex=men", 505),
    )  # fmt: skip
    frame = read_observations([folder / "figures.csv"], plan).frame
    # 86 + 73 = 159 and not 158; 100 + 100 = 200 as it must. A mean of 490 may lie where it will.
    assert [(one.place, one.column) for one in doubtful_figures(frame, plan)] == [(2, "numerator")]


def test_what_is_split_by_two_dimensions_is_held_against_each_of_them(folder: Path) -> None:
    plan = read_plan(folder)
    row = "northfield,school-completion,2023,{},2024-03-01,,{},{},x"
    with_figures(
        folder, row.format("sex=women", 86, 100), row.format("sex=women;district=north", 30, 35),
        row.format("sex=women;district=south", 30, 40), row.format("sex=women;district=lake", 27, 25),
    )  # fmt: skip
    (folder / "figures.csv").write_text(
        (folder / "figures.csv").read_text("utf-8").replace("27,25", "24,25"), "utf-8"
    )
    frame = read_observations([folder / "figures.csv"], plan).frame
    (doubt,) = doubtful_figures(frame, plan)
    # 30 + 30 + 24 = 84 women of 86; 35 + 40 + 25 = 100 as it must.
    assert (doubt.place, doubt.column) == (2, "numerator")
    assert "come to 84 in 'numerator' (rows 3, 4, 5), the whole to 86" in str(doubt)


def test_a_history_is_of_one_group_and_mixes_with_no_other(folder: Path) -> None:
    """A hundred times the figure of another group is no slip."""
    plan = read_plan(folder)
    rows = [COUNTED.format("sex=women", 3 + year % 2).replace("2023", str(year))
            for year in range(2020, 2024)]  # fmt: skip
    rows += [COUNTED.format("sex=men", 900).replace("2023", "2020")]
    frame = read_observations([with_figures(folder, *rows) / "figures.csv"], plan).frame
    assert doubtful_figures(frame, plan) == []


def test_groups_are_added_to_a_store_beside_the_whole(folder: Path, tmp_path: Path) -> None:
    plan = read_plan(folder)
    store = tmp_path / "store.csv"
    frame = read_observations([folder / "figures.csv"], plan).frame
    first, problems = add_figures(frame, store, plan)
    assert (int(first.added.sum()), problems) == (len(frame), [])
    again, _ = add_figures(frame, store, plan)
    assert int(again.left.sum()) == len(frame)
    kept = read_observations([store], plan).frame
    pd.testing.assert_series_equal(
        kept["group"].astype(str), frame["group"].astype(str), check_names=False
    )


def test_a_store_without_groups_gets_their_column_when_the_first_one_comes(
    folder: Path, tmp_path: Path
) -> None:
    plan, store = read_plan(folder), tmp_path / "store.csv"
    store.write_text("area,goal,year,vintage,value\nnorthfield,new-jobs,2022,2023-03-01,104\n")
    with_figures(folder, COUNTED.format("sex=women", "50"))
    add_figures(read_observations([folder / "figures.csv"], plan).frame, store, plan)
    lines = store.read_text("utf-8").splitlines()
    assert lines[0] == "area,goal,year,vintage,value,state,source,group"
    assert lines[2] == "northfield,new-jobs,2023,2024-03-01,50,measured,x,sex=women"
