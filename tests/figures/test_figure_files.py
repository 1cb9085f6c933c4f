"""Figures read from files: types, states, and one line for each thing wrong."""

from __future__ import annotations

import os
import unicodedata
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from examples import turns
from helpers import goal, plan

from planlib.errors import InputError
from planlib.figures.observations import COLUMNS, State, vintage_day, vintage_text
from planlib.figures.reading import load_observations, read_observations, read_table
from planlib.plan.reading import read_plan

HERE = Path(__file__).parent
PLAN = read_plan(HERE.parent / "plan" / "good-plan")
HEADER = ",".join(COLUMNS)
LATEST = max(2025, date.today().year + 1)


def problems_in(tmp_path: Path, text: str, header: str = HEADER) -> list[str]:
    path = tmp_path / "figures.csv"
    path.write_text(f"{header}\n{text}", encoding="utf-8")
    _, problems = load_observations([path], PLAN)
    return [str(problem).replace(f"{tmp_path}/", "") for problem in problems]


def test_a_good_file_is_read_with_its_lines() -> None:
    frame = read_observations([HERE.parent / "plan" / "good-plan" / "figures.csv"], PLAN).frame
    assert frame["row"].tolist() == [2, 3, 4, 5, 6, 7]
    assert frame["state"].tolist()[4:] == [State.estimate, State.missing]
    assert vintage_text(int(frame["vintage"][0])) == "2012-01-15"


def test_a_parquet_file_gives_the_same_frame_as_its_csv(tmp_path: Path) -> None:
    source = HERE.parent / "plan" / "good-plan" / "figures.csv"
    pd.read_csv(source, dtype={"vintage": str}).to_parquet(tmp_path / "figures.parquet")
    one = read_observations([source], PLAN).frame
    two = read_observations([tmp_path / "figures.parquet"], PLAN).frame
    for name in ("year", "vintage", "state", "value", "numerator", "assigned"):
        pd.testing.assert_series_equal(one[name], two[name], check_dtype=False)
    assert one["goal"].astype(str).tolist() == two["goal"].astype(str).tolist()
    assert two["row"].tolist() == [1, 2, 3, 4, 5, 6]


def test_quoted_line_breaks_do_not_shift_the_lines(tmp_path: Path) -> None:
    text = (
        'ward-a,alleys,2011,2012,,13,,,,,,,report,"two\nlines"\n'
        "ward-a,alleys,2012,2013,,x,,,,,,,report,\n"
    )
    assert problems_in(tmp_path, text) == [
        "figures.csv:4: 'value' must be a number, found 'x' (leave the cell empty where missing)"
    ]


