"""The same rules written a second time, one figure after another with plain Python.

Slow and obvious on purpose: tests hold the array code against it, and the benchmark uses it as
the rival that scores row by row.
"""

from __future__ import annotations

from math import fsum, inf, isinf, isnan, nan
from typing import Any

from planlib.plan.target import Target

SAME = 2.0**-50
PARTS = {"share": ("numerator", "denominator"), "quota": ("value", "assigned")}


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


def percent(part: float, whole: float) -> float:
    """100 · part / whole; NaN for a percentage of nothing."""
    return 100 * part / whole if whole > 0 else nan


def figure_of(row: dict[str, Any], before: dict[str, Any] | None, target: Target) -> float:
    """The figure compared in one year; NaN where it is not known."""
    value = float(row.get("value", nan))
    if target.basis in PARTS:
        above, below = (float(row.get(name, nan)) for name in PARTS[str(target.basis)])
        return percent(above, below)
    if target.basis == "change":
        was = float(before.get("value", nan)) if before else nan
        if isnan(was) or isnan(value):
            return nan
        if was == 0 and value >= 0:
            return inf if value > 0 else 0.0
        return percent(value - was, was)
    return value


def no_percentage(row: dict[str, Any], before: dict[str, Any] | None, target: Target) -> bool:
    """Whether the year has its figures, and no percentage can be made of them."""
    if target.basis in PARTS:
        names = PARTS[str(target.basis)]
        return all(name in row for name in names) and row[names[1]] <= 0
    if target.basis != "change" or "value" not in row or not before or "value" not in before:
        return False
    now, was = row["value"], before["value"]
    if now < 0 or was < 0:
        return True
    if was > 0:
        return False
    # Zero again is no change, and any rise is too much for what bounds it; nothing else is known.
    return side_of(inf, target, None) >= 0 if now > 0 else side_of(0.0, target, None) < 0


def total_of(rows: list[dict[str, Any]], target: Target) -> tuple[float, bool]:
    """What the years add up to, NaN where nothing does; and whether a year is unknown."""
    if target.basis in PARTS:
        above, below = PARTS[str(target.basis)]
        if any(isnan(row.get(above, nan)) or isnan(row.get(below, nan)) for row in rows):
            return nan, True
        return percent(*(fsum(row[name] for row in rows) for name in (above, below))), False
    known = [row["value"] for row in rows if not isnan(row.get("value", nan))]
    return fsum(known) if known else nan, len(known) < len(rows)


def total_verdict(target: Target, rows: list[dict[str, Any]], *, ended: bool) -> str:
    """The verdict on a running total; ``rows`` are those of the years so far."""
    total, gap = total_of(rows, target)
    if isnan(total):
        return "no_data" if gap else "not_applicable"
    best = 100.0 if target.basis == "share" and target.better == "higher" else None
    amounts = target.basis == "count"
    side = side_of(total, target, best)
    ceiling = target.better == "lower" or (
        target.comparison == "between" and target.beyond == "bad"
    )
    if amounts and ceiling:
        end = target.high if target.comparison == "between" else target.value
        assert end is not None
        if compare(total, end) > 0 or (target.comparison == "below" and compare(total, end) == 0):
            return "not_met"  # nothing takes it back
    if gap:
        side = min(side, side_of(inf, target, best))
        if side < 0:
            return "no_data" if ended or ceiling or "value" not in rows[-1] else "not_yet"
    if target.better == "lower" and not ended:
        side = min(side, 0)
    return ("not_met" if ended else "not_yet", "met", "exceeded")[side + 1]


def verdict_of(
    target: Target, rows: dict[int, dict[str, Any]], year: int, first: int, last: int
) -> str:
    """The verdict of one goal in one area and year, from its rows by year."""
    if target.cadence == "over_term":
        so_far = [rows.get(one, {}) for one in range(first, year + 1)]
        return total_verdict(target, so_far, ended=year == last)
    best = 100.0 if target.basis == "share" and target.better == "higher" else None
    row, before = rows.get(year, {}), rows.get(year - 1)
    if no_percentage(row, before, target):
        return "not_applicable"
    figure = figure_of(row, before, target)
    due = target.due or year
    if isnan(figure):
        return "not_due" if year < due else "no_data"
    side = side_of(figure, target, best)
    return ("not_met" if year >= due else "not_yet", "met", "exceeded")[side + 1]
