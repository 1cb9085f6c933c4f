"""The comparison and the bounds that an amount states, from the words around it."""

from __future__ import annotations

import re

from planlib.exchange.text.grammar.amounts import Amount
from planlib.exchange.text.grammar.lexicon import Lexicon
from planlib.exchange.text.grammar.wording import Direction, Wording
from planlib.exchange.text.passages import unlabelled
from planlib.exchange.text.spots import Read, Spot

# What nobody may exceed is a most, what nobody may fall below a least.
OPPOSITE = {"above": "at_most", "at_least": "below", "below": "at_least", "at_most": "above"}
NEAR = 25  # characters between "by" and its amount
FAR = 8  # words between a verb and its amount that still belong together


class BoundsReader:
    """Reads comparisons and bounds in a language."""

    def __init__(self, words: Lexicon) -> None:
        self.words, self.wording = words, Wording(words)
        # What "from 5 to 7" is beside a word of rising: a change, a range, or unclear; and whether the
        # object stands between that word and how much.
        self.from_to = words.text("way.from_to")
        self.object_first = words.text("way.object_first") == "yes"

    def read(self, spot: Spot, read: Read, after: str) -> None:
        """The bounds of an amount; ``after`` is what stands behind it, without times."""
        amount = spot.amount
        if amount.kind == "zero":
            read.terms = {"comparison": "at_most", "value": 0.0}
            read.evidence += 1
            return
        if amount.kind == "all":
            read.terms = {"comparison": "at_least", "value": 100.0}
            read.doubt("all")
            return
        if amount.kind == "times":
            read.moved = "down" if amount.low < 0 else "up"
            self._moved(read, amount, "")
            read.evidence += 2
            return
        if self.words.within("change.not_all", spot.before):
            read.doubt("negated")
        trailing, _ = self.wording.trail(after)
        comparison = read.lead.comparison
        if trailing and comparison in {"", "about", "maybe"}:
            comparison = trailing
        if not comparison and self.words.within("comparisons.at_most.far", read.lead.rest[-60:]):
            comparison = "at_most"
        if self.words.ends("change.noun", read.lead.rest):
            read.doubt("range-or-change")
        if denied := self._denied(read, comparison):
            self._level(spot, read, denied, None)
            return
        verb = self.wording.change(read.lead.rest)
        if amount.high is not None and self._from_to(spot, read, verb):
            return
        if direction := self._moves(spot, read, verb):
            read.moved = direction
            read.evidence += 1
            self._moved(read, amount, comparison)
            return
        self._level(spot, read, comparison, verb[0] if verb else None)

    def _denied(self, read: Read, comparison: str) -> str:
        """The opposite of a comparison that "not" and a verb stand before: must not rise above 10 %."""
        rest = read.lead.rest
        if self.words.within("comparisons.at_most.far", rest[-60:]):
            return ""
        if comparison in OPPOSITE and self.words.ends("change.denied", rest):
            return OPPOSITE[comparison]
        if self.words.within("change.denied", rest):
            read.doubt("negated")
        return ""

    def _from_to(self, spot: Spot, read: Read, verb: tuple[Direction, int, int] | None) -> bool:
        """From one level to another; else the two numbers are a range."""
        amount = spot.amount
        low, high = amount.pair()
        if not amount.led or not self.words.starts("from_to", amount.joined):
            if low > high:
                read.doubt("range-or-change")
            return False
        plain = self.words.starts("range", amount.joined)
        same = plain is not None and plain[0].strip() == amount.joined
        falling = high < low
        passing = bool(self.words.ends("from_passing", read.lead.rest + " "))
        if same and not falling and not amount.apart and not passing:
            if verb is None or verb[0] == "down" or read.lead.link == "by":
                return False
            if self.wording.changed(spot.after):
                return False
            if self.from_to == "unclear":
                read.doubt("range-or-change")
                return False
        if same and self.from_to == "range" and not falling:
            return False
        if verb and not passing and (verb[0] == "down") is not falling:
            read.doubt("range-or-change")
        comparison = self.wording.lead(amount.joined).comparison
        usual = (
            {"": "at_most", "at_least": "at_most"}
            if falling
            else {"": "at_least", "at_most": "at_least"}
        )
        comparison = usual.get(comparison, comparison)
        if comparison in {"about", "maybe"}:
            read.doubt("about")
            comparison = "at_most" if falling else "at_least"
        read.terms = {"comparison": comparison, "value": high}
        read.passing = verb is not None
        read.evidence += 2
        start = next((t.year for t in spot.own if t.year and not t.last and t.start < amount.end
                      and t.start > amount.start), None)  # fmt: skip
        if start is not None:
            read.baseline = (start, low)
        return True

    def _moves(
        self, spot: Spot, read: Read, verb: tuple[Direction, int, int] | None
    ) -> Direction | None:
        """Whether the amount is by how much something rises or falls."""
        amount, link = spot.amount, read.lead.link
        if behind := self.wording.changed(spot.after):
            return behind
        if verb is None:
            told = self._spelled_by(spot) and amount.unit.kind == "percent"
            return spot.earlier if told and link == "by" and not self.object_first else None
        direction, _, end = verb
        gap = read.lead.rest[end:]
        if self._down_under(read, direction):
            return None
        if link == "to" or (link != "by" and self.words.within("change.to_far", gap)):
            return None
        if (
            link == "by"
            and gap.strip()
            and re.search(r"(?:^|\s)(?:of|de|d[’'])\s*$", read.lead.rest)
        ):
            return None
        if link != "by" and self.words.within("levels", gap):
            return None
        far = len(gap.split())
        if amount.unit.kind == "money" and link != "by":
            return None
        if amount.unit.kind in {"percent", "points", "money"}:
            if link == "by":
                return direction
            if far and far > FAR:
                read.doubt("range-or-change")
                return direction if self.object_first else None
            if far and not self.object_first:
                read.doubt("range-or-change")
            return direction
        if link == "by" and self._spelled_by(spot):
            return direction
        return direction if far == 0 and self.object_first and direction == "down" else None

    def _down_under(self, read: Read, direction: Direction) -> bool:
        """Whether a fall is to below a bound, not by it: bring it under 5 %."""
        under = read.lead.comparison in {"below", "at_most"} and read.lead.link != "by"
        return direction == "down" and under and not self.object_first

    def _spelled_by(self, spot: Spot) -> bool:
        told = self.words.all_within("change.spelled_by", spot.before)
        between = spot.before[told[-1].end() :] if told else ""
        return bool(told) and len(between) <= NEAR and not re.search("[,;]", between)

    def _moved(self, read: Read, amount: Amount, comparison: str) -> None:
        """The target of a rise or fall: a fall is negative."""
        down = read.moved == "down"
        better = "lower" if down else "higher"
        if amount.high is not None:
            low, high = sorted(amount.pair())
            ends = (-high, -low) if down else (low, high)
            read.terms = {
                "comparison": "between",
                "low": ends[0],
                "high": ends[1],
                "better": better,
            }
            return
        value = -abs(amount.low) if down else amount.low
        if comparison == "about":
            read.doubt("about")
        if comparison == "maybe":
            read.doubt("up-to")
        if comparison in {"at_most", "below"}:
            read.doubt("direction")
        kinds = (
            {"above": "below", "below": "above"} if down else {"above": "above", "below": "below"}
        )
        kind = kinds.get(comparison) or ("at_most" if down else "at_least")
        if comparison == "at_most":
            kind = "at_least" if down else "at_most"
        read.terms = {"comparison": kind, "value": value}

    def _level(self, spot: Spot, read: Read, comparison: str, verb: Direction | None) -> None:
        amount = spot.amount
        good = bool(self.words.within("better", spot.whole))
        worse = bool(self.words.within("worse", spot.whole)) or verb == "down"
        if good and worse and verb != "down":
            worse = False
            read.doubt(
                "direction"
            ) if not comparison and amount.high is None and amount.low != 100 else None
        better = "lower" if worse else "higher"
        leads = bool(self.words.within("levels", read.lead.rest[-60:])) or read.lead.link == "to"
        going_on = bool(spot.goes_on) and not read.lead.rest.strip()
        leads = leads or going_on
        if comparison or leads or verb:
            read.evidence += 1
        read.reached = leads
        if amount.high is not None:
            low, high = sorted(amount.pair())
            read.terms = {"comparison": "between", "low": low, "high": high, "better": better}
            read.evidence += 1
            if comparison == "about":
                read.doubt("about")
            elif comparison in {"at_least", "above", "at_most", "below"}:
                value = low if comparison in {"at_least", "above"} else high
                read.readings["bound"] = {"comparison": comparison, "value": value}
                read.doubt("range-or-change")
            return
        to = read.lead.link == "to" or (verb is not None and self._down_under(read, verb))
        read.passing = verb is not None and to and amount.high is None
        if comparison in {"at_least", "above", "at_most", "below"}:
            read.terms = {"comparison": comparison, "value": amount.low}
            if self.words.within("zero_not", read.lead.rest[-20:]):
                read.doubt("negated")
            return
        usual = "at_most" if worse or amount.low == 0 else "at_least"
        if going_on and spot.goes_on in {"at_least", "at_most"} and not comparison:
            read.terms = {"comparison": spot.goes_on, "value": amount.low}
            return
        if leads and verb is None and spot.earlier == "down" and not comparison:
            read.terms = {"comparison": "at_most", "value": amount.low}
            read.doubt("direction")
            return
        read.terms = {"comparison": usual, "value": amount.low}
        if comparison == "about":
            read.terms = {"comparison": "about", "value": amount.low, "better": better}
            read.readings["least"] = {"comparison": usual, "value": amount.low}
            read.doubt("about")
            return
        if comparison == "maybe":
            read.terms = {"comparison": "at_most", "value": amount.low}
            read.readings["least"] = {"comparison": "at_least", "value": amount.low}
            read.doubt("up-to")
            return
        if (amount.unit.kind == "percent" and amount.low == 100) or amount.of is not None:
            read.terms = {"comparison": "at_least", "value": amount.low}
            read.evidence += 1
            return
        if amount.low == 0:
            return
        if (verb == "down" and read.lead.link == "to") or (verb == "up" and leads):
            if verb == "up":
                read.terms = {"comparison": "at_least", "value": amount.low}
            return
        if worse:
            read.doubt("direction")
            read.readings["floor"] = {"comparison": "at_least", "value": amount.low}
            read.readings["about"] = {"comparison": "about", "value": amount.low, "better": "lower"}
            return
        counted = amount.unit.kind in {"things", "money"}
        ordered = (
            bool(self.words.starts("imperatives", unlabelled(read.lead.rest)))
            and len(unlabelled(read.lead.rest).split()) < 3
        )
        made = (counted and bool(self.words.within("flows", spot.before))) or ordered
        if made:
            read.evidence += 1
        told = amount.unit.kind == "things" or re.match(r"\s+[^\W\d_]", spot.after)
        read.subject = bool(told) and not self.wording.name(read.lead.rest)
        if not (leads or made or read.subject):
            read.doubt("bare")
            read.readings["about"] = {
                "comparison": "about",
                "value": amount.low,
                "better": "higher",
            }
