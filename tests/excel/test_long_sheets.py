"""A sheet of more than five megabytes has the guards of a short one: what is not plain refuses it."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from examples import turns

from planlib.errors import InputError
from planlib.excel.importing import import_figures
from planlib.excel.reading import open_figures

PLAN = str(Path(__file__).parent.parent / "plan" / "good-plan")
HEADS = ["area", "goal", "year", "vintage", "value", "note"]
ROWS = 20_000


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows of one area each, long enough to be read by columns."""
    path, luck = tmp_path_factory.mktemp("long") / "long.xlsx", random.Random(1)
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as workbook:
        sheet = workbook.add_worksheet("Biểu 1")
        sheet.write_row(0, 0, HEADS)
        for row in range(1, ROWS + 1):
            sheet.write_row(row, 0, [f"ward-{row}", "alleys", 2013, "2014", luck.randrange(5, 20)])
            sheet.write_string(row, 5, luck.randbytes(60).hex())
    return path


def altered(
    book: Path, out: Path, sheet: Callable[[str], str], **others: Callable[[str], str]
) -> Path:
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                text = (
                    sheet(text) + " " * 4_000_000
                )  # past the limit; the folding stays below the bomb's
            elif (change := others.get(name.rpartition("/")[2].split(".")[0])) is not None:
                text = change(text)
            new.writestr(name, text)
    return out


def same(text: str) -> str:
    return text


def row_99(what: str) -> Callable[[str], str]:
    return lambda text: text.replace('<row r="99"', f'<row r="99" {what}')


def cell_e99(cell: str) -> Callable[[str], str]:
    return lambda text: re.sub('<c r="E99">.*?</c>', cell, text)


def before_cells(what: str) -> Callable[[str], str]:
    return lambda text: text.replace("<sheetData>", f"{what}<sheetData>")


def percent(text: str) -> str:
    return re.sub(r'<cellXfs count="1">(.*?)</cellXfs>',
                  r'<cellXfs count="2">\1<xf numFmtId="9" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>',
                  text)  # fmt: skip


def raised(text: str) -> str:
    run = '<si><r><t>190</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r></si>'
    return text.replace("</sst>", run + "</sst>")


FAULTS: dict[str, tuple[Callable[[str], str], dict[str, Callable[[str], str]], str]] = {
    "hidden row": (row_99('hidden="1"'), {}, r"\[Biểu 1!A99\]: the row is hidden"),
    "hidden column": (before_cells('<cols><col min="5" max="5" hidden="1"/></cols>'), {},
                      r"\[Biểu 1\]: the column is hidden"),
    "error": (cell_e99('<c r="E99" t="e"><v>#DIV/0!</v></c>'), {}, r"\[Biểu 1!E99\]: .*shows an error"),
    "formula": (cell_e99('<c r="E99"><f>1+1</f><v></v></c>'), {}, r"\[Biểu 1!E99\]: .*never calculated"),
    "merged": (lambda text: text.replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="E2:E3"/></mergeCells>'),
               {}, "cells of the sheet are merged"),
    "percent": (cell_e99('<c r="E99" s="1"><v>0.155</v></c>'), {"styles": percent},
                r"\[Biểu 1!E99\]: .*shown as a percentage"),
    "raised": (same, {"sharedStrings": raised}, "raised or struck letters in so long a sheet: '2'"),
}  # fmt: skip


@pytest.mark.parametrize("name", turns(FAULTS, 2))
def test_a_long_sheet_that_is_not_plain_is_refused_with_its_cell(
    book: Path, tmp_path: Path, name: str
) -> None:
    sheet, others, message = FAULTS[name]
    path = altered(book, tmp_path / "altered.xlsx", sheet, **others)
    with pytest.raises(InputError, match=message) as refused:
        open_figures(path)
    assert len(refused.value.problems) == 1


def test_a_plain_long_sheet_is_taken(book: Path, tmp_path: Path) -> None:
    path = altered(book, tmp_path / "altered.xlsx", same)
    sent = open_figures(path)
    assert sent.book is None  # it is read by columns
    done = import_figures(path, PLAN, tmp_path / "out.csv")
    assert not done.refused and done.addition is not None and int(done.addition.added.sum()) == ROWS