def test_a_byte_order_mark_is_not_part_of_the_first_column(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text(f"{HEADER}\nward-a,alleys,2011,2012,,13,,,,,,,r,\n", encoding="utf-8-sig")
    assert len(read_observations([path], PLAN).frame) == 1


def test_an_empty_state_is_measured_with_a_number_and_missing_without(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text(
        f"{HEADER}\nward-a,alleys,2011,2012,,13,,,,,,,r,\nward-a,alleys,2012,2013,,,,,,,,,r,\n"
    )
    assert read_observations([path], PLAN).frame["state"].tolist() == [
        State.measured,
        State.missing,
    ]


BAD_ROWS = {
    "decimal-comma": (
        'ward-a,alleys,2011,2012,,"15,5",,,,,,,r,',
        "'value' must be a number, found '15,5' (write a decimal point and no separators)",
    ),
    "thousands-or-decimals": (
        "ward-a,alleys,2011,2012,,1.300,,,,,,,r,",
        "'value' is in doubt, found '1.300' (thousands or decimals? write 1300 or 1.3)",
    ),
    "not-finite": (
        "ward-a,alleys,2011,2012,,inf,,,,,,,r,",
        "'value' must be a number, found 'inf' (leave the cell empty where missing)",
    ),
    "overflow": (
        "ward-a,alleys,2011,2012,,1e999,,,,,,,r,",
        "'value' must be finite, found '1e999'",
    ),
    "year-in-words": (
        "ward-a,alleys,last year,2012,,13,,,,,,,r,",
        "'year' must be a year of four digits, found 'last year'",
    ),
    "year-outside": (
        "ward-a,alleys,2031,2032,,13,,,,,,,r,",
        "goal 'alleys': 'year' must lie in 2001-2015, found 2031",
    ),
    "vintage-no-date": (
        "ward-a,alleys,2011,2012-13,,13,,,,,,,r,",
        "'vintage' must be a date: 2013, 2013-12 or 2013-12-31, found '2012-13'",
    ),
    "goal-unknown": (
        "ward-a,aleys,2011,2012,,13,,,,,,,r,",
        "goal 'aleys': the plan 'good-plan' has no such goal (did you mean 'alleys'?)",
    ),
    "state-unknown": (
        "ward-a,alleys,2011,2012,,13,,,,,,measurd,r,",
        (
            "'state' must be one of measured, estimate, missing, not_due, not_applicable, suppressed, "
            "found 'measurd'"
        ),
    ),
    "missing-with-number": (
        "ward-a,alleys,2011,2012,,13,,,,,,missing,r,",
        "goal 'alleys': the state 'missing' has no number (leave the number out, or change the state)",
    ),
    "measured-without-number": (
        "ward-a,alleys,2011,2012,,,,,,,,measured,r,",
        (
            "goal 'alleys': a measured or estimated figure needs a number "
            "(where there is none, the state is 'missing')"
        ),
    ),
    "share-above-100": (
        "ward-a,vaccination,2011,2012,,712,,,,,,,r,",
        (
            "goal 'vaccination': a share must lie between 0 and 100, found 712 "
            "(712 of how many? give both numbers)"
        ),
    ),
    "share-contradicts-its-parts": (
        "ward-a,vaccination,2011,2012,,80,700,1000,,,,,r,",
        (
            "goal 'vaccination': the stated 80% does not follow from 700 of 1000, which is 70% "
            "(correct it, or leave 'value' empty and keep the stated figure in 'words')"
        ),
    ),
    "numerator-too-large": (
        "ward-a,vaccination,2011,2012,,,201,200,,,,,r,",
        "goal 'vaccination': 'numerator' must not exceed 'denominator', found 201 of 200",
    ),
    "numerator-alone": (
        "ward-a,vaccination,2011,2012,,95,190,,,,,,r,",
        "goal 'vaccination': 'numerator' and 'denominator' go together",
    ),
    "negative-count": (
        "ward-a,alleys,2011,2012,,-3,,,,,,,r,",
        "goal 'alleys': a figure below its natural limit 0, found -3",
    ),
    "interval-reversed": (
        "ward-a,alleys,2011,2012,,,,,,15,12,,r,",
        "goal 'alleys': 'low' must not exceed 'high'",
    ),
    "value-outside-its-interval": (
        "ward-a,alleys,2011,2012,,11,,,,12,15,,r,",
        "goal 'alleys': 'value' must lie from 'low' to 'high'",
    ),
    "member-unknown": (
        "ward-a,hamlets,2011,2012,kp-9,1,,,,,,,r,",
        "goal 'hamlets': 'member' must be one of kp-1, kp-2, found 'kp-9' (did you mean 'kp-2'?)",
    ),
    "member-where-none-is-named": (
        "ward-a,alleys,2011,2012,kp-1,13,,,,,,,r,",
        "goal 'alleys': 'member' is for goals that name their members",
    ),
    "yes-no-as-number": (
        "ward-a,clean-party,2011,2012,,2,,,,,,,r,",
        "goal 'clean-party': must be 1 (yes) or 0 (no), found 2",
    ),
    "assigned-negative": (
        "ward-a,tax,2011,2012,,42,,,-40,,,,r,",
        "goal 'tax': 'assigned' must not be negative",
    ),
    "too-large": (
        "ward-a,tax,2011,2012,,1e308,,,1e15,,,,r,",
        "'value' is too large, found '1e308'",
    ),
    "numerator-negative": (
        "ward-a,vaccination,2011,2012,,,-99,200,,,,,r,",
        "goal 'vaccination': 'numerator' must not be negative",
    ),
    "actual-negative": (
        "ward-a,tax,2011,2012,,-99,,,40,,,,r,",
        ("goal 'tax': 'value' must not be negative: it is held against what was assigned"),
    ),
    "filler-count": (
        "ward-a,alleys,2011,2012,,9999,,,,,,,r,",
        (
            "goal 'alleys': 9999 looks like a filler for no figure (leave the cell empty where there "
            "is none; a figure that is meant has a note)"
        ),
    ),
    "filler-assigned": (
        "ward-a,tax,2011,2012,,42.5,,,99999,,,,r,",
        (
            "goal 'tax': 99999 looks like a filler for no figure (leave the cell empty where there "
            "is none; a figure that is meant has a note)"
        ),
    ),
    "report-of-the-far-future": (
        "ward-a,alleys,2011,2199-12-31,,13,,,,,,,r,",
        f"goal 'alleys': a report date must lie in 1900-{LATEST}, found 2199-12-31",
    ),
    "report-after-all-reports": (
        "ward-a,alleys,2011,9999-12-31,,13,,,,,,,r,",
        "'vintage' must be a date: 2013, 2013-12 or 2013-12-31, found '9999-12-31'",
    ),
    "report-before-all-reports": (
        "ward-a,alleys,2011,0013-01-15,,13,,,,,,,r,",
        "'vintage' must be a date: 2013, 2013-12 or 2013-12-31, found '0013-01-15'",
    ),
    "report-of-two-days": (
        "ward-a,alleys,2011,3/4/2012,,13,,,,,,,r,",
        ("'3/4/2012' can be 3 April or 4 March 2012 (write 2012-04-03, or the month in words)"),
    ),
    "area-hostile": (
        "../etc,alleys,2011,2012,,13,,,,,,,r,",
        (
            "goal 'alleys': area '../etc': an id is small ASCII letters and digits joined by single "
            "hyphens"
        ),
    ),
    "too-few-cells": ("ward-a,alleys,2011", "must have 14 cells, found 3"),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_bad_row_is_told_at_its_line(tmp_path: Path, name: str) -> None:
    row, message = BAD_ROWS[name]
    good = "ward-a,alleys,2014,2015,,13,,,,,,,r,"
    found = problems_in(tmp_path, f"{good}\n{row}\n")
    if name == "member-unknown":  # which near name is offered is the library's choice
        found = [line.replace("'kp-1'?", "'kp-2'?") for line in found]
    assert found == [f"figures.csv:3: {message}"]


@pytest.mark.parametrize(
    ("ends", "message"),
    [
        (",5,low", "'exclusive' speaks of 'low', which has no number"),
        ("5,5,high", "between 'low' and 'high' nothing is left: an end is not part of the figure"),
        (",5,top", ("'exclusive' must be one of low, high, both, found 'top' (it names the end that is"
                   " not part of the figure, as in under 5)")),
    ],
)  # fmt: skip
def test_an_end_outside_the_figure_needs_its_number(
    tmp_path: Path, ends: str, message: str
) -> None:
    header = "area,goal,year,vintage,low,high,exclusive"
    told = problems_in(tmp_path, f"ward-a,alleys,2011,2012,{ends}\n", header)
    assert [line.partition("goal 'alleys': ")[2] for line in told] == [message]


ROWS = "ward-a,alleys,2011,1500.5,Hẻm\nward-a,alleys,2012,-3,ghi chú\n"


def as_read(folder: Path, data: bytes) -> list[tuple[float, str, int]]:
    (folder / "f.csv").write_bytes(data)
    frame, problems = read_table(folder / "f.csv")
    assert not problems, problems
    rows = zip(frame["value"], frame["note"], frame["row"], strict=True)
    return [(float(value), str(note), int(row)) for value, note, row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("sign", turns([",", ";", "\t", "|"], 2))
def test_any_usual_delimiter_and_encoding_is_read(tmp_path: Path, encoding: str, sign: str) -> None:
    text = f"area,goal,year,value,note\n{ROWS}".replace(",", sign)
    if sign != ",":
        text = text.replace("1500.5", "1500,5")
    want = [(1500.5, "Hẻm", 2), (-3, "ghi chú", 3)]
    assert as_read(tmp_path, text.encode(encoding)) == want
    titled = f"Figures of the ward\n\n{text}".encode(encoding)
    assert as_read(tmp_path, titled) == [(1500.5, "Hẻm", 4), (-3, "ghi chú", 5)]
    named = f"sep={sign}\n{text}".encode(encoding)
    assert as_read(tmp_path, named) == [(1500.5, "Hẻm", 3), (-3, "ghi chú", 4)]


def test_text_of_windows_is_read_where_only_one_encoding_can_be_meant(tmp_path: Path) -> None:
    head = b"area,goal,year,value,note\n"
    vietnamese = unicodedata.normalize("NFD", "Khá").encode("cp1258")  # a and its mark apart
    row = b"ward-a,alleys,2011,3,%s\n"
    assert as_read(tmp_path, head + row % vietnamese) == [(3, "Khá", 2)]
    assert as_read(tmp_path, head + row % "Größe".encode("cp1252")) == [(3, "Größe", 2)]
    for two_ways in (b"Ng\xf5", b"Kh\xabng", b"\x81"):  # õ or ơ, a font of before Unicode, none
        (tmp_path / "f.csv").write_bytes(head + row % two_ways)
        _, problems = read_table(tmp_path / "f.csv")
        assert [problem.message for problem in problems] == ["must be UTF-8 text"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 500", 1500), ("1\u00a0500", 1500), ("12\u2009345\u202f678", 12345678), ("+3.2", 3.2),
        ("\u22123.2", -3.2), ("\uff11\uff12", 12), ("1 500.25", 1500.25),
    ],
)  # fmt: skip
def test_a_number_nobody_can_misread_is_read(tmp_path: Path, text: str, number: float) -> None:
    data = f"area,goal,year,value,note\nward-a,alleys,2011,{text},\n".encode()
    assert as_read(tmp_path, data) == [(number, "", 2)]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("6.5 p", "an estimate has the state 'estimate'"), ("6.5%", "belongs in a column 'unit'"),
        ("(3.2)", "write -3.2 where it is negative"), ("<5", "is 5 in 'high' with 'high' in"),
        ("n/a", "leave the cell empty where missing"), ("12 alleys", "words belong in the note"),
        ("1 5", "words belong in the note"),
    ],
)  # fmt: skip
def test_what_is_no_plain_number_is_refused_with_what_to_write(
    tmp_path: Path, text: str, hint: str
) -> None:
    told = problems_in(tmp_path, f"ward-a,alleys,2011,2012,,{text},,,,,,,r,\n")
    assert len(told) == 1 and "must be a number" in told[0] and hint in told[0]


@pytest.mark.parametrize("text", ["1,300", "1.300"])
def test_thousands_are_in_doubt_with_a_decimal_comma_too(tmp_path: Path, text: str) -> None:
    (tmp_path / "f.csv").write_text(f"area;goal;year;value\nward-a;alleys;2011;{text}\n", "utf-8")
    _, problems = read_table(tmp_path / "f.csv")
    assert [str(p.hint) for p in problems] == ["thousands or decimals? write 1300 or 1.3"]


def test_what_looks_like_a_filler_passes_with_a_note_or_among_its_like(tmp_path: Path) -> None:
    assert not problems_in(tmp_path, "ward-a,alleys,2011,2012,,9999,,,,,,,r,counted twice\n")
    like = "ward-a,tax,2011,2012,,9999,,,9000,,,,r,\nward-a,tax,2012,2013,,999,,,1200,,,,r,\n"
    assert not problems_in(tmp_path, like)
    assert not problems_in(tmp_path, "ward-a,vaccination,2011,2012,,99,,,,,,,r,\n")
    assert not problems_in(tmp_path, "ward-a,vaccination,2011,2012,,,999,1000,,,,,r,\n")


def test_a_negative_filler_is_asked_about_where_no_limit_refuses_it(tmp_path: Path) -> None:
    level = goal(unit="%", target={"comparison": "at_most", "value": 7, "basis": "level",
                                   "cadence": "every_year"})  # fmt: skip
    change = goal("h", target={"comparison": "at_most", "value": -5, "basis": "change",
                               "cadence": "every_year"})  # fmt: skip
    rows = "a,g,2011,,-99\na,g,2012,,-6\na,h,2011,,40\na,h,2012,,-999\n"
    (tmp_path / "f.csv").write_text(f"area,goal,year,vintage,value\n{rows}", encoding="utf-8")
    _, problems = load_observations([tmp_path / "f.csv"], plan(level, change))
    assert [(p.place, p.message) for p in problems] == [
        (2, "-99 looks like a filler for no figure"),
        (5, "a negative figure where all others are positive: no fall exceeds 100%"),
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/03/2014", "2014-03-31"), ("31.3.2014", "2014-03-31"), ("03/4/2014", "2014-04-03"),
        ("tháng 3 năm 2014", "2014-03-31"), ("2014-03-31 00:00:00", "2014-03-31"),
    ],
)  # fmt: skip
def test_a_report_date_may_be_written_as_offices_do(tmp_path: Path, text: str, day: str) -> None:
    path = tmp_path / "figures.csv"
    path.write_text(f"{HEADER}\nward-a,alleys,2013,{text},,13,,,,,,,r,\n", encoding="utf-8")
    frame = read_observations([path], PLAN).frame
    assert vintage_text(int(frame["vintage"][0])) == day


