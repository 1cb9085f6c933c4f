"""The scale on which a figure's yearly changes are comparable, and the way back to its unit.

Shares between two limits are taken as logits, positive amounts as logarithms, everything else as
it is, in units of its own typical size; so a forecast does not depend on the unit, and no quantile
leaves the natural limits. Where areas stand side by side an amount goes from percent to steps as it
nears the largest of its indicator (``knee``), since few grow by percent up there. A figure at its
limit has no logit or logarithm: the series is then shifted by half its smallest distance from the
limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from planlib.scoring.verdict import Floats

Kinds = npt.NDArray[np.int8]
WIDEST_SHIFT = 0.005  # of the range, for a series that never left its limit


class Scale(IntEnum):
    """How figures are standardised."""

    plain = 0
    log = 1
    logit = 2
    compound = 3  # a logarithm throughout: what changes is read in percent


def scale_for(smallest: float, low: float | None, high: float | None) -> Scale:
    """The scale of an indicator by its natural limits, and by its smallest figure without them.

    >>> scale_for(12.0, 0.0, 100.0).name, scale_for(3.0, 0.0, None).name
    ('logit', 'log')
    >>> scale_for(0.4, None, None).name, scale_for(-2.0, None, None).name
    ('log', 'plain')
    """
    if low is not None and high is not None:
        return Scale.logit
    if high is not None:
        return Scale.plain
    return Scale.log if smallest >= (low or 0.0) else Scale.plain


@dataclass(frozen=True)
class Standard:
    """The way there and back for N series; every array has length N.

    ``low`` and ``high`` are in the figure's unit, infinite where there is no limit; ``unit`` is
    the size one plain step stands for; ``above`` and ``below`` are the shifts at the limits;
    ``knee`` is the amount about which percent give way to steps, infinite where they never do.
    """

    kind: Kinds
    low: Floats
    high: Floats
    unit: Floats
    above: Floats
    below: Floats
    knee: Floats

    def to(self, figures: Floats) -> Floats:
        """Figures (N, or N × k) on the standard scale; ±inf at or beyond a limit."""
        kind, low, high, unit, above, below, knee = self._shaped(figures)
        with np.errstate(all="ignore"):
            over = np.maximum(figures - low + above, 0.0)
            bent = np.log(knee) + over / knee + np.log(-np.expm1(-over / knee))
            up = np.where(np.isfinite(knee), bent, np.log(over))
            down = np.log(np.maximum(high - figures + below, 0.0))
            result = np.where(kind == Scale.plain, figures / unit, up)
            result = np.where(kind == Scale.logit, up - down, result)
        return np.where(np.isnan(figures), np.nan, result)

    def back(self, values: Floats) -> Floats:
        """Standard values (N, or N × k) in the figure's unit, inside its natural limits."""
        kind, low, high, unit, above, below, knee = self._shaped(values)
        with np.errstate(all="ignore"):
            over = np.where(
                np.isfinite(knee), knee * np.logaddexp(0.0, values - np.log(knee)), np.exp(values)
            )
            figures = np.where(kind == Scale.plain, values * unit, low - above + over)
            share = 0.5 * (1 + np.tanh(0.5 * values))  # 1 / (1 + exp(-z)) that cannot overflow
            inside = low - above + (high - low + above + below) * share
        figures = np.where(kind == Scale.logit, inside, figures)
        return np.asarray(np.clip(figures, low, high))

    def take(self, rows: npt.NDArray[np.int64]) -> Standard:
        """The standards of some series, in the order asked."""
        return Standard(
            self.kind[rows], self.low[rows], self.high[rows],
            self.unit[rows], self.above[rows], self.below[rows], self.knee[rows],
        )  # fmt: skip

    def _shaped(self, like: Floats) -> tuple[Any, ...]:
        parts: tuple[Any, ...] = (
            self.kind, self.low, self.high, self.unit, self.above, self.below, self.knee,
        )  # fmt: skip
        wide = like.ndim > 1
        return tuple(part[:, None] if wide else part for part in parts)


def standard(
    figures: Floats, kind: Kinds, low: Floats, high: Floats, unit: Floats,
    knee: Floats | None = None,
) -> Standard:  # fmt: skip
    """The standard of N series from their known figures (N × k, NaN where unknown).

    ``low`` and ``high`` are natural limits in the figure's unit, infinite where there is none;
    ``unit`` is the typical size used on the plain scale; without ``knee`` no amount has one. A
    logarithm without a limit starts at 0.

    >>> one = standard(
    ...     np.array([[50.0, 100.0]]), np.array([Scale.logit], np.int8), np.array([0.0]),
    ...     np.array([100.0]), np.array([1.0]),
    ... )
    >>> one.below.tolist(), one.back(one.to(np.array([[50.0, 100.0]]))).round(9).tolist()
    ([0.5], [[50.0, 100.0]])
    """  # fmt: skip
    floor = np.where(np.isfinite(low) | (kind == Scale.plain), low, 0.0)
    span = np.where(kind == Scale.logit, high - floor, np.nan)
    above = _shift(figures - floor[:, None], WIDEST_SHIFT * span, kind != Scale.plain)
    below = _shift(high[:, None] - figures, WIDEST_SHIFT * span, kind == Scale.logit)
    bend = np.full(len(kind), np.inf) if knee is None else np.where(kind == Scale.log, knee, np.inf)
    return Standard(kind, floor, high, np.where(unit > 0, unit, 1.0), above, below, bend)


def _shift(distance: Floats, widest: Floats, wanted: npt.NDArray[np.bool_]) -> Floats:
    """Half the smallest distance from a limit, for series with a figure at the limit."""
    with np.errstate(invalid="ignore"):
        touches = wanted & (distance <= 0).any(axis=1)
    if not touches.any():
        return np.zeros(len(distance))
    apart = np.where(distance > 0, distance, np.inf).min(axis=1) / 2
    apart = np.fmin(apart, widest)  # NaN where there is no range to take a part of
    return np.where(touches, np.where(np.isfinite(apart), apart, 1.0), 0.0)
