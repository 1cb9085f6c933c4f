"""Numbers and dates as people type them; where one can be read two ways, nothing is guessed."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlib.figures.typed.numbers import NumberStyle, TypedNumber, typed_number
from planlib.language.language import Language
from planlib.language.typed.dates import typed_date
from planlib.language.typed.unreadable import Unreadable

NUMBERS = {
    ("1.300", "whole"): 1300, ("1.300", "amount"): 1300, ("15,5", "percent"): 15.5,
    ("15.5%", "share"): 15.5, ("98,5 %", "share"): 98.5, ("98,125 %", "share"): 98.125,
    ("12 triệu", "amount"): 12e6, ("4 tỷ 896 triệu", "amount"): 4_896e6,
    ("1.300.000", "percent"): 1.3e6, ("1.300,5", "amount"): 1300.5, ("1,300.5", "amount"): 1300.5,
    ("0.300", "percent"): 0.3, ("1 300", "amount"): 1300, ("1\u00a0300", "whole"): 1300,
    ("−5", "percent"): -5, ("-5", "amount"): -5, ("007", "whole"): 7, (" 13  hẻm ", "whole"): 13,
    ("1,2 triệu", "whole"): 1.2e6, ("15.50", "percent"): 15.5,
}  # fmt: skip
DOUBTFUL = [
    ("1.300", "percent"), ("1.300", "share"), ("1,300", "whole"), ("1,300", "amount"),
    ("98,125", "percent"),
]  # fmt: skip
NO_NUMBERS = ["", "-", "abc", "1.30.000", "5 -", "--5", "1e5", "٣", "½", "=1+1", "12 triệu tỷ",
              "99999999999999999999", "7-5", "nan", "inf", "13 con", "1" * 300, "trên dưới 5"]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), NUMBERS)
def test_a_number_is_read_as_its_writer_meant_it(text: str, kind: str) -> None:
    assert typed_number(text, NumberStyle(kind, units=("hẻm",))).value == NUMBERS[text, kind]


@pytest.mark.parametrize(("text", "kind"), DOUBTFUL)
def test_a_number_that_can_be_read_two_ways_is_refused_with_both(text: str, kind: str) -> None:
    with pytest.raises(Unreadable, match=r"can be read as \d+ and as \d+\.\d+") as refused:
        typed_number(text, NumberStyle(kind))
    assert refused.value.hint is not None and "," in refused.value.hint


@pytest.mark.parametrize(("text", "kind"), [("1.300", "percent"), ("7,967", "amount")])
def test_what_the_hint_says_to_write_is_understood(text: str, kind: str) -> None:
    with pytest.raises(Unreadable) as refused:
        typed_number(text, NumberStyle(kind))
    whole, decimal = str(refused.value.hint).removeprefix("write ").split(" or ")
    assert typed_number(whole, NumberStyle(kind)).value == float(
        text.replace(",", "").replace(".", "")
    )
    assert typed_number(decimal, NumberStyle(kind)).value == float(text.replace(",", "."))


def test_thousands_far_beyond_what_the_plan_names_are_in_doubt() -> None:
    assert typed_number("1.300", NumberStyle("amount", far=900)).value == 1300
    with pytest.raises(Unreadable, match=r"1300 and as 1\.3"):
        typed_number("1.300", NumberStyle("amount", far=1.6))


def test_in_an_english_workbook_the_signs_change_places() -> None:
    assert typed_number("1,300", NumberStyle("whole", "en")).value == 1300
    with pytest.raises(Unreadable):
        typed_number("1.300", NumberStyle("whole", "en"))


@pytest.mark.parametrize("text", NO_NUMBERS)
@pytest.mark.parametrize("kind", ["whole", "share", "percent", "amount"])
def test_what_is_no_number_is_refused(text: str, kind: str) -> None:
    with pytest.raises(Unreadable):
        typed_number(text, NumberStyle(kind))


WORDS = {
    "Khoảng 4": (4, None, None), "gần 90%": (90, None, None), "Trên 90": (None, 90, None),
    "từ 90 trở lên": (None, 90, None), "dưới 3": (None, None, 3), "≤ 3": (None, None, 3),
    "61-62": (None, 61, 62), "khoảng 5-5,2%": (None, 5, 5.2), "từ 61 đến 62": (None, 61, 62),
    "at least 90": (None, 90, None), "not 5": None,
}  # fmt: skip


@pytest.mark.parametrize("text", [text for text, ends in WORDS.items() if ends])
def test_words_keep_both_the_words_and_the_bounds(text: str) -> None:
    found = typed_number(text, NumberStyle("share"))
    assert (found.value, found.low, found.high) == WORDS[text]
    assert found.words == text


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("<5", "high"), ("Dưới 5", "high"), ("under 5", "high"), ("less than 5", "high"),
        ("chưa đến 5", "high"), (">5", "low"), ("Trên 5", "low"), ("hơn 5", "low"),
        ("more than 5", "low"), ("≤5", ""), ("không quá 5", ""), ("up to 5", ""),
        ("5 trở xuống", ""), ("≥5", ""), ("từ 5", ""), ("at least 5", ""), ("5 or more", ""),
    ],
)  # fmt: skip
def test_an_end_that_is_not_part_of_the_figure_is_kept_apart(text: str, end: str) -> None:
    found = typed_number(text, NumberStyle("whole"))
    assert (found.exclusive, found.value, {found.low, found.high}) == (end, None, {None, 5})


@pytest.mark.parametrize("text", ["trên 5 trở lên", "over 5 or more", "dưới 5 trở xuống"])
def test_an_end_told_in_two_ways_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        typed_number(text, NumberStyle("whole"))


def test_so_many_of_so_many_are_two_numbers() -> None:
    assert typed_number("6/6", NumberStyle("share")) == TypedNumber(of=(6, 6))


def test_an_estimate_says_so() -> None:
    found = typed_number("Ước 79,5", NumberStyle("share"))
    assert (found.value, found.estimate) == (79.5, True)


def test_a_size_in_the_goals_own_unit_is_not_counted_twice() -> None:
    habit = NumberStyle("amount", units=("triệu lao động",))
    assert typed_number("1,6 triệu", habit).value == 1.6
    assert typed_number("1,2 tỷ", NumberStyle("amount", units=("triệu đồng",))).value == 1200


@given(st.decimals(-(10**9), 10**9, places=2))
def test_a_number_printed_by_an_office_is_read_back(number: Decimal) -> None:
    for code in ("vi", "en"):
        printed = Language(code).number(float(number), 2)
        assert typed_number(printed, NumberStyle("percent", code)).value == float(number)


@given(
    st.text(st.characters(), max_size=30), st.sampled_from(["whole", "share", "percent", "amount"])
)
def test_any_text_is_a_number_or_refused(text: str, kind: str) -> None:
    found = None
    with contextlib.suppress(Unreadable):
        found = typed_number(text, NumberStyle(kind))
    if found is not None:
        assert any(end is not None for end in (found.value, found.low, found.high, found.of))


DATES = {
    "31/3/2014": "2014-03-31", "2014-03-31": "2014-03-31", "2014-03": "2014-03", "2014": "2014",
    "ngày 07 tháng 6 năm 2013": "2013-06-07", "tháng 3 năm 2014": "2014-03", "3/2014": "2014-03",
    "07/6/2013": "2013-06-07", "7 June 2013": "2013-06-07", "3/31/2014": "2014-03-31",
    "5/5/2014": "2014-05-05", "31.12.2013": "2013-12-31",
}  # fmt: skip


@pytest.mark.parametrize("text", DATES)
def test_a_date_is_read_as_its_writer_meant_it(text: str) -> None:
    assert typed_date(text) == DATES[text]


def test_a_cell_that_is_a_date_or_a_year_is_taken_as_it_is() -> None:
    assert (
        typed_date(datetime(2014, 3, 31, 5, tzinfo=UTC))
        == typed_date(date(2014, 3, 31))
        == "2014-03-31"
    )
    assert typed_date(2014.0) == "2014"


@pytest.mark.parametrize("text", ["3/4/2014", "12-11-2014"])
def test_a_date_that_can_be_read_two_ways_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="can be"):
        typed_date(text)


@pytest.mark.parametrize("cell", ["31/2/2014", "2014-13", "hôm qua", "", 41729.5, 0.0, True, "0"])
def test_what_is_no_date_is_refused(cell: object) -> None:
    with pytest.raises(Unreadable, match="is not a date"):
        typed_date(cell)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1'234.5", 1234.5), ("1’234’567", 1_234_567.0), ("12,34,567", 1_234_567.0), ("-.25", -0.25),
     ("1e+05", 100_000.0), ("2.5e-01", 0.25), ("12.3km", 12.3), ("approx. 12", 12.0)],
)  # fmt: skip
def test_spellings_that_are_one_number_in_every_country_are_read(text: str, number: float) -> None:
    assert typed_number(text, NumberStyle("amount", "en", ("km",))).value == number


@pytest.mark.parametrize("text", ["12³", "12.3¹", "①", "10²", "5'11", "1,23,45", "12..3", "1.5e5"])
def test_a_raised_digit_is_no_digit_and_half_a_spelling_no_number(text: str) -> None:
    with pytest.raises(Unreadable):
        typed_number(text, NumberStyle("amount", "en"))


@pytest.mark.parametrize("lang", ["en", "vi", "fr"])
def test_a_number_that_a_spreadsheet_shortened_is_named(lang: str) -> None:
    with pytest.raises(Unreadable) as told:
        typed_number("1.23E+06", NumberStyle("amount", lang))
    assert told.value.fault.key == "figures.shortened"
    words = told.value.fault.in_language(lang)
    assert "1.23E+06" in words


@pytest.mark.parametrize("word", ["percent", "pour cent", "phần trăm", "pct"])
def test_percent_in_words_is_a_percentage(word: str) -> None:
    assert typed_number(f"12.5 {word}", NumberStyle("share", "en")).value == 12.5
    with pytest.raises(Unreadable):
        typed_number(f"12.5 {word}", NumberStyle("amount", "en"))


@pytest.mark.parametrize(
    "text",
    ["2020-01-31T05:30:00", "2020-01-31 23:59", "2020-01-31 05:30:00.123456", "2020-01-31T05:30:00Z",
     "2020-01-31 05:30:00+07:00", "31/01/2020 11:00:00"],
)  # fmt: skip
def test_a_moment_of_a_day_is_that_day(text: str) -> None:
    assert typed_date(text) == "2020-01-31"


@pytest.mark.parametrize("text", ["2020-01-31 25:00", "2020-01-31 5", "2020-01-31 05:30:00 noon"])
def test_what_is_no_moment_is_no_day(text: str) -> None:
    with pytest.raises(Unreadable):
        typed_date(text)
