"""What a sentence states: its facts as plain data, and the numbers a reader finds in its text.

The numbers are read by rules of each language that stand here, not by those that wrote them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from planlib.language.language import Language
from planlib.language.sentences import JOINED, PrintedNumber, Sentence
from planlib.report.blocks import Block, Chart, Heading, Items, Paragraph, Placeholder, Title
from planlib.report.layout import Table
from planlib.verify.texts import form_of, texts

# Thousands, decimals: 1.300,5 in Vietnamese, 1,300.5 in English, 1 300,5 in French.
_MARKS = {"vi": (r"\.", ","), "en": (",", r"\."), "fr": ("[\u202f\u00a0]", ",")}
_HOLE = re.compile(r"\{(\w+)[^{}]*\}")
COUNTED = "counts."  # the keys of "13 exceeded", which stand side by side in a clause


def numbers_in(text: str, lang: str) -> Counter[float]:
    """Every number of a text, without its sign.

    >>> sorted(numbers_in("1.300 vụ, 97,8% và quý II/2013", "vi"))
    [97.8, 1300.0, 2013.0]
    """
    thousands, decimal = _MARKS[lang]
    number = re.compile(rf"(?<!\d)(?:\d{{1,3}}(?:{thousands}\d{{3}})+|\d+)(?:{decimal}\d+)?(?!\d)")
    return Counter(
        float(re.sub(decimal, ".", re.sub(thousands, "", found))) for found in number.findall(text)
    )


def stated(fact: object) -> Any:
    """A fact as data that is the same in every language; None for a name.

    Counts side by side become one mapping, sentences in a row a list; any other sentence is its key
    with its own facts.
    """
    if isinstance(fact, PrintedNumber):
        return fact.value
    if isinstance(fact, Sentence):
        told = {name: stated(one) for name, one in fact.facts.items()}
        if fact.key.startswith(COUNTED):
            assert told["n"] == told["count"]
            return {fact.key.removeprefix(COUNTED): told["n"]}
        if fact.key != JOINED:
            return fact.key, told
        parts = list(told.values())
        if parts and all(isinstance(part, dict) for part in parts):
            return {name: count for part in parts for name, count in part.items()}
        return parts
    return int(fact) if isinstance(fact, int) else None


def numbers_of(told: object) -> Iterator[float]:
    """Every number among facts as data."""
    if isinstance(told, int | float):
        yield abs(told)
    elif isinstance(told, dict):
        for one in told.values():
            yield from numbers_of(one)
    elif isinstance(told, list | tuple):
        for one in told:
            yield from numbers_of(one)


def promised_numbers(fact: object, lang: str) -> Counter[float]:
    """The numbers the text of a fact has to show, by its data and the catalogue's form of it."""
    if isinstance(fact, PrintedNumber):
        return Counter([abs(fact.value)])
    if not isinstance(fact, Sentence):
        return Counter([float(fact)]) if isinstance(fact, int) else numbers_in(str(fact), lang)
    if fact.key == JOINED:
        return sum((promised_numbers(one, lang) for one in fact.facts.values()), Counter())
    forms, n = texts(lang)[fact.key], fact.facts.get("n")
    form = forms[form_of(lang)(n) if isinstance(n, int) and len(forms) > 1 else 0]
    found = numbers_in(_HOLE.sub("·", form), lang)
    for name in _HOLE.findall(form):
        found += promised_numbers(fact.facts[name], lang)
    return found


def told_again(fact: object, language: Language, path: tuple[str, ...], by: float) -> Any:
    """A fact with the number at a path moved by so much, its text told anew."""
    if isinstance(fact, PrintedNumber):
        return language.number(fact.value + by)
    if isinstance(fact, int):
        return int(fact + by)
    assert isinstance(fact, Sentence)
    facts = {
        name: told_again(one, language, path[1:], by) if name == path[0] else one
        for name, one in fact.facts.items()
    }
    if fact.key.startswith(COUNTED):
        facts["n"] = round(facts["count"].value)
    if fact.key == JOINED:
        return Sentence.of(" ".join(map(str, facts.values())), JOINED, facts)
    return language(fact.key, **facts)


def paths(fact: object) -> Iterator[tuple[str, ...]]:
    """Where the numbers of a fact are; of a count that chooses its form, where it is printed."""
    if isinstance(fact, PrintedNumber) or (isinstance(fact, int) and not isinstance(fact, bool)):
        yield ()
    elif isinstance(fact, Sentence):
        for name, one in fact.facts.items():
            if not (fact.key.startswith(COUNTED) and name == "n"):
                yield from ((name, *rest) for rest in paths(one))


@dataclass(frozen=True)
class Place:
    """A text of a page: after which heading it stands, and the text."""

    anchor: str
    text: str


def places(blocks: Iterator[Block]) -> Iterator[Place]:
    """Every text around the cells of tables, in order; of a chart its finding and what is drawn.

    The counts of a group of rows stand after its title, words of a small chart after that.
    """
    anchor = ""
    for block in blocks:
        if isinstance(block, Heading):
            anchor = block.anchor
        yield from (Place(anchor, text) for text in _texts(block) if text)
        if isinstance(block, Chart):
            yield from (Place(title or anchor, one) for title, one in _drawn(block))
        if isinstance(block, Table):
            for group in block.groups:
                yield from (Place(group.title, text) for text in (group.title, group.count) if text)


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Title):
        yield from (block.question, *(one.text for one in block.facts), block.banner)
    elif isinstance(block, Heading | Paragraph | Placeholder):
        yield block.text
    elif isinstance(block, Items):
        yield from (one.text for one in block.lines)
    elif isinstance(block, Chart):
        yield block.alt.partition("\n")[0]
    elif isinstance(block, Table):
        yield from (block.caption, *block.notes, block.drawn)


def _drawn(chart: Chart) -> Iterator[tuple[str, str]]:
    """The words of a picture, without those of axes and marks, and the title they stand under."""
    from pictures import panels

    above, *charts = panels(chart.figure)
    yield from (("", one.words) for one in above.texts)
    yield from ((one.title, told) for one in charts for told in one.told())
