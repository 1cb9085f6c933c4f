"""A forecast as a fan: two bands that open from the last known figure, and its middle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes

from planlib.evaluation.outlook import FanYear
from planlib.report.vocabulary import FAN_50, FAN_80, SERIES


def draw_fan(ax: Axes, fan: Sequence[FanYear], known: Mapping[int, float]) -> None:
    """Draw the 80 % and the 50 % band and a dotted middle; nothing without a forecast.

    The bands start at the last of the figures ``known`` that the forecast knew.
    """
    if not fan:
        return
    before = [year for year in known if year < fan[0].year]
    start = [(max(before), known[max(before)])] if before else []
    years = [year for year, _ in start] + [one.year for one in fan]
    at = [value for _, value in start]
    for low, high, colour, label in (
        ("low_80", "high_80", FAN_80, "fan 80 %"), ("low_50", "high_50", FAN_50, "fan 50 %"),
    ):  # fmt: skip
        ax.fill_between(
            years, at + [getattr(one, low) for one in fan], at + [getattr(one, high) for one in fan],
            color=colour, linewidth=0, zorder=1, label=label,
        )  # fmt: skip
    ax.plot(
        years, at + [one.middle for one in fan], color=SERIES, linewidth=1, linestyle=(0, (1, 1.5)),
        zorder=2.2, label="fan middle",
    )  # fmt: skip
