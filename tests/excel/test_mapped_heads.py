"""Tables as offices lay them out: heads of two rows, titles across the table, footers, signatures."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from foreign_sheets import SHEETS
from openpyxl import Workbook

from planlib.errors import InputError
from planlib.excel.importing import Import, import_figures

PLAN = str(Path(__file__).parent.parent / "plan" / "good-plan")
MAPPING = """\
area: ward-a
year: 2013
vintage: 31/12/2013
columns:
  goal: Chỉ tiêu
  value: [Thực hiện, Năm 2013]
  note: Ghi chú
"""
# Heads in rows 4 and 5, a row that numbers the columns, a section's title, figures, a footnote and
# signatures.
ROWS: list[list[Any]] = [
    ["ỦY BAN NHÂN DÂN", None, None, None, "CỘNG HÒA"],
    ["BIỂU TỔNG HỢP"],
    [],
    ["TT", "Chỉ tiêu", "Kế hoạch", "Thực hiện", None, "Ghi chú"],
    [None, None, None, "Năm 2012", "Năm 2013", None],
    ["A", "B", 1, 2, 3, "4"],
    ["I. KINH TẾ"],
    [1, "Hẻm được duy tu", 12, 11, 14, None],
    ["II. VĂN HÓA XÃ HỘI"],
    [2, "Tỷ lệ tiêm chủng", 95, 90, 96, None],
    ["Ghi chú: số liệu năm 2013 (1) là ước."],
    [],
    [None, None, None, None, "Phường 1, ngày 15 tháng 01 năm 2014"],
    [None, "Người lập biểu", None, None, "CHỦ TỊCH"],
    [None, None, None, None, "Nguyễn Văn A"],
]
MERGED = ("A1:C1", "E1:F1", "A2:F2", "A4:A5", "B4:B5", "C4:C5", "D4:E4", "F4:F5", "A7:F7", "A9:F9",
          "A11:F12", "E13:F13", "E14:F14", "E15:F15")  # fmt: skip


def taken(
    folder: Path, mapping: str = MAPPING, change: Callable[[Any], None] = lambda _: None,
    merged: tuple[str, ...] = MERGED,
) -> Import:  # fmt: skip
    book = Workbook()
    sheet = book.active
    sheet.title = "Biểu 1"
    for row in ROWS:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    change(sheet)
    book.save(folder / "own.xlsx")
    (folder / "map.yaml").write_text(mapping, encoding="utf-8")
    return import_figures(folder / "own.xlsx", PLAN, folder / "out.csv", folder / "map.yaml")


def values(folder: Path) -> dict[str, str]:
    with (folder / "out.csv").open(encoding="utf-8") as stream:
        return {row["goal"]: row["value"] for row in csv.DictReader(stream)}


BOTH = {"alleys": "14", "vaccination": "96"}


@pytest.mark.parametrize(
    "merged", [MERGED, tuple(area for area in MERGED if area != "D4:E4"), ("D4:E4",)]
)
def test_heads_of_two_rows_titles_footers_and_signatures_are_read(
    tmp_path: Path, merged: tuple[str, ...]
) -> None:
    done = taken(tmp_path, merged=merged)
    assert done.problems == [] and values(tmp_path) == BOTH


def test_the_lower_head_alone_is_enough_where_it_stands_once(tmp_path: Path) -> None:
    done = taken(tmp_path, MAPPING.replace("[Thực hiện, Năm 2013]", "Năm 2013"))
    assert done.problems == [] and values(tmp_path) == BOTH


def test_a_head_across_two_columns_does_not_say_which_is_meant(tmp_path: Path) -> None:
    done = taken(tmp_path, MAPPING.replace("[Thực hiện, Năm 2013]", "Thực hiện"))
    assert "two columns hold the same: Thực hiện" in str(done.problems[0])
    assert "[above, below]" in str(done.problems[0]) and done.refused


def test_a_head_that_is_not_there_is_told_with_both_rows(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"no column is headed 'Thực hiện › Năm 2014' \(did you mean"
    ):
        taken(tmp_path, MAPPING.replace("Năm 2013", "Năm 2014"))


def number_below(sheet: Any) -> None:
    sheet["B14"], sheet["E14"] = "Hộ mới thoát nghèo", 7


def merged_figures(sheet: Any) -> None:
    sheet.merge_cells("E8:E9")


def merged_years(sheet: Any) -> None:
    sheet.merge_cells("D8:E8")


def spanning(sheet: Any) -> None:
    sheet["B16"], sheet["E16"] = "Khu phố văn hóa", 3
    sheet.merge_cells("E16:E17")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (number_below, "[Biểu 1!B14]: the row has figures and names no goal"),
        (merged_years, "[Biểu 1!E8]: the cells D8:E8 are merged"),
        (spanning, "the cells E16:E17 are merged"),
    ],
)
def test_figures_that_are_merged_or_stand_below_the_table_are_told(
    tmp_path: Path, change: Callable[[Any], None], message: str
) -> None:
    done = taken(tmp_path, change=change)
    assert any(message in str(problem) for problem in done.problems), done.problems
    assert not (tmp_path / "out.csv").exists()


def test_what_lies_outside_the_table_does_not_refuse_it(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["A2"] = "B¸o c¸o thùc hiÖn"  # an old font in the title
        sheet["H8"], sheet["H8"].data_type = "#REF!", "e"
        sheet["E14"], sheet["E14"].data_type = "#NAME?", "e"
        sheet.merge_cells("H8:J12")

    done = taken(tmp_path, change=change)
    assert done.problems == [] and values(tmp_path) == BOTH


def test_names_areas_and_years_may_be_merged_over_their_rows(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.delete_rows(1, 20)
        sheet.merged_cells.ranges.clear()
        for row in (["Địa bàn", "Chỉ tiêu", "Năm", "Số"], ["ward-a", "alleys", 2012, 11],
                    [None, None, 2013, 14]):  # fmt: skip
            sheet.append(row)
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("B2:B3")

    text = "vintage: 31/12/2013\ncolumns: {area: Địa bàn, goal: Chỉ tiêu, year: Năm, value: Số}\n"
    done = taken(tmp_path, text, change)
    assert not done.refused
    assert (tmp_path / "out.csv").read_text("utf-8").count("ward-a,alleys,201") == 2


def test_two_sheets_with_the_heads_are_asked_about(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.parent.copy_worksheet(sheet).title = "Biểu 2"

    with pytest.raises(InputError, match="2 sheets have these heads: Biểu 1, Biểu 2"):
        taken(tmp_path, change=change)
    done = taken(tmp_path, MAPPING + "sheet: Biểu 2\n", change)
    assert done.problems == [] and values(tmp_path) == BOTH


def test_names_and_heads_in_an_old_font_are_told_with_what_they_read(tmp_path: Path) -> None:
    def name(sheet: Any) -> None:
        sheet["B8"] = "HÎm ®­îc duy tu"

    done = taken(tmp_path, change=name)
    assert any(
        "[Biểu 1!B8]" in str(p) and "it reads 'Hẻm được duy tu'" in str(p) for p in done.problems
    )

    def head(sheet: Any) -> None:
        sheet["B4"] = "ChØ tiªu"

    with pytest.raises(InputError, match=r"\[Biểu 1!B4\].*it reads 'Chỉ tiêu'"):
        taken(tmp_path, change=head)


@pytest.mark.parametrize("name", SHEETS)
def test_a_workbook_of_another_office_is_read_to_the_last_figure(tmp_path: Path, name: str) -> None:
    foreign = SHEETS[name]
    (tmp_path / "f.xlsx").write_bytes(foreign.book)
    (tmp_path / "f.yaml").write_text(foreign.mapping, encoding="utf-8")
    done = import_figures(tmp_path / "f.xlsx", PLAN, tmp_path / "out.csv", tmp_path / "f.yaml")
    assert not done.refused, done.problems
    with (tmp_path / "out.csv").open(encoding="utf-8") as stream:
        read = {(r["goal"], int(r["year"])): r["value"] for r in csv.DictReader(stream)}
    assert read == foreign.figures


STUBS = """\
language: en
columns: {goal: Indicator, area: Ward, year: Year, value: Figure}
goals: {Alleys: alleys}
areas: {Ward A: ward-a}
skip: [Elsewhere]
vintage: 31/12/2013
"""
STUB_ROWS = [
    ["Ward", "Indicator", "Year", "YEAR", "Figure"],
    ["Ward A", "Alleys", 2011, "a", 11], [None, "Alleys", 2012, "b", 12],
    ["Elsewhere", "Alleys", 2011, "c", 99],
]  # fmt: skip


def stubs(folder: Path, merged: str = "", second: int = 2012) -> Import:
    """A table whose first column names an area once for all of its rows."""
    book = Workbook()
    for row in STUB_ROWS:
        book.active.append([second if cell == 2012 else cell for cell in row])
    if merged:
        book.active.merge_cells(merged)
    book.save(folder / "s.xlsx")
    (folder / "map.yaml").write_text(STUBS, "utf-8")
    return import_figures(folder / "s.xlsx", PLAN, folder / "f.csv", folder / "map.yaml")


def test_rows_of_areas_that_are_skipped_and_heads_that_differ_in_capitals(tmp_path: Path) -> None:
    assert not stubs(tmp_path, "A2:A3").refused
    with (tmp_path / "f.csv").open(encoding="utf-8") as stream:
        found = {(row["area"], row["year"], row["value"]) for row in csv.DictReader(stream)}
    assert found == {("ward-a", "2011", "11"), ("ward-a", "2012", "12")}


def test_a_row_without_its_area_is_asked_for_it(tmp_path: Path) -> None:
    (problem,) = stubs(tmp_path).problems
    assert problem.place == "Sheet!A3"
    assert "no area is named (write the area in every row" in str(problem)


def test_a_figure_that_stands_twice_is_told_by_its_first_cell(tmp_path: Path) -> None:
    (problem,) = stubs(tmp_path, "A2:A3", second=2011).problems
    assert problem.place == "Sheet!E3"
    assert "the goal stands in Sheet!B2 too" in str(problem)
