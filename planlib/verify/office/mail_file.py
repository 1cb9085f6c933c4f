"""A table of results for an e-mail, HTML with its styles in it, as its reader sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag
from bs4.element import Doctype

from planlib.verify.markup import Unlike, attribute, read_page, text_of
from planlib.verify.office.items import OfficeFile, OfficeLine, OfficeTable, UnlikeDocument
from planlib.verify.office.word_looks import LEAST_CONTRAST, contrast

ORIGIN = "planlib."  # how the names of what it was made from begin
_ATTRIBUTES = {
    "html": {"lang", "dir"}, "head": set(), "meta": {"charset", "name", "content"}, "title": set(),
    "body": {"style"}, "h1": {"style"}, "h2": {"style"}, "p": {"style"}, "ul": set(), "li": set(),
    "a": {"href"}, "table": {"style"}, "caption": {"style"}, "thead": set(), "tbody": set(),
    "tr": set(), "th": {"scope", "style"}, "td": {"style"}, "span": {"lang", "dir"},
}  # fmt: skip
_LINES = {"title": "title", "h1": "heading 1", "h2": "heading 2", "p": "text", "li": "text",
          "caption": "caption"}  # fmt: skip
# Declarations none of which moves, shrinks or hides what stands there; colours are looked at apart.
_STYLE = re.compile(
    r"border:1px solid #999999|border-collapse:collapse|padding:3px 6px|margin:(2px 0|12px 0)|"
    r"vertical-align:top|text-align:(left|right)|font-family:Arial,sans-serif|"
    r"font-size:1[0-9]px|font-weight:(bold|normal)|(background-)?color:#[0-9A-Fa-f]{6}"
)


def read_mail(data: bytes) -> OfficeFile:
    """Read such a page. Raises UnlikeDocument where it is none."""
    file = OfficeFile()
    try:
        page = read_page(data.decode("utf-8"))
    except (UnicodeDecodeError, Unlike):
        raise UnlikeDocument from None
    odd = [one for one in page.odd if one != f"{Doctype.PREFIX}html{Doctype.SUFFIX.strip()}"]
    for strange in (*odd, *(one[:80] for one in (*page.pictures, *page.described))):
        file.holds(strange, "")
    file.items = list(_items(page.root, file))
    held = (one for one in page.root.find_all("meta"))
    named = {attribute(one, "name"): attribute(one, "content") for one in held}
    file.about = {
        name.removeprefix(ORIGIN): text for name, text in named.items() if name.startswith(ORIGIN)
    }
    file.links = frozenset(attribute(one, "href") for one in page.root.find_all("a"))
    return file


def _items(root: Tag, file: OfficeFile) -> Iterator[OfficeLine | OfficeTable]:
    rows: list[tuple[tuple[str, ...], ...]] = []
    for place, one in enumerate((n for n in root.descendants if isinstance(n, Tag)), start=1):
        where = f"element {place}"
        if one.name not in _ATTRIBUTES or one.attrs.keys() - _ATTRIBUTES[one.name]:
            file.holds(f"<{one.name} {' '.join(one.attrs)}>", where)
        _looked_at(one, file, where)
        if one.name == "tr":
            cells = (n for n in one.children if isinstance(n, Tag))
            rows.append(tuple((text,) if (text := text_of(cell)) else () for cell in cells))
            if text_of(one).split() != [
                word for cell in rows[-1] for word in " ".join(cell).split()
            ]:
                file.holds("text beside the cells of a row", where)
        elif one.name in _LINES:
            yield OfficeLine(text_of(one), _LINES[one.name], where)
    said = " ".join(text_of(one) for name in (*_LINES, "tr") for one in root.find_all(name))
    if len(said.split()) != len(text_of(root).split()):
        file.holds("text outside of lines and tables", "")
    yield OfficeTable(tuple(rows), "table 1")


def _looked_at(one: Tag, file: OfficeFile, where: str) -> None:
    """Whether an element can be seen."""
    said = {
        name: value
        for name, sign, value in (
            part.strip().partition(":") for part in attribute(one, "style").split(";")
        )
        if sign or name
    }
    for name, value in said.items():
        if not _STYLE.fullmatch(f"{name}:{value}"):
            file.holds(f"{name}:{value}"[:80], where)
    letters = said.get("color", "#000000")[1:].upper()
    ground = said.get("background-color", "#FFFFFF")[1:].upper()
    known = all(re.fullmatch(r"[0-9A-F]{6}", colour) for colour in (letters, ground))
    if known and contrast(letters, ground) < LEAST_CONTRAST:
        file.hides(text_of(one), where)
