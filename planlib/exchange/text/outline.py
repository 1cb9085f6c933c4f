"""What passages inherit from the headings above them and from the words that lead in to a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

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

    def context_of(
        self, passage: Passage, times: Sequence[Time], term: tuple[int | None, int | None]
    ) -> Context:
        """What a passage inherits; ``times`` are its own, ``term`` the first and last year of the plan."""
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
        return Context(time, aims and not results, results, passage.section, *term)

    def _heading(self, text: str, times: Sequence[Time]) -> None:
        level = level_of(text)
        self._open = [one for one in self._open if one.level < level]
        awaited = self.words.within("results_awaited", text)
        results = bool(self.words.within("results_heading", text)) and not awaited
        aims = bool(self.words.within("targets_heading", text)) and not results
        above = bool(self._open) and self._open[-1].results
        leads = aims or text.rstrip().endswith(":")
        due = _due_of(times, heading=True, aims=leads)
        if due is not None and aims and self._of_year(text, times):
            due = replace(due, loose=False)
        self._open.append(_Heading(level, due, aims, results or (above and not aims)))
        self._lead, self._lead_aims = None, text.rstrip().endswith(":") and aims

    def _of_year(self, text: str, times: Sequence[Time]) -> bool:
        """Whether a heading of targets ends with the one year they are of: targets for 2025."""
        told = [one for one in times if one.year]
        if len(told) != 1 or re.search(r"\w", text[told[0].end :]):
            return False
        (one,) = told
        aims = self.words.all_within("targets_heading", text[: one.start])
        led = self.words.starts("heading_years", text[one.start :])
        return bool(aims) and bool(led or not re.search(r"\w", text[aims[-1].end() : one.start]))


def _due_of(times: Sequence[Time], *, heading: bool, aims: bool = False) -> Time | None:
    """The time that a line gives to those below it: a heading loosely, unless it is of targets by a year."""
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
            heading and not (aims and not one.loose and len({d.year for d in dues}) == 1),
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
