"""Templates of quarters, months, halves and financial years: written, filled in, imported, scored."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from examples import turns
from openpyxl import load_workbook

from planlib.errors import InputError, Problem
from planlib.evaluation import Evaluation, evaluate
from planlib.excel.importing import import_figures
from planlib.figures.reading import load_observations
from planlib.plan.periods.calendar import Period, period
from planlib.plan.periods.text import read_period
from planlib.plan.reading import load_plan
from planlib.plan.shipped import figure_files, open_plan
from tests.commands import planlib
from tests.office import cells_of, fill, write_template
from tests.periods.small_plans import harbour, schools

OAKSHIRE = Path(__file__).parent / "oakshire"
QUARTERS = ["2023/24-Q1", "2023/24-Q2", "2023/24-Q3", "2023/24-Q4"]
COLUMNS = ("value", "numerator", "denominator")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    base = tmp_path_factory.mktemp("plans")
    return {
        "oakshire": OAKSHIRE,
        "harbour": harbour(base / "harbour"),
        "schools": schools(base / "schools"),
    }


def without_figures(folder: Path, copy: Path) -> Path:
    """A copy of a plan that has no figures yet."""
    shutil.copytree(folder, copy)
    (copy / "figures.csv").write_text("area,goal,period,vintage,value,source\n", "utf-8")
    return copy


def figures_of(folder: Path) -> pd.DataFrame:
    """The rows of a plan's figures as they stand in its file, empty cells as None."""
    rows = pd.read_csv(folder / "figures.csv", dtype=object)
    return rows.reindex(columns=[*rows.columns.union(["group", *COLUMNS], sort=False)])


def template(folder: Path, out: Path, at: str, area: str, lang: str) -> Path:
    """A template of a plan's period, with the plan's figures before it."""
    plan = load_plan(folder)[0]
    assert plan is not None
    code = read_period(at, plan.calendar)
    return write_template(out, plan, area, code, lang, figure_files(plan, folder))


def taken(folder: Path, path: Path, into: Path | None = None) -> list[Problem]:
    """What is wrong with a filled template; without a fault, its figures are taken in."""
    try:
        done = import_figures(path, str(folder), into)
    except InputError as error:
        return error.problems
    assert done.refused or done.written
    return done.problems


def typed(folder: Path, at: list[str]) -> dict[tuple[str, str], object]:
    """What an office types into the template of a period: the figures of that and of longer ones."""
    rows = figures_of(folder)
    cells: dict[tuple[str, str], object] = {}
    for row in rows[rows["period"].isin(at)].to_dict("records"):
        group = row["group"]
        name = row["goal"] + (f"[{group}]" if isinstance(group, str) else "")
        for column in COLUMNS:
            if isinstance(row[column], str):
                cells[name, column] = float(row[column])
        cells[name, "vintage"] = row["vintage"]
    return cells


def verdicts(evaluation: Evaluation, at: str) -> list[tuple[str, str, str, float]]:
    frame = evaluation.verdicts(at, lang="en")
    frame["group"] = frame.get("group", "")
    return [
        (row["goal"], row["group"], row["verdict"], round(row["value"], 6))
        for row in frame.fillna({"value": -1}).to_dict("records")
    ]


# The templates of a plan one after the other, each with the longer periods that end with it.
ROADS = {
    "oakshire": ([["2023/24-Q3"], ["2023/24-Q4", "2023/24"]],
                 "oakshire", "vi", [*QUARTERS[2:], "2023/24"]),
    "harbour": ([["2023-02"], ["2023-03", "2023-Q1"]], "north", "en", ["2023-02", "2023-03"]),
    "schools": ([["2023/24-H1"], ["2023/24-H2", "2023/24"]], "north", "fr",
                ["2023/24-H1", "2023/24-H2", "2023/24"]),
}  # fmt: skip


@pytest.mark.parametrize("name", ROADS)
def test_what_is_typed_into_templates_is_scored_as_the_plans_own_figures(
    folders: dict[str, Path], tmp_path: Path, name: str
) -> None:
    folder, (periods, area, lang, compared) = folders[name], ROADS[name]
    empty = without_figures(folder, tmp_path / "empty")
    for number, at in enumerate(periods):
        path = template(empty, tmp_path / f"{number}.xlsx", at[0], area, lang)
        fill(path, typed(folder, at), date="2025-01-31", source="illustrative")
        assert [str(one) for one in taken(empty, path) if not one.warning] == []
    assert load_observations([empty / "figures.csv"], open_plan(str(empty)))[1] == []
    assert "5008" not in (empty / "figures.csv").read_text("utf-8")
    rows, own = (
        figures_of(folder),
        tmp_path / "own.csv",
    )  # the same rows, without those of other times
    rows[rows["period"].isin([one for at in periods for one in at])].to_csv(own, index=False)
    imported, written = evaluate(empty), evaluate(folder, [own])
    for at in compared:
        assert verdicts(imported, at) == verdicts(written, at), at


