"""What a notebook cell shows: a piece of HTML, or a picture, each with the same thing in words.

The words are what a screen reader says, what a terminal prints, and what tests compare when a
picture's pixels say nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Shown:
    """A piece of a page: HTML, already escaped, and its plain text."""

    html: str
    text: str

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}

    def __str__(self) -> str:
        return self.text


class Nothing:
    """What a cell shows where there is nothing to show: no output at all, not the word None."""

    def _ipython_display_(self) -> None:
        """Called instead of asking for a representation; there is none."""

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return ""


NOTHING = Nothing()


@dataclass(frozen=True)
class Picture:
    """A chart as SVG; ``alt`` says the finding and lists the numbers shown."""

    svg: str
    alt: str

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        return (
            {"image/svg+xml": self.svg, "text/plain": self.alt},
            {"image/svg+xml": {"alt": self.alt}},
        )

    def __str__(self) -> str:
        return self.alt
