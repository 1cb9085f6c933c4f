"""What Excel makes of a number by its number format: the section that applies, and its percent signs.

A format has up to four sections: by default for positive numbers, negative ones, zero and text; the
first two may carry a condition of their own, ``[>=1]``, and the third is for all other numbers. A
bare ``%`` multiplies by a hundred. One in quotes, behind a backslash, or as the width of a space
(``_%``) or a filling (``*%``) is only a sign. ECMA-376 part 1, 18.8.31; on defaults of conditions
Microsoft's note Q67469.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from planlib.language.money import currency_of

# Of the formats a file need not spell out, only these do more than lay a number out.
BUILT_IN = {
    9: "0%", 10: "0.00%", 14: "m/d/yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 49: "@",
} | dict.fromkeys((*range(27, 37), *range(50, 59)), "m/d/yy")  # fmt: skip
LONGEST_FORMAT = 1_000  # Excel allows 255 characters
_PIECE = re.compile(
    r"""(?P<quoted>"[^"]*(?:"|$))|\\(?P<escaped>.?)|(?P<space>[_*].?)"""
    r"""|\[(?P<bracket>[^\]]*)(?:\]|$)|(?P<general>General)|(?P<noon>AM/PM|A/P)|(?P<plain>.)""",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"\s*(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?(?:E[-+]?[0-9]+)?)\s*", re.I)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_SIZE = re.compile(
    r"\b(nghìn|ngàn|triệu|trđ|tr|tỷ|tỉ|thousands?|millions?|billions?|mn|bn)\b", re.IGNORECASE
)
Moment = Literal["", "date", "elapsed"]
Around = tuple[str, str]  # what is shown before a number and behind it


@dataclass(frozen=True)
class FormatSection:
    """One section: how often it multiplies by a hundred and divides by a thousand, and its words.

    ``around`` is what is shown before the number and behind it, such as a currency; ``parted``
    says that a sign which parts no thousands stands among its digits: ``0":"00``.
    """

    hundreds: int = 0
    thousands: int = 0
    words: str = ""
    moment: Moment = ""
    digits: bool = True
    text: bool = False
    condition: tuple[str, float] | None = None
    around: Around = ("", "")
    parted: bool = False

    def holds(self, number: float) -> bool:
        """Whether the section's own condition holds for a number."""
        sign, limit = self.condition or ("=", number)
        return {
            "<": number < limit, "<=": number <= limit, ">": number > limit, ">=": number >= limit,
            "=": number == limit, "<>": number != limit,
        }[sign]  # fmt: skip

    @property
    def percent(self) -> bool:
        """Whether the number is shown as a percentage, by multiplying it or by the sign alone."""
        return self.hundreds == 1 or "%" in self.words

    @property
    def resized(self) -> bool:
        """Whether what is shown is of another size than the number, other than a percentage is."""
        sized = self.thousands or self.hundreds > 1 or _SIZE.search(self.words)
        return bool(sized or (self.parted and not self.moment))

    def hides(self, number: float) -> bool:
        """Whether a number other than zero is not shown at all; zero is often a dash or a blank."""
        return number != 0 and not self.digits and not self.moment


def section_of(code: str, number: float) -> FormatSection | None:
    """The section by which Excel shows a number; None where that cannot be said.

    >>> [section_of(code, 5.8).hundreds for code in ("0.0%", '0.0" %"', r"0.0\\%", "0_%", "0.0 %")]
    [1, 0, 0, 0, 1]
    >>> section_of("[<1]0%;0.0", 0.98).hundreds, section_of("[<1]0%;0.0", 15.5).hundreds
    (1, 0)
    >>> section_of("[>1]0%", 0.5) is None
    True
    """
    sections = _sections(code or "General")
    found = _chosen(sections, number)
    styles = {(section.hundreds, section.thousands, section.words, section.moment, section.digits,
               section.around) for section in found}  # fmt: skip
    return found[0] if len(styles) == 1 else None


