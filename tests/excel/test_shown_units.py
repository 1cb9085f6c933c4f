"""A cell that Excel shows in another unit than its goal's is not believed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from examples import turns
from openpyxl import Workbook

from planlib.excel.importing import import_figures
from planlib.excel.workbook.number_formats import section_of
from planlib.exchange.importing import import_plan
from planlib.figures.typed.numbers import NumberStyle, typed_number
from planlib.language.typed.unreadable import Unreadable

STATES = Path(__file__).parent.parent / "targets" / "states-plan"
GOALS = """
  - id: revenue
    name: {vi: Thu, en: Revenue}
    unit: {currency: VND, scale: billion}
    source: [{document: text, section: "1", paragraph: 4}]
    target: {comparison: at_least, value: 1500, cadence: every_year}
  - id: aid
    name: {vi: Viện trợ, en: Aid}
    unit: {currency: USD}
    source: [{document: text, section: "1", paragraph: 5}]
    target: {comparison: at_least, value: 1500, cadence: every_year}
  - id: parks
    name: {vi: Công viên, en: Parks}
    unit: {vi: ha, en: ha}
    source: [{document: text, section: "1", paragraph: 6}]
    target: {comparison: at_least, value: 20, cadence: every_year}
  - id: births
    name: {vi: Tỷ lệ sinh, en: Births}
    unit: "%"
    source: [{document: text, section: "1", paragraph: 7}]
    target: {comparison: at_most, value: 2, cadence: every_year}
"""
MAPPING = """\
area: north
year: 2012
vintage: "2013-02-01"
source: office
{more}columns:
  goal: Goal
  value: Result
"""
AROUND = [
    ("[$€-x] #,##0", ("€", "")), ('#,##0\\ "₫"', ("", "₫")), ("[$kr-41D]#,##0", ("SEK", "")),
    ("[$$-C09]#,##0.00", ("AUD", "")), ("[$-409]#,##0", ("", "")), ("0.00E+00", ("", "")),
    ("# ?/?", ("", "")), ("#\\ ##0", ("", "")), ('0.0"‰"', ("", "‰")), ("_(* #,##0_)", ("", "")),
]  # fmt: skip


@pytest.fixture(scope="module")
def plan_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plan") / "states-plan"
    shutil.copytree(STATES, folder)
    with (folder / "labour.yaml").open("a", encoding="utf-8") as stream:
        stream.write(GOALS.lstrip("\n"))
    return folder


def sheet(folder: Path, *rows: tuple[Any, ...]) -> Path:
    """Heads, then rows whose last cell has the number format behind it."""
    book = Workbook()
    book.active.append(rows[0])
    for at, (*cells, code) in enumerate(rows[1:], start=2):
        book.active.append(cells)
        book.active.cell(at, len(cells)).number_format = code
    book.save(folder / "office.xlsx")
    return folder / "office.xlsx"


@pytest.mark.parametrize(("code", "around"), AROUND)
def test_what_stands_around_the_digits_is_known(code: str, around: tuple[str, str]) -> None:
    section = section_of(code, 5.0)
    assert section is not None and section.around == around and not section.resized


@pytest.mark.parametrize("code", ['0":"00', r"0\:00", '0"h"00', '000"-"000'])
def test_digits_parted_by_another_sign_show_another_number(code: str) -> None:
    section = section_of(code, 125.0)
    assert section is not None and section.resized


@pytest.mark.parametrize(
    ("goal", "code", "more", "told"), turns([
        ("Revenue", "[$€-407] #,##0", "", "'EUR …', and figures of the goal are in 'VND billion'"),
        ("Revenue", "[$€-407] #,##0", "unit: triệu đồng\n", "are in 'VND billion'"),
        ("Revenue", '#,##0 "₫"', "", "'… ₫', and figures of the goal are in 'VND billion'"),
        ("Revenue", '#,##0 "₫"', "unit: tỷ đồng\n", ""),
        ("Revenue", "#,##0", "", ""),
        ("Aid", '"$"#,##0', "", ""),
        ("Aid", "[$$-C09]#,##0", "", "'AUD …', and figures of the goal are in 'US$'"),
        ("Aid", '"$"0.0"m"', "", "'$ … m'"),
        ("Aid", '"-"0', "", "'- …'"),
        ("Parks", '0" ha"', "", ""),
        ("Parks", '0" km²"', "", "'… km²', and figures of the goal are in 'ha'"),
        ("Parks", "[$€-x] #,##0", "", "'€ …', and figures of the goal are in 'ha'"),
        ("Births", '0.0"‰"', "", "'… ‰', and figures of the goal are in '%'"),
        ("Births", '0.0" %"', "", ""),
        ("Births", "[$€-x] #,##0", "", "'€ …', and figures of the goal are in '%'"),
    ], 2))  # fmt: skip
def test_a_cell_shown_in_another_unit_is_refused_at_its_place(
    plan_folder: Path, tmp_path: Path, goal: str, code: str, more: str, told: str
) -> None:
    path = sheet(tmp_path, ("Goal", "Result"), (goal, 1.5, code))
    mapping = tmp_path / "map.yaml"
    mapping.write_text(MAPPING.format(more=more), "utf-8")
    found = [
        str(problem) for problem in import_figures(
            path, str(plan_folder), mapping=mapping, into=tmp_path / "out.csv"
        ).problems if not problem.warning
    ]  # fmt: skip
    assert len(found) == bool(told), found
    assert not told or (told in found[0] and "[Sheet!B2]" in found[0])


def test_tidy_sheets_and_tables_of_indicators_are_held_to_it_too(
    plan_folder: Path, tmp_path: Path
) -> None:
    heads = ("area", "goal", "year", "vintage", "source", "value")
    path = sheet(tmp_path, heads, ("north", "revenue", 2012, "2013-02-01", "o", 9.0, "[$€-2] 0"))
    taken = import_figures(path, str(plan_folder), into=tmp_path / "out.csv")
    (problem,) = taken.problems
    assert "[Sheet!F2]" in str(problem) and "'€ …'" in str(problem)
    mapping = tmp_path / "map.yaml"
    mapping.write_text(
        "better: higher\ndue: 2020\ncolumns: {indicator: KPI, unit: Unit, target: Target}\n",
        "utf-8",
    )
    path = sheet(
        tmp_path,
        ("KPI", "Unit", "Target"),
        ("Area", "ha", 9.0, '0" ha"'),
        ("Cost", "USD", 9.0, "€0"),
    )
    made = import_plan(path, mapping, "table", tmp_path, "en")
    (unread,) = made.unread
    assert unread.place == "Sheet!C3" and "'€ …'" in str(unread.why)


def test_dong_behind_a_number_is_not_the_unit_of_a_goal_in_another() -> None:
    assert typed_number("7 đồng", NumberStyle("amount")).value == 7
    assert typed_number("7 đồng", NumberStyle("amount", units=("triệu đồng",))).value == 7
    for style in (NumberStyle("share"), NumberStyle("amount", units=("usd",))):
        with pytest.raises(Unreadable):
            typed_number("7 đồng", style)
