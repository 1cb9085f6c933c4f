"""What each number of a passage is by its form, and which of them may be amounts."""

from __future__ import annotations

from collections.abc import Sequence

from planlib.exchange.text.grammar.amounts import Amount
from planlib.exchange.text.grammar.lexicon import Lexicon
from planlib.exchange.text.grammar.marks import NumberMark
from planlib.exchange.text.grammar.numbers import Number
from planlib.exchange.text.grammar.times import Time
from planlib.exchange.text.passages import Passage, sentences, unlabelled
from planlib.exchange.text.proposals import ListedNumber, Proposal


class Roles:
    """Tells numbers that are amounts from those that are not, in a language."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words

    def meant(self, text: str, one: Number) -> bool:
        """Whether a word that is as often an article is a number here."""
        before = text[: one.start]
        return not self.words.starts("rates", text[one.end :]) and any(
            self.words.ends(f"comparisons.{kind}.before", before)
            for kind in ("at_least", "above", "at_most", "below")
        )

    def role(self, one: Number, marks: Sequence[NumberMark], times: Sequence[Time]) -> str:
        for mark in marks:
            if mark.start <= one.start < mark.end:
                if mark.year is None:
                    return mark.role
                time = next((t for t in times if t.start <= one.start < t.end), None)
                return f"time-{time.kind}" if time else "time-named"
        time = next((t for t in times if t.start <= one.start < t.end), None)
        return f"time-{time.kind}" if time else ""

    def durations(
        self,
        text: str,
        numbers: Sequence[Number],
        marks: Sequence[NumberMark],
        free: Sequence[Number],
    ) -> list[Number]:
        """The numbers of durations that are the only amount of their sentence: within ten days."""
        found = []
        for start, end in sentences(text, self.words.entries("abbreviations")):
            lasting = [m for m in marks if m.role == "duration" and start <= m.start < end]
            measured = [m for m in lasting if self.words.within("lasting", text[start : m.start])]
            if measured:
                found += [
                    one
                    for one in numbers
                    if any(m.start <= one.start < m.end for m in measured) and one not in free
                ]
                continue
            if any(start <= one.start < end for one in free if not one.article):
                continue
            if lasting and (self.aims(text[start:end])):
                mark = lasting[0]
                found += [one for one in numbers if mark.start <= one.start < mark.end][:1]
        return found

    def aims(self, text: str) -> int:
        return bool(self.words.within("aims", text)) + bool(
            self.words.starts("imperatives", unlabelled(text))
        )


def listed_numbers(
    passage: Passage,
    parts: tuple[Sequence[Number], dict[int, str], Sequence[Amount]],
    proposals: Sequence[Proposal],
    told: Sequence[ListedNumber],
) -> list[ListedNumber]:
    """Every number of a passage once, by what it was taken for; ``told`` are amounts that are no targets."""
    numbers, roles, amounts = parts
    known = {one.start: one.role for one in told}
    listed = []
    for one in numbers:
        at = next((a for a in amounts if a.start <= one.start < a.end), None)
        index = next((i for i, p in enumerate(proposals)
                      if any(a <= one.start < b for a, b in p.numbers)), None)  # fmt: skip
        if index is not None:
            role = "target"
        elif at is not None and at.start in known:
            role = known[at.start]
        else:
            role = roles[one.start] or ("heading" if passage.heading else "none")
        listed.append(
            ListedNumber(passage, one.start, passage.text[one.start : one.end], role, index)
        )
    return listed
