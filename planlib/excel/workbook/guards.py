"""What is asked of every cell before it is believed, however its sheet is read.

A cell is not believed that shows an error, was never calculated, is struck through, shows another
number than it holds, has a raised mark beside its number, is typed for a font of before Unicode, or
is merged with others so that it is not plain whose figure it is.
"""

from __future__ import annotations

from collections.abc import Collection

from planlib.errors import Said, said
from planlib.excel.workbook.sheet_cells import CellRange, CellValue, Position, SheetCells
from planlib.figures.legacy_fonts import legacy_text

CellFault = tuple[Said, Said]


def cell_fault(sheet: SheetCells, at: Position, *, words: bool = False) -> CellFault | None:
    """What stands against believing a cell, and how to mend it; None where nothing does.

    ``words`` says that the cell holds no figure: a footnote's mark does no harm there.
    """
    if found := sheet.faults.get(at):
        return found
    if at in sheet.raised and not words:
        value = sheet.cell(*at)
        if not isinstance(value, str) or not value or any(sign.isdigit() for sign in value):
            message = said("excel.raised-lowered-beside-figure", text=repr(sheet.raised[at]))
            return message, said("excel.move-footnote-s-mark")
    return legacy_fault(sheet, at)


def legacy_fault(sheet: SheetCells, at: Position) -> CellFault | None:
    """What is said of a text in an old font encoding, and how it reads; None for any other."""
    value = sheet.cell(*at)
    if not isinstance(value, str) or value.isascii():
        return None
    found = legacy_text(value, sheet.fonts.get(at))
    if found is None:
        return None
    message = said("excel.text-old-font-encoding", encoding=found[0], text=found[1][:60])
    return message, said("excel.convert-sheet-unicode-instance")


def merged_fault(area: CellRange) -> CellFault:
    """What is said of merged cells that are not one figure's."""
    return said("excel.cells-merged", cells=str(area)), said("excel.unmerge-cells")


def hidden_row_fault() -> CellFault:
    """What is said of a hidden row."""
    return said("excel.row-hidden-holds-figure"), said("excel.show-row-empty")


def hidden_column_fault() -> CellFault:
    """What is said of a hidden column."""
    return said("excel.column-hidden-holds-figures"), said("excel.show-column-empty")


def seen_in_merge(
    sheet: SheetCells, at: Position, name: int, used: Collection[int]
) -> CellValue | None:
    """What a figure's cell holds though it is merged; None where it is not plain whose it is.

    ``name`` is the column of the goals' names, ``used`` all columns that are read. A text that lies
    across the names is a section's title or a footnote, and no figure.
    """
    area = sheet.merge(*at)
    value = sheet.cell(*at)
    if area is None:
        return value
    first = (area.top, area.left)
    shown = sheet.cell(*first)
    if at != first and value != "":
        return None  # a number lies under the merged cells
    if isinstance(shown, str) and area.left <= name <= area.right:
        return ""
    covered = [column for column in used if area.left <= column <= area.right]
    if area.top < area.bottom or (not isinstance(shown, str) and len(covered) > 1):
        return None
    if shown == "":
        return ""
    if at == first:
        return value
    return "" if area.left in used and isinstance(shown, str) else None
