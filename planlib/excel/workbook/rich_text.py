"""Texts of a workbook whose letters may be struck through or raised, which then do not count."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

TRUE = {"1", "true", "on"}
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


class RichTextReader:
    """Puts the runs of a text together, of a shared one (``si``) or one in its cell (``is``)."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Forget the text before."""
        self._plain: list[str] = []
        self._struck: list[str] = []
        self._raised: list[str] = []
        self._into: list[str] | None = None
        self._run, self._phonetic, self._font = self._plain, False, ""

    def start(self, name: str, facts: dict[str, str]) -> None:
        """An element within the text."""
        if name == "rPh":
            self._phonetic = True
        elif name == "r":
            self._run = self._plain
        elif name == "strike" and facts.get("val", "1") in TRUE:
            self._run = self._struck
        elif name == "vertAlign" and facts.get("val") in {"superscript", "subscript"}:
            if self._run is self._plain:
                self._run = self._raised
        elif name == "rFont":
            self._font = self._font or facts.get("val", "")
        elif name == "t" and not self._phonetic:
            self._into = self._run

    def end(self, name: str) -> None:
        """The end of an element."""
        if name == "rPh":
            self._phonetic = False
        elif name == "r":
            self._run = self._plain
        elif name == "t":
            self._into = None

    def text(self, text: str) -> None:
        """Characters."""
        if self._into is None:
            return
        if self._into is self._raised and text.strip() in {"2", "3"}:
            before = "".join(self._plain)[-2:]
            if before[-1:] == "m" and not before[:1].isdigit():  # m², km³
                self._plain.append("²" if text.strip() == "2" else "³")
                return
        self._into.append(text)

    def made(self) -> RichText:
        """The whole text."""
        parts = [composed("".join(part)) for part in (self._plain, self._struck, self._raised)]
        return RichText(parts[0], parts[1].strip(), parts[2].strip(), self._font)