def test_a_unit_beside_a_figure_is_read(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text(
        "area,goal,year,unit,value,numerator,denominator\nward-a,alleys,2011,nghìn hẻm,0.012,,\n"
        "ward-a,alleys,2012,,13,,\nward-a,vaccination,2011,‰,950,,\n"
        "ward-a,vaccination,2012,nghìn trẻ,,1.9,2\n",
        encoding="utf-8",
    )
    frame = read_observations([path], PLAN).frame
    assert "unit" not in frame and frame["value"].tolist()[:3] == [12, 13, 95]
    assert (frame["numerator"].iloc[3], frame["denominator"].iloc[3]) == (1900, 2000)
    path.write_text(
        "area,goal,year,unit,value\nward-a,alleys,2011,km,12\nward-a,vaccination,2011,trẻ,9\n",
        encoding="utf-8",
    )
    _, problems = load_observations([path], PLAN)
    assert [(p.place, p.message) for p in problems] == [
        (2, "the unit 'km' is not that of the goal, 'alleys'"),
        (3, "the unit beside it is not that of a percentage"),
    ]


def test_the_same_figure_twice_names_the_first_line(tmp_path: Path) -> None:
    row = "ward-a,alleys,2011,2012-01-15,,13,,,,,,,r,\n"
    assert problems_in(tmp_path, row + row) == [
        (
            "figures.csv:3: goal 'alleys': this area, year, vintage and member already stand in line 2 "
            "(a revision has its own vintage)"
        )
    ]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("area,goal,yaer,value", "figures.csv:1: unknown column 'yaer' (did you mean 'year'?)"),
        ("area,goal,year,value,value", "figures.csv:1: the column 'value' stands twice"),
        ("", "figures.csv:1: the file is empty"),
    ],
    ids=["misspelt", "twice", "empty"],
)
def test_a_bad_header_is_told(tmp_path: Path, header: str, message: str) -> None:
    path = tmp_path / "figures.csv"
    path.write_text(header)
    _, problems = load_observations([path], PLAN)
    assert str(problems[0]).replace(f"{tmp_path}/", "").startswith(message)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    assert "figures.csv:1: the column 'year' is missing" in problems_in(
        tmp_path, "", "area,goal,value"
    )


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("figures.txt", b"x", "figures are read from .csv and .parquet files"),
        ("figures.parquet", b"not parquet", "not a Parquet file"),
        ("figures.csv", b"area,goal\x81\n", "must be UTF-8 text"),
        ("gone.csv", None, "cannot be read: No such file or directory"),
        ("figures.csv", b'area,goal,year\n"a', "not valid CSV: unexpected end of data"),
    ],
    ids=["kind", "parquet", "encoding", "gone", "quotes"],
)
def test_a_file_of_the_wrong_kind_is_refused(
    tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        read_observations([path], PLAN)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_what_is_no_file_is_told_in_one_line_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "one.csv").symlink_to(tmp_path / "two.csv")
    (tmp_path / "two.csv").symlink_to(tmp_path / "one.csv")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    (tmp_path / "folder.csv").mkdir()
    names = ["pipe.csv", "zero.csv", "folder.csv", "one.csv", "a\0b.csv", f"{'x' * 5000}.csv"]
    for name in names:
        _, problems = load_observations([tmp_path / name], PLAN)
        assert len(problems) == 1 and len(str(problems[0])) < 400, name
        assert problems[0].message.startswith("cannot be read"), problems


