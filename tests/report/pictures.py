"""A picture as a reader takes it: what is written where, and what its marks say by the axes beside them.

Numbers of marks are read off the axes that are written, not off the data they were drawn from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from stated import numbers_in

from planlib.report.charts.text import PlainText

FRAME = "#6B6B6B"
Spot = tuple[float, float]


@dataclass
class Panel:
    """One chart of a picture, or the words above it: its texts and lines, in the order drawn."""

    texts: list[PlainText] = field(default_factory=list)
    lines: list[Line2D] = field(default_factory=list)
    bars: list[Any] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The words in bold above a small chart, without the breaks of their lines."""
        bold = [one for one in self.texts if one.get_fontweight() == "bold"]
        return " ".join(str(bold[-1].words).split("\n")) if bold else ""

    def told(self) -> Iterator[str]:
        """Texts that state something by themselves, not by where they stand."""
        return (one.words for one in self.texts if self.place_of(one) == "words")

    def place_of(self, text: PlainText) -> str:
        """Which part a text plays: of an axis, beside a mark, or words of their own."""
        across, up = text.get_horizontalalignment(), text.get_verticalalignment()
        if text._halo:
            return "mark"
        if up == "top" and across == "center" and numbers_in(text.get_text(), "vi"):
            return "across"
        if up == "top" and self.bars == [] and across in ("left", "right") and self.lines:
            return "across"
        return "up" if (across, up) == ("right", "center_baseline") else "words"

    def at(self, part: str) -> list[tuple[PlainText, Spot]]:
        """The texts of a part with the places they point at, in dots from the lower left."""
        return [(one, spot(one)) for one in self.texts if self.place_of(one) == part]

    def marks(self, *labels: str) -> list[Spot]:
        """Where the marks or the ends of the lines of these labels are."""
        return [
            (float(x), float(y))
            for one in self.lines if one.get_label() in labels
            for x, y in one.get_transform().transform(one.get_xydata())
        ]  # fmt: skip


def spot(text: PlainText) -> Spot:
    x, y = text.get_transform().transform(text.get_unitless_position())
    return float(x), float(y)


def panels(figure: Figure) -> list[Panel]:
    """The words above a picture, then each of its charts."""
    found = [Panel()]
    for one in figure.artists:
        if isinstance(one, Line2D) and _is_foot(one):
            found.append(Panel())
        _take(found[-1], one)
    for axes in figure.axes:
        found.append(Panel())
        for one in axes.get_children():
            _take(found[-1], one)
        found[-1].bars = [bar for held in axes.containers for bar in held]
    return found


def _is_foot(line: Line2D) -> bool:
    """Whether a line is the foot of a small chart, which is drawn before all that is in it."""
    ends = [*map(float, line.get_xdata())], [*map(float, line.get_ydata())]
    return line.get_color() == FRAME and ends == ([0, 1], [0, 0])


def _take(panel: Panel, one: Any) -> None:
    if isinstance(one, PlainText):
        panel.texts.append(one)
    elif isinstance(one, Line2D):
        panel.lines.append(one)


@dataclass(frozen=True)
class Scale:
    """An axis as it is written: at which place stands which number."""

    start: float
    step: float

    @classmethod
    def of(cls, marks: Sequence[tuple[float, float]]) -> Scale:
        """From numbers and the places they stand at; every one of them has to be in its place."""
        (first, here), (last, there) = marks[0], marks[-1]
        step = (last - first) / (there - here)
        made = cls(first - step * here, step)
        far = abs(there - here)
        assert all(abs(made.read(place) - n) <= 0.002 * abs(step) * far for n, place in marks), (
            marks
        )
        return made

    @property
    def least(self) -> float:
        """What half a dot of the picture is, which nobody could see."""
        return 0.5 * abs(self.step)

    def read(self, place: float) -> float:
        """The number at a place."""
        return self.start + self.step * place


def number_of(text: PlainText, lang: str) -> float:
    """The number a mark of an axis says, by its letters, with its sign."""
    plain = re.sub(r"[\u2066-\u2069]", "", text.get_text().split("\n")[0])
    (number,) = numbers_in(plain, lang)
    return -number if plain.startswith(("-", "\N{MINUS SIGN}")) else number


def scale(
    panel: Panel, part: str, lang: str, words: dict[str, float] | None = None
) -> Scale | None:
    """The axis of a chart; None where it has fewer than two numbers."""
    side = 0 if part == "across" else 1
    found = [
        ((words or {}).get(one.get_text(), None), one, place[side]) for one, place in panel.at(part)
    ]
    marks = [
        (number_of(one, lang) if known is None else known, place) for known, one, place in found
    ]
    return Scale.of(marks) if len(marks) > 1 else None
