"""A cell is believed or not for the same reasons, whether its sheet is a template, mapped or tidy."""

from __future__ import annotations

import csv
import re
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from examples import LONG, turns
from office import cells_of, fill, write_template
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from planlib.errors import InputError
from planlib.excel.importing import Import, import_figures
from planlib.plan.reading import read_plan

HERE = Path(__file__).parent
PLAN = str(HERE.parent / "plan" / "good-plan")
MAPPING = """\
area: ward-a
year: 2013
vintage: 31/12/2013
columns: {goal: Chỉ tiêu, value: Kết quả}
"""
HEADS = ["area", "goal", "year", "vintage", "value", "note"]
WAYS = ("template", "mapped", "tidy")


def book_of(rows: list[list[Any]]) -> Any:
    book = Workbook()
    book.active.title = "Biểu 1"
    for row in rows:
        book.active.append(row)
    return book


@cache
def blank() -> bytes:
    """The template of that plan."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "kp.xlsx")
        return write_template(path, read_plan(Path(PLAN)), "ward-a", 2013).read_bytes()


def taken(
    way: str, folder: Path, change: Callable[[Any, str], None] = lambda *_: None, value: Any = 95,
) -> tuple[Import, str]:  # fmt: skip
    """Import the same figure in one of three ways; ``change`` gets its sheet and cell."""
    if way == "template":
        path = folder / "kp.xlsx"
        path.write_bytes(blank())
        sheet, cell = cells_of(path)["vaccination", "value"]
        fill(path, {("vaccination", "value"): value, ("alleys", "value"): 14},
             change=lambda book: change(book[sheet], cell))  # fmt: skip
        return import_figures(path, PLAN, folder / "out.csv"), f"{sheet}!{cell}"
    if way == "mapped":
        book = book_of([["Chỉ tiêu", "Kết quả"], ["vaccination", value], ["alleys", 14]])
        cell = "B2"
        (folder / "map.yaml").write_text(MAPPING, encoding="utf-8")
    else:
        rest = ["ward-a", "alleys", 2013, 2014, 14]
        book = book_of([HEADS, ["ward-a", "vaccination", 2013, 2014, value], rest])
        cell = "E2"
    change(book.active, cell)
    book.save(folder / "own.xlsx")
    mapping = folder / "map.yaml" if way == "mapped" else None
    return import_figures(folder / "own.xlsx", PLAN, folder / "out.csv", mapping), f"Biểu 1!{cell}"


def values(folder: Path) -> dict[str, str]:
    with (folder / "out.csv").open(encoding="utf-8") as stream:
        return {row["goal"]: row["value"] for row in csv.DictReader(stream)}


def number_format(code: str) -> Callable[[Any, str], None]:
    def change(sheet: Any, cell: str) -> None:
        sheet[cell].number_format = code

    return change


@pytest.mark.parametrize("way", turns(WAYS, 2))
@pytest.mark.parametrize(
    ("held", "code", "read"),
    [(5.8, '0.0" %"', "5.8"), (0.155, "0.0%", "15.5"), (0.07, "0%", "7"), (98, r"0\%", "98"),
     (0.98, "[<=1]0%;0.0", "98"), (98.5, "[<=1]0%;0.0", "98.5")],
)  # fmt: skip
def test_a_percentage_is_what_excel_shows_as_one(
    tmp_path: Path, way: str, held: float, code: str, read: str
) -> None:
    done, _ = taken(way, tmp_path, number_format(code), held)
    assert not done.refused and values(tmp_path)["vaccination"] == read


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("code", ["0%", '0" %"'])
def test_what_is_shown_as_a_percentage_is_no_count(tmp_path: Path, way: str, code: str) -> None:
    def change(sheet: Any, cell: str) -> None:
        sheet[f"{cell[0]}{int(cell[1:]) + 1}"].number_format = code

    done, _ = taken(way, tmp_path, change)
    assert any("not a percentage" in str(problem) for problem in done.problems), done.problems


def hide_row(sheet: Any, cell: str) -> None:
    sheet.row_dimensions[int(cell[1:])].hidden = True


def hide_column(sheet: Any, cell: str) -> None:
    sheet.column_dimensions[cell[0]].hidden = True


def merge(sheet: Any, cell: str) -> None:
    sheet.merge_cells(f"{cell}:{cell[0]}{int(cell[1:]) + 1}")


def error(sheet: Any, cell: str) -> None:
    sheet[cell].value, sheet[cell].data_type = "#DIV/0!", "e"


def formula(sheet: Any, cell: str) -> None:
    sheet[cell] = "=1+1"


def struck(sheet: Any, cell: str) -> None:
    sheet[cell].font = Font(strike=True)


def raised(sheet: Any, cell: str) -> None:
    sheet[cell].font = Font(vertAlign="superscript")


def footnote(sheet: Any, cell: str) -> None:
    sheet[cell] = CellRichText("190", TextBlock(InlineFont(vertAlign="superscript"), "2"))


def struck_part(sheet: Any, cell: str) -> None:
    sheet[cell] = CellRichText(TextBlock(InlineFont(strike=True), "94"), "95")


def all_struck(sheet: Any, cell: str) -> None:
    sheet[cell] = CellRichText(TextBlock(InlineFont(strike=True), "94"))


def old_font(sheet: Any, cell: str) -> None:
    sheet[cell] = "Kh«ng cã"


REFUSED: dict[str, tuple[Callable[[Any, str], None], str]] = {
    "hidden row": (hide_row, "the row is hidden and holds a figure"),
    "hidden column": (hide_column, "the column is hidden and holds figures"),
    "merged": (merge, "are merged"),
    "error": (error, "the cell shows an error: #DIV/0!"),
    "formula": (formula, "the formula was never calculated"),
    "struck through": (struck, "is struck through"),
    "partly struck through": (struck_part, "is struck through"),
    "nothing but struck through": (all_struck, "is struck through"),
    "raised": (raised, "raised or lowered"),
    "footnote": (footnote, "raised or lowered beside the figure: '2'"),
    "old font": (old_font, "TCVN3: it reads 'Không có'"),
    "in thousands": (number_format("#,##0,"), "shows another number than the cell holds, 95"),
    "in millions": (number_format('0" triệu"'), "shows another number"),
    "not shown": (number_format(";;;"), "shows another number"),
    "in no section": (number_format("[<1]0%"), "shows another number"),
}


# Each in one of the ways; in `make fuzz` in all of them.
TRIED = [
    (way, name)
    for at, name in enumerate(REFUSED)
    for way in (WAYS if LONG else [WAYS[at % len(WAYS)]])
]


@pytest.mark.parametrize(("way", "name"), TRIED)
def test_a_cell_that_cannot_be_believed_is_named(tmp_path: Path, way: str, name: str) -> None:
    change, message = REFUSED[name]
    done, place = taken(way, tmp_path, change)
    where = place.split("!")[0] if "hidden" in name or name == "merged" else f"[{place}]"
    assert any(message in str(p) and where in str(p) for p in done.problems), done.problems
    assert done.refused and not (tmp_path / "out.csv").exists()


def altered(path: Path, sheet: Callable[[str], str], strict: bool = False) -> Path:
    """The workbook with its first sheet's text changed, and its namespaces those of the strict form."""
    out = path.with_name("altered.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                text = sheet(text)
            # Who wrote the file left its formulas to be calculated; Excel would not.
            text = text.replace(' fullCalcOnLoad="1"', "").replace("fullCalcOnLoad='1'", "")
            if strict:
                text = text.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                                    "http://purl.oclc.org/ooxml/spreadsheetml/main")  # fmt: skip
                text = text.replace("http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                                    "http://purl.oclc.org/ooxml/officeDocument/relationships")  # fmt: skip
            new.writestr(name, text)
    return out


def tidy_book(folder: Path, value: Any = 95) -> Path:
    book_of([HEADS, ["ward-a", "vaccination", 2013, 2014, value, "ghi chú"]]).save(
        folder / "t.xlsx"
    )
    return folder / "t.xlsx"


def test_the_strict_form_is_read_with_every_guard(tmp_path: Path) -> None:
    path = altered(tidy_book(tmp_path), lambda text: text, strict=True)
    assert not import_figures(path, PLAN, tmp_path / "out.csv").refused
    assert values(tmp_path) == {"vaccination": "95"}
    path = altered(tidy_book(tmp_path, "=1+1"), lambda text: text, strict=True)
    done = import_figures(path, PLAN, tmp_path / "other.csv")
    assert "never calculated" in str(done.problems[0])


def test_a_date_of_the_strict_form_is_a_date(tmp_path: Path) -> None:
    def change(text: str) -> str:
        return re.sub(r'<c r="D2"[^>]*><v>2014</v>', '<c r="D2" t="d"><v>2014-03-31</v>', text)

    path = altered(tidy_book(tmp_path), change, strict=True)
    assert not import_figures(path, PLAN, tmp_path / "out.csv").refused
    assert "2014-03-31" in (tmp_path / "out.csv").read_text("utf-8")


@pytest.mark.parametrize("result", ["<v></v>", "<v/>"])
def test_a_formula_that_gives_an_empty_text_is_an_empty_cell(tmp_path: Path, result: str) -> None:
    def change(text: str) -> str:
        empty = f'<c r="F2" t="str"><f>IF(A1="","",A1)</f>{result}</c>'
        return re.sub(r'<c r="F2".*?</c>', empty, text)

    done = import_figures(altered(tidy_book(tmp_path), change), PLAN, tmp_path / "out.csv")
    assert not done.refused and values(tmp_path) == {"vaccination": "95"}
    assert "ghi chú" not in (tmp_path / "out.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("<is><r><t>9</t></r><r><t>5</t></r></is>", "95"),
        ("<is><t>95</t><rPh sb='0' eb='1'><t>7</t></rPh><phoneticPr fontId='1'/></is>", "95"),
    ],
)
def test_the_runs_of_a_text_are_joined_and_its_pronunciation_is_not(
    tmp_path: Path, text: str, read: str
) -> None:
    def change(sheet: str) -> str:
        return re.sub(r'<c r="E2".*?</c>', f'<c r="E2" t="inlineStr">{text}</c>', sheet)

    path = altered(tidy_book(tmp_path), change)
    assert not import_figures(path, PLAN, tmp_path / "out.csv").refused
    assert values(tmp_path) == {"vaccination": read}


