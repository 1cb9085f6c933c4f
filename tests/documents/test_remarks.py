"""What an office has to say: kept beside the figures, put in its place, taken back from Word."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from planlib.errors import InputError
from planlib.evaluation import evaluate
from planlib.plan.shipped import open_plan
from planlib.report.documents.remarks import Remark, read_remarks, taken_back
from planlib.report.pages.annual import AnnualPage
from planlib.report.word.places import written_in
from tests.commands import planlib

ASKED = ["report", "europe-2020", "--area", "se", "--period", "2015", "--lang", "en"]
FILE = """\
remarks:
  - {area: "se", period: "2015", kind: "subjective", goal: "employment-rate-20-64", text: "Two <b>causes", author: "A. Berg"}
  - {area: "se", period: "2015", kind: "proposals", text: "More money"}
  - {area: "se", period: "2014", kind: "proposals", text: "Of another year"}
"""


def remark(kind: str, text: str, **more: str) -> Remark:
    made = {"area": "se", "period": "2015", "kind": kind, "text": text}
    return Remark.model_validate(made | more)


def write_in(document: Document, key: str, *lines: str) -> None:
    """Type into a place as Word does: the first line over what stands there, the others below."""
    (place,) = (
        sdt
        for sdt in document.element.body.iter(qn("w:sdt"))
        if sdt.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) == f"planlib:{key}"
    )
    content = place.find(qn("w:sdtContent"))
    first, *others = content.findall(qn("w:p"))
    for other in others:
        content.remove(other)
    for number, line in enumerate(lines):
        paragraph = first if not number else content.makeelement(qn("w:p"), {})
        if number:
            content.append(paragraph)
        for run in paragraph.findall(qn("w:r")):
            paragraph.remove(run)
        for word in line.split(" "):  # Word cuts a line into runs as it pleases
            run = paragraph.makeelement(qn("w:r"), {})
            text = run.makeelement(qn("w:t"), {})
            text.text = word if word == line.split(" ")[0] else f" {word}"
            run.append(text)
            paragraph.append(run)


def test_remarks_stand_in_their_place_and_survive_the_next_run(tmp_path: Path) -> None:
    remarks, file = tmp_path / "remarks.yaml", tmp_path / "a.docx"
    remarks.write_text(FILE)
    assert planlib(*ASKED, "-o", str(file), "--remarks", str(remarks)).returncode == 0
    document = docx.Document(str(file))
    texts = [
        "".join(t.text or "" for t in p.iter(qn("w:t")))
        for p in document.element.body.iter(qn("w:p"))
    ]
    texts = texts[texts.index("V. Proposals") + 1 :]  # after the table of contents
    at = texts.index("2. Causes within the office’s control")
    assert texts[at + 1 : at + 3] == ["Employment rate, 20-64, A. Berg:", "Two <b>causes"]
    assert texts[texts.index("V. Proposals") + 1] == "More money"
    assert "Of another year" not in texts
    write_in(document, "lessons", "Ask earlier", "and more often")
    write_in(document, "proposals", "Much more money")
    document.save(str(file))
    done = planlib("remarks", str(file), "--into", str(remarks), "--lang", "en")
    assert done.stdout.startswith("2 new or changed remarks"), done.stderr
    kept = {one.kind: one for one in read_remarks(remarks, open_plan("europe-2020"))}
    assert kept["lessons"].text == "Ask earlier\nand more often"
    assert kept["subjective"].author == "A. Berg"
    again = tmp_path / "b.docx"
    assert planlib(*ASKED, "-o", str(again), "--remarks", str(remarks)).returncode == 0
    assert "Much more money" in "".join(
        t.text or "" for t in docx.Document(str(again)).element.body.iter(qn("w:t"))
    )
    assert planlib("remarks", str(again), "--into", str(remarks), "--lang", "en").stdout.startswith(
        "0 new"
    )


def test_what_another_program_saved_is_taken_back_too() -> None:
    """LibreOffice keeps bookmarks, but not the places that Word knows."""
    page = AnnualPage.of(evaluate("europe-2020"), "se", 2015, "en")
    document = docx.Document(BytesIO(page.to_docx()))
    write_in(document, "subjective", "Two causes:", "one and two")
    held = written_in(document)
    assert ("subjective", "Two causes:\none and two") in held
    for place in list(document.element.body.iter(qn("w:sdt"))):
        for one in list(place.find(qn("w:sdtContent"))):
            place.addprevious(one)
        place.getparent().remove(place)
    assert written_in(document) == held


def test_what_is_taken_back_loses_nothing_else() -> None:
    before = (
        remark("tasks", "old"),
        remark("tasks", "of somebody else", author="B"),
        remark("lessons", "kept, the document has no place for it"),
        remark("tasks", "another year", period="2014"),
    )
    after, changed = taken_back(
        before, [("tasks", "new"), ("tasks", ""), ("note:g", "n")], "se", "2015"
    )
    assert changed == 3
    assert [(one.kind.value, one.text) for one in after] == [
        ("tasks", "new"),
        ("lessons", "kept, the document has no place for it"),
        ("tasks", "another year"),
        ("note", "n"),
    ]
    assert after[-1].goal == "g"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('remarks: [{area: "se", period: "2015", kind: "cause", text: "x"}]', "kind"),
        ('remarks: [{area: "se", period: "2015", kind: "note", goal: "emploiment-rate-20-64", text: "x"}]',
         "did you mean 'employment-rate-20-64'"),
        ('remarks: [{area: "xx", period: "2015", kind: "note", text: "x"}]', "area 'xx'"),
        ("- a", "remarks.yaml"),
    ],
)  # fmt: skip
def test_a_faulty_file_is_told(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "remarks.yaml").write_text(text)
    with pytest.raises(InputError, match=message):
        read_remarks(tmp_path / "remarks.yaml", open_plan("europe-2020"))


def test_a_document_of_somebody_else_has_nothing_to_take(tmp_path: Path) -> None:
    file, into = tmp_path / "a.docx", tmp_path / "remarks.yaml"
    docx.Document().save(str(file))
    done = planlib("remarks", str(file), "--into", str(into), "--lang", "en")
    assert done.returncode == 1 and "no places to write in" in done.stderr and not into.exists()


def test_a_document_whose_places_were_renamed_is_refused(tmp_path: Path) -> None:
    file, into = tmp_path / "a.docx", tmp_path / "remarks.yaml"
    document = docx.Document(BytesIO(AnnualPage.of(evaluate("europe-2020"), "se", 2015).to_docx()))
    write_in(document, "lessons", "Ask earlier")
    document.core_properties.keywords = "europe-2020 S/E 2015"
    document.save(str(file))
    done = planlib("remarks", str(file), "--into", str(into), "--lang", "en")
    assert done.returncode == 1 and "no places to write in" in done.stderr and not into.exists()
