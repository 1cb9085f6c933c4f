"""The same rules written a second time, one figure after another with plain Python.

Slow and obvious on purpose: tests hold the array code against it, and the benchmark uses it as
the rival that scores row by row.
"""

from __future__ import annotations

from math import inf, isinf, isnan, nan
from typing import Any

from planlib.model.target import Target

SAME = 1e-9


def compare(figure: float, value: float) -> int:
    if not isinf(figure) and abs(figure - value) <= SAME * max(abs(figure), abs(value)):
        return 0
    return 1 if figure > value else -1


def side_of(figure: float, target: Target, best: float | None) -> int:
    """−1 short, 0 met, 1 beyond; ``best`` is the natural limit on the better side."""
    sign = -1 if target.better == "lower" else 1
    if target.comparison in {"above", "below"}:
        assert target.value is not None
        return 0 if sign * compare(figure, target.value) > 0 else -1
    if target.comparison == "between":
        near, far = (target.low, target.high) if sign > 0 else (target.high, target.low)
    else:
        near = far = target.value
    assert near is not None and far is not None
    if sign * compare(figure, near) < 0:
        return -1
    if sign * compare(figure, far) <= 0:
        return 0
    if target.comparison == "between" and target.beyond != "good":
        return 0 if target.beyond == "neutral" else -1
    return 0 if far == 0 or far == best else 1


def figure_of(row: dict[str, Any], before: dict[str, Any] | None, target: Target) -> float:
    """The figure compared in one year; NaN where it is not known."""
    value = float(row.get("value", nan))
    if target.basis == "share" and "numerator" in row:
        return 100 * row["numerator"] / row["denominator"] if row["denominator"] else nan
    if target.basis == "quota":
        assigned = row.get("assigned", nan)
        return 100 * value / assigned if assigned else nan
    if target.basis == "change":
        was = float(before.get("value", nan)) if before else nan
        if isnan(was) or isnan(value):
            return nan
        if was == 0:
            return nan if value == 0 else inf * value
        return 100 * (value - was) / abs(was)
    return value


def verdict_of(
    target: Target, rows: dict[int, dict[str, Any]], year: int, first: int, last: int
) -> str:
    """The verdict of one goal in one area and year, from its rows by year."""
    best = 100.0 if target.basis == "share" and target.better == "higher" else None
    if target.cadence == "over_term":
        known = [figure_of(rows.get(y, {}), None, target) for y in range(first, year + 1)]
        total = sum(figure for figure in known if not isnan(figure))
        gaps = any(isnan(figure) for figure in known)
        if all(isnan(figure) for figure in known):
            return "no_data"
        side = side_of(total, target, best)
        if gaps:
            side = min(side, side_of(inf, target, best))
        if side < 0 and gaps and (year == last or isnan(known[-1])):
            return "no_data"
        due = last
    else:
        figure = figure_of(rows.get(year, {}), rows.get(year - 1), target)
        due = target.due or year
        if isnan(figure):
            return "not_due" if year < due else "no_data"
        side = side_of(figure, target, best)
    if side > 0:
        return "exceeded"
    if side == 0:
        return "met"
    return "not_met" if year >= due else "not_yet"
