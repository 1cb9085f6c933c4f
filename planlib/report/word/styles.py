"""The styles of a document, as its profile sets letters and pages."""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from planlib.language.language import Language
from planlib.report.documents.profile import DocumentProfile
from planlib.report.word.xml import element, shading

_BLACK, _GREY = RGBColor(0, 0, 0), RGBColor(0x6B, 0x6B, 0x6B)
_GAP = "#FFF4CE"
_FONTS = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")


def prepare(document: Document, profile: DocumentProfile, language: Language | None) -> None:
    """Set up the styles that blocks are written in."""
    body, small = profile.size("body"), profile.size("table")
    centre, justified = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
    sheet = _StyleSheet(document, profile.typeface)
    normal = sheet.style("Normal", body)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.space_before = Pt(0)
    if language is not None:
        code = element("w:lang", {"val": language.code, "eastAsia": language.code})
        normal.element.get_or_add_rPr().append(code)
        # Of the document too: a PDF made of it says that as its own.
        for usual in document.styles.element.xpath("./w:docDefaults//w:lang"):
            usual.attrib.update(code.attrib)
    sheet.style("Body Text", body).paragraph_format.alignment = justified
    sheet.style("Lead", body, bold=True)
    sheet.style("List Bullet", body).paragraph_format.alignment = justified
    for level in (1, 2, 3):
        heading = sheet.style(f"Heading {level}", profile.size("heading"), bold=True)
        heading.font.italic = level == 3
        heading.paragraph_format.space_before = Pt(12 if level == 1 else 8)
        heading.paragraph_format.space_after = Pt(4)
        heading.paragraph_format.keep_with_next = True
    title = sheet.style("Title", profile.size("kind"), bold=True)
    title.paragraph_format.alignment = centre
    title.paragraph_format.space_after = Pt(4)
    for border in title.element.xpath("./w:pPr/w:pBdr"):
        border.getparent().remove(border)
    subject = sheet.style("Subtitle", profile.size("subject"), bold=True)
    subject.font.italic = False
    for spaced in subject.element.xpath("./w:rPr/w:spacing"):
        spaced.getparent().remove(spaced)
    subject.paragraph_format.alignment = centre
    subject.paragraph_format.space_after = Pt(12)
    banner = sheet.style("Banner", body, bold=True)
    banner.element.get_or_add_pPr().append(shading("#FBE3D6"))
    gap = sheet.style("Gap", body)
    gap.font.italic = True
    gap.element.get_or_add_pPr().append(shading(_GAP))
    caption = sheet.style("Caption", max(small, body - 2), bold=True)
    caption.font.italic = False
    caption.paragraph_format.space_before = Pt(6)
    caption.paragraph_format.space_after = Pt(3)
    cell = sheet.style("TableText", small)
    cell.paragraph_format.space_after = Pt(1)
    cell.paragraph_format.space_before = Pt(1)
    note = sheet.style("TableNote", small)
    note.font.color.rgb = _GREY
    note.paragraph_format.space_after = Pt(1)
    picture = sheet.style("Picture", body)
    picture.paragraph_format.alignment = centre
    picture.paragraph_format.keep_with_next = True
    sheet.style("Contents", profile.size("heading"), bold=True)
    for level in (1, 2):
        line = sheet.style(f"TOC {level}", body)
        line.paragraph_format.left_indent = Mm(6 * (level - 1))
        line.paragraph_format.space_after = Pt(2)
    for name in ("Header", "Footer"):
        sheet.style(name, profile.page_number.size[0])
    sheet.style("Head", body).paragraph_format.space_after = Pt(0)
    link = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.underline = True
    link.font.color.rgb = RGBColor(0, 0x50, 0x8A)


class _StyleSheet:
    """The paragraph styles of a document, all in one typeface."""

    def __init__(self, document: Document, typeface: str) -> None:
        self._document, self._typeface = document, typeface

    def style(self, name: str, size: float, *, bold: bool = False) -> ParagraphStyle:
        """A style by name, made where the document has none, with its letters set."""
        styles = self._document.styles
        if name in styles:
            found = styles[name]
        else:
            found = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name[:3] == "TOC")
            found.base_style = styles["Normal"]
        assert isinstance(found, ParagraphStyle)
        found.font.size, found.font.bold, found.font.color.rgb = Pt(size), bold, _BLACK
        properties = found.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        fonts.attrib.clear()
        for at in _FONTS:
            fonts.set(_qualified(at), self._typeface)
        return found


def _qualified(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))
