"""How wide a text is, so that long Vietnamese names are wrapped and given room, never cut."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font, LoadFlags

FAMILY = "DejaVu Sans"
_MEASURED_AT = 100.0
_SLACK = 1.01  # letters may be kerned or rounded a little differently where they are drawn


@cache
def font(bold: bool = False) -> FT2Font:
    """The font file that ships with matplotlib: it has all Vietnamese letters and our glyphs."""
    wanted = FontProperties(family=FAMILY, weight="bold" if bold else "normal")
    found = FT2Font(findfont(wanted, fallback_to_default=False))
    found.set_size(_MEASURED_AT, 72)
    return found


@lru_cache(maxsize=4096)
def _width(text: str, bold: bool) -> float:
    """Ems of one line, word by word: names share words, and each is measured once."""
    words = text.split(" ")
    units = sum(_word(word, bold) for word in words if word) + _space(bold) * (len(words) - 1)
    return units / 64 / _MEASURED_AT


@cache
def _space(bold: bool) -> int:
    return _word("n n", bold) - _word("nn", bold)


@lru_cache(maxsize=8192)
def _word(text: str, bold: bool) -> int:
    """The width in the whole units a font is drawn in, so that sums are exact."""
    face = font(bold)
    face.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    return int(face.get_width_height()[0])


def width(text: str, size: float, bold: bool = False) -> float:
    """Inches of the widest line of a text at a point size.

    >>> 0.9 < width("Tỷ lệ đô thị hóa", 9) < 1.1
    True
    """
    return max(_width(line, bold) for line in text.split("\n")) * size / 72 * _SLACK


def _parts(text: str, inches: float, size: float, bold: bool) -> list[str]:
    """Words; a space that should not break does so only where the whole is too long for a line."""
    found: list[str] = []
    for word in re.split(r"[ \n]+", text.strip()):
        found += [word] if width(word, size, bold) <= inches else word.split("\u00a0")
    return found


def wrap(text: str, inches: float, size: float, bold: bool = False) -> str:
    """Break a text into lines that fit; a word too long for a line is broken, nothing is lost.

    >>> wrap("Tỷ lệ đô thị hóa", 0.6, 9).split("\\n")
    ['Tỷ lệ đô', 'thị hóa']
    """
    lines: list[str] = []
    line = ""
    for word in _parts(text, inches, size, bold):
        longer = f"{line} {word}" if line else word
        if width(longer, size, bold) <= inches:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while width(line, size, bold) > inches and len(line) > 1:
            fits = next(
                (n for n in range(len(line) - 1, 1, -1) if width(line[:n], size, bold) <= inches), 1
            )
            lines.append(line[:fits])
            line = line[fits:]
    return "\n".join([*lines, line] if line or not lines else lines)
