"""What a passage promises: a proposal for each amount that states a target, a list of every number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from planlib.exchange.text.evidence import TargetEvidence
from planlib.exchange.text.grammar.amounts import Amount, AmountFinder
from planlib.exchange.text.grammar.clauses import Clause, clauses
from planlib.exchange.text.grammar.lexicon import Lexicon
from planlib.exchange.text.grammar.marks import MarkFinder, NumberMark
from planlib.exchange.text.grammar.numbers import NumberFinder
from planlib.exchange.text.grammar.times import Time, TimeFinder
from planlib.exchange.text.grammar.units import AmountUnit
from planlib.exchange.text.grammar.wording import Direction
from planlib.exchange.text.naming import GoalNaming
from planlib.exchange.text.passages import Passage, sentences
from planlib.exchange.text.proposals import ListedNumber, Proposal
from planlib.exchange.text.roles import Roles, listed_numbers
from planlib.exchange.text.rows import RowReader
from planlib.exchange.text.spots import Context, Read, Spot, as_terms
from planlib.exchange.text.targets import TargetReader

# What nobody may exceed is a most, what nobody may fall below a least.
OPPOSITE = {"above": "at_most", "at_least": "below", "below": "at_least", "at_most": "above"}
SENTENCE = 400  # characters of a sentence that are kept


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
        self.rows = RowReader(words, self.marks)
        self.evidence = TargetEvidence(words, self.roles)

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
            self._sentence(passage, context, (span, self._chosen(mine), times, marks), found)
        found.listed = listed_numbers(
            passage, (numbers, roles, amounts), found.proposals, found.listed
        )
        return found

    # ---------------------------------------------------------------- numbers

    def _chosen(self, amounts: Sequence[Amount]) -> list[Amount]:
        """ "All" is an amount only where there is no other."""
        others = [one for one in amounts if one.kind != "all"]
        return others or list(amounts[:1])

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
            self._without_amount(passage, context, ((start, end), mine, marks), found)
            return
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
            if barred and read.terms["comparison"] in OPPOSITE:
                read.terms["comparison"] = OPPOSITE[str(read.terms["comparison"])]
                read.readings.clear()
                read.doubt("zero")
            if role := self.evidence.too_weak(
                spot, read, context, named=bool(self.naming.members(spot, read))
            ):
                found.listed.append(self._listed(passage, amount, role))
                continue
            goes_on = str(read.terms["comparison"]) if read.reached else ""
            earlier = read.moved if read.lead.link or read.moved else None
            last = self._proposal(passage, spot, read, last)
            found.proposals.append(last)

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
            None if due is None else self._due(due), bool(due and due.fiscal), read.every,
            [(spot.amount.start, spot.amount.end)],
        )  # fmt: skip
        if due is not None and due.kind == "term-end":
            proposal.due = None
        return proposal

    @staticmethod
    def _due(time: Time) -> tuple[int, str] | None:
        year = time.last or time.year
        if year is None:
            return None
        return (
            (year - 1, "")
            if time.before and not time.part and not time.fiscal
            else (year, time.part)
        )

    # ---------------------------------------------------------- without amount

    def _without_amount(
        self,
        passage: Passage,
        context: Context,
        parts: tuple[tuple[int, int], Sequence[Time], Sequence[NumberMark]],
        found: Found,
    ) -> None:
        """Places that are to reach something, or a step that is to be done by a time."""
        (start, end), times, marks = parts
        text = passage.text
        if passage.heading or passage.row:
            return
        dues = [one for one in times if one.kind in {"due", "term-end"}]
        sentence = text[start:end]
        aims = self.roles.aims(sentence)
        if not dues or not aims or self.words.within("past", sentence):
            return
        if sentence.rstrip().endswith(":"):
            return
        due = dues[0]
        if context.first is not None and due.year and due.year < context.first:
            return
        spot_amount = Amount(end, end, 1.0, unit=AmountUnit(), kind="places")
        places = [
            m for m in marks if m.role == "place" and start <= m.start < end and m.start > due.start
        ]
        clause = Clause(start, end)
        spot = Spot(text, (start, end), spot_amount, clause, times, (), (), None)
        members = self.naming.places(text, places[0]) if places else []
        read = Read(due=due, evidence=2)
        if len(members) > 1 and not (due.loose and not aims):
            read.terms = {
                "comparison": "all_of",
                "members": members,
                "basis": "count",
                "cadence": "by",
            }
            read.doubt("weak-aim")
            unit = AmountUnit("things", self.naming.place_noun(text, places[0]))
        else:
            if due.loose and aims < 2:
                return
            read.terms = {"comparison": "done", "basis": "level", "cadence": "by"}
            read.doubt("milestone")
            unit = AmountUnit("things", "")
        name, _ = self.naming.name(replace(spot), read, None, passage)
        found.proposals.append(
            Proposal(name, as_terms(read.terms), unit, passage, start, sentence.strip()[:SENTENCE],
                     read.reasons, due=self._due(due) if due.kind != "term-end" else None,
                     fiscal=due.fiscal, numbers=[(m.start, m.end) for m in places[:1]] if members else [])
        )  # fmt: skip