def test_a_goal_of_years_is_asked_for_where_its_year_ends(tmp_path: Path) -> None:
    third = template(OAKSHIRE, tmp_path / "3.xlsx", "2023/24-Q3", "oakshire", "en")
    assert len({name for name, head in cells_of(third) if head == "key"}) == 5
    fourth = template(OAKSHIRE, tmp_path / "4.xlsx", "2023/24-Q4", "oakshire", "en")
    book, where = load_workbook(fourth), cells_of(fourth)
    assert len({name for name, head in where if head == "key"}) == 6
    sheet, cell = where["emissions", "name"]
    assert book[sheet][cell].value == "Emissions (year 2023/24)"
    # Below the head "Period before (Q3 2023/24)" the figure of the year before says so.
    sheet, cell = where["emissions", "before"]
    assert book[sheet][cell].value == "1,100 (year 2022/23)"
    assert book[sheet]["E6"].value == "Period before (Q3 2023/24)"


def test_a_template_may_ask_for_the_whole_year(tmp_path: Path) -> None:
    path = template(OAKSHIRE, tmp_path / "year.xlsx", "2023/24", "oakshire", "en")
    fill(path, {("homes-built", "value"): 41, ("emissions", "value"): 1000}, date="2024-06-01")
    store = tmp_path / "store.csv"
    (told,) = taken(OAKSHIRE, path, store)  # and no doubt that 41 is far from the quarters' figures
    assert str(told).partition(": ")[0].endswith("[Services!F8]")
    assert told.warning and "is 41, but its parts make 39 (sum)" in str(told)
    found = {
        goal: (verdict, value)
        for goal, _, verdict, value in verdicts(evaluate(OAKSHIRE, [store]), "2023/24")
    }
    # 41 of 40 homes; 1,000 tonnes, 900 due only in 2024/25.
    assert found["homes-built"] == ("exceeded", 41)
    assert found["emissions"] == ("not_yet", 1000)


@pytest.mark.parametrize(
    ("name", "at", "days"),
    [
        ("oakshire", "2023/24-Q3", ("2023-12-15", "2023-12-31", "2024-01-15", "2024-06-30")),
        ("schools", "2023/24-H2", ("2024-06-15", "2024-06-30", "2024-07-15", "2024-12-31")),
        ("harbour", "2024-02", ("2024-02-15", "2024-02-29", "2024-03-15", "2024-08-31")),
        # As of a calendar year: 30 June, …, 15 December, 31 December, 15 January, … a year later.
        ("oakshire", "2023/24", ("2023-09-30", "2023-12-31", "2024-01-31", "2024-09-30")),
    ],
)
def test_report_days_lie_around_the_end_of_the_period(
    folders: dict[str, Path], tmp_path: Path, name: str, at: str, days: tuple[str, ...]
) -> None:
    path = template(
        folders[name], tmp_path / "t.xlsx", at, "oakshire" if name == "oakshire" else "north", "en"
    )
    sheet = load_workbook(path)["_planlib"]
    listed = [str(row[3].value)[:10] for row in sheet.iter_rows() if row[3].value]
    assert (*listed[:3], listed[-1]) == days


def test_notes_say_whether_a_figure_is_of_the_period_alone(
    folders: dict[str, Path], tmp_path: Path
) -> None:
    path = template(folders["harbour"], tmp_path / "t.xlsx", "2023-03", "north", "en")
    book, where = load_workbook(path), cells_of(path)

    def note(goal: str) -> str:
        sheet, cell = where[goal, "name"]
        return str(book[sheet][cell].comment.text)

    assert "Of March 2023 alone, not the total of the year so far." in note("berths-mended")
    assert "from the beginning of the year to the end of March 2023" in note("trained-crews")
    assert "Of Q1 2023 alone" in note("dredging")
    assert "alone" not in note("ships-on-time")


