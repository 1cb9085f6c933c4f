"""Short windows of long series: the last three to six known points up to a year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planlib.scoring.verdict import Floats

Ints = npt.NDArray[np.int64]
LEAST, MOST = 3, 6  # points a forecast is made from
NONE = -1


@dataclass(frozen=True)
class Windows:
    """The newest known points of N series, right-aligned, NaN on the left where there are fewer.

    ``series`` says which row of the matrix each window is of; ``years`` (N × MOST) are floats so
    that an absent point can be NaN; ``noise`` is what each figure's own uncertainty counts
    (a variance, as a share of one year's variance; 0 for a measured figure).
    """

    series: Ints
    values: Floats
    years: Floats
    noise: Floats

    @property
    def count(self) -> Ints:
        """How many points each window holds."""
        return np.asarray((~np.isnan(self.values)).sum(axis=1), np.int64)

    @property
    def origin(self) -> Ints:
        """The year of the newest point."""
        return self.years[:, -1].astype(np.int64)

    def keep(self, rows: npt.NDArray[np.bool_] | Ints) -> Windows:
        """Some of the windows."""
        return Windows(self.series[rows], self.values[rows], self.years[rows], self.noise[rows])


def windows_by_year(
    matrix: Floats, years: Ints, noise: Floats | None = None, least: int = LEAST, most: int = MOST
) -> Iterator[tuple[int, Windows]]:
    """For each column the windows of the series that have a figure in that very year.

    ``matrix`` is series × years, NaN where unknown; ``years`` ascend. Series with fewer than
    ``least`` known points so far are left out.

    >>> matrix = np.array([[1.0, 2.0, np.nan, 4.0]])
    >>> [
    ...     (column, one.values.tolist())
    ...     for column, one in windows_by_year(matrix, np.arange(2011, 2015))
    ... ]
    [(3, [[nan, nan, nan, 1.0, 2.0, 4.0]])]
    """
    spots = np.full((len(matrix), MOST), NONE, np.int32)
    known = ~np.isnan(matrix)
    for column in range(matrix.shape[1]):
        here = np.flatnonzero(known[:, column])
        spots[here, :-1] = spots[here, 1:]
        spots[here, -1] = column
        enough = here[spots[here, MOST - least] != NONE]
        if len(enough):
            yield column, _windows(matrix, years, noise, enough, spots[enough], most)


def newest_windows(
    matrix: Floats, years: Ints, noise: Floats | None = None, least: int = LEAST
) -> Windows:
    """The windows as they stand after the last column, whatever year each series ends in."""
    order = np.arange(matrix.shape[1], dtype=np.int32)
    known = ~np.isnan(matrix)
    spots = np.sort(np.where(known, order, NONE), axis=1)[:, -MOST:]
    if spots.shape[1] < MOST:
        lacking = np.full((len(matrix), MOST - spots.shape[1]), NONE, np.int32)
        spots = np.concatenate([lacking, spots], axis=1)
    enough = np.flatnonzero(spots[:, MOST - least] != NONE)
    return _windows(matrix, years, noise, enough, spots[enough], MOST)


def _windows(
    matrix: Floats, years: Ints, noise: Floats | None, rows: Ints, spots: npt.NDArray[np.int32],
    most: int,
) -> Windows:  # fmt: skip
    absent = spots == NONE
    if most < MOST:
        absent[:, : MOST - most] = True
    values = np.where(absent, np.nan, matrix[rows[:, None], spots])
    when = np.where(absent, np.nan, years.astype(np.float64)[spots])
    if noise is None:
        unsure = np.zeros(values.shape)
    else:
        unsure = np.where(absent, 0.0, noise[rows[:, None], spots])
    return Windows(rows.astype(np.int64), values, when, unsure)
