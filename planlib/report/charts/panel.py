"""Where a series is drawn: axes that somebody gives, or a box of a figure that has no axes.

Axes of matplotlib cost more than everything small charts hold, so a figure of many has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import nan
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.transforms import (
    Bbox,
    BboxTransform,
    BboxTransformTo,
    ScaledTranslation,
    Transform,
    blended_transform_factory,
)

from planlib.report.charts.text import write

Point = tuple[float, float]


@dataclass(frozen=True)
class ChartPanel:
    """A place with two axes: ``data`` takes values, ``share`` shares of its width and height.

    ``wide`` and ``high`` are inches.
    """

    into: Axes | Figure
    data: Transform
    share: Transform
    wide: float
    high: float

    @classmethod
    def of_axes(cls, ax: Axes, across: tuple[float, float], up: tuple[float, float]) -> ChartPanel:
        """Given axes, with these limits and nothing of their own."""
        ax.set_xlim(across)
        ax.set_ylim(up)
        ax.xaxis.set_visible(False)
        ax.yaxis.set_visible(False)
        ax.spines[["left", "right", "top"]].set_visible(False)
        box = ax.get_window_extent()
        dpi = _figure(ax).dpi
        return cls(ax, ax.transData, ax.transAxes, box.width / dpi, box.height / dpi)

    @classmethod
    def of_box(
        cls, figure: Figure, box: Bbox, across: tuple[float, float], up: tuple[float, float]
    ) -> ChartPanel:
        """A box of a figure, in inches from its lower left corner, with these limits."""
        limits = Bbox([[across[0], up[0]], [across[1], up[1]]])
        data = BboxTransform(limits, box) + figure.dpi_scale_trans
        share = BboxTransformTo(box) + figure.dpi_scale_trans
        panel = cls(figure, data, share, box.width, box.height)
        panel.line([0, 1], [0, 0], share, color="#6B6B6B", linewidth=0.8, zorder=2.5)
        return panel

    @property
    def beside(self) -> Transform:
        """Shares of the width, values upwards."""
        return blended_transform_factory(self.share, self.data)

    @property
    def under(self) -> Transform:
        """Values across, shares of the height."""
        return blended_transform_factory(self.data, self.share)

    def moved(self, transform: Transform, right: float, up: float = 0.0) -> Transform:
        """The same place some inches further."""
        return transform + ScaledTranslation(right, up, _figure(self.into).dpi_scale_trans)

    def line(
        self, xs: Sequence[float], ys: Sequence[float], transform: Transform | None = None,
        **look: Any,
    ) -> None:  # fmt: skip
        """A line, or dots where ``look`` has a marker and no line."""
        where = self.data if transform is None else transform
        self.into.add_artist(Line2D(xs, ys, transform=where, clip_on=False, **look))

    def lines(self, ends: Iterable[tuple[Point, Point]], transform: Transform, **look: Any) -> None:
        """Many straight lines as one artist, which costs as much as one line."""
        apart = (nan, nan)
        xs, ys = zip(*(place for start, end in ends for place in (start, end, apart)), strict=True)
        self.line(xs, ys, transform, **look)

    def area(self, corners: Sequence[tuple[float, float]], **look: Any) -> None:
        """A filled area without an edge."""
        self.into.add_artist(
            Polygon(corners, transform=self.data, linewidth=0, clip_on=False, **look)
        )

    def write(
        self, place: tuple[float, float], words: str, size: float,
        transform: Transform | None = None, **look: Any,
    ) -> None:  # fmt: skip
        """A text at a place."""
        write(self.into, place, words, size, self.data if transform is None else transform, **look)


def _figure(into: Axes | Figure) -> Figure:
    found = into if isinstance(into, Figure) else into.get_figure(root=True)
    assert isinstance(found, Figure)
    return found
