"""Taking figures in: a filled workbook, a million lines of CSV, a million rows of a sheet.

    make bench

Each runs in a process of its own, libraries loaded and all; what importing fifty goals takes once
they are loaded is told beside it. The rival for sheets is pandas.read_excel with openpyxl, which
only reads; planlib reads, checks against the plan, looks for doubtful figures and saves. Seconds
are of the machine at hand; asserted are ratios of the same run, and a second for fifty goals.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from pathlib import Path

import pytest
import xlsxwriter
from helpers import TEXT, goal, plan
from office import fill, write_template

from planlib.plan.plan import Plan

ROWS = 1_000_000
GOALS, YEARS = 50, range(2011, 2016)
COLUMNS = ("area", "goal", "year", "vintage", "value")
TARGET = {"comparison": "at_least", "value": 50, "cadence": "every_year"}
RIVAL = "import pandas as pd, sys; pd.read_excel(sys.argv[1], engine='openpyxl')"
IMPORT = "from planlib.cli import main; main()"
LOADED = """\
import sys, time
from pathlib import Path
from planlib.excel.importing import import_figures
file, plan = Path(sys.argv[1]), sys.argv[2]
for number in range(2):
    began = time.perf_counter()
    import_figures(file, plan, file.with_name(f"loaded-{number}.csv"))
print(time.perf_counter() - began)
"""


def the_plan() -> Plan:
    return plan(*(goal(f"g{n}", TEXT, target=TARGET) for n in range(GOALS)), last=2015)


def plan_folder(folder: Path) -> Path:
    """The plan as files, for the command."""
    header = the_plan().header.model_dump(mode="json", exclude_none=True)
    section = the_plan().sections[0].model_dump(mode="json", exclude_none=True)
    import json

    (folder / "plan.yaml").write_text(json.dumps(header, ensure_ascii=False), encoding="utf-8")
    (folder / "all.yaml").write_text(json.dumps(section, ensure_ascii=False), encoding="utf-8")
    return folder


def rows() -> list[tuple[str, str, int, str, float]]:
    return [
        (f"area-{n // (GOALS * 5)}", f"g{n % GOALS}", 2011 + n // GOALS % 5, "2016-01-15",
         40 + n % 97 / 4)
        for n in range(ROWS)
    ]  # fmt: skip


def seconds(*command: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", *command], check=True, capture_output=True)
    return time.perf_counter() - start


def importing(home: Path, path: Path) -> float:
    return min(
        seconds(IMPORT, "import", str(path), "--plan", str(home), "--into", str(path) + f".{n}.csv")
        for n in range(2)
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return plan_folder(tmp_path_factory.mktemp("plan"))


def test_a_filled_workbook_of_fifty_goals_is_imported_in_a_second_once_loaded(home: Path) -> None:
    path = write_template(home / "kp.xlsx", the_plan(), "area-0", 2013)
    fill(path, {(f"g{n}", "value"): f"5{n % 10},5" for n in range(GOALS)})
    took, rival = importing(home, path), seconds(RIVAL, str(path))
    command = [sys.executable, "-c", LOADED, str(path), str(home)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    loaded = float(ran.stdout)
    print(
        f"\n50 goals: {loaded:.2f} s once the libraries are loaded, {took:.2f} s as a command; "
        f"pandas.read_excel with openpyxl as a command, first sheet alone: {rival:.2f} s"
    )
    assert loaded < 1
    assert took < 2 * rival


def test_a_million_lines_of_csv_are_imported(home: Path) -> None:
    path = home / "million.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, *rows()])
    took = importing(home, path)
    rival = seconds("import pandas as pd, sys; pd.read_csv(sys.argv[1])", str(path))
    print(f"\na million lines: {took:.2f} s, {took / rival:.1f} times pandas.read_csv")
    assert took < 15 * rival


def test_a_million_rows_of_a_sheet_are_imported_faster_than_others_read_them(home: Path) -> None:
    path = home / "million.xlsx"
    with xlsxwriter.Workbook(path) as book:  # shared strings, as Excel itself saves
        sheet = book.add_worksheet("figures")
        for number, row in enumerate([COLUMNS, *rows()]):
            sheet.write_row(number, 0, row)
    took, rival = importing(home, path), seconds(RIVAL, str(path))
    print(f"\na million rows: {took:.1f} s, {rival / took:.1f} times faster than pandas.read_excel "
          f"with openpyxl ({rival:.0f} s)")  # fmt: skip
    assert rival > 3 * took
