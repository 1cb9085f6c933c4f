"""A Word document from blocks: an office's report with its head and annexes, or a bare page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from itertools import zip_longest

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph

from planlib.language.direction import shown
from planlib.language.language import Language
from planlib.report.blocks import (
    Block,
    Chart,
    Counts,
    Heading,
    Items,
    Placeholder,
    Remarks,
    Title,
)
from planlib.report.blocks import Paragraph as Prose
from planlib.report.documents.archives import timeless
from planlib.report.documents.office_document import OfficeDocument
from planlib.report.documents.profile import PLAIN, DocumentProfile, profiles
from planlib.report.layout import Fact, Table
from planlib.report.word.head import add_head, add_signature
from planlib.report.word.pictures import add_chart
from planlib.report.word.places import place_to_write
from planlib.report.word.properties import tell_origin
from planlib.report.word.styles import prepare
from planlib.report.word.tables import counts_xml, table_xml
from planlib.report.word.xml import add_runs, bookmark, element, field

A4 = Mm(210), Mm(297)
EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
_BESIDE_CHART = Mm(30)  # room for a heading above a chart and its caption below
_DEEPEST = 3  # levels of headings
_LISTED = 3  # the lowest level of a block's heading that a table of contents shows


def word(blocks: Sequence[Block]) -> bytes:
    """The blocks as the file of a Word document, in the plain profile."""
    writer = _DocumentWriter(profiles()[PLAIN], None)
    writer.add(blocks)
    return writer.packed()


def word_report(document: OfficeDocument) -> bytes:
    """An office's report as the file of a Word document."""
    writer = _DocumentWriter(document.profile, document.language)
    writer.about(document)
    add_head(writer.document, document)
    headings = [one for one in document.body if isinstance(one, Heading)]
    if document.profile.contents and headings:
        writer.contents(headings, document.language)
    writer.add(document.body)
    add_signature(writer.document, document)
    for annex in document.annexes:
        writer.turn(landscape=annex.landscape)
        writer.add(annex.blocks)
    return writer.packed()


