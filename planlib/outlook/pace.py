"""The required pace as action: so much a year, the best ever seen, and when it is too late.

All numbers are in the figure's unit a year, signed: a fall that is needed is negative. Whether a
pace can be had is judged by the best the series itself ever showed; that is history, not a limit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planlib.scoring.verdict import SAME, Floats


@dataclass(frozen=True)
class Required:
    """What the rest of the time asks for; None where there is nothing to say.

    ``per_year`` is 0 once reached. ``best_seen`` is the best yearly change on record (for a total
    the best yearly amount), ``best_year`` when that was. ``infeasible_from`` is the first year at
    the end of which, had nothing moved by then, even the best pace ever seen would come too late;
    None where nothing is required, nothing has been seen, or no year of the term is that one.
    """

    per_year: float | None
    best_seen: float | None
    best_year: int | None
    infeasible_from: int | None

    @property
    def times_best(self) -> float | None:
        """The required pace over the best ever seen; None where the best was no progress."""
        if self.per_year is None or not self.best_seen or self.per_year * self.best_seen <= 0:
            return None
        return self.per_year / self.best_seen


def required(
    figures: Floats, years: np.ndarray[tuple[int, ...], np.dtype[np.int64]], target: float,
    due: int, *, rising: bool, total: bool = False,
) -> Required:  # fmt: skip
    """What one series must do to reach a target by the end of the year ``due``.

    ``figures`` are yearly figures (NaN where unknown) in the target's unit; with ``total`` they
    are yearly amounts that add up to the target.

    >>> years = np.array([2008, 2009, 2010])
    >>> one = required(np.array([60.0, 68.0, 78.0]), years, 90.0, rising=True, due=2012)
    >>> one.per_year, one.best_seen, one.best_year, one.infeasible_from
    (6.0, 10.0, 2010, 2011)
    >>> one = required(np.array([40.0, 33.0, 30.0]), years, 10.0, rising=False, due=2012)
    >>> one.per_year, one.best_seen, one.infeasible_from
    (-10.0, -7.0, 2010)
    """
    sign = 1.0 if rising else -1.0
    known = np.flatnonzero(~np.isnan(figures))
    if not len(known):
        return Required(None, None, None, None)
    last = int(years[known[-1]])
    if total:
        gap = target - float(np.nansum(figures))
        paces = figures[known]
        when = years[known]
    else:
        gap = target - float(figures[known[-1]])
        paces = np.diff(figures[known]) / np.diff(years[known])
        when = years[known][1:]
    best, best_year = None, None
    if len(paces):
        spot = int(np.argmax(sign * paces))
        best, best_year = float(paces[spot]), int(when[spot])
    left = due - last
    if sign * gap <= SAME * abs(target):
        return Required(0.0, best, best_year, None)
    if left <= 0:
        return Required(None, best, best_year, None)
    return Required(gap / left, best, best_year, _too_late(sign * gap, best, sign, last, due))


def _too_late(gap: float, best: float | None, sign: float, last: int, due: int) -> int | None:
    """The first year end after which the gap is wider than the best pace can close."""
    if best is None:
        return None
    reach = sign * best
    for year in range(last, due):
        if gap > reach * (due - year) * (1 + 1e-9):
            return year
    return None
