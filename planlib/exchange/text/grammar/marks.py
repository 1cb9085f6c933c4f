"""Numbers that are no targets by their form: dates, years, document numbers, ages, list numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from planlib.exchange.text.grammar.lexicon import YEAR, Lexicon


@dataclass(frozen=True)
class NumberMark:
    """A place of a text that is taken: what it is, and of a time the years or the day it names."""

    start: int
    end: int
    role: str
    year: int | None = None
    last: int | None = None  # of a span of years
    part: str = ""  # of a year: Q2, or a month and a day as 06-30


_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+")
_ISO = re.compile(rf"(?<!\d)({YEAR})-(0[1-9]|1[0-2])-([0-3][0-9])(?!\d)")
_DAY = re.compile(rf"(?<!\d)([0-3]?[0-9])[/.]([01]?[0-9])[/.]({YEAR})(?!\d)")
_MONTH = re.compile(rf"(?<![\d/])(0?[1-9]|1[0-2])/({YEAR})(?!\d)")
_DOCUMENT = re.compile(
    r"(?<![\w.,])[0-9]+(?:[-/][0-9]{4})?[-/–][A-ZĐÀ-Ỹ][\w-]*(?:/[\w-]+)*|[A-Z]+/[A-Z/]*[0-9]+(?:/[0-9]+)*"
)
_FISCAL = re.compile(rf"(?<![\d/-])({YEAR})\s?[/–-]\s?([0-9]{{2}})(?![\d/-])")
_SPAN = re.compile(rf"(?<![\d/])({YEAR})\s*[-–—/]\s*({YEAR})(?![\d/])")
_CLOCK = re.compile(r"(?<![\d:])[0-2]?[0-9][:hH][0-5][0-9](?!\d)")
_LIST = re.compile(
    r"\s*(?:[-–•*+]\s*)?(?:\(?[0-9]{1,3}[.)](?![0-9])\)?|[0-9]{1,2}(?:\.[0-9]{1,2}|\.[a-z])+[.)]?(?=\s+[A-ZÀ-ỸĐ])|\(?[a-z0-9]{1,2}\))\s*"
)
# (2) or 2) where a sentence or a clause begins, in the middle of a paragraph.
_ENUMERATOR = re.compile(r"(?<=[.;:]\s)(?:\([0-9]{1,2}\)|[0-9]{1,2}\))(?=\s+[^\W\d_])")
_GLUED = re.compile(r"(?<![\w%])[^\W\d_]+[-.]?[0-9]+(?:[.,][0-9]+)*(?:\s?,\s?[0-9]+)*(?![\w%]*[%])")
_ORDINAL = re.compile(r"(?<!\w)[0-9]+(?:st|nd|rd|th|er|ère|e|ème|ᵉ|º|°)(?!\w)")
_GENERATION = re.compile(r"(?<!\w)[0-9]G(?!\w)")
_YEAR = re.compile(rf"(?<![\d.,/])({YEAR})(?![\d%/]|[.,]\d|\s?(?:%|[€£$]))")
_PHONE = re.compile(r"(?<!\w)\+?[0-9]{2,4}(?:[ .-][0-9]{2,4}){3,}(?!\d)")


class MarkFinder:
    """Finds them in the texts of a language."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words
        months = {**words.mapping("months")}
        names = "|".join(months)
        self._money = set(words.names("currencies"))
        self._months = {name: int(one) for name, one in months.items()}
        self._dated = [
            re.compile(rf"(?<!\w)([0-3]?[0-9])(?:st|nd|rd|th|er)?\s+(?:of\s+)?({names})\s*,?\s*({YEAR})", re.I),
            re.compile(rf"(?<!\w)({names})\s+([0-3]?[0-9])(?:st|nd|rd|th)?\s*,\s*({YEAR})", re.I),
            re.compile(rf"(?<!\w)({names})\s+({YEAR})(?!\d)", re.I),
        ] if names else []  # fmt: skip
        self._vietnamese = re.compile(
            rf"(?:ngày\s+([0-3]?[0-9])\s+)?tháng\s+([01]?[0-9])(?:\s+năm\s+|\s*/\s*)({YEAR})", re.I
        )
        self._quarters = [
            re.compile(rf"(?<!\w){entry.replace(' ', chr(92) + 's+')}(?:\s+(?:of\s+|năm\s+|de\s+)?|/)({YEAR})(?:[/-]([0-9]{{2}}))?(?!\d)", re.I)
            for entry in words.entries("quarters")
        ]  # fmt: skip

    def find(self, text: str) -> list[NumberMark]:
        """The marks of a passage, none over another; what is told first below comes first."""
        found: list[NumberMark] = []
        for mark in self._all(text):
            if not any(one.start < mark.end and mark.start < one.end for one in found):
                found.append(mark)
        return sorted(found, key=lambda one: one.start)

    def _all(self, text: str) -> Iterator[NumberMark]:
        for pattern, role in ((_ADDRESS, "address"), (_PHONE, "address")):
            yield from (NumberMark(*one.span(), role) for one in pattern.finditer(text))
        yield from self._times(text)
        yield from (NumberMark(*one.span(), "document") for one in _DOCUMENT.finditer(text))
        if (item := _LIST.match(text)) and re.search("[0-9]", item[0]):
            yield NumberMark(*item.span(), "list")
        yield from (NumberMark(*one.span(), "list") for one in _ENUMERATOR.finditer(text))
        for key, role in (
            ("ages", "age"),
            ("thresholds", "threshold"),
            ("rate_of", "part"),
            ("durations", "duration"),
        ):
            for one in self.words.all_within(key, text):
                clause = re.split("[,;.]", text[: one.start()])[-1]
                if role == "age" and self.words.within("ages_not", clause):
                    continue
                yield NumberMark(*one.span(), role)
        yield from self._placed(text)
        yield from self._labelled(text)
        yield from (NumberMark(*one.span(), "clock") for one in _CLOCK.finditer(text))
        for pattern in (_GLUED, _ORDINAL, _GENERATION):
            for one in pattern.finditer(text):
                letters = re.match(r"[^\W\d_]+", one[0])
                if not (letters and letters[0] in self._money):  # R110 000 is an amount
                    yield NumberMark(*one.span(), "label")
        yield from self._years(text)

    def _times(self, text: str) -> Iterator[NumberMark]:
        for one in _ISO.finditer(text):
            yield NumberMark(*one.span(), "date", int(one[1]), part=f"{one[2]}-{one[3]}")
        for one in _DAY.finditer(text):
            day, month = int(one[1]), int(one[2])
            if 1 <= month <= 12 and 1 <= day <= 31:
                yield NumberMark(*one.span(), "date", int(one[3]), part=f"{month:02d}-{day:02d}")
        for one in self._vietnamese.finditer(text):
            part = f"{int(one[2]):02d}" + (f"-{int(one[1]):02d}" if one[1] else "")
            yield NumberMark(*one.span(), "date", int(one[3]), part=part)
        for pattern in self._dated:
            for one in pattern.finditer(text):
                names = [self._months[g.lower()] for g in one.groups() if g.lower() in self._months]
                days = [int(g) for g in one.groups()[:-1] if g.isdigit()]
                part = f"{names[0]:02d}" + (f"-{days[0]:02d}" if days else "")
                yield NumberMark(*one.span(), "date", int(one.groups()[-1]), part=part)
        for pattern in self._quarters:
            for one in pattern.finditer(text):
                named = {k.lower(): v for k, v in self.words.mapping("quarter_words").items()}
                number = int(one[1]) if one[1].isdigit() else int(named[one[1].lower()])
                split = "/" if one[3] else ""
                yield NumberMark(*one.span(), "date", int(one[2]), part=f"Q{number}{split}")
        for one in _MONTH.finditer(text):
            yield NumberMark(*one.span(), "date", int(one[2]), part=f"{int(one[1]):02d}")
        for one in _SPAN.finditer(text):
            if int(one[1]) < int(one[2]):
                yield NumberMark(*one.span(), "span", int(one[1]), int(one[2]))
        for one in _FISCAL.finditer(text):
            if (int(one[1]) + 1) % 100 == int(one[2]):
                yield NumberMark(*one.span(), "fiscal", int(one[1]))
            elif (int(one[1]) % 100) < int(one[2]):
                yield NumberMark(
                    *one.span(), "span", int(one[1]), int(one[1]) // 100 * 100 + int(one[2])
                )

    def _placed(self, text: str) -> Iterator[NumberMark]:
        """Places by their numbers: Ward 3, khu phố 2, 3."""
        places = "|".join(sorted(self.words.entries("places"), key=len, reverse=True)).replace(
            " ", r"\s+"
        )
        pattern = rf"(?<!\w)(?:{places})\s+[0-9]{{1,2}}(?:(?:\s*,\s*|\s+(?:và|and|et)\s+)[0-9]{{1,2}}(?![\w%]|[.,][0-9]|\s*%))*(?![\w%]|[.,][0-9]|\s*%)"
        yield from (
            NumberMark(*one.span(), "place") for one in re.finditer(pattern, text, re.IGNORECASE)
        )

    def _labelled(self, text: str) -> Iterator[NumberMark]:
        labels = "|".join(sorted(self.words.entries("labels"), key=len, reverse=True)).replace(
            " ", r"\s+"
        )
        pattern = rf"(?<!\w)(?:{labels})\s*(?:số\s+|no\.?\s*|n[°º]\s*)?[0-9]+(?:[./-][0-9]+)*[a-z]?(?![\w%]|[.,][0-9]|\s*%)"
        for one in re.finditer(pattern, text, re.IGNORECASE):
            digits = re.search(r"[0-9][\w./-]*$", one[0])
            if digits and re.fullmatch(YEAR, digits[0]):
                continue
            yield NumberMark(*one.span(), "label")

    def _years(self, text: str) -> Iterator[NumberMark]:
        for one in _YEAR.finditer(text):
            before, after = text[: one.start()], text[one.end() :]
            led = bool(self.words.ends("years.before", before))
            followed = bool(self.words.starts("years.after", after))
            noun = re.match(r"\s+[^\W\d_]", after) and not self.words.starts("unit_stops", after)
            loose = self.words.ends("comparisons.at_least.before", before)
            if loose or (noun and not led and not followed):
                continue
            yield NumberMark(*one.span(), "year", int(one[1]))
