"""How many goals will be met? How likely each number is, the likely range in the full colour."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from planlib.evaluation.outlook import PlanOutlook
from planlib.language.language import Language
from planlib.report.blocks import Chart
from planlib.report.charts.frame import EDGE, ChartHeading, Margins, framed
from planlib.report.charts.panel import ChartPanel
from planlib.report.charts.style import SMALL, TEXT, lines_height, style
from planlib.report.charts.svg import picture
from planlib.report.text.numbers import MADE_DIGITS, number_text
from planlib.report.text.outlook import chance_text
from planlib.report.vocabulary import FAINT, FAN_80, SERIES, TARGET

WIDE, PLOT = 7.0, 1.5
_NEGLIGIBLE = 0.002  # numbers less likely than this are not drawn
_FEW = 12  # with no more bars than this each carries its chance


def met_bars(result: PlanOutlook, language: Language, *, illustrative: bool) -> Chart | None:
    """The distribution of the number of goals met; None where no goal has a probability."""
    made = figure(result, language, illustrative=illustrative)
    if made is None:
        return None
    items = [
        language(
            "chart.met.item", k=language.number(k), chance=chance_text(result.number[k], language)
        )
        for k in _shown(result)
    ]
    return picture(made, _finding(result, language), items)


def figure(result: PlanOutlook, language: Language, *, illustrative: bool) -> Figure | None:
    """The chart with its heading; None where no goal has a probability."""
    if not result.counted:
        return None
    heading = ChartHeading(_finding(result, language), language("chart.met.shown"), illustrative)
    with style():
        above, below = lines_height(1, SMALL), 0.12 + lines_height(2, TEXT)
        margins = Margins(EDGE, EDGE, above, below)
        made, ax = framed(heading, language, margins, wide=WIDE, plot=PLOT)
        draw(ax, result, language)
    return made


def draw(ax: Axes, result: PlanOutlook, language: Language) -> None:
    """Draw a bar for each number of goals, with a line at the mean, on axes."""
    shown = _shown(result)
    low, high = result.likely
    heights = [result.number[k] for k in shown]
    ax.bar(
        shown, heights, width=0.86, color=[SERIES if low <= k <= high else FAN_80 for k in shown]
    )
    top = max(heights)
    # Always a few numbers wide: two bars across a whole page would say nothing.
    middle, half = (shown[0] + shown[-1]) / 2, max((shown[-1] - shown[0]) / 2, 4.5)
    panel = ChartPanel.of_axes(ax, (middle - half - 0.7, middle + half + 0.7), (0, 1.06 * top))
    ticks = MaxNLocator(10, integer=True).tick_values(shown[0], shown[-1])
    ticks = shown if len(shown) <= _FEW else [at for at in ticks if shown[0] <= at <= shown[-1]]
    for at in ticks:
        below = panel.moved(panel.under, 0, -0.05)
        panel.write((at, 0), language.number(at), TEXT, below, ha="center", va="top")
    axis = panel.moved(panel.share, 0, -0.07 - lines_height(1, TEXT))
    panel.write((0.5, 0), language("chart.met.axis"), TEXT, axis, ha="center", va="top")
    if len(shown) <= _FEW:
        for k, chance in zip(shown, heights, strict=True):
            label, over = chance_text(chance, language), panel.moved(panel.data, 0, 2 / 72)
            panel.write((k, chance), label, SMALL, over, ha="center", va="bottom")
        return
    ax.axvline(result.expected, color=TARGET, linewidth=1.2, linestyle=(0, (4, 2)), label="mean")
    label = number_text(
        result.expected, language, digits=MADE_DIGITS, ends=(0, len(result.counted))
    )
    over = panel.moved(panel.under, 0, 2 / 72)
    mean = language("chart.met.middle", expected=label)
    panel.write((result.expected, 1), mean, SMALL, over, ha="center", va="bottom", color=FAINT)


def _shown(result: PlanOutlook) -> list[int]:
    """The numbers from the least to the most that are not negligible."""
    likely = [k for k, chance in enumerate(result.number) if chance >= _NEGLIGIBLE]
    return list(range(min(likely), max(likely) + 1))


def _finding(result: PlanOutlook, language: Language) -> str:
    low, high = result.likely
    return language(
        "chart.met.finding", n=len(result.counted), low=language.number(low),
        high=language.number(high),
    )  # fmt: skip
