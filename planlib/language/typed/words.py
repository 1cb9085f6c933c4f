"""Words as they are typed in any language: those of the catalogues, compared without capitals."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from planlib.language.languages import CATALOGUES, LANGUAGES
from planlib.messages import ENGLISH, Catalogue, catalogue_of


@cache
def _catalogue(lang: str) -> Catalogue:
    files = ("office.po", "words.po", "workbook.po")
    return catalogue_of(CATALOGUES.joinpath(lang, name).read_text("utf-8") for name in files)


def words_for(lang: str, key: str, template: str = "") -> tuple[str, ...]:
    """The word of a template, without the year it names, and what else offices type for it.

    >>> words_for("en", "period.quarter")
    ('Q', 'quarter', 'Qtr')
    """
    texts = _catalogue(lang).texts
    beside = texts["office.year.beside"][0].replace(" | ", "|")
    year = re.compile(rf"(\s+({beside}))?\s*\(?{{\w+}}\)?")
    first = (year.sub("", text).strip() for text in (texts[template] if template else ()))
    others = texts.get(f"office.{key}", ("",))[0].split("|")
    return tuple(word.strip() for word in (*first, *others) if word.strip())


def typed(key: str, *signs: str) -> tuple[str, ...]:
    """What people of every language type for something, the longest first, and signs for it."""
    words = dict.fromkeys(word for lang in LANGUAGES for word in words_for(lang, key))
    return (*sorted(words, key=len, reverse=True), *signs)


def period_words(kind: str, lang: str) -> tuple[str, ...]:
    """What halves, quarters or months are called in a language, and in English.

    ``beside`` are the words that stand between them and their year.

    >>> period_words("quarter", "vi")
    ('quarter', 'qtr', 'quý', 'q')
    """
    words = {folded(w) for one in (lang, ENGLISH) for w in words_for(one, f"period.{kind}")}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def refused_sizes(lang: str) -> tuple[str, ...]:
    """The words for large numbers that mean another number in this language than elsewhere."""
    return words_for(lang, "number.refused")


def folded(text: str) -> str:
    """A text as words are compared: composed, one space between words, small letters.

    >>> folded("  Thực   hiện\\n(năm 2013) ")
    'thực hiện (năm 2013)'
    """
    return " ".join(unicodedata.normalize("NFC", text).replace("\u200b", "").split()).casefold()
