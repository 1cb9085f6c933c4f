"""The parts of a Word file: read from its zip archive with Python's own parsers, within bounds."""

from __future__ import annotations

import hashlib
import posixpath
import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from planlib.verify.office.items import OfficeFile, UnlikeDocument

LARGEST = 200_000_000  # bytes of a report, unpacked
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"
MINE = "planlib."  # how the properties begin that say what a document was made from
_MAIN = "word/document.xml"
# Parts whose text is never shown, or is looked at by itself.
_SILENT = re.compile(
    r"word/(document|styles|settings|webSettings|fontTable|numbering|people|commentsExtended|"
    r"commentsIds|commentsExtensible|stylesWithEffects|theme/theme\d+)\.xml"
)
# When and by whom it was saved last is not what it says.
_MOMENTS = frozenset({"created", "modified", "lastModifiedBy", "revision", "lastPrinted"})


# The same in every document of a kind, so that a folder of thousands has them read once.
_SHARED = frozenset({"word/styles.xml", "word/numbering.xml"})


def _tree(data: bytes) -> Element:
    try:
        return ET.fromstring(data)
    except ET.ParseError:
        raise UnlikeDocument from None


_parsed = lru_cache(4)(_tree)


class WordPackage:
    """The parts of a Word file. Raises UnlikeDocument where it is none."""

    def __init__(self, data: bytes) -> None:
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                entries = archive.infolist()
                names = [entry.filename for entry in entries]
                if sum(entry.file_size for entry in entries) > LARGEST or len(names) > 5000:
                    raise UnlikeDocument
                if len(set(names)) < len(names):  # of two parts of a name, which is shown?
                    raise UnlikeDocument
                self._parts = {name: archive.read(name) for name in names}
        except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, NotImplementedError):
            raise UnlikeDocument from None
        self.main = self.part(_MAIN)

    def part(self, name: str) -> Element:
        """A part as a tree. Raises UnlikeDocument where there is none."""
        data = self._parts.get(name, b"")
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise UnlikeDocument
        return _parsed(data) if name in _SHARED else _tree(data)

    def styles(self) -> Element | None:
        """The styles, None where the file has none."""
        return self.part("word/styles.xml") if "word/styles.xml" in self._parts else None

    def beside(self) -> Iterator[tuple[str, Element]]:
        """Parts with text outside the body: heads, feet, notes, comments."""
        for name in sorted(self._parts):
            if name.startswith("word/") and name.endswith(".xml") and not _SILENT.fullmatch(name):
                yield name, self.part(name)

    def describe(self, file: OfficeFile) -> None:
        """Note properties, pictures, links, and whatever would be fetched or shown from elsewhere."""
        about, told = dict[str, str](), dict[str, str]()
        if "docProps/custom.xml" in self._parts:
            for one in self.part("docProps/custom.xml").iter(_CUSTOM):
                name, text = one.get("name", ""), "".join(one.itertext())
                if name.startswith(MINE):
                    about[name.removeprefix(MINE)] = text
        if "docProps/core.xml" in self._parts:
            for one in self.part("docProps/core.xml"):
                name = one.tag.rpartition("}")[2]
                if name not in _MOMENTS and one.text and one.text.strip():
                    told[name] = " ".join(one.text.replace(",", " ").split())
        file.about, file.told = about, told
        media = [name for name in self._parts if name.startswith("word/media/")]
        file.pictures = frozenset(hashlib.sha256(self._parts[n]).hexdigest() for n in media)
        file.links = frozenset(self._links(file))
        if "word/numbering.xml" in self._parts:
            for one in self.part("word/numbering.xml").iter(f"{W}lvlText"):
                if re.search(r"\w", re.sub(r"%\d", "", one.get(f"{W}val", "")).replace("o", "")):
                    file.holds(f"numbering '{one.get(f'{W}val')}'", "numbering.xml")

    def _links(self, file: OfficeFile) -> Iterator[str]:
        for name in sorted(self._parts):
            if not name.endswith(".rels"):
                continue
            for one in self.part(name).iter(f"{REL}Relationship"):
                kind = one.get("Type", "").rpartition("/")[2]
                if one.get("TargetMode") == "External":
                    if kind == "hyperlink":
                        yield one.get("Target", "")
                    else:
                        file.holds(f"{kind}: {one.get('Target')}", posixpath.basename(name))
                elif kind in {"aFChunk", "oleObject", "package", "subDocument", "control", "chart"}:
                    file.holds(kind, posixpath.basename(name))
