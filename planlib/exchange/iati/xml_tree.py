"""XML somebody else wrote, as elements that know their line; nothing in it is unfolded or fetched.

The parser is the standard library's expat (lxml is no dependency). A document type is refused where
it begins, so no entity can be declared: neither one that unfolds without end nor one that names a
file or an address. Depth, elements and bytes are bounded.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from planlib.errors import InputError, Said, refused, said
from planlib.storage.whole_files import read_whole

LARGEST = 200 * 2**20  # bytes
DEEPEST = 60
MOST_ELEMENTS = 5_000_000
LANG = "xml:lang"


@dataclass
class Element:
    """One element: its name without a prefix, its attributes, what is in it, and its line."""

    name: str
    given: dict[str, str]
    line: int
    inside: list[Element] = field(default_factory=list)
    text: str = ""

    def all(self, name: str) -> Iterator[Element]:
        """The elements of a name right inside this one."""
        return (one for one in self.inside if one.name == name)

    def first(self, name: str) -> Element | None:
        """The first of them, or None."""
        return next(self.all(name), None)

    def get(self, name: str) -> str:
        """An attribute without spaces around it; empty where it is not given."""
        return self.given.get(name, "").strip()


class _Stop(Exception):
    def __init__(self, fault: Said, hint: Said | None = None) -> None:
        super().__init__(str(fault))
        self.fault, self.hint = fault, hint


def read_xml(path: Path) -> Element:
    """The outermost element of a file. Raises InputError with one problem and its line."""
    data = read_whole(path, LARGEST)
    parser = expat.ParserCreate()
    builder = _Builder(parser)
    try:
        parser.Parse(data, True)
    except _Stop as stop:
        raise refused(stop.fault, path, parser.CurrentLineNumber, hint=stop.hint) from None
    except expat.ExpatError as error:
        # Of the words of expat only those without a place: it is told before them.
        reason = expat.errors.messages.get(error.code, str(error))
        raise refused(said("exchange.not-xml", reason=reason), path, error.lineno) from None
    except (LookupError, ValueError):  # an encoding that Python does not know
        message = said("exchange.not-xml", reason="unknown encoding")
        raise refused(message, path, 1, hint=said("plan.save-file-utf-8")) from None
    if builder.root is None:
        raise InputError([])  # expat refuses a file without an element itself
    return builder.root


class _Builder:
    def __init__(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        self.root: Element | None = None
        self.open: list[Element] = []
        self.count = 0
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype

    def _start(self, name: str, given: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST_ELEMENTS or len(self.open) >= DEEPEST:
            raise _Stop(said("exchange.xml-too-much", n=MOST_ELEMENTS, deep=DEEPEST))
        attributes = {key: unicodedata.normalize("NFC", one) for key, one in given.items()}
        element = Element(name.rpartition(":")[2], attributes, self.parser.CurrentLineNumber)
        if self.open:
            self.open[-1].inside.append(element)
        self.root = self.root or element
        self.open.append(element)

    def _end(self, name: str) -> None:
        element = self.open.pop()
        element.text = unicodedata.normalize("NFC", " ".join(element.text.split()))

    def _characters(self, text: str) -> None:
        self.open[-1].text += text

    def _doctype(self, *declared: object) -> None:
        raise _Stop(said("exchange.xml-doctype"), said("exchange.xml-doctype-hint"))
