"""How sure are the ranks? A dot each for the rank of the figure, on the band the true one lies in."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox

from planlib.language.language import Language
from planlib.report.blocks import Chart
from planlib.report.charts import words
from planlib.report.charts.fonts import wrap
from planlib.report.charts.frame import EDGE, ChartHeading, bare
from planlib.report.charts.panel import ChartPanel
from planlib.report.charts.style import SMALL, TEXT, style
from planlib.report.charts.svg import picture
from planlib.report.text.areas import band_words, better_words, period_words
from planlib.report.vocabulary import FAINT, GRID, SERIES
from planlib.review.compared_areas import AreaComparison, ComparedArea

WIDE, ROW, UNDER = 7.0, 0.21, 0.3
NAMES = 2.2
MOST = 40  # rows: of more areas the first and the last ranks


def rank_bands(found: AreaComparison, language: Language) -> Chart | None:
    """The bands of ranks; None where fewer than two areas have one."""
    made = figure(found, language)
    if made is None:
        return None
    rows, count = _rows(found)[0], _count(found)
    items = [
        language.labelled(_name(found, one, language), band_words(one, count, language))
        for one in rows
    ]
    return picture(made, _title(found, language), items)


def figure(found: AreaComparison, language: Language) -> Figure | None:
    """The chart with its heading."""
    rows, left_out = _rows(found)
    if len(rows) < 2:
        return None
    subtitle = words.sentence(
        language("chart.bands.subtitle"),
        better_words(found, language),
        language("chart.bands.left_out", n=left_out) if left_out else "",
    )
    count = _count(found)
    with style():
        high = ROW * len(rows) + UNDER
        heading = ChartHeading(_title(found, language), subtitle, found.illustrative)
        made, bottom = bare(heading, language, wide=WIDE, body=high)
        names = [_short(found, one, language) for one in rows]
        left = EDGE + min(NAMES, words.widest(names, TEXT)) + 0.15
        box = Bbox.from_extents(left, bottom + UNDER, WIDE - EDGE - 0.1, bottom + high)
        panel = ChartPanel.of_box(made, box, (0.5, count + 0.5), (0, len(rows)))
        found_ticks = MaxNLocator(8, integer=True).tick_values(1, count)
        ticks = sorted({1, *(int(tick) for tick in found_ticks if 1 < tick <= count)})
        panel.lines((((t, 0), (t, 1)) for t in ticks), panel.under, color=GRID, linewidth=0.7)
        under = panel.moved(panel.under, 0, -0.05)
        for tick in ticks:
            panel.write((tick, 0), language.number(tick), SMALL, under, ha="center", va="top")
        at_names = panel.moved(panel.beside, EDGE - left)
        for place, (one, name) in enumerate(zip(rows, names, strict=True)):
            at = len(rows) - place - 0.5
            sure = one.standing != "alike"
            panel.write((0, at), name, TEXT, at_names, va="center_baseline")
            ends = [float(one.rank_low or 0), float(one.rank_high or 0)]
            panel.line(ends, [at, at], color=SERIES if sure else FAINT, linewidth=2.2,
                       solid_capstyle="butt", zorder=2)  # fmt: skip
            panel.line([float(one.rank or 0)], [at], marker="o", markersize=5.0, zorder=3,
                       color=SERIES if sure else FAINT, linestyle="none")  # fmt: skip
    return made


def _count(found: AreaComparison) -> int:
    return sum(one.rank is not None for one in found.areas)


def _rows(found: AreaComparison) -> tuple[list[ComparedArea], int]:
    """The areas drawn, by rank, and how many in between are left out."""
    ranked = [one for one in found.areas if one.rank is not None]
    ranked.sort(key=lambda one: (one.rank or 0, one.rank_high or 0))
    if len(ranked) <= MOST:
        return ranked, 0
    half = MOST // 2
    return [*ranked[:half], *ranked[-half:]], len(ranked) - 2 * half


def _name(found: AreaComparison, one: ComparedArea, language: Language) -> str:
    return found.plan.area_name(one.area).in_language(language.code)


def _short(found: AreaComparison, one: ComparedArea, language: Language) -> str:
    """A name on one line: without the language it is in where that would not fit, or its beginning."""
    whole = _name(found, one, language)
    if "\n" in wrap(whole, NAMES, TEXT):
        whole = found.plan.area_name(one.area).bare(language.code)
    return wrap(whole, NAMES, TEXT).split("\n")[0]


def _title(found: AreaComparison, language: Language) -> str:
    goal = words.name(found.goal, language)
    return language("chart.bands.title", goal=goal, period=period_words(found.period))
