"""The texts of two pages held against each other block by block, never byte by byte.

A page is cut where a section, a heading, a row of a table, a picture or folded code begins. A piece belongs to
the last heading before it, and to the goal its row names; what stands in both pages under the same
heading and goal, in whatever order, has not moved and is not even parsed. Order numbers, glyphs and
the drawing itself are no text; of a picture its text alternative is compared, which lists its
numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from itertools import pairwise, zip_longest
from typing import NamedTuple

from planlib.batch.difference.page_blocks import Block, PictureBlock, blocks_of

_CUT = re.compile(r'<(?:section|h[1-6]|tr|figure|/table|details class="pg-code")\b')
_MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
_BODY = re.compile(r"<body\b.*", re.DOTALL)
_HEADING = re.compile(r'<h([1-6])\b(?:[^>]*?\sid="([^"]*)")?[^>]*>(.*?)</h\1>', re.DOTALL)
_GOAL = re.compile(r'<tr\b[^>]*\sdata-goal="([^"]*)"')
_TAG = re.compile(r"<[^>]*>")


class TextMove(NamedTuple):
    """A block that moved, under its heading and goal; one side is empty where there was none."""

    section: str
    goal: str
    before: str
    after: str
    anchor: str = ""  # of the section, the same in every language

    @property
    def place(self) -> tuple[object, ...]:
        """Where something moved, whatever the language."""
        return self.anchor, self.goal, bool(self.before), bool(self.after)


class PictureMove(TextMove):
    """A picture that moved; the texts are its alternatives, the same where only the drawing is other."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """What it shows: the first line of its alternative."""
        return (self.after or self.before).partition("\n")[0]


@dataclass
class PagePieces:
    """The pieces of a page under one heading and goal."""

    section: str
    pieces: list[str]


def moved_blocks(old: str, new: str) -> tuple[list[TextMove], list[PictureMove]]:
    """What moved from one page to another: its texts, and its pictures.

    >>> texts, _ = moved_blocks(
    ...     "<h2>Tax</h2><p>5 of 6.</p><p>Fine.</p>", "<h2>Tax</h2><p>6 of 6.</p><p>Fine.</p>"
    ... )
    >>> texts
    [TextMove(section='Tax', goal='', before='5 of 6.', after='6 of 6.', anchor='Tax')]
    """
    texts: list[TextMove] = []
    pictures: list[PictureMove] = []
    before, after = _places(old), _places(new)
    for key in dict.fromkeys([*after, *before]):
        was, now = before.get(key), after.get(key)
        if was and now and was.pieces == now.pieces:
            continue
        known = now or was
        assert known is not None
        mine, its = _others(was.pieces if was else [], now.pieces if now else [])
        anchor, goal = key
        for one, other in _pairs(blocks_of(mine), blocks_of(its)):
            if isinstance(one, PictureBlock) or isinstance(other, PictureBlock):
                told = (_told(one), _told(other))
                pictures.append(PictureMove(known.section, goal, *told, anchor))
            else:
                texts.append(TextMove(known.section, goal, one or "", other or "", anchor))
    return texts, pictures


def _told(block: Block | None) -> str:
    return block.text if isinstance(block, PictureBlock) else block or ""


def _places(page: str) -> dict[tuple[str, str], PagePieces]:
    found = _MAIN.search(page) or _BODY.search(page)
    text = found[0] if found else page
    starts = [0, *(cut.start() for cut in _CUT.finditer(text)), len(text)]
    places: dict[tuple[str, str], PagePieces] = {}
    anchor = section = ""
    for start, end in pairwise(starts):
        piece = text[start:end]
        if piece.startswith("<h") and (heading := _HEADING.match(piece)):
            section = " ".join(unescape(_TAG.sub("", heading[3])).split())
            anchor = heading[2] or section
        goal = _GOAL.match(piece) if piece.startswith("<tr") else None
        key = anchor, unescape(goal[1]) if goal else ""
        here = places.get(key)
        if here is None:
            here = places[key] = PagePieces(section, [])
        here.pieces.append(piece)
    return places


def _others(old: Sequence[str], new: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The pieces of each that are not among the other's, in order, as often as they are too many."""
    both = {*old}.intersection(new)
    if not both:
        return old, new
    was, now = Counter(old), Counter(new)
    return _left(old, was - now), _left(new, now - was)


def _left(pieces: Sequence[str], left: Counter[str]) -> list[str]:
    found = []
    for piece in pieces:
        if left[piece] > 0:
            left[piece] -= 1
            found.append(piece)
    return found


def _pairs(
    old: Sequence[Block], new: Sequence[Block]
) -> Iterator[tuple[Block | None, Block | None]]:
    """What was and what is instead, side by side as far as both go."""
    both = {*old}.intersection(new)
    if not both:
        yield from zip_longest(old, new)
        return
    mine, its = ([block for block in blocks if block in both] for blocks in (old, new))
    if mine == its and len(mine) == len(both):  # each once, in one order: seen in one way only
        i = k = 0
        for block in mine:
            j, m = old.index(block, i), new.index(block, k)
            yield from zip_longest(old[i:j], new[k:m])
            i, k = j + 1, m + 1
        yield from zip_longest(old[i:], new[k:])
        return
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            yield from zip_longest(old[i:j], new[k:m])
