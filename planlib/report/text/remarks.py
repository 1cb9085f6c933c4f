"""Remarks and sources as their authors wrote them, told in the reader's language where they can be."""

from __future__ import annotations

import re

from planlib.figures.observations import ILLUSTRATIVE
from planlib.language.guess import language_of
from planlib.language.language import Language
from planlib.messages import ENGLISH

ENOUGH_WORDS = 3  # fewer small words than this say nothing of their language


def source_text(source: str, language: Language) -> str:
    """Where a figure comes from; one that was made up comes from nowhere and says so."""
    if source.startswith(ILLUSTRATIVE):
        return language("source.made_up")
    return source if "://" in source else remark_text(source, language)


def remark_text(text: str, language: Language) -> str:
    """A remark in the reader's language, where it was written in both as ``Vietnamese / English``.

    One that was not written in the reader's language says so.

    >>> remark_text("một nguồn / one source", Language("en"))
    'one source'
    >>> remark_text("Đã xét 12 / 15 hồ sơ", Language("en"))
    'Đã xét 12 / 15 hồ sơ (in Vietnamese)'
    """
    first, slash, second = text.partition(" / ")
    letters = [letter for letter in second if letter.isalpha()]
    strange = sum(not letter.isascii() for letter in letters)
    if not slash or first.isascii() or len(letters) < 3 or strange * 10 > len(letters):
        return marked_text(text, language)
    mine = (half for half in (first, second) if language_of(half) == language.code)
    return next(mine, "") or marked_text(first, language)


def marked_text(text: str, language: Language) -> str:
    """Words that exist in one language only, marked where that is not the reader's.

    >>> marked_text("a late report came in", Language("vi")), marked_text("2013", Language("vi"))
    ('a late report came in (tiếng Anh)', '2013')
    """
    written = language_of(text)
    if written == ENGLISH and len(re.findall(r"[a-z]{2,}", text)) < ENOUGH_WORDS:
        return text  # a name, or Vietnamese without its marks
    if written is None or written == language.code:
        return text
    return language.written_in(written, text)
