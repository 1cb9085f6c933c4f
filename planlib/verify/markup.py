"""A page as a tree, read with Python's own parser: enough of HTML to find tables and their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from planlib.errors import printable

DEEPEST = 200  # a page of ours is some thirty elements deep
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "col", "wbr"})
_ASIDE = (("<!--", "-->"), ("<svg", "</svg>"), ("<style", "</style>"))
# No tag of ours is nearly as long; the parser takes ages over tags that never end.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ENDLESS = re.compile(r"<[^>]{20000}")


def plain(text: str) -> str:
    """A text on one line as a page shows it: controls spelled out, those of direction left out.

    >>> plain("a\u2068 \u202eb\u202c\u2069")
    'a b'
    """
    return " ".join(printable(_DIRECTION.sub("", text)).split())


@dataclass
class Node:
    """An element; ``children`` are elements and texts in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

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


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in _VOID and len(self._open) < DEEPEST:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def read_html(text: str) -> Node:
    """The tree of a page or a piece of one, without its pictures; never fails.

    Text with a tag that does not end has an empty tree.

    >>> read_html("<p class=a>one <b>two</b><svg>three</svg></p>").text()
    'one two'
    """
    for opening, closing in _ASIDE:
        text = "".join(_outside(text, opening, closing))
    reader = _Reader()
    if not _ENDLESS.search(text):
        reader.feed(text)
        reader.close()
    return reader.root


def _outside(text: str, opening: str, closing: str) -> Iterator[str]:
    """What stands outside of what is opened and closed; nothing after what is not closed."""
    at = 0
    while (start := text.find(opening, at)) >= 0:
        yield text[at:start]
        end = text.find(closing, start)
        if end < 0:
            return
        at = end + len(closing)
    yield text[at:]
