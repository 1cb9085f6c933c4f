"""Where a Word file departs from what a profile confirms, whoever wrote the file.

Only what the profile's source says is held against it; what is unconfirmed is not.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.document import CT_Document
from docx.oxml.exceptions import InvalidXmlError
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from planlib.errors import InputError, Problem, Said, refused, said
from planlib.report.documents.profile import Allowed, DocumentProfile
from planlib.storage.whole_files import read_whole

LARGEST = 50_000_000  # bytes of a report, unpacked
_A4_MM = (210.0, 297.0)
_NEAR = 0.6  # millimetres, and points, that a measure may be off
_PROSE = 80  # letters from which a paragraph is text, and no heading or line of the head
_BESIDE = {"Caption", "TableNote"}  # styles of what stands beside tables and pictures
_ENOUGH = 5  # paragraphs told for one rule; the rest are counted


def departures(path: Path, profile: DocumentProfile) -> list[Problem]:
    """Every departure of a Word file from a profile. Raises InputError for what is no such file."""
    document = opened(path)
    try:
        found = [
            *_pages(document, profile),
            *_page_numbers(document, profile),
            *_head(document, profile),
            *_letters(document, profile),
        ]
    except (InvalidXmlError, KeyError, ValueError):  # sizes and places that are none
        raise _unread(path) from None
    return [Problem(message, str(path), subject=at) for message, at in found]


_SIDES = {
    "top": said("documents.side-top"),
    "bottom": said("documents.side-bottom"),
    "left": said("documents.side-left"),
    "right": said("documents.side-right"),
}
_PLACES = {
    "top-centre": said("documents.place-top-centre"),
    "bottom-centre": said("documents.place-bottom-centre"),
    "bottom-right": said("documents.place-bottom-right"),
}
Departure = tuple[Said, Said | None]


def opened(path: Path) -> Document:
    """A Word file of anybody's, with pages; raises InputError for what is none."""
    data = read_whole(path, LARGEST)
    try:
        with zipfile.ZipFile(BytesIO(data)) as whole:
            if sum(entry.file_size for entry in whole.infolist()) > LARGEST:
                raise refused(said("documents.file-too-large", most=LARGEST // 1_000_000), path)
        document = docx.Document(BytesIO(data))
    except InputError:
        raise
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, OSError, SyntaxError):
        raise _unread(path) from None
    # Of the strict form, the names of all elements are others.
    if not isinstance(document.element, CT_Document) or not document.sections:
        raise _unread(path)
    return document


def _unread(path: Path) -> InputError:
    """An old, strict, protected or macro-enabled document looks like one that can be read."""
    return refused(said("documents.not-word"), path, hint=said("documents.save-as-docx"))


def _pages(document: Document, profile: DocumentProfile) -> Iterator[Departure]:
    for number, section in enumerate(document.sections, 1):
        at = said("documents.in-section", n=number)
        wide, high = _mm(section.page_width), _mm(section.page_height)
        if any(abs(a - b) > _NEAR for a, b in zip(sorted((wide, high)), _A4_MM, strict=True)):
            yield said("documents.page-a4", found=f"{wide:.0f} × {high:.0f}"), at
        margins = profile.page.margins_mm
        if margins is None:
            continue
        sides = _upright(section, turned=wide > high)
        for side, allowed in (
            ("top", margins.top), ("bottom", margins.bottom),
            ("left", margins.left), ("right", margins.right),
        ):  # fmt: skip
            if not _within(sides[side], allowed):
                yield (
                    said("documents.margin", side=_SIDES[side], allowed=_range(allowed),
                         found=f"{sides[side]:.0f}"), at,
                )  # fmt: skip


def _upright(section: Section, *, turned: bool) -> dict[str, float]:
    """The margins as they are on the upright page; a turned one is held by its left side."""
    top, right, bottom, left = (
        _mm(side)
        for side in (
            section.top_margin, section.right_margin, section.bottom_margin, section.left_margin
        )
    )  # fmt: skip
    if turned:
        top, right, bottom, left = right, bottom, left, top
    return {"top": top, "right": right, "bottom": bottom, "left": left}


def _page_numbers(document: Document, profile: DocumentProfile) -> Iterator[Departure]:
    rule = profile.page.number
    if rule is None:
        return
    section = document.sections[0]
    part = section.header if rule.place.startswith("top") else section.footer
    place = _PLACES[rule.place]
    numbered = [one for one in part.paragraphs if "PAGE" in _instructions(one)]
    if not numbered:
        yield said("documents.page-number-missing", place=place), None
        return
    (one, *_) = numbered
    wanted = WD_ALIGN_PARAGRAPH.RIGHT if rule.place.endswith("right") else WD_ALIGN_PARAGRAPH.CENTER
    if _aligned(one) != wanted:
        yield said("documents.page-number-place", place=place), None
    for run in one.runs[:1]:
        size = _size(run, one)
        if not _within(size, rule.size):
            allowed, found = _range(rule.size), f"{size:g}"
            yield said("documents.page-number-size", allowed=allowed, found=found), None
    first = section.different_first_page_header_footer
    shown = "PAGE" in "".join(map(_instructions, section.first_page_header.paragraphs))
    if rule.from_page > 1 and not (first and not shown):
        yield said("documents.page-number-first"), None


def _head(document: Document, profile: DocumentProfile) -> Iterator[Departure]:
    lines = list(_all_paragraphs(document))
    for rule in profile.head:
        found = next((one for one in lines if one.text.strip() == rule.text), None)
        if found is None:
            yield said("documents.head-missing", words=rule.text), None
            continue
        run = next((run for run in found.runs if run.text.strip()), None)
        if run is None:
            continue
        at = said("documents.in-line", words=rule.text)
        size = _size(run, found)
        if rule.size and not _within(size, rule.size):
            yield said("documents.size", allowed=_range(rule.size), found=f"{size:g}"), at
        if rule.bold and not _bold(run, found):
            yield said("documents.bold"), at
    if profile.number:
        before, after = profile.number.split("{number}")
        pattern = re.compile(re.escape(before) + r".*" + re.escape(after) + r"\s*")
        if not any(pattern.fullmatch(one.text.strip()) for one in lines):
            yield said("documents.number-missing", form=profile.number.format(number="…")), None


def _letters(document: Document, profile: DocumentProfile) -> Iterator[Departure]:
    """Text in another font or size, the first paragraphs of each kind by their number."""
    wrong: dict[str, list[Departure]] = {"font": [], "size": []}
    allowed = profile.sizes.get("body")
    for number, one in enumerate(_text_paragraphs(document), 1):
        runs = [run for run in one.runs if run.text.strip()]
        words = one.text.strip()
        at = said(
            "documents.in-paragraph", n=number, words=f"{words[:40]}…" if len(words) > 41 else words
        )
        fonts = {_font(run, one) for run in runs} - {profile.font, None}
        if profile.font and fonts:
            found = ", ".join(sorted(map(str, fonts)))
            wrong["font"].append((said("documents.font", font=profile.font, found=found), at))
        sizes = {_size(run, one) for run in runs}
        text = len(words) > _PROSE and not _BESIDE & {style.name for style in _styles(one)}
        if allowed and text and not all(_within(size, allowed) for size in sizes):
            found = ", ".join(f"{size:g}" for size in sorted(sizes))
            wrong["size"].append((said("documents.size", allowed=_range(allowed), found=found), at))
    for found_here in wrong.values():
        yield from found_here[:_ENOUGH]
        if len(found_here) > _ENOUGH:
            yield said("documents.more-of-the-kind", n=len(found_here) - _ENOUGH), None


# ------------------------------------------------------------------ what Word means


def _text_paragraphs(document: Document) -> Iterator[Paragraph]:
    """Paragraphs outside tables, those in places to write in among them."""
    for one in document.element.body.iter(qn("w:p")):
        if next(one.iterancestors(qn("w:tbl")), None) is None:
            yield Paragraph(one, document._body)


def _all_paragraphs(document: Document) -> Iterator[Paragraph]:
    yield from _text_paragraphs(document)
    for table in document.tables:
        for cell in {id(cell._tc): cell for row in table.rows for cell in row.cells}.values():
            yield from cell.paragraphs


def _instructions(paragraph: Paragraph) -> str:
    return " ".join(
        [
            *(node.text or "" for node in paragraph._p.iter(qn("w:instrText"))),
            *(node.get(qn("w:instr"), "") for node in paragraph._p.iter(qn("w:fldSimple"))),
        ]
    )


def _styles(paragraph: Paragraph) -> Iterator[ParagraphStyle]:
    style: Any = paragraph.style
    while isinstance(style, ParagraphStyle):
        yield style
        style = style.base_style


def _defaults(paragraph: Paragraph) -> Any:
    main: Any = paragraph.part.package.main_document_part
    styles = main.styles.element  # heads and feet have none of their own
    return next(iter(styles.xpath("w:docDefaults/w:rPrDefault/w:rPr")), None)


def _size(run: Run, paragraph: Paragraph) -> float:
    """The size of a run's letters in points: its own, its style's, or the document's."""
    for font in (run.font, *(style.font for style in _styles(paragraph))):
        if font.size is not None:
            return float(font.size.pt)
    found = _defaults(paragraph)
    sizes = found.xpath("w:sz/@w:val") if found is not None else []
    return float(sizes[0]) / 2 if sizes else 10.0


def _font(run: Run, paragraph: Paragraph) -> str | None:
    for font in (run.font, *(style.font for style in _styles(paragraph))):
        if font.name is not None:
            return str(font.name)
    found = _defaults(paragraph)
    names = found.xpath("w:rFonts/@w:ascii") if found is not None else []
    return str(names[0]) if names else None


def _bold(run: Run, paragraph: Paragraph) -> bool:
    for font in (run.font, *(style.font for style in _styles(paragraph))):
        if font.bold is not None:
            return bool(font.bold)
    return False


def _aligned(paragraph: Paragraph) -> Any:
    for form in (
        paragraph.paragraph_format,
        *(style.paragraph_format for style in _styles(paragraph)),
    ):
        if form.alignment is not None:
            return form.alignment
    return WD_ALIGN_PARAGRAPH.LEFT


def _mm(length: Any) -> float:
    return float(length / Mm(1)) if length is not None else 0.0


def _within(value: float, allowed: Allowed) -> bool:
    return allowed[0] - _NEAR <= value <= allowed[1] + _NEAR


def _range(allowed: Allowed) -> str:
    low, high = allowed
    return f"{low:g}" if low == high else f"{low:g}\N{EN DASH}{high:g}"
