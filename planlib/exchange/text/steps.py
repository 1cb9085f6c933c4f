"""Steps that a text promises without an amount: places to reach something, things to be done by a time."""

from __future__ import annotations

from collections.abc import Sequence

from planlib.exchange.text.grammar.amounts import Amount
from planlib.exchange.text.grammar.clauses import Clause
from planlib.exchange.text.grammar.lexicon import Lexicon
from planlib.exchange.text.grammar.marks import NumberMark
from planlib.exchange.text.grammar.times import Time
from planlib.exchange.text.grammar.units import AmountUnit
from planlib.exchange.text.naming import GoalNaming
from planlib.exchange.text.passages import Passage, unlabelled
from planlib.exchange.text.proposals import SENTENCE, Proposal
from planlib.exchange.text.roles import Roles
from planlib.exchange.text.spots import Context, Read, Spot, as_terms


def due_of(time: Time) -> tuple[int, str] | None:
    """When something is due: the year, and a part of it. Before 2028 is by the end of 2027."""
    year = time.last or time.year
    if year is None:
        return None
    return (
        (year - 1, "") if time.before and not time.part and not time.fiscal else (year, time.part)
    )


class StepReader:
    """Reads sentences without amounts, in a language."""

    def __init__(self, words: Lexicon, roles: Roles, naming: GoalNaming) -> None:
        self.words, self.roles, self.naming = words, roles, naming

    def read(
        self,
        passage: Passage,
        context: Context,
        parts: tuple[tuple[int, int], Sequence[Time], Sequence[NumberMark]],
    ) -> list[Proposal]:
        """Places that are to reach something, or a step that is to be done by a time."""
        (start, end), times, marks = parts
        text = passage.text
        if passage.heading or passage.row:
            return []
        dues = [one for one in times if one.kind in {"due", "term-end"}]
        sentence = text[start:end]
        aims = self.roles.aims(sentence)
        if not dues or not aims or self.words.within("past", sentence):
            return []
        if sentence.rstrip().endswith(":"):
            return []
        due = dues[0]
        if context.first is not None and due.year and due.year < context.first:
            return []
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
                return []
            read.terms = {"comparison": "done", "basis": "level", "cadence": "by"}
            ordered = self.words.starts("imperatives", unlabelled(sentence))
            doubted = self.words.within("doubts", sentence) or self.words.within(
                "change.denied", sentence
            )
            if due.loose or len(dues) > 1 or context.results or doubted or not ordered:
                read.doubt("milestone")
            unit = AmountUnit("things", "")
        name, _ = self.naming.name(spot, read, None, passage)
        return [
            Proposal(name, as_terms(read.terms), unit, passage, start, sentence.strip()[:SENTENCE],
                     read.reasons, due=due_of(due) if due.kind != "term-end" else None,
                     fiscal=due.fiscal, numbers=[(m.start, m.end) for m in places[:1]] if members else [])
        ]  # fmt: skip