def test_a_remark_on_the_quarter_is_no_doubt_in_a_quarters_template(tmp_path: Path) -> None:
    path = template(OAKSHIRE, tmp_path / "t.xlsx", "2023/24-Q2", "oakshire", "en")
    fill(path, {("calls-answered", "value"): 81, ("calls-answered", "note"): "a good quarter"},
         date="2023-11-20")  # fmt: skip
    assert taken(OAKSHIRE, path, tmp_path / "store.csv") == []


def test_a_figure_reported_too_early_is_told_with_its_cell_in_the_plans_language(
    tmp_path: Path,
) -> None:
    path = template(OAKSHIRE, tmp_path / "t.xlsx", "2023/24-Q2", "oakshire", "vi")
    fill(path, {("calls-answered", "value"): 81}, date="2023-09-15")
    told = planlib("import", str(path), "--plan", str(OAKSHIRE), "--into", str(tmp_path / "s.csv"))
    line = next(line for line in told.stdout.splitlines() if "[Dịch vụ!F7]" in line)
    assert "báo cáo khi 2023/24-Q2 chưa kết thúc" in line


def _renamed(path: Path, old: str, new: str) -> None:
    book = load_workbook(path)
    for row in book["_planlib"].iter_rows():
        for cell in row:
            if cell.value == old:
                cell.value = new
    book.save(path)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    turns(
        [
            ("2023/24-Q2", "2023/24-H1", None),
            ("2023/24-Q2", "2023", "'2023' can be 2022/23 or 2023/24"),
            ("2023/24-Q2", "2023-Q2", "'2023-Q2' can be 2022/23-Q2 or 2023/24-Q2"),
            ("2023/24-Q2", "2023-08", "'2023-08' is shorter than a quarter"),
            ("2023/24-Q2", "2031/32-Q2", "the period must lie in 2022/23-Q1-2024/25-Q4"),
            ("2023/24-Q2", "2023/24-Q9", "the hidden sheet of the template was damaged"),
            ("2023/24-Q2", "2023-13", "the hidden sheet of the template was damaged"),
            ("3", "6", "years that end in month 6, those of the plan end in month 3"),
        ],
        2,
    ),
)
def test_a_template_of_another_calendar_is_refused(
    tmp_path: Path, old: str, new: str, fault: str | None
) -> None:
    path = template(OAKSHIRE, tmp_path / "t.xlsx", "2023/24-Q2", "oakshire", "en")
    fill(path, {("calls-answered", "value"): 81}, date="2023-11-20")
    _renamed(path, old, new)
    problems = [str(one) for one in taken(OAKSHIRE, path, tmp_path / "s.csv")]
    assert (problems == []) if fault is None else (len(problems) == 1 and fault in problems[0])


def test_a_template_of_a_period_that_asks_nothing_is_refused(tmp_path: Path) -> None:
    folder = harbour(tmp_path / "harbour")
    text = (folder / "work.yaml").read_text("utf-8")
    start = text.index("  - {id: dredging")
    (folder / "work.yaml").write_text(text[: text.index("  - ")] + text[start:], "utf-8")
    (folder / "figures.csv").write_text("area,goal,period,vintage,value\n", "utf-8")
    out = str(tmp_path / "t.xlsx")
    told = planlib("template", str(folder), "--period", "2023-02", "--area", "north", "-o", out)
    assert told.returncode == 1 and "every goal is reported by longer periods" in told.stderr
    for wrong, code in (("term", 2), ("the spring", 2), ("2023-Q5", 1), ("2050-01", 1)):
        told = planlib("template", str(folder), "--period", wrong, "--area", "north", "-o", out)
        assert told.returncode == code, (wrong, told.stderr)


def test_members_and_groups_have_rows_of_their_own_in_every_period(
    folders: dict[str, Path], tmp_path: Path
) -> None:
    plan = open_plan(str(folders["harbour"]))
    month = Period.of(plan.header.periods, 2023, 3)
    path = write_template(
        tmp_path / "t.xlsx", plan, "north", month, "en", figure_files(plan, folders["harbour"])
    )
    rows = [name for name, head in cells_of(path) if head == "key"]
    assert [name for name in rows if name.startswith("berths")] == [
        "berths-mended", "berths-mended[side=east]", "berths-mended[side=west]",
    ]  # fmt: skip
    known, problems = load_observations(figure_files(plan, folders["harbour"]), plan)
    assert problems == [] and str(period(int(known.frame["year"].max()))) == "2023-12"
