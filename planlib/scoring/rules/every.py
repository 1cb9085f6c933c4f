"""Every published rule on series of one's own, and the roll-up of an indicator's series.

A table is two frames that agree on the number of a series, its row in ``targets``:

- ``observations``: ``series`` (that number), ``year``, ``value``;
- ``targets``: what ``planlib.scoring.rules.frames`` asks of a target but its ``series``, and who the
  series is: ``indicator``, ``name`` (empty where the indicator is one series), ``group`` (the group
  of series it belongs to within its indicator, empty for none) and ``area`` (empty without areas).

An indicator of several series is rolled up as Open SDG does (``opensdg.roll_up``); no other rule has
a published way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planlib.scoring.rules import opensdg
from planlib.scoring.rules.method import Method
from planlib.scoring.rules.registry import METHODS, assess

ROLLED_UP = opensdg.METHOD.id  # the one rule whose publisher says how series make an indicator
_ASKED = ("base_year", "target", "target_year", "direction", "limit", "every_year", "worst")


@dataclass(frozen=True)
class SeriesTable:
    """Series and their targets, as above."""

    observations: pd.DataFrame
    targets: pd.DataFrame


@dataclass(frozen=True)
class SeriesAnswer:
    """A rule on a series, or on an indicator of several: then ``series`` is None.

    ``counted`` is how many series with a score the roll-up is the mean of, None for a series.
    """

    area: str
    indicator: str
    series: str | None
    group: str | None
    method: str
    status: str | None
    score: float | None
    ratio: float | None
    why_not: str
    counted: int | None = None


def every_rule(table: SeriesTable) -> list[SeriesAnswer]:
    """The answers of every rule, series by series in their order, then the roll-ups.

    >>> figures = pd.DataFrame(
    ...     {"series": [0, 0, 1, 1], "year": [2008, 2010] * 2, "value": [60, 92, 40, 30]}
    ... )
    >>> targets = pd.DataFrame(
    ...     {
    ...         "area": "",
    ...         "indicator": "roads",
    ...         "name": ["paved", "closed"],
    ...         "group": "",
    ...         "base_year": 2008,
    ...         "target": [90, 10],
    ...         "target_year": 2012,
    ...         "direction": ["increase", "decrease"],
    ...     }
    ... )
    >>> found = every_rule(SeriesTable(figures, targets))
    >>> [(one.series, one.status) for one in found if one.method == "opensdg"]
    [('paved', 'achieved'), ('closed', 'limited'), (None, 'moderate')]
    >>> round(found[-1].score, 6), found[-1].counted  # (5 − .594077) / 2
    (2.202962, 2)
    """
    answers = [_answers(method, table) for method in METHODS]
    found = [
        _answer(answer, table.targets, at, method)
        for at in range(len(table.targets))
        for method, answer in zip(METHODS, answers, strict=True)
    ]
    return [*found, *_rolled_up(found, table.targets)]


def _answers(method: Method, table: SeriesTable) -> pd.DataFrame:
    """A rule's answers, one row a target."""
    targets = table.targets[[name for name in _ASKED if name in table.targets]]
    if method.id != "oecd" or (table.targets["area"] == "").all():
        return assess(method.id, table.observations, targets.assign(series=range(len(targets))))
    # The rule that compares areas takes one series of them all.
    kinds = table.targets.groupby(["indicator", "name"], sort=False).ngroup()
    areas = table.targets["area"]
    row = table.observations["series"]
    seen = table.observations.assign(
        series=kinds.to_numpy()[row], area=areas.to_numpy(object)[row]
    )  # fmt: skip
    return assess(method.id, seen, targets.assign(series=kinds, area=areas))


def _answer(answers: pd.DataFrame, targets: pd.DataFrame, at: int, method: Method) -> SeriesAnswer:
    row, who = answers.iloc[at], targets.iloc[at]
    return SeriesAnswer(
        area=str(who["area"]),
        indicator=str(who["indicator"]),
        series=str(who["name"]),
        group=str(who["group"]),
        method=method.id,
        status=None if pd.isna(row["status"]) else str(row["status"]),
        score=None if pd.isna(row["score"]) else float(row["score"]),
        ratio=None if pd.isna(row["ratio"]) else float(row["ratio"]),
        why_not=str(row["why_not"]),
    )


def _rolled_up(found: list[SeriesAnswer], targets: pd.DataFrame) -> Iterator[SeriesAnswer]:
    """Open SDG's roll-up of every indicator that has several series."""
    own = [one for one in found if one.method == ROLLED_UP]
    groups = targets.groupby(["area", "indicator"], sort=False).indices
    for rows in groups.values():
        if len(rows) < 2:
            continue
        series = [own[at] for at in rows]
        scores = np.array([np.nan if one.score is None else one.score for one in series])
        achieved = np.array([one.status == "achieved" for one in series])
        score, status = opensdg.roll_up(scores, achieved, [one.group or None for one in series])
        yield SeriesAnswer(
            area=series[0].area,
            indicator=series[0].indicator,
            series=None,
            group=None,
            method=ROLLED_UP,
            status=status,
            score=None if status is None else score,
            ratio=None,
            why_not="" if status else "no series of the indicator has a score",
            counted=int((~np.isnan(scores)).sum()),
        )
