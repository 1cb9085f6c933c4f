"""What the words before and behind an amount say: at least, to, by, fewer; and what is left of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from planlib.exchange.text.grammar.lexicon import Lexicon
from planlib.exchange.text.passages import unlabelled

COMPARISONS = ("at_least", "above", "at_most", "below", "about", "maybe")
Direction = Literal["up", "down"]
DIRECTIONS: tuple[Direction, ...] = ("up", "down")
LONGEST_NAME = 140


@dataclass(frozen=True)
class Lead:
    """How an amount is led to: its comparison, ``to`` or ``by``, and the words before all that."""

    comparison: str
    link: str
    rest: str


class Wording:
    """Reads the words of a language around its amounts."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words

    def lead(self, before: str) -> Lead:
        """What leads to an amount, from the words before it."""
        comparison = link = ""
        rest = before
        while True:
            found = [
                (match.start(), name)
                for name in COMPARISONS
                if (match := self.words.ends(f"comparisons.{name}.before", rest))
            ]
            if found:
                at, name = min(found)
                comparison = comparison if comparison not in {"", "about", "maybe"} else name
                rest = rest[:at]
                continue
            links = [
                (match.start(), name)
                for name in ("to", "by")
                if (match := self.words.ends(f"change.{name}", rest))
            ]
            if links and (not link or (link == "by" and min(links)[1] == "to")):
                at, link = min(links)
                rest = rest[:at]
                continue
            filler = self.words.ends("fillers", rest) or re.search(r"[£€$¥(]\s*$", rest)
            if not filler or not filler[0]:
                return Lead(comparison, link, rest)
            rest = rest[: filler.start()]

    def bare(self, text: str) -> bool:
        """Whether words do nothing but lead to the number behind them."""
        return not self.lead(text).rest.strip()

    def trail(self, after: str) -> tuple[str, int]:
        """The comparison behind an amount, and where its words end."""
        for name in ("at_least", "at_most"):
            if match := self.words.starts(f"comparisons.{name}.after", after):
                return name, match.end()
        return "", 0

    def change(self, text: str) -> tuple[Direction, int, int] | None:
        """The last word of rising or falling in a text, and where it stands."""
        refused = [one.span() for one in self.words.all_within("change.not_change", text)]
        found: list[tuple[int, int, Direction]] = []
        for direction in DIRECTIONS:
            found += [
                (*one.span(), direction) for one in self.words.all_within(f"change.{direction}", text)
                if not any(a <= one.start() < b for a, b in refused)
            ]  # fmt: skip
        if not found:
            return None
        start, end, direction_ = max(found)
        return direction_, start, end

    def changed(self, after: str) -> Direction | None:
        """Whether the words behind an amount make it a rise or a fall: 20 % fewer."""
        if self.words.starts("change.after_down", after):
            return "down"
        return "up" if self.words.starts("change.after_up", after) else None

    def name(self, text: str) -> str:
        """Words as the name of an indicator: what only leads to it and away from it left out."""
        text = " ".join(re.sub(r"[\[\]*_#“”\"«»]", " ", text).split())
        text = unlabelled(text)
        while True:
            before = text
            text = text.strip(" .,;:|–—-•()’'/")
            led = self.words.starts("lead_words", text)
            if led and (re.match(r"\s|$|[,:]", text[led.end() :]) or led[0][-1:] in "’'"):
                text = text[led.end() :]
            if match := self.words.ends("tail_words", text):
                text = text[: match.start()]
            if text == before:
                break
        text = (
            text.replace(")", "").replace("(", "") if text.count("(") != text.count(")") else text
        )
        topic = re.match(
            r"(?:(?:[0-9]+(?:\.[0-9a-z]+)+|[0-9]+[.)])[.)]?[\s,]+)?(?:[^:]{3,40}:\s*)?", text
        )
        if topic and len(text[topic.end() :].split()) > 2:
            text = text[topic.end() :].strip(" ,")
        if len(text) > LONGEST_NAME:
            text = text[:LONGEST_NAME].rsplit(" ", 1)[0]
        return text[:1].upper() + text[1:]
