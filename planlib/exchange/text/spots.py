"""An amount in its clause, and what is read of the target it states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from planlib.exchange.text.grammar.amounts import Amount
from planlib.exchange.text.grammar.clauses import Clause
from planlib.exchange.text.grammar.times import Time
from planlib.exchange.text.grammar.wording import Direction, Lead
from planlib.exchange.yaml_out import Value

Terms = dict[str, Value]


@dataclass(frozen=True)
class Spot:
    """An amount in its clause, with the sentence and the times that may be meant for it."""

    text: str
    sentence: tuple[int, int]
    amount: Amount
    clause: Clause
    own: Sequence[Time]  # in the clause
    leading: Sequence[Time]  # before the first amount of the sentence
    others: Sequence[Time]  # elsewhere in the sentence
    inherited: Time | None = None  # of the words that lead in, or of a heading
    earlier: Direction | None = None  # the rise or fall that the amount before it was told with
    goes_on: str = ""  # the comparison of the amount before it, where that was one to reach
    followed: bool = False  # by another amount in the sentence
    joined: bool = False  # to the amount behind it, by no more than "and" and its lead
    ends: bool = False  # the text says when the plan ends

    @property
    def before(self) -> str:
        start = self.clause.outer if self.clause.inside else self.clause.start
        return self.text[start : self.amount.start].replace("(", " ")

    @property
    def after(self) -> str:
        return self.text[self.amount.end : self.clause.end]

    @property
    def whole(self) -> str:
        return f"{self.before} {self.after}"


@dataclass
class Read:
    """What came of it: the target's keys, other readings of them, and what is unsure."""

    terms: Terms = field(default_factory=dict)
    readings: dict[str, Terms] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    lead: Lead = field(default_factory=lambda: Lead("", "", ""))
    moved: Direction | None = None
    since: int | None = None
    baseline: tuple[int, float] | None = None
    due: Time | None = None
    every: str = ""
    evidence: int = 0
    reached: bool = False  # by a word such as reach
    subject: bool = False  # a bare number of those of whom something is said
    passing: bool = False  # from one level to another: raise to 60

    def doubt(self, *reasons: str) -> None:
        """Why it is not sure."""
        self.reasons += [one for one in reasons if one not in self.reasons]


@dataclass
class Context:
    """What a passage inherits from those before it."""

    time: Time | None = None  # of the words that lead in, or of the heading
    aims: bool = False  # below a heading of targets
    results: bool = False  # below a heading of what has been, or is
    heading: str = ""
    first: int | None = None  # year of the plan's term, where the text says it
    last: int | None = None


def as_terms(terms: Mapping[str, Value]) -> Terms:
    """The keys of a target in the order in which plans name them."""
    order = (
        "comparison",
        "value",
        "low",
        "high",
        "better",
        "members",
        "basis",
        "cadence",
        "due",
        "due_day",
    )
    return {key: terms[key] for key in order if key in terms}
