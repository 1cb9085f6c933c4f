"""The target that an amount states: its bounds, when they hold, what is compared, other readings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planlib.exchange.text.bounds import BoundsReader
from planlib.exchange.text.grammar.lexicon import Lexicon
from planlib.exchange.text.grammar.times import Time
from planlib.exchange.text.grammar.wording import Wording
from planlib.exchange.text.spots import Read, Spot, Terms

GROWTH = re.compile(
    r"tăng trưởng|tốc độ|growth|inflation|\bgdp\b|grdp|cpi|croissance|lạm phát|\bpib\b|per |/", re.I
)
HEAD = 30  # characters of a sentence in which a time is said of all of it


class TargetReader:
    """Reads the targets that amounts state, in a language."""

    def __init__(self, words: Lexicon) -> None:
        self.words, self.wording = words, Wording(words)
        self.bounds = BoundsReader(words)

    def read(self, spot: Spot) -> Read:
        """The target of an amount."""
        read = Read(lead=self.wording.lead(self._before(spot)))
        if spot.amount.other is not None:
            read.doubt("two-numbers")
        if spot.amount.places:
            read.doubt("share-or-places")
        if spot.amount.weak and not read.lead.comparison:
            read.doubt("words")
        if self.words.ends("hedges", read.lead.rest):
            read.doubt("about")
        self.bounds.read(spot, read, self._after(spot))
        self._time(spot, read)
        self._basis(spot, read)
        self._alternatives(spot, read)
        return read

    def _before(self, spot: Spot) -> str:
        """The words before the amount, without the times among them."""
        start = spot.amount.start - len(spot.before)
        before = spot.before
        for time in [*spot.own, *spot.leading]:
            a, b = time.start - start, time.end - start
            if (0 <= a < len(before) and time.kind != "each") or 0 <= a < len(before):
                before = before[:a] + " " * (min(b, len(before)) - a) + before[b:]
        return before

    def _after(self, spot: Spot) -> str:
        """The words behind the amount, without the times among them."""
        after = spot.after
        for time in spot.own:
            a, b = time.start - spot.amount.end, time.end - spot.amount.end
            if 0 <= a < len(after):
                after = after[:a] + " " * (min(b, len(after)) - a) + after[b:]
        return after

    def _time(self, spot: Spot, read: Read) -> None:
        own = [
            one
            for one in spot.own
            if not (
                spot.amount.start < one.start < spot.amount.end
                and one.year == (read.baseline or (0,))[0]
            )
        ]
        since = [one for one in [*own, *spot.leading] if one.kind == "since" and one.year]
        previous = [one for one in [*own, *spot.leading, *spot.others] if one.kind == "previous"]
        if read.moved:
            spans = [one for one in [*own, *spot.leading] if one.kind == "over" and one.last]
            if not since and spans:
                read.since = spans[0].year
                read.doubt("base-year")
            if not since:
                since = [one for one in spot.others if one.kind == "since" and one.year]
            read.since = since[0].year if since else read.since
        if previous and read.moved:
            read.terms |= {"cadence": "every_year", "basis": "change"}
            dues = [one for one in [*own, *spot.leading] if one.kind == "due"]
            read.due = dues[0] if dues else None
            read.evidence += 1
            return
        headed = [one for one in spot.leading if one.start - spot.sentence[0] <= HEAD]
        within = [one for one in spot.leading if one not in headed]
        dues = [
            one
            for one in spot.others
            if one.kind in {"due", "term-end"} or (one.kind == "over" and (one.last or spot.joined))
        ]
        elsewhere = ("time-elsewhere",)
        shared = spot.joined and len({(one.year, one.part) for one in dues}) == 1
        late = () if shared and not spot.leading else elsewhere
        for when, doubts in ((own, ()), (headed, ()), (within, elsewhere), (dues, late)):
            if self._timed(spot, read, when):
                read.doubt(*doubts)
                return
        if spot.inherited is not None:
            self._timed(spot, read, [spot.inherited])
            # What is kept, or never to happen, may hold all along and not only by then.
            always = spot.amount.kind == "zero" or self._standing(spot, read)
            if spot.inherited.loose or (always and spot.inherited.kind != "each"):
                read.doubt("time-heading")
            return
        if read.passing:  # who raises it to 60 has until the plan ends
            read.terms["cadence"] = "by"
            if not spot.ends:
                read.doubt("no-time")
            return
        if self._standing(spot, read):
            read.terms["cadence"] = "every_year"
            return
        read.doubt("no-time")
        once = spot.amount.of is not None or (read.moved is not None and read.since is not None)
        read.terms["cadence"] = "by" if once else "every_year"

    def _standing(self, spot: Spot, read: Read) -> bool:
        """Whether it holds at any time: kept within bounds, or never to be beyond one."""
        if read.moved or spot.amount.unit.kind == "money":
            return False
        bounded = read.terms.get("comparison") in {
            "at_most",
            "below",
            "at_least",
            "above",
            "between",
        }
        told = self.words.within("keeps", spot.before) or self.words.within("standing", spot.before)
        return bounded and bool(told)

    def _timed(self, spot: Spot, read: Read, when: Sequence[Time]) -> bool:
        """Takes the time of a target from those that stand in one place, if one of them is a target's."""
        each = [one for one in when if one.kind == "each"]
        after = [
            one for one in when if one.kind in {"due", "term-end"} and one.start >= spot.amount.end
        ]
        dues = after or [one for one in when if one.kind in {"due", "term-end"}]
        over = [one for one in when if one.kind == "over"]
        if each:
            read.every = each[0].every
            read.terms["cadence"] = "every_period" if read.every else "every_year"
            read.due = dues[0] if dues else None
        elif dues:
            read.due = dues[0]
            read.terms["cadence"] = "by"
            if dues[0].before and not dues[0].part:
                read.doubt("before")
            if len({(one.year, one.part) for one in dues}) > 1 and not after:
                read.doubt("several")
        elif over:
            read.due = over[0] if over[0].last else None
            passing = read.baseline is not None or (spot.amount.led and spot.amount.apart)
            read.terms["cadence"] = "by" if passing and read.due else "over_term"
        else:
            return False
        read.evidence += 1
        return True

    def _basis(self, spot: Spot, read: Read) -> None:
        kind, terms = spot.amount.unit.kind, read.terms
        cadence = terms.get("cadence")
        if read.moved:
            self._moved_basis(spot, read)
            return
        if cadence == "over_term" and (
            kind in {"percent", "points"} or terms["comparison"] == "about"
        ):
            averaged = self.words.within("each_of", spot.whole)
            kept = self.words.within("keeps", spot.before)
            terms["cadence"] = cadence = "every_year" if averaged else "keep" if kept else "by"
            if not (averaged or kept):
                read.doubt("span-or-end")
        if spot.amount.kind == "zero":
            terms["basis"] = "count" if cadence != "by" else "level"
        elif kind == "percent":
            if self.words.starts("growth_of", spot.after):
                terms["basis"] = "growth"
            elif self.words.starts("quota", spot.after):
                terms["basis"] = "quota"
            elif max(spot.amount.low, spot.amount.high or 0) <= 100 and not GROWTH.search(
                spot.whole
            ):
                terms["basis"] = "share"
            else:
                terms["basis"] = "level"
        elif kind in {"things", "money"} and cadence in {"every_year", "every_period", "over_term"}:
            steady = kind == "things" and not GROWTH.search(spot.amount.unit.name)
            terms["basis"] = "count" if cadence == "over_term" or steady else "level"
        else:
            terms["basis"] = "level"
        if cadence == "over_term" and terms["basis"] != "count":
            terms["basis"] = "count"

    def _moved_basis(self, spot: Spot, read: Read) -> None:
        kind, terms = spot.amount.unit.kind, read.terms
        percent = kind == "percent"
        cadence = terms.get("cadence")
        if terms.get("basis") == "change" and percent:
            pass
        elif cadence in {"every_year", "every_period"}:
            if percent:
                terms["basis"] = "change"
            else:
                self._plain_amount(read)
        elif percent:
            terms["basis"] = "change_since"
        else:
            terms["basis"] = "difference_since"
        if cadence == "over_term":
            terms["cadence"] = "by"
        if terms.get("cadence") == "by" and read.since is None:
            read.doubt("base-year")
        if (
            percent
            and spot.amount.kind == "number"
            and spot.amount.unit.name != "part"
            and self.words.within("rates", spot.whole)
        ):
            read.doubt("percent-or-points")

    def _plain_amount(self, read: Read) -> None:
        """How much it moves each year is a figure of its own, told without a sign."""
        terms = read.terms
        if read.moved == "down":
            flip = {
                "at_most": "at_least",
                "below": "above",
                "at_least": "at_most",
                "above": "below",
            }
            if "value" in terms:
                terms["value"] = abs(float(str(terms["value"])))
                terms["comparison"] = flip[str(terms["comparison"])]
            else:
                low, high = float(str(terms["low"])), float(str(terms["high"]))
                terms |= {"low": -high, "high": -low, "better": "higher"}
        terms["basis"] = "level"

    def _alternatives(self, spot: Spot, read: Read) -> None:
        shared: Terms = {key: read.terms[key] for key in ("basis", "cadence") if key in read.terms}
        read.readings = {name: one | shared for name, one in read.readings.items()}
        if "no-time" in read.reasons:
            kind = spot.amount.unit.kind
            counted = kind in {"things", "money"} or spot.amount.kind == "zero"
            if counted and read.terms["comparison"] not in {"all_of", "about"}:
                read.readings["whole-term"] = {
                    **read.terms,
                    "cadence": "over_term",
                    "basis": "count",
                }
            elif read.moved and kind == "percent":
                read.readings["whole-term"] = {
                    **read.terms,
                    "cadence": "by",
                    "basis": "change_since",
                }
            else:
                read.readings["by-term-end"] = {**read.terms, "cadence": "by"}
        if spot.amount.other is not None and "value" in read.terms:
            sign = -1 if float(str(read.terms["value"])) < 0 else 1
            read.readings["other-number"] = {**read.terms, "value": sign * spot.amount.other}
