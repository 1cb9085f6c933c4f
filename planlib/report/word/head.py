"""The first page's head and the place for a signature, as the profile has them."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from planlib.language.direction import shown
from planlib.report.documents.office_document import OfficeDocument
from planlib.report.word.xml import borders, element


def add_head(document: Document, report: OfficeDocument) -> None:
    """Who issues it, under which name of the State or Party, its number, place, date and subject."""
    profile = report.profile
    left, right = _two_columns(document, (0.38, 0.62))
    lines = _HeadLines(left)
    size = profile.size("issuer")
    if report.superior:
        lines.add(report.superior.upper(), size)
    lines.add(report.issuer.upper() if profile.head else report.issuer, size, bold=True)
    if profile.under_issuer:
        lines.add(profile.under_issuer, size)
    if profile.number:
        number = profile.number.format(number=report.number or "…")
        lines.add(number, profile.size("number"))
    elif report.number:
        number = report.language("document.number", number=report.number)
        lines.add(number, profile.size("number"))
    lines = _HeadLines(right)
    for one in profile.head:
        own = one.size[0] if one.size else profile.size("issuer")
        # A line that must not break is as small as the rule allows.
        lines.add(one.text, own, bold=one.bold, ruled=one.ruled or one is profile.head[-1])
    lines.add(report.place_and_date, profile.size("place_and_date"), italic=True)
    document.add_paragraph(style="Head")
    document.add_paragraph(shown(report.kind), style="Title")
    document.add_paragraph(shown(report.subject), style="Subtitle")


def add_signature(document: Document, report: OfficeDocument) -> None:
    """Who receives it at the left, who signs at the right, on the page of the last words."""
    for last in list(document.element.body.iter(qn("w:p")))[-1:]:
        Paragraph(last, document._body).paragraph_format.keep_with_next = True
    document.add_paragraph(style="Head").paragraph_format.keep_with_next = True
    left, right = _two_columns(document, (0.5, 0.5))
    lines, size = _HeadLines(left, WD_ALIGN_PARAGRAPH.LEFT), report.profile.size("body")
    lines.add(report.language("document.recipients"), size - 2, bold=True, italic=True)
    lines.add("- …", size - 2)
    lines = _HeadLines(right)
    lines.add(report.signer or report.language("document.signer"), size, bold=True)
    lines.add(report.language("document.signature"), size - 2, italic=True)
    for _ in range(3):
        lines.add("", size)


class _HeadLines:
    """Lines of a cell, one below another."""

    def __init__(
        self, cell: _Cell, aligned: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.CENTER
    ) -> None:
        self._cell, self._aligned, self._used = cell, aligned, False

    def add(
        self, text: str, size: float, *, bold: bool = False, italic: bool = False,
        ruled: bool = False,
    ) -> None:  # fmt: skip
        """One line; ``ruled`` draws a line under its words."""
        fresh = self._cell.add_paragraph() if self._used else self._cell.paragraphs[0]
        self._used = True
        fresh.style, fresh.alignment = "Head", self._aligned
        run = fresh.add_run(shown(text))
        run.font.size, run.bold, run.italic = Pt(size), bold, italic
        if ruled:
            run.underline = True


def _two_columns(document: Document, shares: Sequence[float]) -> tuple[_Cell, _Cell]:
    section = document.sections[-1]
    page, before, after = section.page_width, section.left_margin, section.right_margin
    assert page is not None and before is not None and after is not None
    room = page - before - after
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    none = dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), 0)
    table._tbl.tblPr.append(borders("w:tblBorders", none))
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Length(int(room * share))
    row = table.rows[0]
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))
    for cell, share in zip(row.cells, shares, strict=True):
        cell.width = Length(int(room * share))
    left, right = row.cells
    return left, right
