"""The order of names in a list, worked out again: letters of a language at their own place, then numbers."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import combining, name, normalize

from planlib.verify.texts import texts

_LATIN = {"đ": "d", "ø": "o", "ł": "l", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
_NO_LETTERS = ("CJK ", "HANGUL ", "YI ", "NUSHU ", "TANGUT ", "EGYPTIAN ", "CUNEIFORM ")


@cache
def _alphabet(lang: str) -> list[str]:
    return texts(lang)["language.letters"][0].split()


def _bare(text: str, lang: str) -> list[str]:
    """The letters of a text in small, without marks that make no letter of the language."""
    found: list[str] = []
    for sign in normalize("NFC", text.casefold()):
        kept = _in_alphabet(sign, lang)
        if not combining(sign):
            found += kept
    return found


@cache
def _in_alphabet(sign: str, lang: str) -> str:
    """A sign, or the letter of the language that is left when fewer and fewer of its marks are."""
    parts = normalize("NFD", sign)
    base, marks = parts[0], parts[1:]
    subsets = [[mark for at, mark in enumerate(marks) if bits >> at & 1]
               for bits in range(2 ** len(marks))]  # fmt: skip
    for some in sorted(subsets, key=len, reverse=True):
        letter = normalize("NFC", base + "".join(some))
        if letter in _alphabet(lang):
            return letter
    return _LATIN.get(base, base)


def filed(text: str, lang: str) -> tuple[str, str]:
    """What names are ordered by."""
    letters = _bare(text, lang)
    while letters and not letters[0].isalnum():
        del letters[0]
    letters = letters or _bare(text, lang)
    order = _alphabet(lang)
    placed = "".join(chr(ord("a") + order.index(one)) if one in order else one for one in letters)
    told = re.sub("[0-9]{1,9}", lambda found: f"{int(found[0]):09}", placed)
    return told, normalize("NFC", text.casefold())


def begins(text: str, label: str, lang: str) -> bool:
    """Whether a name stands under a letter, or under a letter behind words that many begin with.

    >>> [begins("Xã Đông 1", label, "vi") for label in ("X", "Xã Đ", "Xã D", "Xã Đông")]
    [True, True, False, True]
    """
    *words, last = label.split(" ")
    mine = text.split()
    if [_told(one, lang) for one in words] != [_told(one, lang) for one in mine[: len(words)]]:
        return False
    rest = " ".join(mine[len(words) :])
    first = next((one for one in _bare(rest, lang) if one.isalnum()), "")
    if first.isdecimal():
        right = "0–9"
    elif not first.isalpha() or name(first[0], "").startswith(_NO_LETTERS):
        right = "…"
    else:
        right = first.upper()
    word = rest.split()[0] if rest else ""
    return last == right or (bool(word) and _told(word, lang) == _told(last, lang))


def _told(word: str, lang: str) -> str:
    return filed(word, lang)[0]
