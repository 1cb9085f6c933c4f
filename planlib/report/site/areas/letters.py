"""Where a long list of names can be entered: at each first letter.

Names that begin with one word, such as "Commune" or "Xã", would all stand under its letter; so a letter
with many of them is entered by the letter that follows the word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from planlib.language.order import OTHERS, filed, letter

SHORT_LIST, LONG = 50, 200  # names that need no letters, and names under one that are parted
DEPTH = 4  # words that may be passed over


@dataclass(frozen=True)
class Jump:
    """A place in a list: what the names from there on begin with, and how many stand before."""

    label: str
    at: int


def jumps(names: Sequence[str], lang: str) -> list[Jump]:
    """The letters of names, which are in the order of the language; none of a short list.

    >>> some = [f"Xã {name}" for name in ["An"] * 160 + ["Đông"] * 60]
    >>> [(one.label, one.at) for one in jumps(some, "vi")]
    [('Xã A', 0), ('Xã Đ', 160)]
    """
    words = [(at, name.split()) for at, name in enumerate(names)]
    found = _parted(words, "", lang, DEPTH) if len(names) > SHORT_LIST else []
    return found if len(found) > 1 else []


def _parted(rest: Sequence[tuple[int, list[str]]], begin: str, lang: str, depth: int) -> list[Jump]:
    """The letters of what is left of names behind the words they have in common."""
    found = []
    for name, some in groupby(rest, lambda one: _letter(one[1], lang)):
        mine = list(some)
        parts = [list(one) for _, one in groupby(mine, lambda one: _word(one[1], lang))]
        longest = max(parts, key=len)
        if not depth or len(longest) <= LONG:
            found.append(Jump(begin + name, mine[0][0]))
            continue
        for part in parts:
            told = [(at, words[1:]) for at, words in part]
            if len(part) > LONG and all(words for _, words in told):
                over = f"{begin}{part[0][1][0]}"
                within = _parted(told, f"{over} ", lang, depth - 1)
                found += within if len(within) > 1 else [Jump(over, part[0][0])]
            else:
                found.append(Jump(begin + name, part[0][0]))
    return found


def _letter(words: Sequence[str], lang: str) -> str:
    return next((_of_word(one, lang)[1] for one in words if any(map(str.isalnum, one))), OTHERS)


def _word(words: Sequence[str], lang: str) -> str:
    return _of_word(words[0], lang)[0] if words else ""


@lru_cache(maxsize=10_000)
def _of_word(word: str, lang: str) -> tuple[str, str]:
    """What a word is ordered by, and the letter it stands under."""
    return filed(word, lang)[0], letter(word, lang)
