"""The two frames that every published rule takes, checked and laid out as arrays once.

``observations``: one row a series and year.

- ``series``: the name of the series; ``year``: a whole number; ``value``: a number, empty (NaN)
  where there is no figure;
- ``area`` (only for rules that compare areas, see ``planlib.scoring.rules.oecd``).

``targets``: one row a series, in the order the answers come out.

- ``series``: as above; ``base_year``: the year the road starts from. Where there is no figure of
  that year the first later one is the base, as Open SDG and the United Nations do it;
- ``target``: the value to reach, empty where there is none; ``target_year``: by when;
- ``direction``: ``increase`` or ``decrease``, whichever is good;
- ``limit`` (optional): the natural limit of the series, such as 100 for a share;
- ``every_year`` (optional): true for a target that must hold every year instead of by one;
- ``worst`` (optional): the value that scores 0 where a rule scores from 0 to 100.

Frames that call a column otherwise stay as they are: ``columns={"series": "indicator", "year":
"Year", "value": "obs"}`` says what they call it. It holds for both frames, and problems are told in
their words. The answers name their series in the column ``series`` always.

Whatever else the frames hold is left alone. Problems are collected and raised once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from planlib.errors import InputError, Problem
from planlib.scoring.rules.checks import (
    Columns,
    checked_columns,
    checked_observations,
    checked_targets,
)
from planlib.scoring.rules.results import Bools, Floats


@dataclass(frozen=True)
class Arranged:
    """The series as arrays, one row a series in the order of the targets.

    ``values`` is series × ``years`` (ascending), NaN where there is no figure. ``base`` is the
    figure of ``base_year`` (already moved to the first later year where need be), ``latest`` the
    newest figure of all. ``sign`` is 1 where more is better, −1 where less is.
    """

    series: list[Any]
    years: npt.NDArray[np.int64]
    values: Floats
    base_year: Floats
    base: Floats
    latest_year: Floats
    latest: Floats
    target: Floats
    target_year: Floats
    sign: Floats
    limit: Floats
    worst: Floats
    every_year: Bools

    def __len__(self) -> int:
        return len(self.series)

    @property
    def no_figures(self) -> Bools:
        """Where there is no figure in or after the base year."""
        return np.isnan(self.base)

    @property
    def one_figure(self) -> Bools:
        """Where base and latest figure are the same one."""
        return ~self.no_figures & (self.latest_year <= self.base_year)

    @property
    def no_target(self) -> Bools:
        """Where there is no target."""
        return np.isnan(self.target)

    @property
    def elapsed(self) -> Floats:
        """Years from the base to the latest figure."""
        return self.latest_year - self.base_year

    @property
    def allowed(self) -> Floats:
        """Years from the base to the target year."""
        return self.target_year - self.base_year

    @property
    def no_time(self) -> Bools:
        """Where the target year does not lie after the base year."""
        with np.errstate(all="ignore"):
            return ~self.no_target & ~(self.allowed > 0)

    @property
    def reached(self) -> Bools:
        """Where the latest figure is at the target or on its good side."""
        with np.errstate(all="ignore"):
            return self.sign * (self.latest - self.target) >= 0


def arrange(
    observations: pd.DataFrame, targets: pd.DataFrame, columns: Columns | None = None
) -> Arranged:
    """Check the two frames and lay them out; raises InputError with every problem found.

    ``columns`` says what the frames call the columns, as above.

    >>> arranged = arrange(
    ...     pd.DataFrame({"series": "a", "year": [2010, 2008], "value": [78, 60]}),
    ...     pd.DataFrame(
    ...         {
    ...             "series": ["a"],
    ...             "base_year": 2007,
    ...             "target": 90,
    ...             "target_year": 2012,
    ...             "direction": "increase",
    ...         }
    ...     ),
    ... )
    >>> arranged.base.tolist(), arranged.base_year.tolist(), arranged.latest.tolist()
    ([60.0], [2008.0], [78.0])
    """
    problems: list[Problem] = []
    called = checked_columns(columns, observations, targets)
    seen = checked_observations(observations, problems, ("series", "year"), called)
    goals = checked_targets(targets, problems, columns=called)
    if problems:
        raise InputError(problems)

    rows = pd.Index(goals["series"]).get_indexer(pd.Index(seen["series"]))
    keep = (rows >= 0) & ~np.isnan(seen["value"])
    # Without any figure one empty year keeps the arrays in shape.
    found = seen["year"][keep].astype(np.int64) if keep.any() else np.zeros(1, np.int64)
    years, places = np.unique(found, return_inverse=True)
    values = np.full((len(goals["series"]), len(years)), np.nan)
    if keep.any():
        values[rows[keep], places] = seen["value"][keep]

    known = ~np.isnan(values)
    after = known & (years >= goals["base_year"][:, None])
    has = after.any(axis=1)
    lines = np.arange(len(values))
    first = after.argmax(axis=1)
    last = len(years) - 1 - known[:, ::-1].argmax(axis=1)
    return Arranged(
        series=list(goals["series"]),
        years=years,
        values=values,
        base_year=np.where(has, years[first], np.nan),
        base=np.where(has, values[lines, first], np.nan),
        latest_year=np.where(has, years[last], np.nan),
        latest=np.where(has, values[lines, last], np.nan),
        target=goals["target"],
        target_year=goals["target_year"],
        sign=goals["sign"],
        limit=goals["limit"],
        worst=goals["worst"],
        every_year=goals["every_year"],
    )
