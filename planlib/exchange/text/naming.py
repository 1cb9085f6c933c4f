"""What a proposed goal is called, and which group, places or named things it is of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from planlib.exchange.slugs import Slugs
from planlib.exchange.text.grammar.lexicon import Lexicon
from planlib.exchange.text.grammar.marks import NumberMark
from planlib.exchange.text.grammar.wording import Wording
from planlib.exchange.text.passages import Passage
from planlib.exchange.text.proposals import Proposal
from planlib.exchange.text.rows import row_name
from planlib.exchange.text.spots import Read, Spot
from planlib.exchange.yaml_out import Value

MOST_MEMBERS = 40
LONGEST_MEMBER = 60  # characters


class GoalNaming:
    """Names goals in a language."""

    def __init__(self, words: Lexicon) -> None:
        self.words, self.wording = words, Wording(words)
        self._groups = [
            (dimension, member, f"groups.{dimension}.members.{member}")
            for dimension in words.entries("groups")
            for member in words.entries(f"groups.{dimension}.members")
        ]

    def name(
        self, spot: Spot, read: Read, last: Proposal | None, passage: Passage
    ) -> tuple[str, tuple[str, str] | None]:
        """The name of what the amount is of, and the group that it is told for."""
        if passage.head:
            return self.wording.name(row_name(passage)), None
        amount = spot.amount
        before = self._plain(spot, read)
        after = self._behind(spot)
        unit = amount.unit.name if amount.unit.kind == "things" and amount.kind == "number" else ""
        group: tuple[str, str] | None = None
        if told := self._group_led(after):
            group, after = told[0], after[told[1] :]
        if before.lower().rstrip().endswith(unit.lower()):
            unit = ""
        words = self.wording.name(f"{before} {unit} {after}")
        if found := self._group_of(words):
            group, words = found, ""
        if group and last is not None and not words:
            words = last.name
        if len(words) < 4 and last is not None:
            words = last.name if not words else f"{last.name} {words}"
        if len(words) < 3:
            words = self.wording.name(spot.text[slice(*spot.sentence)]) or passage.section
        if group:
            read.doubt("group")
        return words or passage.text[:60].strip(), group

    def _plain(self, spot: Spot, read: Read) -> str:
        """The words before the amount, without what leads to it and without times."""
        if spot.amount.kind in {"zero", "all", "places"}:
            start = spot.clause.start
            piece = (
                spot.before if spot.amount.kind != "places" else spot.text[start : spot.clause.end]
            )
            for time in sorted(spot.own, key=lambda one: -one.start):
                a, b = time.start - start, time.end - start
                if 0 <= a < len(piece):
                    piece = f"{piece[:a]} {piece[b:]}"
            return piece if spot.amount.kind != "zero" else ""
        if spot.amount.kind == "times":
            return read.lead.rest
        return read.lead.rest

    def _behind(self, spot: Spot) -> str:
        """The words behind the amount, without a comparison and without times."""
        _, end = self.wording.trail(spot.after)
        piece = " " * end + spot.after[end:]
        for time in spot.own:
            a, b = time.start - spot.amount.end, time.end - spot.amount.end
            if 0 <= a < len(piece):
                piece = piece[:a] + " " * (b - a) + piece[b:]
        piece = re.sub(r"\([^()]*\)", " ", piece) if not spot.clause.inside else piece
        return re.split(r"\s[–—-]\s|[;:]", piece.replace(")", " "))[0]

    def area(self, spot: Spot) -> str:
        """The place that the amount is told for, where its clause names one: in Ward 3."""
        named = r"(?:[0-9]{1,2}|[A-ZĐÀ-Ỹ][\w’'-]+(?:\s+[A-ZĐÀ-Ỹ][\w’'-]+){0,3})"
        found: set[str] = set()
        for led in self.words.all_within("place_in", spot.whole):
            rest = spot.whole[led.end() :]
            if lead := self.words.starts("place_lead", rest):
                rest = rest[lead.end() :]
            noun = self.words.starts("places", rest)
            if noun and (
                name := re.match(
                    rf"\s+(?:(?:de|du|des)\s+)?{named}(?!\s*[,]\s*[0-9]|\s*%)", rest[noun.end() :]
                )
            ):
                found.add(rest[: noun.end() + name.end()].strip())
                continue
            proper = re.match(rf"\s*({named})\s+", rest)
            noun = self.words.starts("places", rest[proper.end() :]) if proper else None
            if proper and noun:
                found.add(rest[: proper.end() + noun.end()].strip())
        return found.pop() if len(found) == 1 else ""

    # ----------------------------------------------------------------- groups

    def _group_of(self, words: str) -> tuple[str, str] | None:
        """The group that words name, where they name nothing else."""
        for dimension, member, key in self._groups:
            found = self.words.starts(key, words)
            if found and found.end() == len(words):
                return dimension, member
        return None

    def _group_led(self, after: str) -> tuple[tuple[str, str], int] | None:
        """The group behind an amount: for women."""
        led = self.words.starts("group_in", after)
        if not led:
            return None
        for dimension, member, key in self._groups:
            found = self.words.starts(key, after[led.end() :])
            if found and re.match(
                r"\s*(?:$|[,;.)]|(?:and|và|et)\s*$)", after[led.end() + found.end() :]
            ):
                return (dimension, member), led.end() + found.end()
        return None

    # ---------------------------------------------------------------- members

    def members(self, spot: Spot, read: Read) -> list[Value]:
        """The things that are named behind their number, where there are as many."""
        count = spot.amount.low
        if spot.amount.unit.kind != "things" or spot.amount.high is not None or read.moved:
            return []
        if count != int(count) or not 1 <= count <= MOST_MEMBERS or read.lead.comparison:
            return []
        rest = spot.text[spot.amount.end : spot.sentence[1]]
        # As far as the names go, not only to the end of the clause: a comma parts them.
        bracket = re.match(r"[^()%0-9;:]{0,60}\(([^()]+)\)", rest)
        listed = bracket or re.match(
            r"[^()%0-9;:]{0,60}(?::|\bnamely\b|\bgồm\b|\bà savoir\b|\bsoit\b)\s*([^;:%]+)", rest
        )
        if listed is None:
            return []
        names = [
            one.strip(" .")
            for one in re.split(r",|\s(?:and|và|et)\s", listed[1])
            if one.strip(" .")
        ]
        if names and bracket is None:  # the sentence goes on behind the last of them
            proper = re.match(
                r"[A-ZÀ-ỸĐ0-9][\w’'-]*(?:\s+(?:(?:of|the|de|du|des|la|le)\s+)*[A-ZÀ-ỸĐ0-9][\w’'-]*)*",
                names[-1],
            )
            names[-1] = proper[0] if proper else names[-1]
        if len(names) != count or any(len(one) > LONGEST_MEMBER for one in names):
            return []
        return self._as_members(self._whole(names))

    @staticmethod
    def _whole(names: list[str]) -> list[str]:
        """Names of which only the first has its word: KP1, 4, 5."""
        lead = re.match(r"(\D+?)\s*[0-9]", names[0])
        return [f"{lead[1]} {one}" if lead and one.isdigit() else one for one in names]

    def places(self, text: str, mark: NumberMark) -> list[Value]:
        """The places of a mark: Khu phố 2, 3."""
        words = text[mark.start : mark.end]
        names = [one.strip() for one in re.split(r",|\s(?:and|và|et)\s", words)]
        return self._as_members(self._whole(names))

    def place_noun(self, text: str, mark: NumberMark) -> str:
        """What those places are called."""
        found = re.match(r"\D+", text[mark.start : mark.end])
        return found[0].strip().lower() if found else ""

    @staticmethod
    def _as_members(names: list[str]) -> list[Value]:
        ids = Slugs()
        made: list[Mapping[str, Value]] = [
            {"id": ids.give(one, "member"), "name": one} for one in names
        ]
        return list(made)
