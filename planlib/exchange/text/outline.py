"""What passages inherit from the headings above them and from the words that lead in to a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planlib.exchange.text.grammar.lexicon import Lexicon
from planlib.exchange.text.grammar.times import Time
from planlib.exchange.text.passages import Passage, level_of
from planlib.exchange.text.spots import Context


@dataclass(frozen=True)
class _Heading:
    level: int
    time: Time | None
    aims: bool
    results: bool


class Outline:
    """The headings that are open, and the words that lead in, as a text goes on."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words
        self._open: list[_Heading] = []
        self._lead: Time | None = None
        self._lead_aims = False

    def context_of(self, passage: Passage, times: Sequence[Time], first: int | None) -> Context:
        """What a passage inherits; ``times`` are its own, ``first`` is the first year of the term."""
        leads_in = passage.text.rstrip().endswith(":")
        if passage.heading:
            self._heading(passage.text, times)
        elif leads_in:
            self._lead = _due_of(times, heading=False) or self._lead
            self._lead_aims = bool(self.words.within("aims", passage.text))
        held = next((one.time for one in reversed(self._open) if one.time), None)
        aims = self._lead_aims or any(one.aims for one in self._open)
        time = None if leads_in and not passage.heading else self._lead or held
        results = bool(self._open) and self._open[-1].results
        return Context(time, aims and not results, results, passage.section, first)

    def _heading(self, text: str, times: Sequence[Time]) -> None:
        level = level_of(text)
        self._open = [one for one in self._open if one.level < level]
        awaited = self.words.within("results_awaited", text)
        results = bool(self.words.within("results_heading", text)) and not awaited
        aims = bool(self.words.within("targets_heading", text)) and not results
        above = bool(self._open) and self._open[-1].results
        self._open.append(
            _Heading(level, _due_of(times, heading=True), aims, results or (above and not aims))
        )
        self._lead, self._lead_aims = None, text.rstrip().endswith(":") and aims


def _due_of(times: Sequence[Time], *, heading: bool) -> Time | None:
    """The time that a line gives to those below it."""
    dues = [one for one in times if one.kind in {"due", "term-end"}]
    if dues:
        one = dues[-1]
        return Time(
            one.start,
            one.end,
            one.kind,
            one.year,
            one.last,
            one.part,
            heading,
            one.before,
            one.fiscal,
        )
    named = [one for one in times if one.kind == "named" and one.year and not one.last]
    if heading and named:
        return Time(
            0, 0, "due", named[-1].year, part=named[-1].part, loose=True, fiscal=named[-1].fiscal
        )
    each = [one for one in times if one.kind == "each"]
    return each[-1] if each else None
