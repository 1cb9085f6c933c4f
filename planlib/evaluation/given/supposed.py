"""Figures as they would be if: values supposed for some goals and years, beside what was reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from planlib.figures.groups import group_column
from planlib.figures.observations import NUMBER_COLUMNS, WHAT_IF, Observations, State


@dataclass(frozen=True)
class Supposed:
    """One supposed figure, in the unit of the goal: a percentage for a share."""

    area: str
    goal: str
    year: int
    value: float
    group: str = ""


def with_supposed(figures: Observations, supposed: Sequence[Supposed], day: int) -> Observations:
    """The figures with the supposed ones as a report of a day, their newest.

    Every row stays: what must be withheld is found in them.
    """
    frame = figures.frame
    if "group" not in frame and any(one.group for one in supposed):
        frame = frame.assign(group=group_column(frame))
    rows = [_row(frame, one, day) for one in supposed]
    columns: dict[str, Any] = {}
    for name in frame.columns:
        old = frame[name]
        if isinstance(old.dtype, pd.CategoricalDtype):
            texts = [row.get(name, "") for row in rows]
            codes = old.cat.categories.get_indexer(pd.Index(texts))
            if (codes >= 0).all():
                codes = np.append(old.cat.codes.to_numpy(), codes.astype(np.int64))
                columns[name] = pd.Categorical.from_codes(codes, dtype=old.dtype)
                continue
            new = pd.Categorical(texts)
            columns[name] = union_categoricals([old.array, new.astype(_texts(old, new))])
        else:
            empty = np.nan if name in NUMBER_COLUMNS else "" if old.dtype == object else 0
            added = np.array([row.get(name, empty) for row in rows], old.to_numpy().dtype)
            columns[name] = np.concatenate([old.to_numpy(), added])
    for number in range(len(rows)):
        columns["row"][len(frame) + number] = number + 1
    return Observations(pd.DataFrame(columns), figures.public)


def _texts(old: pd.Series[Any], new: pd.Categorical) -> pd.CategoricalDtype:
    """The names of new cells, as the same kind of text as the old ones."""
    return pd.CategoricalDtype(pd.Index(list(new.categories), dtype=old.cat.categories.dtype))


def _row(frame: pd.DataFrame, one: Supposed, day: int) -> dict[str, Any]:
    frame = frame[group_column(frame) == one.group]
    mine = (frame["area"] == one.area) & (frame["goal"] == one.goal) & (frame["year"] == one.year)
    reported = frame[mine & (frame["vintage"] <= day)].sort_values("vintage", kind="stable")
    assigned = float(reported["assigned"].iloc[-1]) if len(reported) else np.nan
    return {
        "area": one.area, "goal": one.goal, "year": one.year, "group": one.group, "vintage": day,
        "value": one.value, "assigned": assigned, "state": int(State.estimate),
        "source": WHAT_IF, "file": WHAT_IF,
    }  # fmt: skip
