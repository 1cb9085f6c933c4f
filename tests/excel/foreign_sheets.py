"""Workbooks as other offices send them, made up for the purpose, each with its mapping.

Merged heads of two rows, titles across the table, years as columns, units, flags, percentages by
number format, footnotes, footers and signatures. Figures are of the plan in ``good-plan``.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import xlsxwriter


@dataclass(frozen=True)
class ForeignSheet:
    """A workbook as bytes, its mapping, and the figures it holds by goal and year."""

    book: bytes
    mapping: str
    figures: dict[tuple[str, int], str]


def _written(name: str, fill: Any) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        fill(book, book.add_worksheet(name))
    return held.getvalue()


def _office(book: Any, sheet: Any) -> None:
    """A ward's report: heads over two rows, sections, shares by format, a footer, signatures."""
    bold, centre = book.add_format({"bold": True}), book.add_format({"align": "center"})
    raised = book.add_format({"font_script": 1})
    percent, sign = (
        book.add_format({"num_format": "0.0%"}),
        book.add_format({"num_format": '0.0" %"'}),
    )
    sheet.merge_range("A1:C1", "ỦY BAN NHÂN DÂN PHƯỜNG A", centre)
    sheet.merge_range("A2:F2", "BIỂU TỔNG HỢP KẾT QUẢ NĂM 2013", bold)
    for area, text in (("A4:A5", "TT"), ("B4:B5", "Chỉ tiêu"), ("C4:C5", "ĐVT"),
                       ("D4:E4", "Thực hiện"), ("F4:F5", "Ghi chú")):  # fmt: skip
        sheet.merge_range(area, text, bold)
    sheet.write_row("D5", ["Năm 2012", "Năm 2013"])
    sheet.write_row("A6", ["A", "B", "C", 1, 2, 3])
    sheet.merge_range("A7:F7", "I. KINH TẾ", bold)
    sheet.write_row("A8", [1, "Hẻm được duy tu", "hẻm", 11, 14])
    sheet.merge_range("A9:F9", "II. VĂN HÓA XÃ HỘI", bold)
    sheet.write_rich_string("B10", "Tỷ lệ tiêm chủng", raised, "(1)")
    sheet.write("C10", "%")
    sheet.write("D10", 0.936, percent)
    sheet.write("E10", 95.5, sign)
    sheet.write_row("A11", [3, "Cán bộ đạt chuẩn", "%", 88, 90.5])
    sheet.merge_range("A12:F13", "Ghi chú: (1) số liệu của trạm y tế, năm 2013.", centre)
    sheet.merge_range("D15:F15", "Phường A, ngày 15 tháng 01 năm 2014", centre)
    sheet.write("B16", "Người lập biểu")
    sheet.merge_range("D16:F16", "CHỦ TỊCH", centre)


def _statistics(book: Any, sheet: Any) -> None:
    """An office of statistics: a column for each year, units, flags, notes below."""
    sheet.write("A1", "Ward indicators, annual averages")
    sheet.write_row("A3", ["Indicator", "Unit", "Ward", 2011, 2012, 2013])
    sheet.write_row("A4", ["Tỷ lệ tiêm chủng", "%", "Ward A", "93.6 b", ":", "95.1 p"])
    sheet.write_row("A5", ["Hẻm được duy tu", "hẻm", "Ward A", 12, "..", 13])
    sheet.write("A7", 'Special value: ":" not available')
    sheet.write("A8", "b: break in time series, p: provisional")
    sheet.set_column("G:G", None, None, {"hidden": True})


OFFICE_MAP = """\
area: ward-a
year: 2013
vintage: 15/01/2014
columns:
  goal: Chỉ tiêu
  value: [Thực hiện, Năm 2013]
  note: Ghi chú
"""
STATISTICS_MAP = """\
language: en
vintage: 30 June 2014
years: all
columns: {goal: Indicator, area: Ward, unit: Unit}
"""
SHEETS = {
    "office": ForeignSheet(_written("Biểu 1", _office), OFFICE_MAP,
                           {("alleys", 2013): "14", ("vaccination", 2013): "95.5", ("staff", 2013): "90.5"}),
    "statistics": ForeignSheet(_written("Data", _statistics), STATISTICS_MAP,
                               {("vaccination", 2011): "93.6", ("vaccination", 2012): "",
                                ("vaccination", 2013): "95.1", ("alleys", 2011): "12",
                                ("alleys", 2012): "", ("alleys", 2013): "13"}),
}  # fmt: skip
