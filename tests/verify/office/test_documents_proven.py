"""A document or a table is proven, and each of three hundred seeded changes of one is found."""

from __future__ import annotations

import io
import random
import shutil
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from commands import planlib
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from planlib.evaluation import evaluate
from planlib.report.documents.skeleton import Issuer
from planlib.report.pages.report_files import report_page, word_bytes
from planlib.verify.office.differences import differences
from planlib.verify.office.held import OfficeOrigin, OfficeProof
from planlib.verify.office.items import OfficeFile
from planlib.verify.office.sheet_file import read_workbook
from planlib.verify.office.word_file import read_word
from planlib.verify.sources import ProvedInputs
from tests.verify.office.tampering import CHANGES, packed, parts_of, word_changes
from tests.verify.small_review import FIGURES, GOOD_PLAN

HERE = ["--plan-dir", str(GOOD_PLAN)]
SHEET_CHANGES = 35


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("figures") / "figures.csv"
    path.write_text(FIGURES, "utf-8")
    return path


@cache
def document(figures: Path) -> bytes:
    page = report_page(evaluate(str(GOOD_PLAN), [str(figures)]), "ward-a", "2013", "en")
    return word_bytes(page.handed_in(None, Issuer(), None))


def test_each_seeded_change_of_a_word_file_is_found(figures: Path) -> None:
    assert sum(times for *_, times in CHANGES) + SHEET_CHANGES == 300
    right = read_word(document(figures))
    missed, seen = [], 0
    for what, data in word_changes(document(figures), 2013):
        file = read_word(data)
        seen += 1
        found = file.strange or differences("x", file, right).problems or file.about != right.about
        missed += [] if found else [what]
    assert not missed and seen == 300 - SHEET_CHANGES


def test_a_wrong_figure_is_found_even_where_the_document_is_made_again_wrongly(
    figures: Path,
) -> None:
    """What compares with the verdicts shares nothing with what writes: it finds changes alone."""
    sources = ProvedInputs([GOOD_PLAN], [figures], instead=True)

    def problems(file: OfficeFile) -> list[str]:
        proof, origin = OfficeProof(sources), OfficeOrigin.of(file.about)
        assert origin is not None
        proof.check(Path("x.docx"), file, origin)
        return [str(one) for one in proof.problems]

    assert problems(read_word(document(figures))) == []
    changed = [data for what, data in word_changes(document(figures), 7) if "verdict" in what]
    assert all(problems(read_word(data)) for data in changed[::6])


def test_the_command_proves_documents_and_names_what_differs(figures: Path, tmp_path: Path) -> None:
    given = ["--observations", str(figures)]
    made = {}
    for ending in ("docx", "md"):
        made[ending] = tmp_path / f"report.{ending}"
        asked = ["report", str(GOOD_PLAN), "--period", "2013", "--lang", "en", *given]
        planlib(*asked, "--out", str(made[ending]))
    middle = ["report", str(GOOD_PLAN), "--midterm", "--lang", "vi", *given]
    planlib(*middle, "--out", str(tmp_path / "midterm.docx"))
    for ending in ("xlsx", "csv"):
        made[ending] = tmp_path / f"table.{ending}"
        planlib("export", str(GOOD_PLAN), *given, "--lang", "en", "--out", str(made[ending]))
    done = planlib("verify", str(tmp_path), *HERE, *given)
    assert "5 documents examined" in done.stdout and "Proven" in done.stdout
    text = made["md"].read_text("utf-8")
    made["md"].write_text(text.replace("● Met", "▲ Exceeded", 1), "utf-8")
    lines = made["csv"].read_text("utf-8").split("\n")
    made["csv"].write_text("\n".join([*lines[:2], lines[3], lines[2], *lines[4:]]), "utf-8")
    done = planlib("verify", str(tmp_path), *HERE, *given)
    assert done.returncode == 1 and "report.md" in done.stdout and "table.csv" in done.stdout
    assert "report.docx" not in done.stdout and "table.xlsx" not in done.stdout


