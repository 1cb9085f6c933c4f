"""Tables as columns, groups and cells; how they look in a format is the renderers' part.

Because every format comes from the same cells, what tests and terminals compare in words cannot
drift from what a reader sees.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from planlib.language.language import Language
from planlib.outlook.words import Outlook
from planlib.plan.brief import Brief
from planlib.plan.verdicts import Verdict
from planlib.report.strips import Mark
from planlib.report.vocabulary import LOOKS, OUTLOOKS, Look

Align = Literal["left", "right", "centre"]
SHORT_WORD = 5  # letters; longer words than these would not fit under a number


@dataclass(frozen=True)
class Column:
    """A column; ``key`` becomes a class name."""

    key: str
    title: str
    align: Align = "left"


@dataclass(frozen=True)
class Fact:
    """One line folded under a cell: what it is, what it says, and where it links.

    ``id`` names the kind of fact where its label comes from the catalogues, whatever the language.
    """

    label: str
    text: str
    link: str = ""
    id: str = ""


def safe_link(address: str | None) -> str:
    """An address a page may link to; empty for anything but the web (``javascript:`` is a link too).

    >>> safe_link("https://example.org/a"), safe_link("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    return address if address and address.startswith(("https://", "http://")) else ""


def fact(key: str, text: str, language: Language, link: str | None = None) -> Fact:
    """A fact under the catalogues' label for its key, which is its id."""
    return Fact(language(f"fact.{key}"), text, safe_link(link), key)


@dataclass(frozen=True, repr=False)
class Cell(Brief):
    """One cell. ``number`` is its text split at the decimal mark; ``items`` stand one a line.

    ``sure`` says how sure a verdict is, under it. ``strip`` draws that number on a scale, and says
    nothing that the row does not say in words.

    ``remarks`` are what an office says of what the row is about; they stand below the row.

    ``goal``, ``group``, ``area`` and ``reading`` name what the cell's row is about, for programs
    that read the page. ``link`` is where a page of a site leads from its words.
    """

    text: str = ""
    look: Look | None = None
    glyph_only: bool = False
    number: tuple[str, str] | None = None
    quiet: bool = False
    mark: str = ""
    under: str = ""
    sure: str = ""
    items: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    remarks: tuple[Fact, ...] = ()
    level: int = 0
    goal: str = ""
    reading: str = ""
    group: str = ""
    area: str = ""
    strip: tuple[Mark, ...] = ()
    link: str = ""


@dataclass(frozen=True, repr=False)
class Group(Brief):
    """Rows under a heading of their own; the first group may have none."""

    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    count: str = ""


@dataclass(frozen=True, repr=False)
class Table(Brief):
    """A table with its caption and the notes under it; ``look`` is a class name.

    ``drawn`` says how to read what only a page has: the strips in its cells, evidence that opens.
    """

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    caption: str
    notes: tuple[str, ...] = ()
    look: str = "office"
    drawn: str = ""


def verdict_cell(
    verdict: Verdict, language: Language, *, mark: str = "", under: str = "", sure: str = ""
) -> Cell:
    """A verdict's glyph and word."""
    return Cell(language.verdict(verdict), look=LOOKS[verdict], mark=mark, under=under, sure=sure)


def glyph_cell(verdict: Verdict | None, language: Language, *, sure: str = "") -> Cell:
    """A verdict as its glyph alone, for a grid; the word stays in the title."""
    if verdict is None:
        return Cell()
    return Cell(language.verdict(verdict), look=LOOKS[verdict], glyph_only=True, sure=sure)


def outlook_cell(outlook: Outlook, language: Language, *, under: str = "") -> Cell:
    """An outlook's glyph and word."""
    return Cell(language(f"outlook.{outlook}"), look=OUTLOOKS[outlook], under=under)


def number_cell(
    text: str, language: Language, *, quiet: bool = False, under: str = "",
    strip: tuple[Mark, ...] = (),
) -> Cell:  # fmt: skip
    """A printed number, lined up on its decimal mark, and with it a dash or a bare yes or no."""
    number = None if quiet else split_at_mark(text, language)
    if number is None and len(text) <= SHORT_WORD:
        number = (text, "")
    return Cell(text, number=number, quiet=quiet, under=under, strip=strip)


def split_at_mark(text: str, language: Language) -> tuple[str, str] | None:
    """A printed number before and from its decimal mark, to line numbers up; None for words.

    >>> split_at_mark("ước 79,5", Language("vi")), split_at_mark("1.234", Language("vi"))
    (('ước 79', ',5'), ('1.234', ''))
    """
    if not text or not text[-1].isdigit():
        return None
    found = re.fullmatch(rf"(.*\d)({re.escape(language.decimal_mark)}\d+)", text)
    return (found[1], found[2]) if found else (text, "")