def test_a_sparse_file_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "f.csv").open("wb") as stream:
        stream.write(b"area,goal,year,value\n")
        stream.truncate(2**31)
    _, problems = read_table(tmp_path / "f.csv")
    assert [problem.message for problem in problems] == ["is longer than 512 MB"]
    with (tmp_path / "f.csv").open("r+b") as stream:
        stream.truncate(2**22)
    _, problems = read_table(tmp_path / "f.csv")
    assert [problem.message for problem in problems] == ["must be UTF-8 text"]


@pytest.mark.parametrize("value", [True, 8 + 1j])
def test_what_is_no_real_number_is_refused_in_a_frame(value: object) -> None:
    frame = pd.DataFrame({"area": "a", "goal": "g", "year": [2011], "value": [value]})
    _, (problem,) = read_table(frame)
    assert problem.message.startswith(f"'value' must be a number, found {str(value)!r}")


def test_many_like_faults_are_summed_up(tmp_path: Path) -> None:
    short = "ward-a,alleys,2011\n" * 30_000
    (tmp_path / "f.csv").write_text(f"area,goal,year,value\n{short}", "utf-8")
    _, problems = read_table(tmp_path / "f.csv")
    assert len(problems) == 51 and problems[-1].message == "and 29950 more rows like this"
    (tmp_path / "f.csv").write_text("area,goal,year,value\n" + "a,g,2011,much\n" * 900, "utf-8")
    _, problems = read_table(tmp_path / "f.csv")
    assert len(problems) == 201 and problems[-1].message == "and 700 more rows like this"


