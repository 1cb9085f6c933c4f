"""A sheet somebody made himself is read by a mapping; tidy sheets and tables need none."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from examples import turns
from openpyxl import Workbook

from planlib.errors import InputError
from planlib.excel.export import write_figures
from planlib.excel.importing import Import, import_figures
from planlib.excel.sheets.mapping import read_mapping
from planlib.figures.observations import State
from planlib.figures.reading import read_observations
from planlib.plan.reading import read_plan

PLAN = str(Path(__file__).parent.parent / "plan" / "good-plan")
MAPPING = """\
area: ward-a
year: 2013
vintage: 31/12/2013
source: Báo cáo năm 2013
columns:
  goal: Chỉ tiêu
  assigned: Kế hoạch
  value: Kết quả thực hiện
  percent: Tỷ lệ %
goals:
  Thuế các loại: tax
skip: [Tổng cộng]
"""
SHEET: list[list[Any]] = [
    ["BÁO CÁO", None, None, None, None],
    [],
    [None, "TT", "Chỉ tiêu", "Kế hoạch", "Kết quả thực hiện", "Tỷ lệ %"],
    [None, 1, "Thuế các loại", 50, 78.18, "156,4 %"],
    [None, 2, "Hẻm được duy tu", None, "Khoảng 13"],
    [None, 3, "Khu phố văn hóa"],
    [None, None, "- Khu phố 1", None, "Có"],
    [None, None, "- Khu phố 2", None, "Chưa"],
    [None, None, "Tổng cộng", 50, 91],
    [],
    [None, None, "Người lập biểu"],
]


def sheet(folder: Path, rows: list[list[Any]] = SHEET, name: str = "Biểu 1") -> Path:
    book = Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    book.save(folder / "own.xlsx")
    return folder / "own.xlsx"


def taken(folder: Path, text: str = MAPPING, rows: list[list[Any]] = SHEET) -> Import:
    (folder / "map.yaml").write_text(text, encoding="utf-8")
    return import_figures(sheet(folder, rows), PLAN, folder / "out.csv", folder / "map.yaml")


def test_a_sheet_of_ones_own_is_read_by_its_mapping(tmp_path: Path) -> None:
    done = taken(tmp_path)
    assert done.problems == [] and done.written
    with (tmp_path / "out.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [(r["goal"], r["member"], r["value"], r["assigned"], r["words"]) for r in rows] == [
        ("tax", "", "78.18", "50", ""), ("alleys", "", "13", "", "Khoảng 13"),
        ("hamlets", "kp-1", "1", "", ""), ("hamlets", "kp-2", "0", "", ""),
    ]  # fmt: skip
    assert {r["vintage"] for r in rows} == {"2013-12-31"}


def changed(row: int, column: int, value: Any) -> list[list[Any]]:
    rows = [[*cells, *[None] * (6 - len(cells))] for cells in SHEET]
    rows[row][column] = value
    return rows


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (changed(3, 5, 152), "[Biểu 1!F4]: goal 'Tax revenue': the stated 152% does not follow"),
        (changed(3, 2, "Thuế"), "[Biểu 1!C4]: the row has figures and names no goal of the plan"),
        (changed(4, 4, "?"), "[Biểu 1!E5]: goal 'Alleys maintained': '?' is not a number"),
        (changed(5, 4, 2), "[Biểu 1!E6]: goal 'Cultural neighbourhoods': the goal is answered"),
    ],
)
def test_what_is_wrong_is_told_with_its_cell(tmp_path: Path, rows: Any, message: str) -> None:
    done = taken(tmp_path, rows=rows)
    assert any(message in str(problem) for problem in done.problems), done.problems
    assert not (tmp_path / "out.csv").exists()


YEARS = [
    ["Tên phường", "Chỉ tiêu", "Kỳ", "Số liệu", "Ngày"],
    ["Phường A", "Hẻm được duy tu", "Năm 2012", 12, "15/01/2013"],
    ["Ward A", "alleys", 2013, 14, "tháng 1 năm 2014"],
]
BY_COLUMNS = """\
columns: {area: Tên phường, goal: Chỉ tiêu, year: Kỳ, value: Số liệu, vintage: Ngày}
"""


def test_a_row_of_a_file_with_more_cells_than_heads_is_refused(tmp_path: Path) -> None:
    path, mapping = tmp_path / "own.csv", tmp_path / "map.yaml"
    path.write_text("Chỉ tiêu,Kế hoạch,Kết quả\nThuế,50,78,18\n", encoding="utf-8")
    mapping.write_text(
        "area: ward-a\nyear: 2013\nvintage: 31/12/2013\ncolumns:\n  goal: Chỉ tiêu\n"
        "  assigned: Kế hoạch\n  value: Kết quả\ngoals:\n  Thuế: tax\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as raised:
        import_figures(path, PLAN, tmp_path / "out.csv", mapping)
    (problem,) = raised.value.problems
    assert (problem.file, problem.place) == (str(path), 2)


def test_area_year_and_date_may_stand_in_columns(tmp_path: Path) -> None:
    done = taken(tmp_path, BY_COLUMNS, YEARS)
    assert done.problems == []
    lines = (tmp_path / "out.csv").read_text("utf-8").splitlines()[1:]
    assert [line.split(",")[:4] for line in lines] == [
        ["ward-a", "alleys", "2012", "2013-01-15"], ["ward-a", "alleys", "2013", "2014-01"],
    ]  # fmt: skip


# Da Kao ward reported 37.93 % of the year's budget for the first half of 2011.
@pytest.mark.parametrize("period", ["2011-H1", "6 tháng đầu năm 2011", "Quý I/2011"])
def test_a_half_years_figure_is_not_taken_for_a_years(tmp_path: Path, period: str) -> None:
    rows = [YEARS[0], ["Phường A", "alleys", period, 6, "2011-07-15"]]
    done = taken(tmp_path, BY_COLUMNS, rows)
    assert "[Biểu 1!C2]" in str(done.problems[0]) and "is part of a year" in str(done.problems[0])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("colums: {}", "map.yaml:1: unknown key 'colums' (did you mean 'columns'?)"),
        (MAPPING.replace("assigned:", "asigned:"), "map.yaml:7: unknown key 'asigned'"),
        (MAPPING.replace("area: ward-a\n", ""), "give 'area' once: for all rows, or its column"),
        (
            MAPPING.replace("  value: Kết quả thực hiện\n  percent: Tỷ lệ %\n", ""),
            "where the figures",
        ),
        (MAPPING + "year: 2014\n", "map.yaml:13: the key 'year' stands twice, first in line 2"),
        (MAPPING.replace("Kế hoạch", "Kế hoach"), "no column is headed 'Kế hoach' (did you mean"),
        (MAPPING + "sheet: Biểu 2\n", "there is no sheet 'Biểu 2' (did you mean 'Biểu 1'?)"),
        (MAPPING.replace(": tax", ": taxx"), "the plan 'good-plan' has no goal 'taxx'"),
        (MAPPING.replace("31/12/2013", "3/4/2014"), "can be 3 April or 4 March"),
    ],
)
def test_a_wrong_mapping_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    try:
        problems = taken(tmp_path, text).problems
    except InputError as error:
        problems = list(error.problems)
    assert any(message in str(problem) for problem in problems), problems


def test_without_a_mapping_the_way_out_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--map"):
        import_figures(sheet(tmp_path), PLAN, tmp_path / "out.csv")
    with pytest.raises(InputError, match="name the plan with --plan"):
        import_figures(sheet(tmp_path))


TIDY = [
    ["area", "goal", "year", "vintage", "value", "note"],
    ["ward-a", "alleys", 2011, "2012-01-15", 13, "a"],
    ["ward-a", "alleys", 2012, 2013, "14.5", "'=1"],
]


def test_a_tidy_sheet_needs_no_mapping(tmp_path: Path) -> None:
    done = import_figures(sheet(tmp_path, TIDY), PLAN, tmp_path / "out.csv")
    assert not done.refused and done.written
    assert "'=1" in (tmp_path / "out.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (["ward-a", "alleys", 2012, 2013, "15,5"], "[Biểu 1!E3]: 'value' must be a number"),
        (
            ["ward-a", "alley", 2012, 2013, 5],
            "[Biểu 1!B3]: goal 'alley': the plan 'good-plan' has no",
        ),
        (["ward-a", "alleys", 2012, 2013, "=1+1"], "[Biểu 1!E3]: the formula was never calculated"),
        (["ward-a", "alleys", "x", 2013, 5], "[Biểu 1!C3]: 'year' must be a year"),
    ],
)
def test_a_wrong_row_of_a_tidy_sheet_is_named(tmp_path: Path, row: Any, message: str) -> None:
    done = import_figures(sheet(tmp_path, [*TIDY[:2], row]), PLAN, tmp_path / "out.csv")
    assert any(message in str(problem) for problem in done.problems), done.problems


def test_a_table_is_taken_in_as_it_is(tmp_path: Path) -> None:
    import pandas as pd

    frame = pd.DataFrame(TIDY[1:], columns=TIDY[0]).astype({"value": float, "vintage": str})
    frame.to_csv(tmp_path / "new.csv", index=False)
    frame.to_parquet(tmp_path / "new.parquet")
    for name in ("new.csv", "new.parquet"):
        done = import_figures(tmp_path / name, PLAN, tmp_path / f"{name}.out.csv")
        assert not done.refused and done.written
    one, two = (tmp_path / f"new.{kind}.out.csv" for kind in ("csv", "parquet"))
    assert one.read_bytes() == two.read_bytes()


def test_a_row_whose_year_or_area_cannot_be_read_is_no_figure_of_another(tmp_path: Path) -> None:
    text = "area: ward-a\nvintage: 2014-03\ncolumns: {goal: C, value: K, year: Năm}\n"
    rows = [["C", "Năm", "K"], ["Hẻm được duy tu", "nam 2O12", 13], ["Hẻm được duy tu", None, 14]]
    result = taken(tmp_path, text, rows)
    assert result.reading is not None and not len(result.reading.frame)
    assert [str(p).partition("]: ")[2] for p in result.problems] == [
        "goal 'Alleys maintained': 'nam 2O12' is no year",
        "goal 'Alleys maintained': '' is no year",
    ]


@pytest.mark.parametrize("text", ["N/A", "n.a.", "NA", "-", "–", "x", "Không"])
def test_what_may_mean_no_data_or_not_applicable_is_asked(tmp_path: Path, text: str) -> None:
    rows = [["Chỉ tiêu", "Kế hoạch", "Kết quả thực hiện", "Tỷ lệ %"],
            ["Hẻm được duy tu", None, text]]  # fmt: skip
    result = taken(tmp_path, rows=rows)
    assert not result.written
    assert [p.message for p in result.problems] == [
        f"{text!r} can mean no data, not applicable or none at all"
    ]


@pytest.mark.parametrize(
    ("text", "state"),
    [(":", "missing"), ("..", "missing"), ("…", "missing"), ("Chưa có số liệu", "missing"),
     ("Không áp dụng", "not_applicable"), ("Not applicable", "not_applicable")],
)  # fmt: skip
def test_what_means_one_thing_is_read(tmp_path: Path, text: str, state: str) -> None:
    rows = [["Chỉ tiêu", "Kế hoạch", "Kết quả thực hiện", "Tỷ lệ %"],
            ["Hẻm được duy tu", None, text]]  # fmt: skip
    result = taken(tmp_path, rows=rows)
    assert result.reading is not None and not result.refused
    assert [State(code).name for code in result.reading.frame["state"]] == [state]


UNITS = "area: ward-a\nyear: 2013\nvintage: 2014\ncolumns: {goal: C, value: K, assigned: G}\n"


@pytest.mark.parametrize(
    ("title", "head", "unit", "more", "value"),
    turns([
        ("", "K", "nghìn hẻm", "", 2000), ("", "K", "Hẻm", "", 2), ("", "K", "alleys", "", 2),
        ("", "K", "1.000 hẻm", "", 2000), ("", "K", "'000", "", 2000), ("", "K", "-", "", 2),
        ("", "K", "thousand alleys", "", 2000), ("", "K (nghìn hẻm)", "", "", 2000),
        ("", "K (năm 2013)", "", "", 2), ("", "K (nghìn)", "nghìn hẻm", "", 2000),
        ("Đơn vị tính: nghìn hẻm", "K", "", "", 2000), ("ĐVT: triệu đồng, hẻm", "K", "", "", 2),
        ("", "K", "", "unit: nghìn hẻm\n", 2000), ("", "K", "", "scale: 1000\n", 2000),
        ("", "K", "HK", "units: {HK: nghìn hẻm}\n", 2000), ("", "K", "tá", "units: {tá: 12}\n", 24),
    ], 2),
)  # fmt: skip
def test_a_unit_beside_a_figure_is_read(
    tmp_path: Path, title: str, head: str, unit: str, more: str, value: float
) -> None:
    rows = [[title or None], ["C", "ĐVT", head, "G"], ["Hẻm được duy tu", unit or None, 2, None],
            ["Thu thuế", "triệu đồng", 4, 5]]  # fmt: skip
    text = UNITS.replace("value: K", f"value: {head}")
    result = taken(tmp_path, text + more, rows)
    assert not result.refused, result.problems
    assert result.reading is not None
    assert result.reading.frame["value"].tolist() == [value, 4]


@pytest.mark.parametrize("unit", ["người", "triệu đồng", "%", "km"])
def test_a_unit_that_is_not_the_goals_is_refused(tmp_path: Path, unit: str) -> None:
    rows = [["C", "Đơn vị", "K", "G"], ["Hẻm được duy tu", unit, 2, None]]
    result = taken(tmp_path, UNITS, rows)
    assert not result.written
    assert [str(p).partition("[")[2] for p in result.problems] == [
        (
            f"Biểu 1!C2]: goal 'Alleys maintained': the unit {unit!r} is not that of the goal, 'alleys' "
            "(convert the figure, or say under 'units' in a mapping what it is)"
        )
    ]


@pytest.mark.parametrize(
    ("title", "head"), [("", "K (nghìn)"), ("Đơn vị tính: nghìn", "K"), ("ĐVT: nghìn hẻm", "K")]
)
def test_two_units_that_contradict_each_other_are_refused(
    tmp_path: Path, title: str, head: str
) -> None:
    rows = [[title], ["C", "Đơn vị", head, "G"], ["Hẻm được duy tu", "hẻm", 2, None]]
    result = taken(tmp_path, UNITS.replace("value: K", f"value: {head}"), rows)
    assert not result.written
    assert "the unit beside the figure is 'hẻm', that of the table" in str(result.problems[0])


def test_a_rate_per_thousand_is_no_percentage(tmp_path: Path) -> None:
    rows = [["C", "Đơn vị", "K", "G"], ["Tỷ lệ tiêm chủng", "‰", 950, None]]
    result = taken(tmp_path, UNITS, rows)
    assert result.reading is not None and result.reading.frame["value"].tolist() == [95]
    rows[1][1] = "trẻ em"
    message = "the unit beside it is not that of a percentage"
    assert [p.message for p in taken(tmp_path, UNITS, rows).problems] == [message]


def test_an_end_that_is_not_part_of_a_figure_comes_through_every_file(tmp_path: Path) -> None:
    rows = [["Chỉ tiêu", "Kế hoạch", "Kết quả thực hiện", "Tỷ lệ %"],
            ["Hẻm được duy tu", None, "Dưới 5"]]  # fmt: skip
    store = tmp_path / "out.csv"
    assert taken(tmp_path, rows=rows).written
    plan = read_plan(Path(PLAN))

    def told(path: Path) -> list[tuple[str, float, str]]:
        frame = read_observations([path], plan).frame
        return [
            (str(r["exclusive"]), float(r["high"]), str(r["words"])) for _, r in frame.iterrows()
        ]

    assert told(store) == [("high", 5, "Dưới 5")]
    assert taken(tmp_path, rows=rows).written is False  # the same figure again
    pd.read_csv(store, dtype=str).astype({"high": float, "year": int}).to_parquet(
        tmp_path / "out.parquet"
    )
    assert told(tmp_path / "out.parquet") == [("high", 5, "Dưới 5")]
    write_figures(read_observations([store], plan).frame, tmp_path / "out.xlsx")
    again = import_figures(tmp_path / "out.xlsx", PLAN, tmp_path / "again.csv")
    assert not again.refused and told(tmp_path / "again.csv") == [("high", 5, "Dưới 5")]


def test_a_mapping_is_read_as_written(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(MAPPING, encoding="utf-8")
    assert read_mapping(tmp_path / "m.yaml").columns.heads()["percent"] == "Tỷ lệ %"