def test_two_tidy_sheets_or_a_hidden_one_are_asked_about(tmp_path: Path) -> None:
    rows = [HEADS, ["ward-a", "alleys", 2013, 2014, 14]]
    book = book_of(rows)
    other = book.create_sheet("Biểu 2")
    for row in rows:
        other.append(row)
    book.save(tmp_path / "two.xlsx")
    with pytest.raises(InputError, match="2 sheets hold figures: Biểu 1, Biểu 2"):
        import_figures(tmp_path / "two.xlsx", PLAN, tmp_path / "out.csv")
    book["Biểu 1"].sheet_state = "hidden"
    book["Biểu 2"]["A1"] = "x"
    book.active = 1
    book.save(tmp_path / "two.xlsx")
    with pytest.raises(InputError, match="the sheet is hidden"):
        import_figures(tmp_path / "two.xlsx", PLAN, tmp_path / "out.csv")


def test_units_and_words_of_other_languages_do_not_refuse_a_sheet(tmp_path: Path) -> None:
    rows = [["Chỉ tiêu", "Ký hiệu", "Kết quả", "Ghi chú"], ["vaccination", "µg/m³", 95, "España, Größe"],
            ["alleys", "Growth¹", 14, "«a×b» ISO®"]]  # fmt: skip
    book_of(rows).save(tmp_path / "own.xlsx")
    mapping = MAPPING.replace("Kết quả", "Kết quả, note: Ghi chú")
    (tmp_path / "map.yaml").write_text(mapping, encoding="utf-8")
    done = import_figures(tmp_path / "own.xlsx", PLAN, tmp_path / "out.csv", tmp_path / "map.yaml")
    assert done.problems == [] and values(tmp_path) == {"vaccination": "95", "alleys": "14"}