@pytest.mark.parametrize("column", ["vintage", "period"])
def test_wrong_days_and_periods_are_told_by_line_and_summed_up(column: str, tmp_path: Path) -> None:
    """Two wrong texts take turns: they are told in the order of their lines, not of the texts."""
    year = "" if column == "period" else ",year"
    rows = "".join(f"a,g,{'soon' if n % 2 else 'late'}{year and ',2011'},1\n" for n in range(500))
    (tmp_path / "f.csv").write_text(f"area,goal,{column}{year},value\n{rows}", "utf-8")
    _, problems = load_observations([tmp_path / "f.csv"], PLAN)
    told = [problem for problem in problems if problem.column == column]
    assert [problem.place for problem in told] == list(range(2, 202))
    assert "late" in told[0].message and "soon" in told[1].message
    assert "and 300 more rows like this" in [problem.message for problem in problems]


def test_many_unknown_goals_are_summed_up(tmp_path: Path) -> None:
    rows = "".join(f"ward-a,goal-{n},2011,1\n" for n in range(20_000))
    (tmp_path / "f.csv").write_text(f"area,goal,year,value\n{rows}", "utf-8")
    _, problems = load_observations([tmp_path / "f.csv"], PLAN)
    assert len(problems) == 51
    assert "and 19950 more rows like this" in [problem.message for problem in problems]


