"""Figures as files for other people: CSV that Excel opens with its accents, and Excel itself.

Text that a spreadsheet would run is made harmless; numbers are left alone. Read back with
``planlib import``, the rows are the same.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from planlib.errors import refused, said
from planlib.excel.overwriting import sealed, unchanged, write_new
from planlib.figures.observations import NUMBER_COLUMNS
from planlib.figures.spreadsheet_text import risky
from planlib.figures.tidy_rows import csv_lines, tidy_columns, tidy_texts

MOST_ROWS = 1_048_575  # of an Excel sheet, below the heads
LONGEST = 32_767  # characters of a cell
WIDTHS = {"goal": 34, "source": 40, "note": 40, "words": 16}


def figures_csv(frame: pd.DataFrame) -> bytes:
    """The figures as CSV, UTF-8 with a byte order mark, so that Excel reads the accents."""
    columns = tidy_columns(frame)
    return ("\ufeff" + ",".join(columns) + "\n" + csv_lines(frame, columns)).encode()


def figures_xlsx(frame: pd.DataFrame, mark: str = "", name: str = "figures") -> bytes:
    """The figures as an Excel workbook with one sheet of tidy columns, of that ``name``.

    ``mark`` says on screen and on every printed page whom they are for, where not for all. Raises
    InputError for more rows than a sheet has, or more text than a cell has.
    """
    fault = None
    if len(frame) > MOST_ROWS:
        fault = said("excel.too-many-rows", n=MOST_ROWS, found=len(frame))
    elif any(_longest(frame[name]) >= LONGEST for name in ("source", "note") if name in frame):
        fault = said("excel.cell-too-long", n=LONGEST)
    if fault is not None:
        raise refused(fault, hint=said("excel.write-csv-file"))
    held = io.BytesIO()
    options = {"in_memory": True, "constant_memory": False, "strings_to_formulas": False,
               "strings_to_urls": False, "strings_to_numbers": False}  # fmt: skip
    book = xlsxwriter.Workbook(held, options)
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    bold, text, quoted = book.add_format({"bold": True}), book.add_format({"num_format": "@"}), None
    quoted = book.add_format({"num_format": "@", "quote_prefix": True})
    sheet = book.add_worksheet(name)
    if mark:
        mark_sheet(sheet, mark)
        sheet.write_comment(0, 0, mark, {"author": "planlib", "visible": True})
    columns = tidy_columns(frame)
    sheet.freeze_panes(1, 0)
    for index, name in enumerate(columns):
        sheet.write_string(0, index, name, bold)
        sheet.set_column(index, index, WIDTHS.get(name, 12))
        if name in NUMBER_COLUMNS or name == "year":
            for row, number in enumerate(_numbers(frame, name), 1):
                if not np.isnan(number):
                    sheet.write_number(row, index, number)
        else:
            for row, cell in enumerate(tidy_texts(frame, name), 1):
                if cell:
                    # The sign of text belongs to the cell; the apostrophe stays in the text, so
                    # that a CSV file saved from it is harmless too.
                    sheet.write_string(row, index, cell, quoted if risky(cell) else text)
    if len(frame):
        sheet.autofilter(0, 0, len(frame), len(columns) - 1)
    book.close()
    return held.getvalue()


def _longest(column: pd.Series[Any]) -> int:
    return max((len(str(text)) for text in column.cat.categories), default=0)


def _numbers(frame: pd.DataFrame, name: str) -> npt.NDArray[np.float64]:
    if name not in frame:
        return np.full(len(frame), np.nan)
    return frame[name].to_numpy(dtype=float)


def mark_sheet(sheet: Worksheet, mark: str) -> None:
    """Put a mark on every printed page of a sheet, and its colour on the tab."""
    sheet.set_header('&C&"Times New Roman,Bold"&12' + mark.replace("&", "&&"))
    sheet.set_tab_color("#C00000")


def write_figures(
    frame: pd.DataFrame, out: Path, *, force: bool = False, mark: tuple[str, str] = ("", "figures"),
    sources: Sequence[pd.DataFrame] = (),
) -> None:  # fmt: skip
    """Write figures as the ending of ``out`` says, in one step.

    A file that is there already is replaced where it holds nothing but rows of ``sources`` (the
    figures as an audience may see them) or is an untouched export, or with ``force``. ``mark`` is that
    of the workbook and the name of its sheet. Raises InputError.
    """
    if out.suffix.lower() == ".csv":
        made = figures_csv(frame)

        def replaceable(old: bytes) -> bool:
            known = {*made.splitlines()}
            for source in sources:
                known.update(figures_csv(source).splitlines())
            return known.issuperset(old.splitlines())

        write_new(out, made, force=force, replaceable=replaceable)
    else:
        write_new(out, sealed(figures_xlsx(frame, *mark)), force=force, replaceable=unchanged)
