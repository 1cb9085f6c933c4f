"""What python-docx has no word for: fields, shading, borders, bookmarks, languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from planlib.language.foreign import stretches


def element(tag: str, attributes: Mapping[str, str] | None = None, *children: Any) -> Any:
    """An element of WordprocessingML: ``element("w:shd", {"fill": "EEEEEE"})``."""
    made = OxmlElement(tag)
    prefix = tag.partition(":")[0]
    for name, value in (attributes or {}).items():
        made.set(qn(name if ":" in name else f"{prefix}:{name}"), value)
    for child in children:
        made.append(child)
    return made


def add_runs(paragraph: Paragraph, text: str) -> Paragraph:
    """The paragraph with a text: words of another language in a run that says of which."""
    for words, lang in stretches(text):
        run = paragraph.add_run(words)
        if lang:
            run._r.get_or_add_rPr().append(element("w:lang", {"val": lang}))
    return paragraph


def field(paragraph: Paragraph, code: str, shown: str = "") -> Run:
    """A field such as ``PAGE``, with the words that stand there until it is brought up to date."""
    run = paragraph.add_run()
    for kind in ("begin", "separate", "end"):
        if kind == "separate":
            text = element("w:instrText", {"xml:space": "preserve"})
            text.text = f" {code} "
            run._r.append(text)
        run._r.append(element("w:fldChar", {"fldCharType": kind}))
        if kind == "separate" and shown:
            words = element("w:t", {"xml:space": "preserve"})
            words.text = shown
            run._r.append(words)
    return run


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """A name that links of the document lead to."""
    paragraph._p.insert(
        1 if paragraph._p.pPr is not None else 0,
        element("w:bookmarkStart", {"id": str(number), "name": name}),
    )
    paragraph._p.append(element("w:bookmarkEnd", {"id": str(number)}))


def shading(colour: str) -> Any:
    """A ground of one colour, ``#RRGGBB``."""
    return element("w:shd", {"val": "clear", "color": "auto", "fill": colour.lstrip("#").upper()})


def borders(tag: str, sides: Mapping[str, int], colour: str = "808080") -> Any:
    """Lines at some sides, in eighths of a point; 0 for none."""
    lines = [
        element(
            f"w:{side}",
            {"val": "single" if width else "nil", "sz": str(width), "space": "0", "color": colour},
        )
        for side, width in sides.items()
    ]
    return element(tag, None, *lines)
