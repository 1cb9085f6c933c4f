"""Only what Excel itself treats as a percentage is one."""

from __future__ import annotations

import pytest

from planlib.excel.workbook.number_formats import FormatSection, section_of


@pytest.mark.parametrize(
    ("code", "number", "hundreds"),
    [
        ("0%", 0.155, 1), ("0.0 %", 0.155, 1), ("[Red]0.00%", 1, 1), ("[$-409]0%", 1, 1),
        (r"0.0\ %", 1, 1), ("General%", 1, 1), ('0.0" %"', 5.8, 0), (r"0.0\%", 5.8, 0),
        ("0_%", 5.8, 0), ("0*%", 5.8, 0), ('0" of 100 %', 5.8, 0), ("[$%-409]0", 5.8, 0),
        ("General", 5.8, 0), ("@", 5.8, 0), ("0%;0", -5.8, 0), ("0;0%", -0.58, 1),
        ("0%;-0%;0", 0, 0), ("0%;0", 0, 1), ("[>=1]0.0;[<1]0.0%", 0.98, 1),
        ("[>=1]0.0;[<1]0.0%", 15.5, 0), ("[<=1]0%;0", 0.98, 1), ("[<=1]0%;0", 98, 0),
        ("[>1000]0%;General;0.00", 999, 0), ("[>100]0;0%;0.0", -1, 1), ("0%%", 1, 2),
    ],
)  # fmt: skip
def test_the_section_that_applies_decides_what_is_a_percentage(
    code: str, number: float, hundreds: int
) -> None:
    section = section_of(code, number)
    assert section is not None and section.hundreds == hundreds


@pytest.mark.parametrize(
    ("code", "number"), [("[>1]0%", 0.5), ("[>=1]0;[<0]0%", 0.5), ("0.0;[>5]0%", 0)]
)
def test_where_no_section_applies_or_programs_differ_nothing_is_said(
    code: str, number: float
) -> None:
    assert section_of(code, number) is None


@pytest.mark.parametrize(
    ("code", "resized"),
    [
        ("#,##0", False), ("#,##0,", True), ("#,##0.0,,", True), ("0,.0", True),
        ('0" triệu"', True), ('0" million"', True), ('0" người"', False), ('#,##0\\ "₫"', False),
        ("0%%", True), ('_-* #,##0.00\\ "₫"_-', False),
    ],
)  # fmt: skip
def test_formats_that_show_another_size_are_known(code: str, resized: bool) -> None:
    section = section_of(code, 5.0)
    assert section is not None and section.resized is resized


@pytest.mark.parametrize(
    ("code", "number", "hidden"),
    [
        (";;;", 4, True),
        ("0;;", -4, True),
        ("0;-0;;@", 0, False),
        ('0;-0;"-"', 0, False),
        ("0", 4, False),
    ],
)
def test_a_number_that_is_not_shown_is_known(code: str, number: float, hidden: bool) -> None:
    section = section_of(code, number)
    assert section is not None and section.hides(number) is hidden


@pytest.mark.parametrize(
    ("code", "moment"),
    [
        ("dd/mm/yyyy", "date"), ("h:mm AM/PM", "date"), ("[h]:mm", "elapsed"), ("0.00E+00", ""),
        ('0" days"', ""), (r"0\d", ""), ("# ?/?", ""), ("[Red]0", ""), ("[DBNum1]General", ""),
        ("[$-F800]dddd, mmmm dd, yyyy", "date"),
    ],
)  # fmt: skip
def test_dates_and_times_are_known_from_numbers(code: str, moment: str) -> None:
    assert (section_of(code, 41_000) or FormatSection()).moment == moment
