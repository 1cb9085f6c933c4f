"""A page as a tree, read with Beautiful Soup over Python's own parser, which repairs nothing.

What a browser would take for something else than this parser does is told, never guessed: an
attribute written twice, and an element that closes itself though it cannot. Pictures are cut out
first, each in its place: they are not read, and make four fifths of a page.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from operator import attrgetter
from xml.parsers.expat import ExpatError, ParserCreate

from bs4 import BeautifulSoup, Tag
from bs4.builder import ParserRejectedMarkup
from bs4.builder._htmlparser import HTMLParserTreeBuilder
from bs4.element import NavigableString, PreformattedString, Stylesheet

from planlib.errors import printable

DEEPEST = 200  # a page of ours is some thirty elements deep
MOST = 300_000  # elements of a page; the index of 11,000 areas has fewer
MOST_EMPTY = 500  # elements without an end; each costs the parser time at every end of another
MANY = 700_000  # signs that begin a tag or a letter told by name; each costs the parser time
LARGEST = 24_000_000  # letters of a page
LONGEST = 20_000  # letters of a tag; the longest of ours, with a picture's words, has a tenth
NARROW, _KEPT = "\u202f", "\ue000"
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_EMPTY = "br hr img input link meta col wbr"
# A browser takes the tag for one that begins, and what follows for its content.
_CLOSES_ITSELF = re.compile(rf"<(?!(?:{_EMPTY.replace(' ', '|')})\b)[a-zA-Z][^<>]*/>")
_DOWNLOAD = re.compile(
    r'(<a download="[A-Za-z0-9._-]+" )href="data:text/csv;charset=utf-8,([^"<>&\s#]*)">'
)
_DESCRIBED = re.compile(
    r'(?<=</title>\n)<script type="application/ld\+json">([^<>]*)</script>(?=\n<style>)'
)
# The parser takes ages over tags that never end, and over comments of that kind.
_ENDLESS = re.compile(rf"<[^>]{{{LONGEST}}}")


class Unlike(ValueError):
    """A page that no page of planlib's is like: too large, too deep, endless or misleading."""


@dataclass(frozen=True)
class ReadPage:
    """The tree of a page, or of a piece of one, and what was cut out of it as text: its ``pictures``,
    the ``downloads`` in the addresses of links, and what it was ``described`` as to programs.
    """

    root: Tag
    pictures: tuple[str, ...]
    downloads: tuple[str, ...] = ()
    described: tuple[str, ...] = ()

    @property
    def odd(self) -> list[str]:
        """The comments, declarations and instructions in it, cut short."""
        found = (one for one in self.root.descendants if isinstance(one, PreformattedString))
        return [f"{one.PREFIX}{one[:60]}{one.SUFFIX.strip()}" for one in found]


def read_page(text: str) -> ReadPage:
    """Read a page. Raises Unlike for what no page of planlib's is like.

    >>> page = read_page(
    ...     "<!DOCTYPE html><p class=a>one <b>two</b><svg><g>three</g></svg><!-- b -->"
    ... )
    >>> text_of(page.root), page.odd, page.pictures
    ('one two', ['<!DOCTYPE html>', '<!-- b -->'], ('<svg><g>three</g></svg>',))
    """
    if len(text) > LARGEST or text.count("<") + text.count("&") > MANY:
        raise Unlike
    # Nothing in one can end it early, so a browser ends it there too, and runs nothing of it.
    described = tuple(_DESCRIBED.findall(text))
    text, pictures = _without_pictures(_DESCRIBED.sub("", text))
    text, downloads = _without_downloads(text)
    # A comment that does not end, or a section of data, is sought an end for by each that follows.
    open_comment = text.rfind("<!--") > text.rfind("-->")
    if open_comment or "<![" in text or _ENDLESS.search(text) or _CLOSES_ITSELF.search(text):
        raise Unlike
    try:
        root = _Root(text, builder=_Bounded(), element_classes={Tag: _Element})
    except ParserRejectedMarkup:
        raise Unlike from None
    root.write_down()
    # What was cut out was a picture to the parser too, no part of an attribute or a comment.
    if len(root.find_all("svg")) != len(pictures) or not all(map(_whole, pictures)):
        raise Unlike
    # So with a download: each stands in a link of its own, and no link stands for another's.
    held = [attribute(one, "href") for one in root.find_all("a") if one.has_attr("download")]
    if held != [f"data:{number}" for number in range(len(downloads))]:
        raise Unlike
    return ReadPage(root, pictures, downloads, described)


class _Element(Tag):
    """Elements in it are sought by tag and class alone, where the page has written them down.

    Beautiful Soup's own search looks at every element inside, each time.
    """

    page: _Root
    at: int  # the element's number among those of the page
    end: int  # the number behind the last one inside

    def find_all(  # type: ignore[override]
        self, name: str = "", *, class_: str = ""
    ) -> list[_Element]:
        """The elements inside, of a tag and of a class where given, as they follow one another."""
        listed = self.page.of_class[class_] if class_ else self.page.of_tag[name]
        begin, end = (bisect_left(listed, at, key=_at) for at in (self.at + 1, self.end))
        return [one for one in listed[begin:end] if not class_ or name in ("", one.name)]


