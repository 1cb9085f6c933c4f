"""The table of contents of a page, read from the headings its outputs really hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bs4 import BeautifulSoup, SoupStrainer  # type: ignore[attr-defined]  # its stubs forget it
from bs4.element import Tag

from planlib.language.foreign import remembered
from planlib.language.language import ForeignWords

# The banner over made-up figures; what is looked for stands in a tag, for texts are escaped.
_WARNING = re.compile(r'<[^<>]*\bclass="[^"]*\bpl-illustrative\b')
_SPACE = re.compile(r"[ \t\r\n]+")  # not what keeps a sign at its word
_HEADINGS = SoupStrainer(["h1", "h2"])
# A page is fifty times what its headings are, so these alone are parsed, unless a heading might stand
# where it is none: in a comment, in a script, in an attribute.
_HEADING = re.compile(r"<h([12])\b.*?</h\1\s*>", re.DOTALL | re.IGNORECASE)
_HIDING = re.compile(
    r"""<!|<(?:script|style|textarea|title|template)\b|=\s*(?:"[^">]*<h[12]|'[^'>]*<h[12])""",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ContentsEntry:
    """A heading that can be linked to; ``text`` is plain, not HTML, and knows its foreign names."""

    anchor: str
    text: str


@dataclass(frozen=True)
class Contents:
    """What a page holds: its ``<h2 id>`` headings, a title, a warning of made-up figures, a file
    of figures.
    """

    headings: tuple[ContentsEntry, ...]
    has_title: bool
    illustrative: bool
    download: bool = False


def read_contents(html: str) -> Contents:
    """Read the headings and the warning of a piece of HTML.

    >>> found = read_contents('<h2 id="a">1. <b>Kinh tế</b> &amp; xã hội</h2><p class="x y">…</p>')
    >>> found.headings, found.has_title, found.illustrative
    ((ContentsEntry(anchor='a', text='1. Kinh tế & xã hội'),), False, False)
    >>> read_contents("<h2 id=a>1</h2><!-- <h2 id=b>2</h2> --><p title='<h2 id=c>'>").headings
    (ContentsEntry(anchor='a', text='1'),)
    """
    lower = html.lower()
    told = ""
    if "<h1" in lower or "<h2" in lower:
        told = html if _HIDING.search(html) else "".join(one[0] for one in _HEADING.finditer(html))
    return Contents(*_headings(told), _WARNING.search(html) is not None, '<a download="' in html)


@lru_cache(maxsize=256)
def _headings(html: str) -> tuple[tuple[ContentsEntry, ...], bool]:
    """The headings that can be linked to, and whether there is a title: thousands of pages have the same."""
    found = BeautifulSoup(html, "html.parser", parse_only=_HEADINGS)
    headings = tuple(
        ContentsEntry(str(tag["id"]), _text_of(tag)) for tag in found.find_all("h2", id=True)
    )
    return headings, found.h1 is not None


def _text_of(tag: Tag) -> str:
    text = _SPACE.sub(" ", tag.text).removesuffix("¶").strip()
    marked = [
        (_SPACE.sub(" ", one.text), str(one["lang"])) for one in tag.find_all("span", lang=True)
    ]
    names = [ForeignWords.within(words, words, lang) for words, lang in marked]
    return remembered(text, names) if names else text
