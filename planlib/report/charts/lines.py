"""Figures over years or shorter periods against their target: what one large chart and the small ones share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from planlib.evaluation.outlook import FanYear
from planlib.language.language import Language
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import (
    CALENDAR_YEARS,
    Calendar,
    frequency_of,
    span,
    within_year,
)
from planlib.plan.target import Basis, Cadence, Target, of_whole_year
from planlib.plan.targets.due import Day
from planlib.report.charts.fans import draw_fan
from planlib.report.charts.panel import ChartPanel
from planlib.report.charts.style import SMALL
from planlib.report.vocabulary import FAINT, GRID, SERIES, TARGET, TOLERATED
from planlib.review.profile import Point

_AIR = 0.16  # share of the range kept free above and below the figures
_NEAR_ZERO = 0.3  # figures that come this near to zero, by their size, are drawn from zero


@dataclass(frozen=True)
class Series:
    """What is drawn of one goal: its figures, its target in each year, the years shown, its fan."""

    goal: Goal
    points: tuple[Point, ...]
    targets: tuple[tuple[int, Target], ...]
    first: int
    last: int
    breaks: tuple[date, ...] = ()
    fan: tuple[FanYear, ...] = ()
    calendar: Calendar = CALENDAR_YEARS

    @property
    def years(self) -> tuple[int, ...]:
        """The years shown, or the shorter periods."""
        return span(self.first, self.last)

    @property
    def cuts(self) -> list[float]:
        """Where the line breaks: at changes of boundary, and where a total of the year begins anew."""
        found = [boundary(day, self.calendar, self.first) for day in self.breaks]
        if within_year(self.first) and of_whole_year(self.target):
            found += [year + 0.5 for year in self.years if self.calendar.is_last(year)]
        return found

    @property
    def target(self) -> Target:
        """The target that speaks for the goal here: the latest of those drawn."""
        return self.targets[-1][1] if self.targets else self.goal.main_target().natural

    @property
    def deadline_day(self) -> Day | None:
        """The day it is due, where it is due on one."""
        return self.target.due_day

    @property
    def deadline(self) -> int | None:
        """The year the target is due, where it has one."""
        return self.target.due


@dataclass(frozen=True)
class ValueAxis:
    """The value axis and its ticks."""

    low: float
    high: float
    ticks: tuple[float, ...]

    @property
    def from_zero(self) -> bool:
        """Whether zero is on the axis."""
        return self.low <= 0 <= self.high


def near(target: Target) -> float:
    """Where the target lies on the axis; yes is 1."""
    return 1.0 if target.near is None else target.near


def far(target: Target) -> float:
    """The other end of a range."""
    return 1.0 if target.far is None else target.far


def scale(series: Series, most_ticks: int = 5) -> ValueAxis:
    """An axis that holds figures and targets, within natural limits; counts start at zero."""
    values = [x for p in series.points for x in (p.value, p.low, p.high) if x is not None]
    values += [end(t) for _, t in series.targets for end in (near, far)]
    values += [end for year in series.fan for end in (year.low_80, year.high_80)]
    if series.goal.baseline:
        values.append(series.goal.baseline.value)
    least, most = min(values), max(values)
    air = _AIR * (most - least) or 0.1 * abs(most) or 1.0
    low, high = least - air, most + air
    if least >= 0 and (_counts(series.target) or least <= _NEAR_ZERO * most):
        low, high = 0.0, most + (_AIR * most or 1.0)
    limits = series.goal.limits_of(series.target)
    if limits.low is not None and least >= limits.low:
        low = max(low, limits.low)
    if limits.high is not None and most <= limits.high:
        high = min(high, limits.high)
    if series.target.kind.figure == "yes_no":
        return ValueAxis(-0.25, 1.25, (0.0, 1.0))
    whole = _counts(series.target) and all(value == int(value) for value in values)
    found = MaxNLocator(most_ticks, integer=whole, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    dust = 1e-9 * (high - low)
    return ValueAxis(low, high, tuple(float(t) for t in found if low - dust <= t <= high + dust))


def _counts(target: Target) -> bool:
    """Whether figures are numbers of things, which an axis that does not start at zero distorts."""
    adds_up = target.cadence is Cadence.over_term and target.basis is Basis.level
    return target.basis is Basis.count or target.kind.figure == "members" or adds_up


def tick_words(axis: ValueAxis, series: Series, language: Language) -> list[str]:
    """The ticks of the value axis in the language's format, all with as many decimals."""
    if series.target.kind.figure == "yes_no":
        return [language("figure.undone"), language("figure.done")]
    digits = max((_digits(tick) for tick in axis.ticks), default=0)
    return [language.number(tick, digits) for tick in axis.ticks]