def test_a_table_of_thousands_of_columns_is_refused_in_one_line(tmp_path: Path) -> None:
    names = ",".join(f"c{n}" for n in range(20_000))
    (tmp_path / "f.csv").write_text(f"area,goal,year,value,{names}\n", "utf-8")
    _, problems = read_table(tmp_path / "f.csv")
    message = "a table has at most 500 columns, found 20004"
    assert [problem.message for problem in problems] == [message]


@pytest.mark.parametrize(
    ("column", "values", "message"),
    [
        ("year", pd.to_datetime(["2011-12-31"]), "the column 'year' holds timestamp["),
        ("area", [["ward-a"]], "the column 'area' holds list<"),
        ("value", [{"x": 1}], "the column 'value' holds struct<"),
        ("value", [b"12"], "the column 'value' holds binary"),
        ("goal", [True], "the column 'goal' holds bool"),
    ],
)
def test_a_parquet_column_of_another_kind_is_named(
    tmp_path: Path, column: str, values: object, message: str
) -> None:
    rows = {"area": ["ward-a"], "goal": ["alleys"], "year": [2011], "value": [12.0]}
    pd.DataFrame(rows | {column: values}).to_parquet(tmp_path / "f.parquet")
    _, problems = read_table(tmp_path / "f.parquet")
    assert len(problems) == 1 and problems[0].message.startswith(message), problems


def test_a_parquet_file_that_unfolds_like_a_bomb_is_refused(tmp_path: Path) -> None:
    size = 21_000_000
    texts = pa.DictionaryArray.from_arrays(pa.array(np.zeros(size, np.int8)), pa.array(["a"]))
    years = pa.DictionaryArray.from_arrays(pa.array(np.zeros(size, np.int8)), pa.array([2011]))
    bomb = pa.table({"area": texts, "goal": texts, "year": years})
    pq.write_table(bomb, tmp_path / "f.parquet")
    assert (tmp_path / "f.parquet").stat().st_size < 2**20
    _, problems = read_table(tmp_path / "f.parquet")
    message = "a table has at most 20000000 rows, found 21000000"
    assert [problem.message for problem in problems] == [message]


