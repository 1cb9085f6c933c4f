"""The groups of figures: named as the plan names them, checked against it, held against the whole."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planlib.errors import Said
from planlib.figures.limits import Fault, Row
from planlib.plan.goal import Goal
from planlib.plan.groups.dimensions import GroupFault, read_group
from planlib.plan.plan import Plan


def name_groups(frame: pd.DataFrame, plan: Plan) -> None:
    """Write every group of a table in the order of the plan's dimensions, in place.

    What names no group stays as it is, for ``group_faults`` to tell. Each text is looked at once.
    """
    if "group" not in frame:
        return
    names = [_named(str(text), plan) for text in frame["group"].cat.categories]
    if names == list(frame["group"].cat.categories):
        return
    known, places = np.unique(np.array(names, dtype=object), return_inverse=True)
    codes = places[frame["group"].cat.codes.to_numpy()] if names else np.empty(0, np.int8)
    frame["group"] = pd.Categorical.from_codes(codes, pd.Index(list(known), dtype="object"))


def _named(text: str, plan: Plan) -> str:
    group = read_group(text, plan.header.dimensions)
    return text if isinstance(group, GroupFault) else group


def group_faults(goal: Goal, plan: Plan, groups: pd.Series[str]) -> Iterator[Fault]:
    """Groups that the plan does not know, or that the goal is not followed by."""
    faults: dict[str, GroupFault] = {}
    for text in groups.unique():
        group = read_group(str(text), plan.header.dimensions, goal.by)
        if isinstance(group, GroupFault):
            faults[str(text)] = group

    def message(row: Row) -> Said:
        return faults[str(row["group"])].message

    def hint(row: Row) -> Said | None:
        return faults[str(row["group"])].hint

    if faults:
        yield groups.isin(list(faults)).to_numpy(), message, hint, "group"


def group_column(frame: pd.DataFrame) -> pd.Categorical | pd.Series[str]:
    """The group of every row, empty for the whole."""
    if "group" in frame:
        return frame["group"]
    return pd.Categorical.from_codes(np.zeros(len(frame), np.int8), pd.Index([""], dtype="object"))
