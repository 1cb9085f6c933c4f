"""What an amount is counted in: percent, points, money, things by their name, so many for so many."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from planlib.exchange.text.grammar.lexicon import Lexicon
from planlib.exchange.text.grammar.numbers import Number

MOST_UNIT_WORDS = 4
HUNDRED = 100
MINUTES = 60  # of an hour


@dataclass(frozen=True)
class AmountUnit:
    """What is counted: percent, percentage points, money, or things by their name."""

    kind: Literal["percent", "points", "money", "things", ""] = ""
    name: str = ""
    currency: str = ""
    scale: str = ""


class UnitReader:
    """Reads the units behind numbers, and before them, in a language."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words
        self._scales = words.mapping("scales")
        self._money = {
            (sign.replace("$", r"\$") if "\\$" not in sign else sign): code
            for sign, code in words.names("currencies").items()
        }
        self._codes = "|".join(sign for sign in self._money if sign[0].isalpha()) or "(?!)"
        self._names = {1000: "thousand", 10**6: "million", 10**9: "billion", 10**12: "trillion"}

    def unit(self, text: str, one: Number) -> tuple[AmountUnit, float, int, int]:
        """The unit, the value in it, where it ends and where the amount begins."""
        if one.percent:
            return AmountUnit("percent", "part"), one.value, one.end, one.start
        after, end, start = text[one.end :], one.end, one.start
        if match := self.words.starts("points", after):
            return AmountUnit("points", match[0].strip()), one.value, end + match.end(), start
        if match := self.words.starts("percent", after):
            end += match.end()
            return AmountUnit("percent", "%"), one.value, end, start
        value, scale = one.value, ""
        led = re.search(rf"(?:[£$€¥₹]|(?<!\w)(?:{self._codes}))\s?$", text[:start])
        if found := self._scale(after, money=led is not None):
            match, size = found
            end += match.end()
            scale = self._names.get(int(size), "")
            value = one.value * size
        for sign, code in self._money.items():
            apart = r"(?<![^\W\d_])" if sign[0].isalpha() else ""  # the R of INR is no rand
            if match := re.search(rf"{apart}{sign}\s?$", text[:start]):
                plain = value if not scale else one.value
                return AmountUnit("money", sign, code, scale), plain, end, match.start()
            if match := re.match(rf"\s*{sign}(?![^\W\d_])", text[end:], re.IGNORECASE):
                more = re.match(
                    r"(?:/(?!năm(?!\w)|an(?!\w)|year)[^\s,;.)]+)+", text[end + match.end() :]
                )
                if more:
                    stop = end + match.end() + more.end()
                    return (
                        AmountUnit("things", text[one.end : stop].strip()),
                        one.value,
                        stop,
                        start,
                    )
                plain = value if not scale else one.value
                return AmountUnit("money", sign, code, scale), plain, end + match.end(), start
        noun, stop = self.things(text, end)
        if (hour := self.words.starts("hours", text[end:])) and not scale:
            minutes = re.match(
                r"\s?([0-5][0-9])(?![\d%]|[.,]\d|\s?%)(?:\s?min\w*|\s?phút)?",
                text[end + hour.end() :],
            )
            if minutes:  # 2 h 30
                stop = end + hour.end() + minutes.end()
                hours = round(value + int(minutes[1]) / MINUTES, 6)
                return AmountUnit("things", hour[0].strip()), hours, stop, start
        if noun and (each := self._each(text, stop)):
            noun, stop = f"{noun}{each}", stop + len(each)
        stop, rate = self._rate(text, stop, one=one.value == 1)
        name = f"{noun} {rate}".strip() if rate[:1] != "/" else f"{noun}{rate}"
        return (AmountUnit("things", name) if name else AmountUnit()), value, stop, start

    def _scale(self, after: str, *, money: bool = False) -> tuple[re.Match[str], float] | None:
        for entry in sorted(self._scales, key=len, reverse=True):
            if entry in {"m", "K"} and not money:
                continue  # metres, kelvins
            if entry == "k" and not money and after[:1] != "k":
                continue  # 30k trees
            tail = "" if entry.endswith(("]", ")")) else r"(?![^\W])"
            glued = r"\s?" if len(entry) < 3 else r"\s*"
            flags = 0 if len(entry) < 3 else re.IGNORECASE
            if match := re.match(
                rf"{glued}(?:{entry.replace(' ', chr(92) + 's+')}){tail}", after, flags
            ):
                return match, self._scales[entry]
        return None

    def things(self, text: str, at: int) -> tuple[str, int]:
        """The name of what is counted, behind its number."""
        exact = self.words.starts("unit_words", text[at:])
        if exact and not re.match(r"\s+[^\W\d_]", text[at + exact.end() :]):
            return exact[0].strip(), at + exact.end()
        here, names = at, list[str]()
        while len(names) < MOST_UNIT_WORDS:
            if names and self.words.starts("unit_stops", text[here:]):
                break
            if not names and self.words.starts("unit_stops", text[here:]):
                break
            word = re.match(r"\s?(?:d[’'])?([^\W\d_][\w’'-]*)", text[here:])
            if not word:
                break
            names.append(word[0].strip())
            here += word.end()
        if exact and at + exact.end() > here:
            return exact[0].strip(), at + exact.end()
        return " ".join(names), here

    def _each(self, text: str, at: int) -> str:
        """For one of what: /lớp, /km2; not for a time."""
        timed = any(
            self.words.starts(key, text[at:])
            for key in ("each", "each_period.quarter", "each_period.month", "each_time")
        )
        found = re.match(r"/[^\W\d_]\w*", text[at:])
        return found[0] if found and not timed else ""

    def _rate(self, text: str, at: int, *, one: bool) -> tuple[int, str]:
        """For how many: per 100,000 live births, /1.000 dân; for any number where it is one for them."""
        led = self.words.starts("per", text[at:])
        if not led:
            return at, ""
        number = re.match(rf"\s?{self.words.number}(?!\s*%)", text[at + led.end() :], re.IGNORECASE)
        if not number:
            return at, ""
        digits = re.sub(r"[^0-9]", "", number[0])
        many = bool(digits) and (
            one
            or int(digits) >= HUNDRED
            or led[0].strip() == "/"
            or self._scale(text[at + led.end() + number.end() :]) is not None
        )
        if not many and digits != "1":
            return at, ""
        stop = at + led.end() + number.end()
        if found := self._scale(text[stop:]):
            stop += found[0].end()
        noun, stop = self.things(text, stop)
        return (stop, text[at:stop].strip()) if noun else (at, "")
