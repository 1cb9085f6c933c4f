"""Strips inside table cells: where a figure lies between nothing and well beyond its target.

A strip repeats what its row says in numbers and words, so screen readers pass over it and the text
form of a table has none. Places are shares of its width; what lies beyond is drawn at the edge,
with an arrow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planlib.plan.verdicts import Verdict
from planlib.report.vocabulary import verdict_style

Kind = Literal["good", "span", "tick", "was", "dot"]


@dataclass(frozen=True)
class StripScale:
    """The values at the two ends of a strip.

    >>> StripScale(0.0, 1.5).place(0.75), StripScale(0.0, 1.5).place(9.0)
    (0.5, 1.0)
    """

    low: float
    high: float

    def place(self, value: float) -> float:
        """Where a value lies, from 0 to 1."""
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)

    def holds(self, value: float) -> bool:
        """Whether a value lies on it."""
        return self.low <= value <= self.high


@dataclass(frozen=True)
class Mark:
    """One thing on a strip, at a place from 0 to 1 and as far as ``end`` where it is wide.

    ``good`` is the side that counts as reached, ``tick`` what should be, ``dot`` what is, ``was``
    what was before, ``span`` the way between two of them.
    """

    kind: Kind
    start: float
    end: float | None = None
    verdict: Verdict | None = None
    beyond: Literal["", "low", "high"] = ""

    @property
    def classes(self) -> str:
        """Its class names."""
        named = [f"pl-{self.kind}"]
        named += [verdict_style(self.verdict)] if self.verdict is not None else []
        named += [f"pl-beyond-{self.beyond}"] if self.beyond else []
        return " ".join(named)

    @property
    def style(self) -> str:
        """Its place as declarations of style.

        >>> Mark("good", 2 / 3, 1.0).style
        'left:66.7%;width:33.3%'
        """
        left = f"left:{100 * self.start:.1f}%"
        return left if self.end is None else f"{left};width:{100 * (self.end - self.start):.1f}%"
