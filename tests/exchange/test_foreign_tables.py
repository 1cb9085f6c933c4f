"""Tables of indicators become a plan by a mapping; published verdicts stand beside the computed ones."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
from commands import planlib

from planlib.exchange.importing import PlanImport, import_plan
from planlib.exchange.table.proposal import proposed_mapping
from planlib.figures.reading import read_observations
from planlib.plan.shipped import figure_files


def written(folder: Path, table: str, mapping: str) -> tuple[Path, Path]:
    (folder / "table.csv").write_text(table, encoding="utf-8")
    (folder / "map.yaml").write_text(mapping, encoding="utf-8")
    return folder / "table.csv", folder / "map.yaml"


def imported(folder: Path, table: str, mapping: str) -> PlanImport:
    file, map_file = written(folder, table, mapping)
    return import_plan(file, map_file, "plan", folder, "en")


def listed(done: PlanImport) -> list[tuple[str, str, str, str]]:
    """The first four columns of what could not be read; numbers without the guard of spreadsheets."""
    with done.unread_file.open(encoding="utf-8") as stream:
        rows = [[cell.lstrip("'") for cell in row] for row in csv.reader(stream)][1:]
    return [(row[0], row[1], row[2], row[3]) for row in rows]


YEARLY = """\
Chỉ tiêu;Đơn vị;Mục tiêu;Hạn;Năm gốc;Giá trị gốc;Năm;Thực hiện
Hộ nghèo;%;dưới 3;2020;2015;7,5;2018;4,25
Trường học;trường;12-15;2020;;;2018;1.300
Đường;km;≥ 80,5;31/12/2020;2015;40;2018;tỷ lệ
Cây xanh;cây;;2020;;;2018;5
"""
YEARLY_MAP = """\
columns:
  indicator: Chỉ tiêu
  unit: Đơn vị
  target: Mục tiêu
  due: Hạn
  baseline: Giá trị gốc
  baseline_year: Năm gốc
  period: Năm
  actual: Thực hiện
