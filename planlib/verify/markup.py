"""A page as a tree, read with Python's own parser: enough of HTML to find tables and their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from planlib.errors import printable

DEEPEST = 200  # a page of ours is some thirty elements deep
MOST = 300_000  # elements of a page; the index of 11,000 areas has fewer
MANY = 700_000  # signs that begin a tag or a letter told by name; each costs the parser time
LARGEST = 24_000_000  # letters of a page
LONGEST = 20_000  # letters of a tag; the longest of ours, with a picture's words, has a tenth
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "col", "wbr"})
_ASIDE = (("<svg", "</svg>"), ("<style", "</style>"))
# The parser takes ages over tags that never end, and over comments of that kind.
_ENDLESS = re.compile(rf"<[^>]{{{LONGEST}}}")


def plain(text: str) -> str:
    """A text on one line as a page shows it: controls spelled out, those of direction left out.

    >>> plain("a\u2068 \u202eb\u202c\u2069")
    'a b'
    """
    return " ".join(printable(_DIRECTION.sub("", text)).split())


class Node:
    """An element; ``children`` are elements and texts in order."""

    __slots__ = ("attributes", "children", "tag")

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag, self.attributes = tag, attributes
        self.children: list[Node | str] = []

    @property
    def classes(self) -> list[str]:
        """The names in its ``class``."""
        return self.attributes.get("class", "").split()

    def every(self, tag: str = "", *, of: str = "") -> Iterator[Node]:
        """The elements below it, in order, of a tag and of a class where given."""
        for child in self.children:
            if isinstance(child, Node):
                if (not tag or child.tag == tag) and (not of or of in child.classes):
                    yield child
                yield from child.every(tag, of=of)

    def text(self, *, without: tuple[str, ...] = ()) -> str:
        """The words in it on one line, leaving out elements of some classes."""
        return plain("".join(self._texts(without)))

    def _texts(self, without: tuple[str, ...]) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif not set(child.classes) & set(without):
                yield from child._texts(without)


class Endless(ValueError):
    """A page that no page of planlib's is like: too many elements, too deep, or an endless tag."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.odd: list[str] = []
        self._open = [self.root]
        self._count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._count += 1
        if self._count > MOST or len(self._open) > DEEPEST:
            raise Endless
        node = Node(tag, {name: value or "" for name, value in attrs} if attrs else {})
        self._open[-1].children.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        self.odd.append(f"<!--{data[:60]}-->")

    def handle_decl(self, decl: str) -> None:
        self.odd.append(f"<!{decl[:60]}>")

    def handle_pi(self, data: str) -> None:
        self.odd.append(f"<?{data[:60]}>")

    def unknown_decl(self, data: str) -> None:
        self.odd.append(f"<![{data[:60]}]>")


def read_html(text: str) -> Node:
    """The tree of a page or a piece of one, without its pictures and styles.

    Raises Endless for what no page of planlib's is like.

    >>> read_html("<p class=a>one <b>two</b><svg>three</svg></p>").text()
    'one two'
    """
    return read_page(text)[0]


def read_page(text: str) -> tuple[Node, list[str], list[str]]:
    """The tree of a page, its comments and declarations, and its pictures and styles as text.

    >>> read_page("<!DOCTYPE html><p>a<!-- b --><style>c</style>")[1:]
    (['<!DOCTYPE html>', '<!-- b -->'], ['<style>c</style>'])
    """
    if len(text) > LARGEST or text.count("<") + text.count("&") > MANY:
        raise Endless
    aside: list[str] = []
    for opening, closing in _ASIDE:
        text = "".join(_outside(text, opening, closing, aside))
    if _ENDLESS.search(text):
        raise Endless
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.root, reader.odd, aside


def _outside(text: str, opening: str, closing: str, aside: list[str]) -> Iterator[str]:
    """What stands outside of what is opened and closed; what is not closed is left for the parser."""
    at = 0
    while (start := text.find(opening, at)) >= 0:
        end = text.find(closing, start)
        if end < 0:
            break
        yield text[at:start]
        at = end + len(closing)
        aside.append(text[start:at])
    yield text[at:]
