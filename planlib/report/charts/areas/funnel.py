"""Is it more than chance? Every area by its size, between the limits that chance sets there."""

from __future__ import annotations

from math import log10
from typing import Any

from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, MaxNLocator
from matplotlib.transforms import Bbox

from planlib.language.language import Language
from planlib.report.blocks import Chart
from planlib.report.charts import words
from planlib.report.charts.frame import EDGE, ChartHeading, bare
from planlib.report.charts.panel import ChartPanel
from planlib.report.charts.style import SMALL, TEXT, lines_height, style
from planlib.report.charts.svg import picture
from planlib.report.text.areas import area_figure, figure_words, headline, limits_words
from planlib.report.text.numbers import number_text
from planlib.report.vocabulary import FAINT, GRID, SERIES
from planlib.review.compared_areas import AreaComparison, ComparedArea

WIDE, PLOT = 7.0, 3.4
NAMED = 12  # areas outside that are written beside their dots
FINE = 300  # dots that fall on the same three-hundredth of the chart are one
SPREAD = 30.0  # times the smallest area from which sizes are shown by their logarithm
OUTSIDE = "#D55E00"


def funnel(found: AreaComparison, language: Language) -> Chart | None:
    """The funnel; None where there are no limits."""
    made = figure(found, language)
    if made is None:
        return None
    outside = [one for one in found.areas if one.outside]
    return picture(
        made, headline(found, language), [_item(found, one, language) for one in outside]
    )


def figure(found: AreaComparison, language: Language) -> Figure | None:
    """The chart with its heading; None where there are no limits."""
    drawn = [one for one in found.areas if one.rank is not None]
    if not drawn or not found.curve or found.average is None:
        return None
    heading = ChartHeading(
        headline(found, language), language("chart.funnel.subtitle"), found.illustrative
    )
    with style():
        made, bottom = bare(heading, language, wide=WIDE, body=PLOT + 0.5)
        low, high, ticks = _scale(found, drawn)
        percent = found.goal.unit == "%"
        marks = [figure_words(found, tick, language, unit=percent) for tick in ticks]
        left = EDGE + words.widest(marks, SMALL) + 0.1
        across, sizes = _across(found)
        box = Bbox.from_extents(left, bottom + 0.5, WIDE - EDGE - 0.2, bottom + 0.5 + PLOT)
        panel = ChartPanel.of_box(made, box, across, (low, high))
        beside, under = panel.moved(panel.beside, -0.06), panel.moved(panel.under, 0, -0.05)
        panel.lines(
            (((0, t), (1, t)) for t in ticks), panel.beside, color=GRID, linewidth=0.6, zorder=0.5
        )
        for tick, mark in zip(ticks, marks, strict=True):
            panel.write((0, tick), mark, SMALL, beside, ha="right", va="center_baseline")
        for size in sizes:
            label = number_text(size, language)
            panel.write((_at(found, size), 0), label, SMALL, under, ha="center", va="top")
        below = panel.moved(panel.share, 0, -0.05 - lines_height(1.2, SMALL))
        panel.write((0.5, 0), language("chart.funnel.across"), SMALL, below, ha="center", va="top",
                    color=FAINT)  # fmt: skip
        _lines(panel, found, (low, high))
        _dots(panel, found, drawn, language)
    return made


def _lines(panel: ChartPanel, found: AreaComparison, up: tuple[float, float]) -> None:
    """The figure of all areas and the two pairs of limits, as far as the chart shows them."""
    xs = [_at(found, point.size) for point in found.curve]
    for name in ("lower", "upper", "lower_95", "upper_95"):
        ys = [getattr(point, name) for point in found.curve]
        inside = [at for at, y in enumerate(ys) if up[0] <= y <= up[1]]
        look: dict[str, Any] = {"linestyle": (0, (4, 2))} if name.endswith("95") else {}
        if inside:
            panel.line([xs[at] for at in inside], [ys[at] for at in inside], color=FAINT,
                       linewidth=1.1, zorder=2, **look)  # fmt: skip
    average = found.average or 0.0
    panel.line([0, 1], [average, average], panel.beside, color=FAINT, linewidth=1.6, zorder=1.9)


