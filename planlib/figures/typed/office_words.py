"""The words offices head their columns with and answer with, as they are typed.

A sheet may come back from another office, so the words of every language are understood: those the
template is written with, which its catalogues tell, and what else people type (``office.po``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from planlib.figures.observations import State
from planlib.language.languages import LANGUAGES
from planlib.language.typed.words import folded, words_for

COLUMNS = (
    "order", "name", "unit", "plan", "before", "assigned", "value", "low", "high", "numerator",
    "denominator", "percent", "state", "published_verdict", "vintage", "source", "note", "key",
)  # fmt: skip
PUBLISHED = ("exceeded", "met", "nearly_met", "not_met", "not_yet")
# What is typed in any language.
SIGNS = {"state.missing": (":", "..", "...", "…"), "answer.yes": ("1",), "answer.no": ("0",)}
DOUBTFUL_SIGNS = ("-", "--", "–", "—", "x", "*", "/")


def _known(keys: Iterable[str], room: str, template: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """What each key is called, by language; the template's word first."""
    return {
        key: {lang: words_for(lang, f"{room}.{key}", template.format(key)) for lang in LANGUAGES}
        for key in keys
    }


# What a column holds, by the heads it is known by, and what stands in its cells.
HEADS = _known(COLUMNS, "head", "template.head.{}")
STATES = _known(State.__members__, "state", "template.state.{}")
VERDICTS = _known(PUBLISHED, "verdict", "verdict.{}")
_YES = {lang: words_for(lang, "answer.yes", "figure.done") for lang in LANGUAGES}
_NO = {lang: words_for(lang, "answer.no", "figure.undone") for lang in LANGUAGES}
# What stands for "no data" in one office and for "does not apply", or nothing at all, in another.
DOUBTFUL = frozenset(
    folded(word)
    for word in (
        *DOUBTFUL_SIGNS,
        *(one for lang in LANGUAGES for one in words_for(lang, "doubtful")),
    )
)
_BESIDE = "|".join(re.escape(w) for lang in LANGUAGES for w in words_for(lang, "year.beside"))
_THIS = "|".join(re.escape(w) for lang in LANGUAGES for w in words_for(lang, "year.this"))
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
