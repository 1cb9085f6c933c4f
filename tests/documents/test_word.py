"""An office's report in Word: a real document, with the numbers of the page, the same every time."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Inches, Mm
from docx.table import Table
from matplotlib.figure import Figure

from planlib.evaluation import evaluate
from planlib.language.language import Language
from planlib.report.blocks import Chart, Heading, Paragraph, Placeholder, Title
from planlib.report.documents.skeleton import Issuer
from planlib.report.layout import Cell, Column, Group
from planlib.report.layout import Table as TableBlock
from planlib.report.pages.annual import AnnualPage
from planlib.report.pages.midterm import MidtermPage
from planlib.report.word import word, word_report
from planlib.report.word.columns import column_widths
from planlib.report.word.pictures import add_chart
from tests.helpers import goal, observations, plan

ISSUER = Issuer("Phường Đa Kao", "Quận 1", "Quận 1", "15")
HOSTILE = "<w:b/> & \x0b\ud800 \u202e =cmd|'/C calc'!A0 \"'"


@cache
def ward(lang: str = "vi", profile: str = "state-2020") -> bytes:
    page = AnnualPage.of(evaluate("ward-2010-2015"), "ward-01", 2013, lang)
    return word_report(page.handed_in(profile, ISSUER, None))


@cache
def opened(lang: str = "vi", profile: str = "state-2020") -> Document:
    return docx.Document(BytesIO(ward(lang, profile)))


def headings(document: Document, level: int) -> list[str]:
    return [p.text for p in document.paragraphs if p.style and p.style.name == f"Heading {level}"]


def cells(table: Table) -> Iterator[list[str]]:
    for row in table.rows:
        yield [cell.text for cell in row.cells]


def test_it_has_the_skeleton_of_a_report_and_its_gaps() -> None:
    document = opened()
    parts = headings(document, 1)
    assert parts == [
        "I. TÌNH HÌNH CHUNG",
        "II. KẾT QUẢ THEO LĨNH VỰC",
        "III. HẠN CHẾ VÀ NGUYÊN NHÂN",
        "IV. NHIỆM VỤ, GIẢI PHÁP THỜI GIAN TỚI",
        "V. KIẾN NGHỊ, ĐỀ XUẤT",
        "Phụ lục 1",
        "Phụ lục 2",
    ]
    fields = [name for name in headings(document, 2) if name[:2] in {f"{n}." for n in range(1, 8)}]
    assert fields[0] == "1. Kinh tế: 4/5 đạt và vượt, 1 thiếu số liệu"
    marked = (p for p in document.element.body.iter(qn("w:p")) if p.style == "Gap")
    gaps = ["".join(node.text or "" for node in gap.iter(qn("w:t"))) for gap in marked]
    assert gaps[1:] == [
        f"[{Language('vi')(f'document.gap.{key}')}]"
        for key in ("situation", "objective", "subjective", "lessons", "tasks", "proposals")
    ]
    assert "SỐ LIỆU MINH HỌA" in gaps[0]  # made-up figures say so before anything else


def test_every_row_of_the_pages_table_stands_in_the_annex() -> None:
    page = AnnualPage.of(evaluate("ward-2010-2015"), "ward-01", 2013, "vi")
    (block,) = (b for b in page.table() if isinstance(b, TableBlock) and b.look == "office")
    (annex,) = (
        table for table in opened().tables if table.rows[0].cells[0].text == block.columns[0].title
    )
    found = {row[1]: row for row in cells(annex)}
    rows = [row for group in block.groups for row in group.rows]
    assert len(rows) == 79
    for row in rows:
        order, name, unit, target, actual, level, verdict = row
        shown = found[name.text]
        assert shown[:3] == [order.text, name.text, unit.text]
        assert shown[3].split("\n")[0] == target.text
        assert shown[4].split("\n")[0] == actual.text and shown[5] == level.text
        assert verdict.look is not None
        word = f"{verdict.look.glyph}\N{NO-BREAK SPACE}{verdict.text}{verdict.mark}"
        assert shown[6].split("\n")[0] == word


def test_tables_repeat_their_head_and_cut_no_row() -> None:
    tables = [table for table in opened().tables if len(table.rows) > 2]
    assert len(tables) > 7
    for table in tables:
        assert table.rows[0]._tr.trPr is not None
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        for row in table.rows:
            assert row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is not None


def test_the_annex_is_turned_and_the_first_page_bears_no_number() -> None:
    upright, turned, backing = opened().sections
    widths = [round((one.page_width or 0) / Mm(1)) for one in (upright, turned, backing)]
    assert widths == [210, 297, 210]
    bound = turned.top_margin, upright.left_margin  # the side that is bound
    assert [round((side or 0) / Mm(1)) for side in bound] == [30, 30]
    assert upright.different_first_page_header_footer
    assert "PAGE" in upright.header._element.xml
    assert not upright.first_page_header.paragraphs[0].text
    assert not turned.different_first_page_header_footer and turned.header.is_linked_to_previous


def test_a_chart_has_vectors_points_and_words() -> None:
    page = MidtermPage.of(evaluate("viet-nam-2016-2020"), "viet-nam", None, "en")
    document = docx.Document(BytesIO(page.to_docx()))
    described = document.element.body.xpath("//wp:docPr/@descr")
    assert described and all("\n- " in words for words in described)
    kinds = {part.content_type for part in document.part.package.iter_parts()}
    assert {"image/svg+xml", "image/png"} <= kinds
    assert document.core_properties.language == "en"


def test_contents_lead_to_headings_in_the_plain_form_only() -> None:
    plain = opened("en", "plain")
    links = plain.element.body.xpath("//w:hyperlink/@w:anchor")
    names = set(plain.element.body.xpath("//w:bookmarkStart/@w:name"))
    assert len(links) > 10 and set(links) <= names
    assert not opened().element.body.xpath("//w:hyperlink/@w:anchor")


def test_the_same_report_is_the_same_file() -> None:
    """In every language: ``planlib verify`` makes documents again, see ``tests/verify``."""
    page = AnnualPage.of(evaluate("ward-2010-2015"), "ward-01", 2013, "vi")
    assert word_report(page.handed_in("state-2020", ISSUER, None)) == ward("vi")


def test_names_in_data_are_text_and_nothing_else() -> None:
    column = Column("indicator", HOSTILE)
    table = TableBlock((column,), (Group(((Cell(HOSTILE, under=HOSTILE),),), HOSTILE),), HOSTILE)
    blocks = [
        Title(HOSTILE),
        Heading(HOSTILE, "a"),
        Paragraph(HOSTILE),
        Placeholder(HOSTILE),
        table,
    ]
    body = docx.Document(BytesIO(word(blocks))).element.body
    texts = "".join(node.text or "" for node in body.iter(qn("w:t")))
    assert texts.count("<w:b/> & ") == 9
    assert not body.xpath("//w:r/w:b")


def test_a_plan_without_figures_and_one_of_three_hundred_goals(tmp_path: Path) -> None:
    long = [
        {"vi": f"Chỉ tiêu {n} rất dài dòng lê thê không sao nhớ nổi tới cùng", "en": f"Goal {n}"}
        for n in range(300)
    ]
    aim = {"comparison": "at_least", "value": 90, "cadence": "every_year"}
    goals = [goal(f"g-{n}", name=name, target=aim) for n, name in enumerate(long)]
    silent = evaluate(plan(*goals), observations({"goal": "g-0", "year": 2011, "value": 95}))
    made = AnnualPage.of(silent, "a", 2012, "vi").to_docx(tmp_path / "a.docx")
    document = docx.Document(tmp_path / "a.docx")
    assert (tmp_path / "a.docx").read_bytes() == made
    annex = max(document.tables, key=lambda table: len(table.rows))
    words = [row[6] for row in cells(annex)]
    assert sum("Chưa có số liệu" in word for word in words) == 300
    assert all(re.search(r"Chỉ tiêu \d+", row[1]) for row in list(cells(annex))[2:])


def test_a_column_is_as_wide_as_its_longest_word_and_the_longest_text_has_most_room() -> None:
    columns = tuple(Column(key, key) for key in ("a", "b", "c"))
    long = "một mục tiêu có tên rất dài " * 6
    rows = tuple((Cell(long), Cell("không"), Cell("12,5\u00a0%")) for _ in range(3))
    widths = column_widths(TableBlock(columns, (Group(rows),), "t"), 9000)
    assert sum(widths) == 9000 and widths[0] > 6000
    letter = 95  # twentieths of a point; the margins of a cell take 140
    assert widths[1] - 140 >= len("không") * letter and widths[2] - 140 >= len("12,5 %") * letter
    narrow = column_widths(TableBlock(columns, (Group(rows),), "t"), 1200)
    assert sum(narrow) == 1200 and min(narrow) > 0


def test_who_signs_stands_on_the_page_of_the_last_words() -> None:
    body = list(opened().element.body)
    at = max(
        n for n, one in enumerate(body)
        if one.tag == qn("w:tbl") and "Nơi nhận" in "".join(one.itertext())
    )  # fmt: skip
    for one in body[at - 2 : at]:
        *_, last = one.iter(qn("w:p"))
        assert last.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None


def test_letters_that_no_font_has_are_no_warning_and_stand_in_the_vectors() -> None:
    figure = Figure((2, 1))
    figure.text(0.1, 0.5, "\u5831\u544a")
    document = docx.Document()
    document.styles.add_style("Picture", WD_STYLE_TYPE.PARAGRAPH)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        add_chart(document, Chart(figure, "words"), (Inches(6), Inches(8)), 1)
    (picture,) = (p for p in document.part.package.iter_parts() if str(p.partname).endswith(".svg"))
    assert "\u5831\u544a" in picture.blob.decode()
