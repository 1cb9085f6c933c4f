"""How wide a text is, so that long Vietnamese names are wrapped and given room, never cut."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from functools import cache, lru_cache

from matplotlib.font_manager import FontProperties, findfont, fontManager
from matplotlib.ft2font import FT2Font, LoadFlags

from planlib.language.sentences import reworded
from planlib.report.charts.style import drawing

FAMILY = "DejaVu Sans"
_PLAIN = 400  # the weight of a font
# Scripts whose letters join, stack or change places.
_SHAPED = (
    "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA",
    "MALAYALAM", "SINHALA", "KHMER", "MYANMAR", "TIBETAN", "JAVANESE", "BALINESE", "MONGOLIAN",
)  # fmt: skip
_MEASURED_AT = 100.0
_NO_LETTERS = "Last Resort"  # a font of boxes, whatever the letter
LONGEST = 500  # letters of a text that is drawn whole, however narrow its column
MOST_LINES = 8  # of a longer one
MOST_LETTERS = 2000  # of a line: a chart is ten inches wide, and no letter is that thin
_SLACK = 1.01  # letters may be kerned or rounded a little differently where they are drawn


@cache
def font(*, bold: bool = False) -> FT2Font:
    """The font file that ships with matplotlib: it has all Vietnamese letters and our glyphs."""
    wanted = FontProperties(family=FAMILY, weight="bold" if bold else "normal")
    found = FT2Font(findfont(wanted, fallback_to_default=False))
    found.set_size(_MEASURED_AT, 72)
    return found


@lru_cache(maxsize=4096)
def _width(text: str, *, bold: bool) -> float:
    """Ems of one line, word by word: names share words, and each is measured once."""
    words = text.split(" ")
    units = sum(_word(word, bold=bold) for word in words if word) + _space(bold=bold) * (
        len(words) - 1
    )
    return units / 64 / _MEASURED_AT


@cache
def _space(*, bold: bool) -> int:
    return _word("n n", bold=bold) - _word("nn", bold=bold)


@lru_cache(maxsize=8192)
def _word(text: str, *, bold: bool) -> int:
    """The width in the whole units a font is drawn in, so that sums are exact."""
    face = font(bold=bold)
    with drawing():  # between the two calls the font holds the text
        face.set_text(_measurable(text), 0.0, flags=LoadFlags.NO_HINTING)
        return int(face.get_width_height()[0])


@lru_cache(maxsize=8192)
def _has(letter: str) -> bool:
    """Whether the font has a letter, or nothing is drawn for it."""
    nothing = letter == "\n" or unicodedata.category(letter) == "Cf"
    return nothing or font().get_char_index(ord(letter)) > 0


@lru_cache(maxsize=8192)
def _stand_in(letter: str) -> str:
    """Which font of this machine has a letter that ours lacks; empty where none has."""
    upright = (one for one in fontManager.ttflist if (one.style, one.weight) == ("normal", 400))
    # Plain ones first, then by name: the same on every run.
    for one in sorted(upright, key=lambda one: ("Sans" not in one.name, one.name, one.fname)):
        if _NO_LETTERS not in one.name and ord(letter) in _letters(one.fname, one.index):
            return str(one.name)
    return ""


@cache
def _letters(path: str, index: int) -> frozenset[int]:
    return frozenset(FT2Font(path, face_index=index).get_charmap())


def families(text: str) -> list[str]:
    """The fonts a text is drawn in: ours, then those of this machine for the letters it lacks."""
    lacking = (_stand_in(letter) for letter in text if not _has(letter))
    return list(dict.fromkeys([FAMILY, *filter(None, lacking)]))


def drawable(text: str) -> bool:
    """Whether the font has every letter of a text.

    >>> drawable("Tỷ lệ đô thị hóa ▲"), drawable("中文")
    (True, False)
    """
    return (text.isascii() and text.isprintable()) or all(map(_has, text))


def undrawable(text: str) -> str:
    """The letters of a text that no font here has, or that change with those beside them.

    Matplotlib sets letters one after another as they come, which is wrong for Arabic or Khmer.

    >>> undrawable("Tỷ lệ 24.5 ▲"), undrawable("نسبة")
    ('', 'نسبة')
    """
    letters = tuple(dict.fromkeys(text))
    faces = [_face(family) for family in fallbacks(text)]
    return "".join(
        one for one in letters
        if unicodedata.bidirectional(one) in {"R", "AL"}
        or unicodedata.name(one, "").startswith(_SHAPED)
        or not (_has(one) or any(face.get_char_index(ord(one)) for face in faces))
    )  # fmt: skip


def _face(family: str) -> FT2Font:
    return FT2Font(findfont(FontProperties(family=[family]), fallback_to_default=False))


@lru_cache(maxsize=64)
def fallbacks(text: str) -> tuple[str, ...]:
    """Families of fonts on this machine that have letters which ours lacks; few, by name."""
    lacking = {letter for letter in text if not _has(letter)}
    found: list[str] = []
    fonts = sorted(fontManager.ttflist, key=lambda one: ("Sans" not in one.name, one.name))
    for one in fonts if lacking else ():
        if one.weight != _PLAIN or one.style != "normal" or one.name.startswith("Last Resort"):
            continue
        with suppress(OSError, RuntimeError):  # a font that cannot be read draws nothing
            face = FT2Font(one.fname)
            if had := {letter for letter in lacking if face.get_char_index(ord(letter))}:
                found.append(one.name)
                lacking -= had
        if not lacking:
            break
    return tuple(found)


def _measurable(text: str) -> str:
    """The text with something one em wide for each letter the font lacks, half more for a box."""
    return text if drawable(text) else "".join(c if _has(c) else _wide(c) for c in text)


def _wide(letter: str) -> str:
    return "\N{EM DASH}" if _stand_in(letter) else "\N{EM DASH}\N{EN DASH}"


def line_width(line: str, size: float, *, bold: bool = False) -> float:
    """Points of one line at a point size, exactly as the font has it."""
    return _width(line, bold=bold) * size


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Inches of the widest line of a text at a point size.

    >>> 0.9 < width("Tỷ lệ đô thị hóa", 9) < 1.1
    True
    """
    return max(_width(line, bold=bold) for line in text.split("\n")) * size / 72 * _SLACK


