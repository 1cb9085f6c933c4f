"""Plans read from files: the good one is whole, and each broken one is told at its line."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from planlib.errors import InputError
from planlib.plan.reading import load_plan, notes_on, read_plan

HERE = Path(__file__).parent
GOOD = HERE / "good-plan"
BROKEN = sorted((HERE / "broken-plans").glob("bad-*.yaml"))


def load_with(tmp_path: Path, file: str, text: str) -> list[str]:
    folder = tmp_path / "plan"
    shutil.copytree(GOOD, folder)
    (folder / file).write_text(text, encoding="utf-8")
    _, problems = load_plan(folder)
    return [str(problem).replace(f"{folder}/", "") for problem in problems]


def test_a_good_plan_is_read_whole() -> None:
    plan = read_plan(GOOD)
    assert plan.goal_ids == ("vaccination", "alleys", "staff", "hamlets", "clean-party", "tax")
    assert plan.goal("alleys").main_target().cadence == "every_year"
    assert plan.goal("alleys").main_target("whole-term").cadence == "over_term"
    assert plan.measures_for("vaccination")[0].id == "campaign"
    assert plan.area_name("ward-a")["vi"] == "Phường A"
    assert plan.figure_years == (2010, 2011, 2012, 2013, 2014, 2015)


def test_goals_without_a_measure_are_noted_and_not_wrong() -> None:
    notes = notes_on(read_plan(GOOD))
    assert [str(note) for note in notes] == [
        "good-plan: 5 goals without a measure: alleys, staff, hamlets, clean-party, tax"
    ]


@pytest.mark.parametrize("fixture", BROKEN, ids=lambda path: path.stem)
def test_a_broken_plan_is_told_where_and_what(tmp_path: Path, fixture: Path) -> None:
    text = fixture.read_text(encoding="utf-8")
    lines = text.splitlines()
    file = lines[0].removeprefix("# replaces: ")
    expected = [line.removeprefix("# expect: ") for line in lines if line.startswith("# expect: ")]
    assert expected, "a fixture says what it expects"
    assert load_with(tmp_path, file, text) == expected


def test_problems_of_all_files_come_in_one_go(tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    shutil.copytree(GOOD, folder)
    for name, old, new in (
        ("society.yaml", "value: 95", "value: 1.200"),
        ("measures.yaml", "paragraph: 1", "paragraph: 0"),
        ("areas.yaml", "id: ward-a", "id: Ward_A"),
    ):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_plan(folder)
    named = {Path(str(problem.file)).name for problem in error.value.problems}
    assert named == {"society.yaml", "measures.yaml", "areas.yaml"}


def test_a_folder_without_a_plan_says_what_one_holds(tmp_path: Path) -> None:
    _, problems = load_plan(tmp_path)
    assert "no plan.yaml here (a plan folder holds plan.yaml and one YAML file a section)" in str(
        problems[0]
    )


def test_the_mapping_of_a_sheet_in_the_folder_of_a_plan_is_one_problem(tmp_path: Path) -> None:
    folder = shutil.copytree(GOOD, tmp_path / "plan")
    (folder / "map.yaml").write_text("columns: {goal: Indicator}\nperiods: all\n", "utf-8")
    _, (problem,) = load_plan(folder)
    assert (problem.file, problem.place) == (str(folder / "map.yaml"), 1)
    assert "keep it outside the folder" in str(problem)


def test_an_alias_bomb_is_refused_at_once(tmp_path: Path) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    start = time.perf_counter()
    assert load_with(tmp_path, "society.yaml", bomb) == [
        (
            "society.yaml:1: anchors and aliases are not used in plan files, found 'a' "
            "(write the value out)"
        )
    ]
    assert time.perf_counter() - start < 2


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    problems = load_with(tmp_path, "society.yaml", "# " + "x" * 1_000_001)
    assert problems == ["society.yaml: a plan file has at most 1,000,000 bytes, found 1,000,003"]


def test_endless_nesting_is_refused(tmp_path: Path) -> None:
    deep = "goals: " + "[" * 5000 + "]" * 5000
    assert load_with(tmp_path, "society.yaml", deep) == [
        "society.yaml:1: nested more than 40 levels deep"
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "society.yaml:1: the file is empty"),
        (
            "section: \xe9conomie".encode("latin-1"),
            (
                "society.yaml:1: must be UTF-8 text "
                "(save the file as UTF-8; legacy Vietnamese encodings are not read)"
            ),
        ),
    ],
    ids=["empty", "latin-1"],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    folder = tmp_path / "plan"
    shutil.copytree(GOOD, folder)
    (folder / "society.yaml").write_bytes(content)
    _, problems = load_plan(folder)
    assert [str(problem).replace(f"{folder}/", "") for problem in problems] == [message]


def test_a_goal_stated_in_two_places_is_one_goal_with_two_sources(tmp_path: Path) -> None:
    text = (GOOD / "society.yaml").read_text(encoding="utf-8")
    place = '      - {document: text, section: "II.1", paragraph: 1}\n'
    folder = tmp_path / "plan"
    shutil.copytree(GOOD, folder)
    (folder / "society.yaml").write_text(text.replace(place, place + place.replace("1}", "4}")))
    assert [p.paragraph for p in read_plan(folder).goal("tax").source] == [1, 4]
