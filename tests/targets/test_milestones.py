"""A milestone is done or not by its due date, and names what shows it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from commands import planlib
from office import write_template
from openpyxl import load_workbook

from planlib.plan.reading import load_plan, read_plan

STATES = Path(__file__).parent / "states-plan"
LAW = """
  - id: law
    name: {vi: Ban hành luật, en: The law is passed}
    unit: {vi: có/không, en: yes/no}
    source: [{document: text, section: "1", paragraph: 3}]
    target:
      comparison: done
      cadence: by
      due: 2012
      evidence: {vi: Công báo số 7, en: Official journal no. 7}
    targets:
      - {area: south, due: 2013, evidence: {vi: Công báo số 9, en: Official journal no. 9}}
"""


def with_law(tmp_path: Path, law: str = LAW) -> Path:
    folder = tmp_path / "states-plan"
    shutil.copytree(STATES, folder)
    with (folder / "labour.yaml").open("a", encoding="utf-8") as stream:
        stream.write(law.lstrip("\n"))
    return folder


@pytest.mark.usefixtures("here")
def test_the_page_names_the_evidence_of_the_area_and_is_proven(tmp_path: Path) -> None:
    folder, out = with_law(tmp_path), tmp_path / "reports"
    with (folder / "figures.csv").open("a", encoding="utf-8") as stream:
        stream.write("north,law,2012,2013-02-01,1,report\nsouth,law,2012,2013-02-01,0,report\n")
    made = planlib(
        "batch", str(folder), "--areas", "north,south", "--years", "2012", "--no-midterm",
        "--lang", "en", "--out", str(out),
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    proof = planlib("verify", str(out), "--plan-dir", str(folder))
    assert proof.returncode == 0, proof.stdout + proof.stderr
    north, south = (
        (out / "states-plan" / area / "annual-2012.en.html").read_text("utf-8")
        for area in ("north", "south")
    )
    assert "Official journal no. 7" in north and "Official journal no. 9" not in north
    assert "Official journal no. 9" in south and "Official journal no. 7" not in south


def test_evidence_goes_with_what_is_done(tmp_path: Path) -> None:
    law = LAW.replace("comparison: done", "comparison: at_least\n      value: 1")
    problems = load_plan(with_law(tmp_path, law))[1]
    assert any("'evidence' goes with 'done', not with 'at_least'" in str(one) for one in problems)


def test_a_template_of_an_area_holds_the_areas_own_targets(tmp_path: Path) -> None:
    plan = read_plan(STATES)
    told = {}
    for area in ("north", "south", "island"):
        path = write_template(tmp_path / f"{area}.xlsx", plan, area, 2012, "en")
        sheets = load_workbook(path).worksheets
        cells = (cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row)
        told[area] = " ".join(str(value) for value in cells if value)
    assert "77–78" in told["north"] and "77–78" not in told["south"]
    assert "under 12" in told["south"]
    assert "no target set" in told["island"]