def _digits(number: float) -> int:
    exponent = Decimal(f"{number:.6g}").normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def panel_of(ax: Axes, series: Series, axis: ValueAxis) -> ChartPanel:
    """Axes for a series, half a year wider than its years on each side."""
    return ChartPanel.of_axes(ax, years_shown(series), (axis.low, axis.high))


def years_shown(series: Series) -> tuple[float, float]:
    """The ends of the axis of years."""
    return series.first - 0.5, series.last + 0.5


def draw_series(
    panel: ChartPanel, series: Series, axis: ValueAxis, language: Language,
    years: Mapping[int, str], *, size: float = 6.0, text: float = SMALL,
) -> None:  # fmt: skip
    """Targets, then figures; ``years`` are the words under the axis, ``size`` that of the points."""
    beside, below = panel.moved(panel.beside, -0.06), panel.moved(panel.under, 0, -0.07)
    for tick, words in zip(axis.ticks, tick_words(axis, series, language), strict=True):
        panel.write((0, tick), words, text, beside, ha="right", va="center_baseline")
    for year, words in years.items():
        panel.write((year, 0), words, text, below, ha="center", va="top")
    across = [((0, tick), (1, tick)) for tick in axis.ticks]
    panel.lines(across, panel.beside, color=GRID, linewidth=0.6, zorder=0.5)
    marks = [((year, 0), (year, 0.04)) for year in years]
    down = panel.moved(panel.under, 0, -0.04)
    panel.lines(marks, down, color=FAINT, linewidth=0.6, zorder=2.6)
    _draw_targets(panel, series, axis)
    known = {p.year: p.value for p in series.points if p.newest and p.value is not None}
    draw_fan(panel, series.fan, known)
    _draw_points(panel, series, axis, size)


def _draw_targets(panel: ChartPanel, series: Series, axis: ValueAxis) -> None:
    """The target line, the reached side shaded, and the deadline."""
    for first, last, target in _spells(series.targets):
        left, right = first - 0.5, last + 0.5
        bottom, top = _reached(target, axis)
        corners = [(left, bottom), (right, bottom), (right, top), (left, top)]
        panel.area(corners, color=TOLERATED, zorder=0.2, label="good")
        line: dict[str, Any] = {"color": TARGET, "zorder": 2}
        panel.line([left, right], [near(target)] * 2, linewidth=1.4, label="target", **line)
        if far(target) != near(target):
            line |= {"linewidth": 0.9, "linestyle": (0, (4, 2)), "label": "far end"}
            panel.line([left, right], [far(target)] * 2, **line)
    if series.deadline is not None and series.deadline <= series.last:
        draw_moment(panel, series.deadline, "deadline", 0.9, (1, 2))


def draw_moment(
    panel: ChartPanel, year: float, label: str, wide: float, dashes: tuple[float, float]
) -> None:
    """A faint upright line at a point in time."""
    panel.line([year] * 2, [0, 1], panel.under, color=FAINT, linewidth=wide, zorder=1.9,
               linestyle=(0, dashes), label=label)  # fmt: skip


def _spells(targets: Sequence[tuple[int, Target]]) -> list[tuple[int, int, Target]]:
    """Consecutive years with the same ends as one spell: (first, last, target)."""
    found: list[tuple[int, int, Target]] = []
    for year, target in targets:
        if found:
            first, last, before = found[-1]
            same = (near(before), far(before)) == (near(target), far(target))
            if last == year - 1 and same:
                found[-1] = (first, year, target)
                continue
        found.append((year, year, target))
    return found


