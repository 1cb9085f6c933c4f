"""Documents as others open them: LibreOffice, python-docx, openpyxl; hostile ones too."""

from __future__ import annotations

import json
import re
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from openpyxl import load_workbook
from PIL import Image, ImageChops

from planlib.evaluation import evaluate
from planlib.language.language import Language
from planlib.plan.verdicts import Verdict
from planlib.report.pages.annual import AnnualPage
from tests.commands import planlib
from tests.documents.rendering import (
    OFFICE,
    PAGES,
    POPPLER,
    converted,
    differs,
    reviewed_report,
    thumbnails,
    why_not,
)
from tests.examples import ALL
from tests.helpers import goal, observations, plan
from tests.made_once import made_once
from tests.verify.small_review import made_in, make

needs_office = pytest.mark.skipif(
    OFFICE is None or POPPLER is None,
    reason="LibreOffice (soffice) or pdftoppm (poppler-utils) is not installed",
)
HOSTILE = "<w:b/> & ]]> =cmd|'/C calc'!A0 \u202e\u0301 {{7*7}} " + "dài" * 30
MANY = 300 if ALL else 40  # goals of the largest report
UNIT = "đơn vị " * 11 + "dài"  # eighty letters
EN = Language("en")


def hostile(goals: int, *, figures: bool = True, name: str = "Goal", unit: str = "%") -> bytes:
    """A yearly report of a made-up plan of so many goals."""
    words = dict.fromkeys(("vi", "en"), unit)
    many = [
        goal(
            f"g-{n}",
            words if unit != "%" else unit,
            name={"vi": f"{name} {n}", "en": f"{name} {n}"},
            target={
                "comparison": "at_least",
                "value": 50,
                "basis": "level",
                "cadence": "every_year",
            },
        )
        for n in range(goals)
    ]
    rows = [{"goal": f"g-{n}", "year": 2012, "value": 40.0 + n % 30} for n in range(goals)]
    held = (
        observations(*rows)
        if figures
        else observations({"goal": "g-0", "year": 2011, "state": "missing"})
    )
    return AnnualPage.of(evaluate(plan(*many), held), "a", 2012, "en").to_docx()


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of documents with what LibreOffice makes of each; it is started twice for all."""

    def make_all(folder: Path) -> None:
        small = made_in(made_once(tmp_path_factory, "small-review", make))
        asked = [str(small.plan), "--area", "ward-a", "--period", "2012", "--lang", "en"]
        for name, command in (("small.docx", "report"), ("small.xlsx", "export")):
            done = planlib(command, *asked, "--out", str(folder / name))
            assert done.returncode == 0, done.stderr
        (folder / "verdicts.json").write_bytes((small.folder / "verdicts.json").read_bytes())
        (folder / "reviewed.docx").write_bytes(reviewed_report())
        (folder / "many.docx").write_bytes(hostile(MANY))
        (folder / "names.docx").write_bytes(hostile(3, name=HOSTILE, unit=UNIT))
        (folder / "none.docx").write_bytes(hostile(2, figures=False))
        (folder / "one.docx").write_bytes(hostile(1))
        converted(sorted(folder.glob("*.docx")), "pdf", folder)
        again = folder / "again"
        converted([folder / "small.docx"], "docx", again)
        converted([folder / "small.xlsx"], "xlsx", again)

    return made_once(tmp_path_factory, "opened-documents", make_all)


def claims(folder: Path) -> dict[str, dict[str, Any]]:
    """The verdicts of the year by goal, as the review of it claims them."""
    told = json.loads((folder / "verdicts.json").read_text("utf-8"))["verdicts"]
    return {one["goal"]: one for one in told
            if (one["kind"], one["year"], one["group"]) == ("annual", 2012, "")}  # fmt: skip


def agree(shown: str, claim: float | None) -> bool:
    """Whether a printed number is what is claimed, at the digits it is printed at."""
    number = re.search(r"-?\d[\d,]*(\.\d+)?", shown.replace("\N{MINUS SIGN}", "-"))
    if claim is None or number is None:
        return claim is None
    digits = len((number[1] or ".")[1:])
    return abs(float(number[0].replace(",", "")) - claim) <= 0.5000001 * 10**-digits


def held(rows: list[list[str]], folder: Path) -> None:
    """Rows of name, actual, percent and verdict against the claims; every goal stands in one."""
    names = {one.name.in_language("en"): one.id for one in made_plan(folder).goals}
    told, found = claims(folder), {names[row[0]] for row in rows}
    assert found == set(told) and len(rows) == len(told)
    for name, actual, percent, verdict in rows:
        claim = told[names[name]]
        assert EN.verdict(Verdict[claim["verdict"]]) in verdict, (name, verdict)
        assert agree(percent, claim["level"] and 100 * claim["level"]), (name, percent)
        if claim["value"] not in (None, 0.0, 1.0):
            assert agree(actual, claim["value"]), (name, actual)
        for end in ("low", "high"):
            if claim[end] is not None:
                assert f"{claim[end]:g}" in actual, (name, actual)


def made_plan(folder: Path) -> Any:
    return evaluate(str(folder.parent / "small-review" / "good-plan")).plan


def rows_of_document(path: Path) -> list[list[str]]:
    (table,) = (
        one for one in docx.Document(str(path)).tables if one.rows[0].cells[0].text == "No."
    )
    heads = [cell.text for cell in table.rows[0].cells]
    at = [heads.index(one) for one in ("Indicator", "Actual", "% of target", "Verdict")]
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    return [[row[n].partition("\n")[0] for n in at] for row in rows if len(set(row)) > 1]


def rows_of_workbook(path: Path) -> list[list[str]]:
    rows = list(load_workbook(path, data_only=True)["Results"].iter_rows(values_only=True))
    start, heads = next(
        (n, [str(one).partition(" [")[0] for one in row])
        for n, row in enumerate(rows) if "Indicator" in row
    )  # fmt: skip
    at = [heads.index(one) for one in ("Indicator", "Actual", "% of target", "Verdict")]
    return [[str(row[n]) for n in at] for row in rows[start + 1 :] if row[at[0]]]


@needs_office
@pytest.mark.parametrize("folder", ["", "again"])
def test_the_numbers_of_documents_are_those_of_the_verdicts(folder: str, opened: Path) -> None:
    """As planlib wrote them, and as LibreOffice has read and saved them."""
    held(rows_of_document(opened / folder / "small.docx"), opened)
    held(rows_of_workbook(opened / folder / "small.xlsx"), opened)


def text_of(pdf: Path) -> str:
    told = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True)
    return told.stdout.decode()


@needs_office
@pytest.mark.parametrize("name", ["many", "names", "none", "one"])
def test_hostile_documents_open_and_lose_nothing(name: str, opened: Path) -> None:
    goals = {"many": MANY, "names": 3, "none": 2, "one": 1}[name]
    (annex,) = (t for t in docx.Document(str(opened / f"{name}.docx")).tables
                if t.rows[0].cells[0].text == "No.")  # fmt: skip
    numbers = [row.cells[0].text for row in annex.rows]
    assert [int(one) for one in numbers if one.isdigit()] == list(range(1, goals + 1))
    shown = text_of(opened / f"{name}.pdf")
    assert shown.count("REPORT") == 1 and "Annex 1" in shown
    if name == "names":
        names = " ".join(row.cells[1].text for row in annex.rows)
        assert "<w:b/> & ]]> =cmd|'/C calc'!A0" in names and "{{7*7}}" in names
        assert UNIT.strip() in [row.cells[2].text for row in annex.rows]
    if name == "none":
        assert "No data" in shown
    with pikepdf.open(opened / f"{name}.pdf") as pdf:
        wide = [page for page in pdf.pages if page.mediabox[2] > page.mediabox[3]]
        assert wide and len(pdf.pages) <= 12 + goals // 8
    for number, page in enumerate(thumbnails(opened / f"{name}.pdf"), 1):
        # Nothing is cut at the edges: the margins are empty.
        width, height = page.size
        for box in ((0, 0, 6, height), (width - 6, 0, width, height)):
            assert page.crop(box).getextrema()[0] > 200, f"page {number}"


@pytest.mark.skipif(bool(why_not()), reason=why_not() or "–")
def test_pages_look_as_they_did_when_they_were_looked_at(opened: Path) -> None:
    """``make pictures`` draws them again; whoever commits them has looked at them."""
    pages, known = thumbnails(opened / "reviewed.pdf"), sorted(PAGES.glob("*.png"))
    assert len(pages) == len(known)
    for page, path in zip(pages, known, strict=True):
        with Image.open(path) as reviewed:
            assert not (apart := differs(page, reviewed.convert("L"))), f"{path.name}: {apart}"


def test_a_page_that_moved_or_lost_a_line_is_another() -> None:
    with Image.open(sorted(PAGES.glob("*.png"))[1]) as picture:
        page = picture.convert("L")
    assert not differs(page, page.point(lambda level: max(0, level - 3)))
    assert differs(page, ImageChops.offset(page, 0, 6))  # a centimetre down
    lost = page.copy()
    lost.paste(255, (0, page.height // 4, page.width, page.height // 4 + 8))
    assert differs(page, lost)


# ------------------------------------------------------------------ PDF for everybody


def elements(node: Any) -> list[Any]:
    """The elements of a structure tree, in order."""
    if isinstance(node, pikepdf.Array):
        return [one for child in node for one in elements(child)]
    if not isinstance(node, pikepdf.Dictionary):
        return []
    mine = [node] if "/S" in node else []
    return mine + (elements(node["/K"]) if "/K" in node else [])


def scope(head: pikepdf.Object) -> str:
    """What a head of a table says it is the head of, among the attributes of its element."""
    told = head.get("/A", [])
    attributes = list(told) if isinstance(told, pikepdf.Array) else [told]
    return next((str(one["/Scope"]) for one in attributes if "/Scope" in one), "")


@needs_office
def test_the_pdf_is_tagged_and_says_its_title_language_and_what_pictures_show(
    tmp_path: Path,
) -> None:
    """What PDF/UA-1 asks that can be read from the file; no validator is here to be asked."""
    files = [tmp_path / "a.pdf", *([tmp_path / "b.pdf"] if ALL else [])]
    for file in files:
        done = planlib("report", "europe-2020", "--area", "se", "--midterm", "--lang", "fr",
                       "--out", str(file))  # fmt: skip
        assert done.returncode == 0, done.stderr
    # That it is the same whenever it is made is proven of a small one in ``tests/verify/office``.
    assert len({file.read_bytes() for file in files}) == 1
    with pikepdf.open(files[0]) as pdf:
        root = pdf.Root
        assert root.MarkInfo.Marked and str(root.Lang).startswith("fr")
        assert root.ViewerPreferences.DisplayDocTitle
        title = "Europe 2020 : grands objectifs"
        assert str(pdf.docinfo["/Title"]).startswith(title)
        with pdf.open_metadata() as about:
            assert str(about["dc:title"]).startswith(title)
            assert about["pdfuaid:part"] == "1"
        roles = {name: str(role) for name, role in dict(root.StructTreeRoot.RoleMap).items()}
        found = elements(root.StructTreeRoot.K)
        kinds = [roles.get(str(one.S), str(one.S)) for one in found]
        known = {
            "Document",
            "P",
            "H1",
            "H2",
            "H3",
            "L",
            "LI",
            "LBody",
            "Lbl",
            "Table",
            "TR",
            "TH",
            "TD",
            "Figure",
            "Link",
            "Span",
            "TOC",
            "TOCI",
            "Caption",
            "Sect",
            "Div",
            "Note",
            "Reference",
        }
        assert {kind[1:] for kind in kinds} <= known
        levels = [int(kind[2:]) for kind in kinds if re.fullmatch(r"/H\d", kind)]
        assert levels[0] == 1 and all(b <= a + 1 for a, b in pairwise(levels))
        figures = [one for one, kind in zip(found, kinds, strict=True) if kind == "/Figure"]
        assert len(figures) >= 5 and all(len(str(one.get("/Alt", ""))) > 20 for one in figures)
        heads = [one for one, kind in zip(found, kinds, strict=True) if kind == "/TH"]
        assert heads and {scope(one) for one in heads} == {"/Column"}
        for page in pdf.pages:
            fonts = page.get("/Resources", {}).get("/Font", {})
            for font in dict(fonts).values():
                inner = font.get("/DescendantFonts", [font])[0]
                descriptor = inner.get("/FontDescriptor", {})
                assert any(f"/FontFile{n}" in descriptor for n in ("", "2", "3"))
                assert "/ToUnicode" in font  # what is read aloud or copied is what is shown
