"""A document or a table is proven, and each of three hundred seeded changes of one is found."""

from __future__ import annotations

import io
import shutil
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pytest
from commands import planlib
from examples import ALL, turns

from planlib.evaluation import evaluate
from planlib.report.documents.skeleton import Issuer
from planlib.report.pages.report_files import report_page, word_bytes
from planlib.verify.office.held import OfficeOrigin, OfficeProof
from planlib.verify.office.items import TABLES, OfficeFile
from planlib.verify.office.word_file import read_word
from planlib.verify.sources import ProvedInputs
from tests.verify.office.tampering import packed, parts_of, word_changes
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
    some = word_changes(document(figures), 7, every=6)
    changed = [data for what, data in some if "verdict" in what]
    assert len(changed) == 5 and all(problems(read_word(data)) for data in changed)


def test_the_command_proves_documents_and_names_what_differs(made: Path, tmp_path: Path) -> None:
    given = ["--observations", str(made / "figures" / "figures.csv")]
    # A table is no report, even as Markdown.
    names = ["report.docx", "report.md", "table.md", *(f"table{kind}" for kind in TABLES)]
    handed = {name: Path(shutil.copy(made / name, tmp_path / name)) for name in names}
    middle = ["report", str(GOOD_PLAN), "--midterm", "--lang", "vi", *given]
    planlib(*middle, "--out", str(tmp_path / "midterm.docx"))
    done = planlib("verify", str(tmp_path), *HERE, *given)
    assert "9 documents examined" in done.stdout and "Proven" in done.stdout
    text = handed["report.md"].read_text("utf-8")
    handed["report.md"].write_text(text.replace("● Met", "▲ Exceeded", 1), "utf-8")
    lines = handed["table.csv"].read_text("utf-8").split("\n")
    handed["table.csv"].write_text("\n".join([*lines[:2], lines[3], lines[2], *lines[4:]]), "utf-8")
    for name in ("midterm.docx", "table.md", "table.parquet", "table.xlsx"):
        (tmp_path / name).unlink()
    done = planlib("verify", str(tmp_path), *HERE, *given)
    assert done.returncode == 1 and "report.md" in done.stdout and "table.csv" in done.stdout
    assert done.stdout.count("report.") == done.stdout.count("report.md")
    assert done.stdout.count("table.") == done.stdout.count("table.csv")
    page = handed["table.html"].read_text("utf-8")
    handed["table.html"].write_text(page.replace("padding:3px", "padding:0", 1), "utf-8")
    done = planlib("verify", str(handed["table.html"]), *HERE, *given)
    assert done.returncode == 1 and "padding:0 6px" in done.stdout


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


def test_what_another_version_made_is_proven_and_named_where_it_differs(
    figures: Path, tmp_path: Path
) -> None:
    parts, path = parts_of(document(figures)), tmp_path / "report.docx"
    told, text = parts["docProps/custom.xml"], parts["word/document.xml"]
    mine = version("planlib")
    older = told.replace(f">{mine}<".encode(), b">0.0.9<")
    assert older != told
    asked = ("verify", str(path), *HERE, "--observations", str(figures))
    path.write_bytes(packed(parts | {"docProps/custom.xml": older}))
    done = planlib(*asked)
    assert done.returncode == 0 and "0.0.9" not in done.stdout
    other = {"docProps/custom.xml": older, "word/document.xml": text.replace(b"98.5", b"98.6")}
    path.write_bytes(packed(parts | other))
    done = planlib(*asked)
    assert f"was made by planlib 0.0.9, here it is {mine}" in done.stdout
    assert done.returncode == 1


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_a_pdf_is_the_one_that_its_inputs_give(made: Path, tmp_path: Path) -> None:
    given = ["--observations", str(made / "figures" / "figures.csv")]
    path = Path(shutil.copy(made / "report.pdf", tmp_path))
    data = path.read_bytes()
    at = data.rindex(b"stream") - 40  # a byte of what is drawn
    (tmp_path / "other.pdf").write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    done = planlib("verify", str(tmp_path), *HERE, *given)
    assert done.returncode == 1 and "2 documents examined" in done.stdout
    assert "other.pdf" in done.stdout and "report.pdf" not in done.stdout


@pytest.mark.parametrize(
    ("name", "text"), turns([
        ("lang", "xx"), ("audience", "all"), ("area", "../x"), ("period", "soon"),
        ("plan", "/etc"), ("as-of", "x"), ("dated", "x"), ("profile", "x"),
    ], 2, whole=ALL))  # fmt: skip
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
