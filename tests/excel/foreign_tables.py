"""Tables as other offices send them, made up for the purpose, each with its mapping.

Title lines, units, flags, footers and years as columns, in the delimiters and encodings of the
programs that write such files. Figures are of the plan in ``good-plan``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Foreign:
    """A table as bytes, its mapping, and how many figures it holds."""

    table: bytes
    mapping: str
    figures: int


STATISTICS = """\
Ward indicators, annual averages\t\t\t\t\t
Last update: 31.01.2016\t\t\t\t\t
\t\t\t\t\t
INDIC\tUNIT\tGEO\t2011\t2012\t2013
Immunised children\tPercentage\tWard A\t93.6 b\t: c\t95.1 ep
Alleys\tnumber\tWard A\t12\t:\t13 (p)
Dogs\tnumber\tWard A\t1 204\t1 310\t1 388
\t\t\t\t\t
Special value: ":" not available\t\t\t\t\t
b: break in time series\t\t\t\t\t
"""
OFFICE = """\
sep=;
UBND PHƯỜNG A;;;;;
BÁO CÁO KẾT QUẢ THỰC HIỆN NĂM 2013;;;;;
Đơn vị tính: triệu đồng;;;;;
TT;Chỉ tiêu;ĐVT;Kế hoạch;Thực hiện;Tỷ lệ %
1;Thu thuế;triệu đồng;1.200;1.300,5;108,4
2;Hẻm được duy tu;hẻm;;Khoảng 13;
3;Tỷ lệ tiêm chủng;%;;95,5;
4;Khu phố văn hóa;;;;
;- Khu phố 1;;;Có;
;- Khu phố 2;;;Chưa;
;Tổng cộng;;1.200;1.410;
;;;;;
;Người lập biểu;;;Chủ tịch;
"""
THOUSANDS = """\
"Council performance, figures in thousands"|||
Measure|Period|Ward|Actual (thousand)
Alleys|2011|Ward A|0.012
Alleys|2012|Ward A|0.0135
Alleys|2013|Ward A|<0.015
"""
FOREIGN = {
    "statistics": Foreign(
        STATISTICS.encode("utf-16"),
        "language: en\nvintage: '2016-01-31'\nyears: all\nsource: Statistical office\n"
        "columns: {goal: INDIC, unit: UNIT, area: GEO}\nareas: {Ward A: ward-a}\n"
        "goals: {Immunised children: vaccination, Alleys: alleys}\nskip: [Dogs]\n"
        "units: {Percentage: '%', number: 1}\n",
        6,
    ),
    "office": Foreign(
        OFFICE.encode("utf-8-sig"),
        "area: ward-a\nyear: 2013\nvintage: 31/12/2013\nskip: [Tổng cộng]\n"
        "columns: {goal: Chỉ tiêu, assigned: Kế hoạch, value: Thực hiện, percent: Tỷ lệ %, unit: ĐVT}\n",
        5,
    ),
    "thousands": Foreign(
        THOUSANDS.encode("cp1252"),
        "language: en\nvintage: '2014-01-31'\nareas: {Ward A: ward-a}\ngoals: {Alleys: alleys}\n"
        "columns: {goal: Measure, year: Period, area: Ward, value: Actual (thousand)}\n",
        3,
    ),
}  # fmt: skip
