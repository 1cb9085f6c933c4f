"""Real LibreOffice opens a template, recalculates, saves it, and the figures come in from that."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from office import cells_of, fill, write_template

from planlib.excel.importing import import_figures
from planlib.plan.shipped import figure_files, open_plan

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
WARD = open_plan("ward-2010-2015")
VALUES: dict[tuple[str, str], Any] = {
    ("tax-revenue", "value"): "1.300,5", ("tax-revenue", "assigned"): 1200,
    ("child-vaccination", "numerator"): 188, ("child-vaccination", "denominator"): 200,
    ("alleys-upgraded", "value"): "Khoảng 14", ("rescue-teams", "value"): "2/6",
    ("rescue-teams/kp-1", "value"): "có", ("rescue-teams/kp-2", "value"): "Có",
    ("rescue-teams/kp-3", "value"): "không", ("rescue-teams/kp-4", "value"): "không",
    ("rescue-teams/kp-5", "value"): "không", ("rescue-teams/kp-6", "value"): "không",
    ("case-clearance", "state"): "Chưa có số liệu", ("new-party-members", "value"): "=SUM(5;7)",
}  # fmt: skip

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed"),
]


def converted(paths: list[Path], ending: str, folder: Path) -> Path:
    """A folder with what LibreOffice makes of some files, which it is started once for."""
    folder.mkdir(exist_ok=True)
    command = [str(OFFICE), "--headless", f"-env:UserInstallation=file://{folder}/profile",
               "--convert-to", ending, "--outdir", str(folder), *map(str, paths)]  # fmt: skip
    environment = os.environ | {"HOME": str(folder)}
    subprocess.run(command, check=True, capture_output=True, timeout=240, env=environment)
    return folder


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    path = write_template(folder / "kp.xlsx", WARD, "ward-01", 2013, figures=figure_files(WARD))

    def formula(book: Any) -> None:
        sheet, cell = cells_of(path)["new-party-members", "value"]
        book[sheet][cell].value = "=SUM(5,7)"
        book[sheet][cell].data_type = "f"

    return fill(path, VALUES, change=formula)


@pytest.fixture(scope="module")
def saved(filled: Path) -> Path:
    """The filled template and an empty one, as LibreOffice saves them."""
    empty = write_template(filled.parent / "empty.xlsx", WARD, "ward-01", 2013)
    return converted([filled, empty], "xlsx", filled.parent / "saved")


def test_before_libreoffice_has_calculated_it_the_formula_is_refused(
    filled: Path, tmp_path: Path
) -> None:
    done = import_figures(filled, into=tmp_path / "out.csv")
    assert ["never calculated" in str(p) for p in done.problems if not p.warning] == [True]


def test_what_libreoffice_saves_is_taken_in(saved: Path, tmp_path: Path) -> None:
    done = import_figures(saved / "kp.xlsx", into=tmp_path / "out.csv")
    assert [str(p) for p in done.problems if not p.warning] == [] and done.written
    with (tmp_path / "out.csv").open(encoding="utf-8") as stream:
        rows = {(r["goal"], r["member"]): r for r in csv.DictReader(stream)}
    assert rows["tax-revenue", ""]["value"] == "1300.5"
    assert rows["child-vaccination", ""]["denominator"] == "200"
    assert rows["alleys-upgraded", ""]["words"] == "Khoảng 14"
    assert rows["new-party-members", ""]["value"] == "12"  # =SUM(5,7), calculated
    assert rows["case-clearance", ""]["state"] == "missing"
    assert [rows["rescue-teams", f"kp-{n}"]["value"] for n in range(1, 7)] == list("110000")
    assert {r["vintage"] for r in rows.values()} == {"2014-03-31"}


def test_an_empty_template_comes_back_empty_and_protected(saved: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    done = import_figures(saved / "empty.xlsx", into=tmp_path / "out.csv")
    assert done.problems == [] and not done.written
    assert done.reading is not None and len(done.reading.empty) == len(WARD.goals)
    book = load_workbook(saved / "empty.xlsx")
    assert book["_planlib"].sheet_state == "hidden"
    assert all(sheet.protection.sheet for sheet in book.worksheets)


def test_every_section_prints_on_one_page_wide_a4(tmp_path: Path) -> None:
    info = shutil.which("pdfinfo")
    if info is None:
        pytest.skip("pdfinfo (poppler-utils) is not installed")
    path = write_template(tmp_path / "kp.xlsx", WARD, "ward-01", 2013)
    printed = converted([path], "pdf", tmp_path / "printed") / "kp.pdf"
    told = subprocess.run([info, str(printed)], check=True, capture_output=True, text=True).stdout
    facts = dict(line.split(":", 1) for line in told.splitlines() if ":" in line)
    assert "A4" in facts["Page size"]
    # The guide and seven sections; none of the ward's needs a second page.
    assert int(facts["Pages"]) == 8
