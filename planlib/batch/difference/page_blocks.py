"""Pieces of a page read into blocks: sentences, rows of tables, pictures.

Where everything moved, each piece of thousands of pages is read. Pages are written plainly (names in
small letters or of SVG, attributes in double quotes), so cutting them at the signs of tags will do, in a fraction
of the time that Python's parser of HTML takes. A piece written in any other way is read by that.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple

_BREAKS = frozenset(
    re.findall(
        r"\w+",
        "article aside blockquote caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 "
        "h5 h6 header li main nav ol p pre section summary table tbody tfoot thead tr ul",
    )
)
_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_UNREAD = {"script", "style", "svg", "template"}
ORDER = "pl-c-order"  # the class of the cells that only number their rows
_OWN_LINE = {"pl-sure", "pl-under"}  # shown on a line of their own in a cell
# Elements whose text is no HTML, and pictures: the parser reads a piece that holds one.
_BY_PARSER = frozenset(
    re.findall(r"\w+", "script style textarea title xmp iframe noembed noframes plaintext img")
)
_OPEN_ENTITY = re.compile(r"&(?!(?:[a-zA-Z]+[0-9]*|#[0-9]+|#x[0-9a-fA-F]+);)")
# What stands between the signs of a tag: whether it ends, its name, its attributes, whether it ends itself.
_TAG = re.compile(r'(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[-:a-zA-Z]+(?:="[^"<>]*")?)*)\s*(/?)')
_ATTRIBUTE = re.compile(r'([-:a-zA-Z]+)(?:="([^"]*)")?')
_END, _LABEL = "\0", "\1"  # what tags come to in texts: the end of a block, of a label
_FIGURE = re.compile(r'<figure\b[^>]*\saria-label="([^"]*)"[^>]*>')
REMEMBERED = 5_000  # pieces: what the plan says stands in the pages of all its areas


class TextBlock(NamedTuple):
    """A sentence, a row or a picture's alternative; ``drawing`` is the hash of what is drawn."""

    text: str
    drawing: str = ""


def blocks_of(pieces: Sequence[str]) -> list[TextBlock]:
    """The blocks of pieces that follow one another.

    >>> blocks_of(["<tr><th>Tax</th><td>5 &lt; 6</td></tr>", "<p>So <b>it</b> is.<p>Now."])
    [TextBlock(text='Tax · 5 < 6', drawing=''), TextBlock(text='So it is.', drawing=''), \
TextBlock(text='Now.', drawing='')]
    """
    found: list[TextBlock] = []
    label = ""
    for piece in pieces:
        blocks, label = _read(piece, label)
        found += blocks
    return found


@lru_cache(maxsize=REMEMBERED)
def _read(piece: str, label: str) -> tuple[tuple[TextBlock, ...], str]:
    """The blocks of a piece, whatever it leaves open, and the label that waits for what it is of."""
    reader = BlockReader(label)
    if alternative := _FIGURE.match(piece):
        end = piece.find("</figure>")
        drawn = piece[alternative.end() : end if end >= 0 else None]
        reader.picture(unescape(alternative[1]), drawn)
        piece = piece[end:] if end >= 0 else ""
    if not _read_plainly(piece, reader):
        _Parser(reader).read(piece)
    reader.end_block()
    return tuple(reader.blocks), reader.label


class _StrangeError(Exception):
    """A piece is not written as pages are."""


def _read_plainly(piece: str, reader: BlockReader) -> bool:
    """Whether a piece could be read as pages are written; else nothing of it was."""
    entities = "&" in piece
    if _END in piece or _LABEL in piece or (entities and _OPEN_ENTITY.search(piece)):
        return False
    try:
        said = _said(piece)
    except _StrangeError:
        return False
    if entities:
        said = unescape(said)
    for block in said.split(_END):
        if block and not block.isspace():
            *labels, words = block.split(_LABEL)
            for label in labels:
                reader.data(label)
                reader.end("dt")
            reader.data(words)
            reader.end_block()
    return True


def _said(piece: str) -> str:
    """The texts of a piece with what its tags come to between them."""
    first, *parts = piece.split("<")
    found = [first]
    skipped, deep = "", 0  # an element that is not read, and how many of its name are open
    for part in parts:
        written, closed, words = part.partition(">")
        if not closed:
            raise _StrangeError
        tag = _tags[written]
        if skipped:
            if tag.name == skipped:
                deep += tag.opens
                if not deep:
                    skipped = ""
                    found.append(words)
        elif tag.unread:
            skipped, deep = tag.name, tag.opens
            if not deep:
                skipped = ""
                found.append(words)
        else:
            found += (tag.mark, words)
    return "".join(found)


