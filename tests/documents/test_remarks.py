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
from planlib.plan.faults import read_part
from planlib.plan.remarks.reading import read_remarks, remarks_beside
from planlib.plan.remarks.remark import Remark, RemarkFile
from planlib.plan.shipped import open_plan
from planlib.report.documents.remark_files import with_remarks
from planlib.report.documents.remarks import TakenBack, taken_back
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
    found = taken_back(before, [("tasks", "new"), ("tasks", ""), ("note:g", "n")], "se", "2015")
    assert found.texts == {0: "new", 1: ""}
    assert [one.record for one in found.added] == [
        {"area": "se", "period": "2015", "kind": "note", "goal": "g", "text": "n"}
    ]


def test_what_the_public_was_not_shown_is_not_taken_for_what_it_was() -> None:
    """The first is in no document for the public: its place must not be given to the second."""
    before = (remark("tasks", "inside", audience="internal"), remark("tasks", "outside"))
    assert not taken_back(before, [("tasks", "outside")], "se", "2015")
    inside = [("tasks", "inside, more"), ("tasks", "outside"), ("tasks", "fresh")]
    found = taken_back(before, inside, "se", "2015", "internal")
    assert found.texts == {0: "inside, more"}
    assert [one.audience for one in found.added] == ["internal"]


KEPT = """\
# of the office
remarks:
  # first things first
  - area: se
    period: "2015"   # or midterm
    kind: objective
    text: |
      Old line
      and another
    # after the first

  - {area: se, period: 2015, kind: tasks, text: 'old'}  # mine
  # of the lessons
  - area: se
    period: "2015"
    kind: lessons
    text: plain words   # keep me
  # the end
"""


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        ({0: "New\nlines: # x"}, {"      Old line": "      New", "      and another": "      lines: # x"}),
        ({0: "one: # line"}, {"    text: |": '    text: "one: # line"', "      Old line": None,
                               "      and another": None}),
        ({1: 'it"s\nso'}, {"  - {area: se, period: 2015, kind: tasks, text: 'old'}  # mine":
                          '  - {area: se, period: 2015, kind: tasks, text: "it\\"s\\nso"}  # mine'}),
        ({1: ""}, {"  - {area: se, period: 2015, kind: tasks, text: 'old'}  # mine": None}),
        ({2: "\u2028"}, {"    text: plain words   # keep me":
                        '    text: "\\U00002028"   # keep me'}),
    ],
)  # fmt: skip
def test_only_the_lines_of_what_was_written_change(
    texts: dict[int, str], lines: dict[str, str | None], tmp_path: Path
) -> None:
    file = tmp_path / "remarks.yaml"
    file.write_text(KEPT)
    made = with_remarks(file, TakenBack(texts, ()))
    wanted = [lines.get(line, line) for line in KEPT.splitlines()]
    assert made.splitlines() == [line for line in wanted if line is not None]


@pytest.mark.parametrize("given", [KEPT, KEPT.replace("\n", "\r\n"), "remarks: []\n", "",
                                   'remarks: [{area: se, period: 2015, kind: tasks, text: "t"}]\n'])  # fmt: skip
def test_a_new_remark_stands_below_those_there_are(given: str, tmp_path: Path) -> None:
    file, new = tmp_path / "remarks.yaml", remark("proposals", 'a: "b" # c\nsecond')
    file.write_bytes(given.encode())
    before = read_part(RemarkFile, file).remarks if given else ()
    made = with_remarks(file, TakenBack({}, (new,)))
    assert ("\r" in made) == ("\r" in given) and made.count("# ") >= given.count("# ")
    file.write_bytes(made.encode())
    assert read_part(RemarkFile, file).remarks == (*before, new)
    gone = dict.fromkeys(range(len(before) + 1), "")
    file.write_bytes(with_remarks(file, TakenBack(gone, ())).encode())
    assert read_part(RemarkFile, file).remarks == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('remarks: [{area: "se", period: "2015", kind: "cause", text: "x"}]', "kind"),
        ('remarks: [{area: "se", period: "2015", kind: "note", goal: "emploiment-rate-20-64", text: "x"}]',
         "did you mean 'employment-rate-20-64'"),
        ('remarks: [{area: "xx", period: "2015", kind: "note", text: "x"}]', "area 'xx'"),
        ('remarks: [{area: "se", period: "2031", kind: "note", text: "x"}]', "outside the term"),
        ('remarks: [{area: "se", period: "some", kind: "note", text: "x"}]', "midterm or term"),
        ('remarks:\n- {area: se, period: 2015, kind: note, text: x}\n- {area: se, period: "2015", kind: note, text: "x "}',
         "yaml:3: the same remark stands in line 2"),
        ("- a", "remarks.yaml"),
    ],
)  # fmt: skip
def test_a_faulty_file_is_told(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "remarks.yaml").write_text(text)
    with pytest.raises(InputError, match=message):
        read_remarks(tmp_path / "remarks.yaml", open_plan("europe-2020"))


