"""Groups held against their whole: where figures add up, the parts must come to what everybody has.

Counts add up, and of a percentage its two numbers; a level, a mean or a change of one never does.
The groups of a dimension add up where it is a partition: all of them to the whole, some of them to
no more. What is split by two dimensions is held against each of the two (women under 25 and over
25 against women).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planlib.errors import Problem, said
from planlib.plan.goal import Goal
from planlib.plan.groups.dimensions import Dimension, group_of, parts_of
from planlib.plan.plan import Plan
from planlib.plan.target import Basis

MOST_OF_A_KIND = 50
MOST_ROWS = 12  # rows that a warning names one by one
NEAR = 1e-6
ADDING = {  # the columns whose groups add up, by the basis of the goal
    Basis.count: ("value",),
    Basis.quota: ("value", "assigned"),
    Basis.share: ("numerator", "denominator"),
    Basis.growth: ("numerator", "denominator"),
}
CELL = ["goal", "area", "year"]


def adding_columns(goal: Goal) -> tuple[str, ...]:
    """The columns of a goal's figures in which groups add up to the whole."""
    target = goal.main_target()
    if target.kind.figure != "number" or (target.basis is Basis.count and goal.unit == "%"):
        return ()
    return ADDING.get(target.basis, ())


def doubtful_totals(table: pd.DataFrame, plan: Plan) -> Iterator[Problem]:
    """A warning for each whole that its groups contradict.

    ``table`` has a row a figure, the newest report of each, with ``judged`` where it may be told.
    """
    if not (table["group"] != "").any():
        return
    for dimension in plan.header.dimensions:
        if not dimension.partition:
            continue
        for column in dict.fromkeys(name for names in ADDING.values() for name in names):
            goals = [g.id for g in plan.goals if g.by and column in adding_columns(g)]
            rows = table[table["goal"].isin(goals) & table[column].notna()]
            yield from _contradictions(rows, dimension, column, plan)


@dataclass(frozen=True)
class _Split:
    """The groups of one dimension, each with the group it is a part of."""

    rows: pd.DataFrame

    @classmethod
    def of(cls, rows: pd.DataFrame, dimension: str, plan: Plan) -> _Split:
        wholes: dict[str, str | None] = {}
        order = [one.id for one in plan.header.dimensions]
        for group in rows["group"].unique():
            parts = parts_of(str(group))
            inside = parts.pop(dimension, None)
            wholes[str(group)] = None if inside is None else group_of(parts, order)
        part_of = rows["group"].astype(str).map(wholes)
        return cls(rows.assign(whole=part_of)[part_of.notna().to_numpy()])


def _contradictions(
    rows: pd.DataFrame, dimension: Dimension, column: str, plan: Plan
) -> Iterator[Problem]:
    parts = _Split.of(rows, dimension.id, plan).rows
    if not len(parts):
        return
    wholes = rows[[*CELL, "group", column]].rename(columns={"group": "whole", column: "most"})
    wholes = wholes.assign(whole=wholes["whole"].astype(str))
    sums = parts.groupby([*CELL, "whole"], observed=True, sort=False).agg(
        total=(column, "sum"), least=(column, "min"), known=(column, "count"),
        judged=("judged", "any"),
    ).reset_index()  # fmt: skip
    sums = sums.merge(wholes, on=[*CELL, "whole"])
    near = NEAR * np.maximum(1.0, sums["most"].abs())
    complete = sums["known"] == len(dimension.members)
    off = np.where(complete, (sums["total"] - sums["most"]).abs(), sums["total"] - sums["most"])
    wrong = (off > near) & (complete | (sums["least"] >= 0)) & sums["judged"]
    found = sums[wrong.to_numpy()]
    for one in found.head(MOST_OF_A_KIND).to_dict("records"):
        yield _told(parts, rows, dimension, column, {str(key): one[key] for key in one})


def _told(
    parts: pd.DataFrame, rows: pd.DataFrame, dimension: Dimension, column: str,
    one: dict[str, object],
) -> Problem:  # fmt: skip
    """The contradiction, at the row of the whole, naming the rows of its groups."""

    def at(table: pd.DataFrame, key: str) -> pd.DataFrame:
        mine = table[key].astype(str) == one["whole"]
        for name in CELL:
            mine &= table[name] == one[name]
        return table[mine]

    whole, groups = at(rows, "group").iloc[0], at(parts, "whole")
    named = [
        str(row) if file == whole["file"] else f"{file}:{row}"
        for file, row in zip(groups["file"].astype(str), groups["row"], strict=True)
    ]
    shown = ", ".join(named[:MOST_ROWS]) + (" …" if len(named) > MOST_ROWS else "")
    complete = len(groups) == len(dimension.members)
    message = said(
        "figures.groups-come-to-another" if complete else "figures.groups-come-to-more",
        name=dimension.id, column=column, total=float(str(one["total"])),
        most=float(str(one["most"])), rows=shown,
    )  # fmt: skip
    subject = said("figures.goal-subject", goal=str(one["goal"]))
    hint = said("figures.groups-add-up-hint", name=dimension.id)
    return Problem(
        message, str(whole["file"]), int(whole["row"]), subject, hint, column, warning=True
    )
