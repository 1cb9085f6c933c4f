"""The words offices head their columns with and answer with, as they are typed.

A sheet may come back from another office, so the words of every language are understood: those the
template is written with, which its catalogues tell, and what else people type (``office.po``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from planlib.figures.observations import State
from planlib.language.languages import CATALOGUES, LANGUAGES
from planlib.messages import ENGLISH, Catalogue, catalogue_of

COLUMNS = (
    "order", "name", "unit", "plan", "before", "assigned", "value", "low", "high", "numerator",
    "denominator", "percent", "state", "published_verdict", "vintage", "source", "note", "key",
)  # fmt: skip
PUBLISHED = ("exceeded", "met", "nearly_met", "not_met", "not_yet")
# What is typed in any language.
SIGNS = {"state.missing": (":", "..", "...", "…"), "answer.yes": ("1",), "answer.no": ("0",)}
DOUBTFUL_SIGNS = ("-", "--", "–", "—", "x", "*", "/")


@cache
def _catalogue(lang: str) -> Catalogue:
    files = ("office.po", "words.po", "workbook.po")
    return catalogue_of(CATALOGUES.joinpath(lang, name).read_text("utf-8") for name in files)


def _words(lang: str, key: str, template: str = "") -> tuple[str, ...]:
    """The word of a template, without the year it names, and what else is typed for it."""
    texts = _catalogue(lang).texts
    beside = texts["office.year.beside"][0].replace(" | ", "|")
    year = re.compile(rf"(\s+({beside}))?\s*\(?{{\w+}}\)?")
    first = (year.sub("", text).strip() for text in (texts[template] if template else ()))
    others = texts.get(f"office.{key}", ("",))[0].split("|")
    return tuple(word.strip() for word in (*first, *others) if word.strip())


def typed(key: str, *signs: str) -> tuple[str, ...]:
    """What people of every language type for something, the longest first, and signs for it."""
    words = dict.fromkeys(word for lang in LANGUAGES for word in _words(lang, key))
    return (*sorted(words, key=len, reverse=True), *signs)


def period_words(kind: str, lang: str) -> tuple[str, ...]:
    """What halves, quarters or months are called in a language, and in English.

    ``beside`` are the words that stand between them and their year.

    >>> period_words("quarter", "vi")
    ('quarter', 'qtr', 'quý', 'q')
    """
    words = {folded(w) for one in (lang, ENGLISH) for w in _words(one, f"period.{kind}")}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def refused_sizes(lang: str) -> tuple[str, ...]:
    """The words for large numbers that mean another number in this language than elsewhere."""
    return _words(lang, "number.refused")


def _known(keys: Iterable[str], room: str, template: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """What each key is called, by language; the template's word first."""
    return {
        key: {lang: _words(lang, f"{room}.{key}", template.format(key)) for lang in LANGUAGES}
        for key in keys
    }


def folded(text: str) -> str:
    """A text as words are compared: composed, one space between words, small letters.

    >>> folded("  Thực   hiện\\n(năm 2013) ")
    'thực hiện (năm 2013)'
    """
    return " ".join(unicodedata.normalize("NFC", text).replace("\u200b", "").split()).casefold()


# What a column holds, by the heads it is known by, and what stands in its cells.
HEADS = _known(COLUMNS, "head", "template.head.{}")
STATES = _known(State.__members__, "state", "template.state.{}")
VERDICTS = _known(PUBLISHED, "verdict", "verdict.{}")
_YES = {lang: _words(lang, "answer.yes", "figure.done") for lang in LANGUAGES}
_NO = {lang: _words(lang, "answer.no", "figure.undone") for lang in LANGUAGES}
# What stands for "no data" in one office and for "does not apply", or nothing at all, in another.
DOUBTFUL = frozenset(
    folded(word)
    for word in (*DOUBTFUL_SIGNS, *(one for lang in LANGUAGES for one in _words(lang, "doubtful")))
)
_BESIDE = "|".join(re.escape(w) for lang in LANGUAGES for w in _words(lang, "year.beside"))
_THIS = "|".join(re.escape(w) for lang in LANGUAGES for w in _words(lang, "year.this"))
_BY_THE_WAY = re.compile(
    rf"\([^()]*\)|\b(({_BESIDE})\s+)?[0-9]{{4}}(?:/[0-9]{{2}})?\b|\b({_THIS})\b|\*"
)


def _by_word(room: str, words: dict[str, dict[str, tuple[str, ...]]]) -> dict[str, str]:
    return {
        folded(word): key
        for key, known in words.items()
        for word in (
            *SIGNS.get(f"{room}.{key}", ()),
            *(w for ws in known.values() for w in ws),
            key,
        )
    }


_HEAD, _STATE = _by_word("head", HEADS), _by_word("state", STATES)
_VERDICT = _by_word("verdict", VERDICTS)
_ANSWER = _by_word("answer", {"yes": _YES, "no": _NO})


def head_of(text: str) -> str | None:
    """What a column with this head holds; years and remarks in the head do not matter.

    >>> head_of("Thực hiện năm 2013"), head_of("Kế hoạch (%)"), head_of("Họ tên")
    ('value', 'plan', None)
    """
    plain = folded(text)
    if plain in _HEAD:
        return _HEAD[plain]
    plain = _BY_THE_WAY.sub(" ", plain)
    return _HEAD.get(" ".join(plain.split()))


def words_of(heads: Mapping[str, str], lang: str) -> dict[str, str]:
    """What a sheet calls the columns and states that messages quote; ``heads`` are its own.

    >>> words = words_of({"numerator": "Số đạt"}, "en")
    >>> words["numerator"], words["Tử số"], words["denominator"], words["missing"]
    ('Số đạt', 'Số đạt', 'Denominator', 'No data')
    """
    words: dict[str, str] = {}
    for column, known in HEADS.items():
        head = heads.get(column) or known[lang][0]
        words |= dict.fromkeys([column, *(one[0] for one in known.values())], head)
    for name, known in STATES.items():
        words[name] = known[lang][0]
    return words


def state_of(text: str) -> str | None:
    """The name of a state, or None.

    >>> state_of("ước thực hiện"), state_of("Measured"), state_of("x")
    ('estimate', 'measured', None)
    """
    found = _STATE.get(folded(text))
    return found if found in State.__members__ else None


def is_doubtful(text: str) -> bool:
    """Whether a text says that there is no figure, and not why.

    >>> is_doubtful("N/A"), is_doubtful(" – "), is_doubtful("No data")
    (True, True, False)
    """
    return folded(text) in DOUBTFUL


def verdict_of(text: str) -> str | None:
    """The name of a published verdict, or None."""
    return _VERDICT.get(folded(text))


def answer_of(text: str) -> float | None:
    """1 for yes, 0 for no, None for anything else.

    >>> answer_of("Có"), answer_of("không"), answer_of("Có lẽ")
    (1.0, 0.0, None)
    """
    return {"yes": 1.0, "no": 0.0}.get(_ANSWER.get(folded(text), ""))
