"""What surrounds a chart: the finding as its title, the subtitle, the key, the illustrative tag.

Everything is measured in inches beforehand. Matplotlib's own layout would draw a figure twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from planlib.language.language import Language
from planlib.report.charts.fonts import width, wrap
from planlib.report.charts.marks import mark
from planlib.report.charts.style import SMALL, TEXT, TITLE, lines_height
from planlib.report.vocabulary import FAINT, INK
from planlib.scoring.verdict import Verdict

EDGE = 0.12  # white space around everything
GAP = 0.08
_TAG_GROUND = "#FFF3D6"
_TAG_EDGE = "#B87A00"


@dataclass(frozen=True)
class Heading:
    """The words above a chart; ``key`` lists the verdicts whose marks are explained."""

    title: str
    subtitle: str
    illustrative: bool
    key: Sequence[Verdict] = ()


def framed(
    heading: Heading, language: Language, *, wide: float, plot: float, left: float, right: float,
    above: float = 0.0, below: float = 0.3,
) -> tuple[Figure, Axes]:  # fmt: skip
    """A figure ``wide`` inches wide with axes ``plot`` inches high inside these margins.

    ``above`` and ``below`` are room for what is written next to the axes.
    """
    figure, bottom = bare(heading, language, wide=wide, body=above + plot + below)
    high = figure.get_figheight()
    box = (left / wide, (bottom + below) / high, (wide - left - right) / wide, plot / high)
    return figure, figure.add_axes(box)


def bare(heading: Heading, language: Language, *, wide: float, body: float) -> tuple[Figure, float]:
    """A figure with its heading and ``body`` inches below it; also where the body's bottom is."""
    tag = language("illustrative.short") if heading.illustrative else ""
    tag_wide = width(tag, SMALL) + 0.3 if tag else 0.0
    title = wrap(heading.title, wide - 2 * EDGE - tag_wide, TITLE, bold=True)
    subtitle = wrap(heading.subtitle, wide - 2 * EDGE, TEXT)
    keys = _key_lines(heading.key, language, wide - 2 * EDGE)
    title_high = lines_height(title.count("\n") + 1, TITLE)
    subtitle_high = lines_height(subtitle.count("\n") + 1, TEXT) if subtitle else 0.0
    keys_high = lines_height(len(keys), TEXT) + (0.04 if keys else 0.0)
    high = EDGE + title_high + subtitle_high + keys_high + GAP + body + EDGE

    figure = Figure(figsize=(wide, high))
    figure.text(
        EDGE / wide, 1 - EDGE / high, title, fontsize=TITLE, fontweight="bold", va="top",
        linespacing=1.15,
    )  # fmt: skip
    if tag:
        figure.text(
            1 - (EDGE + 0.07) / wide, 1 - (EDGE + 0.02) / high, tag, fontsize=SMALL, va="top",
            ha="right", color=INK, gid="illustrative",
            bbox={"boxstyle": "square,pad=0.3", "fc": _TAG_GROUND, "ec": _TAG_EDGE, "lw": 0.8},
        )  # fmt: skip
    top = EDGE + title_high
    if subtitle:
        figure.text(
            EDGE / wide, 1 - top / high, subtitle, fontsize=TEXT, color=FAINT, va="top",
            linespacing=1.15,
        )  # fmt: skip
    top += subtitle_high + 0.02
    for index, line in enumerate(keys):
        _draw_key(figure, line, top + lines_height(1, TEXT) * (index + 0.55))
    return figure, EDGE


def _key_lines(
    key: Sequence[Verdict], language: Language, room: float
) -> list[list[tuple[Verdict, str, float]]]:
    """The key in lines that fit: each verdict with its word and where it starts, in inches."""
    lines: list[list[tuple[Verdict, str, float]]] = []
    at = room
    for verdict in key:
        word = language.verdict(verdict)
        needed = 0.16 + width(word, TEXT)
        if at + needed > room:
            lines.append([])
            at = 0.0
        lines[-1].append((verdict, word, at))
        at += needed + 0.2
    return lines


def _draw_key(figure: Figure, line: list[tuple[Verdict, str, float]], down: float) -> None:
    wide, high = figure.get_size_inches()
    for verdict, word, at in line:
        x, y = (EDGE + at) / wide, 1 - down / high
        shape = Line2D(
            [x + 0.05 / wide], [y], transform=figure.transFigure, **mark(verdict, size=7)
        )
        figure.add_artist(shape)
        figure.text(x + 0.15 / wide, y, word, fontsize=TEXT, va="center_baseline")
