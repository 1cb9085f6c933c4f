"""Paragraphs as WordprocessingML: what is written here is escaped, names in data are hostile."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from planlib.language.direction import shown
from planlib.language.foreign import stretches
from planlib.report.vocabulary import Look

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
PALE = {"#FFFFFF", "#D9D9D9", "#F0E442", "#E69F00"}  # glyphs in these could not be seen on paper


def safe(text: str) -> str:
    """A text as it may stand in XML, turned the way it is read."""
    return escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", shown(text)))


def run(text: str, *look: str) -> str:
    """A text; ``look`` are properties such as ``<w:b/>``. Line ends become breaks.

    Words of another language are a run of their own, which says of which.
    """
    return "".join(_run(words, lang, look) for words, lang in stretches(text) or [("", "")])


def _run(text: str, lang: str, look: Sequence[str]) -> str:
    spoken = f'<w:lang w:val="{lang}"/>' if lang else ""
    properties = f"<w:rPr>{''.join(look)}{spoken}</w:rPr>" if look or lang else ""
    lines = escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)).split("\n")
    words = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r>{properties}{words}</w:r>"


def paragraph(runs: Sequence[str], style: str = "", *properties: str) -> str:
    """A paragraph of some runs in a style; ``properties`` are such as ``<w:keepNext/>``."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{''.join(properties)}</w:pPr>{''.join(runs)}</w:p>"


def glyph(look: Look) -> str:
    """A verdict's glyph, in its colour where paper shows it."""
    colour = look.colour.lstrip("#") if look.colour not in PALE else "222222"
    fonts = '<w:rFonts w:ascii="DejaVu Sans" w:hAnsi="DejaVu Sans" w:cs="DejaVu Sans"/>'
    return run(look.glyph, fonts, f'<w:color w:val="{colour}"/>')
