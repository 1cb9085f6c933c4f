"""Changes on an earlier figure, in percent or as a difference, in fractions of what was typed."""

from __future__ import annotations

from dataclasses import replace
from math import inf, isfinite, isnan, nan

from planlib.plan.goal_parts import Limits
from planlib.plan.target import Target
from planlib.verify.bounds import INSIDE, exact, rounded, side
from planlib.verify.targets.interval import Figure


def change(now: Figure, was: Figure, target: Target) -> Figure:
    """Percent change. Nothing is told in percent of zero, through it or below it.

    Zero after zero is no change, where none is asked for; a rise from zero is too much for what
    bounds it. Anything else is not applicable.
    """
    low, high = _moved(now.low, was.high), _moved(now.high, was.low)
    if isnan(high) and not isnan(low):  # before, only an upper end was told: any rise is possible
        high = inf
    ends = (now.low, now.high, was.low, was.high)
    none = not isnan(low) and any(isfinite(end) and end < 0 for end in ends)
    if was.high == 0 and not isnan(low):
        lies = side(high, target, Limits())
        none = none or (lies >= INSIDE if high > 0 else lies < INSIDE)
    # Unknown for no other reason than that the figure it starts from is withheld.
    suppressed = now.suppressed or (was.suppressed and not isnan(now.low))
    missing = (now.missing or isnan(low)) and not (now.silent or suppressed or none)
    return replace(
        now,
        low=nan if none else low,
        high=nan if none else high,
        missing=missing,
        suppressed=suppressed,
        not_applicable=now.not_applicable or none,
        over=now.over or was.under,
        under=now.under or was.over,
    )


def difference(now: Figure, was: Figure, target: Target) -> Figure:
    """What is more than it was, in the unit of both."""
    low, high = _apart(now.low, was.high), _apart(now.high, was.low)
    hidden = was.suppressed and now.known
    unknown = now.missing or isnan(low)
    suppressed = now.suppressed or hidden
    return replace(
        now,
        low=low,
        high=high,
        suppressed=suppressed,
        missing=unknown and not (now.silent or suppressed),
        over=now.over or was.under,
        under=now.under or was.over,
    )


def _apart(now: float, was: float) -> float:
    if isfinite(now) and isfinite(was):
        return rounded(exact(now) - exact(was))
    return now - was


def _moved(now: float, was: float) -> float:
    if isnan(now) or isnan(was):
        return nan
    if was == 0:
        return inf if now > 0 else 0.0
    if not (isfinite(now) and isfinite(was)):
        return 100.0 * (now - was) / abs(was)
    return rounded(100 * (exact(now) - exact(was)) / abs(exact(was)))
