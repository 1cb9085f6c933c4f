"""Each area over the years: small charts on one scale, with the figure of all areas today."""

from __future__ import annotations

from itertools import pairwise

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox

from planlib.language.language import Language
from planlib.plan.periods.calendar import period_name, short_name
from planlib.plan.plan import Plan
from planlib.report.blocks import Chart
from planlib.report.charts import words
from planlib.report.charts.fonts import wrap
from planlib.report.charts.frame import EDGE, ChartHeading, bare
from planlib.report.charts.panel import ChartPanel
from planlib.report.charts.style import SMALL, style
from planlib.report.charts.svg import picture
from planlib.report.text.areas import figure_words
from planlib.report.vocabulary import FAINT, GRID, SERIES
from planlib.review.compared_areas import AreaComparison, ComparedArea

PER_ROW, CELL, HIGH, HEAD, UNDER = 5, 1.9, 1.35, 0.3, 0.25
MOST = 40
OUTSIDE = "#D55E00"


def area_multiples(found: AreaComparison, language: Language) -> Chart | None:
    """Areas over the years; None where none has two figures."""
    made = figure(found, language)
    if made is None:
        return None
    items = [_item(found, one, language) for one in _drawn(found)[0]]
    return picture(made, _title(found, language), items)


def figure(found: AreaComparison, language: Language) -> Figure | None:
    """The charts with their heading."""
    drawn, left_out = _drawn(found)
    if not drawn:
        return None
    rows = [drawn[at : at + PER_ROW] for at in range(0, len(drawn), PER_ROW)]
    subtitle = words.sentence(
        language("chart.areas.subtitle"),
        language("chart.areas.left_out", n=left_out) if left_out else "",
    )
    values = [value for one in drawn for _, value in one.history]
    air = 0.08 * (max(values) - min(values)) or 0.1 * abs(max(values)) or 1.0
    low, high = min(values) - air, max(values) + air
    ticks = [float(t) for t in MaxNLocator(3).tick_values(low, high) if low <= t <= high]
    years = sorted({year for one in drawn for year, _ in one.history})
    with style():
        heading = ChartHeading(_title(found, language), subtitle, found.illustrative)
        wide = min(len(drawn), PER_ROW) * CELL + 2 * EDGE
        made, bottom = bare(heading, language, wide=max(wide, 5.0), body=HIGH * len(rows))
        room = words.widest((figure_words(found, tick, language) for tick in ticks), SMALL) + 0.1
        for down, row in enumerate(rows):
            top = bottom + HIGH * (len(rows) - down)
            for at, one in enumerate(row):
                left = EDGE + at * CELL
                box = Bbox.from_extents(
                    left + room, top - HIGH + UNDER, left + CELL - 0.12, top - HEAD
                )
                panel = ChartPanel.of_box(made, box, (-0.4, len(years) - 0.6), (low, high))
                _draw(panel, found, one, years, ticks, language)
    return made


def _draw(
    panel: ChartPanel, found: AreaComparison, one: ComparedArea, years: list[int],
    ticks: list[float], language: Language,
) -> None:  # fmt: skip
    panel.lines((((0, t), (1, t)) for t in ticks), panel.beside, color=GRID, linewidth=0.6)
    beside, under = panel.moved(panel.beside, -0.05), panel.moved(panel.under, 0, -0.05)
    for tick in ticks:
        mark = figure_words(found, tick, language)
        panel.write((0, tick), mark, SMALL, beside, ha="right", va="center_baseline")
    for year, side in {years[0]: "left", years[-1]: "right"}.items():
        panel.write(
            (years.index(year), 0), short_name(year, language), SMALL, under, ha=side, va="top"
        )
    if found.average is not None:
        panel.line([0, 1], [found.average] * 2, panel.beside, color=FAINT, linewidth=0.9,
                   linestyle=(0, (4, 2)))  # fmt: skip
    colour = OUTSIDE if one.outside else SERIES
    for run in _runs(one, found.plan):
        xs, ys = zip(*((years.index(year), value) for year, value in run), strict=True)
        panel.line(xs, ys, color=colour, linewidth=1.4, marker="o", markersize=3.0, zorder=3)
    over = panel.moved(panel.share, 0, 0.05)
    name = found.plan.area_name(one.area).in_language(language.code)
    panel.write((0, 1), wrap(name, CELL - 0.5, SMALL).split("\n")[0], SMALL, over, va="bottom",
                fontweight="bold")  # fmt: skip


def _runs(one: ComparedArea, plan: Plan) -> list[list[tuple[int, float]]]:
    """Figures that a line may join: no break of boundary or definition lies between them."""
    end = plan.calendar.end
    runs = [[one.history[0]]]
    for (before, _), (year, value) in pairwise(one.history):
        if any(end(before) < day.toordinal() <= end(year) for day, _ in one.breaks):
            runs.append([])
        runs[-1].append((year, value))
    return runs


def _drawn(found: AreaComparison) -> tuple[list[ComparedArea], int]:
    """The areas that are drawn, those outside the limits first if not all are, and how many are not."""
    with_past = [one for one in found.areas if len(one.history) > 1]
    if len(with_past) <= MOST:
        return with_past, 0
    some = sorted(range(len(with_past)), key=lambda at: with_past[at].outside is None)[:MOST]
    return [with_past[at] for at in sorted(some)], len(with_past) - MOST


def _title(found: AreaComparison, language: Language) -> str:
    return language("chart.areas.title", goal=words.name(found.goal, language))


def _item(found: AreaComparison, one: ComparedArea, language: Language) -> str:
    figures = ", ".join(
        language.labelled(period_name(year, language), figure_words(found, value, language))
        for year, value in one.history
    )
    name = found.plan.area_name(one.area).in_language(language.code)
    return language("chart.area.item", area=name, figures=figures)