@dataclass(frozen=True, slots=True)
class _PlainTag:
    """A tag as it is written: what it comes to in a text, and by how many it opens or ends elements."""

    name: str
    mark: str
    opens: int
    unread: bool


class _PlainTags(dict[str, _PlainTag]):
    """The tags met so far, by what stands between their signs: pages hold the same few again and again."""

    def __missing__(self, written: str) -> _PlainTag:
        found = _TAG.fullmatch(written)
        if found is None:
            raise _StrangeError
        tag = _plain_tag(*found.groups())
        if len(self) < REMEMBERED:
            self[written] = tag
        return tag


def _plain_tag(ending: str, spelled: str, given: str, closed: str) -> _PlainTag:
    name = spelled.lower()
    if name in _BY_PARSER:
        raise _StrangeError
    if ending:
        return _PlainTag(
            name, _LABEL if name == "dt" else _END if name in _BREAKS else "", -1, False
        )
    attributes = {of.lower(): unescape(value) for of, value in _ATTRIBUTE.findall(given)}
    classes = attributes.get("class", "").split()
    hidden = attributes.get("aria-hidden") == "true" or ORDER in classes
    unread = name not in _VOID and (name in _UNREAD or hidden)
    if name in _BREAKS:
        mark = _END + (_LABEL if closed and name == "dt" else "")
    elif name in {"td", "th"}:
        mark = " · "
    else:
        mark = " " if name == "br" or not _OWN_LINE.isdisjoint(classes) else ""
    return _PlainTag(name, mark, int(not closed), unread)


_tags = _PlainTags()


class BlockReader:
    """Takes up tags and text as they come; a label in front of what it is of, cells side by side."""

    def __init__(self, label: str, blocks: Sequence[TextBlock] = ()) -> None:
        self.blocks: list[TextBlock] = [*blocks]
        self.label = label
        self._words: list[str] = []
        self._left: list[str] = []  # an element that is not read, and those of its name in it

    def picture(self, alternative: str, drawn: str) -> None:
        """A picture with its text alternative."""
        self.end_block()
        lines = "\n".join(" ".join(line.split()) for line in alternative.strip().splitlines())
        drawing = hashlib.sha256(drawn.encode()).hexdigest()[:16]
        self.blocks.append(TextBlock(lines, drawing))

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        """An element begins."""
        if self._left:
            if tag == self._left[0]:
                self._left.append(tag)
            return
        classes = given.get("class", "").split() if given else ()
        unread = given and (given.get("aria-hidden") == "true" or ORDER in classes)
        if (tag in _UNREAD or unread) and tag not in _VOID:
            self._left = [tag]
        elif tag == "img":
            self.picture(given.get("alt", ""), given.get("src", ""))
        elif tag in _BREAKS:
            self.end_block()
        elif tag in {"td", "th"} and self._words:
            self._words.append(" · ")
        elif tag == "br" or (classes and not _OWN_LINE.isdisjoint(classes)):
            self._words.append(" ")

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._left:
            if tag == self._left[0]:
                self._left.pop()
        elif tag == "dt":
            self.label = self._text()
        elif tag in _BREAKS:
            self.end_block()

    def data(self, text: str) -> None:
        """A text, perhaps not the whole of it."""
        if not self._left:
            self._words.append(text)

    def _text(self) -> str:
        if not self._words:
            return ""
        text = " ".join("".join(self._words).split()).strip(" ·")
        self._words = []
        return text

    def end_block(self) -> None:
        """What was taken up since the last block is one."""
        if text := self._text():
            self.blocks.append(TextBlock(f"{self.label}: {text}" if self.label else text))
            self.label = ""


class _Parser(HTMLParser):
    """Reads a piece however it is written."""

    def __init__(self, reader: BlockReader) -> None:
        super().__init__(convert_charrefs=True)
        self._reader = reader

    def read(self, piece: str) -> None:
        """Hand a piece to the reader."""
        self.feed(piece)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._reader.start(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        self._reader.end(tag)

    def handle_data(self, data: str) -> None:
        self._reader.data(data)
