"""What surrounds a chart: the finding as its title, the subtitle, the illustrative tag.

Everything is measured in inches beforehand. Matplotlib's own layout would draw a figure twice.
"""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from planlib.language.language import Language
from planlib.report.charts.fonts import width, wrap
from planlib.report.charts.style import SMALL, TEXT, TITLE, lines_height
from planlib.report.charts.text import write
from planlib.report.vocabulary import FAINT

EDGE = 0.12  # white space around everything
GAP = 0.08
_TAG_GROUND = "#FFF3D6"
_TAG_EDGE = "#B87A00"


@dataclass(frozen=True)
class ChartHeading:
    """The words above a chart."""

    title: str
    subtitle: str
    illustrative: bool


@dataclass(frozen=True)
class Margins:
    """Room around the axes, in inches, for what is written next to them."""

    left: float
    right: float
    above: float
    below: float


def framed(
    heading: ChartHeading, language: Language, margins: Margins, *, wide: float, plot: float
) -> tuple[Figure, Axes]:
    """A figure ``wide`` inches wide with axes ``plot`` inches high inside these margins."""
    body = margins.above + plot + margins.below
    figure, bottom = bare(heading, language, wide=wide, body=body)
    high = figure.get_figheight()
    inside = wide - margins.left - margins.right
    box = (margins.left / wide, (bottom + margins.below) / high, inside / wide, plot / high)
    return figure, figure.add_axes(box)


def bare(
    heading: ChartHeading, language: Language, *, wide: float, body: float
) -> tuple[Figure, float]:
    """A figure with its heading and ``body`` inches below it; also where the body's bottom is."""
    tag = language("illustrative.short") if heading.illustrative else ""
    tag_wide = width(tag, SMALL) + 0.3 if tag else 0.0
    title = wrap(heading.title, wide - 2 * EDGE - tag_wide, TITLE, bold=True)
    subtitle = wrap(heading.subtitle, wide - 2 * EDGE, TEXT)
    title_high = lines_height(title.count("\n") + 1, TITLE)
    subtitle_high = lines_height(subtitle.count("\n") + 1, TEXT) if subtitle else 0.0
    high = EDGE + title_high + subtitle_high + GAP + body + EDGE

    figure = Figure(figsize=(wide, high))
    inches = figure.dpi_scale_trans
    write(figure, (EDGE, high - EDGE), title, TITLE, inches, va="top", fontweight="bold")
    if tag:
        box = (wide - EDGE - tag_wide + 0.15, high - EDGE - 0.17)
        figure.add_artist(
            Rectangle(
                box, tag_wide - 0.15, 0.2, transform=inches, facecolor=_TAG_GROUND,
                edgecolor=_TAG_EDGE, linewidth=0.8,
            )
        )  # fmt: skip
        middle = (box[0] + (tag_wide - 0.15) / 2, box[1] + 0.1)
        write(figure, middle, tag, SMALL, inches, ha="center", va="center_baseline")
    if subtitle:
        down = high - EDGE - title_high
        write(figure, (EDGE, down), subtitle, TEXT, inches, va="top", color=FAINT)
    return figure, EDGE
