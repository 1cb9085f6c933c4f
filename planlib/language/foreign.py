"""Which words of a text are of another language than the rest: what a screen reader must be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planlib.language.direction import shown
from planlib.language.language import ForeignWords
from planlib.language.sentences import JOINED, Sentence

# Words as they are shown, and the code of their language: "" is the reader's.
Stretch = tuple[str, str]


def stretches(text: str) -> list[Stretch]:
    """A text as it is shown, in stretches of one language each.

    A sentence remembers what filled it in, so that a name inside it is found where it stands.

    >>> from planlib.language.language import Language
    >>> en = Language("en")
    >>> stretches(en("caption.targets", year=2013, area=en.written_in("vi", "Phường 7")))
    [('Phường 7', 'vi'), (' (in Vietnamese): targets and results of 2013', '')]
    """
    whole = shown(text)
    found: list[tuple[int, int, str]] = []
    for name in dict.fromkeys(foreign_in(text)):
        written, words = shown(name), shown(name.words)
        inside, at = written.find(words), whole.find(written)
        while at >= 0 <= inside and words:
            found.append((at + inside, at + inside + len(words), name.lang))
            at = whole.find(written, at + len(written))
    parts: list[Stretch] = []
    end = 0
    for first, last, lang in sorted(found):
        if first >= end:
            parts += [(whole[end:first], ""), (whole[first:last], lang)]
            end = last
    return [part for part in (*parts, (whole[end:], "")) if part[0]]


def remembered(text: str, names: Iterable[ForeignWords]) -> Sentence:
    """A text that lost the names it was made with on its way, with them again.

    >>> from planlib.language.language import Language
    >>> place = Language("en").written_in("vi", "Phường 7")
    >>> stretches(remembered(f"{place}: 2013", [place]))
    [('Phường 7', 'vi'), (' (in Vietnamese): 2013', '')]
    """
    return Sentence.of(text, JOINED, {str(at): name for at, name in enumerate(names)})


def foreign_in(text: object) -> Iterator[ForeignWords]:
    """The names in another language that a text was made with."""
    if isinstance(text, ForeignWords):
        yield text
    elif isinstance(text, Sentence):
        for fact in text.facts.values():
            yield from foreign_in(fact)


def holds_foreign(text: object) -> bool:
    """Whether a text was made with any name in another language: few are, and every text is asked.

    >>> from planlib.language.language import Language
    >>> en = Language("en")
    >>> holds_foreign(en("count.gaps", n=2)), holds_foreign(en.written_in("vi", "Phường 7"))
    (False, True)
    """
    if isinstance(text, Sentence):
        return any(isinstance(fact, str) and holds_foreign(fact) for fact in text.facts.values())
    return isinstance(text, ForeignWords)
