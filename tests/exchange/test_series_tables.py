"""A table of one's own under the published rules: any heads, any kind of file, every fault told."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from commands import planlib

from planlib.errors import InputError
from planlib.exchange.table.series import OwnTables, read_series

HEADS = ["Tên", "Chuỗi", "Nhóm", "Năm", "Trị số", "Gốc", "Đích", "Hạn", "Chiều"]
NAMES = ["indicator", "series", "group", "year", "value", "base_year", "target", "target_year",
         "direction"]  # fmt: skip
COLUMNS = dict(zip(NAMES, HEADS, strict=True))
# A, B and F of the vectors; B and F are one group.
ROWS = [
    ["Đường", "A", None, 2008, 60, 2008, 90, 2012, "tăng"],
    ["Đường", "A", None, 2010, 78, None, None, None, None],
    ["Đường", "B", "x", 2008, 40, 2008, 10, 2012, "down"],
    ["Đường", "B", "x", 2010, 30, None, None, None, None],
    ["Đường", "F", "x", 2008, 5, 2008, 0, 2012, "baisse"],
    ["Đường", "F", "x", 2010, 2, None, None, None, None],
]
FRAME = pd.DataFrame(ROWS, columns=HEADS).astype({"Gốc": "Int64", "Hạn": "Int64", "Đích": "Int64"})
JOINED = ",".join(f"{name}={head}" for name, head in COLUMNS.items())


def written(folder: Path, kind: str) -> Path:
    path = folder / f"table.{kind}"
    if kind == "csv":
        FRAME.to_csv(path, index=False, sep=";")
    elif kind == "xlsx":
        FRAME.to_excel(path, index=False, sheet_name="Sheet 1", startrow=2)
    else:
        FRAME.to_parquet(path)
    return path


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_series_of_any_file_are_judged_and_rolled_up_by_their_groups(
    kind: str, tmp_path: Path
) -> None:
    done = planlib("methods", str(written(tmp_path, kind)), "--columns", JOINED, "--json")
    answers = json.loads(done.stdout)
    assert set(answers[0]) == {"area", "indicator", "series", "group", "method", "status", "score",
                               "ratio", "why_not", "counted"}  # fmt: skip
    opensdg = [one for one in answers if one["method"] == "opensdg"]
    assert [(one["series"], one["group"], one["status"]) for one in opensdg] == [
        ("A", "", "substantial"), ("B", "x", "limited"), ("F", "x", "limited"),
        (None, None, "moderate"),
    ]  # fmt: skip
    # (5 + (−.594077 − .761850) / 2) / 2; without the group (5 − .594077 − .761850) / 3 = 1.214691
    assert opensdg[-1]["score"] == pytest.approx((5 + (-0.594077 - 0.761850) / 2) / 2, abs=2e-6)
    assert opensdg[-1]["counted"] == 3


def test_the_table_shows_what_series_come_to_together(tmp_path: Path) -> None:
    path = str(written(tmp_path, "csv"))
    out = planlib("methods", path, "--columns", JOINED, "--lang", "en").stdout
    row = next(line for line in out.splitlines() if "all 3 series together" in line)
    assert "Moderate progress" in row and "a group counting as one series" in out


def test_targets_may_stand_in_a_table_of_their_own_and_hold_of_every_area(tmp_path: Path) -> None:
    figures, targets = tmp_path / "figures.csv", tmp_path / "targets.csv"
    figures.write_text("area,Name,year,value\nn,r,2010,78\ns,r,2010,84\ne,r,2010,90\n", "utf-8")
    targets.write_text("Name,target\nr,90\n", "utf-8")
    done = planlib("methods", str(figures), "--targets", str(targets), "--columns", "indicator=Name",
                   "--every-row", "base_year=2008,target_year=2012,direction=up", "--json")  # fmt: skip
    oecd = [one for one in json.loads(done.stdout) if one["method"] == "oecd"]
    assert [(one["area"], one["ratio"]) for one in oecd] == [("n", 2), ("s", 1), ("e", 0)]


@pytest.mark.parametrize(
    ("text", "columns", "problem"),
    [
        ("Name,yr,v\na,2010,1\n", {"indicator": "name"},
         "t.csv: no column is headed 'year' (the table has: Name, yr, v; say which is which"),
        ("name,year,value\na,2010,1.300\n", {"indicator": "name"},
         "t.csv:2: 'value' must be a number, found '1.300'"),
        ("name,year,value\na,2010,1\na,2010,2\n", {"indicator": "name"},
         "t.csv:3: a second figure for a, 2010 (the first stands at 2)"),
        ("name,year,value,limit\na,2010,1,9\na,2011,2,8\n", {"indicator": "name"},
         "t.csv:3: 'limit' is one for all rows of a series, found 8 here and 9 at 2"),
        ("name,year,value\na,2010/11,1\n", {"indicator": "name"},
         "t.csv:2: 'year' must be a number, found '2010/11'"),
        ("name,year,value\n,2010,1\n", {"indicator": "name"},
         "t.csv:2: stands in a row without an indicator"),
        ("name,year,value\na,2010,1\n", {"serie": "name"},
         "--columns: no table of series has a 'serie' (did you mean 'series'?)"),
        ("name,year,value\na,,\n", {"indicator": "name"}, "t.csv: no row holds a year and a value"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_at_its_place(
    text: str, columns: dict[str, str], problem: str, tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text, "utf-8")
    shared = {"base_year": "2008", "target": "", "target_year": "", "direction": "increase"}
    with pytest.raises(InputError) as caught:
        read_series(OwnTables(path, None, columns, shared))
    assert problem in str(caught.value).replace(f"{tmp_path}/", "")


def test_options_of_a_plan_and_of_a_table_are_kept_apart(tmp_path: Path) -> None:
    path = str(written(tmp_path, "csv"))
    assert planlib("methods", path, "--area", "x").returncode == 2
    assert planlib("methods", "ward-2010-2015", "--columns", "year=x").returncode == 2
    assert planlib("methods", path, "--columns", "Năm").returncode == 2


ALL = ["--every-row", "base_year=2008,direction=increase,target=90,target_year=2012"]
OWN = ["--columns", "indicator=Name,year=Year,value=Rate"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        # 60,5 in a file of commas is two cells, and 60 would be a wrong figure
        (["Name,Year,Rate", "roads,2008,60,5", "roads,2010,78"], "2: must have 3 cells, found 4"),
        (["Name,Year,Rate,Rate", "roads,2008,60,1"], "[1]: the column 'Rate' stands twice"),
        (["Name,Year,Rate", "roads,2009/10,60"], "2: 'Year' must be a number, found '2009/10'"),
    ],
)
def test_a_figure_is_not_read_from_what_may_be_half_of_it(
    lines: list[str], said: str, tmp_path: Path
) -> None:
    path = tmp_path / "own.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = planlib("methods", str(path), *OWN, *ALL, "--lang", "en")
    assert done.returncode == 1 and done.stdout == ""
    assert said.replace("[1]", "1") in done.stderr.splitlines()[0]
    assert "pupils" not in done.stderr  # what is said of ratios says nothing of a year


def test_an_empty_cell_behind_and_a_short_row_are_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("Name,Year,Rate\nroads,2008,60,,\nroads\nroads,2010,78\n", encoding="utf-8")
    done = planlib("methods", str(path), *OWN, *ALL, "--json")
    answers = json.loads(done.stdout)
    assert answers[0]["ratio"] == pytest.approx(1.313957, abs=1e-6)