better: higher
"""


def test_targets_as_offices_type_them(tmp_path: Path) -> None:
    file, map_file = written(tmp_path, YEARLY, YEARLY_MAP.replace("better: higher\n", ""))
    done = import_plan(file, map_file, "plan", tmp_path, "vi")
    poor, roads = done.plan.goals
    assert (poor.id, poor.unit, roads.id) == ("ho-ngheo", "%", "duong")
    target = poor.main_target()
    assert (target.comparison, target.value, target.due) == ("below", 3, 2020)
    assert poor.baseline is not None and (poor.baseline.year, poor.baseline.value) == (2015, 7.5)
    assert (roads.main_target().comparison, roads.main_target().value) == ("at_least", 80.5)
    # A range does not say which way is better, "tỷ lệ" is no number, and a goal needs a target.
    assert [(line, what) for line, _, what, _ in listed(done)] == [
        ("3", "Mục tiêu"), ("3", "actual"), ("4", "Thực hiện"), ("5", "actual"),
    ]  # fmt: skip


def test_the_decimal_sign_is_told_not_guessed(tmp_path: Path) -> None:
    table = "indicator,unit,target,actual\nWater,litres,1.250,1.125\nOil,litres,80,81\n"
    mapping = "columns: {indicator: indicator, unit: unit, target: target, actual: actual}\nbetter: higher\ndue: 2020\nperiod: 2020\n"
    for name, more, values in (
        ("told", 'decimal: "."\n', {"water": 1.25, "oil": 80}),
        ("open", "", {"oil": 80}),
    ):
        folder = tmp_path / name
        folder.mkdir()
        done = imported(folder, table, mapping + more)
        assert {g.id: g.main_target().value for g in done.plan.goals} == values
        assert len(done.unread) == (0 if more else 2)


def test_a_workbook_is_read_like_a_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    rows = [["KPI", "Unit", "Target", "Due", "Year", "Actual"], ["Served", "%", 0.9, 2020, 2019, 0.85],
            ["Wells", "wells", 12, 2020, 2019, "about ten"]]  # fmt: skip
    for row in rows:
        sheet.append(row)
    for cell in ("C2", "F2"):
        sheet[cell].number_format = "0%"
    book.save(tmp_path / "table.xlsx")
    mapping = tmp_path / "map.yaml"
    mapping.write_text(
        "columns: {indicator: KPI, unit: Unit, target: Target, due: Due, period: Year, actual: Actual}\nbetter: higher\n"
    )
    done = import_plan(tmp_path / "table.xlsx", mapping, "plan", tmp_path, "en")
    served, wells = done.plan.goals
    assert (served.main_target().value, wells.main_target().value) == (90, 12)
    frame = read_observations(figure_files(done.plan, done.folder), done.plan).frame
    assert list(frame["value"]) == [85]
    assert [(one.place, one.found) for one in done.unread] == [("Sheet!F3", "about ten")]


def test_areas_with_targets_of_their_own(tmp_path: Path) -> None:
    table = (
        "indicator,area,unit,target,due,year,actual\nJobs,North,%,75,2020,2019,74\n"
        "Jobs,South,%,70,2020,2019,71\nJobs,East,%,,,2019,60\nPoor,North,%,10,2020,2019,9\n"
        "Poor,South,%,10,2020,2019,11\nPoor,East,%,10,2020,2019,10\n"
    )
    mapping = (
        "columns: {indicator: indicator, area: area, unit: unit, target: target, due: due, period: year, actual: actual}\n"
        "better: higher\n"
    )
    done = imported(tmp_path, table, mapping)
    jobs, poor = done.plan.goals
    assert [(one.area, one.value) for one in jobs.targets] == [("north", 75), ("south", 70)]
    assert jobs.other_areas == "no_target"
    assert poor.target is not None and poor.target.value == 10
    assert done.plan.header.areas == ("north", "south", "east")
    done = planlib("score", str(done.folder), "--area", "east", "--year", "2020", "--json")
    rows = {row["goal"]: row for row in json.loads(done.stdout)}
    assert rows["jobs"]["target"] is None


def test_a_later_report_with_another_target_supersedes_the_earlier(tmp_path: Path) -> None:
    table = (
        "indicator,target,period,reported\nWells,10,2020,2019-01-01\nWells,12,2020,2020-01-01\n"
        "Wells,12,2020,2020-01-01\nRoads,1,2020,2019-01-01\nRoads,2,2020,2019-01-01\n"
    )
    mapping = "columns: {indicator: indicator, target: target, period: period, vintage: reported}\nbetter: higher\n"
    done = imported(tmp_path, table, mapping)
    assert [goal.yearly[0].value for goal in done.plan.goals] == [12, 1]
    assert [(one.place, one.found) for one in done.unread] == [(2, "10"), (6, "2")]


def test_a_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    file, map_file = written(
        tmp_path, "kpi,goal\nA,1\n", "columns: {indicator: kpi, target: goals}\n"
    )
    done = planlib("import-plan", str(file), "--map", str(map_file), folder=tmp_path)
    assert done.returncode == 1
    assert "'goals'" in done.stderr and "did you mean 'goal'" in done.stderr


def test_two_columns_that_could_be_the_same_are_asked(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Indicator,Target,Target value\nA,1,2\n", encoding="utf-8")
    proposal = proposed_mapping(tmp_path / "t.csv", "en")
    assert "  target:  # the column of the targets" in proposal
    assert '"Target", "Target value"' in proposal


def test_a_table_of_something_else_gets_no_proposal(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    done = planlib("import-plan", "t.csv", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("t.csv: no column of it has a head that is plainly one")
    other = planlib("import-plan", "t.pdf", folder=tmp_path)
    assert (other.returncode, other.stderr) == (1, "t.pdf: must be .xml, .csv or .xlsx\n")
