"""How far from the target? One goal a row, each against its own target, the furthest short first.

The axis is the figure as a share of the target, the way offices print it. Which side is the good
one differs from goal to goal, so each row shades its own: a mark on the shaded side has reached.
"""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.language import Language
from planlib.plan.target import Comparison, Target
from planlib.report.charts import words
from planlib.report.charts.frame import Heading
from planlib.report.charts.marks import plot_marks, present
from planlib.report.charts.rows import (
    Column,
    Rows,
    arrow_beyond,
    draw_rows,
    lay_out,
    percent_axis,
    rows_figure,
    write_verdicts,
)
from planlib.report.charts.style import style
from planlib.report.charts.svg import picture
from planlib.report.display import Picture
from planlib.report.text.numbers import percent
from planlib.report.vocabulary import TARGET, TOLERATED
from planlib.scoring.verdict import JUDGED, REACHED, Verdict

_MOST = 1.5  # figures beyond this share of their target are drawn at the edge, with an arrow
_SHADE = 0.105  # half the height of a row's shading, in inches
# Goals without a figure come last, real gaps first.
_SILENT = (Verdict.no_data, Verdict.suppressed, Verdict.not_due, Verdict.not_applicable)


def attainment_rows(
    verdicts: Sequence[GoalVerdict], language: Language, *, title: str, illustrative: bool
) -> Picture | None:
    """Each goal's figure against its target; None without goals.

    ``title`` says what the goals have in common and how many were reached; the missed goal furthest
    from its target is added to it.
    """
    made = figure(verdicts, language, title=title, illustrative=illustrative)
    if made is None:
        return None
    items = [_item(verdict, language) for verdict in by_shortfall(verdicts)]
    return picture(made, _finding(verdicts, language, title), items)


def figure(
    verdicts: Sequence[GoalVerdict], language: Language, *, title: str, illustrative: bool
) -> Figure | None:
    """The chart with its heading; None without goals."""
    if not verdicts:
        return None
    placed = any(verdict.level is not None for verdict in verdicts)
    heading = Heading(
        title=_finding(verdicts, language, title),
        subtitle=words.sentence(
            language("chart.attainment.shown") if placed else "",
            words.sources((v.source for v in verdicts), language, illustrative),
        ),
        illustrative=illustrative,
        key=present([verdict.verdict for verdict in verdicts]),
    )
    with style():
        rows = _rows(by_shortfall(verdicts), language)
        ax = rows_figure(heading, rows, language, _axis_label(verdicts, language))
        draw(ax, verdicts, language, rows)
        made = ax.get_figure(root=True)
    assert isinstance(made, Figure)
    return made


def draw(
    ax: Axes, verdicts: Sequence[GoalVerdict], language: Language, rows: Rows | None = None
) -> None:
    """Draw the rows on axes; their words stand to the left and right of them."""
    ordered = by_shortfall(verdicts)
    rows = rows or _rows(ordered, language)
    draw_rows(ax, rows)
    low, high = _window(ordered)
    placed, shades, wordy = [], [], []
    for verdict, y in zip(ordered, rows.centres, strict=True):
        if verdict.level is None or verdict.target is None:
            wordy.append((y, verdict.verdict))
            continue
        shades.append(_shade(verdict.target, y, low, high))
        placed.append((min(max(verdict.level, low), high), y, verdict.verdict))
        if not low <= verdict.level <= high:
            inward = 0.035 * (high - low) * (-1 if verdict.level > high else 1)
            x, y, kind = placed.pop()
            placed.append((x + inward, y, kind))
            arrow_beyond(ax, x, y, to_right=verdict.level > high)
    ax.add_collection(PolyCollection(shades, facecolors=TOLERATED, label="good side", zorder=0.5))
    ticks = [y for _, y, _ in placed]
    ax.vlines(
        [1.0] * len(ticks), [y - _SHADE for y in ticks], [y + _SHADE for y in ticks],
        colors=TARGET, linewidth=2, zorder=4, label="target",
    )  # fmt: skip
    plot_marks(ax, placed)
    write_verdicts(ax, wordy, language)
    percent_axis(ax, low, high, language, _axis_label(verdicts, language))
    if not placed:
        ax.xaxis.set_visible(False)
        ax.spines["bottom"].set_visible(False)


def by_shortfall(verdicts: Sequence[GoalVerdict]) -> list[GoalVerdict]:
    """The furthest short first, then what is reached, then what has no figure."""

    def rank(verdict: GoalVerdict) -> tuple[int, float]:
        kind = verdict.verdict
        if kind in _SILENT:
            return 2 + _SILENT.index(kind), 0.0
        if kind in REACHED:
            return 1, -float(kind)
        return 0, verdict.attainment or 0.0

    return sorted(verdicts, key=rank)


def _rows(ordered: Sequence[GoalVerdict], language: Language) -> Rows:
    figures = tuple(
        "" if _yes_no(verdict) else words.cell(verdict, language) for verdict in ordered
    )
    targets = tuple(words.target(verdict, language) for verdict in ordered)
    return lay_out(
        [words.name(verdict.goal, language) for verdict in ordered],
        [
            Column(language("column.actual"), figures, "right"),
            Column(language("column.target"), targets),
        ],
    )


def _yes_no(verdict: GoalVerdict) -> bool:
    return verdict.target is not None and verdict.target.comparison is Comparison.done


def _window(verdicts: Sequence[GoalVerdict]) -> tuple[float, float]:
    """The stretch of the axis that is shown: from zero, or from a half where nothing is lower."""
    levels = [verdict.level for verdict in verdicts if verdict.level is not None]
    return (0.5 if levels and min(levels) >= 0.55 else 0.0), _MOST


def _axis_label(verdicts: Sequence[GoalVerdict], language: Language) -> str:
    if all(verdict.level is None for verdict in verdicts):
        return ""
    low, _ = _window(verdicts)
    not_zero = language("chart.not_from_zero") if low > 0 else ""
    return words.sentence(language("chart.attainment.axis"), not_zero)


def _shade(target: Target, y: float, low: float, high: float) -> list[tuple[float, float]]:
    """The corners of the good side. Below zero a greater share of the target means lower."""
    upward = (target.better != "lower") == ((target.near or 0.0) > 0)
    first, last = (1.0, high) if upward else (low, 1.0)
    if target.comparison is Comparison.between and target.beyond == "bad":
        first, last = 0.985, 1.015
    return [
        (first, y - _SHADE), (last, y - _SHADE), (last, y + _SHADE), (first, y + _SHADE),
    ]  # fmt: skip


def _finding(verdicts: Sequence[GoalVerdict], language: Language, title: str) -> str:
    judged = [verdict for verdict in verdicts if verdict.verdict in JUDGED]
    if not judged:
        return title  # which says so
    missed = [verdict for verdict in judged if verdict.verdict is Verdict.not_met]
    if not missed:
        waits = any(verdict.verdict is Verdict.not_yet for verdict in judged)
        return language("chart.attainment.waits" if waits else "chart.attainment.all", title=title)
    goal = words.name(by_shortfall(missed)[0].goal, language)
    return language("chart.attainment.finding", title=title, goal=goal)


def _item(verdict: GoalVerdict, language: Language) -> str:
    level = verdict.level
    return "; ".join(
        part
        for part in (
            f"{words.name(verdict.goal, language)}: {words.figure(verdict, language)}",
            language("chart.target", target=words.target(verdict, language)),
            language("chart.share_of_target", share=percent(level, language))
            if level is not None
            else "",
            words.worded(verdict.verdict, language),
        )
        if part
    )