def _chosen(sections: tuple[FormatSection, ...], number: float) -> list[FormatSection]:
    """The section that applies; several where programs differ, none where the number is not shown."""
    numbers = [section for section in sections if not section.text]
    if not numbers:
        return [FormatSection()]  # text formats leave a number as it is
    first, *others = numbers
    if not any(section.condition for section in numbers):
        if len(numbers) == 1 or number > 0:
            return [first]
        if number < 0:
            return [others[0]]
        return [others[1] if len(numbers) > 2 else first]
    if first.condition is None and len(numbers) == 1:
        return [first]
    if first.holds(number) if first.condition else number > 0:
        return [first]
    if not others:
        return []
    if len(numbers) > 2:
        second, third = others[:2]
        return [second if (second.holds(number) if second.condition else number < 0) else third]
    if others[0].condition is None or others[0].holds(number):
        return [others[0]]
    return [] if first.condition else numbers


@lru_cache(maxsize=4096)
def _sections(code: str) -> tuple[FormatSection, ...]:
    parts: list[list[re.Match[str]]] = [[]]
    for piece in _PIECE.finditer(code[:LONGEST_FORMAT]):
        if piece["plain"] == ";":
            parts.append([])
        else:
            parts[-1].append(piece)
    sections = [_section(part) for part in parts[:4]]
    if len(sections) == 4:  # the fourth is for text even where no @ says so
        sections[3] = FormatSection(text=True)
    return tuple(sections)


def _section(pieces: list[re.Match[str]]) -> FormatSection:
    words, bare, moment, display = "", "", "", ""
    condition, digits = None, False
    for piece in pieces:
        literal = _literal(piece)
        words += literal
        display += literal or _placed(piece)
        if literal:
            continue
        if piece["bracket"] is not None:
            if found := _CONDITION.fullmatch(piece["bracket"]):
                condition = (found[1], float(found[2]))
            elif _ELAPSED.fullmatch(piece["bracket"]):
                moment = "elapsed"
        elif piece["general"]:
            digits, bare = True, bare + "0"
        elif piece["noon"]:
            moment = moment or "date"
        elif piece["plain"]:
            bare += piece["plain"]
    digits = digits or any(sign in bare for sign in "0#?")
    text = "@" in bare and not digits
    # An E is of the exponent, 0.00E+00, and of East Asian years; d, m, y, h, s are dates.
    if not moment and not text and re.search("[dmyhs]", bare, re.IGNORECASE):
        moment = "date"
    placed = [at for at, sign in enumerate(bare) if sign in "0#?"]
    behind = bare[placed[-1] + 1 :] if placed else ""
    whole = re.search(r"[0#?](,+)\.", bare)  # "0,.0" divides too
    thousands = len(behind) - len(behind.lstrip(",")) or (len(whole[1]) if whole else 0)
    around, parted = _around(display)
    return FormatSection(
        bare.count("%"), thousands, " ".join(words.split()), moment,  # type: ignore[arg-type]
        digits, text, condition, around, parted,
    )  # fmt: skip


_DIGIT = "\0"  # stands for the digits of the number
_AMONG_DIGITS = re.compile(rf"[{_DIGIT}\s.,'’/]*")  # what parts thousands, and fractions


def _literal(piece: re.Match[str]) -> str:
    """What is shown as it stands: quoted, behind a backslash, or the sign of a currency."""
    if piece["quoted"] is not None:
        return piece["quoted"].strip('"')
    if (piece["bracket"] or "").startswith("$"):
        symbol, sign, machine = piece["bracket"][1:].rpartition("-")
        return (currency_of(symbol, machine) or symbol) if sign else machine
    return piece["escaped"] or ""


def _placed(piece: re.Match[str]) -> str:
    """What a piece that is no literal shows: digits, a sign that needs no quotes, or nothing."""
    if piece["general"] or (piece["plain"] or "") in {*"0#?"}:
        return _DIGIT
    return piece["plain"] or ""


def _around(display: str) -> tuple[Around, bool]:
    """What stands before the digits and behind them, and whether anything parts them."""
    if _DIGIT not in display:
        return ("", ""), False
    first, last = display.index(_DIGIT), display.rindex(_DIGIT)
    among = re.sub("[Ee][+-]", "", display[first : last + 1])
    before, after = display[:first], display[last + 1 :]
    around = (before.strip(), after.lstrip(".,").strip())
    return around, _AMONG_DIGITS.fullmatch(among) is None