MARKDOWN = """\
# Remarks

---
area: se
period: 2015          # of the year
kind: subjective
goal: employment-rate-20-64
author: A. Berg
---

Two <b>causes:
- one
\\---

- two

---
area: se
period: "2014"
kind: proposals
---
Of another year
"""


def test_markdown_says_what_yaml_says(tmp_path: Path) -> None:
    file, other = tmp_path / "remarks.md", tmp_path / "remarks.yaml"
    file.write_bytes(MARKDOWN.replace("\n", "\r\n").encode())
    other.write_text(
        'remarks:\n- {area: se, period: "2015", kind: subjective, goal: employment-rate-20-64,'
        ' author: A. Berg, text: "Two <b>causes:\\n- one\\n---\\n\\n- two"}\n'
        '- {area: se, period: "2014", kind: proposals, text: Of another year}\n'
    )
    plan = open_plan("europe-2020")
    assert read_remarks(file, plan) == read_remarks(other, plan)
    (tmp_path / "figures.csv").write_text("x")
    assert remarks_beside([tmp_path / "figures.csv"]) == [other, file]
    with pytest.raises(InputError, match=r"remarks.md:4: .* stands in remarks.yaml, line 2"):
        read_remarks([other, file], plan)


def test_only_the_lines_of_what_was_written_change_in_markdown(tmp_path: Path) -> None:
    file, new = tmp_path / "remarks.md", remark("lessons", "Ask earlier\n---\nand often")
    file.write_text(MARKDOWN)
    plan = open_plan("europe-2020")
    made = with_remarks(file, TakenBack({0: "Three\n\ncauses"}, (new,)))
    assert made.startswith(
        MARKDOWN.replace("Two <b>causes:\n- one\n\\---\n\n- two", "Three\n\ncauses")
    )
    file.write_text(made)
    first, second, third = read_remarks(file, plan)
    assert (first.text, second.text, third) == ("Three\n\ncauses", "Of another year", new)
    file.write_text(with_remarks(file, TakenBack(dict.fromkeys(range(3), ""), ())))
    assert read_remarks(file, plan) == () and file.read_text() == "# Remarks\n"
    file.write_text(with_remarks(file, TakenBack({}, (new,))))
    assert read_remarks(file, plan) == (new,)


@pytest.mark.parametrize(
    ("given", "place", "message"),
    [
        ("kind: subjective", "kind: cause", ":6: .*kind"),
        ("area: se\nperiod: 2015", "area: xx\nperiod: 2015", ":4: .*area 'xx'"),
        ("goal: emp", "gaol: emp", ":7: .*gaol"),
        ("# Remarks", "Remarks", ":1: text that belongs to no remark"),
        ("Of another year\n", "", ":21: .*text"),
        ("author: A. Berg", "text: A. Berg", ":9: .*text"),
        ("kind: proposals\n---\n", "kind: proposals\n", ":2[12]: not valid"),
    ],
)
def test_a_faulty_markdown_file_is_told_at_its_line(
    given: str, place: str, message: str, tmp_path: Path
) -> None:
    (tmp_path / "remarks.md").write_text(MARKDOWN.replace(given, place))
    with pytest.raises(InputError, match=f"remarks.md{message}"):
        read_remarks(tmp_path / "remarks.md", open_plan("europe-2020"))


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
