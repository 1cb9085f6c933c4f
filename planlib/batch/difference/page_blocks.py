"""Pieces of a page read into blocks: sentences, rows of tables, pictures.

Where everything moved, each piece of thousands of pages is read. Pages are written plainly (names in
small letters or of SVG, attributes in double quotes), so cutting them at the signs of tags will do, in a fraction
of the time that Python's parser of HTML takes. A piece written in any other way is read by that.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
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
# A tag up to its last sign: whether it ends, its name, its attributes, whether it ends itself.
_TAG = re.compile(r'<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[-:a-zA-Z]+(?:="[^"<>]*")?)*)\s*(/?)')
_ATTRIBUTE = re.compile(r'([-:a-zA-Z]+)(?:="([^"]*)")?')
# What tags come to in texts: the end of a block, of a label; one that is not read; and where they begin and end.
_END, _LABEL, _NOT_READ, _CUT = "\0", "\1", "\2", "\3"
_FIGURE = re.compile(r'<figure\b[^>]*\saria-label="([^"]*)"[^>]*>')
REMEMBERED = 5_000  # pieces: what the plan says stands in the pages of all its areas


class PictureBlock(NamedTuple):
    """A picture's text alternative; ``drawing`` is the hash of what is drawn."""

    text: str
    drawing: str


Block = str | PictureBlock  # a sentence or a row is its text


def blocks_of(pieces: Sequence[str]) -> list[Block]:
    """The blocks of pieces that follow one another.

    >>> blocks_of(["<tr><th>Tax</th><td>5 &lt; 6</td></tr>", "<p>So <b>it</b> is.<p>Now."])
    ['Tax · 5 < 6', 'So it is.', 'Now.']
    """
    found: list[Block] = []
    label = ""
    for piece in pieces:
        blocks, label = _read(piece, label)
        found += blocks
    return found


@lru_cache(maxsize=REMEMBERED)
def _read(piece: str, label: str) -> tuple[Sequence[Block], str]:
    """The blocks of a piece, whatever it leaves open, and the label that waits for what it is of."""
    before: list[Block] = []
    if piece.startswith("<figure") and (alternative := _FIGURE.match(piece)):
        end = piece.find("</figure>")
        drawn = piece[alternative.end() : end if end >= 0 else None]
        before.append(_picture(unescape(alternative[1]), drawn))
        piece = piece[end:] if end >= 0 else ""
    found = _read_plainly(piece, label) or _Parser(label).read(piece)
    return [*before, *found[0]], found[1]


class _StrangeError(Exception):
    """A piece is not written as pages are."""


def _read_plainly(piece: str, label: str) -> tuple[list[Block], str] | None:
    """The blocks of a piece, and the label that waits; None where it is not written as pages are."""
    entities = "&" in piece
    if _END in piece or _LABEL in piece or _NOT_READ in piece or _CUT in piece:
        return None
    if entities and _OPEN_ENTITY.search(piece):
        return None
    try:
        said = _said(piece)
    except _StrangeError:
        return None
    if entities:
        said = unescape(said)
    said = " ".join(said.split())  # on one line: marks are no spaces
    if _LABEL in said:
        return _labelled(said, label)
    blocks: list[Block] = [text for one in said.split(_END) if (text := one.strip(" ·"))]
    if label and blocks:
        blocks[0], label = f"{label}: {blocks[0]}", ""
    return blocks, label


def _labelled(said: str, label: str) -> tuple[list[Block], str]:
    blocks: list[Block] = []
    for one in said.split(_END):
        if not one or one == " ":  # most: where one element ends another often begins
            continue
        if _LABEL in one:
            *_, last, one = one.split(_LABEL)
            label = last.strip(" ·")
        if text := one.strip(" ·"):
            blocks.append(f"{label}: {text}" if label else text)
            label = ""
    return blocks, label


def _said(piece: str) -> str:
    """The texts of a piece with what its tags come to between them."""
    # Texts and tags in turn: each tag begins with its sign, or what stands there is no tag.
    parts = piece.replace("<", _CUT + "<").replace(">", _CUT).split(_CUT)
    if piece.count("<") * 2 + 1 != len(parts):
        raise _StrangeError
    parts[1::2], unread = _between(tuple(parts[1::2]))
    for at in unread:
        parts[at] = ""
    return "".join(parts)


