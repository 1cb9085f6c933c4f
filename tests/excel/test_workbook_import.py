"""A filled template is taken in whole, or refused with every wrong cell named."""

from __future__ import annotations

import csv
import shutil
import unicodedata
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from office import cells_of, fill, write_template

from planlib.errors import InputError
from planlib.excel.importing import Import, import_figures
from planlib.plan.plan import Plan
from planlib.plan.reading import read_plan
from planlib.plan.shipped import open_plan

HERE = Path(__file__).parent
GOOD = {
    ("vaccination", "numerator"): 188, ("vaccination", "denominator"): 200,
    ("alleys", "value"): "Khoảng 14", ("hamlets", "value"): "1/2", ("hamlets/kp-1", "value"): "có",
    ("hamlets/kp-2", "value"): "Không", ("clean-party", "value"): "Có",
    ("tax", "value"): "1.300,5", ("tax", "assigned"): "1.200", ("staff", "state"): "Chưa có số liệu",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plan of one's own, with its figures, in a folder."""
    return Path(shutil.copytree(HERE.parent / "plan" / "good-plan", tmp_path / "good-plan"))


@pytest.fixture
def plan(folder: Path) -> Plan:
    return read_plan(folder)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template of that plan, which no test changes."""
    plan = HERE.parent / "plan" / "good-plan"
    path = tmp_path_factory.mktemp("blank") / "kp.xlsx"
    figures = [plan / "figures.csv"]
    return write_template(path, read_plan(plan), "ward-a", 2013, figures=figures)


@pytest.fixture
def template(folder: Path, blank: Path) -> Path:
    return Path(shutil.copy(blank, folder / "kp.xlsx"))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def told(done: Import) -> list[str]:
    return [str(p).split("kp.xlsx ")[1] for p in done.problems if not p.warning]


def warned(done: Import) -> list[str]:
    return [str(p).split("kp.xlsx ")[1] for p in done.problems if p.warning]


def test_a_filled_template_is_added_to_the_plans_own_figures(folder: Path, template: Path) -> None:
    before = rows_of(folder / "figures.csv")
    done = import_figures(fill(template, GOOD))
    assert done.problems == [] and done.written and done.addition is not None
    assert int(done.addition.added.sum()) == 7
    old = rows_of(folder / "figures.csv")[:6]
    assert old == [row | {"words": ""} for row in before]  # a column more, nothing else
    new = {(row["goal"], row["member"]): row for row in rows_of(folder / "figures.csv")[6:]}
    assert {row["vintage"] for row in new.values()} == {"2014-03-31"}
    assert {row["source"] for row in new.values()} == {"Báo cáo 2013"}
    assert new["vaccination", ""]["numerator"] == "188"
    assert (new["alleys", ""]["value"], new["alleys", ""]["words"]) == ("14", "Khoảng 14")
    assert (new["hamlets", "kp-1"]["value"], new["hamlets", "kp-2"]["value"]) == ("1", "0")
    assert (new["tax", ""]["value"], new["tax", ""]["assigned"]) == ("1300.5", "1200")
    assert new["staff", ""]["state"] == "missing"


def test_the_same_workbook_twice_changes_nothing(folder: Path, template: Path) -> None:
    import_figures(fill(template, GOOD))
    before = (folder / "figures.csv").read_bytes()
    done = import_figures(template)
    assert done.addition is not None and int(done.addition.left.sum()) == 7
    assert not done.written and (folder / "figures.csv").read_bytes() == before


def test_a_later_report_is_added_beside_the_earlier_one(folder: Path, template: Path) -> None:
    import_figures(fill(template, GOOD))
    later = GOOD | {("vaccination", "numerator"): 191, ("alleys", "value"): 15}
    done = import_figures(fill(template, later, date="2014-06-30"))
    assert done.addition is not None
    assert int(done.addition.changed.sum()) == 2  # vaccination and alleys
    assert int(done.addition.confirmed.sum()) == 5
    mine = [row for row in rows_of(folder / "figures.csv") if row["goal"] == "vaccination"]
    assert [row["numerator"] for row in mine] == ["190", "188", "191"]


def test_another_figure_under_the_same_date_is_refused(folder: Path, template: Path) -> None:
    import_figures(fill(template, GOOD))
    before = (folder / "figures.csv").read_bytes()
    done = import_figures(fill(template, GOOD | {("alleys", "value"): 12}))
    (problem,) = told(done)
    assert "another figure already has this report date" in problem
    assert problem.startswith("[Xã hội!")
    assert (folder / "figures.csv").read_bytes() == before


def test_a_dry_run_writes_nothing(folder: Path, template: Path) -> None:
    before = (folder / "figures.csv").read_bytes()
    done = import_figures(fill(template, GOOD), dry_run=True)
    assert done.addition is not None and int(done.addition.added.sum()) == 7
    assert (folder / "figures.csv").read_bytes() == before


def test_one_problem_keeps_every_figure_out(folder: Path, template: Path) -> None:
    before = (folder / "figures.csv").read_bytes()
    done = import_figures(fill(template, GOOD | {("alleys", "value"): "nhiều"}))
    assert len(told(done)) == 1 and not done.written
    assert (folder / "figures.csv").read_bytes() == before


WRONG: dict[str, tuple[dict[tuple[str, str], Any], str, str]] = {
    "words": ({("alleys", "value"): "nhiều"}, "alleys/value", "'nhiều' is not a number"),
    "doubt": ({("vaccination", "value"): "1.300"}, "vaccination/value", "read as 1300 and as 1.3"),
    "date made of 6/6": (
        {("alleys", "value"): datetime(2014, 6, 6)},  # noqa: DTZ001
        "alleys/value", "Excel has made a date",
    ),
    "truth": ({("alleys", "value"): True}, "alleys/value", "must be a number, found True"),
    "state": ({("alleys", "state"): "xong"}, "alleys/state", "'xong' is no known state"),
    "verdict": ({("alleys", "published_verdict"): "tốt"}, "alleys/published_verdict", "no known"),
    "yes or no": ({("clean-party", "value"): 2}, "clean-party/value", "'2' is neither yes nor no"),
    "locked": ({("alleys", "numerator"): 3}, "alleys/numerator", "nothing is to be typed here"),
    "percent of an amount": ({("tax", "value"): "98 %"}, "tax/value", "not a percentage"),
    "unit": ({("alleys", "value"): "12 con"}, "alleys/value", "'con' is not the unit"),
    "one half": ({("vaccination", "numerator"): 3}, "vaccination/numerator", "go together"),
    "too many": (
        {("vaccination", "numerator"): 30, ("vaccination", "denominator"): 20},
        "vaccination/numerator", "'numerator' must not exceed 'denominator', found 30 of 20",
    ),
    "over 100": ({("staff", "value"): 712}, "staff/value", "between 0 and 100, found 712"),
    "ratio": (
        {("staff", "value"): 80, ("staff", "numerator"): 71, ("staff", "denominator"): 100},
        "staff/value", "the stated 80% does not follow from 71 of 100, which is 71%",
    ),
    # Cầu Ông Lãnh ward, 2009: 152 % was printed where the amounts give 156.4 %.
    "stated percentage": (
        {("tax", "value"): "78,18", ("tax", "assigned"): 50, ("tax", "percent"): 152},
        "tax/percent", "the stated 152% does not follow from 78.18 of 50, which is 156.4%",
    ),
    "sizes": (
        {("tax", "value"): "12 triệu", ("tax", "assigned"): 12}, "tax/value", "in thousands",
    ),
    "three zeros": (
        {("tax", "value"): "4.896", ("tax", "assigned"): "4,8"}, "tax/value",
        "4896 of 4.8: thousands or decimals?",
    ),
    "total": (
        {("hamlets", "value"): "2/2", ("hamlets/kp-1", "value"): "có",
         ("hamlets/kp-2", "value"): "không"},
        "hamlets/value", "the total 2 is not that of the members below, 1",
    ),
    "total alone": ({("hamlets", "value"): "2/2"}, "hamlets/value", "not which members"),
    "other total": (
        {("hamlets", "value"): "1/3", ("hamlets/kp-1", "value"): 1, ("hamlets/kp-2", "value"): 0},
        "hamlets/value", "the goal names 2 members, found 1 of 3",
    ),
    "date in doubt": (
        {("alleys", "value"): 12, ("alleys", "vintage"): "3/4/2014"}, "alleys/vintage",
        "can be 3 April or 4 March 2014",
    ),
    "old font": (
        {("alleys", "value"): 12, ("alleys", "note"): "Kh«ng cã"}, "alleys/note",
        "the old font encoding TCVN3",
    ),
    "vni": (
        {("alleys", "value"): 12, ("alleys", "note"): "Ñaûng boä phöôøng"}, "alleys/note",
        "the old font encoding VNI",
    ),
    "formula": ({("alleys", "value"): "=SUM(A1:A2)"}, "alleys/value", "never calculated"),
    "error": ({("alleys", "value"): "#DIV/0!"}, "alleys/value", "the cell shows an error"),
    "remark alone": ({("alleys", "note"): "sẽ báo sau"}, "alleys/note", "no figure and no state"),
    "two states": (
        {("alleys", "value"): "chưa có số liệu", ("alleys", "state"): "Chưa đến hạn"},
        "alleys/value", "say different things",
    ),
    "two intervals": (
        {("alleys", "value"): "12-13", ("alleys", "low"): 12}, "alleys/value", "found an interval",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_cell_is_named(template: Path, name: str) -> None:
    values, where, message = WRONG[name]

    def errors(book: Any) -> None:
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value == "#DIV/0!":
                        cell.data_type = "e"

    done = import_figures(fill(template, values, change=errors))
    goal, _, column = where.rpartition("/")
    sheet, cell = cells_of(template)[goal, column]
    assert [line for line in told(done) if message in line and f"[{sheet}!{cell}]" in line], told(
        done
    )
    assert not done.written


def test_all_wrong_cells_are_told_at_once(template: Path) -> None:
    done = import_figures(
        fill(template, {("alleys", "value"): "?", ("tax", "value"): "?", ("staff", "value"): 712})
    )
    assert len(told(done)) == 3


DOUBTFUL: dict[str, tuple[dict[tuple[str, str], Any], str]] = {
    "a share of one": ({("vaccination", "value"): 0.98}, "a share of 1 instead of 100?"),
    "half a thing": ({("alleys", "value"): 12.5}, "no whole number of things"),
    "another unit": ({("tax", "value"): 40_000_000, ("tax", "assigned"): 40}, "40 assigned"),
    "half a year": (
        {("alleys", "value"): 7, ("alleys", "note"): "số 6 tháng đầu năm"}, "a part of the year",
    ),
    "before the end": (
        {("alleys", "value"): 7, ("alleys", "vintage"): "2013-06-30"}, "before the year 2013",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DOUBTFUL)
def test_a_doubtful_figure_is_taken_with_a_warning(template: Path, name: str) -> None:
    values, message = DOUBTFUL[name]
    done = import_figures(fill(template, values))
    assert done.written and told(done) == []
    assert any(message in line for line in warned(done)), warned(done)


def change_sheet(where: Callable[[Any], None]) -> Callable[[Any], None]:
    def changed(book: Any) -> None:
        where(next(s for s in book.worksheets if s.title == "Xã hội"))

    return changed


def rename(book: Any) -> None:
    book["Xã hội"].title = "Sheet (2)"


def shift(book: Any) -> None:
    book["Xã hội"].insert_rows(1, 4)
    book["Xã hội"].insert_cols(1, 2)


def shuffle(book: Any) -> None:
    sheet = book["Xã hội"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=7)]
    for number, values in enumerate(reversed(rows), 7):
        for column, value in enumerate(values, 1):
            sheet.cell(number, column).value = value


def spaces(book: Any) -> None:
    for row in book["Xã hội"].iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.value = f"  {unicodedata.normalize('NFD', cell.value)} "


@pytest.mark.parametrize("harmless", [rename, shift, shuffle, spaces])
def test_harmless_changes_of_the_sheet_are_read_all_the_same(
    folder: Path, template: Path, harmless: Callable[[Any], None]
) -> None:
    values = {("vaccination", "numerator"): 188, ("vaccination", "denominator"): 200,
              ("alleys", "value"): "Khoảng 14"}  # fmt: skip
    done = import_figures(fill(template, values, change=harmless))
    assert done.problems == [] and done.written
    new = rows_of(folder / "figures.csv")[6:]
    assert sorted(row["goal"] for row in new) == ["alleys", "vaccination"]
    assert {row["words"] for row in new} == {"", "Khoảng 14"}


def hide_row(sheet: Any) -> None:
    sheet.row_dimensions[8].hidden = True


def hide_sheet(sheet: Any) -> None:
    sheet.sheet_state = "hidden"


def merge(sheet: Any) -> None:
    sheet.merge_cells("F7:F8")


def lose_keys(sheet: Any) -> None:
    sheet.delete_cols(sheet.max_column)


def double(sheet: Any) -> None:
    for column in range(1, sheet.max_column + 1):
        sheet.cell(30, column).value = sheet.cell(8, column).value


def stranger(sheet: Any) -> None:
    sheet.cell(30, 2).value, sheet.cell(30, 7).value = "Chỉ tiêu khác", 5


def old_goal(sheet: Any) -> None:
    key = sheet.cell(8, sheet.max_column)
    key.value = key.value.split("@")[0] + "@000000000000"


CHANGED: dict[str, tuple[Callable[[Any], None], str]] = {
    "hidden row": (hide_row, "the row is hidden and holds a figure"),
    "hidden sheet": (hide_sheet, "the sheet is hidden"),
    "merged": (merge, "are merged"),
    "no keys": (lose_keys, "the column of keys is gone"),
    "twice": (double, "the goal stands in Xã hội!B8 too"),
    "stranger": (stranger, "names no goal of the plan, found 'Chỉ tiêu khác'"),
    "older goal": (old_goal, "the goal is measured differently"),
}


@pytest.mark.parametrize("name", CHANGED)
def test_harmful_changes_of_the_sheet_are_told(template: Path, name: str) -> None:
    change, message = CHANGED[name]
    values = {("vaccination", "value"): 95, ("alleys", "value"): 14}
    done = import_figures(fill(template, values, change=change_sheet(change)))
    assert any(message in line for line in told(done)), told(done)
    assert not done.written


def identity(key: str, value: str) -> Callable[[Any], None]:
    def changed(book: Any) -> None:
        for row in book["_planlib"].iter_rows():
            if row[0].value == key:
                row[1].value = value

    return changed


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("format", "0", "the template has the format 0; this planlib reads 1"),
        ("year", "x", "the hidden sheet of the template was damaged"),
        ("area", "", "the hidden sheet of the template was damaged"),
        ("year", "1999", "the year must lie in 2010-2015, found 1999"),
        ("plan", "ward-2010-2015", "of the plan 'ward-2010-2015', not 'good-plan'"),
    ],
)
def test_a_template_of_another_plan_or_format_is_refused(
    folder: Path, template: Path, key: str, value: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        import_figures(fill(template, GOOD, change=identity(key, value)), str(folder))


def test_a_template_of_an_older_version_of_the_plan_is_read_with_a_warning(template: Path) -> None:
    done = import_figures(fill(template, GOOD, change=identity("version", "0" * 12)))
    assert done.written and "the plan has changed" in warned(done)[0]


def test_without_a_date_nothing_is_taken_and_the_cell_is_named(template: Path) -> None:
    done = import_figures(fill(template, GOOD, date=None))
    assert [line for line in told(done) if "date of the report is missing" in line] == [
        "[Hướng dẫn!B4]: the date of the report is missing (such as 2014-03-31)"
    ]


def test_a_percentage_typed_as_such_into_excel_is_not_divided_by_a_hundred(
    folder: Path, template: Path
) -> None:
    sheet, cell = cells_of(template)["vaccination", "value"]

    def percent(book: Any) -> None:
        book[sheet][cell].number_format = "0.0%"

    done = import_figures(fill(template, {("vaccination", "value"): 0.985}, change=percent))
    assert done.problems == []
    assert rows_of(folder / "figures.csv")[-1]["value"] == "98.5"


def test_words_with_bounds_beside_them_are_kept(folder: Path, template: Path) -> None:
    import_figures(fill(template, {("staff", "value"): "Gần như tất cả", ("staff", "low"): 98}))
    row = rows_of(folder / "figures.csv")[-1]
    assert (row["words"], row["low"], row["value"]) == ("Gần như tất cả", "98", "")


def test_shipped_plans_need_a_place_for_the_figures(tmp_path: Path) -> None:
    plan = open_plan("ward-2010-2015")
    path = fill(write_template(tmp_path / "w.xlsx", plan, "ward-01", 2013),
                {("new-party-members", "value"): 12})  # fmt: skip
    with pytest.raises(InputError, match="come with planlib are not changed"):
        import_figures(path)
    done = import_figures(path, into=tmp_path / "mine.csv")
    assert done.written and len(rows_of(tmp_path / "mine.csv")) == 1


def test_a_jump_far_beyond_the_goals_history_is_asked_about(tmp_path: Path) -> None:
    plan = open_plan("ward-2010-2015")
    path = fill(write_template(tmp_path / "kp.xlsx", plan, "ward-01", 2013),
                {("women-union-new-members", "value"): "12 triệu"})  # fmt: skip
    done = import_figures(path, into=tmp_path / "mine.csv", dry_run=True)
    assert any("where other years have about" in line for line in warned(done))
