"""Whether an amount is a target at all: what speaks for it in its sentence, and what against."""

from __future__ import annotations

import re

from planlib.exchange.text.grammar.lexicon import Lexicon
from planlib.exchange.text.grammar.wording import Wording
from planlib.exchange.text.passages import unlabelled
from planlib.exchange.text.proposals import Proposal
from planlib.exchange.text.roles import Roles
from planlib.exchange.text.spots import Context, Read, Spot


class TargetEvidence:
    """Weighs amounts in a language."""

    def __init__(self, words: Lexicon, roles: Roles) -> None:
        self.words, self.roles, self.wording = words, roles, Wording(words)

    def against(self, spot: Spot, context: Context, last: Proposal | None) -> str:
        """What an amount is where it is no target: how things are, or a part of something told."""
        amount = spot.amount
        lead = self.wording.lead(spot.before)
        compared = bool(lead.comparison or self.wording.trail(spot.after)[0])
        named = amount.unit.kind == "things" and self.words.starts("descriptions", amount.unit.name)
        if amount.kind == "number" and named and not compared and lead.link != "to":
            return "description"
        before = self.wording.lead(spot.text[spot.sentence[0] : amount.start]).rest
        starting = self.words.ends("currently", before)
        if starting and (last is not None or spot.clause.inside or spot.followed):
            return "start"
        if last is not None and spot.clause.inside and amount.unit.kind == last.unit.kind:
            within = [one for one in spot.own if one.start >= spot.clause.start]
            years = [one.last or one.year for one in within if one.year]
            if last.due and years and all(year < last.due[0] for year in years if year):
                return "start"
        if spot.clause.crowded and amount.kind == "number" and last is not None:
            dated = any(one.kind == "due" for one in spot.own)
            if not compared and not dated and amount.unit.kind in {"things", ""}:
                return "part"
        kinds = {"due", "named", "over"}
        early = [one for one in spot.own if one.kind in kinds and one.year]
        early = early or [one for one in spot.leading if one.kind in kinds and one.year]
        first = context.first
        if (
            early
            and first is not None
            and all((one.last or one.year or 0) < first for one in early)
        ):
            return "past"
        return ""

    def too_weak(self, spot: Spot, read: Read, context: Context, *, named: bool) -> str:
        """Counts what speaks for a target and against it; what the amount is where that is too little."""
        sentence = spot.text[slice(*spot.sentence)]
        clause = spot.text[spot.clause.start : spot.clause.end]
        aims = self.roles.aims(clause) or self.roles.aims(sentence)
        strong = read.due is not None and read.due.kind == "due" and not read.due.loose
        read.evidence += min(aims, 2) + context.aims + strong
        read.evidence += bool(self.words.within("flows", spot.before))
        read.evidence += 2 * named
        read.evidence += bool(self.words.ends("all", spot.before)) and spot.amount.kind == "number"
        if (told := self._of_the_past(spot)) is not None:
            if not told or spot.amount.kind in {"all", "zero"}:
                return "past"
            read.doubt("past")
        if spot.amount.kind == "all" and "no-time" in read.reasons:
            return "none"
        if spot.amount.kind == "zero":
            if "no-time" in read.reasons and not aims and not context.aims:
                return "none"
            net = re.search(r"\bnet[\s-]$", spot.text[: spot.amount.start], re.IGNORECASE)
            told_so = self.words.within("zero_sure", spot.text[spot.amount.start : spot.amount.end])
            if net or not told_so:
                read.doubt("zero")
        if self.words.within("doubts", clause):
            read.doubt("forecast")
        if spot.clause.crowded:
            read.doubt("crowded")
        if spot.amount.unit.kind == "" and spot.amount.kind == "number":
            read.doubt("no-unit")
        if spot.amount.weak and read.evidence < 2:
            return "none"
        if read.evidence == 0 or (read.evidence == 1 and spot.amount.unit.kind in {"", "things"}):
            return "none"
        if read.evidence < 2:
            read.doubt("no-aim")
        wanted = self._wanted(spot, context)
        if read.subject and not (wanted and not self.words.within("past", sentence)):
            read.doubt("bare")
        if not wanted and not strong:
            if context.results:
                return "past"
            read.doubt("plain")
        return ""

    def _wanted(self, spot: Spot, context: Context) -> bool:
        """Whether words say that something is wanted, not only that it is so."""
        sentence = spot.text[slice(*spot.sentence)]
        clause = spot.text[spot.clause.start : spot.clause.end]
        if self.words.within("aims_strict", sentence) or context.aims:
            return True
        ordered = any(
            self.words.starts("imperatives", unlabelled(one)) for one in (clause, sentence)
        )
        listed = re.match(r"\s*[^:.;]{3,80}:\s", sentence) is not None
        return (ordered or listed) and not context.results

    def _of_the_past(self, spot: Spot) -> bool | None:
        """Whether an aim is told behind the words of the past; None where there are no such words."""
        before = spot.text[spot.sentence[0] : spot.amount.start]
        told = self.words.all_within("past", before)
        if told:
            between = before[told[-1].end() :]
            if told[-1].start() >= spot.clause.start - spot.sentence[0] or not self.roles.aims(
                between
            ):
                return bool(self.roles.aims(between))
            return None if self.words.within("aims_strong", between) else True
        behind = self.words.within("past", spot.after[:40])
        return bool(self.roles.aims(spot.before)) if behind else None
