"""The forms of documents: chosen by name, family and day, and held against Word files of anybody."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from fnmatch import fnmatch
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from planlib.errors import InputError
from planlib.language.languages import LANGUAGES
from planlib.report.documents.format_check import departures
from planlib.report.documents.profile import document_day, profile_for, profiles
from tests.commands import planlib


@pytest.mark.parametrize(
    ("name", "day", "lang", "found"),
    [
        ("state", "2014-01-15", "vi", "state-2011"),
        ("state", "2020-03-04", "vi", "state-2011"),
        ("state", "2020-03-05", "vi", "state-2020"),
        ("party", "2014-01-15", "en", "party-2004"),
        ("party", "2018-04-03", "vi", "party-2018"),
        ("state-2020", "1990-01-01", "en", "state-2020"),  # a name is a name, whatever the day
        (None, "2014-01-15", "vi", "state-2011"),
        (None, "2014-01-15", "en", "plain"),
        (None, "1999-01-15", "vi", "plain"),  # no rule of that day is known
        ("plain", "2014-01-15", "vi", "plain"),
    ],
)
def test_the_day_chooses_the_rule(name: str | None, day: str, lang: str, found: str) -> None:
    assert profile_for(name, date.fromisoformat(day), lang).id == found


@pytest.mark.parametrize(
    ("name", "message"),
    [("sate", "did you mean 'state'"), ("party", "no rule of the family 'party' is known")],
)
def test_what_is_no_profile_is_refused(name: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        profile_for(name, date(2000, 1, 1), "vi")


def test_a_profile_lists_what_its_source_does_not_confirm() -> None:
    known = profiles()
    assert {"party-2004", "party-2018", "state-2011", "state-2020", "plain"} == set(known)
    for one in known.values():
        assert (one.source is not None) == bool(one.unconfirmed) == (one.id != "plain")
        for language in LANGUAGES:
            assert one.name.in_language(language)
        margins = any("Margins" in text.in_language("en") for text in one.unconfirmed)
        assert margins == (one.source is not None and one.page.margins_mm is None)
        assert one.size("body") >= 11 and one.typeface and one.page_number.size[0] >= 10


def test_a_day_is_written_as_one() -> None:
    assert document_day(None) is None and document_day("2014-01-15") == date(2014, 1, 15)
    with pytest.raises(InputError, match="written 2014-01-15, found '15/01/2014'"):
        document_day("15/01/2014")


def somebodys(file: Path, *, left: int = 30, size: int = 14, font: str = "Times New Roman") -> Path:
    """A report as an office types it by hand, by the decree of 2020 unless told otherwise."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(left), Mm(20)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = number.add_run()
    run.font.size = Pt(14)
    field = run._r.makeelement(run._r.nsmap["w"].join("{}") + "fldSimple", {})
    field.set(run._r.nsmap["w"].join("{}") + "instr", "PAGE")
    number._p.append(field)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = font, Pt(size)
    head = document.add_table(rows=1, cols=2).rows[0].cells
    head[0].text = "UBND PHƯỜNG\nSố: 12/BC-UBND"
    head[0].add_paragraph("Số: 12/BC-UBND")
    for at, (words, points) in enumerate(
        (("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13), ("Độc lập - Tự do - Hạnh phúc", 14))
    ):
        line = head[1].paragraphs[0] if not at else head[1].add_paragraph()
        run = line.add_run(words)
        run.bold, run.font.size = True, Pt(points)
    document.add_paragraph("Trong năm, Ủy ban nhân dân phường đã thực hiện các chỉ tiêu. " * 3)
    document.save(str(file))
    return file


def test_a_document_typed_by_hand_keeps_the_form(tmp_path: Path) -> None:
    assert departures(somebodys(tmp_path / "a.docx"), profiles()["state-2020"]) == []


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"left": 20}, "section 1: the left margin is 30–35 mm, found 20"),
        ({"size": 12}, "đã thự…': letters of 13–14 points, found 12"),
        ({"font": "Arial"}, "letters are in Times New Roman, found Arial"),
    ],
)
def test_a_departure_is_told_at_its_place(how: dict[str, int], said: str, tmp_path: Path) -> None:
    (one,) = departures(somebodys(tmp_path / "a.docx", **how), profiles()["state-2020"])  # type: ignore[arg-type]
    assert said in str(one)


