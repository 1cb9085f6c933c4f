"""Reporting periods: how they are written and read, counted on, and made of one another."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlib.errors import Faults
from planlib.plan.periods.calendar import Calendar, Frequency, Period, span
from planlib.plan.periods.text import period_of, read_period

COUNCIL = Calendar(Frequency.quarter, year_ends=3)
MONTHS = Calendar(Frequency.month, year_ends=3)


def day(calendar: Calendar, text: str) -> str:
    return date.fromordinal(calendar.end(read_period(text, calendar))).isoformat()


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2013/14", "2013/14"), ("2013-14", "2013/14"), ("2013–14", "2013/14"),
        ("2013/2014", "2013/14"), ("1999/00", "1999/00"), ("2013-14-Q1", "2013/14-Q1"),
        ("2013/14 Q1", "2013/14-Q1"), ("Q1 2013/14", "2013/14-Q1"), ("2013/14-H2", "2013/14-H2"),
    ],
)  # fmt: skip
def test_a_split_year_is_read_however_it_is_written(text: str, same: str) -> None:
    assert str(read_period(text, COUNCIL)) == same


@pytest.mark.parametrize(
    ("text", "calendar", "fault"),
    [
        ("2013", COUNCIL, "'2013' can be 2012/13 or 2013/14"),
        ("2013-Q3", COUNCIL, "'2013-Q3' can be 2012/13-Q3 or 2013/14-Q3"),
        ("FY2014", COUNCIL, "'FY2014' can be 2013/14 or 2014/15"),
        ("2011-12", MONTHS, "'2011-12' can be the year 2011/12 or the month 2011-12"),
        ("2013/14", Calendar(), "the plan's years end in December: '2013/14' is 2013 or 2014"),
        ("2013/15", COUNCIL, "'2013/15' is no year: the second part must be the year after"),
        ("2013/14-Q5", COUNCIL, "must be a period such as 2023/24-Q4, found '2013/14-Q5'"),
        ("2013-Q1", Calendar(), "'2013-Q1' is shorter than a year"),
        ("2013-07", COUNCIL, "'2013-07' is shorter than a quarter"),
        ("3014/15", COUNCIL, "must be a period from 1900 to 2200"),
        ("last year", COUNCIL, "must be a period such as 2023/24-Q4, found 'last year'"),
    ],
)
def test_what_is_none_or_two_is_refused(text: str, calendar: Calendar, fault: str) -> None:
    with pytest.raises(Faults) as refused:
        read_period(text, calendar)
    assert str(refused.value).startswith(fault)


def test_fy_is_read_where_the_plan_says_what_it_means() -> None:
    by_end, by_start = (Calendar(Frequency.year, 6, named) for named in (True, False))
    assert str(read_period("FY2014", by_end)) == "2013/14"
    assert str(read_period("FY2014", by_start)) == "2014/15"
    assert read_period("FY2014", Calendar()) == 2014


def test_a_month_after_the_hyphen_is_a_month_where_it_is_no_year() -> None:
    assert str(read_period("2013-12", MONTHS)) == "2013-12"
    assert str(read_period("2011-12", Calendar(Frequency.month))) == "2011-12"


@pytest.mark.parametrize(
    ("calendar", "text", "last"),
    [
        (Calendar(), "2013", "2013-12-31"),
        (COUNCIL, "2023/24", "2024-03-31"),
        (COUNCIL, "2023/24-Q1", "2023-06-30"),
        (COUNCIL, "2023/24-Q4", "2024-03-31"),
        (Calendar(Frequency.half), "2024-H1", "2024-06-30"),
        (Calendar(Frequency.month), "2024-02", "2024-02-29"),
        (Calendar(Frequency.half, 2), "2023/24-H2", "2024-02-29"),
        (Calendar(Frequency.quarter, 6), "2023/24-Q2", "2023-12-31"),
    ],
)
def test_the_last_day_of_a_period(calendar: Calendar, text: str, last: str) -> None:
    assert day(calendar, text) == last


CALENDARS = st.builds(Calendar, st.sampled_from(list(Frequency)), st.integers(1, 12))


@given(CALENDARS, st.integers(1900, 2199), st.data())
def test_a_period_is_written_as_it_is_read_and_lies_in_its_year(
    calendar: Calendar, first: int, data: st.DataObject
) -> None:
    year = calendar.year(first)
    part = data.draw(st.sampled_from(calendar.parts(year, calendar.frequency)))
    assert period_of(str(part)) == part
    assert calendar.within(part, Frequency.year) == year
    assert calendar.containing(calendar.end(part)) == part
    if not (calendar.split and calendar.frequency is Frequency.month):
        assert read_period(str(part), calendar) == part


@given(CALENDARS, st.integers(1900, 2190))
def test_the_parts_of_years_follow_one_another_without_a_gap(
    calendar: Calendar, first: int
) -> None:
    axis = calendar.axis(calendar.year(first), calendar.year(first + 2), calendar.frequency)
    assert len(axis) == 3 * calendar.frequency.in_year
    assert axis == span(axis[0], axis[-1])
    ends = [calendar.end(one) for one in axis]
    assert ends == sorted(set(ends))
    assert calendar.end(axis[-1]) == calendar.end(calendar.year(first + 2))


def test_periods_are_counted_on_like_years() -> None:
    last = read_period("2023/24-Q4", COUNCIL)
    assert isinstance(last, Period)
    assert (str(last + 1), str(last - 4), last + 1 - last) == ("2024/25-Q1", "2022/23-Q4", 1)