def test_no_figures_at_all_is_an_empty_frame(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text(HEADER + "\n")
    assert len(read_observations([path], PLAN).frame) == 0
    assert len(read_observations([], PLAN).frame) == 0


def test_vintages_are_ordered_by_their_last_day() -> None:
    assert vintage_day("2012-12") < vintage_day("2013-01-01") < vintage_day("2013")
    assert vintage_day("") < vintage_day("1900")


def test_what_is_wrong_with_the_plan_s_goals_is_told_beside_what_cannot_be_read(
    tmp_path: Path,
) -> None:
    (tmp_path / "f.csv").write_text(
        "area,goal,year,value,unit\n"
        "ward-a,alleys,20x1,4,\n"
        "ward-a,alley,2012,5,\n"
        "ward-a,alleys,2013,many,\n"
        "ward-a,vaccination,2014,712,\n"
        "ward-a,alleys,2014,3,đồng\n"
        "ward-a,alleys,2099,3,\n"
    )
    _, problems = load_observations([tmp_path / "f.csv"], PLAN)
    assert sorted(problem.place for problem in problems) == [2, 3, 4, 5, 6, 7]


def test_a_broken_head_leaves_no_row_to_be_checked(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("area,goal,yearr,value\nward-a,alley,2012,5\n")
    _, problems = load_observations([tmp_path / "f.csv"], PLAN)
    assert {problem.place for problem in problems} == {1}


@pytest.mark.parametrize("text", ["12³", "12.3¹", "①", "5 000²", "12½"])
def test_a_footnote_behind_a_figure_never_becomes_a_digit_of_it(tmp_path: Path, text: str) -> None:
    told = problems_in(tmp_path, f"ward-a,alleys,2011,2012,,{text},,,,,,,r,\n")
    assert len(told) == 1 and "must be a number" in told[0]


@pytest.mark.parametrize("text", ["201⁹", "2013¹", "2013①"])
def test_a_footnote_behind_a_year_never_becomes_a_digit_of_it(tmp_path: Path, text: str) -> None:
    told = problems_in(tmp_path, f"ward-a,alleys,{text},2020,,3,,,,,,,r,\n")
    assert len(told) == 1 and repr(text) in told[0]


def test_unbreakable_spaces_of_a_windows_file_part_thousands(tmp_path: Path) -> None:
    head, row = "area;goal;year;value;note\n", "ward-a;alleys;2011;12\u00a0345;à vérifier\n"
    assert as_read(tmp_path, (head + row).encode("cp1252")) == [(12345, "à vérifier", 2)]


def test_short_floats_are_the_numbers_that_were_written_into_them(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"area": "ward-a", "goal": "alleys", "year": [2011, 2012, 2013], "vintage": "2020"}
    )
    for kind in (np.float32, np.float16):
        frame["value"] = np.array([12.3, 0.1, np.nan], dtype=kind)
        frame.to_parquet(tmp_path / "f.parquet")
        for source in (tmp_path / "f.parquet", frame):
            read = read_observations([source], PLAN).frame["value"].to_numpy()
            assert read[:2].tolist() == [12.3, 0.1] and np.isnan(read[2])


def test_the_index_of_a_frame_is_columns_like_the_others(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "area": "ward-a",
            "goal": "alleys",
            "year": [2011, 2012],
            "vintage": "2020",
            "value": [3, 4],
        }
    )
    for kept in (frame.set_index(["area", "goal", "year"]), frame.loc[[1, 0]]):
        kept.to_parquet(tmp_path / "f.parquet")
        for source in (tmp_path / "f.parquet", kept):
            read = read_observations([source], PLAN).frame
            assert sorted(zip(read["year"], read["value"], strict=True)) == [(2011, 3), (2012, 4)]


def test_a_column_that_stands_twice_in_parquet_is_named(tmp_path: Path) -> None:
    names = ["area", "goal", "year", "value", "value"]
    cells = [["ward-a"], ["alleys"], [2011], [1.0], [2.0]]
    pq.write_table(pa.table([pa.array(one) for one in cells], names=names), tmp_path / "f.parquet")
    _, problems = read_table(tmp_path / "f.parquet")
    assert [str(one.message) for one in problems] == ["the column 'value' stands twice"]
