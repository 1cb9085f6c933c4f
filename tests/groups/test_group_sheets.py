"""Groups in the office's workbook: a template asks for them, an import takes them, an export tells them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from commands import planlib
from examples import turns
from office import cells_of, fill
from openpyxl import Workbook, load_workbook

from planlib.figures.reading import read_observations
from planlib.plan.reading import read_plan

NORTHFIELD = Path(__file__).parent / "northfield"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plan with groups, to import into."""
    shutil.copytree(NORTHFIELD, tmp_path / "northfield")
    return tmp_path / "northfield"


def values(path: Path, folder: Path) -> dict[tuple[str, str, int], float]:
    frame = read_observations([path], read_plan(folder)).frame
    return {
        (str(goal), str(group), int(year)): float(above if above == above else value)
        for goal, group, year, value, above in zip(
            frame["goal"], frame["group"], frame["year"], frame["value"], frame["numerator"],
            strict=True,
        )
    }  # fmt: skip


def test_a_template_has_a_row_for_each_group_with_last_years_figure(folder: Path) -> None:
    path = folder.parent / "form.xlsx"
    said = planlib("template", str(folder), "--year", "2024", "-o", str(path), "--lang", "en")
    assert said.returncode == 0, said.stdout + said.stderr
    where = cells_of(path)
    assert {name for name, _ in where if name.startswith("school-completion[")} == {
        f"school-completion[{group}]" for group in (
            "sex=women", "sex=men", "district=north", "district=south", "district=lake",
        )
    }  # fmt: skip
    book = load_workbook(path)

    def text(row: str, column: str) -> str:
        sheet, cell = where[row, column]
        return str(book[sheet][cell].value)

    assert text("school-completion[sex=women]", "name").endswith("Women")
    assert text("school-completion[sex=men]", "before") == "72"
    assert text("school-completion[sex=men]", "plan") == "at least 80"
    assert text("new-jobs[sex=women]", "before") == "50"
    assert text("school-completion", "before") == "79"  # everybody, not the group told last


def test_a_filled_template_comes_back_group_by_group(folder: Path) -> None:
    path = folder.parent / "form.xlsx"
    planlib("template", str(folder), "--year", "2024", "-o", str(path), "--lang", "en")
    fill(path, {
        ("new-jobs", "value"): 130, ("new-jobs[sex=women]", "value"): 60,
        ("new-jobs[sex=men]", "value"): 70,
        ("school-completion[district=lake]", "numerator"): 41,
        ("school-completion[district=lake]", "denominator"): 50,
    }, date="2025-03-01")  # fmt: skip
    said = planlib("import", str(path), "--plan", str(folder), "--lang", "en")
    assert said.returncode == 0, said.stdout + said.stderr
    found = values(folder / "figures.csv", folder)
    assert {key[1]: found[key] for key in found if key[0] == "new-jobs" and key[2] == 2024} == {
        "": 130, "sex=women": 60, "sex=men": 70,
    }  # fmt: skip
    assert found["school-completion", "district=lake", 2024] == 41


def test_groups_that_do_not_come_to_the_whole_are_told_before_anything_is_written(
    folder: Path,
) -> None:
    path = folder.parent / "form.xlsx"
    planlib("template", str(folder), "--year", "2024", "-o", str(path), "--lang", "en")
    fill(path, {
        ("new-jobs", "value"): 130, ("new-jobs[sex=women]", "value"): 60,
        ("new-jobs[sex=men]", "value"): 71,
    }, date="2025-03-01")  # fmt: skip
    said = planlib("import", str(path), "--plan", str(folder), "--lang", "en", "--dry-run")
    assert "come to 131" in said.stdout + said.stderr


@pytest.mark.parametrize("word", turns(["sex=women", "Women", "nữ", "Ladies"], 2))
def test_a_sheet_of_ones_own_names_groups_in_its_own_words(folder: Path, word: str) -> None:
    book = Workbook()
    sheet = book.active
    for row in (
        ["Goal", "Who", "Result"], ["New jobs", "All", 130], ["New jobs", word, 61],
        ["New jobs", "Men", 69],
    ):  # fmt: skip
        sheet.append(row)
    book.save(folder.parent / "own.xlsx")
    mapping = folder.parent / "own.yaml"
    mapping.write_text(
        "columns: {goal: Goal, group: Who, value: Result}\nlanguage: en\narea: northfield\n"
        "year: 2024\nvintage: '2025-03-01'\ngroups: {All: '', Ladies: 'sex=women'}\n",
        "utf-8",
    )
    said = planlib("import", str(folder.parent / "own.xlsx"), "--plan", str(folder),
                   "--map", str(mapping), "--lang", "en")  # fmt: skip
    assert said.returncode == 0, said.stdout + said.stderr
    found = values(folder / "figures.csv", folder)
    assert found["new-jobs", "sex=women", 2024] == 61
    assert found["new-jobs", "", 2024] == 130


def test_a_group_that_a_sheet_misspells_is_told_at_its_cell(folder: Path) -> None:
    book = Workbook()
    book.active.title = "Jobs"
    for row in (["Goal", "Who", "Result"], ["New jobs", "Womenn", 61]):
        book.active.append(row)
    book.save(folder.parent / "own.xlsx")
    mapping = folder.parent / "own.yaml"
    mapping.write_text(
        "columns: {goal: Goal, group: Who, value: Result}\nlanguage: en\narea: northfield\n"
        "year: 2024\nvintage: '2025-03-01'\n",
        "utf-8",
    )
    said = planlib("import", str(folder.parent / "own.xlsx"), "--plan", str(folder),
                   "--map", str(mapping), "--lang", "en")  # fmt: skip
    assert said.returncode == 1
    told = said.stdout + said.stderr
    assert "own.xlsx [Jobs!B2]" in told and "did you mean 'women'?" in told


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_what_is_exported_reads_back_with_its_groups(folder: Path, ending: str) -> None:
    out = folder.parent / f"out.{ending}"
    if ending == "parquet":
        frame = read_observations([folder / "figures.csv"], read_plan(folder)).frame
        frame[["area", "goal", "year", "group", "value", "numerator", "denominator"]].assign(
            vintage=frame["vintage_text"].astype(str)
        ).to_parquet(out)
    else:
        said = planlib("export", "--raw", str(folder), "-o", str(out), "--audience", "internal")
        assert said.returncode == 0, said.stdout + said.stderr
    if ending == "xlsx":
        shutil.copytree(folder, folder.parent / "again")
        (folder.parent / "again" / "figures.csv").write_text("area,goal,year,value\n", "utf-8")
        said = planlib("import", str(out), "--plan", str(folder.parent / "again"))
        assert said.returncode == 0, said.stdout + said.stderr
        out = folder.parent / "again" / "figures.csv"
    assert values(out, folder) == values(folder / "figures.csv", folder)
