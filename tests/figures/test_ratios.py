"""``1:25`` is no number, no time and no date: wherever it stands it is told how to write it."""

from __future__ import annotations

import shutil
from datetime import date, time
from pathlib import Path

import pytest
from office import fill, write_template
from openpyxl import Workbook

from planlib.errors import Problem
from planlib.excel.importing import import_figures
from planlib.figures.reading import load_observations
from planlib.figures.typed.numbers import NumberStyle, typed_number
from planlib.language.languages import LANGUAGES
from planlib.language.ratios import ratio_hint
from planlib.language.typed.unreadable import Unreadable
from planlib.plan.reading import load_plan, read_plan

STATES = Path(__file__).parent.parent / "targets" / "states-plan"
RATIO, RATE, PERMILLE = "figures.ratio-hint", "figures.rate-hint", "figures.permille-hint"
WRITTEN = {
    "1:25": RATIO, "1 : 25": RATIO, "25/1": RATIO, "1/3": RATIO, "⅓": RATIO, "1 in 4": RATIO,
    "1 trên 25": RATIO, "một trên hai mươi lăm": RATIO, "1 sur 4": RATIO, "one in four": RATIO,
    "15 per 100,000": RATE, "15 trên 100.000 dân": RATE, "3 pour 1 000": RATE, "3‰": PERMILLE,
}  # fmt: skip
CLASS = """
  - id: class-size
    name: {vi: Số trẻ trên một giáo viên, en: Children per teacher}
    unit: {vi: trẻ trên một giáo viên, en: children per teacher}
    source: [{document: text, section: "1", paragraph: 5}]
    target: {comparison: at_most, value: 25, cadence: every_year}
"""


def states(tmp_path: Path, value: str = "25") -> Path:
    folder = tmp_path / "states-plan"
    shutil.copytree(STATES, folder)
    with (folder / "labour.yaml").open("a", encoding="utf-8") as stream:
        stream.write(CLASS.lstrip("\n").replace("value: 25", f"value: {value}"))
    return folder


@pytest.mark.parametrize("text", WRITTEN)
def test_it_is_recognised_in_every_language_and_never_read(text: str) -> None:
    hint = ratio_hint(text)
    assert hint is not None and hint.key == WRITTEN[text]
    assert len({hint.in_language(one) for one in LANGUAGES}) == len(LANGUAGES)
    if text in {"25/1", "1/3", "1 sur 4"}:  # so many of so many, which a share takes
        assert typed_number(text, NumberStyle("share")).of is not None
        return
    with pytest.raises(Unreadable) as refused:
        typed_number(text, NumberStyle("amount"))
    assert refused.value.hint == hint


@pytest.mark.parametrize(
    "text", ["25", "1.300", "61-62", "trên 25", "12 triệu", "1/2/2014", "5 năm"]
)
def test_what_is_a_number_or_a_day_is_none(text: str) -> None:
    assert ratio_hint(text) is None


@pytest.mark.parametrize("value", ["1:25", "1/25", "1 : 25", '"1:25"', "1:250", "1 in 4", "3‰"])
def test_a_target_written_so_is_one_line_with_what_to_write(tmp_path: Path, value: str) -> None:
    problems = load_plan(states(tmp_path, value))[1]
    assert len(problems) == 1, problems
    told = str(problems[0])
    assert "labour.yaml:" in told
    assert "for 1:25 write 25" in told or (value == "3‰" and "0.3%" in told)


def test_a_table_says_the_line_and_what_to_write(tmp_path: Path) -> None:
    plan = read_plan(states(tmp_path))
    table = tmp_path / "figures.csv"
    rows = [f'north,class-size,{2011 + n % 4},2014-02-01,"{text}",x' for n, text in
            enumerate(("1:25", "1 in 25", "15 per 100,000", "01:25:00"))]  # fmt: skip
    table.write_text("\n".join(["area,goal,year,vintage,value,source", *rows, ""]), "utf-8")
    problems = load_observations([table], plan)[1]
    assert [problem.place for problem in problems] == [2, 3, 4, 5]
    hints = [problem.hint.key for problem in problems if problem.hint is not None]
    assert hints == [RATIO, RATIO, RATE, "figures.ratio-time-or-date"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (time(1, 25), "Excel makes a time of 1:25"),
        (date(2014, 1, 25), "a date of 1/25"),
        ("1:25", "is a ratio of two numbers"),
        ("1/25", "one number is wanted here, found two (write one number: for 1:25 write 25"),
        ("một trên hai mươi lăm", "is a ratio of two numbers"),
    ],
)
def test_a_cell_of_a_template_is_told_at_its_place(
    tmp_path: Path, typed: object, told: str
) -> None:
    folder = states(tmp_path)
    path = write_template(tmp_path / "north.xlsx", read_plan(folder), "north", 2012)
    fill(path, {("class-size", "value"): typed}, date="2013-02-01")
    (problem,) = import_figures(path, str(folder)).problems
    assert "!" in str(problem) and told in str(problem)


def test_a_sheet_of_figures_is_told_at_its_cell(tmp_path: Path) -> None:
    folder, book = states(tmp_path), Workbook()
    book.active.append(["area", "goal", "year", "vintage", "value", "source"])
    book.active.append(["north", "class-size", 2012, "2013-02-01", time(1, 25), "report"])
    book.save(tmp_path / "own.xlsx")
    problems: list[Problem] = import_figures(tmp_path / "own.xlsx", str(folder)).problems
    assert problems and "1:25" in str(problems[0]) and "E2" in str(problems[0])
