"""One look for each verdict and each outlook, everywhere: glyph and colour.

Words live in the catalogues. Glyph and word are always shown; colour only repeats them (hues of
Okabe and Ito, safe for colour-blind readers), so a black-and-white print loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from planlib.outlook.words import Outlook
from planlib.plan.verdicts import Verdict


@dataclass(frozen=True)
class Look:
    """How a verdict looks: ``ink`` is the text colour on ``colour``; ``name`` is for style sheets."""

    name: str
    glyph: str
    colour: str
    ink: str


LOOKS: dict[Verdict, Look] = {
    Verdict.exceeded: Look("v-exceeded", "▲", "#0072B2", "#ffffff"),
    Verdict.met: Look("v-met", "●", "#009E73", "#000000"),
    Verdict.nearly_met: Look("v-nearly-met", "◆", "#F0E442", "#000000"),
    Verdict.not_met: Look("v-not-met", "▼", "#D55E00", "#000000"),
    Verdict.not_yet: Look("v-not-yet", "◐", "#E69F00", "#000000"),
    Verdict.not_due: Look("v-not-due", "○", "#8A8A8A", "#000000"),
    Verdict.no_data: Look("v-no-data", "–", "#D9D9D9", "#000000"),
    Verdict.not_applicable: Look("v-not-applicable", "·", "#FFFFFF", "#000000"),
    Verdict.suppressed: Look("v-suppressed", "✕", "#555555", "#ffffff"),
}

# Arrows and signs of their own, so that what is expected is never taken for what has happened.
OUTLOOKS: dict[Outlook, Look] = {
    Outlook.secured: Look("o-secured", "✔", "#0072B2", "#ffffff"),
    Outlook.on_track: Look("o-on-track", "↗", "#009E73", "#000000"),
    Outlook.at_risk: Look("o-at-risk", "→", "#E69F00", "#000000"),
    Outlook.off_track: Look("o-off-track", "↘", "#D55E00", "#000000"),
    Outlook.impossible: Look("o-impossible", "✖", "#555555", "#ffffff"),
    Outlook.too_few_points: Look("o-too-few-points", "…", "#FFFFFF", "#000000"),
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
    return f"pl-{LOOKS[verdict].name}"
