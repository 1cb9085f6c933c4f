"""Names that would turn the words around them keep their direction to themselves.

A name in Arabic or Hebrew, or one that holds a control such as U+202E, changes the order in which
a whole line is shown. Between the isolates of Unicode (UAX #9) it turns only itself; the isolates
need no markup, so they work in HTML, in the titles of a page and in the text of a picture.
"""

from __future__ import annotations

import re
import unicodedata

from planlib.errors import printable

_ISOLATE, _END_ISOLATE, _END_EMBEDDING = "\u2068", "\u2069", "\u202c"
_EMBEDDINGS = "\u202a\u202b\u202d\u202e"
_ISOLATES = "\u2066\u2067\u2068"
CONTROLS = f"{_EMBEDDINGS}{_ISOLATES}{_END_ISOLATE}{_END_EMBEDDING}"
_STRONG = ("R", "AL", "RLE", "RLO", "RLI")
# Whatever is not plain left-to-right text: a quick look that most texts pass.
_SUSPECT = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufeff\U00010800-\U0001efff]"
)


_ISOLATED = re.compile(f"{_ISOLATE}([^{CONTROLS}]*){_END_ISOLATE}")  # with no control in it


def isolated(text: str) -> str:
    """The text, between isolates where it would turn what stands beside it.

    Controls without their end get one, ends without a beginning go. Doing it again changes
    nothing.

    >>> isolated("Kinh tế"), ascii(isolated("a\u202eb"))
    ('Kinh tế', "'\\\\u2068a\\\\u202eb\\\\u202c\\\\u2069'")
    >>> isolated(isolated("a\u202eb")) == isolated("a\u202eb")
    True
    """
    if not _SUSPECT.search(text):
        return text
    parts: list[str] = []
    open_: list[str] = []
    turning = False
    for letter in text:
        turning |= not open_ and letter != _ISOLATE and unicodedata.bidirectional(letter) in _STRONG
        if letter in _EMBEDDINGS:
            open_.append(_END_EMBEDDING)
            turning |= len(open_) == 1
        elif letter in _ISOLATES:
            open_.append(_END_ISOLATE)
        elif letter == _END_EMBEDDING:
            if not open_ or open_[-1] != letter:
                continue
            open_.pop()
        elif letter == _END_ISOLATE:
            if letter not in open_:
                continue
            while open_[-1] != letter:
                parts.append(open_.pop())
            open_.pop()
        parts.append(letter)
    whole = "".join([*parts, *reversed(open_)])
    return f"{_ISOLATE}{whole}{_END_ISOLATE}" if turning else whole


def shown(text: str) -> str:
    r"""A text as a page or a picture may hold it: isolated, other control characters spelled out.

    >>> shown("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    if not text.isprintable():
        text = printable(text, but=CONTROLS + "\n\t\r")
    return text if text.isascii() else isolated(text)


def for_terminal(text: str) -> str:
    r"""A text as a terminal may show it: isolates around what runs from right to left, no other control.

    >>> ascii(for_terminal("\u2068a\u2069 \u2068\u05e9\u2069 \u2068b\u202ec\u202c\u2069"))
    "'a \\u2068\\u05e9\\u2069 b\\\\u202ec\\\\u202c'"
    """
    if not _SUSPECT.search(text):
        return printable(text)
    shown_so = []
    for at, part in enumerate(_ISOLATED.split(text)):
        harmless = printable(re.sub(f"[{_ISOLATE}{_END_ISOLATE}]", "", part))
        turns = at % 2 and any(unicodedata.bidirectional(letter) in _STRONG for letter in part)
        shown_so.append(f"{_ISOLATE}{harmless}{_END_ISOLATE}" if turns else harmless)
    return "".join(shown_so)


def undirected(text: str) -> str:
    """The text without any control of its direction."""
    return re.sub(f"[{CONTROLS}]", "", text) if _SUSPECT.search(text) else text
