"""How many goals of one place are met: the common shock that past forecasts show, and their range.

The goals of a place are the indicators of an area that stand in the same year, look as far ahead
and state the same improvement. The common shock is the likeliest correlation of their latent
figures (the one-factor copula of ``planlib.outlook.met``); the range is the one a review shows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy

from planlib.outlook.met import COMMON_SHOCK, NODES, central, number_met
from planlib.scoring.verdict import Bools, Floats

FEWEST = 8  # goals of a place
MOST_PLACES = 2000  # spread evenly over the cases: more tell nothing new
SHOCKS = np.array([0.0, 0.005, 0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3])


@dataclass(frozen=True)
class Together:
    """``places`` plans of ``goals`` goals on average, so many years ahead.

    ``shock`` is the likeliest common shock; ``covered`` the part of places in which the number met
    lay in the range claimed to hold it with 80 % or more, and ``claimed`` what the ranges claimed
    exactly (numbers are whole, so a range holds more).
    """

    horizon: int
    places: int
    goals: float
    shock: float
    covered: float
    claimed: float


def together(cases: pd.DataFrame, method: str) -> tuple[Together, ...]:
    """The goals of each place, horizon by horizon, from ``Backtest.cases``."""
    found = []
    for horizon in sorted(set(cases["horizon"].tolist())):
        part = cases[cases["horizon"] == horizon]
        groups = part.groupby(["area", "year", "rate"], sort=True).indices
        places = [rows for rows in groups.values() if len(rows) >= FEWEST]
        places = places[:: -(-len(places) // MOST_PLACES) or 1]
        if not places:
            continue
        chance = np.clip(part[method].to_numpy(np.float64), 1e-4, 1 - 1e-4)
        came = part["came"].to_numpy(bool)
        likely = sum(_support(chance[rows], came[rows]) for rows in places)
        inside, claimed = [], []
        for rows in places:
            number = number_met(chance[rows], COMMON_SHOCK)
            low, high = central(number)
            inside.append(low <= int(came[rows].sum()) <= high)
            claimed.append(float(number[low : high + 1].sum()))
        found.append(
            Together(
                horizon=int(horizon),
                places=len(places),
                goals=float(np.mean([len(rows) for rows in places])),
                shock=float(SHOCKS[int(np.argmax(likely))]),
                covered=float(np.mean(inside)),
                claimed=float(np.mean(claimed)),
            )
        )
    return tuple(found)


def _support(chance: Floats, came: Bools) -> Floats:
    """The log likelihood of what came in one place, for each of ``SHOCKS``."""
    spots, weights = np.polynomial.hermite_e.hermegauss(NODES)
    edge = scipy.special.ndtri(chance)
    found = np.empty(len(SHOCKS))
    for k, shock in enumerate(SHOCKS):
        given = scipy.special.ndtr((edge + np.sqrt(shock) * spots[:, None]) / np.sqrt(1 - shock))
        each = np.where(came, given, 1 - given).prod(axis=1)
        found[k] = np.log(max(float(weights @ each / weights.sum()), 1e-300))
    return found
