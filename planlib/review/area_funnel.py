"""What chance makes of the figures of areas: limits, overdispersion, shrunken rates, ranks with bands."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from planlib.review.area_cases import AreaCases
from planlib.scoring.comparing import practice
from planlib.scoring.comparing.limits import (
    CONTROL,
    WARNING,
    Bools,
    Floats,
    Limits,
    binomial_limits,
    outside,
    poisson_limits,
)
from planlib.scoring.comparing.ranks import Merit, rank_bands, ranks
from planlib.scoring.comparing.shrinking import Posterior, shrunken
from planlib.scoring.comparing.spread import Overdispersion, overdispersion, wider_limits

CURVE = 80  # points of the lines of limits
Sides = npt.NDArray[np.int8]


class Funnel:
    """What chance makes of the figures of all areas; every array is in areas, rates are not scaled.

    ``drawn`` are the areas whose figure is made of cases, ``overall`` is the rate of all of them,
    ``sides`` where each lies by its limits, ``wider`` by limits that allow for the spread.
    """

    def __init__(self, cases: AreaCases, value: Floats, merit: Merit, limits: str) -> None:
        self.cases, self.scale, self.way = cases, cases.scale, limits
        self.drawn: Bools = np.isfinite(value) & (cases.size > 0) & np.isfinite(cases.count)
        if cases.method == "none":
            self.drawn = np.zeros(value.shape, bool)
        events, shape = cases.method == "poisson", value.shape
        count, size = cases.count[self.drawn], cases.size[self.drawn]
        self.rate = np.where(
            self.drawn, cases.count / np.where(self.drawn, cases.size, 1.0), np.nan
        )
        self.overall = float(count.sum() / size.sum()) if self.drawn.any() else float("nan")
        nowhere = np.full(shape, np.nan), np.full(shape, np.nan)
        self.limits: dict[float, Limits] = {WARNING: nowhere, CONTROL: nowhere}
        self.sides: dict[float, Sides] = dict.fromkeys(self.limits, np.zeros(shape, np.int8))
        self.spread: Overdispersion | None = None
        self.wider: Sides = np.zeros(shape, np.int8)
        self.posterior: Posterior | None = None
        self.rank = self.low = self.high = self.shrunken = np.full(shape, np.nan)
        if not self.drawn.any():
            return
        for tail in self.limits:
            self.limits[tail], self.sides[tail] = self._limits(tail, limits)
        overall, known = self.overall, np.where(self.drawn, cases.size, np.nan)
        error = np.sqrt(overall * (1.0 if events else max(1.0 - overall, 0.0)) / known)
        self.spread = overdispersion(self.rate, overall, error)
        if self.spread is not None:
            self.wider = outside(self.rate, wider_limits(overall, error, self.spread.between))
        self.posterior = shrunken(count, size, events=events)
        self.shrunken = np.full(shape, np.nan)
        self.shrunken[self.drawn] = self.posterior.mean
        self.rank = ranks(np.where(self.drawn, value / self.scale, np.nan), merit)
        self.low, self.high = self.rank.copy(), self.rank.copy()
        low, high = rank_bands(self.posterior, merit)
        # The band holds the rank of the figure itself too, which shrinkage may have left.
        self.low[self.drawn] = np.minimum(low, self.rank[self.drawn])
        self.high[self.drawn] = np.maximum(high, self.rank[self.drawn])

    def _limits(self, tail: float, limits: str) -> tuple[Limits, Sides]:
        size = np.where(self.drawn, self.cases.size, np.nan)
        if limits == "exact":
            found = self._exact(np.nan_to_num(size), tail)
        elif self.cases.method == "binomial":
            found = practice.wilson_limits(self.overall, size, tail)
        else:
            count = np.where(self.drawn, self.cases.count, 0.0)
            found = practice.event_limits(self.overall, count, tail)
            return found, practice.event_label(self.overall, count, size, tail)
        return found, outside(self.rate, found)

    def _exact(self, size: Floats, tail: float) -> Limits:
        exact = poisson_limits if self.cases.method == "poisson" else binomial_limits
        return exact(self.overall, size, tail)

    def curve(self) -> list[tuple[float, float, float, float, float]]:
        """Sizes and both limits at each, scaled, from the smallest to the largest area drawn."""
        if not self.drawn.any():
            return []
        sizes = self.cases.size[self.drawn]
        at = np.geomspace(sizes.min(), max(sizes.max(), sizes.min() * 1.01), CURVE)
        ends = [end for tail in (CONTROL, WARNING) for end in self._drawn_limits(at, tail)]
        return list(zip(at.tolist(), *((self.scale * end).tolist() for end in ends), strict=True))

    def _drawn_limits(self, size: Floats, tail: float) -> Limits:
        """Limits as a line: those of the way asked for, by the events expected in each size."""
        if self.way == "exact":
            return self._exact(size, tail)
        if self.cases.method == "binomial":
            return practice.wilson_limits(self.overall, size, tail)
        return practice.event_limits(self.overall, self.overall * size, tail)
