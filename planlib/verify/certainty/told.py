"""What a page may say of how sure a verdict is."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from bs4 import Tag

from planlib.errors import Said, said
from planlib.verify.claims import LAST_DIGIT
from planlib.verify.markup import texts_of
from planlib.verify.targets.judged import RecomputedVerdict
from planlib.verify.texts import filled

SURE = 0.95


def sure_differs(cell: Tag, answer: RecomputedVerdict | None, lang: str) -> Iterator[Said]:
    """What is wrong with how sure a verdict is said to be, which is told under it and nowhere else."""
    found = texts_of(cell, of="pl-sure")
    right = sure_texts(None if answer is None else answer.certainty, lang)
    if found not in right:
        wanted, shown = " | ".join(right[0]) or "none", " | ".join(found)[:200] or "none"
        yield said("verify.text-differs", right=wanted, found=shown)


def sure_texts(certainty: float | None, lang: str) -> list[list[str]]:
    """What may stand under a verdict: nothing where it is sure; whole percent, rounded down.

    Where the last digit decides, both are right.

    >>> sure_texts(0.9199, "en"), sure_texts(0.97, "en"), sure_texts(None, "en")
    ([['91% sure'], ['92% sure']], [[]], [[]])
    """
    if certainty is None:
        return [[]]
    found: list[list[str]] = []
    for chance in (certainty, certainty - LAST_DIGIT, certainty + LAST_DIGIT):
        share = floor(100 * min(max(chance, 0.0), 1.0) + 1e-9)
        text = [] if chance >= SURE else [filled("certainty.sure", lang, share=share)]
        if text not in found:
            found.append(text)
    return found
