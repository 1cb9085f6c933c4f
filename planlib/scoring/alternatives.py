"""Figures as they might as well have been: rounded the other way, one case off, reported earlier.

Each alternative gives the observations of an area and year again, with the figures of that year changed;
scoring them says whether the verdict would have been another. Goals are scored apart from each
other, so all goals can be changed in one frame.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from planlib.figures.observations import FIGURE_COLUMNS, NUMBER_COLUMNS, Observations, State
from planlib.plan.goal import Goal
from planlib.plan.target import Basis
from planlib.scoring.verdict import SAME

Floats = npt.NDArray[np.float64]
Periods = Sequence[int]  # one, and the shorter ones that make it up
Alter = Callable[[Observations, Periods, Sequence[Goal]], Observations]
Guess = tuple[str, int, dict[str, float]]  # goal, year, numbers
LEAST_SEEN = 3  # figures that must have been seen before a missing one can be guessed at


def half_digit(figures: Floats) -> Floats:
    """Half a unit of the last printed digit of each figure; 0 where it is a whole number.

    A whole number is taken as exact: whether 40 stands for 39.5 to 40.5 cannot be told from it,
    and one case more or less is an alternative of its own.

    >>> half_digit(np.array([71.2, 71.25, 40.0, 1e9 + 0.5])).round(6).tolist()
    [0.05, 0.005, 0.0, 0.05]
    """
    half = np.zeros(figures.shape)
    for digits in range(5, 0, -1):
        half[_printed(figures, digits)] = 0.5 * 10.0**-digits
    return np.where(_printed(figures, 0) | np.isnan(figures), 0.0, half)


def _printed(figures: Floats, digits: int) -> npt.NDArray[np.bool_]:
    """Which figures have no more digits behind the point."""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.asarray(np.abs(np.round(figures, digits) - figures) <= SAME * np.abs(figures))


def rounded(sign: int) -> Alter:
    """Every printed figure at the upper (+1) or lower (−1) end of what rounds to it."""

    def change(observations: Observations, periods: Periods, goals: Sequence[Goal]) -> Observations:
        frame = observations.frame.copy()
        here = frame["year"].isin(periods).to_numpy() & ~_yes_no(frame, goals)
        for name in FIGURE_COLUMNS:
            if name in frame:
                figures = frame[name].to_numpy(dtype=float, copy=True)
                figures[here] += sign * half_digit(figures[here])
                frame[name] = figures
        return Observations(frame)

    return change


def one_case(sign: int) -> Alter:
    """One case more or fewer in every count, and in every share made from counts."""

    def change(observations: Observations, periods: Periods, goals: Sequence[Goal]) -> Observations:
        frame = observations.frame.copy()
        here = frame["year"].isin(periods).to_numpy()
        shares = {g.id for g in goals if g.main_target().basis in {Basis.share, Basis.growth}}
        counts = {
            g.id
            for g in goals
            if g.main_target().basis in {Basis.count, Basis.change}
            and g.main_target().kind.figure == "number"
        }
        ids = frame["goal"].astype(str)
        if "numerator" in frame:
            above, below = frame["numerator"].to_numpy(float), frame["denominator"].to_numpy(float)
            moved = np.where(here & ids.isin(shares), above + sign, above)
            frame["numerator"] = np.where(np.isnan(above), above, np.clip(moved, 0, below))
        value = frame["value"].to_numpy(float)
        moved = np.where(here & ids.isin(counts), np.maximum(value + sign, 0), value)
        frame["value"] = np.where(np.isnan(value), value, moved)
        return Observations(frame)

    return change


def previous_report(
    observations: Observations, periods: Periods, goals: Sequence[Goal]
) -> Observations:
    """Every figure as the report before the newest one gave it; figures told once stay."""
    frame = observations.frame
    keys = ["goal", "year"] + (["member"] if "member" in frame else [])
    newest = frame.groupby(keys, observed=True)["vintage"].transform("max")
    reports = frame.groupby(keys, observed=True)["vintage"].transform("nunique")
    gone = frame["year"].isin(periods) & (reports > 1) & (frame["vintage"] == newest)
    return Observations(frame[~gone].reset_index(drop=True))


def missing_at(everywhere: Observations, *, best: bool) -> Alter:
    """Every missing figure at the best or worst that was seen for its goal, in any area and year.

    Only goals told as one number, or as a share, and seen three times or more, can be guessed at.
    """

    def change(observations: Observations, periods: Periods, goals: Sequence[Goal]) -> Observations:
        rows: list[Guess] = []
        known = observations.frame
        held = set(known["goal"].astype(str))
        for goal in goals:
            target = goal.main_target()
            if target.kind.figure != "number" or goal.id not in held:
                continue
            mine = known[(known["goal"] == goal.id) & known["year"].isin(periods)]
            if mine["state"].isin([State.measured, State.estimate]).any():
                continue
            guess = _extreme(everywhere.frame, goal, best=best)
            if guess:
                rows.append((goal.id, periods[0], guess))
        return Observations(_with_rows(known, rows)) if rows else observations

    return change


def altered_goals(before: Observations, after: Observations) -> set[str]:
    """The goals whose figures an alternative altered: the others need not be scored again."""
    old, new = before.frame, after.frame
    if len(old) != len(new):  # reports were taken away or added
        reports = [one["goal"].astype(str).value_counts() for one in (old, new)]
        return set(reports[0].sub(reports[1], fill_value=0).loc[lambda n: n != 0].index)
    numbers = [name for name in NUMBER_COLUMNS if name in old]
    was, now = (one[numbers].to_numpy(float) for one in (old, new))
    altered = ~((was == now) | (np.isnan(was) & np.isnan(now))).all(axis=1)
    return set(new["goal"][altered].astype(str))


def _extreme(frame: pd.DataFrame, goal: Goal, *, best: bool) -> dict[str, float] | None:
    """The row of numbers that stands for the best or worst figure ever seen of a goal."""
    target = goal.main_target()
    seen = frame[frame["goal"] == goal.id]
    high = (target.better != "lower") == best
    pair = {
        Basis.share: ("numerator", "denominator"),
        Basis.growth: ("numerator", "denominator"),
        Basis.quota: ("value", "assigned"),
    }.get(target.basis)
    if pair is not None:
        if not set(pair) <= set(frame.columns):
            return None
        above, below = (seen[name].to_numpy(dtype=float) for name in pair)
        usable = ~np.isnan(above) & (below > 0)
        above, below = above[usable], below[usable]
        if len(above) < LEAST_SEEN:
            return None
        ratio = above / below
        at = int(np.argmax(ratio) if high else np.argmin(ratio))
        return {pair[0]: float(above[at]), pair[1]: float(below[at])}
    values = seen["value"].dropna()
    if target.basis not in {Basis.level, Basis.count} or len(values) < LEAST_SEEN:
        return None
    return {"value": float(values.max() if high else values.min())}


def _with_rows(frame: pd.DataFrame, rows: list[Guess]) -> pd.DataFrame:
    """The frame with guessed figures added as its newest report."""
    ids = frame["goal"].astype(str).to_numpy()
    # A row of the same goal is the pattern: its texts play no part in scoring.
    patterns = [int(np.flatnonzero(ids == goal)[0]) for goal, _, _ in rows]
    added = frame.iloc[patterns].copy()
    for name in NUMBER_COLUMNS:
        if name in added:
            added[name] = [numbers.get(name, np.nan) for _, _, numbers in rows]
    added["year"] = np.array([year for _, year, _ in rows], np.int32)
    added["vintage"] = frame["vintage"].max()
    added["state"] = np.int8(State.estimate)
    return pd.concat([frame, added], ignore_index=True)


def _yes_no(frame: pd.DataFrame, goals: Sequence[Goal]) -> npt.NDArray[np.bool_]:
    ids = [g.id for g in goals if g.main_target().kind.figure != "number"]
    return np.asarray(frame["goal"].isin(ids), dtype=bool)
