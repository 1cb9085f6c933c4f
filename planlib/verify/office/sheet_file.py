"""A workbook or a CSV file as its reader sees it, and whatever in it a reader would not see."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from planlib.verify.markup import plain
from planlib.verify.office.items import (
    CellNumber,
    OfficeFile,
    OfficeLine,
    OfficeTable,
    UnlikeDocument,
)
from planlib.verify.office.word_looks import LEAST_CONTRAST, contrast

LARGEST = 400_000_000  # bytes of a workbook, unpacked
MOST_CELLS = 4_000_000
LEAST_POINTS, LEAST_HEIGHT, LEAST_WIDTH = 5, 4, 1
_PART = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core|custom)\.xml|xl/workbook\.xml|"
    r"xl/_rels/workbook\.xml\.rels|xl/styles\.xml|xl/sharedStrings\.xml|xl/theme/theme\d+\.xml|"
    r"xl/worksheets/sheet\d+\.xml|xl/worksheets/_rels/sheet\d+\.xml\.rels|xl/tables/table\d+\.xml|"
    r"xl/(comments\d*|comments/comment\d+)\.xml|xl/drawings/vmlDrawing\d+\.vml|"
    r"xl/calcChain\.xml|xl/metadata\.xml|xl/printerSettings/.*|xl/"
)
# A format that shows the number itself, in whatever language, and no words beside it.
_FORMAT = re.compile(r"General|@|(\[\$-[0-9A-Fa-f]+\])?(#,##)?[#0](\.0+)?|text", re.IGNORECASE)
_NAMES = re.compile(r"_xlnm\.(Print_Titles|Print_Area|_FilterDatabase)|Print_Titles|Print_Area")


def read_workbook(data: bytes) -> OfficeFile:
    """Read a workbook. Raises UnlikeDocument where it is none."""
    file = OfficeFile()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            if sum(entry.file_size for entry in entries) > LARGEST or len({*names}) < len(names):
                raise UnlikeDocument
            for name in names:
                if not _PART.fullmatch(name):
                    file.holds(name, "")
            if any(b"<!DOCTYPE" in archive.read(n)[:2000] for n in names if n.endswith(".xml")):
                raise UnlikeDocument
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of sparklines, which are not read
            book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, TypeError,
            AttributeError, IndexError, SyntaxError, RuntimeError):  # fmt: skip
        raise UnlikeDocument from None
    told = book.properties
    names_of = ("title", "subject", "creator", "keywords", "description", "category")
    file.told = {name: str(getattr(told, name)) for name in names_of if getattr(told, name)}
    words = (one.partition("=") for one in file.told.get("keywords", "").split())
    file.about = {name: text for name, sign, text in words if sign}
    for name in [*book.defined_names, *(n for sheet in book for n in sheet.defined_names)]:
        if not _NAMES.fullmatch(name):
            file.holds(f"the name {name}", "")
    links = set[str]()
    for sheet in book.worksheets:
        file.items += _Sheet(file, sheet, links).items()
    if len(book.worksheets) < len(book.sheetnames):
        file.holds("a sheet of another kind", "")
    file.links = frozenset(links)
    return file


def read_csv(data: bytes) -> OfficeFile:
    """Read a CSV file, its sign between cells as it was written. Raises UnlikeDocument."""
    try:
        text = data.decode("utf-8-sig")
        sign = (
            ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
        )
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise UnlikeDocument from None
    told = tuple(tuple((cell,) if cell else () for cell in row) for row in rows)
    return OfficeFile(items=[OfficeTable(told, "table 1")])


class _Sheet:
    """One sheet of a workbook."""

    def __init__(self, file: OfficeFile, sheet: Any, links: set[str]) -> None:
        self.file, self.sheet, self.links = file, sheet, links

    def items(self) -> Iterator[OfficeLine | OfficeTable]:
        """Its name, what is printed around it, and its cells."""
        sheet, place = self.sheet, f"{self.sheet.title}!A1"
        if sheet.sheet_state != "visible":
            self.file.hides(sheet.title, place)
        yield OfficeLine(sheet.title, "sheet", place)
        for part in (
            "oddHeader",
            "oddFooter",
            "evenHeader",
            "evenFooter",
            "firstHeader",
            "firstFooter",
        ):
            for side in ("left", "center", "right"):
                text = getattr(getattr(sheet, part), side).text
                if text:
                    yield OfficeLine(str(text), "beside", f"{sheet.title} {part}")
        self._hidden()
        if sheet.max_row * sheet.max_column > MOST_CELLS:
            raise UnlikeDocument
        rows = tuple(tuple(self._cell(cell) for cell in row) for row in sheet.iter_rows())
        last = max((at for at, row in enumerate(rows, 1) if any(row)), default=0)
        yield OfficeTable(rows[:last], sheet.title)

    def _hidden(self) -> None:
        sheet = self.sheet
        for number, row in sheet.row_dimensions.items():
            if row.hidden or (row.height is not None and row.height < LEAST_HEIGHT):
                texts = (str(cell.value) for cell in sheet[number] if cell.value is not None)
                self.file.hides(" ".join(texts), f"{sheet.title}!A{number}")
        for name, column in sheet.column_dimensions.items():
            if column.hidden or (column.customWidth and column.width < LEAST_WIDTH):
                self.file.hides(f"column {name}", f"{sheet.title}!{name}1")
        merged = [str(one) for one in sheet.merged_cells.ranges]
        rules = [str(one.sqref) for one in sheet.conditional_formatting]
        checks = [str(one.sqref) for one in sheet.data_validations.dataValidation]
        for what, found in (
            ("merged cells", merged),
            ("rules of colour", rules),
            ("checks", checks),
        ):
            for where in found:
                self.file.holds(what, f"{sheet.title}!{where}")

    def _cell(self, cell: Any) -> tuple[str, ...]:
        place = f"{self.sheet.title}!{cell.coordinate}"
        if cell.comment is not None:
            self.file.holds(f"a comment '{plain(str(cell.comment.text))}'", place)
        if cell.hyperlink is not None and cell.hyperlink.target:
            self.links.add(str(cell.hyperlink.target))
        value = cell.value
        if value is None or value == "":
            return ()
        if cell.data_type == "f":
            self.file.holds(f"a formula {value}", place)
        if isinstance(value, float | int) and not isinstance(value, bool):
            if not _FORMAT.fullmatch(cell.number_format):
                self.file.holds(f"a format of numbers {cell.number_format}", place)
            text: str = CellNumber(f"{float(value):.15g}")
        else:
            text = str(value)
        if isinstance(value, str) and type(value) is not str and hasattr(value, "as_list"):
            self.file.holds("letters of several looks in a cell", place)
        size = cell.font.sz
        pale = contrast(_rgb(cell.font.color, "000000"), self._ground(cell)) < LEAST_CONTRAST
        if pale or (size is not None and size < LEAST_POINTS):
            self.file.hides(text, place)
        return (text,)

    @staticmethod
    def _ground(cell: Any) -> str:
        fill = cell.fill
        return _rgb(fill.fgColor, "FFFFFF") if fill.fill_type == "solid" else "FFFFFF"


def _rgb(colour: Any, otherwise: str) -> str:
    """A colour of a cell; of a theme the usual ones: white, black, and those between as grey."""
    if colour is None:
        return otherwise
    if colour.type == "rgb" and isinstance(colour.rgb, str) and len(colour.rgb) == 8:
        return colour.rgb[2:].upper()
    if colour.type == "theme":
        return {0: "FFFFFF", 1: "000000"}.get(int(colour.theme), "808080")
    if colour.type == "indexed":
        return {1: "FFFFFF", 9: "FFFFFF", 65: "FFFFFF"}.get(int(colour.indexed), otherwise)
    return otherwise
