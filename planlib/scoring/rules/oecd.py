"""OECD, distance to the targets: how many standard deviations of the peers are missing.

Source: OECD (2019), Measuring Distance to the SDG Targets 2019: An Assessment of Where OECD Countries
Stand, chapter 3, https://doi.org/10.1787/a8caf3fa-en (title, year and the standardising among peers
checked; the chapter's formulas not read). Confidence B, the details C: from a method note, the details
general knowledge.

Confirmed: the distance in standard deviations, none where the target is reached.
Not confirmed: who the peers are, the divisor of the standard deviation, how outlying peers are cut, and
the targets the OECD sets where the Agenda has none.

The distance is max(0, target − x) / standard deviation over the peers, x and target the other way
round where less is better. It only means something when areas are compared, so it needs figures of
several areas and says nothing of trend or deadline: ``reached`` at distance zero, else ``short``.

The peers are all areas given, the judged one included, each with its newest figure; the standard
deviation is that of a sample (divisor n − 1), a reading of ours that the note leaves open.

Known faults, reproduced on purpose: the ruler is made of the peers, so an area comes nearer to its
target when others drift apart; where all peers are alike there is no ruler.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from planlib.errors import InputError, Problem
from planlib.scoring.rules.checks import (
    Columns,
    checked_columns,
    checked_observations,
    checked_targets,
)
from planlib.scoring.rules.frames import arrange
from planlib.scoring.rules.method import Method
from planlib.scoring.rules.results import Floats, answers, nothing, reasons, unknown_as_none

METHOD = Method(
    id="oecd",
    source="OECD, Measuring Distance to the SDG Targets: methodology",
    confidence="B",
    statuses={"reached": None, "short": None},
)

FEWEST_AREAS = 2


def distance(values: Floats, target: Floats, spread: Floats, sign: Floats) -> Floats:
    """The distance in standard deviations of the peers, 0 once reached; NaN without a spread.

    >>> distance(*(np.array([x]) for x in (78.0, 90.0, 6.0, 1.0))).tolist()
    [2.0]
    """
    with np.errstate(all="ignore"):
        found = np.maximum(sign * (target - values), 0.0) / spread
    return np.where(np.isfinite(found), found, np.nan)


def assess(
    observations: pd.DataFrame, targets: pd.DataFrame, *, columns: Columns | None = None
) -> pd.DataFrame:
    """Distances; see ``frames`` for what the two frames hold.

    ``observations`` needs a column ``area`` with several areas, else every series comes out with
    the reason. Where ``targets`` has a column ``area`` too there is one row for each of its rows;
    without it one row for each series and area. The result then has a column ``area``. ``ratio``
    and ``score`` are both the distance. Raises InputError for bad frames.

    >>> figures = pd.DataFrame(
    ...     {"series": "s", "area": ["a", "b", "c"], "year": 2010, "value": [78, 84, 90]}
    ... )
    >>> targets = pd.DataFrame(
    ...     {
    ...         "series": ["s"],
    ...         "base_year": 2008,
    ...         "target": 90,
    ...         "target_year": 2012,
    ...         "direction": "increase",
    ...     }
    ... )
    >>> assess(figures, targets)[["area", "status", "ratio"]].values.tolist()
    [['a', 'short', 2.0], ['b', 'short', 1.0], ['c', 'reached', 0.0]]
    """
    columns = checked_columns(columns, observations, targets)
    area = columns.get("area", "area")
    if area not in getattr(observations, "columns", ()):
        given = arrange(observations, targets, columns)
        why = reasons(len(given), (np.ones(len(given), bool), "no_peers"))
        none = nothing(len(given))
        return answers(given.series, np.full(len(given), None, object), none, none, why)
    problems: list[Problem] = []
    seen = checked_observations(observations, problems, ("series", "area", "year"), columns)
    per_area = area in getattr(targets, "columns", ())
    key = ("series", "area") if per_area else ("series",)
    goals = checked_targets(targets, problems, key, columns)
    if problems:
        raise InputError(problems)
    figures = pd.DataFrame({name: seen[name] for name in ("series", "area", "year", "value")})
    figures = figures[~np.isnan(figures["value"].to_numpy())]
    newest = figures.sort_values("year", kind="stable").groupby(["series", "area"])["value"].last()
    peers = newest.groupby(level="series").agg(["std", "count"])

    wanted = pd.DataFrame(goals)
    if not per_area:
        areas = pd.DataFrame({"area": pd.unique(seen["area"])})
        wanted = wanted.merge(areas, how="cross")
    places = pd.MultiIndex.from_frame(wanted[["series", "area"]])
    values = newest.reindex(places).to_numpy(np.float64)
    ruler = peers.reindex(pd.Index(wanted["series"]))
    count = ruler["count"].to_numpy(np.float64)
    spread = ruler["std"].to_numpy(np.float64)
    target = wanted["target"].to_numpy(np.float64)
    found = distance(values, target, spread, wanted["sign"].to_numpy(np.float64))
    why = reasons(
        len(wanted),
        (np.isnan(target), "no_target"),
        (~(count >= FEWEST_AREAS), "no_peers"),
        (np.isnan(values), "no_figures"),
        (~(spread > 0), "peers_alike"),
    )
    status = np.where(found > 0, "short", "reached").astype(object)
    result = answers(list(wanted["series"]), unknown_as_none(status, found), found, found, why)
    result.insert(1, "area", wanted["area"].to_numpy())
    return result