def _reached(target: Target, axis: ValueAxis) -> tuple[float, float]:
    """The side on which the target counts as reached, as far as the axis shows it."""
    if target.kind.closed(target):
        ends = sorted((near(target), far(target)))
        return ends[0], ends[1]
    if target.better == "lower":
        return axis.low, near(target)
    return near(target), axis.high


def _draw_points(panel: ChartPanel, series: Series, axis: ValueAxis, size: float) -> None:
    """The figures. What looks alike has a depth of its own: an SVG tells the look of those once."""
    newest = [point for point in series.points if point.newest]
    exact = {point.year: point.value for point in newest if point.value is not None}
    for run in _runs(sorted(exact), series.cuts):
        panel.line(run, [exact[year] for year in run], color=SERIES, linewidth=1.6, zorder=2.9,
                   label="figures")  # fmt: skip
    baseline = series.goal.baseline
    if baseline and all(point.year != baseline.year for point in series.points):
        _dots(panel, [(baseline.year, baseline.value)], "baseline", marker="s", zorder=3.8,
              markersize=size - 1, markerfacecolor="white", markeredgecolor=SERIES)  # fmt: skip
    for point in series.points:
        if not point.newest and point.value is not None and point.year in exact:
            panel.line([point.year] * 2, [point.value, exact[point.year]], color=FAINT,
                       linewidth=0.7, zorder=2.4, label="revised")  # fmt: skip
    older = [(p.year, p.value) for p in series.points if not p.newest and p.value is not None]
    _dots(panel, older, "earlier", marker="o", zorder=3.9, markersize=size - 1.5, markerfacecolor="white",
          markeredgecolor=FAINT)  # fmt: skip
    measured = [(p.year, p.value) for p in newest if p.value is not None and not p.estimate]
    estimates = [(p.year, p.value) for p in newest if p.value is not None and p.estimate]
    _dots(panel, measured, "measured", marker="o", zorder=4, markersize=size, color=SERIES)
    _dots(panel, estimates, "estimates", marker="D", zorder=4.1, markersize=size - 0.5,
          markerfacecolor="white", markeredgecolor=SERIES, markeredgewidth=1.4)  # fmt: skip
    for point in series.points:
        if point.value is None:
            _bar(panel, point, axis)


def _dots(panel: ChartPanel, dots: Sequence[tuple[int, float]], label: str, **look: Any) -> None:
    if dots:
        xs, ys = zip(*dots, strict=True)
        panel.line(xs, ys, linestyle="none", label=label, **look)


def _bar(panel: ChartPanel, point: Point, axis: ValueAxis) -> None:
    """An interval; an open end runs to the edge of the axis and ends in an arrow."""
    low = axis.low if point.low is None else point.low
    high = axis.high if point.high is None else point.high
    look: dict[str, Any] = {"color": SERIES if point.newest else FAINT, "zorder": 3.5}
    wide = 2.6 if point.newest else 1.2
    panel.line([point.year] * 2, [low, high], linewidth=wide, solid_capstyle="butt",
               label="interval", **look)  # fmt: skip
    for end, known, marker in ((low, point.low, "v"), (high, point.high, "^")):
        panel.line([point.year], [end], marker="_" if known is not None else marker,
                   markersize=7, markeredgewidth=1.6, label="_end", **look)  # fmt: skip


def _runs(years: Sequence[int], cuts: Iterable[float]) -> list[list[int]]:
    """Years in a row; a missing year or a cut between two breaks the line."""
    if not years:
        return []
    cuts = [*cuts]
    runs = [[years[0]]]
    for before, year in pairwise(years):
        if year > before + 1 or any(before < cut <= year for cut in cuts):
            runs.append([])
        runs[-1].append(year)
    return runs


def boundary(day: date, calendar: Calendar, period: int) -> float:
    """Where a change of boundary is drawn: before the first figure that it touches.

    The figures are of periods as long as ``period``.

    >>> boundary(date(2013, 7, 1), CALENDAR_YEARS, 2010)
    2012.5
    """
    return int(calendar.containing(day.toordinal(), frequency_of(period))) - 0.5
