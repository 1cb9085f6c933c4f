"""A figure as an interval, and why there may be none."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan, nan


@dataclass(frozen=True)
class Figure:
    """An interval, NaN where unknown.

    ``gap`` marks a total in which a year is unknown, ``hidden`` one in which a year is withheld.
    ``over`` and ``under`` say that the figure lies above its lower end, below its upper one.
    """

    low: float = nan
    high: float = nan
    missing: bool = True
    suppressed: bool = False
    not_applicable: bool = False
    not_due: bool = False
    gap: bool = False
    hidden: bool = False
    over: bool = False
    under: bool = False

    @property
    def known(self) -> bool:
        """Whether there is a figure."""
        return not isnan(self.low)

    @property
    def silent(self) -> bool:
        """Whether the report says why there is no figure."""
        return self.suppressed or self.not_applicable or self.not_due
