"""What a passage promises: a proposal for each amount that states a target, a list of every number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from planlib.exchange.text.bounds import OPPOSITE
from planlib.exchange.text.evidence import TargetEvidence
from planlib.exchange.text.grammar.amounts import Amount, AmountFinder
from planlib.exchange.text.grammar.clauses import PARTS, Clause, clauses
from planlib.exchange.text.grammar.lexicon import Lexicon
from planlib.exchange.text.grammar.marks import MarkFinder, NumberMark
from planlib.exchange.text.grammar.numbers import NumberFinder
from planlib.exchange.text.grammar.times import Time, TimeFinder
from planlib.exchange.text.grammar.wording import Direction
from planlib.exchange.text.naming import GoalNaming
from planlib.exchange.text.passages import Passage, sentences
from planlib.exchange.text.proposals import SENTENCE, ListedNumber, Proposal
from planlib.exchange.text.roles import Roles, listed_numbers
from planlib.exchange.text.rows import RowReader
from planlib.exchange.text.spots import Context, Read, Spot, as_terms
from planlib.exchange.text.steps import StepReader, due_of
from planlib.exchange.text.table_rows import TableReader
from planlib.exchange.text.targets import TargetReader


@dataclass
class Found:
    """What came of a passage."""

    proposals: list[Proposal] = field(default_factory=list)
    listed: list[ListedNumber] = field(default_factory=list)


class PromiseReader:
    """Reads passages of one language."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words
        self.numbers, self.marks = NumberFinder(words), MarkFinder(words)
        self.times, self.amounts = TimeFinder(words), AmountFinder(words)
        self.targets, self.naming = TargetReader(words), GoalNaming(words)
        self.roles = Roles(words)
        self.rows, self.tables = RowReader(words, self.marks), TableReader(words)
        self.evidence = TargetEvidence(words, self.roles)
        self.steps = StepReader(words, self.roles, self.naming)

    def speaks(self, text: str) -> bool:
        """Whether a short line is a sentence that asks for something."""
        keys = ("imperatives", "zero", "times_words")
        begins = re.sub(r"^\W+", "", text)
        return any(self.words.starts(key, begins) for key in keys)

    def times_of(self, passage: Passage) -> list[Time]:
        """The times that a passage tells."""
        return self.times.find(passage.text, self.marks.find(passage.text))

    def read(self, passage: Passage, context: Context) -> Found:
        """The proposals of a passage, and what each of its numbers was taken for."""
        if passage.head and (row := self.tables.read(passage, context)) is not None:
            numbers = self.numbers.find(passage.text)
            roles = {one.start: row.roles.get(one.start, "") for one in numbers}
            listed = listed_numbers(passage, (numbers, roles, ()), row.proposals, ())
            return Found(row.proposals, listed)
        text = passage.text
        marks = self.marks.find(text)
        times = [one for one in self.times.find(text, marks) if not any(
            mark.year is None and mark.start < one.end and one.start < mark.end for mark in marks)]  # fmt: skip
        numbers = [
            one for one in self.numbers.find(text) if not one.article or self.roles.meant(text, one)
        ]
        roles = {one.start: self.roles.role(one, marks, times) for one in numbers}
        free = [one for one in numbers if not roles[one.start]]
        free += self.roles.durations(text, numbers, marks, free)
        free.sort(key=lambda one: one.start)
        found = Found()
        amounts = [] if passage.heading else self.amounts.find(text, free, times)
        times = [one for one in times if one.kind != "each" or not any(
            a.start < one.start < a.end for a in amounts)]  # fmt: skip
        for span in sentences(text, self.words.entries("abbreviations")):
            mine = [one for one in amounts if span[0] <= one.start < span[1]]
            self._sentence(passage, context, (span, self._chosen(mine, times), times, marks), found)
        found.listed = listed_numbers(
            passage, (numbers, roles, amounts), found.proposals, found.listed
        )
        return found

    # ---------------------------------------------------------------- numbers

    def _chosen(self, amounts: Sequence[Amount], times: Sequence[Time]) -> list[Amount]:
        """ "All" is an amount only where there is no other, or with a time of its own."""
        dues = [one.start for one in times if one.kind == "due"]
        others = [
            one for one in amounts
            if one.kind != "all" or any(0 <= start - one.end <= 2 for start in dues)
        ]  # fmt: skip
        return others if any(one.kind != "all" for one in others) else list(amounts[:1])

    def _measured(self, text: str, start: int, amounts: Sequence[Amount]) -> list[Amount]:
        """Those that are no part of what another measures: the wait for 101 calls from 4 to 2 minutes."""
        kept = list(amounts)
        for one, following in pairwise(amounts):  # 90 % of 999 calls
            of = self.words.starts("of_the", text[one.end : following.start])
            if one.unit.kind == "percent" and of and one.end + of.end() >= following.start - 1:
                kept.remove(following)
        for one, following in pairwise(amounts):
            between, before = text[one.end : following.start], text[start : one.start]
            named = one.kind == "number" and one.unit.kind in {"things", ""} and one.high is None
            if (
                not named
                or re.search(r"[,;:]", between)
                or self.targets.wording.lead(before).comparison
            ):
                continue
            changes = following.led and following.high is not None and bool(
                self.targets.wording.change(before)
            )  # fmt: skip
            shares = following.unit.kind == "percent" and bool(self.words.within("rates", before))
            if changes or shares:
                kept = [other for other in kept if other is not one]
        return kept

    # --------------------------------------------------------------- sentence

    def _sentence(
        self,
        passage: Passage,
        context: Context,
        parts: tuple[tuple[int, int], list[Amount], Sequence[Time], Sequence[NumberMark]],
        found: Found,
    ) -> None:
        (start, end), amounts, times, marks = parts
        text = passage.text
        mine = [one for one in times if start <= one.start < end]
        if not amounts:
            found.proposals += self.steps.read(passage, context, ((start, end), mine, marks))
            return
        measured = self._measured(text, start, amounts)
        found.listed += [self._listed(passage, a, "part") for a in amounts if a not in measured]
        amounts = measured
        places = clauses(text, (start, end), amounts, self.targets.wording.bare)
        leading = [one for one in mine if one.end <= amounts[0].start and one.kind != "named"
                   and not self._within_name(text, start, one)]  # fmt: skip
        earlier: Direction | None = None
        goes_on = ""
        last: Proposal | None = None
        for index, (amount, clause) in enumerate(zip(amounts, places, strict=True)):
            outer = clause.outer if clause.inside else clause.start
            own = [one for one in mine if outer <= one.start < clause.end]
            others = [one for one in mine if one not in own and one not in leading]
            inherited = context.time
            if passage.head:
                above = self.rows.head(passage, amount, context.first)
                amount, inherited = self.rows.measured(passage, amount), above.time or inherited
                if above.start:
                    found.listed.append(self._listed(passage, amount, "start"))
                    continue
            spot = Spot(
                text,
                (start, end),
                amount,
                clause,
                own,
                leading,
                others,
                inherited,
                earlier,
                goes_on,
                index + 1 < len(amounts),
                self._joined(text, amounts[index : index + 2]),
                context.last is not None,
            )
            barred = index > 0 and amounts[index - 1].kind == "zero" and clause.crowded
            if amount.kind == "zero" and self._bars(text, amounts, places, index):
                continue
            if role := self.evidence.against(spot, context, last):
                if role == "start" and last is not None and last.baseline is None:
                    year = next(
                        (one.year for one in own if one.year and one.start >= amount.start), None
                    )
                    if year is not None and amount.high is None:
                        last.baseline = (year, amount.low)
                found.listed.append(self._listed(passage, amount, role))
                continue
            read = self.targets.read(spot)
            if passage.head:
                self.rows.directed(passage, read)
                read.evidence += 2 * above.target
            if barred and read.terms["comparison"] in OPPOSITE:
                read.terms["comparison"] = OPPOSITE[str(read.terms["comparison"])]
                read.readings.clear()
                read.doubt("zero")
            if index and PARTS.search(text, amounts[index - 1].end, amount.start):
                read.evidence += last is not None  # of which so many
            if role := self.evidence.too_weak(
                spot, read, context, named=bool(self.naming.members(spot, read))
            ):
                found.listed.append(self._listed(passage, amount, role))
                continue
            if index + 1 < len(amounts):
                self._shared(text, amount, amounts[index + 1], read)
            goes_on = str(read.terms["comparison"]) if read.reached else ""
            earlier = read.moved if read.lead.link or read.moved else None
            last = self._proposal(passage, spot, read, last)
            found.proposals.append(last)

    def _joined(self, text: str, both: Sequence[Amount]) -> bool:
        """Whether "and" and words that only lead to it stand before the second of two amounts."""
        if len(both) < 2:
            return False
        between = text[both[0].end : both[1].start]
        parts = self.words.all_within("between_and", between)
        end = parts[-1].end() if parts else None
        return (
            not re.search("[;:,]", between)
            and end is not None
            and self.targets.wording.bare(between[end:])
        )

    def _shared(self, text: str, one: Amount, following: Amount, read: Read) -> None:
        """Doubts a number for so many others, and one that shares a rate with the next."""
        between = text[one.end : following.start]
        if not re.search("[,;:.]", between) and self.words.ends("per", between):
            read.doubt("crowded")
        unit = following.unit
        if unit.kind == "things" and "/" in unit.name and self.words.starts("between_and", between):
            read.doubt("no-unit")

    @staticmethod
    def _listed(passage: Passage, amount: Amount, role: str) -> ListedNumber:
        return ListedNumber(passage, amount.start, passage.text[amount.start : amount.end], role)

    def _bars(
        self, text: str, amounts: Sequence[Amount], places: Sequence[Clause], index: int
    ) -> bool:
        """Whether "no" goes with the next amount: no country above 140."""
        at = index + 1
        if at >= len(amounts) or not places[at].crowded or amounts[at].kind != "number":
            return False
        lead = self.targets.wording.lead(text[amounts[index].end : amounts[at].start])
        return lead.comparison in OPPOSITE

    def _within_name(self, text: str, start: int, time: Time) -> bool:
        return (
            time.kind == "due"
            and time.loose
            and text[start : time.start].count("(") > text[start : time.start].count(")")
        )

    def _proposal(
        self, passage: Passage, spot: Spot, read: Read, last: Proposal | None
    ) -> Proposal:
        if passage.row:
            read.doubt("in-table")
        name, group = self.naming.name(spot, read, last, passage)
        terms = dict(read.terms)
        unit = spot.amount.unit
        members = self.naming.members(spot, read)
        area = "" if members or group else self.naming.area(spot)
        if area:
            read.doubt("area")
            if last is not None and name.casefold() == area.casefold():
                name = last.name
        if members and spot.amount.kind == "number":
            read.reasons = [one for one in read.reasons if one not in {"words", "bare", "crowded"}]
            held = bool(self.words.within("keeps", spot.before))
            cadence = "keep" if held and "no-time" in read.reasons else terms["cadence"]
            terms = {
                "comparison": "all_of",
                "members": members,
                "basis": "count",
                "cadence": cadence,
            }
            read.readings.clear()
        if (
            terms["cadence"] == "every_year"
            and "no-time" in read.reasons
            and terms["comparison"] == "all_of"
        ):
            terms["cadence"] = "by"
        due = read.due
        proposal = Proposal(
            name, as_terms(terms), unit, passage, spot.amount.start,
            passage.text[slice(*spot.sentence)].strip()[:SENTENCE], read.reasons,
            {key: as_terms(one) for key, one in read.readings.items()},
            group, area, read.baseline, read.since,
            None if due is None else due_of(due), bool(due and due.fiscal), read.every,
            [(spot.amount.start, spot.amount.end)],
        )  # fmt: skip
        if due is not None and due.kind == "term-end":
            proposal.due = None
        return proposal
