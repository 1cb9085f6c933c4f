"""The order of names in a language, as its dictionaries have it, and the letter each stands under.

A letter of a language's own alphabet (``language.letters`` of its catalogue) stands at its own place:
Đ after D and Ê after E in Vietnamese; in a language that has no such letter it counts as the one it
is made from. Tones, accents and capitals count only between names that are else alike, and numbers by
their size. Other writings follow, each in the order of its signs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
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
    text = unicodedata.normalize("NFC", name.casefold())
    signs = text.translate(_signs(lang).places)
    begins = 0
    if signs and signs[0] not in _signs(lang).own and not signs[0].isalnum():
        known = (sign in _signs(lang).own or sign.isalnum() for sign in signs)
        begins = next((at for at, one in enumerate(known) if one), 0)
    numbers = _NUMBER.sub(lambda found: found[0].zfill(9), signs[begins:])
    return numbers, text


def letter(name: str, lang: str) -> str:
    """The letter a name stands under; ``0–9`` for a number, ``…`` where signs are no letters.

    >>> [letter(name, "vi") for name in ("“Đông”", "Ấp 1", "12", "Ωmega", "北京", "…")]
    ['Đ', 'Â', '0–9', 'Ω', '…', '…']
    """
    text = unicodedata.normalize("NFC", name.casefold()).translate(_signs(lang).letters)
    first = next((sign for sign in text if sign.isalnum()), "")
    if first.isdecimal():
        return DIGITS
    if not first.isalpha() or unicodedata.name(first[0], "").startswith(_WITHOUT_LETTERS):
        return OTHERS
    return first.upper()


class _Signs:
    """What the signs of names are in a language; each is found when it is first met."""

    def __init__(self, lang: str) -> None:
        letters = Language(lang).raw("language.letters").split()
        # Those that letters of the alphabet have, by their base.
        self._marks: dict[str, list[str]] = {}
        for one in letters:
            parts = unicodedata.normalize("NFD", one)
            self._marks.setdefault(parts[0], []).append(parts[1:])
        self._at = {one: chr(ord("a") + at) for at, one in enumerate(letters)}
        self.own = frozenset(self._at.values())
        self.letters: dict[int, str] = _Met(self._letters)
        self.places: dict[int, str] = _Met(self._place)

    def _letters(self, sign: str) -> str:
        """The letters of the language that a sign counts as; nothing of a mark alone."""
        parts = unicodedata.normalize("NFD", sign)
        base, marks = parts[0], parts[1:]
        if base in self._marks:
            kept = max((one for one in self._marks[base] if {*one} <= {*marks}), key=len)
            return unicodedata.normalize("NFC", base + kept)
        return "" if unicodedata.combining(base) else _MADE_FROM.get(base, base)

    def _place(self, sign: str) -> str:
        return "".join(self._at.get(one, one) for one in self._letters(sign))


class _Met(dict[int, str]):
    """What a function says of each sign, remembered, for ``str.translate``."""

    def __init__(self, of: Callable[[str], str]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, code: int) -> str:
        self[code] = self._of(chr(code))
        return self[code]


@cache
def _signs(lang: str) -> _Signs:
    return _Signs(lang)
