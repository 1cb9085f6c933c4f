"""Problems are told in the words of the sheet: its heads, its states, its columns that are gone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from office import cells_of, fill, write_template
from openpyxl import Workbook

from planlib.errors import InputError
from planlib.excel.importing import Import, import_figures
from planlib.plan.reading import read_plan

HERE = Path(__file__).parent
TOO_MANY = {("vaccination", "numerator"): 30, ("vaccination", "denominator"): 20}


def template(
    folder: Path, values: dict[tuple[str, str], Any], lang: str = "vi",
    change: Callable[[Any, dict[Any, Any]], None] = lambda *_: None,
) -> Import:  # fmt: skip
    home = Path(shutil.copytree(HERE.parent / "plan" / "good-plan", folder / "good-plan"))
    path = write_template(home / "kp.xlsx", read_plan(home), "ward-a", 2013, lang)
    where = cells_of(path)
    fill(path, values, change=lambda book: change(book, where))
    return import_figures(path)


@pytest.mark.parametrize(
    ("of", "lang", "message"),
    [
        ("vi", "en", "'Tử số' must not exceed 'Mẫu số', found 30 of 20"),
        ("en", "en", "'Numerator' must not exceed 'Denominator', found 30 of 20"),
        ("en", "vi", "'Numerator' không được lớn hơn 'Denominator', gặp 30 trên 20"),
        ("vi", "vi", "'Tử số' không được lớn hơn 'Mẫu số', gặp 30 trên 20"),
    ],
)
def test_a_template_is_told_its_own_heads(tmp_path: Path, of: str, lang: str, message: str) -> None:
    done = template(tmp_path, TOO_MANY, of)
    assert [problem.in_language(lang).message for problem in done.problems] == [message]


@pytest.mark.parametrize(("of", "word"), [("en", "No data"), ("vi", "Chưa có số liệu")])
def test_a_state_is_told_as_the_sheet_calls_it(tmp_path: Path, of: str, word: str) -> None:
    done = template(tmp_path, {("alleys", "value"): 5, ("alleys", "state"): word}, of)
    assert done.problems[0].in_language("en").message == f"the state '{word}' has no number"


def test_a_mapped_sheet_is_told_its_own_heads(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["Chỉ tiêu", "Số trẻ được tiêm", "Tổng số trẻ"], ["vaccination", 30, 20]):
        book.active.append(row)
    book.save(tmp_path / "own.xlsx")
    (tmp_path / "map.yaml").write_text(
        "area: ward-a\nyear: 2013\nvintage: 31/12/2013\ncolumns: {goal: Chỉ tiêu,"
        " numerator: Số trẻ được tiêm, denominator: Tổng số trẻ}\n", encoding="utf-8")  # fmt: skip
    plan = str(HERE.parent / "plan" / "good-plan")
    done = import_figures(tmp_path / "own.xlsx", plan, tmp_path / "out.csv", tmp_path / "map.yaml")
    assert (
        done.problems[0]
        .in_language("en")
        .message.startswith("'Số trẻ được tiêm' must not exceed 'Tổng số trẻ'")
    )


def without(column: str) -> Callable[[Any, dict[Any, Any]], None]:
    def change(book: Any, where: dict[Any, Any]) -> None:
        sheet, cell = where["vaccination", column]
        book[sheet].delete_cols(book[sheet][cell].column)

    return change


def test_a_column_that_is_gone_is_told_as_such(tmp_path: Path) -> None:
    done = template(tmp_path, {("vaccination", "numerator"): 19}, "en", without("denominator"))
    assert done.refused
    assert "the column 'Denominator' is gone from this sheet" in {p.message for p in done.problems}


def test_a_column_nobody_used_may_be_gone_with_a_warning(tmp_path: Path) -> None:
    done = template(tmp_path, {("alleys", "value"): 14}, "vi", without("source"))
    assert not done.refused
    (problem,) = [problem for problem in done.problems if "gone" in problem.message]
    assert problem.warning and problem.message == "the column 'Nguồn' is gone from this sheet"


def test_the_targets_left_empty_are_named(tmp_path: Path) -> None:
    done = template(tmp_path, {("alleys", "value"): 14})
    assert done.reading is not None
    names = [name["en"] for name in done.reading.empty]
    assert "Vaccination rate" in names and "Cultural neighbourhoods" in names
    assert "Alleys maintained" not in names and len(names) == 5


def test_a_template_without_its_hidden_sheet_is_told_so_and_an_unknown_book_the_whole_way_out(
    tmp_path: Path,
) -> None:
    def change(book: Any, _: dict[Any, Any]) -> None:
        del book["_planlib"]

    with pytest.raises(InputError, match="the hidden sheet of the template is gone"):
        template(tmp_path, {("alleys", "value"): 14}, change=change)
    book = Workbook()
    book.active.append(["Họ tên"])
    book.save(tmp_path / "own.xlsx")
    with pytest.raises(InputError, match=r"no template of planlib.*with --plan.*with --map"):
        import_figures(tmp_path / "own.xlsx")
