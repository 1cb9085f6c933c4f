"""In which language a source's words are, told by their letters and their smallest words."""

from __future__ import annotations

import re

from planlib.language.language import Language
from planlib.language.languages import LANGUAGES
from planlib.language.vietnamese import can_be_vietnamese
from planlib.messages import ENGLISH

_WORD = re.compile(r"[^\W\d_]+")
_VIETNAMESE = "vi"


def language_of(words: str) -> str | None:
    """The language of some words; None for what is only numbers and signs, or cannot be told.

    >>> language_of("một nguồn"), language_of("one source"), language_of("the report of the ward")
    ('vi', 'en', 'en')
    >>> language_of("2013"), language_of("Espaňa")
    (None, None)
    """
    found = _WORD.findall(words.lower())
    small = {code: len(_small_words(code) & {*found}) for code in LANGUAGES}
    most = [code for code, times in small.items() if times == max(small.values())]
    if len(most) == 1 and small[most[0]]:
        return most[0]
    strange = [word for word in found if not word.isascii()]
    if strange:
        return _VIETNAMESE if any(map(can_be_vietnamese, strange)) else None
    return ENGLISH if found else None  # as most of the world's sources


def _small_words(code: str) -> frozenset[str]:
    return frozenset(Language(code).raw("language.small_words").split())
