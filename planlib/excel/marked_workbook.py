"""A copy of a workbook with every doubtful cell coloured and commented, and a sheet that lists them."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from planlib.errors import InputError, Problem, one_line, refused, said
from planlib.excel.overwriting import sealed, write_new
from planlib.excel.workbook.safety import LARGEST_OFFICE_SHEET, largest_sheet
from planlib.language.language import Language
from planlib.report.audience_marks import internal_mark

RED = PatternFill("solid", start_color="FFF4B6B6", end_color="FFF4B6B6")
AMBER = PatternFill("solid", start_color="FFFFD966", end_color="FFFFD966")
MOST_LISTED = 2_000


def write_marked(
    file: Path, out: Path, problems: Sequence[Problem], lang: str, *, force: bool = False
) -> None:
    """Write the copy, which stays in the office: what was typed in has been through no disclosure
    control. The workbook has been opened before; raises InputError where it cannot be, and where
    ``out`` holds what planlib did not write, unless ``force`` is given.
    """
    language = Language(lang)
    if largest_sheet(file) > LARGEST_OFFICE_SHEET:
        raise refused(said("excel.sheet-size-not-marked"), file)
    book = _opened(file)
    marks: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        if at := _cell_of(problem, book):
            marks.setdefault(at, []).append(problem.in_language(lang))
    for (sheet, cell), found in marks.items():
        _mark(book[sheet], cell, found)
    _list(book, [problem.in_language(lang) for problem in problems[:MOST_LISTED]], language)
    for sheet in book.worksheets:
        if not sheet.oddHeader.center.text:
            sheet.oddHeader.center.text = internal_mark(language).replace("&", "&&")
    held = io.BytesIO()
    try:
        book.save(held)
    except Exception:  # openpyxl writes again what it read, and may trip over it
        raise _unmarked(file) from None
    write_new(out, sealed(held.getvalue()), force=force)


def _opened(file: Path) -> Workbook:
    try:
        with warnings.catch_warnings():
            # What openpyxl does not know it leaves out, and says so.
            warnings.simplefilter("ignore")
            with file.open("rb") as stream:
                book = load_workbook(stream, rich_text=True)
    except Exception:  # what the import reads, openpyxl need not: it can raise anything
        raise _unmarked(file) from None
    if not book.worksheets:
        raise _unmarked(file)  # the strict form, of which it sees no sheets
    return book


def _unmarked(file: Path) -> InputError:
    hint = said("excel.save-excel-workbook-xlsx")
    return refused(said("excel.no-marked-copy-made"), file, hint=hint)


def _cell_of(problem: Problem, book: Workbook) -> tuple[str, str] | None:
    """The sheet and the cell a problem is about; None for one of a whole sheet or file."""
    if not isinstance(problem.place, str) or "!" not in problem.place:
        return None
    sheet, _, cell = problem.place.rpartition("!")
    try:
        coordinate_to_tuple(cell)
    except ValueError:
        return None
    return (sheet, cell) if sheet in book.sheetnames else None


def _text(problem: Problem) -> str:
    hint = f" ({problem.hint})" if problem.hint else ""
    subject = f"{problem.subject}: " if problem.subject else ""
    return one_line(f"{subject}{problem.message}{hint}")


def _mark(sheet: Worksheet, cell: str, problems: list[Problem]) -> None:
    from openpyxl.cell.cell import MergedCell

    at = sheet[cell]
    if isinstance(at, MergedCell):
        area = next(area for area in sheet.merged_cells.ranges if cell in area)
        at = sheet.cell(area.min_row, area.min_col)
    at.fill = AMBER if all(problem.warning for problem in problems) else RED
    texts = [one_line(f"{p.message}{f' ({p.hint})' if p.hint else ''}") for p in problems]
    if at.comment is not None:
        texts.append(at.comment.text)
    text = "\n".join(texts)
    at.comment = Comment(text, "planlib", width=360, height=30 + 18 * (1 + len(text) // 48))


def _list(book: Workbook, problems: list[Problem], language: Language) -> None:
    name = language("marked.sheet")
    while name in book.sheetnames:
        name += "*" if len(name) > 29 else " +"
    sheet = book.create_sheet(name, 0)
    heads = [language(f"marked.{key}") for key in ("kind", "place", "text")]
    rows = [
        (
            language("marked.warning" if p.warning else "marked.problem"),
            str(p.place or ""),
            _text(p),
        )
        for p in problems
    ] or [("", "", language("marked.none"))]
    for number, row in enumerate([heads, *rows], 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value, cell.data_type = text, "s"  # never a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(name="Times New Roman", size=11, bold=number == 1)
        sheet.row_dimensions[number].height = 15.5 * max(1, -(-len(row[2]) // 105))
        if number > 1 and "!" in row[1]:
            page, _, at = row[1].rpartition("!")
            link = sheet.cell(number, 2)
            link.hyperlink = f"#'{page.replace(chr(39), chr(39) * 2)}'!{at}"
            link.value, link.data_type = row[1], "s"
            link.font = Font(name="Times New Roman", size=11, underline="single", color="FF1F4E9E")
            sheet.cell(number, 1).fill = AMBER if problems[number - 2].warning else RED
    mark = sheet.cell(len(rows) + 3, 3)
    mark.value, mark.data_type = internal_mark(language), "s"
    mark.font = Font(name="Times New Roman", size=11, bold=True, color="FFC00000")
    for letter, width in (("A", 10), ("B", 26), ("C", 100)):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