def test_what_an_office_writes_into_its_gaps_is_told_and_no_difference(
    figures: Path, tmp_path: Path
) -> None:
    import docx
    from docx.oxml.ns import qn

    path = tmp_path / "report.docx"
    opened = docx.Document(io.BytesIO(document(figures)))
    place = next(iter(opened.element.body.iter(qn("w:sdt"))))
    next(iter(place.iter(qn("w:t")))).text = "A dry year."
    opened.save(str(path))
    done = planlib("verify", str(path), *HERE, "--observations", str(figures))
    assert "written by the office, not proven: “A dry year.”" in done.stdout
    assert "Proven" in done.stdout


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_a_pdf_is_the_one_that_its_inputs_give(figures: Path, tmp_path: Path) -> None:
    path, given = tmp_path / "report.pdf", ["--observations", str(figures)]
    planlib("report", str(GOOD_PLAN), "--period", "2013", *given, "--out", str(path))
    assert "Proven" in planlib("verify", str(path), *HERE, *given).stdout
    data = path.read_bytes()
    at = data.rindex(b"stream") - 40  # a byte of what is drawn
    path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    assert planlib("verify", str(path), *HERE, *given).returncode == 1


def _sheet_change(sheet: Worksheet, rng: random.Random, number: int) -> str:
    """Do one thing to the sheet of results; rows of figures begin at the ninth at the latest."""
    heads = next(r for r in sheet.iter_rows() if r[0].value == "Area")
    first, last = heads[0].row + 1, sheet.max_row
    row = rng.randint(first, last - 1)
    at = {str(cell.value).partition(" [")[0]: cell.column for cell in heads}
    cell = sheet.cell(row, at["Indicator"])
    match number % 12:
        case 0:
            sheet.row_dimensions[row].hidden = True
        case 1:
            sheet.column_dimensions[rng.choice("EFHJ")].hidden = True
        case 2:
            cell.font = Font(color="FFFFFF")
        case 3:
            sheet.cell(row, at["Period"]).value = "2014"
        case 4:
            sheet.cell(row, at["Source"]).value = "another"
        case 5:
            verdict = sheet.cell(row, at["Verdict"])
            verdict.value = "▼ Missed" if "Met" in str(verdict.value) else "● Met"
        case 6:
            sheet.delete_rows(row)
        case 7:
            one = [c.value for c in sheet[row]]
            other = [c.value for c in sheet[row + 1]]
            for column, (a, b) in enumerate(zip(one, other, strict=True), start=1):
                sheet.cell(row, column).value, sheet.cell(row + 1, column).value = b, a
        case 8:
            sheet.cell(row, at["Actual"]).value = "=2+2"
        case 9:
            cell.comment = Comment("97.8", "x")
        case 10:
            numbers = [
                c
                for r in sheet.iter_rows(first, last)
                for c in r
                if type(c.value) is float or type(c.value) is int
            ]
            some = rng.choice(numbers)
            assert isinstance(some.value, float | int)
            some.value += rng.choice([1, -1, 0.1])
        case _:
            numbers = [
                c for r in sheet.iter_rows(first, last) for c in r if type(c.value) in (int, float)
            ]
            rng.choice(numbers).number_format = '"97.8"'
    return f"{number % 12} at {row}"


@pytest.mark.filterwarnings("ignore:Sparkline")
def test_each_seeded_change_of_a_workbook_is_found(figures: Path, tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    planlib(
        "export", str(GOOD_PLAN), "--observations", str(figures), "--lang", "en", "--out", str(path)
    )
    data, missed = path.read_bytes(), []
    right = read_workbook(data)
    for number in range(SHEET_CHANGES):
        book, rng = openpyxl.load_workbook(io.BytesIO(data)), random.Random(number)
        what = _sheet_change(book["Results"], rng, number)
        if number == 34:
            book["Notes"].sheet_state = "hidden"
        saved = io.BytesIO()
        book.save(saved)
        file = read_workbook(saved.getvalue())
        if not (file.strange or differences("x", file, right).problems):
            missed.append(what)
    assert not missed


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lang", "xx"), ("audience", "all"), ("area", "../x"), ("period", "soon"),
        ("plan", "/etc"), ("as-of", "x"), ("dated", "x"), ("profile", "x"),
    ],
)  # fmt: skip
def test_a_file_that_says_nonsense_of_itself_is_told_in_a_line(
    figures: Path, tmp_path: Path, name: str, text: str
) -> None:
    parts = parts_of(document(figures))
    told = parts["docProps/custom.xml"].decode()
    found = f'name="planlib.{name}"><vt:lpwstr>'
    before, there, after = told.partition(found)
    if there:
        after = text + after[after.index("<") :]
    else:
        before, after = before.replace("</Properties>", ""), ""
        there = f'<property fmtid="{{}}" pid="99" {found}{text}</vt:lpwstr></property></Properties>'
    path = tmp_path / "report.docx"
    path.write_bytes(packed(parts | {"docProps/custom.xml": (before + there + after).encode()}))
    done = planlib("verify", str(path), *HERE, "--observations", str(figures))
    assert done.returncode == 1 and "Not proven" in done.stdout and "Traceback" not in done.stderr