@lru_cache(maxsize=REMEMBERED)
def _between(tags: tuple[str, ...]) -> tuple[Sequence[str], Sequence[int]]:
    """What the tags of a piece come to, and which of its parts are not read.

    Rows of a table, and the same row of all areas, differ in their texts alone.
    """
    marks = [*map(_marks.__getitem__, tags)]
    unread: list[int] = []
    if _NOT_READ not in marks:
        return marks, unread
    left, deep = "", 0  # the element that is left out, and how many of its name are open
    for at, mark in enumerate(marks):
        if left:
            tag = _plain_tag(tags[at])
            deep += tag.opens if tag.name == left else 0
        elif mark == _NOT_READ:
            tag = _plain_tag(tags[at])
            left, deep = tag.name, tag.opens
        else:
            continue
        marks[at] = ""
        if deep:
            unread.append(2 * at + 2)
        else:
            left = ""
    return marks, unread


class _PlainTag(NamedTuple):
    """A tag as it is written: what it comes to in a text, and by how many it opens or ends elements."""

    name: str
    mark: str
    opens: int


class _Marks(dict[str, str]):
    """What tags come to, as they are written: pages hold the same few again and again."""

    def __missing__(self, written: str) -> str:
        mark = _plain_tag(written).mark
        if len(self) < REMEMBERED:
            self[written] = mark
        return mark


@lru_cache(maxsize=REMEMBERED)
def _plain_tag(written: str) -> _PlainTag:
    found = _TAG.fullmatch(written)
    if found is None:
        raise _StrangeError
    ending, spelled, given, closed = found.groups()
    name = spelled.lower()
    if name in _BY_PARSER:
        raise _StrangeError
    if ending:
        return _PlainTag(name, _LABEL if name == "dt" else _END if name in _BREAKS else "", -1)
    attributes = {of.lower(): unescape(value) for of, value in _ATTRIBUTE.findall(given)}
    classes = attributes.get("class", "").split()
    hidden = attributes.get("aria-hidden") == "true" or ORDER in classes
    if name not in _VOID and (name in _UNREAD or hidden):
        mark = _NOT_READ
    elif name in _BREAKS:
        mark = _END + (_LABEL if closed and name == "dt" else "")
    elif name in {"td", "th"}:
        mark = " · "
    else:
        mark = " " if name == "br" or not _OWN_LINE.isdisjoint(classes) else ""
    return _PlainTag(name, mark, int(not closed))


_marks = _Marks()


def _picture(alternative: str, drawn: str) -> PictureBlock:
    lines = "\n".join(" ".join(line.split()) for line in alternative.strip().splitlines())
    return PictureBlock(lines, hashlib.sha256(drawn.encode()).hexdigest()[:16])


def _plain(text: str) -> str:
    """A text on one line, without the marks of empty cells around it."""
    return " ".join(text.split()).strip(" ·")


class _Parser(HTMLParser):
    """Reads a piece however it is written; a label in front of what it is of, cells side by side."""

    def __init__(self, label: str) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[Block] = []
        self._label = label
        self._words: list[str] = []
        self._left: list[str] = []  # an element that is not read, and those of its name in it

    def read(self, piece: str) -> tuple[list[Block], str]:
        """The blocks of a piece, and the label that waits."""
        self.feed(piece)
        self.close()
        self._end_block()
        return self._blocks, self._label

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._left:
            if tag == self._left[0]:
                self._left.append(tag)
            return
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        unread = given.get("aria-hidden") == "true" or ORDER in classes
        if (tag in _UNREAD or unread) and tag not in _VOID:
            self._left = [tag]
        elif tag == "img":
            self._end_block()
            self._blocks.append(_picture(given.get("alt", ""), given.get("src", "")))
        elif tag in _BREAKS:
            self._end_block()
        elif tag in {"td", "th"} and self._words:
            self._words.append(" · ")
        elif tag == "br" or not _OWN_LINE.isdisjoint(classes):
            self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._left:
            if tag == self._left[0]:
                self._left.pop()
        elif tag == "dt":
            self._label = self._text()
        elif tag in _BREAKS:
            self._end_block()

    def handle_data(self, data: str) -> None:
        if not self._left:
            self._words.append(data)

    def _text(self) -> str:
        text = _plain("".join(self._words))
        self._words = []
        return text

    def _end_block(self) -> None:
        if text := self._text():
            self._blocks.append(f"{self._label}: {text}" if self._label else text)
            self._label = ""
