"""Rows: a goal's name on the left, its place on the axis in the middle, its words on the right."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from planlib.language.language import Language
from planlib.report.charts.fonts import wrap
from planlib.report.charts.frame import EDGE, Heading, framed
from planlib.report.charts.marks import plot_marks
from planlib.report.charts.style import TEXT, TINY, lines_height, moved
from planlib.report.charts.words import widest
from planlib.report.vocabulary import FAINT, GRID, INK
from planlib.scoring.verdict import Verdict

WIDE = 7.0
_NAME, _BETWEEN = 2.15, 0.14  # the widest name column, and the space between columns
_MOST_CELL = 1.3
_PADDING = 0.13  # white space of a row, above and below together
_FEWEST_LINES = 1.35  # a row is never lower than this many lines
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0)  # between ticks
_TICK_ROOM = 0.48  # inches from tick to tick
_LABEL_OVER = 1.9  # inches that the axis label may be wider than the axis


@dataclass(frozen=True)
class Column:
    """A column of words to the right of the axes."""

    head: str
    cells: tuple[str, ...]
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True)
class Rows:
    """Names and cells, wrapped, with each row's centre in inches from the top."""

    names: tuple[str, ...]
    columns: tuple[Column, ...]
    widths: tuple[float, ...]
    centres: tuple[float, ...]
    height: float
    left: float

    @property
    def right(self) -> float:
        """Inches that the columns on the right take up."""
        return sum(self.widths) + _BETWEEN * len(self.widths) + EDGE

    @property
    def head(self) -> float:
        """Inches that the heads of the columns take up."""
        return lines_height(max((c.head.count("\n") + 1 for c in self.columns), default=0), TINY)


def lay_out(names: Sequence[str], columns: Sequence[Column]) -> Rows:
    """Wrap everything and give each row the height of its tallest part."""
    wrapped = tuple(wrap(text, _NAME, TEXT) for text in names)
    fitted = tuple(
        Column(
            wrap(column.head, _MOST_CELL, TINY),
            tuple(wrap(cell, _MOST_CELL, TEXT) for cell in column.cells),
            column.align,
        )
        for column in columns
    )
    centres: list[float] = []
    down = 0.0
    for index, text in enumerate(wrapped):
        parts = [text, *(column.cells[index] for column in fitted)]
        lines = max(part.count("\n") + 1 for part in parts)
        high = max(lines_height(lines, TEXT), lines_height(1, TEXT) * _FEWEST_LINES) + _PADDING
        centres.append(down + high / 2)
        down += high
    return Rows(
        names=wrapped,
        columns=fitted,
        widths=tuple(max(widest(c.cells, TEXT), widest([c.head], TINY)) for c in fitted),
        centres=tuple(centres),
        height=down,
        left=EDGE + widest(wrapped, TEXT) + _BETWEEN,
    )


def rows_figure(heading: Heading, rows: Rows, language: Language, axis_label: str) -> Axes:
    """Axes for the rows inside a figure that is as high as they need."""
    room = WIDE - rows.left - rows.right + _LABEL_OVER
    label_lines = wrap(axis_label, room, TINY).count("\n") + 1 if axis_label else 0
    _, ax = framed(
        heading, language, wide=WIDE, plot=rows.height, left=rows.left, right=rows.right,
        above=rows.head + 0.06, below=0.24 + lines_height(label_lines, TINY),
    )  # fmt: skip
    return ax


def draw_rows(ax: Axes, rows: Rows) -> None:
    """Names on the left, columns on the right, a faint line through each row."""
    ax.set_ylim(rows.height, 0)
    ax.yaxis.set_major_locator(NullLocator())
    edge = ax.get_yaxis_transform()
    left = moved(ax, edge, -_BETWEEN)
    for text, y in zip(rows.names, rows.centres, strict=True):
        ax.text(0, y, text, transform=left, ha="right", va="center", fontsize=TEXT, linespacing=1.1)
    at = 0.0
    for column, wide in zip(rows.columns, rows.widths, strict=True):
        at += _BETWEEN + (wide if column.align == "right" else 0.0)
        place = moved(ax, edge, at)
        at += 0.0 if column.align == "right" else wide
        head = moved(ax, ax.transAxes, at if column.align == "right" else at - wide, 0.05)
        ax.text(
            1, 1, column.head, transform=head, ha=column.align, va="bottom", fontsize=TINY,
            color=FAINT,
        )  # fmt: skip
        for text, y in zip(column.cells, rows.centres, strict=True):
            if text:
                ax.text(
                    1, y, text, transform=place, ha=column.align, va="center", fontsize=TEXT,
                    linespacing=1.1, multialignment=column.align,
                )  # fmt: skip
    ax.hlines(rows.centres, 0, 1, transform=edge, colors=GRID, linewidth=0.6, zorder=1)


def write_verdicts(ax: Axes, places: Iterable[tuple[float, Verdict]], language: Language) -> None:
    """Rows that have no place on the axis: the verdict's mark and word instead."""
    found = list(places)
    edge = ax.get_yaxis_transform()
    plot_marks(ax, [(0, y, v) for y, v in found], transform=moved(ax, edge, 0.1))
    for y, verdict in found:
        ax.text(
            0, y, language.verdict(verdict), transform=moved(ax, edge, 0.2), va="center",
            fontsize=TEXT, zorder=3, bbox={"fc": "white", "ec": "none", "pad": 1.5},
        )  # fmt: skip


def percent_axis(ax: Axes, low: float, high: float, language: Language, label: str) -> None:
    """An axis of shares, written as percentages."""
    ax.set_xlim(low, high)
    wide = ax.get_window_extent().width / ax.get_figure(root=True).dpi  # type: ignore[union-attr]
    most = max(wide / _TICK_ROOM, 1.0)
    step = next((s for s in _STEPS if (high - low) / s <= most), _STEPS[-1])
    first, last = math.ceil(low / step - 1e-6), math.floor(high / step + 1e-6)
    ax.xaxis.set_major_locator(FixedLocator([step * n for n in range(first, last + 1)]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{language.number(100 * x)} %"))
    ax.grid(axis="x", zorder=0)
    ax.set_xlabel(wrap(label, wide + _LABEL_OVER, TINY), fontsize=TINY, color=FAINT, labelpad=2)


def arrow_beyond(ax: Axes, x: float, y: float, to_right: bool) -> None:
    """Says that a figure lies outside the axis."""
    ax.plot(
        [x], [y], marker=">" if to_right else "<", color=INK, markersize=5, linestyle="none",
        clip_on=False, zorder=6, label="beyond",
    )  # fmt: skip
