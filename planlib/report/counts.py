"""Counts side by side: how many goals have each verdict, or each outlook."""

from __future__ import annotations

from collections.abc import Mapping

from planlib.language.language import Language
from planlib.outlook.words import Outlook
from planlib.report.blocks import Count, Counts
from planlib.report.vocabulary import LOOKS, OUTLOOKS
from planlib.scoring.rollup import Rollup


def verdict_counts(rollup: Rollup, language: Language) -> Counts:
    """The counts in the office's order; verdicts that do not occur are left out."""
    return Counts(
        tuple(
            Count(look, language.verdict(verdict), count, language.number(count))
            for verdict, look in LOOKS.items()
            if (count := rollup.count(verdict))
        )
    )


def outlook_counts(found: Mapping[Outlook, int], language: Language) -> Counts:
    """The counts of the outlooks, best first; those that do not occur are left out."""
    return Counts(
        tuple(
            Count(look, language(f"outlook.{word}"), count, language.number(count))
            for word, look in OUTLOOKS.items()
            if (count := found.get(word, 0))
        ),
        of="outlooks",
    )