def test_a_report_keeps_the_form_it_was_written_in(tmp_path: Path) -> None:
    file = tmp_path / "báo cáo.docx"
    asked = [
        "report",
        "ward-2010-2015",
        "--period",
        "2013",
        "--dated",
        "2021-01-15",
        "-o",
        str(file),
    ]
    done = planlib(*asked)
    assert done.returncode == 0 and "còn 7 chỗ đơn vị phải điền" in done.stdout
    assert planlib(*asked).returncode == 0  # the same again
    checked = planlib("check-format", str(file), "--profile", "state-2020")
    assert checked.returncode == 0, checked.stderr
    other = planlib("check-format", str(file), "--profile", "party-2018", "--lang", "vi")
    assert other.returncode == 1
    assert "phần đầu phải có dòng 'ĐẢNG CỘNG SẢN VIỆT NAM', không thấy" in other.stderr


def test_what_the_office_has_written_is_not_lost(tmp_path: Path) -> None:
    file = tmp_path / "report.docx"
    asked = ["report", "europe-2020", "--area", "se", "--period", "2015", "-o", str(file)]
    assert planlib(*asked).returncode == 0
    typed = docx.Document(str(file))
    typed.paragraphs[-1].add_run("Causes we found")
    typed.save(str(file))
    before = file.read_bytes()
    refused = planlib(*asked)
    assert refused.returncode == 1 and "--force" in refused.stderr
    assert file.read_bytes() == before


def test_markdown_that_somebody_has_written_in_is_not_lost(tmp_path: Path) -> None:
    file = tmp_path / "report.md"
    asked = ["report", "europe-2020", "--area", "se", "--period", "2015", "-o", str(file)]
    assert planlib(*asked).returncode == 0 and planlib(*asked).returncode == 0
    assert "\n# \n" not in file.read_text()
    file.write_text("mine")
    refused = planlib(*asked)
    assert refused.returncode == 1 and file.read_text() == "mine"
    assert planlib(*asked, "--force").returncode == 0 and file.read_text() != "mine"


@pytest.mark.parametrize(
    ("asked", "code", "message"),
    [
        (["--period", "2013", "--term", "-o", "a.docx"], 2, "--midterm"),
        (["-o", "a.docx"], 2, "--midterm"),
        (["--period", "2013", "-o", "a.txt"], 1, "found '.txt'"),
        (["--period", "1999", "-o", "a.docx"], 1, "1999"),
        (["--period", "2013", "-o", "a.docx", "--profile", "stat"], 1, "did you mean 'state'"),
        (["--period", "2013", "-o", "a.docx", "--dated", "2014-02-30"], 1, "2014-02-30"),
    ],
)
def test_what_cannot_be_written_is_refused(asked: list[str], code: int, message: str) -> None:
    done = planlib("report", "ward-2010-2015", *asked, "--lang", "en")
    assert done.returncode == code and message in done.stderr


def changed(part: str, old: bytes, new: bytes) -> bytes:
    """The file of an empty document of which one part says something else."""
    made, saved = io.BytesIO(), io.BytesIO()
    docx.Document().save(saved)
    with zipfile.ZipFile(saved) as whole, zipfile.ZipFile(made, "w") as out:
        for name in whole.namelist():
            data = whole.read(name)
            assert old in data or not fnmatch(name, part)
            out.writestr(name, data.replace(old, new) if fnmatch(name, part) else data)
    return made.getvalue()


STRICT = changed("word/document.xml", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                 b"http://purl.oclc.org/ooxml/wordprocessingml/main")  # fmt: skip
MACROS = changed("[[]Content_Types].xml", b"openxmlformats-officedocument.wordprocessingml.document.main",
                 b"ms-word.document.macroEnabled.main")  # fmt: skip
NO_PAGES = changed("word/document.xml", b"w:sectPr", b"w:xectPr")
PROTECTED = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 3000  # of an old document the same


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"plain words", b"%PDF-1.7", PROTECTED, STRICT, MACROS, NO_PAGES],
)
def test_what_is_no_word_file_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(content)
    done = planlib("check-format", str(file), "--profile", "state-2020")
    assert done.returncode == 1 and "not a Word file" in done.stderr
    assert "save it as an ordinary Word document" in done.stderr and done.stderr.count("\n") == 1
    into = ["--into", str(tmp_path / "remarks.yaml")]
    assert planlib("remarks", str(file), *into).stderr == done.stderr


def test_a_page_number_without_a_size_of_its_own_has_that_of_the_document(tmp_path: Path) -> None:
    file = somebodys(tmp_path / "a.docx")
    document = docx.Document(str(file))
    for run in document.sections[0].header.paragraphs[0].runs:
        run.font.size = None
    document.styles["Normal"].font.size = None
    (size,) = document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:sz")
    size.set(size.nsmap["w"].join("{}") + "val", "24")
    document.save(str(file))
    told = [str(one) for one in departures(file, profiles()["state-2020"])]
    assert any("found 12" in one for one in told)
