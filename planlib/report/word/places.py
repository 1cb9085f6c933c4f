"""Places of a document that somebody writes in, and what they wrote there.

A content control of Word: it may be filled with any number of paragraphs but not removed, and keeps
the tag it is known by.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.document import Document
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from planlib.report.word.paragraphs import paragraph, run, safe

PREFIX = "planlib:"
_IDS = 1_000_000  # above those of the headings
MARK = "planlib_place_"  # bookmarks of the places, for programs that keep no content controls


def place_to_write(key: str, number: int, text: str, style: str) -> str:
    """The place of a key, the ``number``-th of its document, as WordprocessingML."""
    tag = safe(PREFIX + key).replace('"', "&quot;")
    mark = f'<w:bookmarkStart w:id="{_IDS + number}" w:name="{MARK}{number}"/>'
    mark += f'<w:bookmarkEnd w:id="{_IDS + number}"/>'
    first, *others = text.split("\n")
    lines = paragraph([mark, run(first)], style)
    lines += "".join(paragraph([run(line)], style) for line in others)
    return (
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:tag w:val="{tag}"/><w:lock w:val="sdtLocked"/>'
        f"</w:sdtPr><w:sdtContent>{lines}</w:sdtContent></w:sdt>"
    )


def written_in(document: Document) -> list[tuple[str, str]]:
    """The key of each place in a document and what stands there, a line a paragraph.

    Where the places themselves are gone, as when LibreOffice has saved the file, their bookmarks
    tell: what is written goes on to the next place, heading, table or picture.
    """
    return list(_controls(document)) or list(_marked(document))


def _controls(document: Document) -> Iterator[tuple[str, str]]:
    for place in document.element.body.iter(qn("w:sdt")):
        tag = place.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        name = "" if tag is None else tag.get(qn("w:val"), "")
        if name.startswith(PREFIX):
            lines = [_text(one) for one in place.iter(qn("w:p"))]
            yield name.removeprefix(PREFIX), "\n".join(lines).strip()


def _marked(document: Document) -> Iterator[tuple[str, str]]:
    keys = document.core_properties.comments.split()
    key, lines = "", list[str]()
    for one in document.element.body:
        mark = next(filter(None, map(_number, one.iter(qn("w:bookmarkStart")))), 0)
        ends = one.tag != qn("w:p") or _is_head(one, document)
        if key and (mark or ends):
            yield key, "\n".join(lines).strip()
            key = ""
        if mark and mark <= len(keys):
            key, lines = keys[mark - 1], []
        if key:
            lines.append(_text(one))


def _number(mark: Any) -> int:
    name = mark.get(qn("w:name"), "")
    number = name.removeprefix(MARK)
    return int(number) if name.startswith(MARK) and number.isdecimal() else 0


def _is_head(one: Any, document: Document) -> bool:
    """Whether a paragraph begins something else: a heading, a picture or the words above one."""
    style = Paragraph(one, document._body).style
    name = style.name if style is not None else ""
    return (name or "").startswith(("Heading", "Caption", "Lead")) or bool(
        next(one.iter(qn("w:drawing")), None)
    )


def _text(one: Any) -> str:
    """The words of a paragraph; what a reviewer struck out is not among them."""
    breaks = {qn("w:br"): "\n", qn("w:tab"): " "}
    nodes = one.iter(qn("w:t"), *breaks)
    return "".join(breaks.get(node.tag, node.text or "") for node in nodes).strip()
