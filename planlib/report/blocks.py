"""What pages are made of: a handful of blocks that know neither a format nor a verdict's meaning.

A page is a list of these. How one looks on a screen, in a terminal or in a document is up to the
renderers in ``planlib.report.render``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planlib.plan.brief import Brief
from planlib.report.layout import Fact, Table
from planlib.report.vocabulary import Look

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, repr=False)
class Title(Brief):
    """The question a page answers, what it is about, and a banner where it must warn.

    ``colon`` is what the language sets between a fact's label and its text.
    """

    question: str
    facts: tuple[Fact, ...] = ()
    banner_word: str = ""
    banner: str = ""
    colon: str = ":"


@dataclass(frozen=True)
class Heading:
    """A heading. ``anchor`` is ASCII, the same in every language and year, so that links keep
    working; ``level`` is 2, or 3 below one of those.
    """

    text: str
    anchor: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``lead`` for the one sentence a hurried reader should see."""

    text: str
    lead: bool = False


@dataclass(frozen=True, repr=False)
class Items(Brief):
    """A list, one line each; ``label`` of a line is not shown."""

    lines: tuple[Fact, ...]


@dataclass(frozen=True)
class Count:
    """How many there are of one kind; ``text`` is the number as it is printed."""

    look: Look
    word: str
    count: int
    text: str


@dataclass(frozen=True, repr=False)
class Counts(Brief):
    """Counts side by side, or as a bar; ``of`` says what is counted, for programs: ``verdicts``, ``outlooks``."""

    counts: tuple[Count, ...]
    of: str = "verdicts"


@dataclass(frozen=True, repr=False)
class Chart(Brief):
    """A chart drawn already; ``alt`` says the finding and lists the numbers shown."""

    figure: Figure
    alt: str


@dataclass(frozen=True)
class Placeholder:
    """A place that only the office can fill: ``text`` says with what, ``answers`` what it has said.

    The ``id`` of an answer, and ``key`` of a gap without one, name it to those who take it back; the
    ``label`` of an answer ends in the language's colon.
    """

    text: str
    key: str = ""
    answers: tuple[Fact, ...] = ()


@dataclass(frozen=True, repr=False)
class Remarks(Brief):
    """What an office says in its own words; the ``label`` of each says whose they are."""

    said: tuple[Fact, ...]


@dataclass(frozen=True, repr=False)
class Download(Brief):
    """A file that a page holds and gives to who asks: its ``label``, name and text."""

    label: str
    name: str
    text: str


Block = (
    Title | Heading | Paragraph | Items | Counts | Table | Chart | Placeholder | Remarks | Download
)


def items(lines: Iterable[str | Fact]) -> Items:
    """A list of texts, or of facts that carry a link."""
    return Items(tuple(line if isinstance(line, Fact) else Fact("", line) for line in lines))
