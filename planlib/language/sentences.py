"""Texts that remember what they state, so that a program can hold them against the results.

Both are text like any other, for whoever prints, joins or compares them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

JOINED = ""  # the key of sentences in a row, which no catalogue has


class PrintedNumber(str):
    """A number as a language writes it; ``value`` is what it says, rounded as it is printed."""

    __slots__ = ("value",)
    value: float

    @classmethod
    def of(cls, text: str, value: float) -> PrintedNumber:
        """A number and how it is printed."""
        made = cls(text)
        made.value = value
        return made


class Sentence(str):
    """A text of the catalogues: ``key`` is its id, ``facts`` what fills it in, by name.

    Facts are whole numbers, ``PrintedNumber``, other sentences, and names; a fact ``n`` chooses
    between the forms of a text that counts.

    >>> from planlib.language.language import Language
    >>> en = Language("en")
    >>> told = en("count.gaps", n=2)
    >>> told, told.key, told.facts
    ('2 without a figure', 'count.gaps', {'n': 2})
    """

    __slots__ = ("facts", "key")
    key: str
    facts: Mapping[str, object]

    @classmethod
    def of(cls, text: str, key: str, facts: Mapping[str, object]) -> Sentence:
        """The text of a key with its facts."""
        made = cls(text)
        made.key, made.facts = key, facts
        return made


def reworded(text: str, change: Callable[[str], str]) -> str:
    """A text in other letters, such as broken into lines; what it states stays with it."""
    made = change(text)
    return Sentence.of(made, text.key, text.facts) if isinstance(text, Sentence) else made


def joined(parts: Iterable[str], between: str = " ") -> str:
    """Texts in a row, a ``Sentence``: each with its facts; empty ones are left out.

    >>> row = joined(["One.", "", "Two."])
    >>> row, row.key, row.facts
    ('One. Two.', '', {'0': 'One.', '1': 'Two.'})
    """
    found = [part for part in parts if part]
    facts = {str(at): part for at, part in enumerate(found)}
    return Sentence.of(between.join(found), JOINED, facts)
