"""A whole text read: its language, its term, its proposals, and every number in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from planlib.errors import refused, said
from planlib.exchange.text.files.formats import read_passages
from planlib.exchange.text.grammar.lexicon import lexicon, lexicons
from planlib.exchange.text.grammar.times import Time
from planlib.exchange.text.outline import Outline
from planlib.exchange.text.passages import Passage, placed
from planlib.exchange.text.promises import PromiseReader
from planlib.exchange.text.proposals import ListedNumber, Proposal
from planlib.language.guess import language_of

HEAD = 12  # passages in which the term of a plan is looked for first
CLEAR = 4000  # characters by which a language is told
COUNCIL_TERM = 5  # years: 2010-2015 is five years of which the first is that of the election


@dataclass
class TextReading:
    """What a text says: ``first`` and ``last`` are the years of its term, None where it tells none."""

    file: Path
    lang: str
    title: str
    proposals: list[Proposal] = field(default_factory=list)
    listed: list[ListedNumber] = field(default_factory=list)
    first: int | None = None
    last: int | None = None
    base: int | None = None


def read_text(file: Path, lang: str | None = None) -> TextReading:
    """Read a document in a language, or in the one it seems to be in.

    Raises InputError where it cannot be read, or its language cannot be told or is none of those
    that texts are read in.
    """
    passages = read_passages(file)
    code = lang or _language(passages)
    if code is None or code not in lexicons():
        known = ", ".join(lexicons())
        raise refused(
            said("from-text.language-unknown", known=known),
            file,
            hint=said("from-text.say-language"),
        )
    reader = PromiseReader(lexicon(code))
    passages = placed(passages, reader.speaks)
    title = next((one.text for one in passages if len(one.text) > 8), passages[0].text)
    reading = TextReading(file, code, " ".join(title.strip(" #*").split())[:200])
    times = [reader.times_of(one) for one in passages]
    _term(reading, passages, times)
    outline = Outline(reader.words)
    for passage, told in zip(passages, times, strict=True):
        found = reader.read(
            passage, outline.context_of(passage, told, (reading.first, reading.last))
        )
        offset = len(reading.proposals)
        reading.proposals += found.proposals
        reading.listed += [
            replace(one, proposal=None if one.proposal is None else one.proposal + offset)
            for one in found.listed
        ]
    return reading


def _language(passages: Sequence[Passage]) -> str | None:
    text = ""
    for one in passages:
        text += one.text + "\n"
        if len(text) > CLEAR:
            break
    return language_of(text)


def _term(
    reading: TextReading, passages: Sequence[Passage], times: Sequence[Sequence[Time]]
) -> None:
    """The years of the plan, from the first span that its head names, else from its deadlines."""
    spans: list[tuple[int, int, str]] = []
    for passage, told in zip(passages[:HEAD], times[:HEAD], strict=False):
        spans += [
            (one.year, one.last, passage.text[max(0, one.start - 12) : one.end])
            for one in told if one.last and one.year
        ]  # fmt: skip
    since = Counter(one.year for told in times for one in told if one.kind == "since" and one.year)
    reading.base = since.most_common(1)[0][0] if since else None
    if not spans:
        counted = Counter(
            (one.year, one.last) for told in times for one in told if one.last and one.year
        )
        spans = [(a, b, "") for (a, b), n in counted.most_common(1) if n > 1 and a and b]
    if not spans:
        return
    first, last, words = spans[0]
    if last - first == COUNCIL_TERM and re.search(r"nhiệm kỳ", words, re.IGNORECASE):
        first += 1
    reading.first, reading.last = first, last
