"""Figures written for Excel are harmless there and the same when they are read back."""

from __future__ import annotations

import csv
import io
import zipfile
from itertools import product
from pathlib import Path

import pandas as pd
import pytest
from examples import examples, turns
from hypothesis import given
from hypothesis import strategies as st

from planlib.errors import InputError
from planlib.excel.export import figures_csv, figures_xlsx, write_figures
from planlib.excel.importing import import_figures
from planlib.excel.sheets.tidy import read_tidy_sheet
from planlib.figures.reading import load_observations, typed_frame
from planlib.figures.spreadsheet_text import guarded, unguarded
from planlib.plan.shipped import figure_files, open_plan, shipped_plans

TEXTS = ("area", "goal", "member", "source", "note", "words", "published_verdict",
         "published_reason", "vintage_text")  # fmt: skip
NUMBERS = (
    "year",
    "vintage",
    "state",
    "value",
    "numerator",
    "denominator",
    "assigned",
    "low",
    "high",
)


def same(one: pd.DataFrame, two: pd.DataFrame) -> None:
    for name in TEXTS:
        mine = one[name].astype(str).tolist() if name in one else [""] * len(one)
        assert mine == (two[name].astype(str).tolist() if name in two else [""] * len(two)), name
    for name in NUMBERS:
        pd.testing.assert_series_equal(one[name], two[name], check_names=False)


@pytest.mark.parametrize(
    ("ending", "name"), turns(product(["xlsx", "csv"], reversed(shipped_plans())), 5)
)
def test_figures_come_back_as_they_were(tmp_path: Path, name: str, ending: str) -> None:
    plan = open_plan(name)
    figures, _ = load_observations(figure_files(plan), plan)
    frame = figures.frame.head(700)
    path = tmp_path / f"figures.{ending}"
    write_figures(frame, path)
    done = import_figures(path, name, tmp_path / "again.csv")
    assert not done.refused and done.written
    again, problems = load_observations([tmp_path / "again.csv"], plan)
    assert problems == []
    same(frame.reset_index(drop=True), again.frame)


HOSTILE = ['=cmd|" /C calc"!A0', "+1+1", "-1+1", "@SUM(1)", "\tx", "\rx", "'=1", "''=1", "'x",
           "＝1", "Trên 90", "", '=HYPERLINK("http://x","y")']  # fmt: skip


def frame_of(texts: list[str]) -> pd.DataFrame:
    size = len(texts)
    columns = {"area": ["ward-a"] * size, "goal": ["alleys"] * size, "year": [2011] * size,
               "vintage": [f"{2012 + n}" for n in range(size)], "value": [-5.0] * size,
               "note": [guarded(text) for text in texts]}  # fmt: skip
    frame, problems = typed_frame(Path("x.csv"), columns)
    assert problems == [] and frame["note"].astype(str).tolist() == texts
    return frame


def test_no_text_of_a_csv_file_is_a_formula_and_numbers_are_left_alone() -> None:
    data = figures_csv(frame_of(HOSTILE))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    for row, text in zip(rows, HOSTILE, strict=True):
        assert row["value"] == "-5"
        assert row["note"][:1] not in tuple("=+-@\t\r＝")
        assert unguarded(row["note"]) == text


def test_no_text_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    path.write_bytes(figures_xlsx(frame_of(HOSTILE)))
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
        styles = archive.read("xl/styles.xml")
    assert b"<f>" not in sheet and b"<hyperlink" not in sheet
    assert b'quotePrefix="1"' in styles
    told = read_tidy_sheet(path)
    frame, problems = told.frame, told.problems
    assert problems == []
    # Excel itself does not keep spaces at the ends of lines.
    assert frame["note"].astype(str).tolist() == HOSTILE


def test_text_that_no_cell_can_hold_is_refused_and_not_cut() -> None:
    with pytest.raises(InputError, match="at most 32767 characters"):
        figures_xlsx(frame_of(["x" * 40_000]))


@examples(200)
@given(st.text(st.characters(), max_size=12))
def test_any_text_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text)[:1] or guarded(text)[0] not in "=+-@\t\r\n"
