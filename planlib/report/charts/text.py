"""Text that stays text in an SVG: searched, copied, and as wide as it was measured.

The letters of an SVG are the reader's own; ``textLength`` holds each line to the width that the
chart was laid out with, whatever font stands in for ours. No font travels with a page: a subset
for its letters would cost more time than the charts, and more bytes than their numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Transform

from planlib.language.direction import shown
from planlib.report.charts.fonts import drawable, families, line_width
from planlib.report.charts.style import SMALL
from planlib.report.vocabulary import INK

_STEP = 1.16  # from line to line, as a multiple of the size
_RISE, _FALL = 0.76, 0.24  # above and below the line, so that accents stay inside
_ANCHOR = {"center": "middle", "right": "end"}
_SHORT = 6  # letters of a number or a year, which no font makes much wider
_HALO = 2.4  # points of white around letters that stand over a line


class PlainText(Text):
    """Some lines of text; ``halo`` keeps what lies behind them away from their letters.

    ``words`` are as they were given, with what they state.
    """

    def __init__(self, x: float, y: float, words: str, *, halo: bool = False, **look: Any) -> None:
        # What would turn the words around it is isolated; what a drawing would obey is spelled out.
        super().__init__(
            x, y, shown(words), linespacing=1.15, parse_math=False, clip_on=False, **look
        )
        self.words, self._halo = words, halo
        if not drawable(self.get_text()):
            self.set_fontfamily(families(self.get_text()))
        if halo:
            self.set_path_effects([withStroke(linewidth=_HALO, foreground="white")])

    def draw(self, renderer: Any) -> None:
        """Draw it; into an SVG as lines of text."""
        # Of matplotlib's renderers only that of SVG has a writer of elements.
        element = getattr(getattr(renderer, "writer", None), "element", None)
        if element is None:
            super().draw(renderer)
        elif self.get_visible() and self.get_text():
            self._write(element, float(renderer.height))

    def _write(self, element: Callable[..., None], page: float) -> None:
        x, y = self.get_transform().transform(self.get_unitless_position())
        size, lines = float(self.get_fontsize()), self.get_text().split("\n")
        bold = self.get_fontweight() == "bold"
        look = {} if size == SMALL else {"font-size": f"{size:g}"}  # that of the whole
        if anchor := _ANCHOR.get(self.get_horizontalalignment()):
            look["text-anchor"] = anchor
        if bold:
            look["font-weight"] = "bold"
        if (colour := str(self.get_color())) != INK:
            look["fill"] = colour
        down = page - y + _first(self.get_verticalalignment(), len(lines)) * size
        for number, line in enumerate(lines):
            wide = line_width(line, size, bold=bold)
            base = down + number * _STEP * size
            if self._halo:  # a ground: not every reader of SVG draws an outline under its letters
                start = x - wide * {"middle": 0.5, "end": 1.0}.get(look.get("text-anchor", ""), 0.0)
                ground = {"x": f"{start:.1f}", "y": f"{base - _RISE * size:.1f}"}
                ground |= {"width": f"{wide:.1f}", "height": f"{_RISE * size + 1:.1f}"}
                element("rect", None, ground | {"fill": "#fff", "opacity": "0.6"})
            held = {}
            if len(line) > _SHORT and drawable(line):
                held["textLength"] = f"{wide:.1f}"
            at = {"x": f"{x:.1f}", "y": f"{base:.1f}"}
            element("text", line, at | look | held)


def _first(aligned: str, lines: int) -> float:
    """How far below its anchor the first line stands, in sizes."""
    block = _STEP * (lines - 1)
    if aligned == "top":
        return _RISE
    if aligned == "bottom":
        return -block - _FALL
    return (_RISE - _FALL - block) / 2 if aligned == "center" else _RISE / 2 - block / 2


def write(
    into: Axes | Figure, place: tuple[float, float], words: str, size: float,
    transform: Transform, **look: Any,
) -> None:  # fmt: skip
    """Write a text at a place of a transform; ``look`` is what ``matplotlib.text.Text`` takes."""
    text = PlainText(*place, words, fontsize=size, transform=transform, **({"color": INK} | look))
    into.add_artist(text)
