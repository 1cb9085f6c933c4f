"""The passages of a text, each with its place: paragraphs, items, headings, sentences."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

DEEPEST = 9  # a heading without a number, below any that has one
HEADING = 140  # characters of the longest
_ITEM = re.compile(
    r"\s*(?:[-–—•*+▪●○·]|\(?[0-9]{1,3}(?:\.[0-9]{1,3})*[.)]|\(?[a-zđ]\)|[IVX]{1,5}[.)]|[0-9]{1,2}(?:\.[0-9a-z]{1,2})+(?=\s+[A-ZÀ-ỸĐ]))\s+"
)
_NUMBERED = re.compile(r"\s*(?:[0-9]{1,2}(?:\.[0-9]{1,2})*\.?|[IVX]{1,5}\.|[A-ZĐ]\.|#+)\s+\S")
_LABELLED = re.compile(
    r"(?:[^\W\d_]+\s+){1,2}[0-9]{1,2}(?:\.[0-9]{1,2})?\s*[–—:.-]\s*[^\W\d_][^0-9]*"
)
_LABEL = re.compile(
    r"^\W*(?:(?:[0-9]{1,3}(?:\.[0-9]{1,2})*|[a-zđ]|[ivx]{1,4})[.)](?:\s+|$)|[0-9]{1,2}(?:\.[0-9]{1,2})+\s+)?\W*",
    re.I,
)
_YEARS = re.compile(r"(?:19|20|21)[0-9]{2}(?:\s?[/–-]\s?[0-9]{2,4})?")
_ENDED = re.compile(r"[.!?:;…]['\"”»)]?\s*$")


@dataclass(frozen=True)
class Passage:
    """A paragraph, an item of a list, a heading or a row of a table.

    ``lines`` are where each line of the file begins in the text, with its number; ``section`` and
    ``paragraph`` cite it: the nearest heading, and its place below it counted from 1. ``head`` are the
    heads of the columns that a row stands below.
    """

    text: str
    heading: bool = False
    row: bool = False
    page: int | None = None
    lines: tuple[tuple[int, int], ...] = ()
    section: str = ""
    paragraph: int = 1
    head: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()  # of a row: a merged cell stands in each of its columns
    opens: bool = False  # the first row of its table

    def line_at(self, at: int) -> int | None:
        """The line of the file in which a place of the text lies; None where files have no lines."""
        if not self.lines:
            return None
        return self.lines[max(0, bisect_right([start for start, _ in self.lines], at) - 1)][1]


def from_lines(text: str, page: int | None = None, first: int = 1) -> list[Passage]:
    """The passages of plain text; lines that were broken at the edge of a page are joined again."""
    lines = unicodedata.normalize("NFC", text).replace("\t", " ").splitlines()
    width = max((len(line.rstrip()) for line in lines), default=0)
    blocks: list[list[tuple[int, str]]] = []
    open_block = False
    for number, line in enumerate(lines, first):
        if not line.strip():
            open_block = False
            continue
        if open_block and _continues(blocks[-1][-1][1], line, width):
            blocks[-1].append((number, line))
        else:
            blocks.append([(number, line)])
        open_block = True
    return [_joined(block, page) for block in blocks]


def _continues(last: str, line: str, width: int) -> bool:
    if _ITEM.match(line) or len(last.rstrip()) < min(0.6 * width, 60):
        return False
    if _ENDED.search(last):
        return False
    start = line.strip()[:1]
    return start.islower() or not start.isalpha() or (width <= 120 and len(last) >= 0.7 * width)


def _joined(block: Sequence[tuple[int, str]], page: int | None) -> Passage:
    text, lines = "", []
    for number, line in block:
        piece = line.strip().replace("**", "").replace("__", "")
        lines.append((len(text) + bool(text), number))
        text += (" " if text else "") + piece
    return Passage(text, looks_like_heading(text), page=page, lines=tuple(lines))


def looks_like_heading(text: str) -> bool:
    """Whether a short line is a heading: numbered or in capitals, no sentence and no amount."""
    text = text.strip()
    if len(text) > HEADING or re.search(r"[%€£$]|[.;,]\s*$", text) or text[:1] in "-–•*+▪●":
        return False
    capitals = text.isupper() and len(text) > 3
    short = text.endswith(":") and len(text) < 90
    labelled = len(text) < 90 and _LABELLED.fullmatch(text) and not _ENDED.search(text)
    return bool(capitals or short or labelled or (_NUMBERED.match(text) and len(text) < 90)
                or re.match(r"#+\s", text))  # fmt: skip


def placed(passages: Iterable[Passage], speaks: Callable[[str], bool]) -> list[Passage]:
    """Each with its heading and its number below it.

    ``speaks`` says that words are a sentence, however short: they are no heading.
    """
    found: list[Passage] = []
    section, number, head = "", 0, tuple[str, ...]()
    for one in passages:
        first = not found and len(one.text) <= 2 * HEADING and not _ENDED.search(one.text)
        titled = first or (_titles(one.text) and not speaks(one.text))
        heading = not one.row and (one.heading or titled)
        if heading:
            section, number = " ".join(one.text.strip(" #:").split()), 0
        else:
            number += 1
        if one.opens or not one.row:
            head = ()
        found.append(
            replace(one, heading=heading, section=section, paragraph=max(number, 1), head=head)
        )
        if one.row:
            head = _head(head, one.cells or tuple(part.strip() for part in one.text.split("|")))
    return found


def _head(head: tuple[str, ...], cells: tuple[str, ...]) -> tuple[str, ...]:
    """The heads of columns after a row: the first row, joined by a second one of years alone."""
    if not head:
        return cells
    more = [b for a, b in zip(head, cells, strict=False) if b and b != a]
    if len(cells) != len(head) or not more or not all(map(_YEARS.fullmatch, more)):
        return head
    return tuple(a if b in {"", a} else f"{a} {b}" for a, b in zip(head, cells, strict=True))


def as_row(cells: Sequence[str], merged: Sequence[bool], line: int, *, opens: bool) -> Passage:
    """A row of a table; ``merged`` are cells that go on from the column before or the row above."""
    shown = ["" if again else cell for cell, again in zip(cells, merged, strict=True)]
    text = " | ".join(shown if any(shown[1:]) else shown[:1])
    return Passage(text, row=True, lines=((0, line),), cells=tuple(cells), opens=opens)


def unlabelled(text: str) -> str:
    """A text without the label of an item that it begins with: ``- ``, ``b)``, ``1.2``."""
    return _LABEL.sub("", text, count=1)


def level_of(heading: str) -> int:
    """How deep a heading lies by its number: I, then A and 1, then 1.1; in capitals the highest."""
    text = heading.strip()
    if marks := re.match(r"#+(?=\s)", text):
        return len(marks[0])
    if re.match(r"[IVX]+[.)]", text):
        return 1
    if dotted := re.match(r"[0-9]+(?:\.[0-9]+)*", text):
        return 2 + dotted[0].count(".")
    if re.match(r"[A-ZĐ][.)]\s", text):
        return 2
    if re.match(r"[a-zđ]\)", text):
        return 4
    return 0 if text.isupper() else DEEPEST


def _titles(text: str) -> bool:
    """A short line that is no sentence and holds no number but years."""
    plain = re.sub(r"(?:19|20|21)[0-9]{2}", "", text)
    return (
        len(text) < 80 and not _ITEM.match(text) and not re.search(r"[.;,!?%|]\s*$|[0-9]|\|", plain)
    )


def sentences(text: str, abbreviations: Iterable[str]) -> list[tuple[int, int]]:
    """Where each sentence of a passage begins and ends."""
    short = {one.lower() for one in abbreviations}
    ends: list[int] = []
    for match in re.finditer(
        r"[.!?…]+['\"”»)]*(?=\s+\S)|\s[-•▪●]\s(?=[A-ZÀ-ỸĐ])|(?<=[.;:])\s*[-–•▪●]\s", text
    ):
        before = re.search(r"([\w.]+)$", text[: match.start()])
        after = text[match.end() :].lstrip()[:1]
        if match[0][0] == "." and before and before[1].lower() in short:
            continue
        if match[0][0] == "." and (
            after.islower() or (before and len(before[1]) == 1 and before[1].isupper())
        ):
            continue
        if match[0][0] == "." and re.fullmatch(
            r"\s*\(?[0-9]{1,3}(?:\.[0-9]{1,2})*", text[: match.start()]
        ):
            continue  # the number of an item
        ends.append(match.end())
    starts = [0, *ends]
    return [(a, b) for a, b in zip(starts, [*ends, len(text)], strict=True) if text[a:b].strip()]
