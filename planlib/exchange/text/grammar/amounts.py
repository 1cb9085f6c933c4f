"""Amounts in a text: numbers with their units, ranges, changes from one level to another, none, all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from planlib.exchange.text.grammar.lexicon import Lexicon
from planlib.exchange.text.grammar.numbers import Number
from planlib.exchange.text.grammar.times import Time
from planlib.exchange.text.grammar.units import AmountUnit, UnitReader

Kind = Literal["number", "zero", "times", "all", "places"]
SHARES = (2, 3, 4, 5, 10, 20, 50, 100)  # of which one in so many is told


@dataclass(frozen=True)
class Amount:
    """An amount: one number or both ends of a range, or the start and the end of a change."""

    start: int
    end: int
    low: float
    high: float | None = None
    unit: AmountUnit = field(default_factory=AmountUnit)
    kind: Kind = "number"
    other: float | None = None  # what a single number might be as well
    joined: str = ""  # the words between the two numbers
    led: bool = False  # by "from" or its like
    apart: bool = False  # both numbers have a unit, or a time, of their own
    weak: bool = False  # a number told in words, which may be none
    places: bool = False  # a share, or something in so many places
    of: float | None = None  # so many of so many

    def pair(self) -> tuple[float, float]:
        """Both numbers."""
        assert self.high is not None
        return self.low, self.high


class AmountFinder:
    """Finds the amounts in the texts of a language."""

    def __init__(self, words: Lexicon) -> None:
        self.words, self.units = words, UnitReader(words)

    def find(self, text: str, numbers: Sequence[Number], times: Sequence[Time]) -> list[Amount]:
        """The amounts of a passage, in order. ``numbers`` are those that are nothing else."""
        found: list[Amount] = []
        rest = list(numbers)
        while rest:
            one = rest.pop(0)
            amount = self._single(text, one)
            if found and amount.start < found[-1].end:
                continue  # part of the unit of the one before
            if rest and (joined := self._range(text, (one, amount), rest[0], times)):
                rest.pop(0)
                amount = joined
            while rest and rest[0].start < amount.end:
                rest.pop(0)
            found.append(amount)
        spoken = self._spoken(text, found)
        factors = [one for one in spoken if one.kind == "times"]
        found = [a for a in found if not any(t.start <= a.start < t.end for t in factors)]
        return sorted([*found, *spoken], key=lambda one: one.start)

    def _single(self, text: str, one: Number) -> Amount:
        unit, value, end, start = self.units.unit(text, one)
        scaled = value / one.value if one.value else 1.0
        other = None if one.other is None else one.other * scaled
        amount = Amount(
            start,
            end,
            value,
            unit=unit,
            other=other,
            weak=one.words and not one.percent,
            places=one.places,
        )
        if part := re.match(r"\s?:\s?1(?![\d:.,])", text[one.end :]):
            amount = replace(amount, end=one.end + part.end(), unit=AmountUnit())
        if ratio := self._of(text, one):
            total, end = ratio
            counted = not one.percent and bool(self.words.starts("of_the", text[one.end :]))
            if total == one.value or counted:
                noun, end = self.units.things(text, end)
                amount = replace(
                    amount,
                    end=end,
                    unit=AmountUnit("things", noun) if noun else AmountUnit(),
                    of=total if total == one.value else None,
                )
            elif total:
                share = round(100 * one.value / total, 1)
                amount = replace(
                    amount, end=end, low=share, unit=AmountUnit("percent", "%"), weak=False
                )
        return amount

    def _of(self, text: str, one: Number) -> tuple[float, int] | None:
        """So many of so many: 6/6, nine in ten."""
        after = text[one.end :]
        slash = re.match(r"\s?/\s?([0-9]+)(?![0-9.,]*\s*(?:%|ngày))(?=\s+[^\W\d_])", after)
        if slash and float(slash[1]) >= one.value:
            return float(slash[1]), one.end + slash.end()
        if not one.percent and (whole := self.words.starts("of_the", after)):
            number = re.match(
                rf"\s*({self.words.number})(?=\s+[^\W\d_])", after[whole.end() :], re.I
            )
            total = self._number(number[1]) if number else None
            if number and total is not None and total >= one.value:
                return total, one.end + whole.end() + number.end()
        noun = re.match(r"(?:\s[^\W\d_]+){1,2}?(?=\s)", after) if one.words else None
        if noun and self.words.starts("out_of", after[noun.end() :]):
            after = " " * noun.end() + after[noun.end() :]  # nine patients in ten
        if led := self.words.starts("out_of", after):
            number = re.match(
                rf"\s*({self.words.number})(?![\d.,]*\d)", after[led.end() :], re.IGNORECASE
            )
            if number and led[0].strip() not in {"/"}:
                total = self._number(number[1])
                if total in SHARES and one.value <= total:
                    return total, one.end + led.end() + number.end()
        return None

    def _number(self, text: str) -> float | None:
        """A number in plain digits or in one word."""
        small = self.words.mapping("numbers.words").get(text.lower())
        return float(text) if re.fullmatch(r"[0-9]+", text) else small

    # --------------------------------------------------------------- ranges

    def _range(
        self, text: str, first: tuple[Number, Amount], second: Number, times: Sequence[Time]
    ) -> Amount | None:
        number, low = first
        if number.article or low.of is not None:
            return None
        between = _without(text, low.end, second.start, times)
        bare = between.strip(" (),")
        before = text[: low.start]
        led = bool(self.words.ends("from", before) or self.words.ends("between", before))
        both = self.words.ends("between", before) and self.words.starts("between_and", bare)
        join = (
            self.words.starts("from_to", bare) or self.words.starts("range", bare) if led else None
        )
        join = both or join or self.words.starts("range", bare)
        if not join or not self._only_fillers(bare[join.end() :]):
            return None
        high = self._single(text, second)
        dashed = join[0].strip() in {"-", "–", "—", "÷"}
        if not (led or dashed or both) and not (
            low.unit.kind in {"", "percent"} and _close(text, low, second)
        ):
            return None
        same = not (high.unit.kind and low.unit.kind) or high.unit.kind == low.unit.kind
        if not same and not (low.unit.kind == "things" and led):
            return None
        unit = high.unit if high.unit.kind else low.unit
        factor = (
            self._scale_of(high, second) if not low.unit.kind and low.low == number.value else 1.0
        )
        timed = len(between) < second.start - low.end
        return Amount(
            low.start, high.end, low.low * factor, high.low, unit, "number", low.other or high.other,
            bare.strip().lower(), led, bool(low.unit.kind) or timed,
            low.weak and high.weak,
        )  # fmt: skip

    @staticmethod
    def _scale_of(high: Amount, second: Number) -> float:
        return high.low / second.value if second.value else 1.0

    def _only_fillers(self, text: str) -> bool:
        for key in ("at_least", "above", "at_most", "below", "about", "maybe"):
            if match := self.words.ends(f"comparisons.{key}.before", text):
                text = text[: match.start()]
        while match := self.words.ends("fillers", text):
            text = text[: match.start()]
        return not re.sub(r"[\s£€$¥(]", "", text)

    # --------------------------------------------------------- without digits

    def _spoken(self, text: str, taken: Sequence[Amount]) -> list[Amount]:
        found: list[Amount] = []

        def free(start: int, end: int) -> bool:
            return not any(start < a.end and a.start < end for a in [*taken, *found])

        for match in self.words.all_within("times_number", text):
            number = re.search(self.words.number, match[0], re.IGNORECASE)
            inside = [a for a in taken if match.start() <= a.start < match.end()]
            if number and inside:
                factor = inside[0].low
                if self.words.within("times_divided", match[0]) and factor:
                    factor = 1 / factor
                found.append(
                    Amount(
                        *match.span(),
                        round(100 * (factor - 1), 6),
                        unit=AmountUnit("percent", "%"),
                        kind="times",
                    )
                )
        for entry, change in self.words.mapping("times_words").items():
            pattern = re.compile(
                rf"(?<!\w)(?:{entry.replace(' ', chr(92) + 's+')})(?!\w)", re.IGNORECASE
            )
            found += [Amount(*one.span(), change, unit=AmountUnit("percent", "%"), kind="times")
                      for one in pattern.finditer(text) if not any(
                          f.start < one.end() and one.start() < f.end for f in found)]  # fmt: skip
        refused = [one.span() for one in self.words.all_within("zero_not", text)]
        for one in self.words.all_within("zero", text):
            if free(*one.span()) and not any(a <= one.start() < b for a, b in refused):
                found.append(Amount(*one.span(), 0.0, kind="zero"))
        found += [Amount(*one.span(), 100.0, unit=AmountUnit("percent", "%"), kind="all")
                  for one in self.words.all_within("all", text) if free(*one.span())]  # fmt: skip
        return found


def _without(text: str, start: int, end: int, times: Sequence[Time]) -> str:
    """A piece of a text without the times in it."""
    piece = ""
    for at in range(start, end):
        if not any(one.start <= at < one.end and one.kind != "each" for one in times):
            piece += text[at]
    return piece


def _close(text: str, low: Amount, second: Number) -> bool:
    return second.start - low.end <= 12