def _parts(text: str, inches: float, size: float, *, bold: bool) -> list[str]:
    """Words; a space that should not break does so only where the whole is too long for a line."""
    found: list[str] = []
    for word in re.split(r"[ \n]+", text.strip()):
        found += [word] if _fits(word, inches, size, bold=bold) else word.split("\u00a0")
    return found


def wrap(text: str, inches: float, size: float, *, bold: bool = False) -> str:
    """Break a text into lines that fit; a word too long for a line is broken.

    It states what it stated. Nothing is lost of anything a person would read. A text longer than that is left out after some
    lines, with an ellipsis; the table beside a chart has the whole of it.

    >>> wrap("Tỷ lệ đô thị hóa", 0.6, 9).split("\\n")
    ['Tỷ lệ đô', 'thị hóa']
    """
    return reworded(text, lambda whole: "\n".join(_lines(whole, inches, size, bold=bold)))


def _lines(text: str, inches: float, size: float, *, bold: bool) -> list[str]:
    most = MOST_LINES if len(text) > LONGEST else len(text) + 1
    lines: list[str] = []
    line = ""
    for word in _parts(text, inches, size, bold=bold):
        longer = f"{line} {word}" if line else word
        if _fits(longer, inches, size, bold=bold):
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while len(line) > 1 and len(lines) <= most and not _fits(line, inches, size, bold=bold):
            head = _head(line, inches, size, bold=bold)
            lines.append(line[:head])
            line = line[head:]
        if len(lines) > most:
            break
    lines += [line] if line or not lines else []
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][:-1].rstrip()}…"]
    return lines


def _fits(text: str, inches: float, size: float, *, bold: bool) -> bool:
    """Whether a text fits a line; one of more letters than any line holds is not measured."""
    return len(text) <= MOST_LETTERS and width(text, size, bold=bold) <= inches


def _head(word: str, inches: float, size: float, *, bold: bool) -> int:
    """How many letters of a word too long for a line fit one; at least one."""
    low, high = 1, 2
    while high < len(word) and _fits(word[:high], inches, size, bold=bold):
        low, high = high, 2 * high
    high = min(high, len(word))
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (
            (middle, high) if _fits(word[:middle], inches, size, bold=bold) else (low, middle)
        )
    return low
