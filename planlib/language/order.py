"""The order of names in a language, as its dictionaries have it, and the letter each stands under.

A letter of a language's own alphabet (``language.letters`` of its catalogue) stands at its own place:
Đ after D and Ê after E in Vietnamese; in a language that has no such letter it counts as the one it
is made from. Tones, accents and capitals count only between names that are else alike, and numbers by
their size. Other writings follow, each in the order of its signs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from planlib.language.language import Language

DIGITS, OTHERS = "0–9", "…"
_NUMBER = re.compile(r"[0-9]{1,9}")
_MADE_FROM = {"đ": "d", "ø": "o", "ł": "l", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
_WITHOUT_LETTERS = ("CJK ", "HANGUL ", "YI ", "NUSHU ", "TANGUT ", "EGYPTIAN ", "CUNEIFORM ")


def filed(name: str, lang: str) -> tuple[str, str]:
    """Where a name stands among others in a language.

    >>> sorted(["Đông 10", "Dương", "Đông 9", "Ấp", "An"], key=lambda name: filed(name, "vi"))
    ['An', 'Ấp', 'Dương', 'Đông 9', 'Đông 10']
    >>> sorted(["Đông", "Dương", "École", "Est"], key=lambda name: filed(name, "fr"))
    ['Đông', 'Dương', 'École', 'Est']
    """
    places = _places(lang)
    signs = "".join(places.get(sign, sign) for sign in _signs(name, lang))
    begins = next((at for at, sign in enumerate(signs) if sign in _own(lang) or sign.isalnum()), 0)
    numbers = _NUMBER.sub(lambda found: found[0].zfill(9), signs[begins:])
    return numbers, unicodedata.normalize("NFC", name.casefold())


def letter(name: str, lang: str) -> str:
    """The letter a name stands under; ``0–9`` for a number, ``…`` where signs are no letters.

    >>> [letter(name, "vi") for name in ("“Đông”", "Ấp 1", "12", "Ωmega", "北京", "…")]
    ['Đ', 'Â', '0–9', 'Ω', '…', '…']
    """
    first = next((sign for sign in _signs(name, lang) if sign.isalnum()), "")
    if first.isdecimal():
        return DIGITS
    if not first.isalpha() or unicodedata.name(first[0], "").startswith(_WITHOUT_LETTERS):
        return OTHERS
    return first.upper()


def _signs(name: str, lang: str) -> Iterator[str]:
    """The signs of a name, each as the letter of the language that it is."""
    base, marks = "", ""
    for sign in f"{unicodedata.normalize('NFD', name.casefold())}\0":
        if unicodedata.combining(sign):
            marks += sign
            continue
        if base:
            yield from _letters(base, marks, lang)
        base, marks = sign, ""


@cache
def _letters(base: str, marks: str, lang: str) -> str:
    """The letters of a language that a sign with its marks counts as."""
    own = _letters_from(lang)
    if base in own:
        fits = (one for one in own[base] if {*one} <= {*marks})
        kept = max(fits, key=len)
        return unicodedata.normalize("NFC", base + kept)
    return _MADE_FROM.get(base, base)


@cache
def _letters_from(lang: str) -> dict[str, list[str]]:
    """The marks that letters of the alphabet have, by the sign below them."""
    found: dict[str, list[str]] = {}
    for one in Language(lang).raw("language.letters").split():
        base, *marks = unicodedata.normalize("NFD", one)
        found.setdefault(base, []).append("".join(marks))
    return found


@cache
def _places(lang: str) -> dict[str, str]:
    """A sign for each letter of the alphabet, in its order."""
    letters = Language(lang).raw("language.letters").split()
    return {one: chr(ord("a") + at) for at, one in enumerate(letters)}


@cache
def _own(lang: str) -> frozenset[str]:
    return frozenset(_places(lang).values())
