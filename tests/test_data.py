"""The shipped data: reproducible where it is made up, contradictory only where we know it."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from planlib.figures.limits import half_unit

DATA = Path(__file__).parent.parent / "data"


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_illustrative_figures_are_those_the_seeded_script_writes() -> None:
    script = DATA / "illustrative" / "generate.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_illustrative_row_says_so_and_no_other_does() -> None:
    for name in ("illustrative/ward-2010-2015.csv", "viet-nam/observations-2011-2015.csv"):
        marked = {row["source"].startswith("illustrative") for row in rows_of(name)}
        assert marked == {name.startswith("illustrative")}


def test_ten_wards_have_figures_from_2010_to_2015_with_all_that_reality_brings() -> None:
    rows = rows_of("illustrative/ward-2010-2015.csv")
    assert {row["area"] for row in rows} == {f"ward-{n:02d}" for n in range(1, 11)}
    assert {row["year"] for row in rows} == {str(year) for year in range(2010, 2016)}
    assert {row["state"] for row in rows} == {
        "measured", "estimate", "missing", "not_due", "not_applicable", "suppressed",
    }  # fmt: skip
    assert any(row["low"] or row["high"] for row in rows)
    assert any(row["numerator"] and row["denominator"] for row in rows)


def test_one_local_percentage_does_not_follow_from_its_own_amounts() -> None:
    contradictory = []
    for row in rows_of("local/figures.csv"):
        if (
            row["assigned"]
            and row["actual"]
            and row["percent_stated"]
            and "percent" not in row["unit"]
        ):
            made = 100 * float(row["actual"]) / float(row["assigned"])
            stated = float(row["percent_stated"])
            if abs(made - stated) > half_unit(np.array([stated]))[0]:
                contradictory.append((row["area"], stated, round(made, 1)))
    # 78.18 of 50 million is 156.36 %; 265 of 220 is 120.45 %, printed as 120.
    assert contradictory == [("cau-ong-lanh", 152.0, 156.4)]


def test_the_offences_of_2018_contradict_what_the_next_report_implies() -> None:
    offences = {
        row["period"]: float(row["actual"])
        for row in rows_of("local/figures.csv")
        if row["area"] == "hcmc" and row["indicator_en"] == "Criminal offences"
    }
    assert offences["2019"] + 351 == 4773 != offences["2018"] == 4576


@pytest.mark.parametrize(
    ("name", "rows"),
    [("viet-nam/observations-2011-2015.csv", 40), ("viet-nam/observations-2016-2020.csv", 47)],
)
def test_every_national_figure_has_a_report_date_and_an_address(name: str, rows: int) -> None:
    found = rows_of(name)
    assert len(found) == rows
    assert all(row["vintage"] and row["source"].startswith("http") for row in found)
