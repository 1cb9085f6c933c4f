"""Every figure in one table, beside how its goal is measured: what doubts are looked for in."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from planlib.figures.groups import group_column
from planlib.figures.limits import Floats
from planlib.figures.observations import NUMBER_COLUMNS
from planlib.plan.periods.calendar import frequency_of
from planlib.plan.plan import Plan
from planlib.plan.target import Basis


def compared_figures(frame: pd.DataFrame, plan: Plan, *, judged: bool) -> pd.DataFrame:
    """The columns the checks need, and beside each figure how its goal is measured."""
    nothing = np.full(len(frame), np.nan)
    columns: dict[str, Any] = {
        name: frame[name].to_numpy() if name in frame else nothing for name in NUMBER_COLUMNS
    }
    columns |= {name: frame[name].to_numpy() for name in ("year", "vintage", "state", "row")}
    columns |= {name: frame[name].array for name in ("area", "goal", "file")}
    columns["member"] = (
        frame["member"].array if "member" in frame else pd.Categorical([""] * len(frame))
    )
    columns["group"] = group_column(frame)
    columns["goal"] = frame["goal"].cat.remove_unused_categories().array
    table = pd.DataFrame(columns)
    goals = [plan.goal(str(name)) for name in columns["goal"].categories]
    measured = [(goal, goal.main_target()) for goal in goals]
    facts = pd.DataFrame({
        "basis": pd.Categorical([str(target.basis) for _, target in measured]),
        "cadence": pd.Categorical([str(target.cadence) for _, target in measured]),
        "answer": np.array([target.kind.figure != "number" for _, target in measured], bool),
        "near": np.array([
            0.0 if target.kind.of_others else target.near or 0.0 for _, target in measured
        ], float),
        "percent": np.array([
            target.basis in _MADE or (target.basis is Basis.level and goal.unit == "%")
            for goal, target in measured
        ], bool),
    })  # fmt: skip
    of_rows = facts.take(columns["goal"].codes).set_axis(table.index)
    table = pd.concat([table, of_rows], axis=1)
    ends = {int(year): plan.calendar.end(int(year)) for year in np.unique(columns["year"])}
    years = np.array(sorted(ends))
    table["year_end"] = np.array([ends[y] for y in years])[np.searchsorted(years, columns["year"])]
    table["figure"] = _figure(table)
    lengths = np.array([frequency_of(int(year)).in_year for year in years], np.int8)
    table["length"] = lengths[np.searchsorted(years, columns["year"])]
    table["judged"] = judged
    return table


_MADE = (Basis.share, Basis.quota, Basis.growth)


def _figure(rows: pd.DataFrame) -> Floats:
    """What is compared: the percentage where it is made from two numbers, else the figure."""
    value = rows["value"].to_numpy()
    made_of = rows["basis"].isin([Basis.share, Basis.growth]).to_numpy()
    quota = (rows["basis"] == Basis.quota).to_numpy()
    middle = (rows["low"].to_numpy() + rows["high"].to_numpy()) / 2
    plain = np.where(np.isnan(value), middle, value)
    with np.errstate(divide="ignore", invalid="ignore"):
        made = 100 * rows["numerator"].to_numpy() / rows["denominator"].to_numpy()
        made = np.where(np.isfinite(made), made, plain)
        plain = np.where(made_of, made, plain)
        plain = np.where(quota, 100 * value / rows["assigned"].to_numpy(), plain)
    return np.where(np.isfinite(plain), plain, np.nan)


def newest_figures(rows: pd.DataFrame) -> pd.DataFrame:
    """The newest report of each figure."""
    ordered = rows.sort_values("vintage", kind="stable")
    return ordered.drop_duplicates(["goal", "area", "year", "group", "member"], keep="last")