_at = attrgetter("at")


class _Root(_Element, BeautifulSoup):
    """The page that holds them, each by its tag and its classes once the page is read."""

    def write_down(self) -> None:
        """Number the elements; those of every tag are under no name."""
        self.of_tag: defaultdict[str, list[_Element]] = defaultdict(list)
        self.of_class: defaultdict[str, list[_Element]] = defaultdict(list)
        inside = [one for one in self.descendants if isinstance(one, _Element)]
        for at, one in enumerate([self, *inside]):
            one.page, one.at, one.end = self, at, at + 1
        for one in inside:
            for name in ("", one.name):
                self.of_tag[name].append(one)
            for name in set(classes(one)):
                self.of_class[name].append(one)
        for one in reversed(inside):
            around = one.parent
            assert isinstance(around, _Element)
            around.end = max(around.end, one.end)


def take_out(root: Tag, found: list[Tag]) -> None:
    """Take elements out of a page, which holds them no more."""
    for node in found:
        node.extract()
    if found:
        assert isinstance(root, _Root)
        root.write_down()


def _without_pictures(text: str) -> tuple[str, tuple[str, ...]]:
    begin, *rest = text.split("<svg")
    left, pictures = [begin], []
    for part in rest:
        inside, end, after = part.partition("</svg>")
        if not end:  # one in another, or none that ends: the parser sees what it is
            left += ["<svg", part]
            continue
        pictures.append(f"<svg{inside}{end}")
        left += ["<svg></svg>", after]
    return "".join(left), tuple(pictures)


def _without_downloads(text: str) -> tuple[str, tuple[str, ...]]:
    """A page whose links to files in themselves have a number for an address, and those files."""
    found: list[str] = []

    def numbered(link: re.Match[str]) -> str:
        found.append(link[2])
        return f'{link[1]}href="data:{len(found) - 1}">'

    return _DOWNLOAD.sub(numbered, text), tuple(found)


class _Bounded(HTMLParserTreeBuilder):
    """Stops at a page that would take ages, and hides nothing that stands in one."""

    def __init__(self) -> None:
        super().__init__(
            multi_valued_attributes={"*": {"class"}},
            string_containers={"style": Stylesheet},
            on_duplicate_attribute=_told_twice,
            store_line_numbers=False,
        )
        self._elements = self._empty = 0

    def set_up_substitutions(self, tag: Tag) -> bool:
        """Called for every element; no value of it is made another."""
        self._elements += 1
        self._empty += self.can_be_empty_element(tag.name)
        if self._elements > MOST or self._empty > MOST_EMPTY or self._depth() > DEEPEST:
            raise Unlike
        return False

    def _depth(self) -> int:
        return len(self.soup.tagStack) if self.soup is not None else 0


def _told_twice(attributes: dict[str, str], name: str, value: str) -> None:
    """Of an attribute that stands twice a browser takes the first, others the last: no page has it."""
    attributes[f"{name} {name}"] = value


def _whole(picture: str) -> bool:
    """Whether a picture ends where its text does: an end in an attribute would let it go on."""
    try:
        ParserCreate().Parse(picture, True)
    except ExpatError:
        return False
    return True


@lru_cache(maxsize=4096)  # most are names and words that stand on every page
def plain(text: str) -> str:
    """A text on one line as a page shows it: controls spelled out, those of direction left out.

    The narrow space that parts thousands in some languages parts nothing else.

    >>> plain("a\u2068 \u202eb\u202c\u2069")
    'a b'
    """
    line = printable(_DIRECTION.sub("", text)).replace(NARROW, _KEPT)
    return " ".join(line.split()).replace(_KEPT, NARROW)


def attribute(node: Tag, name: str) -> str:
    """An attribute of an element, empty where it has none."""
    return str(node.get(name) or "")


def classes(node: Tag) -> list[str]:
    """The names in the ``class`` of an element."""
    return list(node.get_attribute_list("class"))


def rows_of(node: Tag) -> list[Tag]:
    """The rows of tables inside that tell of something: no heads, no line over others, no remark."""
    return [row for row in node.find_all("tr") if not classes(row) and row.find_all("td")]


def text_of(node: Tag, *, without: tuple[str, ...] = ()) -> str:
    """The words in an element on one line, leaving out elements of some classes."""
    texts = (one for one in node.descendants if type(one) is NavigableString)
    if without:
        left = set(without)
        texts = (
            one
            for one in texts
            if not any(
                left & set(classes(around))
                for around in takewhile(lambda above: above is not node, one.parents)
            )
        )
    return plain("".join(texts))


def texts_of(node: Tag, tag: str = "", *, of: str = "") -> list[str]:
    """The words of each element in another, of a tag and of a class where given."""
    return [text_of(one) for one in node.find_all(tag, class_=of)]
