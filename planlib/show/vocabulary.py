"""One look for each verdict, everywhere: glyph, colour, hatching. Words live in the catalogues.

Glyph and word are always shown; colour only repeats them (hues of Okabe and Ito, safe for
colour-blind readers), so a black-and-white print loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from planlib.scoring.verdict import Verdict


@dataclass(frozen=True)
class Look:
    """How a verdict looks: ``ink`` is the text colour on ``colour``."""

    glyph: str
    colour: str
    ink: str
    hatch: str = ""


LOOKS: dict[Verdict, Look] = {
    Verdict.exceeded: Look("▲", "#0072B2", "#ffffff"),
    Verdict.met: Look("●", "#009E73", "#ffffff"),
    Verdict.not_met: Look("▼", "#D55E00", "#ffffff"),
    Verdict.not_yet: Look("◐", "#E69F00", "#000000"),
    Verdict.not_due: Look("○", "#8A8A8A", "#000000"),
    Verdict.no_data: Look("–", "#D9D9D9", "#000000", "////"),
    Verdict.not_applicable: Look("·", "#FFFFFF", "#000000"),
    Verdict.suppressed: Look("✕", "#555555", "#ffffff", "xxxx"),
}

INK = "#222222"
FAINT = "#6B6B6B"
GRID = "#DDDDDD"
TARGET = "#222222"
SERIES = "#0072B2"
TOLERATED = "#E8F0F5"