class _DocumentWriter:
    """Writes blocks at the end of a document, with its tables and charts numbered."""

    def __init__(self, profile: DocumentProfile, language: Language | None) -> None:
        self.document: Document = docx.Document()
        self.profile, self.language = profile, language
        self._places: list[str] = []
        self._styles: dict[str, str | None] = {}
        self._tables = self._charts = self._names = 0
        prepare(self.document, profile, language)
        self._page(self.document.sections[0])

    def about(self, document: OfficeDocument) -> None:
        """What the file says of itself; no moment and no machine is in it."""
        told = self.document.core_properties
        told.title, told.author = document.subject, document.issuer
        told.language, told.comments = document.language.code, ""
        day = document.dated
        moment = EPOCH.replace(day.year, day.month, day.day) if day else EPOCH
        told.created = told.modified = moment
        told.keywords = document.about
        told.last_modified_by, told.revision = "planlib", 1
        tell_origin(self.document, document.made_from)

    def packed(self) -> bytes:
        """The file, without the moment it was written at."""
        out = BytesIO()
        self.document.save(out)
        return timeless(out.getvalue())

    def add(self, blocks: Sequence[Block]) -> None:
        """Write some blocks."""
        for block, after in zip_longest(blocks, blocks[1:]):
            if isinstance(block, Prose):
                told = self._text(block.text, "Lead" if block.lead else "Body Text")
                told.paragraph_format.keep_with_next = isinstance(after, Items) or None
            else:
                self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Title():
                if block.question:
                    self._text(block.question, "Title")
                if block.banner:
                    self._text(f"{block.banner_word} {block.banner}", "Banner")
                for one in block.facts:
                    self._fact(one, "Normal", colon=block.colon)
            case Heading():
                self._heading(block)
            case Items():
                for line in block.lines:
                    self._fact(line, "List Bullet")
            case Placeholder():
                self._gap(block)
            case Remarks():
                for one in block.said:
                    self._text(one.label, "Lead")
                    self._text(one.text, "Body Text")
            case Counts():
                if block.counts:
                    self._xml(counts_xml(block, self._width))
                    self._text("", "TableText")
            case Table():
                self._table(block)
            case Chart():
                self._charts += 1
                room = self._room, Length(self._height - _BESIDE_CHART)
                add_chart(self.document, block, room, self._charts)
                finding = block.alt.partition("\n")[0]
                self._caption(finding, "figure", self._charts, keep=False)

    def _gap(self, gap: Placeholder) -> None:
        """A place to write in: what is typed there can be taken back by its tag."""
        if not gap.key:
            self._text(f"[{gap.text}]", "Gap")
        elif not gap.answers:
            self._place(gap.key, f"[{gap.text}]", "Gap")
        for one in gap.answers:
            if one.label:
                self._text(one.label, "Lead")
            self._place(one.id, one.text, "BodyText")

    def _place(self, key: str, text: str, style: str) -> None:
        self._places.append(key)
        self._xml(place_to_write(key, len(self._places), text, style))
        self.document.core_properties.comments = " ".join(self._places)

    def _table(self, table: Table) -> None:
        self._tables += 1
        self._caption(table.caption, "table", self._tables, keep=True)
        self._xml(table_xml(table, self._width))
        for note in table.notes:
            self._text(note, "TableNote")
        self._text("", "TableText")

    def _caption(self, text: str, kind: str, number: int, *, keep: bool) -> None:
        """A caption that Word counts, where the language is known."""
        paragraph = self._paragraph("Caption")
        paragraph.paragraph_format.keep_with_next = keep
        if self.language is not None:
            word = self.language(f"document.{kind}")
            paragraph.add_run(f"{word} ")
            field(paragraph, f"SEQ {kind.title()} \\* ARABIC", str(number))
            paragraph.add_run(". ")
        add_runs(paragraph, text)

    def _heading(self, block: Heading) -> None:
        level = min(block.level - 1, _DEEPEST)
        paragraph = self._text(block.text, f"Heading {level}")
        self._names += 1
        bookmark(paragraph, f"_h{self._names}_{block.anchor.replace('-', '_')}"[:40], self._names)

    def _fact(self, fact: Fact, style: str, *, colon: str = "") -> None:
        paragraph = self._paragraph(style)
        if colon:
            paragraph.add_run(f"{shown(fact.label)}{colon} ").bold = True
        if fact.link:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT  # addresses have no blank to stretch
            link = self.document.part.relate_to(fact.link, _HYPERLINK, is_external=True)
            run = paragraph.add_run(shown(fact.text))
            run.style = self.document.styles["Hyperlink"]
            paragraph._p.append(element("w:hyperlink", {"r:id": link}, run._r))
        else:
            add_runs(paragraph, fact.text)

    def _text(self, text: str, style: str) -> Paragraph:
        return add_runs(self._paragraph(style), text)

    def _paragraph(self, style: str) -> Paragraph:
        """A new one at the end; python-docx goes through all styles at each name, so once a name."""
        fresh = self.document.add_paragraph()
        if style not in self._styles:
            fresh.style = style
            self._styles[style] = fresh._p.style
        fresh._p.style = self._styles[style]
        return fresh

    def _xml(self, text: str) -> None:
        body = self.document.element.body
        body.insert(len(body) - 1, parse_xml(text))

    # ------------------------------------------------------------- pages

    @property
    def _room(self) -> Length:
        last = self.document.sections[-1]
        page, left, right = last.page_width, last.left_margin, last.right_margin
        assert page is not None and left is not None and right is not None
        return Length(page - left - right)

    @property
    def _height(self) -> Length:
        last = self.document.sections[-1]
        page, top, bottom = last.page_height, last.top_margin, last.bottom_margin
        assert page is not None and top is not None and bottom is not None
        return Length(page - top - bottom)

    @property
    def _width(self) -> int:
        return int(self._room / Pt(1) * 20)

    def contents(self, headings: Sequence[Heading], language: Language) -> None:
        """A table of contents that leads to the headings, complete as it is."""
        self._text(language("document.contents"), "Contents")
        first = self._paragraph("TOC 1")
        code = field(first, 'TOC \\o "1-2" \\h \\n \\z')
        end = code._r[-1]
        code._r.remove(end)
        paragraph = first
        for number, one in enumerate(headings, 1):
            if one.level > _LISTED:
                continue
            if number > 1:
                paragraph = self._paragraph(f"TOC {min(one.level - 1, 2)}")
            name = f"_h{number}_{one.anchor.replace('-', '_')}"[:40]
            run = paragraph.add_run(shown(one.text))
            paragraph._p.append(element("w:hyperlink", {"w:anchor": name}, run._r))
        paragraph.add_run()._r.append(end)

    def turn(self, *, landscape: bool) -> None:
        """Go on upon a new page, turned or upright."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        self._page(section, landscape=landscape)
        section.different_first_page_header_footer = False

    def _page(self, section: Section, *, landscape: bool = False) -> None:
        wide, high = A4[::-1] if landscape else A4
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = wide, high
        margins = self.profile.margins
        top, bottom, left, right = (
            Mm(one[0]) for one in (margins.top, margins.bottom, margins.left, margins.right)
        )
        if landscape:  # what is at the left of an upright page is at the top of a turned one
            top, bottom, left, right = left, right, bottom, top
        section.top_margin, section.bottom_margin = top, bottom
        section.left_margin, section.right_margin = left, right
        number = self.profile.page_number
        section.header_distance = section.footer_distance = Mm(10)
        section.different_first_page_header_footer = number.from_page > 1
        if len(self.document.sections) > 1:
            return  # heads and feet are those of the section before
        at_top = number.place.startswith("top")
        part = section.header if at_top else section.footer
        paragraph = part.paragraphs[0]
        right_hand = number.place.endswith("right")
        centre, right_side = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.alignment = right_side if right_hand else centre
        field(paragraph, "PAGE", "2")


_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
