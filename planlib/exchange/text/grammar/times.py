"""When a target holds: deadlines, base years, every year, the whole term."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from planlib.exchange.text.grammar.lexicon import Lexicon
from planlib.exchange.text.grammar.marks import NumberMark

Kind = Literal["due", "since", "previous", "each", "over", "term-end", "named"]
SPOKEN: tuple[tuple[str, Kind], ...] = (("previous", "previous"), ("due_term", "term-end"))
LASTING: tuple[tuple[str, Kind], ...] = (("over_term", "over"), ("each", "each"))
DATED: tuple[tuple[str, Kind], ...] = (("since", "since"), ("due_strict", "due"), ("due", "due"))
NEAR = 60  # characters before a year in which its preposition stands


@dataclass(frozen=True)
class Time:
    """A time told in a text: what it says of a target, and where it stands."""

    start: int
    end: int
    kind: Kind
    year: int | None = None
    last: int | None = None  # of a span
    part: str = ""  # of the year: Q2, 06-30
    loose: bool = False  # a preposition that may name the time of something else
    before: bool = False  # before that time, not by it
    fiscal: bool = False
    every: str = ""  # quarter or month, of what recurs within the year


class TimeFinder:
    """Finds the times in the texts of a language."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words

    def find(self, text: str, marks: Sequence[NumberMark]) -> list[Time]:
        """The times of a passage, none over another."""
        found: list[Time] = []
        spoken = [
            Time(*match.span(), kind)
            for key, kind in SPOKEN
            for match in self.words.all_within(key, text)
        ]
        found += _apart(found, spoken)
        found += _apart(found, [self._of_mark(text, mark) for mark in marks if mark.year])
        for period in ("quarter", "month"):
            matches = self.words.all_within(f"each_period.{period}", text)
            found += _apart(found, [Time(*one.span(), "each", every=period) for one in matches])
        for key, kind in LASTING:
            found += _apart(
                found, [Time(*one.span(), kind) for one in self.words.all_within(key, text)]
            )
        return sorted(self._joined(text, found), key=lambda one: one.start)

    def _of_mark(self, text: str, mark: NumberMark) -> Time:
        before, after = text[max(0, mark.start - NEAR) : mark.start], text[mark.end :]
        fiscal = mark.role == "fiscal" or mark.part.endswith("/")
        part = mark.part.rstrip("/")
        if not before.strip(" -–•*") and re.match(r"\s*:", after) and mark.role != "span":
            return Time(mark.start, mark.end, "due", mark.year, part=part, fiscal=fiscal)
        if mark.role == "span":
            compared = self.words.ends("since_span", before)
            if self.words.ends("since", before[: compared.start()] if compared else before):
                return Time(mark.start, mark.end, "since")
            led = self.words.ends("over_span", before)
            start = mark.start - (len(before) - led.start() if led else 0)
            return Time(start, mark.end, "over" if led else "named", mark.year, mark.last)
        follows = self.words.starts("since_after", after)
        kinds: list[tuple[int, Kind, bool, bool]] = []
        for key, kind in DATED:
            if led := self.words.ends(key, before):
                length = len(before) - led.start()
                kinds.append((length, kind, key == "due_strict", key == "due"))
        if not kinds:
            return Time(mark.start, mark.end, "named", mark.year, part=part, fiscal=fiscal)
        if follows and any(kind == "since" for _, kind, _, _ in kinds):
            kinds = [one for one in kinds if one[1] == "since"]
        length, kind, strict, _ = max(kinds, key=lambda one: (one[0], one[1] == "due"))
        led = self.words.ends("due_weak", before)
        loose = (
            kind == "due" and bool(led) and len(before) - led.start() >= length if led else False
        )
        end = mark.end + (follows.end() if follows and kind == "since" else 0)
        return Time(mark.start - length, end, kind, mark.year, None, part, loose, strict, fiscal)

    def _joined(self, text: str, found: Sequence[Time]) -> list[Time]:
        """Two years that are the ends of one span: between 2021 and 2025."""
        ordered = sorted(found, key=lambda one: one.start)
        result: list[Time] = []
        for one in ordered:
            last = result[-1] if result else None
            if last and last.year and one.year and not last.last and not one.last:
                year = re.search(r"[0-9]{4}(?!.*[0-9])", text[last.start : last.end])
                gap = text[last.end : one.end]
                join = self.words.starts("span_join", gap)
                lead = text[last.start : last.end][: year.start()] if year else ""
                lead = text[max(0, last.start - NEAR) : last.start] + lead
                if (join and self.words.ends("over_span", lead) and last.year < one.year
                        and re.fullmatch(r"(?:\s*[^\W\d]+){0,3}\s*[0-9]{4}", gap[join.end():])):  # fmt: skip
                    result[-1] = Time(last.start, one.end, "over", last.year, one.year)
                    continue
            result.append(one)
        return result


def _apart(taken: Sequence[Time], more: Sequence[Time]) -> list[Time]:
    """Those that lie over none that were found before, nor over one another."""
    kept: list[Time] = []
    for one in more:
        if not any(one.start < other.end and other.start < one.end for other in [*taken, *kept]):
            kept.append(one)
    return kept
