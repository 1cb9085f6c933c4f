"""A forecast as a fan: two bands that open from the last known figure, and its middle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planlib.evaluation.outlook import FanYear
from planlib.report.charts.panel import ChartPanel
from planlib.report.vocabulary import FAN_50, FAN_80, SERIES


def draw_fan(panel: ChartPanel, fan: Sequence[FanYear], known: Mapping[int, float]) -> None:
    """Draw the 80 % and the 50 % band and a dotted middle; nothing without a forecast.

    The bands start at the last of the figures ``known`` that the forecast knew.
    """
    if not fan:
        return
    before = [year for year in known if year < fan[0].year]
    start = [(max(before), known[max(before)])] if before else []
    for low, high, colour, depth, label in (
        ("low_80", "high_80", FAN_80, 1.0, "fan 80 %"), ("low_50", "high_50", FAN_50, 1.1, "fan 50 %"),
    ):  # fmt: skip
        bottom = [*start, *((one.year, getattr(one, low)) for one in fan)]
        top = [*start, *((one.year, getattr(one, high)) for one in fan)]
        panel.area([*bottom, *reversed(top)], color=colour, zorder=depth, label=label)
    middle = [*start, *((one.year, one.middle) for one in fan)]
    panel.line(
        [year for year, _ in middle], [value for _, value in middle], color=SERIES, linewidth=1,
        linestyle=(0, (1, 1.5)), zorder=2.2, label="fan middle",
    )  # fmt: skip
