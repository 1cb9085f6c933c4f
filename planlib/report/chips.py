"""Counts as a bar with its parts named below: goals by verdict, or by outlook."""

from __future__ import annotations

from collections.abc import Iterable

from planlib.language.language import Language
from planlib.report.display import Shown
from planlib.report.html import render
from planlib.report.vocabulary import LOOKS, Look, verdict_style
from planlib.scoring.rollup import Rollup
from planlib.scoring.verdict import Verdict


def counts_line(rollup: Rollup, language: Language) -> Shown:
    """The counts as chips in the office's order; verdicts that do not occur are left out."""
    return chips(
        (
            (
                verdict_style(verdict),
                LOOKS[verdict],
                language.verdict(verdict),
                rollup.count(verdict),
            )
            for verdict in Verdict
        ),
        language,
    )


def chips(
    parts: Iterable[tuple[str, Look, str, int]], language: Language, of: str = "verdicts"
) -> Shown:
    """Counts side by side, each with its class name, look and word; zeros are left out.

    ``of`` says what is counted, for whoever reads the page: ``verdicts`` or ``outlooks``.
    """
    counts = [
        {
            "style": style, "glyph": look.glyph, "word": word, "share": count,
            "count": language.number(count),
        }
        for style, look, word, count in parts
        if count
    ]  # fmt: skip
    text = "  ".join(f"{c['glyph']} {c['word']} {c['count']}" for c in counts)
    return Shown(html=render("counts", counts=counts, of=of), text=text)
