"""One look for each verdict and each outlook, everywhere: glyph and colour.

Words live in the catalogues. Glyph and word are always shown; colour only repeats them (hues of Okabe and Ito, safe for
colour-blind readers), so a black-and-white print loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from planlib.outlook.words import Outlook
from planlib.scoring.verdict import Verdict


@dataclass(frozen=True)
class Look:
    """How a verdict looks: ``ink`` is the text colour on ``colour``."""

    glyph: str
    colour: str
    ink: str


LOOKS: dict[Verdict, Look] = {
    Verdict.exceeded: Look("▲", "#0072B2", "#ffffff"),
    Verdict.met: Look("●", "#009E73", "#ffffff"),
    Verdict.not_met: Look("▼", "#D55E00", "#ffffff"),
    Verdict.not_yet: Look("◐", "#E69F00", "#000000"),
    Verdict.not_due: Look("○", "#8A8A8A", "#000000"),
    Verdict.no_data: Look("–", "#D9D9D9", "#000000"),
    Verdict.not_applicable: Look("·", "#FFFFFF", "#000000"),
    Verdict.suppressed: Look("✕", "#555555", "#ffffff"),
}

# Arrows and signs of their own, so that what is expected is never taken for what has happened.
OUTLOOKS: dict[Outlook, Look] = {
    Outlook.secured: Look("✔", "#0072B2", "#ffffff"),
    Outlook.on_track: Look("↗", "#009E73", "#ffffff"),
    Outlook.at_risk: Look("→", "#E69F00", "#000000"),
    Outlook.off_track: Look("↘", "#D55E00", "#ffffff"),
    Outlook.impossible: Look("✖", "#555555", "#ffffff"),
    Outlook.too_few_points: Look("…", "#FFFFFF", "#000000"),
}

INK = "#222222"
FAINT = "#6B6B6B"
GRID = "#DDDDDD"
TARGET = "#222222"
SERIES = "#0072B2"
FAN_80, FAN_50 = "#CFE3F0", "#9CC7E1"  # tints of the colour of figures
TOLERATED = "#E8F0F5"


def verdict_style(verdict: Verdict) -> str:
    """The class that carries a verdict's colours (see ``planlib.report.style``)."""
    return f"pl-v-{verdict.name.replace('_', '-')}"


def outlook_style(outlook: Outlook) -> str:
    """The class that carries an outlook's colours."""
    return f"pl-o-{outlook.replace('_', '-')}"
