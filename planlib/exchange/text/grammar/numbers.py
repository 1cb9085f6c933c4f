"""Numbers as a language writes them: ``1.234,5``, ``1,234.5``, ``1 234,5``, ``twelve``, ``a third``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from planlib.exchange.text.grammar.lexicon import DIGITS, Lexicon

LARGEST_WHOLE = 100  # one in so many
_SPACES = re.compile(r"[ \u00a0\u202f\u2009'’]")


@dataclass(frozen=True)
class Number:
    """A number of a text: where it stands, what it is; ``other`` what it might be as well."""

    start: int
    end: int
    value: float
    other: float | None = None
    words: bool = False  # told in words
    article: bool = False  # a word that is as often an article
    percent: bool = False  # a fraction told in words, as a percentage
    places: bool = False  # or something in so many places: one stall in three streets


def value_of(text: str, decimal: str) -> tuple[float, float | None] | None:
    """A number in digits, and its other meaning where the sign before three digits may be either.

    None for digits that are no number, such as 1.2.3.

    >>> value_of("1.234,5", ","), value_of("1 234,5", ","), value_of("1,234.5", ".")
    ((1234.5, None), (1234.5, None), (1234.5, None))
    >>> value_of("1.300", ","), value_of("15.5", ","), value_of("1.300", ".")
    ((1300.0, None), (15.5, None), (1.3, 1300.0))
    >>> value_of("1.2.3", ".")
    """
    plain = _SPACES.sub("", text)
    signs = re.findall(r"[.,]", plain)
    if not signs:
        return float(plain), None
    if len(set(signs)) == 2:
        last = signs[-1]
        if signs.count(last) > 1:
            return None
        return float(plain.replace("," if last == "." else ".", "").replace(last, ".")), None
    parts = re.split(r"[.,]", plain)
    whole = "".join(parts)
    grouped = (
        all(len(part) == 3 for part in parts[1:]) and 1 <= len(parts[0]) <= 3 and parts[0] != "0"
    )
    if len(signs) > 1:
        return (float(whole), None) if grouped else None
    point = float(".".join(parts))
    if not grouped:
        return point, None
    return (point, float(whole)) if signs[0] == decimal else (float(whole), None)


class NumberFinder:
    """Finds the numbers of a language."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words
        self._small = words.mapping("numbers.words")
        self._scales = words.mapping("numbers.multipliers")
        every = sorted([*self._small, *self._scales], key=len, reverse=True)
        joiners = "|".join([r"\s+", *(rf"\s*{one}\s*" for one in words.entries("numbers.joiners"))])
        word = "|".join(every)
        self._run = re.compile(
            rf"(?<!\w)(?:{word})(?:(?:{joiners})(?:{word}))*(?!\w)", re.IGNORECASE
        )
        self._digits = re.compile(rf"(?<![\d]){DIGITS}")
        self._shares = self._share_patterns()

    def _share_patterns(self) -> list[tuple[re.Pattern[str], bool]]:
        """What tells so many of so many, and whether the whole comes first."""

        def either(key: str) -> str:
            return "|".join(self.words.entries(f"numbers.{key}")) or "(?!)"

        names = [*self.words.mapping("numbers.articles"), *self._small]
        count = rf"(?:[0-9]{{1,3}}|{'|'.join(sorted(names, key=len, reverse=True))})"
        noun = rf"(?!\s+(?:{either('no_wholes')}))(?:\s+[^\W\d_]+){{1,3}}?"
        ends = r"(?![\w%]|[.,/:][0-9]|\s*%)"
        part = (
            rf"(?<![\w.,/])(?P<part>{count})(?P<noun>{noun})?\s+"
            rf"(?:(?P<clear>{either('whole_clear')})|{either('whole_after')})\s+"
            rf"(?P<whole>{count}){ends}(?!\s+(?:{either('no_wholes')}))"
        )
        whole = (
            rf"(?<!\w)(?:{either('whole_before')})\s+(?P<whole>{count}){noun},?"
            rf"(?:\s+(?:{either('whole_links')}))*\s+(?P<part>{count}){ends}"
        )
        return [(re.compile(part, re.IGNORECASE), False), (re.compile(whole, re.IGNORECASE), True)]

    def find(self, text: str) -> list[Number]:
        """Every number of a text, in order; what is in digits always, and once each."""
        found = self._fractions(text)
        for others in (self._one_in(text), self._in_digits(text), self._in_words(text)):
            found += [one for one in others if not _over(one, found)]
        return sorted(found, key=lambda one: one.start)

    def _in_digits(self, text: str) -> list[Number]:
        found = []
        for match in self._digits.finditer(text):
            read = value_of(match[0], self.words.decimal)
            if read is None:  # parts of a number such as 1.2.3, each by itself
                for part in re.finditer("[0-9]+", match[0]):
                    start = match.start() + part.start()
                    found.append(Number(start, start + len(part[0]), float(part[0])))
            else:
                found.append(Number(match.start(), match.end(), *read))
        return found

    def _fractions(self, text: str) -> list[Number]:
        found: list[Number] = []
        fractions = self.words.mapping("numbers.fractions")
        for entry in sorted(fractions, key=len, reverse=True):
            pattern = re.compile(
                rf"(?<!\w){entry.replace(' ', chr(92) + 's+')}(?!\w)", re.IGNORECASE
            )
            found += [
                Number(one.start(), one.end(), fractions[entry], words=True, percent=True)
                for one in pattern.finditer(text)
                if not any(n.start < one.end() and one.start() < n.end for n in found)
            ]
        return found

    def _one_in(self, text: str) -> list[Number]:
        """So many of so many: one in three, un habitant sur trois, cứ ba hộ thì có một hộ."""
        found: list[Number] = []
        for pattern, whole_first in self._shares:
            for match in pattern.finditer(text):
                told, whole = self._told(match["part"].lower()), self._told(match["whole"].lower())
                if told is None or whole is None or not 1 <= told < whole <= LARGEST_WHOLE:
                    continue
                noun = not whole_first and match["noun"]
                if noun and told > 1:
                    continue  # nine patients in ten are read by their amounts
                share = round(100 * told / whole, 1)
                places = whole_first or bool(noun and not match["clear"])
                found.append(Number(*match.span(), share, words=True, percent=True, places=places))
        return found

    def _told(self, word: str) -> float | None:
        if word.isdecimal():
            return float(word)
        articles = self.words.mapping("numbers.articles")
        return self._small.get(word, articles.get(word))

    def _in_words(self, text: str) -> list[Number]:
        found = []
        for match in self._run.finditer(text):
            parts = [part for part in re.split(r"[\s-]+", match[0].lower()) if part]
            value = self._sum(match[0].lower(), parts)
            if value is not None:
                found.append(Number(match.start(), match.end(), value, words=True))
        for entry in self.words.entries("numbers.zeros"):
            found += [
                Number(match.start(), match.end(), 0.0, words=True)
                for match in re.finditer(rf"(?<!\w){entry}(?!\w)", text, re.IGNORECASE)
            ]
        for word, one in self.words.mapping("numbers.articles").items():
            found += [
                Number(match.start(), match.end(), one, words=True, article=True)
                for match in re.finditer(rf"(?<!\w){word}(?!\w)", text, re.IGNORECASE)
            ]
        return found

    def _sum(self, whole: str, parts: list[str]) -> float | None:
        """Number words added up as they are spoken: two hundred and thirty."""
        for entry, value in self._small.items():
            if re.fullmatch(entry, whole):
                return value
        total = current = 0.0
        for part in parts:
            small = next((v for e, v in self._small.items() if re.fullmatch(e, part)), None)
            scale = next((v for e, v in self._scales.items() if re.fullmatch(e, part)), None)
            if small is not None:
                current += small
            elif scale is not None and scale < 1000:
                current = max(current, 1) * scale
            elif scale is not None:
                total, current = total + max(current, 1) * scale, 0.0
        return total + current or None


def _over(one: Number, others: Sequence[Number]) -> bool:
    return any(other.start < one.end and one.start < other.end for other in others)
