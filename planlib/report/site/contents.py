"""The table of contents of a page, read from the headings its outputs really hold."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser


@dataclass(frozen=True)
class Heading:
    """A heading that can be linked to; ``text`` is plain, not HTML."""

    anchor: str
    text: str


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.headings: list[Heading] = []
        self.classes: set[str] = set()
        self.titles = 0
        self._anchor: str | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.classes.update((given.get("class") or "").split())
        self.titles += tag == "h1"
        if tag == "h2" and given.get("id"):
            self._anchor, self._text = given["id"], []

    def handle_endtag(self, tag: str) -> None:
        if tag == "h2" and self._anchor is not None:
            text = " ".join("".join(self._text).split()).removesuffix("¶").strip()
            self.headings.append(Heading(self._anchor, text))
            self._anchor = None

    def handle_data(self, data: str) -> None:
        if self._anchor is not None:
            self._text.append(data)


@dataclass(frozen=True)
class Contents:
    """What a page holds: its ``<h2 id>`` headings, its classes, whether it has a title."""

    headings: tuple[Heading, ...]
    classes: frozenset[str]
    has_title: bool


def read_contents(html: str) -> Contents:
    """Read the headings and classes of a piece of HTML.

    >>> found = read_contents('<h2 id="a">1. <b>Kinh tế</b> &amp; xã hội</h2><p class="x y">…</p>')
    >>> found.headings, sorted(found.classes), found.has_title
    ((Heading(anchor='a', text='1. Kinh tế & xã hội'),), ['x', 'y'], False)
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Contents(tuple(reader.headings), frozenset(reader.classes), reader.titles > 0)
