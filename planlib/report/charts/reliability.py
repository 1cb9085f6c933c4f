"""How sure may one be of a chance? What was forecast against what came true, event by event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from planlib.language.language import Language
from planlib.outlook.backtest.record import FEWEST, Record
from planlib.report.blocks import Chart
from planlib.report.charts import words
from planlib.report.charts.frame import ChartHeading, bare
from planlib.report.charts.panel import ChartPanel
from planlib.report.charts.style import SMALL, TEXT, lines_height, style
from planlib.report.charts.svg import picture
from planlib.report.text.numbers import number_text
from planlib.report.text.units import quantity_text
from planlib.report.vocabulary import FAINT, GRID, SERIES

WIDE, PLOT, LEFT = 7.0, 1.6, 0.46
EVENTS = {
    "holding": "chart.reliability.holding",
    "reached": "chart.reliability.reached",
    "kept": "chart.reliability.kept",
}
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_LEAST, _MOST = 3.0, 9.0  # size of a dot, in points


def reliability_dots(records: Sequence[Record], language: Language) -> Chart | None:
    """The record of one kind of forecast; None where no bin holds enough of them."""
    made = figure(records, language)
    if made is None:
        return None
    items = [_item(record, language) for event in EVENTS for record in _shown(records, event)]
    return picture(made, _finding(records, language), items)


def figure(records: Sequence[Record], language: Language) -> Figure | None:
    """The chart with its heading; None where no bin holds enough forecasts."""
    events = [event for event in EVENTS if _shown(records, event)]
    if not events:
        return None
    subtitle = words.sentence(
        language("chart.reliability.shown"), language("chart.reliability.source")
    )
    heading = ChartHeading(_finding(records, language), subtitle, illustrative=False)
    head, under = lines_height(1.5, TEXT), 0.1 + lines_height(1, SMALL)
    with style():
        made, bottom = bare(heading, language, wide=WIDE, body=head + PLOT + under)
        high, cell = made.get_figheight(), WIDE / len(EVENTS)
        for at, event in enumerate(events):
            box = (
                (at * cell + LEFT) / WIDE, (bottom + under) / high, PLOT / WIDE, PLOT / high,
            )  # fmt: skip
            draw(made.add_axes(box), records, event, language)
    return made


def draw(ax: Axes, records: Sequence[Record], event: str, language: Language) -> None:
    """Draw one event: a dot a bin, as large as it holds forecasts, with its range."""
    shown = _shown(records, event)
    largest = max(record.n for record in shown)
    panel = ChartPanel.of_axes(ax, (0, 1), (0, 1))
    ax.plot([0, 1], [0, 1], color=FAINT, linewidth=1, label="as sure as it should be")
    for record in shown:
        middle = (record.low + record.high) / 2
        size = _LEAST + (_MOST - _LEAST) * (record.n / largest) ** 0.5
        ax.plot([middle] * 2, record.interval, color=SERIES, linewidth=1.4, label="_range")
        ax.plot(
            [middle], [record.share], marker="o", color=SERIES, markersize=size, clip_on=False,
            label=f"bin {record.low:g}-{record.high:g}",
        )  # fmt: skip
    labels = [number_text(100 * tick, language, digits=0) for tick in _TICKS]
    labels[-1] = quantity_text(labels[-1], "%", language)
    ax.spines["bottom"].set_visible(False)
    below, beside = panel.moved(panel.data, 0, -0.06), panel.moved(panel.data, -0.06)
    for tick, share in zip(_TICKS, labels, strict=True):
        panel.write((tick, 0), share, SMALL, below, ha="center", va="top")
        panel.write((0, tick), share, SMALL, beside, ha="right", va="center_baseline")
    grid = [((tick, 0), (tick, 1)) for tick in _TICKS] + [((0, tick), (1, tick)) for tick in _TICKS]
    panel.lines(grid, panel.data, color=GRID, linewidth=0.6, zorder=0.5)
    over = panel.moved(panel.share, 0, 6 / 72)
    panel.write((0, 1), language(EVENTS[event]), TEXT, over, va="bottom", fontweight="bold")


def _shown(records: Sequence[Record], event: str) -> list[Record]:
    return [record for record in records if record.event == event and record.n >= FEWEST]


def _percents(record: Record, language: Language) -> dict[str, Any]:
    ends = {"low": record.low, "high": record.high}
    return {key: number_text(100 * end, language, digits=0) for key, end in ends.items()}


def _finding(records: Sequence[Record], language: Language) -> str:
    """The bin of about seven in ten, where an office begins to rely on a forecast."""
    shown = _shown(records, "holding") or [r for event in EVENTS for r in _shown(records, event)]
    record = min(shown, key=lambda one: abs((one.low + one.high) / 2 - 0.7))
    return language(
        "chart.reliability.finding", share=number_text(100 * record.share, language, digits=0, ends=(0, 100)),
        **_percents(record, language), n=record.n,
    )  # fmt: skip


def _item(record: Record, language: Language) -> str:
    return language(
        "chart.reliability.item", event=language(EVENTS[record.event]),
        k=language.number(record.k), count=language.number(record.n),
        **_percents(record, language),
    )  # fmt: skip