def _dots(
    panel: ChartPanel, found: AreaComparison, drawn: list[ComparedArea], language: Language
) -> None:
    places = [(_at(found, one.n or 1.0), one.value or 0.0) for one in drawn]
    (left, right), (low, high) = (
        (min(ends), max(ends) or 1.0) for ends in zip(*places, strict=True)
    )
    seen: set[tuple[int, int, bool]] = set()
    sides: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    for one, (x, y) in zip(drawn, places, strict=True):
        spot = (
            round(FINE * (x - left) / ((right - left) or 1.0)),
            round(FINE * (y - low) / ((high - low) or 1.0)),
            bool(one.outside),
        )
        if spot not in seen:
            seen.add(spot)
            sides[spot[2]].append((x, y))
    for outside, dots in sides.items():
        if dots:
            xs, ys = zip(*dots, strict=True)
            marker, size = ("D", 5.5) if outside else ("o", 4.5)
            panel.line(xs, ys, linestyle="none", zorder=4, marker=marker, markersize=size,
                       color=OUTSIDE if outside else SERIES)  # fmt: skip
    _names(panel, found, drawn, language)


def _names(
    panel: ChartPanel, found: AreaComparison, drawn: list[ComparedArea], language: Language
) -> None:
    """The names of areas outside, where there is room for them: no two stand on each other."""
    taken: list[tuple[float, float, float]] = []
    across, up = _across(found)[0], _scale(found, drawn)[:2]
    furthest = sorted((one for one in drawn if one.outside), key=lambda one: -_beyond(one))
    for one in furthest[:NAMED]:
        name = found.plan.area_name(one.area).in_language(language.code)
        wide = words.widest([name], TEXT)
        x = (_at(found, one.n or 1.0) - across[0]) / (across[1] - across[0]) * panel.wide
        y = ((one.value or 0.0) - up[0]) / (up[1] - up[0]) * panel.high
        right = x + wide + 0.12 < panel.wide
        start = x + 0.09 if right else x - 0.09 - wide
        near = (abs(y - other) < 0.15 and start < b and a < start + wide for a, b, other in taken)
        if any(near):
            continue
        taken.append((start, start + wide, y))
        place = panel.moved(panel.data, 0.09 if right else -0.09)
        at = (_at(found, one.n or 1.0), one.value or 0.0)
        panel.write(at, name, TEXT, place, ha="left" if right else "right", va="center_baseline",
                    halo=True, zorder=6)  # fmt: skip


def _beyond(one: ComparedArea) -> float:
    """How far an area lies beyond its limits, by their width."""
    assert one.value is not None and one.lower is not None and one.upper is not None
    wide = one.upper - one.lower or 1.0
    return max(one.value - one.upper, one.lower - one.value) / wide


def _by_logarithm(found: AreaComparison) -> bool:
    return found.curve[-1].size > SPREAD * found.curve[0].size


def _at(found: AreaComparison, size: float) -> float:
    return log10(size) if _by_logarithm(found) else size


def _across(found: AreaComparison) -> tuple[tuple[float, float], list[float]]:
    """The ends of the axis of sizes, and the sizes written under it."""
    low, high = (_at(found, found.curve[end].size) for end in (0, -1))
    air = 0.04 * (high - low) or 0.5
    ends = low - air, high + air
    if _by_logarithm(found):
        sizes = LogLocator(subs=(1.0, 2.0, 5.0)).tick_values(10**low, 10**high)
        sizes = [size for size in sizes if ends[0] <= log10(size) <= ends[1]]
        return ends, [float(size) for size in sizes[:: max(len(sizes) // 7, 1)]]
    sizes = MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]).tick_values(*ends)
    return ends, [float(size) for size in sizes if ends[0] <= size <= ends[1] and size > 0]


def _scale(found: AreaComparison, drawn: list[ComparedArea]) -> tuple[float, float, list[float]]:
    """The value axis: all figures, and the limits of all but the smallest areas."""
    values = [one.value for one in drawn if one.value is not None]
    of_most = found.curve[len(found.curve) // 4]
    least = min([*values, of_most.lower])
    most = max([*values, of_most.upper])
    air = 0.06 * (most - least) or 0.1 * abs(most) or 1.0
    low, high = least - air, most + air
    ticks = MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    limits = found.goal.limits_of(found.target)
    inside = [
        float(tick) for tick in ticks
        if low <= tick <= high
        and (limits.low is None or tick >= limits.low)
        and (limits.high is None or tick <= limits.high)
    ]  # fmt: skip
    return low, high, inside


def _item(found: AreaComparison, one: ComparedArea, language: Language) -> str:
    name = found.plan.area_name(one.area).in_language(language.code)
    return f"{language.labelled(name, area_figure(found, one, language))}; {limits_words(found, one, language)}"
