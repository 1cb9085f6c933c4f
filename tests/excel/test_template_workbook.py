"""The template: what may be typed where, what is locked, what it says, and that its bytes are fixed."""

from __future__ import annotations

from functools import cache
from itertools import product
from pathlib import Path

import pytest
from examples import turns
from office import cells_of, write_template
from openpyxl import Workbook, load_workbook

from planlib.excel.template.columns import COLUMNS, NUMBERS
from planlib.excel.template.workbook import template_workbook
from planlib.figures.observations import State
from planlib.figures.reading import load_observations
from planlib.figures.typed.office_words import HEADS, answer_of, head_of, state_of, verdict_of
from planlib.language.language import Language
from planlib.plan.shipped import figure_files, open_plan, shipped_plans
from planlib.plan.verdicts import PUBLISHED

WARD = open_plan("ward-2010-2015")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "kp.xlsx"
    return write_template(path, WARD, "ward-01", 2013, figures=figure_files(WARD))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_word_a_template_is_written_with_is_understood_when_it_comes_back(lang: str) -> None:
    language = Language(lang)
    for column in COLUMNS:
        head = language(f"template.head.{column.key}", year=2013, before=2012)
        assert head_of(head) == column.key and column.key in HEADS
    assert all(state_of(language(f"template.state.{s.name}")) == s.name for s in State)
    assert all(verdict_of(language.verdict(v)) == v.name for v in PUBLISHED)
    assert [answer_of(language(f"figure.{key}")) for key in ("done", "undone")] == [1.0, 0.0]


def test_there_is_a_sheet_for_each_section_and_a_row_for_each_goal(template: Path) -> None:
    sheets = load_workbook(template).sheetnames
    assert sheets[0] == "Hướng dẫn" and sheets[-1] == "_planlib"
    assert sheets[1:-1] == [section.name["vi"][:31] for section in WARD.sections]
    rows = {name for name, head in cells_of(template) if head == "key"}
    members = {f"{g.id}/{m.id}" for g in WARD.goals for m in g.main_target().members}
    assert rows == set(WARD.goal_ids) | members


@cache
def read(template: Path) -> tuple[Workbook, dict[tuple[str, str], tuple[str, str]]]:
    """A template as it was written, and where its cells are; no test changes it."""
    return load_workbook(template), cells_of(template)


TYPED = {
    "child-vaccination": {"value", "low", "high", "numerator", "denominator"},
    "tax-revenue": {"value", "low", "high", "assigned", "percent"},
    "alleys-upgraded": {"value", "low", "high"},
    "criminal-offences": {"value", "low", "high"},
    "business-guidance": {"value"},
    "rescue-teams": {"value"},
    "rescue-teams/kp-1": {"value"},
    "veterans-growth": {"value", "low", "high", "numerator", "denominator"},
}


@pytest.mark.parametrize("name", TYPED)
def test_only_the_cells_a_goal_needs_are_unlocked(template: Path, name: str) -> None:
    book, where = read(template)
    open_cells = set()
    for (row, head), (sheet, cell) in where.items():
        assert book[sheet].protection.sheet and not book[sheet].protection.password
        if row == name and not book[sheet][cell].protection.locked:
            open_cells.add(head)
    always = (
        {"note"} if "/" in name else {"state", "published_verdict", "vintage", "source", "note"}
    )
    assert open_cells == TYPED[name] | always


def test_lists_notes_and_last_year_stand_in_their_cells(template: Path) -> None:
    book, where = read(template)

    def validated(name: str, head: str) -> str:
        sheet, cell = where[name, head]
        found = [v for v in book[sheet].data_validations.dataValidation if cell in v.sqref]
        return str(found[0].formula1)

    assert validated("tax-revenue", "state").startswith('"Thực hiện,Ước thực hiện,Chưa có số liệu')
    assert validated("tax-revenue", "vintage") == "_planlib!$D$1:$D$10"
    assert validated("business-guidance", "value") == '"có,không"'
    sheet, cell = where["tax-revenue", "name"]
    note = book[sheet][cell].comment.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Cách hiểu được dùng: 100% chỉ tiêu giao" in note
    assert "Cách hiểu khác: trên 100% chỉ tiêu giao" in note
    sheet, cell = where["tax-revenue", "before"]
    figures, _ = load_observations(figure_files(WARD), WARD)
    rows = figures.of_area("ward-01").frame.query("goal == 'tax-revenue' and year == 2012")
    newest = rows.sort_values("vintage").iloc[-1]
    shown = float(str(book[sheet][cell].value).replace(",", "."))
    assert shown == pytest.approx(100 * newest["value"] / newest["assigned"], abs=0.05)
    assert "minh họa" in book[sheet]["A4"].value


def test_it_prints_on_a4_with_its_heads_on_every_page(template: Path) -> None:
    for sheet in load_workbook(template).worksheets[1:-1]:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
        assert sheet.print_title_rows == "$6:$6"
        assert sheet.freeze_panes == "C7"


def test_numbers_have_a_format_that_shows_whole_numbers_without_a_mark(template: Path) -> None:
    book, where = read(template)
    sheet, cell = where["tax-revenue", "value"]
    assert book[sheet][cell].number_format == "#,##0.###"
    rules = [
        r
        for found in book[sheet].conditional_formatting
        for r in found.rules
        if cell in found.sqref
    ]
    assert rules[0].dxf.numFmt.formatCode == "#,##0"
    sheet, cell = where["rescue-teams", "value"]
    assert book[sheet][cell].number_format == "@"  # or Excel makes a date of 5/6


@pytest.mark.parametrize(("lang", "name"), turns(product(["vi", "en"], shipped_plans()), 3))
def test_the_bytes_of_a_template_are_the_same_every_time(
    name: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = open_plan(name)
    figures, _ = load_observations(figure_files(plan), plan)
    area, year = plan.header.areas[0] if plan.header.areas else "viet-nam", plan.years[1]
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    first = template_workbook(plan, figures.frame, area, year, lang)
    assert template_workbook(plan, figures.frame, area, year, lang) == first
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1400000000")
    assert template_workbook(plan, figures.frame, area, year, lang) != first


def test_columns_no_goal_of_a_section_needs_are_left_out(template: Path) -> None:
    heads = {head for (name, head), _ in cells_of(template).items() if name == "tax-revenue"}
    assert {"assigned", "percent"} <= heads and not {"numerator", "denominator"} & heads
    assert set(NUMBERS) & heads == {"assigned", "value", "low", "high", "percent"}
