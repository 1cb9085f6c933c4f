"""Texts of a workbook whose letters may be struck through or raised, which then do not count."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from xml.etree.ElementTree import Element

TRUE = {"1", "true", "on"}
RAISED = {"superscript", "subscript"}
_POWERS = {"2": "²", "3": "³"}
_UNIT = re.compile(r"(?:^|[^0-9])m\Z")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class RichText:
    """A text as it counts, and what of it was struck through or raised, which does not count."""

    text: str
    struck: str = ""
    raised: str = ""
    font: str = ""


def composed(text: str) -> str:
    """A text of a part as it was typed: ``_x000D_`` is a line break, letters are put together."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def rich_text(item: Element) -> RichText:
    """The runs of a text put together, of a shared one (``si``) or one in its cell (``is``)."""
    plain: list[str] = []
    struck: list[str] = []
    raised: list[str] = []
    font = ""
    for run in item:
        if run.tag == "rPh":  # how it is read aloud
            continue
        parts = [run] if run.tag == "t" else run.findall("t")
        text = "".join(piece for part in parts for piece in part.itertext())
        named, strike, align = (run.find(f"rPr/{x}") for x in ("rFont", "strike", "vertAlign"))
        if named is not None:
            font = font or named.get("val", "")
        if strike is not None and strike.get("val", "1") in TRUE:
            struck.append(text)
        elif align is None or align.get("val") not in RAISED:
            plain.append(text)
        elif text.strip() in _POWERS and _UNIT.search("".join(plain)):  # m², km³
            plain.append(_POWERS[text.strip()])
        else:
            raised.append(text)
    counts, gone, marks = (composed("".join(part)) for part in (plain, struck, raised))
    return RichText(counts, gone.strip(), marks.strip(), font)
