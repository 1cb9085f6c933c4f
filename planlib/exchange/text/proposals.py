"""What a text is taken to promise, until a person confirms it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from planlib.exchange.text.grammar.units import AmountUnit
from planlib.exchange.text.passages import Passage
from planlib.exchange.yaml_out import Value

SENTENCE = 400  # characters of a sentence that are kept
Confidence = Literal["sure", "likely", "doubtful"]
# Why a reading is not sure: one of the grave reasons, or four of the mild ones, make it doubtful. Each
# has its words in the catalogues.
MILD = (
    "bare", "about", "no-time", "time-elsewhere", "time-heading", "before", "range-or-change",
    "percent-or-points", "base-year", "group", "area", "several", "milestone", "weak-aim", "no-unit",
    "span-or-end", "zero", "plain",
)  # fmt: skip
GRAVE = (
    "two-numbers", "up-to", "direction", "no-aim", "past", "forecast", "all",
    "in-table", "words", "crowded", "negated", "share-or-places",
)  # fmt: skip


@dataclass
class Proposal:
    """A goal as it was read: its target, its readings, and why it is not sure where it is not."""

    name: str
    terms: dict[str, Value]
    unit: AmountUnit
    passage: Passage
    at: int  # where in the passage
    sentence: str
    reasons: list[str] = field(default_factory=list)
    readings: dict[str, Mapping[str, Value]] = field(default_factory=dict)
    group: tuple[str, str] | None = None  # a dimension and a member of it
    area: str = ""
    baseline: tuple[int, float] | None = None
    since: int | None = None  # the year a change is counted from
    due: tuple[int, str] | None = None  # a year, and a part of it
    fiscal: bool = False
    every: str = ""  # quarter or month, of what recurs within the year
    numbers: list[tuple[int, int]] = field(default_factory=list)  # where its numbers stand

    @property
    def confidence(self) -> Confidence:
        """Sure where nothing speaks against it."""
        if not self.reasons:
            return "sure"
        mild = all(one in MILD for one in self.reasons)
        return "likely" if mild and len(self.reasons) < 4 else "doubtful"


@dataclass(frozen=True)
class ListedNumber:
    """A number of the text and what it was taken for: part of a proposal, a date, a label, nothing."""

    passage: Passage
    start: int
    text: str
    role: str
    proposal: int | None = None  # its place among the proposals
