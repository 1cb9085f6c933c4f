"""Where the number at a point goes, so that no line runs through it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planlib.language.language import Language
from planlib.report.charts import words
from planlib.report.charts.fonts import width
from planlib.report.charts.lines import Series, ValueAxis, far, near
from planlib.report.charts.panel import ChartPanel
from planlib.report.charts.style import TEXT
from planlib.review.profile import Point

_HIGH = 0.25  # inches from a point to the far side of its number
_ASIDE = 9 / 72  # inches to the side, away from a line that rises or falls through the number
_NEAR = 0.08  # inches; what is nearer than this is hidden by the point itself
_FLAT = 0.06  # inches of rise from one year to the next that still count as flat


def label_points(
    panel: ChartPanel, series: Series, axis: ValueAxis, points: Sequence[Point],
    language: Language, *, head: float,
) -> None:  # fmt: skip
    """Write the figures of some points; ``head`` is the room above the axes in inches."""
    unit = (axis.high - axis.low) / panel.high
    year = panel.wide / (series.last - series.first + 1)
    newest = max((point.year for point in series.points), default=0)
    lines = {end(target) for _, target in series.targets for end in (near, far)}
    at = {p.year: p.value for p in series.points if p.newest and p.value is not None}
    for point in points:
        text = words.label(point, series.goal, series.target, language)
        if point.value is None:
            top = axis.high if point.high is None else point.high
            _write(panel, text, point.year, top, below=False, aside=0.0)
            continue
        value = point.value
        before, after = ((at.get(point.year + way, value) - value) / unit for way in (-1, 1))
        around = _Around(
            up=(axis.high - value) / unit + head,
            down=(value - axis.low) / unit,
            rises=(before, after),
            lines=tuple((line - value) / unit for line in lines),
            bars=tuple((x - value) / unit for x in _earlier(series, axis, point.year)),
        )
        aside_room = (series.last + 0.5 - point.year) * year - width(text, TEXT)
        if point.year == newest and aside_room > 0.2 and around.clear_aside:
            _write(panel, text, point.year, value, below=None, aside=6 / 72)
            continue
        way = min((1, -1), key=around.cost)
        left_busy, right_busy = way * before > _FLAT, way * after > _FLAT
        aside = _ASIDE * (int(left_busy) - int(right_busy))
        _write(panel, text, point.year, value, below=way < 0, aside=aside)


@dataclass(frozen=True)
class _Around:
    """What surrounds a point, in inches from it: edges, the line's two sides, and other marks."""

    up: float
    down: float
    rises: tuple[float, float]
    lines: tuple[float, ...]
    bars: tuple[float, ...]

    @property
    def clear_aside(self) -> bool:
        """Whether no target line runs through a number beside the point."""
        return all(abs(line) > _NEAR for line in self.lines)

    def cost(self, way: int) -> float:
        """How bad the place above (1) or below (−1) is: the edge counts most."""
        room = self.up if way > 0 else self.down
        rising = sum(way * rise > _FLAT for rise in self.rises)
        struck = sum(_NEAR < way * line < _HIGH for line in self.lines)
        struck += sum(way * bar > _NEAR for bar in self.bars)
        return 4.0 * (room < _HIGH) + 1.5 * struck + (0.0, 0.7, 3.0)[rising]


def _earlier(series: Series, axis: ValueAxis, year: int) -> list[float]:
    """How far the figures of earlier reports reach, which thin lines join to the newest."""
    older = [p for p in series.points if p.year == year and not p.newest]
    exact = [p.value for p in older if p.value is not None]
    bars = [p for p in older if p.value is None]
    low = [axis.low if p.low is None else p.low for p in bars]
    return exact + low + [axis.high if p.high is None else p.high for p in bars]


def _write(
    panel: ChartPanel, text: str, x: float, y: float, *, below: bool | None, aside: float
) -> None:
    """A figure under or over its point, or right of it, at the end of the line: nothing follows."""
    up = 0.0 if below is None else (-5 if below else 5) / 72
    across, upright = (
        ("left", "center") if below is None else ("center", "top" if below else "bottom")
    )
    where = panel.moved(panel.data, aside, up)
    panel.write((x, y), text, TEXT, where, ha=across, va=upright, halo=True, zorder=6)
