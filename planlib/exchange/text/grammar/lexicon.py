"""The words a language states targets with, from its file in ``words/``.

An entry is a regular expression in which a space stands for any space, ``N`` for a number and ``Y``
for a year. Another language is another file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from babel import Locale
from babel.numbers import get_decimal_symbol
from ruamel.yaml import YAML

FOLDER = files("planlib.exchange.text").joinpath("words")
DIGITS = r"(?:[0-9]{1,3}(?:[ \u00a0\u202f\u2009'’][0-9]{3})+(?![0-9])(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)*)"
YEAR = r"(?:19|20|21)[0-9]{2}"
_OPEN, _CLOSED = r"(?<![^\W])", r"(?![^\W])"
Found: TypeAlias = "re.Match[str] | None"


def lexicons() -> tuple[str, ...]:
    """The languages that texts are read in."""
    return tuple(sorted(one.name[:-5] for one in FOLDER.iterdir() if one.name.endswith(".yaml")))


@cache
def lexicon(code: str) -> Lexicon:
    """The words of a language, one of ``lexicons()``."""
    return Lexicon(code)


class Lexicon:
    """The words of one language, by their key: ``comparisons.at_least.before``."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._data = YAML(typ="safe").load(FOLDER.joinpath(f"{code}.yaml").read_text("utf-8"))
        self.decimal = get_decimal_symbol(Locale.parse(code))
        self._made: dict[tuple[str, str], re.Pattern[str]] = {}
        words = [*self.mapping("numbers.words"), *self.mapping("numbers.multipliers")]
        self.number = rf"(?:{DIGITS}|{_either(words)})"

    def entries(self, key: str) -> list[str]:
        """The entries below a key: of a list, or the keys of a mapping; none for a key without any."""
        found = self._at(key)
        return [str(one) for one in found] if isinstance(found, list | dict) else []

    def mapping(self, key: str) -> Mapping[str, float]:
        """What the entries below a key stand for."""
        found = self._at(key)
        return {str(k): float(v) for k, v in found.items()} if isinstance(found, dict) else {}

    def names(self, key: str) -> Mapping[str, str]:
        """What the entries below a key stand for, as words."""
        found = self._at(key)
        return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}

    def text(self, key: str) -> str:
        """The words below a key that has one entry."""
        return str(self._at(key))

    def number_of(self, key: str) -> float:
        """The number below a key that has one entry."""
        return float(self.text(key))

    def _at(self, key: str) -> object:
        here = self._data
        for part in key.split("."):
            here = here.get(part) if isinstance(here, Mapping) else None
        return here

    def ends(self, key: str, text: str) -> Found:
        """Whether a text ends with an entry; the longest one that it ends with."""
        made = self._pattern(key, "ends")
        return made.search(text) if made.pattern else None

    def starts(self, key: str, text: str) -> Found:
        """Whether a text starts with an entry."""
        made = self._pattern(key, "starts")
        return made.match(text) if made.pattern else None

    def within(self, key: str, text: str) -> Found:
        """The first entry in a text."""
        made = self._pattern(key, "within")
        return made.search(text) if made.pattern else None

    def all_within(self, key: str, text: str) -> list[re.Match[str]]:
        """Every entry in a text."""
        made = self._pattern(key, "within")
        return list(made.finditer(text)) if made.pattern else []

    def which(self, key: str, text: str) -> tuple[re.Match[str], float] | None:
        """The first entry of a mapping in a text, and what it stands for."""
        found = [
            (match, value)
            for entry, value in self.mapping(key).items()
            if (match := self._one(key, entry).search(text))
        ]
        return min(found, key=lambda one: (one[0].start(), -one[0].end()), default=None)

    def _one(self, key: str, entry: str) -> re.Pattern[str]:
        name = (f"{key}\n{entry}", "one")
        if name not in self._made:
            self._made[name] = re.compile(self._expanded(_guarded(entry)), re.IGNORECASE)
        return self._made[name]

    def _pattern(self, key: str, kind: str) -> re.Pattern[str]:
        if (key, kind) not in self._made:
            entries = self.entries(key)
            if kind == "starts":
                text = rf"\s*(?:{'|'.join(_right(one) for one in _longest(entries))})"
            elif kind == "ends":
                text = rf"(?:{_either(entries)})\s*$"
            else:
                text = _either(entries)
            made = re.compile(self._expanded(text), re.IGNORECASE) if entries else re.compile("")
            self._made[key, kind] = made
        return self._made[key, kind]

    def _expanded(self, text: str) -> str:
        text = text.replace(" ?", r"\s*").replace(" ", r"\s+")
        text = re.sub(r"(?<![\w\\])Y(?!\w)", lambda _: YEAR, text)
        number = getattr(self, "number", DIGITS)
        return re.sub(r"(?<![\w\\])N(?!\w)", lambda _: number, text)


def _longest(entries: list[str]) -> list[str]:
    return sorted(entries, key=len, reverse=True)


def _either(entries: list[str]) -> str:
    return "|".join(_guarded(one) for one in _longest(entries))


def _guarded(entry: str) -> str:
    """An entry that begins and ends with whole words, where it begins and ends with letters."""
    return ("" if entry[0] in "%€£$¥₹/<>≤≥~≈:.-–—" else _OPEN) + _right(entry)


def _right(entry: str) -> str:
    open_end = entry.endswith((" )?", "’]", ".?", "])")) or entry[-1] in "%€£$¥₹/<>≤≥~≈:-–— ’'.°"
    return f"(?:{entry})" + ("" if open_end or "(?=" in entry or "(?!" in entry[-60:] else _CLOSED)
