"""A column of units in a table of figures: read, applied to the numbers, and taken out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planlib.errors import Problem, said
from planlib.figures.observations import FIGURE_COLUMNS, NUMBER_COLUMNS
from planlib.figures.typed.units import factors
from planlib.language.typed.unreadable import Unreadable
from planlib.plan.plan import Plan

MOST_OF_A_KIND = 50


def to_plan_units(frame: pd.DataFrame, plan: Plan) -> list[Problem]:
    """Convert a table's numbers to the units of the plan's goals, in place; every problem.

    The column ``unit`` is gone afterwards. Each different unit of a goal is looked at once.
    """
    if "unit" not in frame:
        return []
    goals, units = frame["goal"].cat, frame.pop("unit").cat
    pairs = goals.codes.to_numpy().astype(np.int64) * (len(units.categories) + 1)
    pairs = pairs + units.codes.to_numpy()
    problems: list[Problem] = []
    for pair in np.unique(pairs):
        goal, unit = divmod(int(pair), len(units.categories) + 1)
        name, text = str(goals.categories[goal]), str(units.categories[unit])
        if not text.strip() or name not in plan.goal_ids:
            continue
        rows = np.flatnonzero(pairs == pair)
        try:
            unit_factors = factors(text, plan.goal(name))
            fault = None
        except Unreadable as error:
            fault, hint = error.fault, error.hint
        else:
            if unit_factors.figure is None:
                known = np.zeros(len(rows), bool)
                for column in FIGURE_COLUMNS:
                    if column in frame:
                        known |= ~np.isnan(frame[column].to_numpy()[rows])
                rows = rows[known] if known.any() else rows
                if known.any():
                    fault = said("figures.unit-beside-not-percentage")
                    hint = said("figures.give-numerator-denominator-percentage")
        if fault is not None:
            subject = said("figures.goal-subject", goal=name)
            problems += [
                Problem(fault, str(row["file"]), int(row["row"]), subject, hint, "unit")
                for row in frame.iloc[rows[:MOST_OF_A_KIND]].to_dict("records")
            ]
            continue
        for column in NUMBER_COLUMNS:
            factor = unit_factors.figure if column in FIGURE_COLUMNS else unit_factors.parts
            if column in frame and factor not in {None, 1.0}:
                numbers = frame[column].to_numpy(dtype=np.float64, copy=True)
                made = numbers[rows] * factor
                numbers[rows] = np.array([float(f"{number:.15g}") for number in made])
                frame[column] = numbers
    return problems
